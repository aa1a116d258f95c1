"""A saddle-stitched booklet: two pages beside each other, sheets nested and folded. Arithmetic only, in mm."""

from collections.abc import Sequence
from dataclasses import dataclass

from invulposter.errors import RequestError
from invulposter.finish.marks import MARK_GAP, cut_marks, fold_line_marks
from invulposter.finish.schemes import (
    TOUCH,
    Axis,
    Line,
    Mark,
    Placement,
    Rect,
    Sheet,
    Side,
    behind,
    fit,
    in_print_order,
    turning_axis,
)
from invulposter.geometry import Size
from invulposter.paper import Duplex

#: Thickness in mm of 1000 g/m2 of uncoated office paper: 80 g/m2 measures about 0.1 mm (ISO 534 caliper).
BULK = 1.25


@dataclass(frozen=True)
class Booklet:
    """What is asked: the finished page and the paper's thickness in mm (0: no creep is made up for)."""

    finished: Size
    thickness: float = 0.0


def thickness_of(weight: float) -> float:
    """Thickness in mm of uncoated paper that weighs `weight` g/m2."""
    return weight * BULK / 1000


def signature(pages: int) -> tuple[tuple[int | None, int | None, int | None, int | None], ...]:
    """For each sheet, outermost first: front left and right, back left and right. None is a blank page.

    Pages count from 0 and are padded with blanks at the end to a multiple of four.
    """
    last = -(-pages // 4) * 4 - 1

    def real(page: int) -> int | None:
        return page if page < pages else None

    return tuple((real(last - at), real(at), real(at + 1), real(last - at - 1)) for at in range(0, (last + 1) // 2, 2))


def impose_booklet(
    pages: Sequence[Size], bleed: float, booklet: Booklet, paper: Size, duplex: Duplex
) -> tuple[Sheet, ...]:
    """Sheets of a booklet, outermost first: pile them as printed and fold once.

    Raises RequestError for a `duplex` that makes no booklet, or a spread that does not fit on `paper`.
    """
    if duplex in {Duplex.NONE, Duplex.FOLD_OVER}:
        raise RequestError("a booklet is printed on both sides: choose long-edge, short-edge or by-hand duplex")
    draw = _Drawer(tuple(pages), bleed, booklet, spread_on(paper, booklet.finished))
    sheets = signature(len(pages))
    pairs = tuple(draw.sheet(number, sides, duplex, len(sheets)) for number, sides in enumerate(sheets))
    return in_print_order(pairs, duplex)


def spread_on(paper: Size, finished: Size) -> tuple[Size, Rect]:
    """How the paper lies and where the two pages come: in its middle, the fold upright."""
    for size in (paper.like(Size(2 * finished.width, finished.height)), paper, paper.turned()):
        left, bottom = size.width / 2 - finished.width, (size.height - finished.height) / 2
        # 148 + 148 mm on a sheet of 297 mm, or 105 + 105 on 209.9: a rounded ISO size is no reason to refuse
        if min(left, bottom) >= -0.5:
            return size, Rect(left, bottom, 2 * finished.width, finished.height)
    raise RequestError(
        f"two pages of {finished.width:g} x {finished.height:g} mm don't fit beside each other on {paper.name} paper"
    )


def creep(number: int, thickness: float) -> float:
    """How far the pages of sheet `number` (0: outermost) move towards the fold, in mm.

    Each sheet lies around the next one, so every sheet inwards sticks out one thickness further at the fore edge.
    """
    return number * thickness


@dataclass(frozen=True)
class _Drawer:
    pages: tuple[Size, ...]
    bleed: float
    booklet: Booklet
    spread: tuple[Size, Rect]

    def sheet(self, number: int, sides: Sequence[int | None], duplex: Duplex, count: int) -> tuple[Sheet, Sheet]:
        size, _ = self.spread
        shift = creep(number, self.booklet.thickness)
        front = self._side(sides[0], sides[1], shift)
        back = self._side(sides[2], sides[3], shift)
        if turning_axis(size, duplex) is Axis.HORIZONTAL:
            back = tuple(_upside_down(placement, self.pages, size) for placement in back)
        inner = self._fold_tick() if number == count - 1 else ()
        marks = self._marks()
        return (
            Sheet(size, front, marks, Side.FRONT),
            Sheet(size, back, marks + inner, Side.BACK),
        )

    def _side(self, left: int | None, right: int | None, shift: float) -> tuple[Placement, ...]:
        towards_fold = zip((left, right), self._cells(), (shift, -shift), strict=True)
        return tuple(self._page(page, cell, move) for page, cell, move in towards_fold if page is not None)

    def _cells(self) -> tuple[Rect, Rect]:
        _, spread = self.spread
        left = Rect(spread.x, spread.y, spread.width / 2, spread.height)
        return left, left.moved(spread.width / 2, 0)

    def _page(self, page: int, cell: Rect, shift: float) -> Placement:
        size, _ = self.spread
        bleed = self._finished_bleed(page)
        on_left = cell.right <= size.width / 2 + TOUCH
        clip = cell.grown(bleed if on_left else 0, bleed, 0 if on_left else bleed, bleed)
        return fit(page, self.pages[page], cell.moved(shift, 0), clip.within(Rect(0, 0, size.width, size.height)))

    def _finished_bleed(self, page: int) -> float:
        return self.bleed * self.pages[page].scale_to(self.booklet.finished)

    def _marks(self) -> tuple[Mark, ...]:
        size, spread = self.spread
        gap = MARK_GAP + max(self._finished_bleed(page) for page in range(len(self.pages)))
        return (*cut_marks([spread], size, gap), *fold_line_marks(size.width / 2, spread, size))

    def _fold_tick(self) -> tuple[Line, ...]:
        """Where no mark fits outside the trim: two short ones on the innermost spread, where the folder looks."""
        size, spread = self.spread
        if fold_line_marks(size.width / 2, spread, size):
            return ()
        fold = size.width / 2
        ends = ((spread.y, spread.y + 6), (spread.top - 6, spread.top))
        return tuple(Line(fold, a, fold, b, gray=0.5, dash=0.8) for a, b in ends)


def _upside_down(placement: Placement, pages: Sequence[Size], size: Size) -> Placement:
    """The same paper behind the sheet, when it is turned over a level axis instead of an upright one."""
    upright = behind(placement.trim(pages[placement.page]), size, Axis.VERTICAL)
    trim = behind(upright, size, Axis.HORIZONTAL)
    clip = behind(behind(placement.clip, size, Axis.VERTICAL), size, Axis.HORIZONTAL)
    return Placement(placement.page, trim.x, trim.y, 180, placement.scale, clip)
