"""What is known and asked about paper: the printer it lies in, how it is turned over, what is put on it. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Literal

from invulposter.errors import RequestError
from invulposter.geometry import A_SIZES, Size

#: A design or page this near (mm) to a paper size is of that size: A sizes are rounded to whole mm.
NEARLY = 0.5
#: Most paper in office printers, in g/m2.
OFFICE_WEIGHT = 80.0


class Duplex(StrEnum):
    """How the back of a sheet is made."""

    NONE = "none"
    LONG_EDGE = "long-edge"
    SHORT_EDGE = "short-edge"
    #: All fronts, then all backs: the stack is put back by hand, turned over its long edge.
    BY_HAND = "by-hand"
    #: One printed side: fronts beside their backs, the paper folded between them.
    FOLD_OVER = "fold-over"


class Order(StrEnum):
    """How several sets of cards are dealt over the sheets."""

    #: Set after set, each sheet filled in reading order.
    COLLATED = "collated"
    #: Cut the pile, put the small piles on each other from the upper left on: the sets lie sorted.
    STACKED = "stacked"
    #: All copies of one card next to each other, then the next card.
    REPEATED = "repeated"


@dataclass(frozen=True)
class Margins:
    """What a printer cannot print along each side of the paper as it stands upright, in mm."""

    left: float = 0.0
    bottom: float = 0.0
    right: float = 0.0
    top: float = 0.0

    @classmethod
    def all_round(cls, width: float) -> Margins:
        """The same margin on four sides."""
        return cls(width, width, width, width)

    def on(self, size: Size) -> Margins:
        """The same edges around a sheet that lies as `size`.

        A sheet that lies is printed turned a quarter counterclockwise, as drivers do unless told otherwise
        (`LandscapeOrientation: Plus90` in a PPD): its upper side is the paper's left.
        """
        return Margins(self.bottom, self.right, self.top, self.left) if size.landscape else self


#: Nothing stays white.
NO_MARGINS = Margins()
#: What most office printers leave white, with a little to spare.
OFFICE_MARGINS = Margins(5, 5, 5, 5)


@dataclass(frozen=True)
class Printer:
    """What was read from a calibration sheet.

    `margins` stay white (mm); `shift_front` and `shift_back` are how far the picture lands to the right and
    upwards of where it should (mm, each side seen upright); `scale_x` and `scale_y` are printed length divided by
    drawn length (0.995 when 200 mm measures 199 mm); `duplex` is the edge it turns over, or by hand.
    All is read from paper that stands upright; for one that lies see `Margins.on`. Raises ValueError, with a
    sentence, for what no printer does: a slip in reading off the sheet would spoil every print.
    """

    name: str = ""
    margins: Margins = OFFICE_MARGINS
    shift_front: tuple[float, float] = (0.0, 0.0)
    shift_back: tuple[float, float] = (0.0, 0.0)
    scale_x: float = 1.0
    scale_y: float = 1.0
    duplex: Duplex = Duplex.LONG_EDGE

    def __post_init__(self) -> None:
        """Refuse what no printer does."""
        if not all(0.9 <= scale <= 1.1 for scale in (self.scale_x, self.scale_y)):
            raise ValueError("a printer's scale lies between 0.9 and 1.1 (printed length divided by drawn length)")
        if any(not abs(shift) <= 20 for shift in (*self.shift_front, *self.shift_back)):
            raise ValueError("a printer's shift is at most 20 mm")
        sides = (self.margins.left, self.margins.bottom, self.margins.right, self.margins.top)
        if not all(0 <= margin <= 50 for margin in sides):
            raise ValueError("a printer's margins lie between 0 and 50 mm")


class Kind(StrEnum):
    """What is done to make a finished size out of a paper."""

    PLAIN = "plain pages"
    SCALED = "scaled pages"
    TILES = "tiles"
    CARDS = "cards"
    BOOKLET = "a booklet"


_SUITS = {
    "overlap": (Kind.TILES,),
    "margin": (Kind.TILES, Kind.CARDS),
    "gutter": (Kind.CARDS,),
    "copies": (Kind.CARDS,),
    "order": (Kind.CARDS,),
    "duplex": (Kind.CARDS, Kind.BOOKLET),
    "weight": (Kind.BOOKLET,),
    "printer": tuple(Kind),
}


@dataclass(frozen=True)
class PaperWish:
    """What was asked about the sheets; None means: what suits them, or what the printer's profile says.

    `overlap`, `margin` and `gutter` in mm, `weight` of the paper in g/m2.
    """

    overlap: float | None = None
    margin: float | None = None
    gutter: float | None = None
    copies: int | None = None
    order: Order | None = None
    duplex: Duplex | None = None
    weight: float | None = None
    printer: Printer | None = None

    @property
    def asked(self) -> tuple[str, ...]:
        """The names of what was asked for."""
        return tuple(one.name for one in fields(self) if getattr(self, one.name) is not None)

    def suiting(self, kind: Kind | None) -> PaperWish:
        """What of it is of use for that kind of work."""
        return replace(self, **{name: None for name in self.asked if kind not in _SUITS[name]})


#: Whatever suits the sheets.
NO_WISH = PaperWish()


#: What a layout says about finished sizes that are smaller than the paper.
Small = Literal["plain", "n-up", "booklet"]


def kind_of(design: Size, finished: Size, paper: Size, small: Small) -> Kind:
    """What is to be done: equal to the paper, plain or scaled; larger, tiles; smaller, as `small` says."""
    if same(finished, paper):
        return Kind.PLAIN if same(design, finished) else Kind.SCALED
    if not (_fits(finished, paper) or _fits(finished, paper.turned())):
        return Kind.TILES
    return Kind.BOOKLET if small == "booklet" else Kind.CARDS


def same(one: Size, other: Size) -> bool:
    """Whether two sizes are one, whichever way they lie, but for rounding."""
    lying = other.like(one)
    return abs(one.width - lying.width) <= NEARLY and abs(one.height - lying.height) <= NEARLY


def paper_name(size: Size) -> str:
    """`A2` for a size that is one but for rounding; empty for any other."""
    return next((name for name, measures in A_SIZES.items() if same(size, Size(*measures))), "")


def rounded(size: Size) -> Size:
    """The A size that it is but for rounding, lying as it does; any other as it is."""
    name = paper_name(size)
    return Size(*A_SIZES[name]).like(size) if name else size


def _fits(size: Size, paper: Size) -> bool:
    return size.width <= paper.width + NEARLY and size.height <= paper.height + NEARLY


def refuse_unused(wish: PaperWish, kinds: Collection[Kind]) -> None:
    """Raise RequestError for something asked that none of these kinds of work can use."""
    for name in wish.asked:
        if not set(_SUITS[name]) & set(kinds):
            meant = " and ".join(_SUITS[name])
            made = " and ".join(sorted(set(kinds))) or "no sheets for an office printer"
            raise RequestError(f"--{name} is for {meant}: this makes {made}")
    both_sides = wish.duplex not in {None, Duplex.NONE, Duplex.FOLD_OVER}
    if wish.duplex is not None and set(kinds) == {Kind.BOOKLET} and not both_sides:
        raise RequestError("a booklet is printed on both sides: choose --duplex long-edge, short-edge or by-hand")
