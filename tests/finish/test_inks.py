"""From a screen's colours to four inks: what they look like, and how much of them there is."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageColor

from invulposter.finish.inks import FOGRA39, Inks, Shades

INKS = Inks(FOGRA39.read_bytes())


@pytest.mark.parametrize("colour", ["#1F4A43", "#7A1F3D", "#F2B233", "#FFF1A8", "#5B1F4B"])
def test_inks_look_like_the_colour_they_stand_for(colour: str) -> None:
    """Back through the profile's own measurements: what a press lays down, as a screen shows it."""
    back = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(io.BytesIO(INKS.profile)),
        ImageCms.createProfile("sRGB"),
        "CMYK",
        "RGB",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    screen = ImageColor.getrgb(colour)
    pixel = tuple(round(ink * 255) for ink in INKS.colour(tuple(value / 255 for value in screen)))
    shown = ImageCms.applyTransform(Image.new("CMYK", (1, 1), pixel), back)
    assert shown is not None
    assert shown.getpixel((0, 0)) == pytest.approx(screen, abs=6)


def test_grays_take_black_ink_alone() -> None:
    assert INKS.colour((0, 0, 0)) == INKS.colour((0,)) == (0, 0, 0, 1)
    assert INKS.colour((1, 1, 1)) == (0, 0, 0, 0)
    assert INKS.colour((0.25,)) == (0, 0, 0, 0.75)
    assert INKS.picture(Image.new("L", (2, 1), 55)).getpixel((1, 0)) == (0, 0, 0, 200)
    assert Shades().colour((1.0, 1.0, 1.0)) == pytest.approx((1,))
    assert Shades().colour((0.0, 0.0, 0.0, 1.0)) == (0,)


inks = st.floats(0, 1)


@given(colour=st.tuples(inks, inks, inks, inks), limit=st.integers(240, 400))
def test_no_total_is_above_the_limit_and_black_is_never_less(
    colour: tuple[float, float, float, float], limit: int
) -> None:
    thinned = Inks(INKS.profile, limit).colour(colour)
    # Four values, each rounded to four places.
    assert sum(thinned) * 100 <= limit + 0.021
    assert thinned[3] >= colour[3] - 1 / 255
    if sum(colour) * 100 <= limit:
        assert thinned == colour


@given(colour=st.tuples(*[st.integers(0, 255)] * 3))
def test_every_colour_of_a_screen_keeps_to_the_limit(colour: tuple[int, int, int]) -> None:
    assert sum(INKS.colour(tuple(value / 255 for value in colour))) <= 3
