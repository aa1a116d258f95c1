"""The part of a page around a text: where the whole is shown beside a form, what is typed can't be read."""

from __future__ import annotations

from io import BytesIO

import pypdfium2

#: Points from which the long side of a page is large: a card can be read beside a form, an A4 can't.
_LARGE = 600
#: Width and height of the part that is shown, in points (mm in brackets: 250 x 165).
_WIDTH, _HEIGHT = 710, 470
#: Characters by which the text is found: lines are broken behind that.
_TELLING = 24


def detail_jpeg(pdf: bytes, text: str, pixels: int) -> bytes:
    """The surroundings of `text` on the first page as JPEG, `pixels` wide; empty for a small page or no such text."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        width, height = page.get_size()
        if max(width, height) < _LARGE:
            return b""
        found = _place(page, text)
        if found is None:
            return b""
        left = min(max(0.0, found[0] - _WIDTH / 4), max(0.0, width - _WIDTH))
        bottom = min(max(0.0, found[1] - _HEIGHT * 2 / 3), max(0.0, height - _HEIGHT))
        right, top = min(width, left + _WIDTH), min(height, bottom + _HEIGHT)
        crop = (left, bottom, width - right, height - top)
        drawn = page.render(scale=pixels / (right - left), crop=crop, rev_byteorder=True).to_pil().convert("RGB")
    file = BytesIO()
    drawn.save(file, "JPEG", quality=85)
    return file.getvalue()


def _place(page: pypdfium2.PdfPage, text: str) -> tuple[float, float] | None:
    """Where a text begins, in points from the left and from the bottom."""
    words = " ".join(text.split())
    if len(words) > _TELLING:
        words = words[: _TELLING + 1].rpartition(" ")[0] or words[:_TELLING]
    letters = page.get_textpage()
    while words:
        hit = letters.search(words).get_next()
        if hit is not None:
            box = letters.get_charbox(hit[0])
            return float(box[0]), float(box[3])
        # A line may be broken sooner.
        words = words.rpartition(" ")[0]
    return None
