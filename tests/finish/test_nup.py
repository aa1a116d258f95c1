"""Cards on sheets: drawn in letters, and true for any size, paper, gutter and number."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invulposter.errors import RequestError
from invulposter.finish.nup import Card, Cards, count_cuts, deal, faces, flat_grid, folded_grid, impose_cards
from invulposter.finish.schemes import Axis, Line, Rect, Side, behind, printable, turning_axis
from invulposter.geometry import Size
from invulposter.paper import Duplex, Margins, Order
from tests.finish.helpers_imposition import A4, CARD, drawn, letters, overlap

PAPERS = st.sampled_from([Size(210, 297), Size(297, 420), Size(148, 210)])
FINISHED = st.builds(Size, st.floats(25, 120), st.floats(25, 120))
BACKED = [Duplex.LONG_EDGE, Duplex.SHORT_EDGE, Duplex.BY_HAND]


def test_eight_cards_fill_an_a4() -> None:
    (sheet,) = impose_cards([CARD] * 8, 0, Cards(CARD), A4, Duplex.NONE)
    assert letters(sheet, [CARD] * 8, 8, 8) == drawn("""
        AAAABBBB
        AAAABBBB
        CCCCDDDD
        CCCCDDDD
        EEEEFFFF
        EEEEFFFF
        GGGGHHHH
        GGGGHHHH
    """)


def test_a_gutter_leaves_paper_between_cards() -> None:
    card = Size(60, 60)
    (sheet,) = impose_cards([card] * 4, 0, Cards(card, gutter=20), Size(180, 180), Duplex.NONE)
    assert letters(sheet, [card] * 4, 9, 9) == drawn("""
        .........
        .AAA.BBB.
        .AAA.BBB.
        .AAA.BBB.
        .........
        .CCC.DDD.
        .CCC.DDD.
        .CCC.DDD.
        .........
    """)


@pytest.mark.parametrize(
    ("duplex", "back"),
    [
        # Turned over the long edge, left and right change places.
        (Duplex.LONG_EDGE, "DDDDBBBB HHHHFFFF ....JJJJ ........"),
        # Turned over the short edge, above and below do, and the backs stand on their heads.
        (Duplex.SHORT_EDGE, "........ jjjj.... ffffhhhh bbbbdddd"),
    ],
)
def test_backs_lie_behind_their_fronts(duplex: Duplex, back: str) -> None:
    sizes = [CARD] * 10
    front_sheet, back_sheet = impose_cards(sizes, 0, Cards(CARD), A4, duplex)
    assert letters(front_sheet, sizes, 8, 4) == drawn("""
        AAAACCCC
        EEEEGGGG
        IIII....
        ........
    """)
    assert letters(back_sheet, sizes, 8, 4).split() == back.split()


def test_fold_over_puts_backs_beside_fronts_across_a_gutter() -> None:
    card = Size(80, 55)
    (sheet,) = impose_cards([card] * 6, 0, Cards(card), Size(200, 180), Duplex.FOLD_OVER)
    assert letters(sheet, [card] * 6, 10, 9) == drawn("""
        AAAA..BBBB
        AAAA..BBBB
        AAAA..BBBB
        CCCC..DDDD
        CCCC..DDDD
        CCCC..DDDD
        EEEE..FFFF
        EEEE..FFFF
        EEEE..FFFF
    """)
    assert {mark.x1 for mark in sheet.marks if isinstance(mark, Line) and mark.dash} == {100}
    widest = Size(98, 55)
    (sheet,) = impose_cards([widest] * 2, 0, Cards(widest), Size(200, 180), Duplex.FOLD_OVER)
    assert [placement.x for placement in sheet.placements] == [0, 102]


def test_sets_can_be_dealt_three_ways() -> None:
    a, b, c = (Card(page) for page in range(3))
    assert deal([a, b, c], 2, 4, Order.COLLATED) == ((a, b, c, a), (b, c, None, None))
    assert deal([a, b, c], 2, 4, Order.REPEATED) == ((a, a, b, b), (c, c, None, None))
    # Cut the two sheets and put pile on pile: a b | c a | b c.
    assert deal([a, b, c], 2, 4, Order.STACKED) == ((a, c, b, None), (b, a, c, None))


@given(cards=st.integers(1, 40), copies=st.integers(1, 25), per_sheet=st.integers(1, 16))
def test_stacked_piles_lie_sorted(cards: int, copies: int, per_sheet: int) -> None:
    sheets = deal(faces(cards, Duplex.NONE), copies, per_sheet, Order.STACKED)
    piles = [sheet[cell] for cell in range(per_sheet) for sheet in sheets]
    assert [card.front for card in piles if card] == list(range(cards)) * copies


@given(
    paper=PAPERS,
    finished=FINISHED,
    gutter=st.floats(0, 12),
    margin=st.floats(0, 15),
    pages=st.integers(1, 30),
    copies=st.integers(1, 6),
    order=st.sampled_from(Order),
    duplex=st.sampled_from(Duplex),
    bleed=st.floats(0, 5),
)
@settings(max_examples=80)
def test_every_page_as_often_as_asked_and_no_two_trims_overlap(
    paper: Size,
    finished: Size,
    gutter: float,
    margin: float,
    pages: int,
    copies: int,
    order: Order,
    duplex: Duplex,
    bleed: float,
) -> None:
    cards = Cards(finished, gutter, Margins.all_round(margin), copies, order)
    sizes = [finished] * pages
    try:
        sheets = impose_cards(sizes, bleed, cards, paper, duplex)
    except RequestError:
        assert min(paper.width, paper.height) - 2 * margin < 2 * max(finished.width, finished.height) + gutter + 4
        return
    shown = [placement.page for sheet in sheets for placement in sheet.placements]
    assert sorted(shown) == sorted(list(range(pages)) * copies)
    for sheet in sheets:
        field = printable(Margins.all_round(margin), sheet.size).grown(*[1e-6] * 4)
        trims = [placement.trim(finished) for placement in sheet.placements]
        assert all(trim.within(field).width >= trim.width - 1e-6 for trim in trims)
        assert all(trim.within(field).height >= trim.height - 1e-6 for trim in trims)
        assert not any(overlap(one, other) for one, other in combinations(trims, 2))
        for placement in sheet.placements:
            own = placement.trim(finished)
            others = [trim for trim in trims if trim != own]
            assert not any(overlap(placement.clip, trim) for trim in others), "bleed over a neighbour"
        for line in (mark for mark in sheet.marks if isinstance(mark, Line)):
            stroke = Rect(min(line.x1, line.x2), min(line.y1, line.y2), abs(line.x1 - line.x2), abs(line.y1 - line.y2))
            assert not any(overlap(stroke.grown(*[0.01] * 4), trim) for trim in trims), "a mark inside a trim"


@given(paper=PAPERS, finished=FINISHED, gutter=st.floats(0, 12), pages=st.integers(1, 30), copies=st.integers(1, 3))
@settings(max_examples=40)
@pytest.mark.parametrize("duplex", BACKED)
def test_backs_are_behind_fronts_after_turning(
    duplex: Duplex, paper: Size, finished: Size, gutter: float, pages: int, copies: int
) -> None:
    cards = Cards(finished, gutter, copies=copies)
    try:
        sheets = impose_cards([finished] * pages, 0, cards, paper, duplex)
    except RequestError:
        return
    fronts = [sheet for sheet in sheets if sheet.side is Side.FRONT]
    backs = [sheet for sheet in sheets if sheet.side is Side.BACK]
    for front, back in zip(fronts, backs, strict=True):
        axis = turning_axis(front.size, duplex)
        found = {placement.trim(finished): placement for placement in back.placements}
        for placement in front.placements:
            expected = behind(placement.trim(finished), front.size, axis)
            near = [trim for trim in found if abs(trim.x - expected.x) < 0.05 and abs(trim.y - expected.y) < 0.05]
            if placement.page + 1 < pages:
                assert [found[trim].page for trim in near] == [placement.page + 1]
                assert found[near[0]].rotation == (180 if axis is Axis.HORIZONTAL else 0)


def test_bleed_goes_halfway_to_a_neighbour_and_all_the_way_outside() -> None:
    card = Size(90, 50)
    sheet, *_ = impose_cards([card] * 10, 3, Cards(card, gutter=4), A4, Duplex.NONE)
    upper_left = sheet.placements[0]
    trim = upper_left.trim(card)
    assert upper_left.clip == trim.grown(3, 2, 2, 3)


def test_backs_find_their_neighbours_as_fronts_do() -> None:
    """Mirrored positions differ in the last digits; the bleed between two cards must not."""
    card = Size(25, 25)
    front, back = impose_cards([card] * 4, 1, Cards(card, gutter=0.962), A4, Duplex.LONG_EDGE)
    for sheet in (front, back):
        one, other = sheet.placements
        assert not overlap(one.clip, other.clip)


def test_cuts_are_counted_once_where_cards_share_them() -> None:
    assert count_cuts(flat_grid(A4, Cards(CARD))) == 1 + 5
    assert count_cuts(flat_grid(Size(300, 200), Cards(Size(80, 80), gutter=10))) == 6 + 4


def test_more_cells_win_whichever_way_the_paper_lies() -> None:
    assert len(flat_grid(A4, Cards(CARD)).cells) == 8
    assert flat_grid(A4, Cards(Size(74, 105))).size.landscape
    assert len(folded_grid(A4, Cards(Size(85, 55))).cells) == 5


def test_a_card_larger_than_the_paper_is_refused() -> None:
    with pytest.raises(RequestError, match="300 x 200 mm does not fit on A4 paper"):
        impose_cards([Size(300, 200)], 0, Cards(Size(300, 200)), A4, Duplex.NONE)
