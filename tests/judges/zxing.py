"""ZXing: what a phone reads in the QR codes of a printed page."""

from collections import Counter
from pathlib import Path

import pypdfium2
import zxingcpp

#: Points a pixel, and pixels on the longest side at most: what a phone sees of a page in hand, and of one on the wall.
_FINE, _MOST = 72 / 200, 2600


def codes(path: Path) -> list[Counter[str]]:
    """Give the texts of the QR codes on each page."""
    with pypdfium2.PdfDocument(path) as document:
        return [_read(page) for page in document]


def _read(page: pypdfium2.PdfPage) -> Counter[str]:
    picture = page.render(scale=min(1 / _FINE, _MOST / max(page.get_size()))).to_pil().convert("L")
    return Counter(found.text for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode))
