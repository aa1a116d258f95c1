"""QR codes as vector paths, so that they print sharp at any size.

On a page stands a square in place of each code, known by its corners. The code is put there after
typesetting, once for all pages: its outline takes WeasyPrint as long as a third of the text on a card.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import groupby, pairwise

import segno
from markupsafe import Markup, escape

from invulposter.drawing.path import mm

Point = tuple[int, int]


@dataclass(frozen=True)
class Code:
    """A code's text, its modules per side, and the outlines of the dark ones: one unit a module, y down."""

    text: str
    count: int
    outlines: tuple[tuple[Point, ...], ...]

    @property
    def corners(self) -> tuple[str, str]:
        """How far the square's left corners are off, in modules: other for each text, as ten figures of its hash."""
        figures = f"{int(sha256(self.text.encode()).hexdigest(), 16) % 10**10:010d}"
        return f"0.{figures[:5]}1", f"0.{figures[5:]}1"


@lru_cache(maxsize=256)
def code_of(text: str) -> Code:
    """The code of a text, error correction level M. Raises ValueError when it is too long for a QR code.

    Only outlines are drawn. Modules side by side then show no seam in a viewer that smooths edges, and there is half as
    much to draw as with a box for every run.
    """
    matrix = segno.make(text, error="m", micro=False).matrix
    dark = {(x, y) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}
    return Code(text, len(matrix), tuple(tuple(_corners(outline)) for outline in _outlines(dark)))


def _outlines(dark: set[Point]) -> Iterator[list[Point]]:
    """The outlines of a shape of squares, each named by its upper left corner: clockwise, of holes the other way."""
    after: dict[Point, list[Point]] = {}
    for x, y in sorted(dark):
        corners = ((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y))
        beside = ((x, y - 1), (x + 1, y), (x, y + 1), (x - 1, y))
        for (start, end), neighbour in zip(pairwise(corners), beside, strict=True):
            if neighbour not in dark:
                after.setdefault(start, []).append(end)
    while after:
        start = point = next(iter(after))
        outline = [start]
        while point != start or len(outline) == 1:
            ends = after[point]
            point = ends.pop()
            if not ends:
                del after[outline[-1]]
            outline.append(point)
        yield outline


def _corners(outline: list[Point]) -> Iterator[Point]:
    """The points of a closed outline of unit steps where it turns."""
    steps = [(x - from_x, y - from_y) for (from_x, from_y), (x, y) in pairwise(outline)]
    at = 0
    for _, run in groupby(steps):
        yield outline[at]
        at += len(list(run))


def qr(text: str, x: float, y: float, size: float, colour: str = "#000000") -> Markup:
    """Draw the QR code of `text` in a square of `size` mm whose upper left corner is (x, y), as one SVG path.

    ISO/IEC 18004 asks a quiet zone of four modules around it, which the layout keeps free.
    Raises ValueError when the text is too long for a QR code.
    """
    code = code_of(text)
    place = f"translate({mm(x)} {mm(y)}) scale({size / code.count:.5f})"
    left, top = code.corners
    square = f"M0 0H{code.count}V{code.count}H{left}V{top}z"
    return Markup(f'<path data-text="{escape(text)}" transform="{place}" d="{square}" fill="{escape(colour)}"/>')
