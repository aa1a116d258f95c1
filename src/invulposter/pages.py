"""Pages of a batch, rendered once for the editions that show them alike."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

from invulposter.drawing.type import Typecase
from invulposter.library import Library
from invulposter.naming import named
from invulposter.plan import Job
from invulposter.render import Rendered, render

#: In a template: its page is not the same in each edition.
_EDITION = re.compile(r"\b(?:edition|on_screen)\b")


class Pages:
    """The pages of jobs that come one after the other, the editions of a document together."""

    def __init__(self, library: Library, typecase: Typecase, draft: bool) -> None:
        self._render = functools.partial(render, library=library, typecase=typecase, draft=draft)
        self._last: tuple[tuple[Any, ...], Rendered] | None = None

    def of(self, job: Job) -> Rendered:
        """The page of a job, the last one again where nothing in it differs. Raises TypesetError as `render` does."""
        shown = _shown(job)
        if self._last is None or self._last[0] != shown:
            self._last = (shown, self._render(job))
        return self._last[1]


def _shown(job: Job) -> tuple[Any, ...]:
    """All of a job that shapes its page."""
    about = (job.layout, job.rayon, job.phase, job.network, job.harvest, job.workshop, job.printlist)
    edition = job.edition if _names_edition(job.layout.folder) else None
    return (*about, job.title, job.bleed, job.thrifty, job.typeset_with_fields, edition)


@functools.cache
def _names_edition(layout: Path) -> bool:
    return named(layout, _EDITION)
