"""Finished pages as PDFium shows them: the gallery's thumbnails, the ink each page takes, the text to be read."""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import NamedTuple

import pypdfium2
from PIL import Image

from invulposter.findings import Finding, Place, Severity

#: Pixels on the longest side of a thumbnail, and of the raster that ink is measured on.
LONGEST_SIDE = 420
#: The longest side and the height that no thumbnail exceeds: twice what the gallery shows, 152 pixels tall; 1.4 times
#: for documents of more than `_FEW` pages.
_LARGE, _SMALL, _FEW = (LONGEST_SIDE, 304), (300, 213), 12
#: Cells across and down that ink is measured in, at least: the mean of each is rounded.
_CELLS = 24


@dataclass(frozen=True)
class PagePicture:
    """A page as a small JPEG picture, and the share of ink it takes (see `ink`)."""

    jpeg: bytes
    width: int
    height: int
    ink: float


class Seen(NamedTuple):
    """What a reader sees of a document: a picture of every page, and all their text, empty where it is not asked."""

    pictures: tuple[PagePicture, ...]
    text: str


def page_jpeg(pdf: bytes, number: int, longest: int) -> bytes:
    """One page (from 1) as a JPEG picture, `longest` pixels on its longest side.

    Raises IndexError for a page that is not there. PDFium works for one thread at a time.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        if not 1 <= number <= len(document):
            raise IndexError(f"there is no page {number}")
        if document.get_formtype():
            document.init_forms()
        return _jpeg(_drawn(document[number - 1], longest))


def page_pictures(pdf: bytes, longest: int = LONGEST_SIDE) -> Iterator[PagePicture]:
    """A picture of every page of a PDF, one at a time so that a long document takes no more memory."""
    for page in _pages(pdf):
        yield _picture(page, longest)


#: One document, so that the next edition finds what it shows too.
@functools.lru_cache(maxsize=1)
def seen(pdf: bytes, read: bool = True) -> Seen:
    """Every page's thumbnail, and its text where it is to be `read`: opening a page costs as much as drawing it."""
    pictures, texts = [], []
    for page in _pages(pdf):
        pictures.append(_picture(page, _longest(page)))
        if read:
            texts.append(page.get_textpage().get_text_bounded())
    return Seen(tuple(pictures), "\n".join(texts))


def _longest(page: pypdfium2.PdfPage) -> float:
    longest, tallest = _LARGE if len(page.pdf) <= _FEW else _SMALL
    width, height = map(float, page.get_size())
    return min(longest, tallest * max(width, height) / height)


def ink(image: Image.Image) -> float:
    """The share of ink on a page, 0 to 1: the mean coverage of cyan, magenta and yellow, 1 - RGB."""
    # The cells fill the picture exactly, so that no pixel weighs more than another.
    cells = image.reduce((_cell(image.width), _cell(image.height))).convert("RGB").tobytes()
    return 1 - sum(cells) / len(cells) / 255


def check_ink(pictures: Iterable[PagePicture], limit: float | None) -> Iterator[Finding]:
    """Where a page takes more ink than its layout allows, in % of the page; no limit, no finding."""
    for number, picture in enumerate(pictures, 1):
        share = 100 * picture.ink
        if limit is not None and share > limit:
            message = f"De inkt dekt {share:.0f} % van deze bladzijde, en ink_limit in layout.toml is {limit:g} %."
            advice = "Maak vlakken lichter of kleiner, of kies lichtere kleuren voor het rayon."
            yield Finding(Place(page=number), "too-much-ink", message, Severity.WARNING, advice)


def _cell(pixels: int) -> int:
    return max((size for size in range(1, pixels // _CELLS + 1) if pixels % size == 0), default=1)


def _pages(pdf: bytes) -> Iterator[pypdfium2.PdfPage]:
    with pypdfium2.PdfDocument(pdf) as document:
        if document.get_formtype():
            document.init_forms()
        yield from document


def _picture(page: pypdfium2.PdfPage, longest: float) -> PagePicture:
    image = _drawn(page, longest)
    return PagePicture(_jpeg(image), image.width, image.height, ink(image))


def _drawn(page: pypdfium2.PdfPage, longest: float) -> Image.Image:
    """A page in colours of four bytes, the last unused: PDFium and Pillow take them as they are, without a copy."""
    bitmap = page.render(scale=longest / max(page.get_size()), rev_byteorder=True, prefer_bgrx=True)
    drawn: Image.Image = bitmap.to_pil()
    return drawn


def _jpeg(image: Image.Image) -> bytes:
    """Type stays sharp without halved colours; ten times as fast to write as WebP, for half as many bytes again."""
    file = BytesIO()
    image.save(file, "JPEG", quality=85, subsampling=0)
    return file.getvalue()
