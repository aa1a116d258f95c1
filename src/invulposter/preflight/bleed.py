"""Whether the picture really runs on to the end of the bleed: the box says how far it should, this looks."""

import io
import re
from collections.abc import Iterator

import pypdfium2
from PIL import Image, ImageChops

from invulposter.findings import Severity
from invulposter.geometry import mm, pt
from invulposter.preflight.expectation import Fault

#: Pixels to a millimetre: half a millimetre of white shows beside a cut.
_FINE = 2
#: The share of a side that may be coloured at the trim and white at the end of the bleed: a shape that ends aslant.
_SLANTS = 0.06
#: Pixels in a row (4 mm) that make a field: less is a line that crosses the edge aslant.
_FIELD = re.compile(rb"\xff{8,}")
_WHITE = 250
_SIDES = ("links", "rechts", "boven", "onder")

Corners = tuple[float, float, float, float]


def check_runs_on(pdf: bytes) -> Iterator[tuple[int, Fault]]:
    """Give each page's number with the sides where what is cut off is white and what stays is not."""
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document, 1):
            whole, trim, bleed = page.get_mediabox(), page.get_trimbox(), page.get_bleedbox()
            picture = page.render(scale=_FINE / pt(1)).to_pil().convert("L")
            for side in _lacking(picture, _pixels(trim, whole), _pixels(bleed, whole)):
                yield (
                    number,
                    Fault(
                        "bleed-empty",
                        f"De kleur loopt {side} niet door tot het eind van de afloop, zodat er wit kan blijven staan",
                        "Laat het vlak in de layout verder doorlopen, of druk het werk groter af.",
                        Severity.WARNING,
                    ),
                )


def _pixels(box: Corners, whole: Corners) -> Corners:
    """A box as left, top, right and bottom in the picture."""
    left, bottom, right, top = box
    sides = left - whole[0], whole[3] - top, right - whole[0], whole[3] - bottom
    across, down, to_right, to_bottom = (mm(side) * _FINE for side in sides)
    return across, down, to_right, to_bottom


def _lacking(picture: Image.Image, trim: Corners, bleed: Corners) -> Iterator[str]:
    left, top, right, bottom = map(round, trim)
    out_left, out_top, out_right, out_bottom = map(round, bleed)
    # A pixel away from either edge, which may be half covered.
    strips = (
        ((left + 1, top, left + 2, bottom), (out_left + 1, top, out_left + 2, bottom)),
        ((right - 2, top, right - 1, bottom), (out_right - 2, top, out_right - 1, bottom)),
        ((left, top + 1, right, top + 2), (left, out_top + 1, right, out_top + 2)),
        ((left, bottom - 2, right, bottom - 1), (left, out_bottom - 2, right, out_bottom - 1)),
    )
    for side, (inside, outside) in zip(_SIDES, strips, strict=True):
        coloured = picture.crop(inside).point(lambda value: 255 if value < _WHITE else 0)
        white = picture.crop(outside).point(lambda value: 255 if value >= _WHITE else 0)
        both = sum(map(len, _FIELD.findall(ImageChops.darker(coloured, white).tobytes())))
        if both > _SLANTS * (coloured.width * coloured.height):
            yield side
