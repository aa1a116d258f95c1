"""Cards: many finished pages on a sheet, cut apart afterwards. Arithmetic only, in mm."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from invulposter.errors import RequestError
from invulposter.finish.marks import MARK_GAP, cut_marks, cut_positions, enclosing, fold_line_marks
from invulposter.finish.schemes import (
    TOUCH,
    Axis,
    Line,
    Placement,
    Rect,
    Sheet,
    Side,
    back_rotation,
    behind,
    fit,
    in_print_order,
    turning_axis,
)
from invulposter.geometry import Size
from invulposter.paper import NO_MARGINS, Duplex, Margins, Order

#: Paper (mm) between fronts and backs where the sheet is folded.
FOLD_GUTTER = 4.0


@dataclass(frozen=True)
class Cards:
    """What is asked: the finished size, and mm between neighbours (0: they share a cut) and around."""

    finished: Size
    gutter: float = 0.0
    margins: Margins = NO_MARGINS
    copies: int = 1
    order: Order = Order.COLLATED


@dataclass(frozen=True)
class Card:
    """One card: the source pages (from 0) of its front and back."""

    front: int
    back: int | None = None


#: What one sheet is dealt: the card in each cell, None where a cell stays empty.
Hand = tuple[Card | None, ...]


@dataclass(frozen=True)
class Grid:
    """Cells on a sheet in reading order; `folded` holds the cells behind them beyond a `fold`."""

    size: Size
    cells: tuple[Rect, ...]
    folded: tuple[Rect, ...] = ()
    fold: Axis | None = None


def impose_cards(pages: Sequence[Size], bleed: float, cards: Cards, paper: Size, duplex: Duplex) -> tuple[Sheet, ...]:
    """Sheets for every page, `cards.copies` times.

    `pages` are the source pages' trim sizes and `bleed` (mm) what they have around it, at their own size. With
    a `duplex` that has backs, pages are taken as front, back, front, back. Raises RequestError where nothing fits.
    """
    grid = folded_grid(paper, cards) if duplex is Duplex.FOLD_OVER else flat_grid(paper, cards)
    dealt = deal(faces(len(pages), duplex), cards.copies, len(grid.cells), cards.order)
    draw = _Drawer(tuple(pages), bleed, cards)
    if duplex is Duplex.FOLD_OVER:
        return _each(dealt, lambda hand: draw.folded(grid, hand))
    fronts = _each(dealt, lambda hand: draw.front(grid, hand))
    if duplex is Duplex.NONE:
        return fronts
    backs = _each(dealt, lambda hand: draw.back(grid, hand, duplex))
    return in_print_order(tuple(zip(fronts, backs, strict=True)), duplex)


def _each(dealt: Sequence[Hand], draw: Callable[[Hand], Sheet]) -> tuple[Sheet, ...]:
    """A sheet for every hand; hands that come back, as they do with many sets, share theirs."""
    drawn = {hand: draw(hand) for hand in dict.fromkeys(dealt)}
    return tuple(drawn[hand] for hand in dealt)


def faces(pages: int, duplex: Duplex) -> tuple[Card, ...]:
    """Pages as cards: each by itself, or two by two; a last one may lack its back."""
    if duplex is Duplex.NONE:
        return tuple(Card(page) for page in range(pages))
    return tuple(Card(page, page + 1 if page + 1 < pages else None) for page in range(0, pages, 2))


def deal(cards: Sequence[Card], copies: int, per_sheet: int, order: Order) -> tuple[Hand, ...]:
    """What every sheet is dealt."""
    repeated = order is Order.REPEATED
    run = [card for card in cards for _ in range(copies)] if repeated else list(cards) * copies
    sheets = -(-len(run) // per_sheet)
    filled: list[Card | None] = [*run, *[None] * (sheets * per_sheet - len(run))]
    if order is Order.STACKED:
        return tuple(tuple(filled[sheet::sheets]) for sheet in range(sheets))
    return tuple(tuple(filled[at : at + per_sheet]) for at in range(0, len(filled), per_sheet))


def flat_grid(paper: Size, cards: Cards) -> Grid:
    """The most cells that fit, the paper lying whichever way takes more; the block is in the sheet's middle."""
    sizes = (paper, paper.turned())
    grids = [Grid(size, _block(size, cards, cards.margins.on(size))) for size in sizes]
    return _fullest(grids, cards, paper)


def _block(size: Size, cards: Cards, margins: Margins) -> tuple[Rect, ...]:
    """Cells in the middle of a field, where the wider of two opposite margins rules."""
    columns, width = _spread(size.width - 2 * max(margins.left, margins.right), cards.finished.width, cards.gutter)
    rows, height = _spread(size.height - 2 * max(margins.bottom, margins.top), cards.finished.height, cards.gutter)
    return _cells((size.width - width) / 2, (size.height - height) / 2, columns, rows, cards)


def _spread(room: float, cell: float, gutter: float) -> tuple[int, float]:
    """How many cells fit along one side, and what they take."""
    count = max(0, int((room + gutter + TOUCH) // (cell + gutter)))
    return count, count * cell + max(0, count - 1) * gutter


def _cells(left: float, bottom: float, columns: int, rows: int, cards: Cards) -> tuple[Rect, ...]:
    width, height = cards.finished.width, cards.finished.height
    return tuple(
        Rect(left + column * (width + cards.gutter), bottom + row * (height + cards.gutter), width, height)
        for row in reversed(range(rows))
        for column in range(columns)
    )


def folded_grid(paper: Size, cards: Cards) -> Grid:
    """Fronts on one half, backs mirrored on the other, with a gutter at the fold."""
    grids = [_half(size, cards, fold) for size in (paper, paper.turned()) for fold in Axis]
    return _fullest(grids, cards, paper)


def _half(size: Size, cards: Cards, fold: Axis) -> Grid:
    """Fronts left of an upright fold, or above a level one."""
    upright = fold is Axis.VERTICAL
    beside = FOLD_GUTTER / 2
    half = Size(size.width / 2 - beside, size.height) if upright else Size(size.width, size.height / 2 - beside)
    edges = cards.margins.on(size)
    # No printer's margin lies along the fold; the one across from it is all that counts there.
    margins = replace(edges, right=0.0) if upright else replace(edges, bottom=0.0)
    if min(half.width, half.height) <= 0:
        return Grid(size, ())
    lift = 0.0 if upright else size.height / 2 + beside
    cells = tuple(cell.moved(0, lift) for cell in _block(half, cards, margins))
    return Grid(size, cells, tuple(behind(cell, size, fold) for cell in cells), fold)


def _fullest(grids: Sequence[Grid], cards: Cards, paper: Size) -> Grid:
    best = max(grids, key=lambda grid: len(grid.cells))
    if not best.cells:
        raise RequestError(
            f"a finished size of {cards.finished.width:g} x {cards.finished.height:g} mm"
            f" does not fit on {paper.name} paper with these margins"
        )
    return best


def count_cuts(grid: Grid) -> int:
    """Straight cuts through the pile that free every cell."""
    cells = grid.cells + grid.folded
    columns = cut_positions(((cell.x, cell.right) for cell in cells), grid.size.width)
    rows = cut_positions(((cell.y, cell.top) for cell in cells), grid.size.height)
    return len(columns) + len(rows)


@lru_cache(maxsize=64)
def shown_around(cells: tuple[Rect, ...], bleed: float, gutter: float, field: Rect) -> tuple[Rect, ...]:
    """What of each cell's page is shown inside `field`: trim and bleed, up to half the gutter towards a neighbour."""
    block, first = enclosing(cells), cells[0]
    columns, rows = first.width + gutter, first.height + gutter
    places = [(round((cell.x - block.x) / columns), round((cell.y - block.y) / rows)) for cell in cells]
    taken = frozenset(places)
    halfway = min(bleed, gutter / 2)

    def towards(place: tuple[int, int], column: int, row: int) -> float:
        return halfway if (place[0] + column, place[1] + row) in taken else bleed

    sides = ((-1, 0), (0, -1), (1, 0), (0, 1))
    return tuple(
        cell.grown(*(towards(place, *side) for side in sides)).within(field)
        for cell, place in zip(cells, places, strict=True)
    )


@dataclass(frozen=True)
class _Drawer:
    pages: tuple[Size, ...]
    bleed: float
    cards: Cards

    def front(self, grid: Grid, hand: Hand) -> Sheet:
        shown = [card.front if card else None for card in hand]
        placements = self._placed(_whole(grid.size), grid.cells, shown, 0)
        return Sheet(grid.size, placements, self._marks(grid.size, grid.cells))

    def back(self, grid: Grid, hand: Hand, duplex: Duplex) -> Sheet:
        axis = turning_axis(grid.size, duplex)
        cells = tuple(behind(cell, grid.size, axis) for cell in grid.cells)
        shown = [card.back if card else None for card in hand]
        placements = self._placed(_whole(grid.size), cells, shown, back_rotation(axis))
        return Sheet(grid.size, placements, self._marks(grid.size, cells), Side.BACK)

    def folded(self, grid: Grid, hand: Hand) -> Sheet:
        fold = grid.fold or Axis.VERTICAL
        front_half = _front_half(grid.size, fold)
        fronts = self._placed(front_half, grid.cells, [card.front if card else None for card in hand], 0)
        back_half = behind(front_half, grid.size, fold)
        behind_them = [card.back if card else None for card in hand]
        backs = self._placed(back_half, grid.folded, behind_them, back_rotation(fold))
        marks = self._marks(grid.size, grid.cells + grid.folded)
        return Sheet(grid.size, fronts + backs, marks + _fold_marks(grid))

    def _placed(
        self, field: Rect, cells: tuple[Rect, ...], shown: Sequence[int | None], rotation: int
    ) -> tuple[Placement, ...]:
        bleeds = {self._finished_bleed(page) for page in shown if page is not None}
        clips = {bleed: shown_around(cells, bleed, self.cards.gutter, field) for bleed in bleeds}
        return tuple(
            fit(page, self.pages[page], cell, clips[self._finished_bleed(page)][at], rotation)
            for at, (cell, page) in enumerate(zip(cells, shown, strict=True))
            if page is not None
        )

    def _finished_bleed(self, page: int) -> float:
        return self.bleed * self.pages[page].scale_to(self.cards.finished)

    def _marks(self, size: Size, cells: tuple[Rect, ...]) -> tuple[Line, ...]:
        return _marks_around(cells, size, MARK_GAP + self._widest_bleed)

    @cached_property
    def _widest_bleed(self) -> float:
        return max(self._finished_bleed(page) for page in range(len(self.pages)))


@lru_cache(maxsize=64)
def _marks_around(cells: tuple[Rect, ...], size: Size, gap: float) -> tuple[Line, ...]:
    """The same tuple for every sheet that is cut alike, so that it is drawn once."""
    return cut_marks(cells, size, gap)


def _whole(size: Size) -> Rect:
    return Rect(0, 0, size.width, size.height)


def _front_half(size: Size, fold: Axis) -> Rect:
    if fold is Axis.VERTICAL:
        return Rect(0, 0, size.width / 2, size.height)
    return Rect(0, size.height / 2, size.width, size.height / 2)


def _fold_marks(grid: Grid) -> tuple[Line, ...]:
    block = enclosing(grid.cells + grid.folded)
    if grid.fold is Axis.VERTICAL:
        return fold_line_marks(grid.size.width / 2, block, grid.size)
    lying = fold_line_marks(grid.size.height / 2, Rect(block.y, block.x, block.height, block.width), grid.size.turned())
    return tuple(Line(line.y1, line.x1, line.y2, line.x2, dash=line.dash) for line in lying)
