"""From what a screen shows to what a press prints: sRGB to four inks, through an ICC profile.

A colour is a tuple whose length says what it is: 1 gray (1 is white), 3 red, green and blue, 4 cyan, magenta,
yellow and black; each from 0 to 1.
"""

import io
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageMath

from invulposter.errors import WorkspaceError
from invulposter.printshop import INK_LIMIT

Colour = tuple[float, ...]
#: Fogra's characterisation data of coated paper (ISO 12647-2:2004), as a profile; `icc/README.md` tells how.
FOGRA39 = Path(__file__).parent / "icc" / "fogra39.icc"
BLACK = (0.0, 0.0, 0.0, 1.0)


class Inks:
    """Turns colours and pictures into four inks.

    Gray and black take black ink only. `own` gives colours (`#RRGGBB`) inks that were chosen by hand; every other is
    converted relative to the paper's white, with black point compensation. No total is above `limit` percent.
    """

    space = "/DeviceCMYK"
    components = 4

    def __init__(self, profile: bytes, limit: float = INK_LIMIT, own: Mapping[str, Colour] | None = None) -> None:
        self.profile = profile
        self.limit = limit
        self._own = {key.upper(): value for key, value in (own or {}).items()}
        self._known: dict[Colour, Colour] = {}
        self._transform = _transform(profile)

    @cached_property
    def name(self) -> str:
        """What the profile calls itself."""
        described: str = ImageCms.getProfileDescription(io.BytesIO(self.profile))
        return described.strip()

    def colour(self, values: Colour) -> Colour:
        """Four inks for a colour. Chosen inks are kept, as far as the limit lets them."""
        if values not in self._known:
            self._known[values] = self._separated(values)
        return self._known[values]

    def _separated(self, values: Colour) -> Colour:
        if len(values) == 4:
            return self._limited(values)
        if len(set(values)) == 1:
            return 0.0, 0.0, 0.0, 1 - values[0]
        red, green, blue = (round(value * 255) for value in values)
        own = self._own.get(f"#{red:02X}{green:02X}{blue:02X}")
        if own is not None:
            return self._limited(own)
        return _only_pixel(self.picture(Image.new("RGB", (1, 1), (red, green, blue))))

    def _limited(self, inks: Colour) -> Colour:
        if sum(inks) <= self.limit / 100:
            return inks
        return _only_pixel(self._thinned(Image.new("CMYK", (1, 1), tuple(round(ink * 255) for ink in inks))))

    def picture(self, image: Image.Image) -> Image.Image:
        """A picture (modes 1, L, RGB or CMYK) in four inks; a gray one in black ink only."""
        if image.mode in {"1", "L"}:
            nothing = Image.new("L", image.size, 0)
            black = image.convert("L").point(lambda value: 255 - value)
            return Image.merge("CMYK", (nothing, nothing, nothing, black))
        if image.mode == "CMYK":
            return self._thinned(image)
        separated = ImageCms.applyTransform(image.convert("RGB"), self._transform)
        assert separated is not None
        return self._thinned(separated)

    def _thinned(self, image: Image.Image) -> Image.Image:
        """The picture within the limit: black in place of equal parts of the three colours, then less of these."""
        most = int(self.limit * 2.55)
        inks = image.split()
        if _highest(_total(image)) <= most:
            return image
        thin = [
            ImageMath.lambda_eval(_thinner(name, most), **_named(inks)).convert("L") for name in ("c", "m", "y", "k")
        ]
        return Image.merge("CMYK", thin)


class Shades:
    """Turns colours and pictures into gray, for masks: what they cover is told by how light they are."""

    space = "/DeviceGray"
    components = 1

    def colour(self, values: Colour) -> Colour:
        """How light a colour is (ISO 32000-2, 10.4.2.2)."""
        if len(values) == 4:
            cyan, magenta, yellow, black = values
            return (1 - min(1.0, 0.3 * cyan + 0.59 * magenta + 0.11 * yellow + black),)
        red, green, blue = values if len(values) == 3 else values * 3
        return (0.3 * red + 0.59 * green + 0.11 * blue,)

    def picture(self, image: Image.Image) -> Image.Image:
        """A picture in gray."""
        return image.convert("L")


def _thinner(name: str, most: int) -> Any:
    """The inks after exchanging gray for black: two parts are saved for each part of the three that becomes black."""

    def thinned(on: Mapping[str, Any]) -> Any:
        least, greatest = on["min"], on["max"]
        over = greatest(on["c"] + on["m"] + on["y"] + on["k"] - most, 0)
        exchanged = least(least((over + 1) / 2, 255 - on["k"]), least(on["c"], least(on["m"], on["y"])))
        black = on["k"] + exchanged
        if name == "k":
            return black
        colours = greatest(on["c"] + on["m"] + on["y"] - 3 * exchanged, 1)
        return (on[name] - exchanged) * least(most - black, colours) / colours

    return thinned


def _named(inks: tuple[Image.Image, ...]) -> dict[str, Image.Image]:
    return {name: ink.convert("I") for name, ink in zip("cmyk", inks, strict=True)}


def total_ink(image: Image.Image) -> float:
    """The most ink on any spot of a picture, in percent of one full ink.

    A spot is four by four pixels, as ink spreads and runs together: the ripple of a JPEG is no ink.
    """
    if image.mode != "CMYK":
        return 100.0
    spots = image.reduce(4) if min(image.size) >= 4 else image
    return _highest(_total(spots)) / 2.55


def _total(image: Image.Image) -> Image.Image:
    added: Image.Image = ImageMath.lambda_eval(
        lambda on: on["c"] + on["m"] + on["y"] + on["k"], **_named(image.split())
    )
    return added


def _highest(image: Image.Image) -> float:
    extrema: Any = image.getextrema()
    return float(extrema[1])


def _only_pixel(image: Image.Image) -> Colour:
    pixel: Any = image.getpixel((0, 0))
    return tuple(round(value / 255, 4) for value in pixel)


@lru_cache(maxsize=4)
def _transform(profile: bytes) -> ImageCms.ImageCmsTransform:
    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if opened.profile.xcolor_space.strip() != "CMYK":
            raise WorkspaceError("the ICC profile is not one for four inks (CMYK)")
        return ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"),
            opened,
            "RGB",
            "CMYK",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError) as error:
        raise WorkspaceError(f"the ICC profile can't be used: {error}") from error
