"""What becomes of a finished size on a paper, and what a printer leaves white on it."""

import pytest

from invulposter.errors import RequestError
from invulposter.geometry import Size
from invulposter.paper import Duplex, Kind, Margins, PaperWish, kind_of, paper_name, refuse_unused, rounded, same

A4, A3, A5, A7 = Size(210, 297), Size(297, 420), Size(148, 210), Size(74, 105)


@pytest.mark.parametrize(
    ("design", "finished", "paper", "small", "kind"),
    [
        (A4, A4, A4, "plain", Kind.PLAIN),
        (A4, A4.turned(), A4, "plain", Kind.PLAIN),
        (A3, A4, A4, "plain", Kind.SCALED),
        (A4, A3, A4, "plain", Kind.TILES),
        (A4, Size(50, 400), A4, "n-up", Kind.TILES),
        (A7, A7, A4, "n-up", Kind.CARDS),
        (A7, A7, A4, "plain", Kind.CARDS),
        (A4, A5, A4, "booklet", Kind.BOOKLET),
        (A4, Size(210.4, 296.7), A4, "plain", Kind.PLAIN),
    ],
)
def test_the_sizes_say_what_is_done(design: Size, finished: Size, paper: Size, small: str, kind: Kind) -> None:
    assert kind_of(design, finished, paper, small) is kind  # type: ignore[arg-type]


def test_a_size_but_for_rounding_is_that_size() -> None:
    assert same(Size(419.9, 297.3), A3)
    assert paper_name(Size(419.9, 297.3)) == "A3"
    assert rounded(Size(419.9, 297.3)) == A3.turned()
    assert (paper_name(Size(200, 200)), rounded(Size(200, 200))) == ("", Size(200, 200))


def test_margins_turn_with_the_paper_and_four_turns_are_none() -> None:
    margins = Margins(left=1, bottom=2, right=3, top=4)
    assert margins.on(A4) == margins
    # Turned a quarter counterclockwise, what lay below lies left.
    assert margins.on(A4.turned()) == Margins(left=2, bottom=3, right=4, top=1)


def test_a_wish_that_nothing_can_use_is_refused() -> None:
    refuse_unused(PaperWish(gutter=4), {Kind.CARDS, Kind.TILES})
    with pytest.raises(RequestError, match="--gutter is for cards: this makes tiles"):
        refuse_unused(PaperWish(gutter=4), {Kind.TILES})
    with pytest.raises(RequestError, match="both sides"):
        refuse_unused(PaperWish(duplex=Duplex.NONE), {Kind.BOOKLET})


def test_a_wish_is_cut_down_to_what_suits() -> None:
    wish = PaperWish(gutter=4, overlap=12, weight=100)
    assert wish.asked == ("overlap", "gutter", "weight")
    assert wish.suiting(Kind.TILES) == PaperWish(overlap=12)
    assert wish.suiting(None) == PaperWish()
