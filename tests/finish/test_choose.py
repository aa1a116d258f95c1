"""Which scheme is chosen, and with what, from sizes and wishes."""

from dataclasses import replace

import pytest

from invulposter.errors import RequestError
from invulposter.finish.booklet import Booklet
from invulposter.finish.choose import Wanted, choose, largest_booklet_page
from invulposter.finish.impose import Scaled
from invulposter.finish.nup import Cards
from invulposter.finish.schemes import Rect
from invulposter.finish.tiles import Tiles
from invulposter.geometry import Size
from invulposter.paper import (
    NO_MARGINS,
    Duplex,
    Kind,
    Margins,
    Order,
    PaperWish,
    Printer,
    kind_of,
    paper_name,
    refuse_unused,
    rounded,
)
from tests.finish.helpers_imposition import A1, A4, A5, CARD

GANG = Printer("gang", Margins(4, 5, 6, 7), duplex=Duplex.SHORT_EDGE)


@pytest.mark.parametrize(
    ("design", "finished", "small", "kind"),
    [
        (A4, A4, "n-up", Kind.PLAIN),
        (A4, Size(210.02, 296.9), "n-up", Kind.PLAIN),
        (A1, A4.turned(), "n-up", Kind.SCALED),
        (A1, A1, "n-up", Kind.TILES),
        (A4, A5, "booklet", Kind.BOOKLET),
        (A4, A5, "n-up", Kind.CARDS),
        (A4, A5, "plain", Kind.CARDS),
        (A4, A1, "booklet", Kind.TILES),
        (CARD, Size(205, 290), "n-up", Kind.CARDS),
    ],
)
def test_the_kind_of_work_follows_from_sizes(design: Size, finished: Size, small: str, kind: Kind) -> None:
    assert kind_of(design, finished, A4, small) is kind  # type: ignore[arg-type]


def test_tiles_take_the_usual_margins_then_the_printers_then_what_is_asked() -> None:
    seam_free = (Rect(1, 2, 3, 4),)
    wanted = Wanted(A1, A1, A4, avoid=seam_free)
    assert choose(wanted).scheme == Tiles(A1, Margins(5, 5, 5, 5), 10.0, seam_free)
    theirs = choose(replace(wanted, wish=PaperWish(printer=GANG, overlap=12)))
    assert theirs.scheme == Tiles(A1, GANG.margins, 12, seam_free)
    assert theirs.printer is GANG
    asked = choose(replace(wanted, wish=PaperWish(printer=GANG, margin=0)))
    assert asked.scheme == Tiles(A1, NO_MARGINS, 10.0, seam_free)


def test_cards_fill_the_sheet_unless_asked_otherwise() -> None:
    wanted = Wanted(CARD, CARD, A4, two_sided=True)
    assert choose(wanted).scheme == Cards(CARD)
    assert choose(wanted).duplex is Duplex.LONG_EDGE
    wish = PaperWish(gutter=4, margin=5, copies=25, order=Order.STACKED, duplex=Duplex.FOLD_OVER)
    asked = choose(replace(wanted, wish=wish))
    assert asked.scheme == Cards(CARD, 4, Margins.all_round(5), 25, Order.STACKED)
    assert asked.duplex is Duplex.FOLD_OVER


def test_cards_lie_as_they_were_designed() -> None:
    assert choose(Wanted(CARD, CARD.turned(), A4)).scheme == Cards(CARD)


@pytest.mark.parametrize(
    ("two_sided", "wish", "duplex"),
    [
        (False, PaperWish(), Duplex.NONE),
        (False, PaperWish(duplex=Duplex.BY_HAND), Duplex.BY_HAND),
        (True, PaperWish(printer=GANG), Duplex.SHORT_EDGE),
        (True, PaperWish(printer=GANG, duplex=Duplex.NONE), Duplex.NONE),
    ],
)
def test_backs_are_made_as_asked_then_as_the_printer_does(two_sided: bool, wish: PaperWish, duplex: Duplex) -> None:
    assert choose(Wanted(CARD, CARD, A4, two_sided=two_sided, wish=wish)).duplex is duplex


def test_a_booklet_makes_up_for_creep_of_office_paper() -> None:
    wanted = Wanted(A4, A5, A4, small="booklet")
    assert choose(wanted).scheme == Booklet(A5, 0.1)
    assert choose(wanted).duplex is Duplex.SHORT_EDGE
    assert choose(replace(wanted, wish=PaperWish(weight=160))).scheme == Booklet(A5, 0.2)


def test_scaled_pages_turn_as_a_book_does() -> None:
    assert choose(Wanted(A1, A4.turned(), A4)).scheme == Scaled(A4.turned())
    assert choose(Wanted(A1, A4.turned(), A4)).duplex is Duplex.SHORT_EDGE
    assert choose(Wanted(A5, A4, A4)).duplex is Duplex.LONG_EDGE


@pytest.mark.parametrize("design", [A4, A4.turned(), Size(100, 100)])
def test_the_largest_page_of_a_booklet_fits_twice(design: Size) -> None:
    page = largest_booklet_page(design, A4)
    assert any(
        page.width <= lying.width / 2 + 1e-6 and page.height <= lying.height + 1e-6 for lying in (A4, A4.turned())
    )
    assert page.width / page.height == pytest.approx(design.width / design.height)


def test_a_wish_that_no_sheet_can_use_is_refused() -> None:
    with pytest.raises(RequestError, match="--overlap is for tiles: this makes a booklet and cards"):
        refuse_unused(PaperWish(overlap=3), {Kind.CARDS, Kind.BOOKLET})
    refuse_unused(PaperWish(overlap=3), {Kind.CARDS, Kind.TILES})


def test_what_suits_one_kind_is_left_out_of_another() -> None:
    wish = PaperWish(overlap=3, gutter=2, printer=GANG)
    assert wish.suiting(Kind.TILES) == PaperWish(overlap=3, printer=GANG)
    assert wish.suiting(Kind.CARDS) == PaperWish(gutter=2, printer=GANG)


def test_a_size_is_named_but_for_rounding() -> None:
    assert [paper_name(size) for size in (A4.turned(), Size(594, 419.6), Size(300, 200))] == ["A4", "A2", ""]
    assert rounded(Size(210.02, 148.2)) == A5.turned()
    assert rounded(CARD) == CARD
    assert rounded(Size(300, 200)) == Size(300, 200)
