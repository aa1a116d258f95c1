"""How a print shop prints: the ICC profile it asks for, and the most ink it lays down."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field
from pathlib import Path

from invulposter.errors import RequestError

#: The most ink that coated paper takes up in time, in percent of one full ink; 330 for a press that dries it.
INK_LIMIT, MOST_INK = 300, 330
#: What an ICC profile calls the class of presses and printers, and the space of four inks (ICC.1:2022, 7.2).
_OUTPUT, _FOUR_INKS = "prtr", "CMYK"


@dataclass(frozen=True)
class PrintShop:
    """A print shop's ICC profile, what it calls itself, and its limit of ink in percent of one full ink.

    Without a profile it prints on coated paper (FOGRA39).
    """

    profile: bytes = field(default=b"", repr=False)
    name: str = ""
    ink_limit: int = INK_LIMIT

    @property
    def key(self) -> str:
        """Stands for all of it."""
        return f"{hashlib.sha256(self.profile).hexdigest()} {self.ink_limit}"


#: What is printed for, unless something else is asked.
COATED = PrintShop()


def read_printshop(icc: Path | None, ink_limit: int | None) -> PrintShop:
    """The print shop that was asked for.

    Raises RequestError, with one sentence, for a file that is no ICC profile of a press with four inks.
    """
    limit = INK_LIMIT if ink_limit is None else ink_limit
    if icc is None:
        return PrintShop(ink_limit=limit)
    try:
        data = icc.read_bytes()
    except OSError as error:
        raise RequestError(f"--icc {icc}: {error.strerror}") from error
    return PrintShop(data, _checked(data, icc), limit)


def _checked(data: bytes, icc: Path) -> str:
    """What the profile calls itself."""
    from PIL import ImageCms

    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(data))
        space, kind = opened.profile.xcolor_space.strip(), opened.profile.device_class.strip()
        separates = opened.profile.is_intent_supported(ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Direction.OUTPUT)
        name = str(ImageCms.getProfileDescription(opened)).strip()
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError) as error:
        raise RequestError(f"--icc {icc}: this is not an ICC profile") from error
    if space != _FOUR_INKS:
        raise RequestError(f"--icc {icc}: this is a profile for {space}: a press needs one for four inks (CMYK)")
    if kind != _OUTPUT or not separates:
        raise RequestError(f"--icc {icc}: this is not an output profile: ask the print shop for the one it prints by")
    return name or icc.stem
