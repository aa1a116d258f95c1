"""A proof: one view of the workspace as it stands now, typeset in a process that stays warm."""

from __future__ import annotations

import hashlib
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from invulposter.drawing.type import Typecase
from invulposter.errors import InvalidInputError, InvulposterError, RequestError
from invulposter.findings import Finding, Severity, errors
from invulposter.geometry import Size
from invulposter.library import Library, read_library
from invulposter.plan import Job
from invulposter.preview.view import Choices, View, choose
from invulposter.render import forget_files, render
from invulposter.typeset import typeset
from invulposter.typesetter import use_fonts
from invulposter.workers import WORKER_MEMORY
from invulposter.workspace import find_workspace


@dataclass(frozen=True)
class Proof:
    """A typeset view, or the sentences that say why there is none.

    `size` is the trim size, `bleed` lies around it and `safe` inside it, all in mm; `findings` are sorted by how bad
    they are; `seconds` is what it took. Where `pages` are fewer than `total`, these are the first.
    """

    view: View
    choices: Choices | None = None
    title: str = ""
    pdf: bytes = b""
    pages: int = 0
    total: int = 0
    size: Size = field(default=Size(0, 0))
    bleed: float = 0.0
    safe: float = 0.0
    findings: tuple[Finding, ...] = ()
    errors: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def key(self) -> str:
        """A name for its pages: the same pages have the same name."""
        return hashlib.sha256(self.pdf).hexdigest()[:20]


def proof(start: Path, view: View, most: int) -> Proof:
    """Read the workspace around `start` and typeset one view of it, its first pages where it has more than `most`.

    What the user can mend becomes `errors`.
    """
    started = time.perf_counter()
    made = _proof(start, view, most)
    return replace(made, seconds=round(time.perf_counter() - started, 3))


def _proof(start: Path, view: View, most: int) -> Proof:
    workspace = find_workspace(start)
    forget_files()
    choices = None
    try:
        library = read_library(workspace)
        view, job, choices = _chosen(library, view)
        rendered = render(job, library, _typecase(workspace.fonts))
        document = typeset(rendered.opening(most), job)
    except InvalidInputError as error:
        return Proof(view, errors=tuple(map(str, error.findings)))
    except InvulposterError as error:
        return Proof(view, choices, errors=(str(error),))
    return Proof(
        view=view,
        choices=choices,
        title=job.title,
        pdf=document.pdf,
        pages=document.pages,
        total=max(document.pages, len(rendered.page_codes)),
        size=job.layout.size,
        bleed=job.bleed,
        safe=job.layout.facts.safe,
        findings=_by_severity((*document.findings, *library.problems)),
    )


def _chosen(library: Library, view: View) -> tuple[View, Job, Choices]:
    """As `choose`; where what was asked for is not there because it is wrong, its mistakes are the error."""
    try:
        return choose(library, view)
    except RequestError:
        if errors(library.problems):
            raise InvalidInputError(errors(library.problems)) from None
        raise


def _by_severity(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    order = list(Severity)
    return tuple(sorted(findings, key=lambda finding: order.index(finding.severity)))


def start_worker(fonts: tuple[Path, ...]) -> None:
    """Prepare a worker process: its fonts, and no more memory than one document needs."""
    use_fonts(fonts)
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (WORKER_MEMORY, WORKER_MEMORY))


@cache
def _typecase(fonts: tuple[Path, ...]) -> Typecase:
    return Typecase(*fonts)
