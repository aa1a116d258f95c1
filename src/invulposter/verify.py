"""What changed since a print: the pages as a report has them, against the pages as they would be made now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from invulposter.drawing.type import Typecase
from invulposter.edition import Edition
from invulposter.errors import InvulposterError, RequestError
from invulposter.library import Library
from invulposter.plan import Job, plan
from invulposter.render import render
from invulposter.report import Artefact
from invulposter.request import Request


@dataclass(frozen=True)
class Changes:
    """Page numbers (from 1): `changed` and `gone` as they stand in the print, `added` as they would be now."""

    changed: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()
    added: tuple[int, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """A printed product against the same product now.

    `code` is the edition code it would get; `duplex` says that its pages are the fronts and backs of cards; `problem`
    says why it can't be made any more.
    """

    artefact: Artefact
    code: str = ""
    changes: Changes = Changes()
    duplex: bool = False
    problem: str = ""

    @property
    def same(self) -> bool:
        """Whether it would be printed exactly as it was."""
        return self.code == self.artefact.code

    def __str__(self) -> str:
        """One line: the product, and what became of it."""
        one = self.artefact
        product = " · ".join(name for name in (one.title, one.subject_name, one.rayon_name) if name)
        return f"{product} ({one.style}, {one.edition}, {one.code}): {self._outcome()}"

    def _outcome(self) -> str:
        if self.problem:
            return f"can't be made any more: {self.problem}"
        if self.same:
            return "still the same"
        named = (("changed", self.changes.changed), ("gone", self.changes.gone), ("new", self.changes.added))
        parts = [f"{what} {_pages(pages, self.duplex)}" for what, pages in named if pages]
        return f"{'; '.join(parts) or 'the same text in another look'} (now {self.code})"


def find(artefacts: Sequence[Artefact], codes: Sequence[str]) -> tuple[Artefact, ...]:
    """The artefacts with these edition codes; all that were made where no code is given.

    Raises RequestError for a code that none of them has, and where there are none at all.
    """
    made = [artefact for artefact in artefacts if artefact.code]
    if not made:
        raise RequestError("this report names no product that was made; give the build.json of the print with --report")
    for code in codes:
        if not any(artefact.code == code for artefact in made):
            raise RequestError(f"no product in this report has edition code '{code}'; give its own with --report")
    return tuple(artefact for artefact in made if not codes or artefact.code in codes)


def verify(artefact: Artefact, library: Library, typecase: Typecase) -> Verdict:
    """Render a product as it would be made now, without typesetting it, and compare."""
    try:
        job = _job(artefact, library)
        now = render(job, library, typecase)
    except InvulposterError as error:
        return Verdict(artefact, problem=str(error))
    changes = compare(artefact.page_codes, now.page_codes)
    return Verdict(artefact, now.code, changes, duplex=job.layout.facts.duplex)


def _job(artefact: Artefact, library: Library) -> Job:
    edition = Edition(artefact.edition)
    request = Request(
        layouts=(artefact.layout,),
        rayons=(artefact.rayon,),
        networks=("*",),
        editions=(edition,),
        style=artefact.style,
        # The size on paper shapes the pages only where a bleed has to fit it.
        size=artefact.size if edition is Edition.PRESS else None,
    )
    for job in plan(library, request):
        if (job.subject.id if job.subject else "") == artefact.subject:
            return job
    raise RequestError(f"'{artefact.subject}' is no longer a part of this rayon")


def compare(printed: Sequence[str], now: Sequence[str]) -> Changes:
    """Which pages differ, by their codes; a page that was put in between leaves the others as they were."""
    changed: list[int] = []
    gone: list[int] = []
    added: list[int] = []
    for what, start, stop, now_start, now_stop in SequenceMatcher(None, printed, now, autojunk=False).get_opcodes():
        if what != "equal":
            both = min(stop - start, now_stop - now_start)
            changed += range(start + 1, start + both + 1)
            gone += range(start + both + 1, stop + 1)
            added += range(now_start + both + 1, now_stop + 1)
    return Changes(tuple(changed), tuple(gone), tuple(added))


def _pages(pages: Sequence[int], duplex: bool) -> str:
    if not duplex:
        return f"{'page' if len(pages) == 1 else 'pages'} {', '.join(map(str, pages))}"
    return ", ".join(f"card {(page + 1) // 2} {'front' if page % 2 else 'back'}" for page in pages)
