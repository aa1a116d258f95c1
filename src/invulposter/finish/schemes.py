"""What a scheme yields: sheets with placements and marks, described in mm and drawn by nobody yet.

A scheme (n-up, booklet, tiles) is arithmetic that returns `tuple[Sheet, ...]`; `compose` draws any of them.
The origin is the lower left corner of the sheet, as in PDF.
"""

from dataclasses import dataclass
from enum import StrEnum

from invulposter.geometry import Size
from invulposter.paper import Duplex, Margins

#: Lengths closer than this (mm) are the same length: far below what a printer or a knife can tell apart.
TOUCH = 1e-6

#: Page sizes are written with a few decimals of a point: a scale this near to 1 is 1.
WRITTEN = 1e-5


@dataclass(frozen=True, order=True)
class Rect:
    """A rectangle in mm: its lower left corner, width and height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right side's x."""
        return self.x + self.width

    @property
    def top(self) -> float:
        """The upper side's y."""
        return self.y + self.height

    @property
    def size(self) -> Size:
        """Width and height."""
        return Size(self.width, self.height)

    def grown(self, left: float, bottom: float, right: float, top: float) -> "Rect":
        """The rectangle with each side moved outwards by that many mm."""
        return Rect(self.x - left, self.y - bottom, self.width + left + right, self.height + bottom + top)

    def moved(self, dx: float, dy: float) -> "Rect":
        """The same rectangle somewhere else."""
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def scaled(self, factor: float) -> "Rect":
        """The rectangle on a drawing that is enlarged from the origin."""
        return Rect(self.x * factor, self.y * factor, self.width * factor, self.height * factor)

    def within(self, other: "Rect") -> "Rect":
        """The part that lies inside `other`; with no width or height where they don't meet."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        width, height = min(self.right, other.right) - x, min(self.top, other.top) - y
        return Rect(x, y, max(0.0, width), max(0.0, height))


class Side(StrEnum):
    """Which side of the paper a sheet's drawing is for."""

    FRONT = "front"
    BACK = "back"


class Axis(StrEnum):
    """The line around which a sheet is turned over."""

    VERTICAL = "vertical"
    HORIZONTAL = "horizontal"


@dataclass(frozen=True)
class Line:
    """A stroke. Coordinates and `width` in mm; 0.1 mm is 0.28 pt, above the 0.25 pt a press can hold."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 0.1
    gray: float = 0.0
    dash: float = 0.0


@dataclass(frozen=True)
class Circle:
    """A stroked circle around x, y."""

    x: float
    y: float
    radius: float
    width: float = 0.1
    gray: float = 0.0


@dataclass(frozen=True)
class Box:
    """A rectangle filled with one ink value (gray: 0 black, 1 white) or four (CMYK, 1 is full)."""

    rect: Rect
    ink: tuple[float, ...] = (1.0,)


class Anchor(StrEnum):
    """Which point of a text lies on its x."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True)
class Text:
    """One line of type on a baseline. `size` in points, `rotation` in degrees counterclockwise."""

    x: float
    y: float
    text: str
    size: float = 8.0
    anchor: Anchor = Anchor.START
    rotation: int = 0
    gray: float = 0.0


Mark = Line | Circle | Box | Text


@dataclass(frozen=True)
class Placement:
    """A source page on a sheet.

    `page` counts from 0; `x`, `y` is the lower left corner of the placed trim, after `rotation` (0, 90, 180
    or 270 degrees counterclockwise) and `scale`; only what lies inside `clip` is shown. All in mm.
    """

    page: int
    x: float
    y: float
    rotation: int
    scale: float
    clip: Rect

    def trim(self, size: Size) -> Rect:
        """Where the trim of a source page of that size lies on the sheet."""
        lying = size.turned() if self.rotation % 180 else size
        return Rect(self.x, self.y, lying.width * self.scale, lying.height * self.scale)


@dataclass(frozen=True)
class Sheet:
    """One side of one piece of paper.

    `trim` and `bleed` are the finished page's boxes where the sheet is cut down to one page; without them the
    sheet itself is the page. Marks are drawn over the placements, in their order.
    """

    size: Size
    placements: tuple[Placement, ...] = ()
    marks: tuple[Mark, ...] = ()
    side: Side = Side.FRONT
    trim: Rect | None = None
    bleed: Rect | None = None


def printable(margins: Margins, size: Size) -> Rect:
    """What remains of a sheet that lies as `size` inside a printer's margins."""
    edges = margins.on(size)
    return Rect(0, 0, size.width, size.height).grown(-edges.left, -edges.bottom, -edges.right, -edges.top)


def scale_between(design: Size, finished: Size) -> float:
    """The largest factor at which a design fits a finished size; exactly 1 where they are the same."""
    scale = design.scale_to(finished)
    return 1.0 if abs(scale - 1) < WRITTEN else scale


def fit(page: int, size: Size, cell: Rect, clip: Rect, rotation: int = 0) -> Placement:
    """Place a source page of `size` as large as `cell` allows, in its middle."""
    lying = size.turned() if rotation % 180 else size
    scale = scale_between(lying, cell.size)
    x = cell.x + (cell.width - lying.width * scale) / 2
    y = cell.y + (cell.height - lying.height * scale) / 2
    return Placement(page, x, y, rotation, scale, clip)


def turning_axis(size: Size, duplex: Duplex) -> Axis:
    """Around which axis a sheet that lies as `size` is turned to see its back."""
    over_short = duplex is Duplex.SHORT_EDGE
    return Axis.HORIZONTAL if size.landscape != over_short else Axis.VERTICAL


def behind(rect: Rect, size: Size, axis: Axis) -> Rect:
    """Where the paper behind `rect` lies on the other side, seen after turning the sheet around `axis`."""
    if axis is Axis.VERTICAL:
        return Rect(size.width - rect.right, rect.y, rect.width, rect.height)
    return Rect(rect.x, size.height - rect.top, rect.width, rect.height)


def back_rotation(axis: Axis) -> int:
    """How far a back is rotated so that a cut card, turned like a book's page, shows it upright."""
    return 0 if axis is Axis.VERTICAL else 180


def in_print_order(pairs: tuple[tuple[Sheet, Sheet], ...], duplex: Duplex) -> tuple[Sheet, ...]:
    """Front and back after each other, or all fronts and then all backs for a printer that prints one side."""
    if duplex is Duplex.BY_HAND:
        return tuple(front for front, _ in pairs) + tuple(back for _, back in pairs)
    return tuple(sheet for pair in pairs for sheet in pair)
