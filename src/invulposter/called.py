"""Where in a template a function of the drawing kit is called."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

from invulposter.findings import Place


def template_line() -> Place:
    """The line of the innermost template that is being rendered, as `style/folder/file`; no place outside one."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            path = "/".join(Path(template.filename or template.name or "").parts[-3:])
            return Place(path, template.get_corresponding_lineno(frame.f_lineno))
        frame = frame.f_back
    return Place()
