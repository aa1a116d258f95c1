"""From the files of a kit to its print list: what to print and how, what to cut and glue, what to take along. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil, prod

from invulposter.finish.choose import choose
from invulposter.finish.job import wanted
from invulposter.finish.labels import tile_name
from invulposter.finish.marks import cut_positions
from invulposter.finish.nup import Cards, flat_grid, folded_grid
from invulposter.finish.schemes import Rect
from invulposter.geometry import Size
from invulposter.library import Library
from invulposter.paper import Duplex, Kind, Order
from invulposter.printlist import Cell, Packed, PrintList, PrintRow, Sketch, Work
from invulposter.workshop.packing import materials
from invulposter.workshop.plan import WRITE_ON_A2, KitItem, KitPlan

#: What the minutes rest on: sides of A4 that a printer makes in one (of A3 half as many), and minutes for each file.
_SIDES_A_MINUTE, _A_FILE = 15, 1
#: Minutes for a cut through a pile, a tile to glue, and a set to count or a copy to staple.
_A_CUT, _A_TILE, _A_STAPLE = 0.5, 1.5, 0.5
#: Sheets in a pile: what an office trimmer takes.
_PILE = 10


#: How a printer that does both sides turns the paper.
BOTH_SIDES = {Duplex.LONG_EDGE, Duplex.SHORT_EDGE}


@dataclass(frozen=True)
class MadeItem:
    """A file of the kit as it was made: sheets for one copy and how they lie, pages before imposition, its duplex edge.

    `cuts` are straight cuts through the pile; `notes` what the finishing says to who prints it; `tiles` are columns and
    rows of sheets to glue.
    """

    item: KitItem
    sheets: int
    lying: Size
    pages: int
    cuts: int = 0
    duplex: Duplex = Duplex.NONE
    notes: tuple[str, ...] = ()
    tiles: tuple[int, int] = (0, 0)

    @property
    def sides(self) -> int:
        """Printed sides of one copy."""
        return self.sheets * (2 if self.duplex in {*BOTH_SIDES, Duplex.BY_HAND} else 1)

    def on_one_side(self) -> MadeItem:
        """It with each page on a sheet of its own; cards and booklets say for themselves how their backs are made."""
        if self.duplex not in BOTH_SIDES:
            return self
        # Of copies with names on them the last sheet may stay empty.
        return replace(self, duplex=Duplex.NONE, sheets=self.pages if self.item.people is None else 2 * self.sheets)

    @property
    def sheets_each(self) -> int:
        """Sheets of one piece, where pieces are not cut from a sheet."""
        return self.sheets * self.item.copies // self.item.pieces


def print_list(plan: KitPlan, made: Sequence[MadeItem], library: Library) -> PrintList:
    """Everything that the list shows."""
    titles = [one.item.job.layout.facts.title for one in made]
    return PrintList(
        rows=tuple(_row(one) for one in made),
        works=tuple(_works(made)),
        printed=tuple(_packed(one) for one in made),
        materials=materials(library.guide, library.poster, plan.workshop, titles),
        reckoned=tuple(_reckoned(plan, made)),
    )


def _row(made: MadeItem) -> PrintRow:
    item, job = made.item, made.item.job
    speed = _SIDES_A_MINUTE / (2 if job.paper.name == "A3" else 1)
    return PrintRow(
        number=item.number,
        file=item.file,
        title=job.layout.facts.title,
        subject=job.subject.name if job.subject else "",
        pieces=item.pieces,
        size=job.size.name,
        paper=job.paper.name,
        copies=item.copies,
        sheets_each=made.sheets,
        settings=tuple(_settings(made)),
        minutes=ceil(_A_FILE + made.sides * item.copies / speed),
    )


#: What the print dialogue calls each way of making backs.
_SIDES = {
    Duplex.NONE: "enkelzijdig",
    Duplex.LONG_EDGE: "dubbelzijdig, omslaan over de lange kant",
    Duplex.SHORT_EDGE: "dubbelzijdig, omslaan over de korte kant",
    Duplex.BY_HAND: "enkelzijdig, de achterkanten apart",
    Duplex.FOLD_OVER: "enkelzijdig",
}


def _settings(made: MadeItem) -> Iterator[str]:
    copies = made.item.copies
    yield made.item.job.paper.name
    yield "100 %"
    yield _SIDES[made.duplex]
    if copies > 1:
        yield f"{copies} exemplaren" + (", gesorteerd" if made.sheets > 1 else "")


def _packed(made: MadeItem) -> Packed:
    job = made.item.job
    name = " ".join([job.layout.facts.title, *([job.phase.name] if job.phase else [])])
    what = f"{name}, {job.size.name}" if job.kind in {Kind.TILES, Kind.SCALED} else name
    pieces = made.item.pieces
    unit = ("set" if pieces == 1 else "sets") if job.kind is Kind.CARDS else ""
    return Packed(what, pieces, unit=unit)


def _works(made: Sequence[MadeItem]) -> Iterator[Work]:
    """Work on files of one product is one piece of work; all that is stapled is one too."""
    for kind, work in ((Kind.TILES, _gluing), (Kind.CARDS, _cutting)):
        of_kind = [one for one in made if one.item.job.kind is kind]
        for _, same in groupby(of_kind, key=lambda one: one.item.job.layout.name):
            yield work(tuple(same))
    stapled = [one for one in made if one.item.job.kind not in {Kind.TILES, Kind.CARDS} and one.sheets_each > 1]
    if stapled:
        yield _stapling(stapled)


def _gluing(made: Sequence[MadeItem]) -> Work:
    first, job = made[0], made[0].item.job
    sketch = _tiles_sketch(first)
    posters = sum(one.item.pieces for one in made)
    names = [cell.name for cell in sketch.cells]
    columns = sum(cell.y == 0 for cell in sketch.cells)
    steps = [
        f"{_count(posters, 'poster', 'posters')} van {_count(len(sketch.cells), 'vel', 'vellen')}."
        f" Vooraan ligt {'steeds ' if posters > 1 else ''}het plakplan.",
        "Snijd van elk vel alleen links en boven, langs de lijn.",
        f"Plak elke rij: {', '.join(names[:columns])}. Plak dan de rijen onder elkaar.",
        "Snijd tot slot rechts en onder het wit weg.",
    ]
    minutes = ceil(_A_TILE * sum(prod(one.tiles) * one.item.pieces for one in made))
    return Work("Plakken", f"{job.layout.facts.title}, {job.size.name}", _numbers(made), tuple(steps), minutes, sketch)


def _cutting(made: Sequence[MadeItem]) -> Work:
    first, job = made[0], made[0].item.job
    per_set = -(-first.pages // 2) if job.layout.facts.duplex else first.pages
    sheets = sum(one.sheets * one.item.copies for one in made)
    piles = ceil(sheets / _PILE)
    by_hand, notes = _notes(made)
    steps = [
        *by_hand,
        f"{_count(sheets, 'vel', 'vellen')}, {_count(first.cuts, 'snede', 'sneden')} door de stapel;"
        f" snijd hoogstens {_PILE} vellen tegelijk.",
    ]
    pieces = first.item.pieces
    if job.sheets.order is Order.STACKED and pieces > 1:
        steps.append(
            "Leg wat van dezelfde plek komt weer op elkaar. Leg dan de stapeltjes op elkaar: linksboven bovenop,"
            " daaronder dat ernaast, rij voor rij."
        )
        steps.append(f"Tel van bovenaf steeds {_count(per_set, 'kaart', 'kaarten')}: dat is één set, van de {pieces}.")
    steps += notes
    minutes = ceil(_A_CUT * first.cuts * piles + _A_STAPLE * sum(one.item.pieces for one in made))
    return Work("Snijden", job.layout.facts.title, _numbers(made), tuple(steps), minutes, _cards_sketch(first))


def _notes(made: Sequence[MadeItem]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is done first of all and what is told afterwards: how backs are printed by hand is each file's last note."""
    by_hand = [one.notes[-1:] for one in made if one.duplex is Duplex.BY_HAND]
    first = tuple(dict.fromkeys(note for notes in by_hand for note in notes))
    return first, tuple(dict.fromkeys(note for one in made for note in one.notes if note not in first))


def _stapling(made: Sequence[MadeItem]) -> Work:
    by_hand, notes = _notes(made)
    steps = [
        f"{one.item.job.layout.facts.title}: {_count(one.sheets_each, 'vel', 'vellen')}, {_binding(one)}."
        for one in made
    ]
    minutes = ceil(_A_STAPLE * sum(one.item.pieces for one in made))
    title = _listed([one.item.job.layout.facts.title for one in made])
    return Work("Nieten", title, _numbers(made), (*by_hand, *steps, *notes), minutes)


def _binding(made: MadeItem) -> str:
    if made.item.job.kind is Kind.BOOKLET:
        return "vouwen en in de vouw nieten"
    edge = "korte" if made.lying.landscape else "lange"
    return f"twee nietjes langs de {edge} kant links"


def _numbers(made: Sequence[MadeItem]) -> tuple[int, ...]:
    return tuple(one.item.number for one in made)


def _tiles_sketch(made: MadeItem) -> Sketch:
    """The poster with its sheets as they were printed, each as wide as the next."""
    design, (columns, rows) = made.item.job.layout.size, made.tiles
    scale = design.scale_to(made.item.job.size)
    wide, tall = design.width * scale / columns, design.height * scale / rows
    cells = tuple(
        Cell(column * wide, row * tall, wide, tall, tile_name(column, row))
        for row in range(rows)
        for column in range(columns)
    )
    return Sketch("tiles", columns * wide, rows * tall, cells)


def _cards_sketch(made: MadeItem) -> Sketch:
    """The sheet as it lies, with its cards and its cuts."""
    request = choose(wanted(made.item.job))
    scheme = request.scheme
    if not isinstance(scheme, Cards):
        raise TypeError(f"{made.item.job.path} is not made of cards")
    grid = (folded_grid if request.duplex is Duplex.FOLD_OVER else flat_grid)(request.paper, scheme)
    cells = grid.cells + grid.folded
    across = cut_positions(((cell.x, cell.right) for cell in cells), grid.size.width)
    upwards = cut_positions(((cell.y, cell.top) for cell in cells), grid.size.height)
    down = tuple(sorted(grid.size.height - cut for cut in upwards))
    drawn = tuple(_drawn(cell, number, grid.size) for number, cell in enumerate(grid.cells, 1))
    return Sketch("cards", grid.size.width, grid.size.height, drawn, across, down)


def _drawn(cell: Rect, number: int, sheet: Size) -> Cell:
    return Cell(cell.x, sheet.height - cell.top, cell.width, cell.height, str(number))


def _reckoned(plan: KitPlan, made: Sequence[MadeItem]) -> Iterator[str]:
    workshop = plan.workshop
    shared = [one for one in made if one.item.job.layout.facts.per == "group" and one.item.job.kind is Kind.TILES]
    for one in shared[:1]:
        why = f"tot {WRITE_ON_A2} mensen A2, daarboven A1" if plan.request.size is None else "zo gevraagd"
        poster = f"{one.item.job.layout.facts.title} op {one.item.job.size.name}"
        yield f"Groepen van hoogstens {workshop.group_size}: {poster} ({why})."
    yield (
        f"De minuten gaan uit van {_SIDES_A_MINUTE:g} bladzijden A4 per minuut en {_minutes(_A_FILE)} per bestand;"
        f" {_minutes(_A_TILE)} per geplakt vel; {_minutes(_A_CUT)} per snede door {_PILE} vellen;"
        f" {_minutes(_A_STAPLE)} om een set te tellen of iets te nieten."
    )


def _minutes(minutes: float) -> str:
    if minutes < 1:
        return f"{minutes * 60:.0f} seconden"
    return "1 minuut" if minutes == 1 else f"{minutes:g} minuten".replace(".", ",")


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _listed(names: Sequence[str]) -> str:
    *first, last = dict.fromkeys(names)
    return f"{', '.join(first)} en {last}" if first else last
