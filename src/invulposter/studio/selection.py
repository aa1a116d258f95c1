"""What was chosen at Maken: from the address of the page to jobs, and what there is to choose. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from starlette.datastructures import QueryParams

from invulposter.edition import Edition
from invulposter.errors import RequestError
from invulposter.geometry import A_SIZES, Size, parse_size
from invulposter.layout import Layout
from invulposter.library import Library
from invulposter.paper import Printer
from invulposter.plan import Job, plan
from invulposter.request import Request
from invulposter.studio.printing import ONE_SIDE, paper_wish

#: What a printer may hold, the usual first.
PAPERS = ("A4", "A3", "A5", "A2")
#: Cards that lie within what every office printer can print.
CARDS = "100x70"
#: The finished sizes that can be asked for, the largest first.
SIZES = (*A_SIZES, CARDS)
#: What is larger hangs on a wall.
_SHEET = parse_size("A4")
#: What an address says for all networks of the rayon, also those that come later.
ALL = "*"
#: Files that one selection may ask for: more is a choice that nobody meant.
MOST_JOBS = 60


@dataclass(frozen=True)
class Selection:
    """What was chosen; an empty `size` or `paper` is each product's own, an empty `printer` any.

    `rayon` is the one that was asked for, also where there is none of that id: nothing is made for it then.
    """

    rayon: str
    products: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    all_networks: bool = False
    edition: Edition = Edition.OFFICE
    size: str = ""
    paper: str = ""
    printer: str = ""
    thrifty: bool = False


@dataclass(frozen=True)
class Planned:
    """The jobs of a selection, and in Dutch what could not be made of it."""

    jobs: tuple[Job, ...]
    problems: tuple[str, ...] = ()


def selected(query: QueryParams, library: Library, printers: Mapping[str, Printer], usual: str = "") -> Selection:
    """The selection in an address, for the `usual` rayon where it names none.

    What does not exist, or not any more, is passed over, but for the rayon.
    """
    rayon = query.get("rayon") or usual
    every = networks(library, rayon)
    all_networks = ALL in query.getlist("netwerk")
    editions = {edition.value: edition for edition in Edition}
    edition = editions.get(query.get("uitgave", ""), Edition.OFFICE)
    office, on_paper = edition is Edition.OFFICE, edition is not Edition.SCREEN
    return Selection(
        rayon=rayon,
        products=_all_known(query.getlist("product"), [layout.name for layout in products(library, rayon)]),
        networks=every if all_networks else _all_known(query.getlist("netwerk"), every),
        all_networks=all_networks,
        edition=edition,
        size=_known(query.get("formaat"), SIZES) if on_paper else "",
        paper=_known(query.get("papier"), PAPERS) if office else "",
        printer=_known(query.get("printer"), (ONE_SIDE, *printers)) if office else "",
        thrifty=office and query.get("zuinig") == "ja",
    )


def products(library: Library, rayon: str) -> tuple[Layout, ...]:
    """The layouts that a rayon's style has and that need nothing but content, by title.

    For a rayon that is not there those of the first: what is chosen meanwhile stays chosen.
    """
    known = library.rayons.get(rayon) or next(iter(library.rayons.values()), None)
    style = known.style if known else ""
    found = (layout for layout in library.layouts.values() if layout.style == style and layout.from_content)
    return tuple(sorted(found, key=lambda layout: layout.facts.title))


def networks(library: Library, rayon: str) -> tuple[str, ...]:
    """The ids of the networks that a rayon makes something for, by name."""
    own = library.rayons[rayon].networks if rayon in library.rayons else None
    found = (network for key, network in library.networks.items() if own is None or key in own)
    return tuple(network.id for network in sorted(found, key=lambda network: network.name.lower()))


def planned(selection: Selection, library: Library, printers: Mapping[str, Printer]) -> Planned:
    """The jobs of a selection, the quickest products first to be looked at; none for a rayon that is not there."""
    if selection.rayon not in library.rayons:
        return Planned(())
    chosen = [layout for layout in products(library, selection.rayon) if layout.name in selection.products]
    problems = [*_impossible(selection, chosen), *_kept(selection.size, chosen)]
    possible = [
        layout
        for layout in chosen
        if (selection.networks or layout.subject_kind != "network") and (layout.facts.thrifty or not selection.thrifty)
    ]
    wish, jobs = paper_wish(selection.printer, printers), []
    for layout in possible:
        try:
            made = plan(library, _request(selection, layout))
        except RequestError:
            problems.append(f"{layout.facts.title} kan zo niet: kies een ander formaat of ander papier.")
        else:
            jobs += [replace(job, sheets=wish.suiting(job.kind)) for job in made]
    if len(jobs) > MOST_JOBS:
        problems.append(f"Dit zijn {len(jobs)} bestanden: hier staan de eerste {MOST_JOBS}. Kies minder netwerken.")
    return Planned(tuple(jobs[:MOST_JOBS]), tuple(problems))


def takes(layout: Layout, size: str) -> bool:
    """Whether a layout is made in this finished size: only cards are cards, and what is read near by is no poster."""
    if size == CARDS:
        return layout.facts.office.scheme == "n-up"
    return not _larger(parse_size(size), _SHEET) or _larger(layout.size, _SHEET)


def _larger(one: Size, other: Size) -> bool:
    return one.width * one.height > other.width * other.height


def _kept(size: str, chosen: Iterable[Layout]) -> Iterable[str]:
    titles = [layout.facts.title for layout in chosen if size and not takes(layout, size)]
    if titles:
        what = "100 × 70 mm is voor kaarten" if size == CARDS else f"{size} is voor posters"
        yield f"{what}. Een eigen formaat {'houdt' if len(titles) == 1 else 'houden'}: {', '.join(titles)}."


def _impossible(selection: Selection, chosen: Iterable[Layout]) -> Iterable[str]:
    for layout in chosen:
        if layout.subject_kind == "network" and not selection.networks:
            yield f"Kies ook een netwerk: {layout.facts.title} is er per netwerk."
        elif selection.thrifty and not layout.facts.thrifty:
            yield f"Van {layout.facts.title} is er geen uitvoering die inkt spaart."


def _request(selection: Selection, layout: Layout) -> Request:
    return Request(
        layouts=(layout.name,),
        rayons=(selection.rayon,),
        networks=selection.networks,
        editions=(selection.edition,),
        size=selection.size if selection.size and takes(layout, selection.size) else None,
        paper=selection.paper or None,
        thrifty=selection.thrifty,
    )


def _known(asked: str | None, known: Iterable[str]) -> str:
    return asked if asked is not None and asked in known else ""


def _all_known(asked: Iterable[str], known: Sequence[str]) -> tuple[str, ...]:
    wanted = set(asked)
    return tuple(key for key in known if key in wanted)
