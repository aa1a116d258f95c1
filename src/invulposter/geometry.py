"""Lengths and paper sizes. Millimetres at the edges, PDF points (1/72 inch) inside."""

import re
from dataclasses import dataclass

POINTS_PER_MM = 72 / 25.4

#: ISO 216 A sizes in mm, portrait.
A_SIZES = {
    "A0": (841, 1189),
    "A1": (594, 841),
    "A2": (420, 594),
    "A3": (297, 420),
    "A4": (210, 297),
    "A5": (148, 210),
    "A6": (105, 148),
    "A7": (74, 105),
}

_MEASURES = re.compile(r"\s*(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(?:mm)?\s*", re.IGNORECASE)


def pt(mm: float) -> float:
    """Millimetres to PDF points."""
    return mm * POINTS_PER_MM


def mm(points: float) -> float:
    """PDF points to millimetres."""
    return points / POINTS_PER_MM


@dataclass(frozen=True)
class Size:
    """A page's or sheet's width and height in mm."""

    width: float
    height: float

    @property
    def landscape(self) -> bool:
        """Whether it is wider than high."""
        return self.width > self.height

    @property
    def name(self) -> str:
        """`A3` for a paper size, whichever way it lies; `105x74` for any other."""
        short, long = sorted((self.width, self.height))
        for name, size in A_SIZES.items():
            if size == (short, long):
                return name
        return f"{self.width:g}x{self.height:g}"

    def turned(self) -> "Size":
        """The same size lying the other way."""
        return Size(self.height, self.width)

    def like(self, other: "Size") -> "Size":
        """This size, turned where needed to lie as `other` does."""
        return self if self.landscape == other.landscape else self.turned()

    def scale_to(self, other: "Size") -> float:
        """The largest factor at which this size fits inside `other` as it lies."""
        return min(other.width / self.width, other.height / self.height)


def parse_size(text: str) -> Size:
    """Read `A3`, `a3`, or `105x74` (mm, width first).

    Raises ValueError with a sentence that says what is expected.
    """
    name = text.strip().upper()
    if name in A_SIZES:
        return Size(*A_SIZES[name])
    measures = _MEASURES.fullmatch(text)
    if not measures:
        raise ValueError(f"'{text}' is not a size: expected A0 to A7 or width x height in mm, such as 105x74")
    size = Size(float(measures[1]), float(measures[2]))
    if not (20 <= size.width <= 5000 and 20 <= size.height <= 5000):
        raise ValueError(f"'{text}' is not a usable size: each side must be between 20 and 5000 mm")
    return size
