"""Pictures of finished pages, drawn by PDFium: the gallery's thumbnails, and how much ink each page takes."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
from PIL import Image, ImageStat

#: Pixels on the longest side of a thumbnail, and of the raster that ink is measured on.
LONGEST_SIDE = 420


@dataclass(frozen=True)
class PagePicture:
    """A page as a small WebP picture, and the share of ink it takes (see `ink`)."""

    webp: bytes
    width: int
    height: int
    ink: float


def page_pictures(pdf: bytes, longest: int = LONGEST_SIDE) -> Iterator[PagePicture]:
    """A picture of every page of a PDF, one at a time so that a long document takes no more memory."""
    with pypdfium2.PdfDocument(pdf) as document:
        if document.get_formtype():
            document.init_forms()
        for page in document:
            image = page.render(scale=longest / max(page.get_size()), rev_byteorder=True).to_pil().convert("RGB")
            yield PagePicture(_webp(image), image.width, image.height, ink(image))


def ink(image: Image.Image) -> float:
    """The share of ink on a page, 0 to 1: the mean coverage of cyan, magenta and yellow, 1 - RGB."""
    return 1 - sum(ImageStat.Stat(image).mean) / 3 / 255


def _webp(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "WEBP", quality=80, method=2)
    return file.getvalue()
