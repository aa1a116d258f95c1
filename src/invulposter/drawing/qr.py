"""QR codes as one vector path, so that they print sharp at any size."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, pairwise

import segno
from markupsafe import Markup, escape

from invulposter.drawing.path import mm

Point = tuple[int, int]


@lru_cache(maxsize=256)
def _modules(text: str) -> tuple[int, str]:
    """Modules per side, and path data of the dark ones: one unit a module.

    Only outlines are drawn. Modules side by side then show no seam in a viewer that smooths edges, and there is half as
    much to draw as with a box for every run.
    """
    matrix = segno.make(text, error="m", micro=False).matrix
    dark = {(x, y) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}
    return len(matrix), "".join(map(_path, _outlines(dark)))


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


def _path(outline: list[Point]) -> str:
    """Path data of a closed outline of unit steps, the steps of a straight side joined."""
    steps = [(x - from_x, y - from_y) for (from_x, from_y), (x, y) in pairwise(outline)]
    runs = [(step, len(list(run))) for step, run in groupby(steps)]
    sides = (f"h{x * length}" if x else f"v{y * length}" for (x, y), length in runs[:-1])
    return f"M{outline[0][0]} {outline[0][1]}{''.join(sides)}z"


def qr(text: str, x: float, y: float, size: float, colour: str = "#000000") -> Markup:
    """Draw the QR code of `text` in a square of `size` mm whose upper left corner is (x, y), as one SVG path.

    Error correction level M. ISO/IEC 18004 asks a quiet zone of four modules around it, which the layout
    keeps free.
    Raises ValueError when the text is too long for a QR code.
    """
    count, modules = _modules(text)
    place = f"translate({mm(x)} {mm(y)}) scale({size / count:.5f})"
    return Markup(f'<path data-text="{escape(text)}" transform="{place}" d="{modules}" fill="{escape(colour)}"/>')
