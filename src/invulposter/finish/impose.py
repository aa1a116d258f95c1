"""Any PDF and a request in, sheets for the printer out: the line from bytes to bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from invulposter.errors import RequestError
from invulposter.finish import nup, tiles
from invulposter.finish.booklet import Booklet, impose_booklet, spread_on
from invulposter.finish.boxes import Document, scaled_sheets
from invulposter.finish.compose import compose
from invulposter.finish.flatten import flatten, needs_flattening
from invulposter.finish.labels import tile_sheets
from invulposter.finish.marks import cut_positions
from invulposter.finish.nup import Cards, impose_cards
from invulposter.finish.schemes import Sheet, Side
from invulposter.finish.source import LARGEST, SMALLEST, SourcePage, open_pdf, source_of
from invulposter.finish.tiles import Tiles
from invulposter.finish.trimmed import Trimmed, impose_trimmed
from invulposter.geometry import Size
from invulposter.paper import Duplex, Printer

#: More sides than this is a slip of the pen.
MOST_SIDES = 20_000


@dataclass(frozen=True)
class Scaled:
    """Every page at another finished size on a sheet of just that size."""

    finished: Size


Scheme = Cards | Tiles | Booklet | Trimmed | Scaled


@dataclass(frozen=True)
class ImposeRequest:
    """What is asked: a scheme, the paper in the printer (mm), how backs are made, and the file's title."""

    scheme: Scheme
    paper: Size
    duplex: Duplex = Duplex.NONE
    printer: Printer | None = None
    title: str = ""


@dataclass(frozen=True)
class Imposed:
    """The finished file; pieces of paper, straight cuts (through the pile; for tiles, all of them), duplex edge.

    `duplex` is `long-edge`, `short-edge`, `by-hand` or None; `notes` are sentences for who prints it.
    """

    pdf: bytes
    sheets: int
    cuts: int
    duplex: str | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Plan:
    sheets: tuple[Sheet, ...]
    cuts: int
    notes: tuple[str, ...] = ()


def impose(source: bytes, request: ImposeRequest, fonts_dir: Path) -> Imposed:
    """Impose a PDF as asked, its form fields and annotations first drawn into the pages.

    Deterministic: the same input gives the same bytes. Raises RequestError, with one sentence, for a PDF that is
    damaged, protected, empty or of an absurd size, and for a request that can't be met; WorkspaceError for
    missing fonts.
    """
    _check(request)
    reader = open_pdf(source)
    notes: tuple[str, ...] = ()
    if needs_flattening(reader):
        flattened = flatten(reader, fonts_dir, source)
        reader, notes = open_pdf(flattened.pdf), flattened.notes
    opened = source_of(reader)
    plan = _plan(request, opened.pages)
    document = Document(request.title, duplex=request.duplex)
    pdf = compose(opened, plan.sheets, fonts_dir, document, request.printer)
    fronts = sum(sheet.side is Side.FRONT for sheet in plan.sheets)
    backs = any(sheet.side is Side.BACK for sheet in plan.sheets)
    return Imposed(pdf, fronts, plan.cuts, str(request.duplex) if backs else None, notes + plan.notes)


def _plan(request: ImposeRequest, pages: Sequence[SourcePage]) -> _Plan:
    sizes = [page.size for page in pages]
    bleed = min(page.bleed for page in pages)
    match request.scheme:
        case Cards() as cards:
            return _plan_cards(request, cards, sizes, bleed)
        case Tiles() as poster:
            return _plan_tiles(request, poster, sizes)
        case Booklet() as booklet:
            return _plan_booklet(request, booklet, sizes, bleed)
        case Trimmed() as trimmed:
            return _plan_trimmed(trimmed, sizes, bleed)
        case Scaled(finished):
            return _Plan(scaled_sheets(sizes, finished), 0)


def _plan_cards(request: ImposeRequest, cards: Cards, sizes: Sequence[Size], bleed: float) -> _Plan:
    folded = request.duplex is Duplex.FOLD_OVER
    grid = nup.folded_grid(request.paper, cards) if folded else nup.flat_grid(request.paper, cards)
    _not_too_many(2 * cards.copies * len(sizes) / len(grid.cells))
    sheets = impose_cards(sizes, bleed, cards, request.paper, request.duplex)
    notes = []
    if not sheets[0].marks:
        notes.append("the cards fill the sheet, so there is no room for cut marks: choose margins or larger paper")
    if request.duplex is Duplex.BY_HAND:
        notes.append(by_hand_note(sheets))
    return _Plan(sheets, nup.count_cuts(grid), tuple(notes))


def _plan_tiles(request: ImposeRequest, poster: Tiles, sizes: Sequence[Size]) -> _Plan:
    if request.duplex is not Duplex.NONE:
        raise RequestError("tiles are printed on one side: ask for no duplex")
    sheets: list[Sheet] = []
    notes: list[str] = []
    cuts = 0
    for page, design in enumerate(sizes):
        lying = tiles.lying_as(poster, design)
        tiling = tiles.tile(lying, request.paper)
        _not_too_many(len(sheets) + len(tiling.tiles))
        sheets += tile_sheets(tiling, lying, page, design)
        cuts += 2 * len(tiling.tiles) + 2
        if tiling.overlap != poster.overlap:
            notes.append(f"the overlap is {tiling.overlap:g} mm, so that seams stay out of what must stay whole")
        notes += [
            f"a seam runs through the area of {rect.width:.0f} x {rect.height:.0f} mm at"
            f" {rect.x:.0f} mm from the left and {rect.y:.0f} mm from below: there is no room to keep it out"
            for rect in tiling.crossed
        ]
    return _Plan(tuple(sheets), cuts, tuple(notes))


def _plan_booklet(request: ImposeRequest, booklet: Booklet, sizes: Sequence[Size], bleed: float) -> _Plan:
    sheets = impose_booklet(sizes, bleed, booklet, request.paper, request.duplex)
    size, spread = spread_on(request.paper, booklet.finished)
    cuts = cut_positions([(spread.x, spread.right)], size.width), cut_positions([(spread.y, spread.top)], size.height)
    blanks = -len(sizes) % 4
    notes = [f"{blanks} blank pages at the end make the number of pages a multiple of four"] if blanks else []
    if request.duplex is Duplex.BY_HAND:
        notes.append(by_hand_note(sheets))
    return _Plan(sheets, sum(map(len, cuts)), tuple(notes))


def _plan_trimmed(trimmed: Trimmed, sizes: Sequence[Size], bleed: float) -> _Plan:
    thinnest = min(bleed * size.scale_to(trimmed.finished.like(size)) for size in sizes)
    if thinnest >= trimmed.bleed - 0.01:
        notes: tuple[str, ...] = ()
    else:
        notes = (f"the pages have {thinnest:.1f} mm of bleed at this size, {trimmed.bleed:g} mm is asked",)
    return _Plan(impose_trimmed(sizes, trimmed), 4, notes)


def by_hand_note(sheets: Sequence[Sheet]) -> str:
    """How to print a file that has all fronts before all backs."""
    half = sum(sheet.side is Side.FRONT for sheet in sheets)
    return (
        f"print pages 1 to {half} first, put the stack back turned over its long edge,"
        f" then print pages {half + 1} to {2 * half}"
    )


def _check(request: ImposeRequest) -> None:
    """Numbers that no printer or knife can meet."""
    for what, size in (("the finished size", request.scheme.finished), ("the paper", request.paper)):
        if not (min(size.width, size.height) >= SMALLEST and max(size.width, size.height) <= LARGEST):
            raise RequestError(
                f"{what} is {size.width:g} x {size.height:g} mm: each side must be between"
                f" {SMALLEST:g} and {LARGEST:g} mm"
            )
    match request.scheme:
        case Cards(copies=copies) if copies < 1:
            raise RequestError(f"{copies} sets can't be printed: ask for 1 or more")
        case Cards(gutter=gutter, gutterfold=fold) if not (0 <= gutter <= 100 and 0 <= fold <= 100):
            raise RequestError("a gutter is between 0 and 100 mm wide")
        case Tiles(overlap=overlap) if not 0 <= overlap <= 100:
            raise RequestError("an overlap is between 0 and 100 mm wide")
        case Booklet(thickness=thickness) if not 0 <= thickness <= 2:
            raise RequestError("paper is between 0 and 2 mm thick")
        case Trimmed(bleed=bleed) if not 0 <= bleed <= 50:
            raise RequestError("a bleed is between 0 and 50 mm wide")


def _not_too_many(sides: float) -> None:
    if sides > MOST_SIDES:
        raise RequestError(f"this makes {sides:.0f} printed sides, more than {MOST_SIDES}: print fewer sets at a time")
