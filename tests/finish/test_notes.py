"""What is told to who prints and cuts."""

import pytest

from invulposter.finish import notes
from invulposter.finish.nup import Cards, flat_grid, impose_cards
from invulposter.finish.tiles import Tiles, tile
from invulposter.geometry import Size
from invulposter.paper import Duplex, Margins
from tests.finish.helpers_imposition import A1, A4, CARD


def told(cards: Cards, bleed: float = 0.0) -> tuple[str, ...]:
    sheets = impose_cards([cards.finished], bleed, cards, A4, Duplex.NONE)
    return notes.cards(flat_grid(A4, cards), cards, sheets)


def test_cards_that_fill_the_sheet_are_cut_by_measure_and_a_smaller_one_is_named() -> None:
    cut, smaller = told(Cards(CARD))
    assert cut.endswith("snijd op 105 mm van links en op 0,5, 74,5, 148,5, 222,5 en 296,5 mm van onder.")
    assert "Kaarten van 100 x 70 mm passen er wel heel op." in smaller


def test_the_smaller_card_that_is_named_does_fit_inside_the_margins() -> None:
    inside = Cards(Size(100, 70), margins=Margins.all_round(5))
    assert len(flat_grid(A4, inside).cells) == len(flat_grid(A4, Cards(CARD)).cells) == 8
    assert not any("passen er wel" in note for note in told(inside))


def test_only_the_cuts_whose_marks_are_not_printed_are_told() -> None:
    inside = Cards(Size(100, 70), margins=Margins.all_round(5))
    below = "op 8,5, 78,5, 148,5, 218,5 en 288,5 mm van onder."
    (cut,) = told(inside)
    assert cut == f"Er is geen ruimte voor alle snijtekens: snijd {below}"
    # Bleed keeps the marks above and below so far out that they fall inside the white edge as well.
    (cut,) = told(inside, bleed=3)
    assert cut.endswith(f"snijd op 5, 105 en 205 mm van links en {below}")


def test_cards_with_room_around_need_no_words() -> None:
    assert told(Cards(Size(80, 50), gutter=5), bleed=3) == ()


@pytest.mark.parametrize(("pages", "words"), [(8, ()), (7, ("1 bladzijde ",)), (5, ("3 bladzijden ",))])
def test_blank_pages_of_a_booklet_are_counted(pages: int, words: tuple[str, ...]) -> None:
    found = notes.booklet(pages)
    assert len(found) == len(words)
    assert all(word in note for word, note in zip(words, found, strict=True))


def test_seams_that_touch_nothing_need_no_words() -> None:
    asked = Tiles(A1)
    assert notes.tiles(tile(asked, A4), asked) == ()
