"""Where on a page there is text, so that seams can keep out of it."""

from collections.abc import Iterator

import pypdfium2

from invulposter.finish.operators import Matrix
from invulposter.finish.schemes import Rect
from invulposter.finish.source import SourcePage
from invulposter.geometry import mm

#: Letters taller than this (mm on the poster) are read across a seam as well.
LARGE = 25.0
#: Pages with more pieces of text than this are no posters.
_MOST = 3000


def text_areas(pdf: bytes, number: int, page: SourcePage) -> tuple[Rect, ...]:
    """The lines of text on a page (from 0), in mm from the lower left of its upright trim.

    A page that PDFium can't read has none: seams are then spread evenly.
    """
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        return ()
    try:
        return tuple(_upright(corners, page.matrix) for corners in _lines(document[number]))
    except pypdfium2.PdfiumError:
        return ()
    finally:
        document.close()


def _lines(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    text = page.get_textpage()
    for at in range(min(text.count_rects(), _MOST)):
        yield text.get_rect(at)


def _upright(corners: tuple[float, float, float, float], matrix: Matrix) -> Rect:
    left, bottom, right, top = corners
    a, b, c, d, e, f = matrix
    places = [(x * a + y * c + e, x * b + y * d + f) for x in (left, right) for y in (bottom, top)]
    x, y = min(x for x, _ in places), min(y for _, y in places)
    wide, high = max(x for x, _ in places) - x, max(y for _, y in places) - y
    return Rect(mm(x), mm(y), mm(wide), mm(high))
