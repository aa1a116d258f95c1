"""From a library and a request to jobs. Pure: every impossible combination is refused here, before any work."""

from __future__ import annotations

import fnmatch
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from invulposter.content import Network, Phase
from invulposter.edition import Edition
from invulposter.errors import RequestError
from invulposter.findings import errors
from invulposter.geometry import Size, parse_size
from invulposter.harvest import Harvest
from invulposter.layout import Layout
from invulposter.library import Library
from invulposter.paper import NO_WISH, Kind, PaperWish, kind_of, refuse_unused
from invulposter.printlist import PrintList, Workshop
from invulposter.printshop import COATED, PrintShop
from invulposter.rayon import Rayon
from invulposter.references import expected
from invulposter.request import Request

#: What the name of a file ends in that was drawn to save ink.
THRIFTY = "zuinig"
#: Bleed in mm around the finished size of what a print shop or a knife cuts.
PRESS_BLEED = 3.0


@dataclass(frozen=True)
class Job:
    """One PDF to make: what, for whom, in which edition, how large, on what.

    `size` is the finished (trim) size and `paper` the sheet, both in mm; `path` is relative to the output folder;
    `sheets` is what was asked about the sheets of an office edition, `printshop` who prints a press edition;
    a thrifty job is drawn to save ink;
    one that is `typed` has fields on paper too, to be filled in and made flat before it is printed.
    """

    layout: Layout
    rayon: Rayon
    edition: Edition
    size: Size
    paper: Size
    path: PurePosixPath
    phase: Phase | None = None
    network: Network | None = None
    harvest: Harvest | None = None
    workshop: Workshop | None = None
    printlist: PrintList | None = None
    sheets: PaperWish = NO_WISH
    thrifty: bool = False
    typed: bool = False
    printshop: PrintShop = COATED

    @property
    def subject(self) -> Phase | Network | None:
        """The phase or network this document is about, where it is not about the rayon alone."""
        return self.phase or self.network

    @property
    def bleed(self) -> float:
        """How far the drawing runs past the trim, in mm at the designed size.

        Enough for the press's own 3 mm around the finished size, also where its proportions differ a little; the
        same for what is cut out of a sheet in the office, and for its screen edition, which is the same page trimmed.
        """
        cut_out = self.kind in {Kind.CARDS, Kind.BOOKLET}
        shown = self.edition is Edition.SCREEN and self.layout.facts.office.scheme == "n-up"
        if not (self.edition is Edition.PRESS or cut_out or shown):
            return 0.0
        design = self.layout.size
        scale = design.scale_to(self.size)
        across = (self.size.width + 2 * PRESS_BLEED) / scale - design.width
        along = (self.size.height + 2 * PRESS_BLEED) / scale - design.height
        return max(PRESS_BLEED, across / 2, along / 2)

    @property
    def kind(self) -> Kind | None:
        """What an office edition does with its paper; None for the other editions."""
        if self.edition is not Edition.OFFICE:
            return None
        return kind_of(self.layout.size, self.size, self.paper, self.layout.facts.office.scheme)

    @property
    def fillable(self) -> bool:
        """Whether this PDF has form fields."""
        return self.layout.facts.fillable and (self.typed or self.edition is Edition.SCREEN)

    @property
    def typeset_with_fields(self) -> bool:
        """Whether its pages are typeset with form fields: an office's too, which is then the same page without them."""
        return self.layout.facts.fillable and self.edition is not Edition.PRESS

    @property
    def title(self) -> str:
        """The document's title: product, subject and rayon."""
        names = (self.layout.facts.title, self.subject.name if self.subject else None, self.rayon.name)
        return " · ".join(name for name in names if name)


def plan(library: Library, request: Request) -> tuple[Job, ...]:
    """Turn a request into jobs, in a fixed order: by rayon, layout, subject and edition.

    Raises RequestError, naming what there is, for an unknown id or a combination that can't be made.
    """
    rayons = _choose(library, "rayon", request.rayons, library.rayons)
    networks = _choose(library, "network", request.networks, library.networks)
    if request.style and request.style not in library.styles:
        raise _unknown(library, "style", request.style, library.styles)
    names = _choose(library, "layout", request.layouts, _buildable(library, request.layouts))
    _refuse_other_styles(library, request, rayons)
    editions = _editions(request)
    jobs = tuple(
        job
        for rayon in rayons
        for name in names
        for job in _jobs(library, request, library.rayons[rayon], name, networks, editions)
    )
    if not jobs:
        raise RequestError("nothing to make: the rayons asked for have none of these layouts and networks")
    refuse_unused(request.sheets, {job.kind for job in jobs if job.kind})
    if request.printshop != COATED and Edition.PRESS not in editions:
        raise RequestError("--icc and --ink-limit are for a print shop: add --edition press")
    return jobs


def plan_harvest(library: Library, harvest: Harvest, rayon: Rayon) -> Job:
    """The poster of what was collected, in the rayon's style, or else in a style that has one.

    Raises RequestError where no style has one.
    """
    job = _job(Request(), _shows(library, "harvest", rayon), rayon, Edition.SCREEN, None, None)
    return replace(job, harvest=harvest)


def plan_printlist(
    library: Library, printlist: PrintList, workshop: Workshop, rayon: Rayon, network: Network | None = None
) -> Job:
    """The print list of a workshop, in the rayon's style, or else in a style that has one.

    Raises RequestError where no style has one.
    """
    job = _job(Request(), _shows(library, "workshop", rayon), rayon, Edition.SCREEN, None, network)
    return replace(job, printlist=printlist, workshop=workshop)


def _shows(library: Library, what: str, rayon: Rayon) -> Layout:
    """The layout that shows something else than content, the rayon's own style first."""
    layouts = sorted(
        (layout for layout in library.layouts.values() if what in layout.facts.for_each),
        key=lambda layout: layout.style != rayon.style,
    )
    if not layouts:
        raise RequestError(f'no layout shows a {what} (for_each = ["{what}"])')
    return layouts[0]


#: The command that makes what shows something else than content.
_MAKES = {"harvest": "invulposter collect … -o {name}.pdf", "workshop": "invulposter kit … -o {name}.zip"}


def _buildable(library: Library, asked: Collection[str]) -> tuple[str, ...]:
    """The names of the layouts that need nothing but content, in alphabetical order."""
    others = {layout.name: layout for layout in library.layouts.values() if not layout.from_content}
    for name in asked:
        if name in others:
            shows = next(what for what in _MAKES if what in others[name].facts.for_each)
            raise RequestError(f"'{name}' shows a {shows}: make it with '{_MAKES[shows].format(name=name)}'")
    return tuple(sorted({name for _, name in library.layouts} - set(others)))


def _refuse_other_styles(library: Library, request: Request, rayons: Sequence[str]) -> None:
    """Raise RequestError for a layout that was asked for and is in none of the styles that are used."""
    used = {request.style} if request.style else {library.rayons[rayon].style for rayon in rayons}
    for pattern in request.layouts:
        matches = [layout for layout in library.layouts.values() if fnmatch.fnmatch(layout.name, pattern)]
        styles = sorted({layout.style for layout in matches})
        if used.isdisjoint(styles):
            style, where = styles[0], f"layout '{matches[0].name}' is in style {' and '.join(styles)}"
            if request.style:
                raise RequestError(f"{where}, not in {request.style}: ask for --style {style}")
            which = f"rayon '{rayons[0]}' does not use" if len(rayons) == 1 else "none of the rayons uses"
            raise RequestError(f"{where}, which {which}: add --style {style}, or 'stijl: {style}' in a rayon.yaml")


def _editions(request: Request) -> tuple[Edition, ...]:
    """The editions asked for; by default screen and office, and office alone where a size or paper is asked for."""
    sized = request.size or request.paper or request.sheets.asked
    if sized and Edition.SCREEN in request.editions:
        raise RequestError(
            "the screen edition has fields and links, which can't be imposed or scaled: "
            "ask for --edition office with --size or --paper"
        )
    return request.editions or ((Edition.OFFICE,) if sized else (Edition.SCREEN, Edition.OFFICE))


def _choose(library: Library, kind: str, patterns: Collection[str], known: Collection[str]) -> tuple[str, ...]:
    """The known ids that match any of the patterns, in the order of the patterns; all where there is no pattern."""
    if not known:
        raise RequestError(f"there is no valid {kind} in this workspace")
    if not patterns:
        return tuple(known)
    chosen: dict[str, None] = {}
    for pattern in patterns:
        matches = fnmatch.filter(known, pattern)
        if not matches:
            raise _unknown(library, kind, pattern, known)
        chosen.update(dict.fromkeys(matches))
    return tuple(chosen)


#: Where what has a name is described; a mistake there leaves it out of the library.
_DESCRIBED: Mapping[str, str] = {
    "layout": "layouts/*/{}/*",
    "network": "content/netwerken/{}.yaml",
    "rayon": "content/rayons/{}/*",
    "style": "layouts/{}/*",
}


def _unknown(library: Library, kind: str, name: str, known: Collection[str]) -> RequestError:
    """Why a name can't be used: it has a mistake, or it does not exist."""
    where = _DESCRIBED[kind].format(name)
    mistakes = [problem.place for problem in errors(library.problems) if fnmatch.fnmatch(problem.place.path, where)]
    if mistakes:
        return RequestError(f"{kind} '{name}' can't be used: mend what is wrong at {mistakes[0]}")
    return RequestError(f"{kind} '{name}' does not exist; {expected(name, known)}")


def _jobs(
    library: Library,
    request: Request,
    rayon: Rayon,
    name: str,
    networks: Collection[str],
    editions: Collection[Edition],
) -> Iterator[Job]:
    layout = library.layouts.get((request.style or rayon.style, name))
    if layout is None or _wasteful(request, layout):
        return
    for phase, network in _subjects(library, request, rayon, layout, networks):
        for edition in editions:
            yield _job(request, layout, rayon, edition, phase, network)


def _wasteful(request: Request, layout: Layout) -> bool:
    """Whether ink is to be saved and this layout can't: one that was not named is then left out.

    Raises RequestError for one that was.
    """
    if not request.thrifty or layout.facts.thrifty:
        return False
    if request.layouts:
        place = f"{layout.style}/{layout.name}"
        raise RequestError(f"layout '{place}' can't save ink: its layout.toml does not say 'thrifty = true'")
    return True


def _subjects(
    library: Library, request: Request, rayon: Rayon, layout: Layout, networks: Collection[str]
) -> Iterator[tuple[Phase | None, Network | None]]:
    own = [library.networks[key] for key in networks if rayon.networks is None or key in rayon.networks]
    if layout.subject_kind == "phase":
        yield from ((phase, None) for phase in library.phases)
    elif layout.subject_kind == "network":
        yield from ((None, network) for network in own)
    else:
        yield None, None
    if request.networks and "network" in layout.facts.also_for:
        yield from ((None, network) for network in own)


def _job(
    request: Request,
    layout: Layout,
    rayon: Rayon,
    edition: Edition,
    phase: Phase | None,
    network: Network | None,
) -> Job:
    size, paper = _sizes(request, layout, edition)
    subject = phase or network
    parts = [layout.name, *([subject.id] if subject else []), edition.value]
    if edition is Edition.OFFICE:
        parts += [size.name, "op", paper.name]
    elif size != layout.size:
        parts.append(size.name)
    if request.thrifty:
        parts.append(THRIFTY)
    return Job(
        layout=layout,
        rayon=rayon,
        edition=edition,
        size=size,
        paper=paper,
        path=PurePosixPath(rayon.id, "-".join(parts) + ".pdf"),
        phase=phase,
        network=network,
        sheets=request.sheets if edition is Edition.OFFICE else NO_WISH,
        thrifty=request.thrifty,
        printshop=request.printshop if edition is Edition.PRESS else COATED,
    )


def _sizes(request: Request, layout: Layout, edition: Edition) -> tuple[Size, Size]:
    """The finished size and the paper, both lying as the design does."""
    office = edition is Edition.OFFICE
    asked = _asked("--size", request.size) or (_asked("size", layout.facts.office.size) if office else None)
    size = (asked or layout.size).like(layout.size)
    if edition is Edition.SCREEN:
        size = layout.size
    paper = (_asked("--paper", request.paper) or parse_size(layout.facts.office.paper)) if office else size
    return size, paper.like(layout.size)


def _asked(option: str, text: str | None) -> Size | None:
    if text is None:
        return None
    try:
        return parse_size(text)
    except ValueError as error:
        raise RequestError(f"{option}: {error}") from None
