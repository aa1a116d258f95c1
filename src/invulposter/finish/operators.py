"""Placements and marks as PDF content operators. Pure: mm in, operators in points out."""

from collections.abc import Iterable, Sequence
from functools import lru_cache, singledispatch
from itertools import groupby

from invulposter.finish.schemes import Anchor, Box, Circle, Line, Mark, Placement, Rect, Text
from invulposter.finish.typeface import Typeface
from invulposter.geometry import Size, pt

#: a b c d e f of `cm`: x' = ax + cy + e, y' = bx + dy + f, in points.
Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)

#: Bezier handles of a quarter circle, as a share of its radius.
_KAPPA = 0.5522847498


def number(value: float) -> str:
    """A number as short as it can be written; 0.00001 pt is a few nanometres."""
    text = f"{value:.5f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def numbers(*values: float) -> str:
    """Numbers with spaces between them."""
    return " ".join(number(value) for value in values)


@lru_cache(maxsize=256)
def transformed(matrix: Matrix) -> str:
    """The `cm` operator; factors get more digits, since a whole poster is multiplied by them."""
    factors = (f"{value:.10f}".rstrip("0").rstrip(".") for value in matrix[:4])
    return f"{' '.join(factors)} {numbers(*matrix[4:])} cm"


@lru_cache(maxsize=256)
def rectangle(rect: Rect) -> str:
    """The path of a rectangle given in mm."""
    return numbers(pt(rect.x), pt(rect.y), pt(rect.width), pt(rect.height)) + " re"


def placed(placement: Placement, size: Size, name: str) -> str:
    """A form whose trim of `size` (mm) has its lower left corner in the origin, clipped, scaled and turned."""
    matrix = transformed(placement_matrix(placement, size))
    return f"q {rectangle(placement.clip)} W n {matrix} {name} Do Q"


def placement_matrix(placement: Placement, size: Size) -> Matrix:
    """Where a page's own points come on the sheet, its trim's lower left corner being 0, 0."""
    s, x, y = placement.scale, pt(placement.x), pt(placement.y)
    width, height = pt(size.width) * s, pt(size.height) * s
    turned: dict[int, Matrix] = {
        0: (s, 0, 0, s, x, y),
        90: (0, s, -s, 0, x + height, y),
        180: (-s, 0, 0, -s, x + width, y + height),
        270: (0, -s, s, 0, x, y + width),
    }
    return turned[placement.rotation]


def drawn(marks: Iterable[Mark], face: Typeface) -> list[str]:
    """The operators for all marks in their order; lines of one style that follow each other are one path."""
    operators: list[str] = []
    for style, run in groupby(marks, _line_style):
        group = list(run)
        lines = [mark for mark in group if isinstance(mark, Line)]
        operators += [_lines(lines)] if style else [marked(mark, face) for mark in group]
    return operators


def _line_style(mark: Mark) -> tuple[float, float, float] | None:
    return (mark.width, mark.gray, mark.dash) if isinstance(mark, Line) else None


def _lines(lines: Sequence[Line]) -> str:
    first = lines[0]
    dash = f"[{_short(pt(first.dash))}] 0 d " if first.dash else ""
    path = " ".join(
        f"{_short(pt(line.x1))} {_short(pt(line.y1))} m {_short(pt(line.x2))} {_short(pt(line.y2))} l" for line in lines
    )
    return f"q {number(first.gray)} G {_short(pt(first.width))} w {dash}{path} S Q"


def _short(value: float) -> str:
    """Marks are placed to a thousandth of a point, a third of a micrometre."""
    return number(round(value, 3))


@singledispatch
def marked(mark: Mark, face: Typeface) -> str:
    """The operators that draw a mark; text is set in `face`, the page's font `/F0`."""
    raise TypeError(f"{type(mark).__name__} is no mark")


@marked.register
def _line(mark: Line, face: Typeface) -> str:
    return _lines([mark])


@marked.register
def _circle(mark: Circle, face: Typeface) -> str:
    x, y, r = pt(mark.x), pt(mark.y), pt(mark.radius)
    k = r * _KAPPA
    arcs = (
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    )
    path = " ".join(f"{numbers(*arc)} c" for arc in arcs)
    return f"q {number(mark.gray)} G {number(pt(mark.width))} w {numbers(x + r, y)} m {path} s Q"


@marked.register
def _box(mark: Box, face: Typeface) -> str:
    operator = "k" if len(mark.ink) == 4 else "g"
    return f"q {numbers(*mark.ink)} {operator} {rectangle(mark.rect)} f Q"


@marked.register
def _text(mark: Text, face: Typeface) -> str:
    back = {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}[mark.anchor]
    offset = face.width(mark.text, mark.size) * back if back else 0.0
    cos, sin = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[mark.rotation]
    x, y = pt(mark.x) - offset * cos, pt(mark.y) - offset * sin
    matrix = numbers(cos, sin, -sin, cos, x, y)
    font = f"/F0 {number(mark.size)} Tf {number(mark.gray)} g"
    return f"BT {font} {matrix} Tm {face.encoded(mark.text)} Tj ET"
