"""Any PDF and a request in, sheets for the printer out: the line from bytes to bytes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from invulposter.errors import RequestError
from invulposter.finish import notes, nup, tiles
from invulposter.finish.booklet import Booklet, impose_booklet, spread_on
from invulposter.finish.boxes import Document, scaled_sheets
from invulposter.finish.compose import compose
from invulposter.finish.flatten import flatten, needs_flattening
from invulposter.finish.labels import tile_sheets
from invulposter.finish.legible import LARGE, text_areas
from invulposter.finish.marks import cut_positions
from invulposter.finish.nup import Cards, impose_cards
from invulposter.finish.schemes import Rect, Sheet, Side, scale_between
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
    """The finished file and its pages; pieces of paper, straight cuts (through the pile; all of tiles), duplex edge.

    `duplex` is `long-edge`, `short-edge`, `by-hand`, `fold-over` or None; `notes` are sentences for who prints it;
    `tiles` are the columns and rows of the first poster, none where nothing is glued.
    """

    pdf: bytes
    pages: int
    sheets: int
    cuts: int
    duplex: str | None
    notes: tuple[str, ...] = ()
    tiles: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class _Plan:
    sheets: tuple[Sheet, ...]
    cuts: int
    notes: tuple[str, ...] = ()
    tiles: tuple[int, int] = (0, 0)


def impose(source: bytes, request: ImposeRequest, fonts_dir: Path) -> Imposed:
    """Impose a PDF as asked, its form fields and annotations first drawn into the pages.

    Deterministic: the same input gives the same bytes. Raises RequestError, with one sentence, for a PDF that is
    damaged, protected, empty or of an absurd size, and for a request that can't be met; WorkspaceError for
    missing fonts.
    """
    _check(request)
    pdf = open_pdf(source)
    told: tuple[str, ...] = ()
    if needs_flattening(pdf):
        flattened = flatten(source, fonts_dir)
        source, told = flattened.pdf, flattened.notes
        pdf = open_pdf(source)
    opened = source_of(pdf)
    plan = _plan(request, opened.pages, source)
    fronts = sum(sheet.side is Side.FRONT for sheet in plan.sheets)
    backs = fronts < len(plan.sheets)
    document = Document(request.title, duplex=request.duplex if backs else Duplex.NONE)
    finished = compose(opened, plan.sheets, fonts_dir, document, request.printer)
    duplex = str(request.duplex) if backs or request.duplex is Duplex.FOLD_OVER else None
    return Imposed(finished, len(plan.sheets), fronts, plan.cuts, duplex, told + plan.notes, plan.tiles)


def _plan(request: ImposeRequest, pages: Sequence[SourcePage], source: bytes) -> _Plan:
    sizes = [page.size for page in pages]
    bleed = min(page.bleed for page in pages)
    match request.scheme:
        case Cards() as cards:
            return _plan_cards(request, cards, sizes, bleed)
        case Tiles() as poster:
            return _plan_tiles(request, poster, pages, source)
        case Booklet() as booklet:
            return _plan_booklet(request, booklet, sizes, bleed)
        case Trimmed() as trimmed:
            return _plan_trimmed(trimmed, sizes, bleed)
        case Scaled(finished):
            return _Plan(scaled_sheets(sizes, finished, request.duplex), 0)


def _plan_cards(request: ImposeRequest, cards: Cards, sizes: Sequence[Size], bleed: float) -> _Plan:
    folded = request.duplex is Duplex.FOLD_OVER
    grid = nup.folded_grid(request.paper, cards) if folded else nup.flat_grid(request.paper, cards)
    _not_too_many(2 * cards.copies * len(sizes) / len(grid.cells))
    sheets = impose_cards(sizes, bleed, cards, request.paper, request.duplex)
    found = notes.cards(grid, cards, sheets) + notes.backs(request.duplex, sheets)
    return _Plan(sheets, nup.count_cuts(grid), found)


def _plan_tiles(request: ImposeRequest, poster: Tiles, pages: Sequence[SourcePage], source: bytes) -> _Plan:
    if request.duplex is not Duplex.NONE:
        raise RequestError("tiles are printed on one side: ask for no duplex")
    sheets: list[Sheet] = []
    found: list[str] = []
    cuts = 0
    grid = (0, 0)
    for number, page in enumerate(pages):
        lying = tiles.lying_as(poster, page.size)
        tiling = tiles.tile(replace(lying, text=_texts(source, number, page, lying.finished)), request.paper)
        _not_too_many(len(sheets) + len(tiling.tiles))
        sheets += tile_sheets(tiling, lying, number, page.size)
        cuts += 2 * len(tiling.tiles) + 2
        grid = grid if number else tiling.grid
        found += notes.tiles(tiling, poster)
    return _Plan(tuple(sheets), cuts, tuple(dict.fromkeys(found)), grid)


def _texts(source: bytes, number: int, page: SourcePage, finished: Size) -> tuple[Rect, ...]:
    """What is to be read from near by, where it comes on the poster."""
    scale = scale_between(page.size, finished)
    areas = (area.scaled(scale) for area in text_areas(source, number, page))
    return tuple(area for area in areas if min(area.width, area.height) < LARGE)


def _plan_booklet(request: ImposeRequest, booklet: Booklet, sizes: Sequence[Size], bleed: float) -> _Plan:
    sheets = impose_booklet(sizes, bleed, booklet, request.paper, request.duplex)
    size, spread = spread_on(request.paper, booklet.finished)
    cuts = cut_positions([(spread.x, spread.right)], size.width), cut_positions([(spread.y, spread.top)], size.height)
    found = notes.booklet(len(sizes)) + notes.backs(request.duplex, sheets)
    return _Plan(sheets, sum(map(len, cuts)), found)


def _plan_trimmed(trimmed: Trimmed, sizes: Sequence[Size], bleed: float) -> _Plan:
    thinnest = min(bleed * size.scale_to(trimmed.finished.like(size)) for size in sizes)
    return _Plan(impose_trimmed(sizes, trimmed), 4, notes.trimmed(trimmed, thinnest))


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
        case Cards(gutter=gutter) if not 0 <= gutter <= 100:
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
