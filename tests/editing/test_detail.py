"""The part of a page around a text, drawn from a page of which it is known where the text stands."""

import io

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from invulposter.editing.detail import detail_jpeg

TEXT = "Waarom wil je netwerken en met wie dan wel?"


def page(width: float, height: float, x: float, y: float) -> bytes:
    """A page in points with two lines of the text at a place, in a green field, all else white."""
    file = io.BytesIO()
    canvas = Canvas(file, (width, height))
    canvas.setFillColorRGB(0, 1, 0)
    canvas.rect(x - 20, y - 40, 300, 80, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawString(x, y, "Waarom wil je netwerken")
    canvas.drawString(x, y - 16, "en met wie dan wel?")
    canvas.save()
    return file.getvalue()


def green(jpeg: bytes) -> float:
    """The share of a picture that is green."""
    picture = Image.open(io.BytesIO(jpeg)).convert("RGB").resize((71, 47))
    pixels = [picture.getpixel((x, y)) for x in range(71) for y in range(47)]
    return sum(isinstance(one, tuple) and one[1] > 180 and one[0] < 100 for one in pixels) / len(pixels)


def test_the_text_is_in_the_part_wherever_it_stands() -> None:
    for x, y in ((40, 60), (1200, 60), (40, 2200), (1200, 2200), (700, 1100)):
        part = detail_jpeg(page(1684, 2384, x, y), TEXT, 710)
        assert Image.open(io.BytesIO(part)).size == pytest.approx((710, 470), abs=1)
        assert green(part) > 0.05, (x, y)


def test_a_small_page_or_a_text_that_is_not_there_has_no_part() -> None:
    assert detail_jpeg(page(298, 210, 20, 60), TEXT, 710) == b""
    assert detail_jpeg(page(1684, 2384, 20, 60), "Iets heel anders", 710) == b""
    assert detail_jpeg(page(1684, 2384, 20, 60), "", 710) == b""
