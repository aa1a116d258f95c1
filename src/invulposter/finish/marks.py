"""Cut, fold and registration marks, rulers and slugs, as descriptions in mm.

Marks for cutting and folding stand outside the trim, never in the picture.
"""

from collections.abc import Iterable, Sequence

from invulposter.finish.schemes import TOUCH, Anchor, Circle, Line, Mark, Rect, Text
from invulposter.geometry import Size

#: How long a cut mark is, and how far it stays away from the trim or bleed that it points at.
MARK_LENGTH = 5.0
MARK_GAP = 1.0
#: A mark shorter than this helps nobody.
SHORTEST = 1.0


def cut_positions(spans: Iterable[tuple[float, float]], length: float) -> tuple[float, ...]:
    """Where a knife comes down along one side, given each cell's (start, end) in mm.

    Neighbours that touch share a cut; the paper's own edges (0 and `length`) need none.
    """
    found: list[float] = []
    for position in sorted(edge for span in spans for edge in span):
        at_paper_edge = position <= TOUCH or position >= length - TOUCH
        if not at_paper_edge and (not found or position - found[-1] > TOUCH):
            found.append(position)
    return tuple(found)


def cut_marks(cells: Sequence[Rect], size: Size, gap: float = MARK_GAP) -> tuple[Line, ...]:
    """Marks at both ends of every cut, outside the block of cells.

    `gap` (mm) keeps them out of the bleed. Where the paper has no room between block and edge, none are drawn.
    """
    block = enclosing(cells)
    columns = cut_positions(((cell.x, cell.right) for cell in cells), size.width)
    rows = cut_positions(((cell.y, cell.top) for cell in cells), size.height)
    below, above = _outside(block.y, block.top, size.height, gap)
    left, right = _outside(block.x, block.right, size.width, gap)
    upright = [Line(x, a, x, b) for x in columns for a, b in (below, above) if b - a >= SHORTEST]
    level = [Line(a, y, b, y) for y in rows for a, b in (left, right) if b - a >= SHORTEST]
    return (*upright, *level)


def _outside(start: float, end: float, length: float, gap: float) -> tuple[tuple[float, float], ...]:
    before = (max(0.0, start - gap - MARK_LENGTH), start - gap)
    after = (end + gap, min(length, end + gap + MARK_LENGTH))
    return before, after


def enclosing(cells: Sequence[Rect]) -> Rect:
    """The smallest rectangle around all cells."""
    x, y = min(cell.x for cell in cells), min(cell.y for cell in cells)
    right, top = max(cell.right for cell in cells), max(cell.top for cell in cells)
    return Rect(x, y, right - x, top - y)


def registration_mark(x: float, y: float, arm: float = 3.0) -> tuple[Mark, ...]:
    """A cross in a circle around a point."""
    return (*cross(x, y, arm), Circle(x, y, arm * 0.6))


def cross(x: float, y: float, arm: float, gray: float = 0.0) -> tuple[Line, ...]:
    """A hairline cross around a point, its arms `arm` mm long."""
    return (Line(x - arm, y, x + arm, y, gray=gray), Line(x, y - arm, x, y + arm, gray=gray))


def fold_line_marks(fold: float, block: Rect, size: Size) -> tuple[Line, ...]:
    """Dashed marks at both ends of an upright fold at x = `fold`, outside the block; none without room."""
    ends = _outside(block.y, block.top, size.height, MARK_GAP)
    return tuple(Line(fold, a, fold, b, dash=0.8) for a, b in ends if b - a >= SHORTEST)


def ruler(x: float, y: float, length: int = 100) -> tuple[Mark, ...]:
    """A ruler of `length` mm with a tick every 10 mm, lying on y. It takes 2.5 mm of height."""
    ticks = [Line(x + at, y, x + at, y + (2.5 if at % 50 == 0 else 1.5)) for at in range(0, length + 1, 10)]
    caption = Text(x + length + 1.5, y, f"{length} mm", size=6)
    return (Line(x, y, x + length, y), *ticks, caption)


def slug_line(text: str, x: float, y: float) -> Text:
    """The line that tells a print shop what the sheet is."""
    return Text(x, y, text, size=7, anchor=Anchor.START)
