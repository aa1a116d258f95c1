"""How different two pictures are, and a picture of the difference."""

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter

#: A pixel that changed less (of 255, after a little blurring) is noise, such as another edition code.
_NOISE = 24
#: The share of pixels that may change.
TOLERANCE = 0.002


@dataclass(frozen=True)
class Difference:
    """The share of pixels that changed, and where: red on a pale copy of the new picture."""

    share: float
    picture: Image.Image

    @property
    def accepted(self) -> bool:
        """Whether it is small enough to be the same picture."""
        return self.share <= TOLERANCE


def difference(old: Image.Image, new: Image.Image) -> Difference:
    """Compare two pictures; where their sizes differ, everything has changed."""
    if old.size != new.size:
        return Difference(1.0, new)
    soft = ImageFilter.BoxBlur(1)
    apart = ImageChops.difference(old.convert("RGB").filter(soft), new.convert("RGB").filter(soft))
    red, green, blue = apart.split()
    changed = ImageChops.lighter(ImageChops.lighter(red, green), blue).point(lambda value: 255 * (value > _NOISE))
    pale = Image.blend(new.convert("L").convert("RGB"), Image.new("RGB", new.size, "white"), 0.7)
    pale.paste((220, 0, 0), mask=changed)
    return Difference(changed.histogram()[255] / (new.width * new.height), pale)
