"""From a library and a request to the plan of a kit: which files, how many of each. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from invulposter.edition import Edition
from invulposter.errors import RequestError
from invulposter.geometry import Size, parse_size
from invulposter.layout import Layout
from invulposter.library import Library
from invulposter.paper import NO_WISH, Kind, Order, PaperWish
from invulposter.plan import Job, plan
from invulposter.prefill import Table
from invulposter.printlist import Workshop
from invulposter.rayon import Rayon
from invulposter.references import expected
from invulposter.request import Request

#: The papers an office printer takes; where there is A3, there is A4 beside it.
PAPERS = ("A4", "A3")
#: More people than this are a congress.
MOST_PARTICIPANTS = 500
#: A longer name of a place does not fit on a cover.
LONGEST_PLACE = 60
#: So many people can write on one poster of A2; more need A1.
WRITE_ON_A2 = 4


@dataclass(frozen=True)
class KitRequest:
    """What was asked for; `paper` is the largest paper in the printer, `size` the finished size of the groups' posters.

    `sheets` is what is known of the printer: how it makes backs, or what was measured of it.
    Every row of `people` is a participant whose name comes on the sheets that ask for it. A thrifty kit saves ink
    wherever a layout can.
    """

    rayon: str
    network: str
    participants: int
    groups: int
    paper: str = "A4"
    sheets: PaperWish = NO_WISH
    date: datetime.date | None = None
    place: str = ""
    start: datetime.time | None = None
    size: str | None = None
    people: Table | None = None
    thrifty: bool = False


@dataclass(frozen=True)
class KitItem:
    """One file of a kit.

    `pieces` of the product are needed. They come out when the file is printed `copies` times: once where the sheets
    hold them all. `people` is the list that fills the copies in, where there is one.
    """

    number: int
    job: Job
    pieces: int
    copies: int
    people: Table | None = None

    @property
    def file(self) -> str:
        """Its name in the zip: `01-invulposter-oop-A2.pdf`, with the size where it is not the designed one."""
        job = self.job
        parts = [f"{self.number:02d}", job.layout.name, *([job.subject.id] if job.subject else [])]
        if job.size != job.layout.size:
            parts.append(job.size.name)
        if self.people:
            parts.append("op-naam")
        return "-".join(parts) + ".pdf"


@dataclass(frozen=True)
class KitPlan:
    """A kit before it is made: for whom, which workshop, and its files in the order in which they are printed."""

    request: KitRequest
    rayon: Rayon
    workshop: Workshop
    items: tuple[KitItem, ...]


def plan_kit(library: Library, request: KitRequest, today: datetime.date) -> KitPlan:
    """Count what a workshop needs, from what the layouts say they are for.

    Raises RequestError, with one sentence, for a rayon, network, number or date that can't be.
    """
    rayon = _rayon(library, request)
    _check(request, today)
    workshop = Workshop(
        participants=request.participants,
        groups=request.groups,
        network=library.networks[request.network].name,
        date=request.date,
        place=request.place,
        start=request.start,
    )
    layouts = (layout for (style, _), layout in library.layouts.items() if style == rayon.style and layout.from_content)
    found = [(job, _needed(job, workshop)) for layout in layouts for job in _jobs(library, request, layout, workshop)]
    found.sort(key=lambda pair: _turn(pair[0]))
    items = tuple(_item(number, job, pieces, request) for number, (job, pieces) in enumerate(found, 1))
    return KitPlan(request, rayon, workshop, items)


def parse_date(text: str) -> datetime.date:
    """Read `2027-03-12`. Raises RequestError for anything else."""
    try:
        return datetime.date.fromisoformat(text.strip())
    except ValueError:
        raise RequestError(f"'{text}' is not a date: expected year-month-day, such as 2027-03-12") from None


def parse_time(text: str) -> datetime.time:
    """Read `13:30` or `13.30`. Raises RequestError for anything else."""
    try:
        return datetime.datetime.strptime(text.strip().replace(".", ":"), "%H:%M").time()
    except ValueError:
        raise RequestError(f"'{text}' is not a time of day: expected hours:minutes, such as 13:30") from None


def poster_size(people: int) -> str:
    """The finished size of a poster that so many people write on together."""
    return "A2" if people <= WRITE_ON_A2 else "A1"


def _rayon(library: Library, request: KitRequest) -> Rayon:
    for kind, name, known in (
        ("rayon", request.rayon, library.rayons),
        ("network", request.network, library.networks),
    ):
        if name not in known:
            raise RequestError(f"{kind} '{name}' does not exist; {expected(name, known)}")
    rayon = library.rayons[request.rayon]
    if rayon.networks is not None and request.network not in rayon.networks:
        raise RequestError(
            f"network '{request.network}' is not one of rayon '{rayon.id}': choose {', '.join(rayon.networks)}"
        )
    return rayon


def _check(request: KitRequest, today: datetime.date) -> None:
    """Numbers, a date or words that no workshop has."""
    people, groups = request.participants, request.groups
    if not 1 <= people <= MOST_PARTICIPANTS:
        raise RequestError(f"a workshop has 1 to {MOST_PARTICIPANTS} participants, not {people}")
    if groups < 1:
        raise RequestError(f"{people} participants can't be divided over {groups} groups: ask for at least 1")
    if groups > people:
        raise RequestError(f"there are more groups ({groups}) than participants ({people})")
    if request.date and request.date < today:
        raise RequestError(f"{request.date} is past: give the date of a workshop that is still to come")
    if len(request.place) > LONGEST_PLACE or not request.place.isprintable():
        raise RequestError(f"a place is one line of at most {LONGEST_PLACE} characters")
    if request.paper not in PAPERS:
        raise RequestError(f"a kit is printed on {' or '.join(PAPERS)}, not on {request.paper}")
    if request.people and len(request.people.rows) > people:
        raise RequestError(f"{request.people.path} names {len(request.people.rows)} people, for {people} participants")


def _jobs(library: Library, request: KitRequest, layout: Layout, workshop: Workshop) -> Iterator[Job]:
    """The documents of one layout, as an office printer makes them; its network's own where it has those."""
    size, paper = _sizes(request, layout, workshop)
    asked = Request(
        layouts=(layout.name,),
        rayons=(request.rayon,),
        networks=(request.network,),
        editions=(Edition.OFFICE,),
        size=size,
        paper=paper,
        thrifty=request.thrifty and layout.facts.thrifty,
    )
    jobs = plan(library, asked)
    for job in [job for job in jobs if job.network] or jobs:
        if job.kind is Kind.CARDS:
            # Cut through the pile, the small piles put on each other: every set lies sorted.
            dealt = replace(request.sheets, copies=_needed(job, workshop), order=Order.STACKED)
            yield replace(job, sheets=dealt, workshop=workshop)
        else:
            yield replace(job, sheets=request.sheets.suiting(job.kind), workshop=workshop)


def _sizes(request: KitRequest, layout: Layout, workshop: Workshop) -> tuple[str | None, str]:
    """The finished size, None for the layout's usual one, and the paper."""
    facts = layout.facts
    if facts.per == "group" and _larger(layout.size, Size(297, 420)):
        return request.size or poster_size(workshop.group_size), request.paper
    usual = parse_size(facts.office.paper)
    return None, request.paper if _larger(usual, parse_size(request.paper)) else facts.office.paper


def _larger(one: Size, other: Size) -> bool:
    return one.width * one.height > other.width * other.height


def _needed(job: Job, workshop: Workshop) -> int:
    per = {"person": workshop.participants, "group": workshop.groups, "workshop": 1}
    return per[job.layout.facts.per]


def _turn(job: Job) -> tuple[bool, ...]:
    """The largest paper first; then what has to be glued or cut, so that hands can start while the rest is printed."""
    facts = job.layout.facts
    large = _larger(job.paper, parse_size("A4"))
    return (
        not large,
        job.kind is not Kind.TILES,
        job.kind is not Kind.CARDS,
        facts.per != "group",
        facts.per != "person",
    )


def _item(number: int, job: Job, pieces: int, request: KitRequest) -> KitItem:
    named = request.people if job.layout.facts.fillable and job.layout.facts.per == "person" else None
    if named:
        job = replace(job, typed=True, path=job.path.with_name(f"{job.path.stem}-invulbaar.pdf"))
    once = named is not None or job.kind is Kind.CARDS
    return KitItem(number, job, pieces, 1 if once else pieces, named)
