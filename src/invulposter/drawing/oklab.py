"""Colour arithmetic: OKLab (Ottosson 2020), WCAG contrast, and the smallest change that reaches a ratio.

Colours are `#RRGGBB`.
"""

import math
from collections.abc import Callable

WHITE = "#FFFFFF"
BLACK = "#000000"
_STEP = 0.004


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _encoded(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * max(value, 0) ** (1 / 2.4) - 0.055


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return red, green, blue


def oklab(colour: str) -> tuple[float, float, float]:
    """Lightness (0 to 1) and the two colour axes a and b."""
    r, g, b = _channels(colour)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def from_oklab(lightness: float, a: float, b: float) -> str:
    """Give the nearest `#RRGGBB`; what sRGB does not hold is clipped per channel."""
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    channels = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(max(0, min(1, _encoded(value))) * 255):02X}" for value in channels)


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    r, g, b = _channels(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def gray(colour: str) -> int:
    """Give the gray, 0 to 255, that a black-and-white printer or copier makes of a colour."""
    return round(_encoded(luminance(colour)) * 255)


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21, as WCAG 2.2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """Mix two colours in OKLab; `share` (0 to 1) is that of the first."""
    mixed = (x * share + y * (1 - share) for x, y in zip(oklab(one), oklab(other), strict=True))
    return from_oklab(*mixed)


def tint(colour: str, lightness: float, chroma: float) -> str:
    """Make the same hue as light as paper, with at most `chroma`; warmer than a mix with white.

    Reds and oranges turn pink when they are lightened, so they lean up to 22 degrees to apricot.
    """
    _, a, b = oklab(colour)
    size = math.hypot(a, b) or 1
    share = min(1, chroma / size)
    a, b = a * share, b * share
    hue = math.degrees(math.atan2(b, a)) % 360
    if 15 < hue < 60:
        lean = math.radians(min(22, 62 - hue))
        a, b = a * math.cos(lean) - b * math.sin(lean), a * math.sin(lean) + b * math.cos(lean)
    return from_oklab(lightness, a, b)


def _stepped(colour: str, step: float, fade: float, enough: Callable[[str], bool]) -> tuple[int, str] | None:
    """Change the lightness until `enough`: how many steps, and the colour; None where none is."""
    lightness, a, b = oklab(colour)
    steps = 0
    while not enough(made := from_oklab(lightness, a, b)):
        lightness, a, b = lightness + step, a * fade, b * fade
        steps += 1
        if not 0 <= lightness <= 1:
            return None
    return steps, made


def darken(colour: str, ratio: float, *grounds: str) -> str:
    """Darken `colour` as little as possible until it has `ratio` on every one of the light `grounds`."""

    def enough(made: str) -> bool:
        return all(contrast(made, ground) >= ratio for ground in grounds)

    made = _stepped(colour, -_STEP, 0.997, enough)
    return made[1] if made else BLACK


def shift(colour: str, ratio: float, ground: str) -> str:
    """Make `colour` lighter or darker, whichever is the smaller change, until it has `ratio` on `ground`."""

    def enough(made: str) -> bool:
        return contrast(made, ground) >= ratio

    ways = [way for step in (_STEP, -_STEP) if (way := _stepped(colour, step, 1, enough))]
    fallback = max(WHITE, BLACK, key=lambda extreme: contrast(extreme, ground))
    return min(ways, key=lambda way: way[0])[1] if ways else fallback
