"""What a preview shows: from what was asked to one job, and what else there is to choose. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from invulposter.content import Network, Phase
from invulposter.drawing.oklab import luminance
from invulposter.edition import Edition
from invulposter.errors import RequestError
from invulposter.layout import Layout
from invulposter.library import Library
from invulposter.plan import Job, plan
from invulposter.references import expected
from invulposter.request import Request


@dataclass(frozen=True)
class View:
    """What was asked for; what is empty is chosen.

    `layout` is a name or `style/name`, `subject` the id of a network or phase. Paper is shown as the print shop gets
    it, with bleed; on screen there are fields. Where `thrifty` is asked for, layouts that can save ink do.
    """

    layout: str = ""
    rayon: str = ""
    subject: str = ""
    on_screen: bool = False
    thrifty: bool = False


@dataclass(frozen=True)
class Choice:
    """Something to choose, with its name as people read it."""

    id: str
    name: str


@dataclass(frozen=True)
class Choices:
    """What there is to choose beside what is shown.

    `lightest` and `darkest` are the rayons whose main colour is; `longest` is the network with the most text, or
    empty where the layout has no networks; `thrifty` says whether the layout can save ink.
    """

    layouts: tuple[Choice, ...]
    rayons: tuple[Choice, ...]
    subjects: tuple[Choice, ...]
    lightest: str
    darkest: str
    longest: str
    thrifty: bool


def choose(library: Library, view: View) -> tuple[View, Job, Choices]:
    """Fill in a view; gives it, its job, and what else there is.

    Raises RequestError, naming what there is, where something does not exist or can't be made.
    """
    rayon = _one("rayon", view.rayon, library.rayons)
    layout = _layout(library, view.layout, library.rayons[rayon].style)
    jobs = _jobs(library, layout, rayon, view)
    known = (*library.networks, *(phase.id for phase in library.phases))
    if view.subject and view.subject not in known:
        raise RequestError(f"'{view.subject}' is no network or phase; {expected(view.subject, known)}")
    job = next((job for job in jobs if job.subject and job.subject.id == view.subject), jobs[0])
    # A subject that this layout does not have stays asked for: the next layout may have it again.
    subject = view.subject or (job.subject.id if job.subject else "")
    shown = replace(view, layout=f"{layout.style}/{layout.name}", rayon=rayon, subject=subject)
    return shown, job, _choices(library, layout, jobs)


def _one(kind: str, wanted: str, known: Collection[str]) -> str:
    if not known:
        raise RequestError(f"there is no valid {kind} in this workspace")
    if wanted and wanted not in known:
        raise RequestError(f"{kind} '{wanted}' does not exist; {expected(wanted, known)}")
    return wanted or next(iter(known))


def _layout(library: Library, wanted: str, style: str) -> Layout:
    """The layout of this name, in the style that is named, else in the rayon's, else in any."""
    found = sorted(_shown_layouts(library), key=lambda layout: layout.style != style)
    of, _, name = wanted.rpartition("/")
    matches = [layout for layout in found if name in ("", layout.name) and of in ("", layout.style)]
    if not matches:
        known = {layout.name for layout in found} | {f"{layout.style}/{layout.name}" for layout in found}
        raise RequestError(f"layout '{wanted}' does not exist; {expected(wanted, known)}")
    return matches[0]


def _shown_layouts(library: Library) -> Iterable[Layout]:
    """The layouts that need nothing but content."""
    return (layout for layout in library.layouts.values() if layout.from_content)


def _jobs(library: Library, layout: Layout, rayon: str, view: View) -> tuple[Job, ...]:
    edition = Edition.SCREEN if view.on_screen else Edition.PRESS
    thrifty = view.thrifty and layout.facts.thrifty
    return plan(
        library,
        Request((layout.name,), (rayon,), networks=("*",), editions=(edition,), style=layout.style, thrifty=thrifty),
    )


def _choices(library: Library, shown: Layout, jobs: Iterable[Job]) -> Choices:
    subjects: list[Phase | Network] = [job.subject for job in jobs if job.subject]
    rayons = sorted(library.rayons.values(), key=lambda rayon: luminance(rayon.colours.primary))
    networks = [subject for subject in subjects if isinstance(subject, Network)]
    longest = max(networks, key=lambda network: len(network.model_dump_json()), default=None)
    names = (f"{layout.style}/{layout.name}" for layout in _shown_layouts(library))
    return Choices(
        layouts=tuple(Choice(name, name) for name in names),
        rayons=tuple(Choice(key, rayon.name) for key, rayon in library.rayons.items()),
        subjects=tuple(Choice(subject.id, subject.name) for subject in subjects),
        lightest=rayons[-1].id,
        darkest=rayons[0].id,
        longest=longest.id if longest else "",
        thrifty=shown.facts.thrifty,
    )
