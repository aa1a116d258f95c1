"""Damaged files: either a clean result or an IntakeError, never anything else, and soon."""

import random
import time
from collections.abc import Callable

import pytest
from PIL import Image

from invulposter.intake import IntakeError
from invulposter.intake.raster import clean_raster
from invulposter.intake.svg import clean_svg

from .pictures import decoded, encoded
from .test_svg import LOGOS

VARIANTS = 600
SECONDS_EACH = 2.0

PHOTO = Image.radial_gradient("L").resize((90, 60)).convert("RGB")
PIECES = (b"\0", b"\xff\xff\xff\xff", b"<", b"]]>", b'"', b"&#0;", b"&x;", b"1e999", b"url(", b"#", b"\x89PNG")


def damaged(data: bytes, seed: int) -> bytes:
    """The same bytes with one to six accidents: changed, cut, repeated, lost or inserted."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(data) or 1)
        end = min(len(data), start + chance.randint(1, 40))
        data = chance.choice(
            (
                data[:start] + chance.randbytes(end - start) + data[end:],
                data[:start] + bytes([chance.randrange(256)]) + data[start + 1 :],
                data[:start] + chance.choice(PIECES) + data[start:],
                data[:end] + data[start:end] * chance.randint(1, 5) + data[end:],
                data[:start] + data[end:],
                data[: max(start, 8)],
            )
        )
    return data


def outcomes(data: bytes, clean: Callable[[bytes], None]) -> tuple[int, int]:
    """How many of the damaged variants could be used, and how many were refused."""
    refusals = []
    for seed in range(VARIANTS):
        variant = damaged(data, seed)
        started = time.perf_counter()
        try:
            clean(variant)
        except IntakeError as error:
            refusals.append(error)
        assert time.perf_counter() - started < SECONDS_EACH, seed
    assert all(refusal.message and refusal.advice for refusal in refusals)
    return VARIANTS - len(refusals), len(refusals)


@pytest.mark.parametrize("image_format", ["PNG", "JPEG", "WEBP"])
def test_damaged_pictures(image_format: str) -> None:
    def clean(data: bytes) -> None:
        result = clean_raster(data)
        assert decoded(result.data).size == (result.width, result.height)

    used, refused = outcomes(encoded(PHOTO, image_format), clean)
    assert refused > VARIANTS // 10
    assert used + refused == VARIANTS


@pytest.mark.parametrize(
    "svg", [LOGOS["classes, as Illustrator writes them"], LOGOS["gradient that inherits its stops"]]
)
def test_damaged_drawings(svg: str) -> None:
    def clean(data: bytes) -> None:
        result = clean_svg(data)
        assert clean_svg(result.svg.encode()).svg == result.svg

    used, refused = outcomes(svg.encode(), clean)
    assert used
    assert refused > VARIANTS // 2
