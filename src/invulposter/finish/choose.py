"""Which scheme makes a finished size from the paper that is there: the one place that knows. Pure, in mm."""

from dataclasses import dataclass

from invulposter.finish.booklet import Booklet, thickness_of
from invulposter.finish.impose import ImposeRequest, Scaled, Scheme
from invulposter.finish.nup import Cards
from invulposter.finish.schemes import Rect
from invulposter.finish.tiles import Tiles
from invulposter.geometry import Size
from invulposter.paper import (
    NO_MARGINS,
    NO_WISH,
    OFFICE_MARGINS,
    OFFICE_WEIGHT,
    Duplex,
    Kind,
    Margins,
    Order,
    PaperWish,
    Small,
    kind_of,
    refuse_unused,
)


@dataclass(frozen=True)
class Wanted:
    """A design, the finished size it is to have, the paper, and what was asked about the sheets.

    `small` says what becomes of finished sizes smaller than the paper; `two_sided` whether pages are fronts and
    backs in turn. Seams between tiles keep out of `avoid` (at the finished size, from the lower left).
    """

    design: Size
    finished: Size
    paper: Size
    small: Small = "n-up"
    two_sided: bool = False
    avoid: tuple[Rect, ...] = ()
    wish: PaperWish = NO_WISH


def choose(wanted: Wanted, title: str = "") -> ImposeRequest:
    """What to impose and how its backs are made. Raises RequestError for a wish that this work can't use."""
    kind = kind_of(wanted.design, wanted.finished, wanted.paper, wanted.small)
    refuse_unused(wanted.wish, {kind})
    return ImposeRequest(_scheme(kind, wanted), wanted.paper, duplex_of(kind, wanted), wanted.wish.printer, title)


def largest_booklet_page(design: Size, paper: Size) -> Size:
    """The largest finished size of which two lie beside each other on the paper."""
    halves = (Size(lying.width / 2, lying.height) for lying in (paper, paper.turned()))
    factor = max(design.scale_to(half) for half in halves)
    return Size(design.width * factor, design.height * factor)


def _scheme(kind: Kind, wanted: Wanted) -> Scheme:
    wish, finished = wanted.wish, wanted.finished
    match kind:
        case Kind.TILES:
            margins = _margins(wish, OFFICE_MARGINS)
            return Tiles(finished, margins, 10.0 if wish.overlap is None else wish.overlap, wanted.avoid)
        case Kind.CARDS:
            return Cards(
                finished.like(wanted.design),
                gutter=wish.gutter or 0.0,
                margins=_margins(wish, NO_MARGINS),
                copies=1 if wish.copies is None else wish.copies,
                order=wish.order or Order.COLLATED,
            )
        case Kind.BOOKLET:
            weight = OFFICE_WEIGHT if wish.weight is None else wish.weight
            return Booklet(finished.like(wanted.design), thickness_of(weight))
        case Kind.PLAIN | Kind.SCALED:
            return Scaled(finished)


def _margins(wish: PaperWish, default: Margins) -> Margins:
    """What was asked goes before what the printer can't print, that before what is usual."""
    if wish.margin is not None:
        return Margins.all_round(wish.margin)
    return wish.printer.margins if wish.printer else default


def duplex_of(kind: Kind, wanted: Wanted) -> Duplex:
    """How backs are made, where there are any: so that the finished page turns as a book's does."""
    wish = wanted.wish
    if kind is Kind.TILES:
        return Duplex.NONE
    if kind in {Kind.PLAIN, Kind.SCALED}:
        return turned_as_a_book(wanted.finished)
    if kind is Kind.CARDS and not (wanted.two_sided or wish.duplex):
        return Duplex.NONE
    usual = Duplex.SHORT_EDGE if kind is Kind.BOOKLET else Duplex.LONG_EDGE
    return wish.duplex or (wish.printer.duplex if wish.printer else usual)


def turned_as_a_book(page: Size) -> Duplex:
    """The edge beside the text: the long one of a page that stands, the short one of a page that lies."""
    return Duplex.SHORT_EDGE if page.landscape else Duplex.LONG_EDGE
