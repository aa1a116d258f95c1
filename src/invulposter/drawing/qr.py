"""QR codes as one vector path, so that they print sharp at any size."""

from functools import lru_cache
from itertools import groupby

import segno
from markupsafe import Markup, escape

from invulposter.drawing.path import mm


@lru_cache(maxsize=256)
def _modules(text: str) -> tuple[int, str]:
    """Modules per side, and path data of the dark ones: one unit a module, runs joined row by row."""
    matrix = segno.make(text, error="m", micro=False).matrix
    parts = []
    for y, row in enumerate(matrix):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                parts.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return len(matrix), "".join(parts)


def qr(text: str, x: float, y: float, size: float, colour: str = "#000000") -> Markup:
    """Draw the QR code of `text` in a square of `size` mm whose upper left corner is (x, y), as one SVG path.

    Error correction level M. ISO/IEC 18004 asks a quiet zone of four modules around it, which the layout
    keeps free.
    Raises ValueError when the text is too long for a QR code.
    """
    count, modules = _modules(text)
    place = f"translate({mm(x)} {mm(y)}) scale({size / count:.5f})"
    return Markup(f'<path data-text="{escape(text)}" transform="{place}" d="{modules}" fill="{escape(colour)}"/>')
