"""Pictures come out upright, in sRGB, small enough, and with nothing else in the file."""

import pytest
from PIL import Image, ImageCms, ImageFile, PngImagePlugin

from invulposter.intake import IntakeError, raster
from invulposter.intake.raster import check_header, clean_raster

from .pictures import decoded, encoded

RED, BLUE = (200, 30, 40), (30, 40, 200)


def two_tone(size: tuple[int, int] = (40, 20)) -> Image.Image:
    """Red at the left, blue at the right."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    return image


def profile_with_red_and_green_swapped() -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


@pytest.mark.parametrize(
    ("image", "image_format", "media_type", "mode"),
    [
        (two_tone(), "PNG", "image/png", "RGB"),
        (two_tone(), "JPEG", "image/jpeg", "RGB"),
        (two_tone(), "WEBP", "image/jpeg", "RGB"),
        (two_tone().convert("P"), "PNG", "image/png", "RGB"),
        (two_tone().convert("1"), "PNG", "image/png", "L"),
        (two_tone().convert("L"), "JPEG", "image/jpeg", "L"),
        (two_tone().convert("CMYK"), "JPEG", "image/jpeg", "RGB"),
        (Image.new("LA", (40, 20), (9, 99)), "PNG", "image/png", "RGBA"),
        (Image.new("RGBA", (40, 20), (*RED, 99)), "WEBP", "image/png", "RGBA"),
        (Image.new("RGBA", (40, 20), (*RED, 255)), "PNG", "image/png", "RGB"),
    ],
)
def test_every_mode_becomes_plain(image: Image.Image, image_format: str, media_type: str, mode: str) -> None:
    clean = clean_raster(encoded(image, image_format))
    assert (clean.media_type, clean.width, clean.height) == (media_type, 40, 20)
    assert decoded(clean.data).mode == mode


def test_png_keeps_its_pixels() -> None:
    assert decoded(clean_raster(encoded(two_tone(), "PNG")).data).tobytes() == two_tone().tobytes()


def test_sixteen_bits_become_eight() -> None:
    clean = clean_raster(encoded(Image.new("I;16", (4, 4), 32_768), "PNG"))
    assert decoded(clean.data).getpixel((0, 0)) == 127


def test_transparent_palette_colour_stays_transparent() -> None:
    image = Image.new("P", (4, 4))
    image.putpalette([*RED, *BLUE])
    assert decoded(clean_raster(encoded(image, "PNG", transparency=0)).data).getpixel((0, 0)) == (*RED, 0)


def test_photo_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter clockwise (Exif 2.32, 4.6.4)
    clean = clean_raster(encoded(two_tone(), "PNG", exif=exif))
    assert (clean.width, clean.height) == (20, 40)
    upright = decoded(clean.data)
    assert [upright.getpixel((10, y)) for y in (5, 35)] == [RED, BLUE]


def test_profile_is_applied_and_left_out() -> None:
    clean = clean_raster(
        encoded(Image.new("RGB", (4, 4), (255, 0, 0)), "PNG", icc_profile=profile_with_red_and_green_swapped())
    )
    red, green, blue = decoded(clean.data).getpixel((0, 0))
    assert green > 240
    assert red < 15
    assert blue < 15
    assert clean.notes == ()


def test_broken_profile_is_noted() -> None:
    clean = clean_raster(encoded(two_tone(), "JPEG", icc_profile=b"geen profiel" * 20))
    assert clean.notes == ("Het kleurprofiel van de afbeelding is onbruikbaar: kleuren kunnen afwijken.",)


def test_press_colours_without_profile_are_noted() -> None:
    assert "(CMYK)" in clean_raster(encoded(two_tone().convert("CMYK"), "JPEG")).notes[0]


def test_nothing_but_pixels_is_left() -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "Geheim")
    exif = Image.Exif()
    exif[0x010E] = "Geheim"
    for data in (
        encoded(two_tone(), "PNG", pnginfo=text, exif=exif),
        encoded(two_tone(), "JPEG", exif=exif, comment=b"Geheim"),
        encoded(two_tone(), "PNG") + b"Geheim",
    ):
        assert b"Geheim" in data
        assert b"Geheim" not in clean_raster(data).data


def test_only_the_first_image_of_an_animation_is_used() -> None:
    data = encoded(two_tone(), "PNG", save_all=True, append_images=[Image.new("RGB", (40, 20), BLUE)])
    clean = clean_raster(data)
    assert clean.notes == ("De afbeelding beweegt: alleen het eerste beeld is gebruikt.",)
    assert decoded(clean.data).getpixel((0, 0)) == RED


def test_large_picture_is_made_smaller() -> None:
    clean = clean_raster(encoded(two_tone((400, 200)), "PNG"), max_side=100)
    assert (clean.width, clean.height) == (100, 50)
    assert clean.notes == ("De afbeelding is verkleind tot 100 beeldpunten aan de lange kant.",)


def test_size_is_judged_by_the_header() -> None:
    data = encoded(two_tone((400, 200)), "PNG")
    check_header(data, max_pixels=80_000)
    for check in (check_header, clean_raster):
        with pytest.raises(IntakeError, match=r"meer dan 0\.079999 miljoen"):
            check(data, max_pixels=79_999)


def test_damage_is_seen_whatever_another_library_made_pillow_tolerate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    data = encoded(two_tone((400, 200)), "JPEG")
    with pytest.raises(IntakeError, match="beschadigd of niet compleet"):
        clean_raster(data[: len(data) // 2])
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


def test_same_bytes_in_same_bytes_out() -> None:
    data = encoded(two_tone(), "JPEG")
    assert clean_raster(data) == clean_raster(data)


def test_a_file_that_is_too_large_has_to_be_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "MAX_BYTES", 10)
    with pytest.raises(IntakeError, match="te groot") as refused:
        clean_raster(bytes(11))
    assert "kleiner" in refused.value.advice
