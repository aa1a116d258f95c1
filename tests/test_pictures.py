"""How much ink a page takes, and what its picture shows."""

import io

import pypdfium2
import pytest
from PIL import Image

from invulposter.findings import Severity
from invulposter.geometry import Size
from invulposter.pictures import PagePicture, check_ink, ink, page_jpeg, page_pictures, seen
from tests.finish.helpers_imposition import A4, A5, pdf

LANDSCAPE = Size(A4.height, A4.width)


@pytest.mark.parametrize(
    ("colour", "share"), [("white", 0), ("black", 1), ("#ff0000", 2 / 3), ("#00ffff", 1 / 3), ("#808080", 0.498)]
)
def test_ink_is_what_is_not_white(colour: str, share: float) -> None:
    assert ink(Image.new("RGB", (8, 8), colour)) == pytest.approx(share, abs=0.001)


def test_ink_is_the_mean_of_the_page() -> None:
    half = Image.new("RGB", (10, 10), "white")
    half.paste("black", (0, 0, 5, 10))
    assert ink(half) == pytest.approx(0.5)


def test_every_page_has_a_picture_with_the_pages_proportions() -> None:
    pictures = list(page_pictures(pdf(3, A4), longest=100))
    assert [(picture.width, picture.height) for picture in pictures] == [(71, 100)] * 3
    assert all(0.05 < picture.ink < 0.5 for picture in pictures)


@pytest.mark.parametrize("size", [(420, 297), (211, 149), (13, 90), (1, 1)])
def test_ink_is_the_mean_of_every_pixel_whatever_the_size(size: tuple[int, int]) -> None:
    spectrum = Image.merge(
        "RGB", [Image.radial_gradient("L").resize(size), *Image.linear_gradient("L").resize(size).split() * 2]
    )
    whole = sum(spectrum.tobytes()) / (size[0] * size[1] * 3) / 255
    assert ink(spectrum) == pytest.approx(1 - whole, abs=0.002)


def test_a_page_with_more_ink_than_its_layout_allows_is_told() -> None:
    pictures = [PagePicture(b"", 1, 1, share) for share in (0.25, 0.311, 0.3)]
    (found,) = check_ink(pictures, 30)
    assert (found.place.page, found.code, found.severity) == (2, "too-much-ink", Severity.WARNING)
    assert "31 %" in found.message
    assert "30 %" in found.message
    assert not list(check_ink(pictures, None))


@pytest.mark.parametrize(
    ("pages", "size", "shown"),
    [
        (3, A4, (215, 304)),
        (12, A4, (215, 304)),
        (13, A4, (151, 213)),
        (3, LANDSCAPE, (420, 297)),
        (13, LANDSCAPE, (300, 213)),
    ],
)
def test_what_is_seen_is_every_picture_and_all_text(pages: int, size: Size, shown: tuple[int, int]) -> None:
    """As large as the gallery shows them, twice; those of a document of many pages are smaller."""
    document = pdf(pages, size)
    found = seen(document)
    assert {(picture.width, picture.height) for picture in found.pictures} == {shown}
    assert found.pictures == tuple(page_pictures(document, longest=max(shown)))
    with pypdfium2.PdfDocument(document) as opened:
        assert found.text.splitlines() == [page.get_textpage().get_text_bounded() for page in opened]
    assert seen(document, read=False) == (found.pictures, "")


def test_one_page_is_drawn_by_its_number() -> None:
    two = pdf(2, A5)
    shown = Image.open(io.BytesIO(page_jpeg(two, 2, 60)))
    assert (shown.format, max(shown.size)) == ("JPEG", 60)
    for number in (0, 3):
        with pytest.raises(IndexError):
            page_jpeg(two, number, 60)
