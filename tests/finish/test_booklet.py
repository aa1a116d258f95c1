"""Saddle stitch: page order, creep and fold marks."""

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from invulposter.errors import RequestError
from invulposter.finish.booklet import Booklet, creep, impose_booklet, signature, thickness_of
from invulposter.finish.impose import ImposeRequest, impose
from invulposter.finish.schemes import Axis, Line, Side, behind, turning_axis
from invulposter.geometry import Size, mm, pt
from invulposter.paper import Duplex
from tests.finish.helpers_imposition import A3, A4, A5, FONTS, drawn, letters, pdf, placements_in

EDGES = [Duplex.LONG_EDGE, Duplex.SHORT_EDGE, Duplex.BY_HAND]


def test_eight_pages_make_two_nested_sheets() -> None:
    #            front: left right  back: left right
    assert signature(8) == ((7, 0, 1, 6), (5, 2, 3, 4))


def test_pages_are_padded_to_four_at_the_end() -> None:
    assert signature(5) == ((None, 0, 1, None), (None, 2, 3, 4))
    assert signature(1) == ((None, 0, None, None),)


def test_a_booklet_in_letters() -> None:
    sizes = [A5] * 8
    sheets = impose_booklet(sizes, 0, Booklet(A5), A4, Duplex.SHORT_EDGE)
    assert [letters(sheet, sizes, 6, 1) for sheet in sheets] == ["HHHAAA", "BBBGGG", "FFFCCC", "DDDEEE"]


def test_a_printer_that_turns_over_the_long_edge_gets_its_backs_upside_down() -> None:
    sizes = [A5] * 4
    front, back = impose_booklet(sizes, 0, Booklet(A5), A4, Duplex.LONG_EDGE)
    assert letters(front, sizes, 6, 1) == "DDDAAA"
    assert letters(back, sizes, 6, 1) == "cccbbb"


def test_by_hand_prints_all_fronts_first() -> None:
    sheets = impose_booklet([A5] * 8, 0, Booklet(A5), A4, Duplex.BY_HAND)
    assert [sheet.side for sheet in sheets] == [Side.FRONT, Side.FRONT, Side.BACK, Side.BACK]


def test_smaller_pages_lie_in_the_middle_with_marks_around() -> None:
    small = Size(100, 150)
    front, _ = impose_booklet([small] * 4, 0, Booklet(small), Size(300, 210), Duplex.SHORT_EDGE)
    assert letters(front, [small] * 4, 12, 7) == drawn("""
        ............
        ..DDDDAAAA..
        ..DDDDAAAA..
        ..DDDDAAAA..
        ..DDDDAAAA..
        ..DDDDAAAA..
        ............
    """)
    folds = [mark for mark in front.marks if isinstance(mark, Line) and mark.dash]
    assert {mark.x1 for mark in folds} == {150}
    assert not any(30 < y < 180 for mark in folds for y in (mark.y1, mark.y2))


def test_without_room_the_fold_is_marked_on_the_innermost_spread_only() -> None:
    sheets = impose_booklet([A5] * 8, 0, Booklet(A5), A4, Duplex.SHORT_EDGE)
    assert [bool(sheet.marks) for sheet in sheets] == [False, False, False, True]


@given(pages=st.integers(1, 60), thickness=st.floats(0, 0.3), duplex=st.sampled_from(EDGES))
@settings(max_examples=60)
def test_every_page_once_and_each_leaf_has_its_own_pages(pages: int, thickness: float, duplex: Duplex) -> None:
    sizes = [A5] * pages
    sheets = impose_booklet(sizes, 0, Booklet(A5, thickness), A3, duplex)
    assert sorted(placement.page for sheet in sheets for placement in sheet.placements) == list(range(pages))
    fronts = [sheet for sheet in sheets if sheet.side is Side.FRONT]
    backs = [sheet for sheet in sheets if sheet.side is Side.BACK]
    for front, back in zip(fronts, backs, strict=True):
        axis = turning_axis(front.size, duplex)
        for placement in front.placements:
            other = placement.page + (1 if placement.page % 2 == 0 else -1)
            expected = behind(placement.trim(A5), front.size, axis)
            for found in (one for one in back.placements if one.page == other):
                assert abs(found.x - expected.x) < 0.05
                assert abs(found.y - expected.y) < 0.05
                assert found.rotation == (180 if axis is Axis.HORIZONTAL else 0)


def test_eighty_gram_paper_is_a_tenth_of_a_millimetre_thick() -> None:
    assert thickness_of(80) == pytest.approx(0.1)


def ruler_page(canvas: Canvas, page: int, size: Size) -> None:
    """A ruler from the spine outwards: a tick each 10 mm, measured from the fold's side of the page."""
    right_hand = page % 2 == 0
    for at in range(10, 141, 10):
        x = at if right_hand else size.width - at
        canvas.line(pt(x), pt(50), pt(x), pt(60))


def test_creep_brings_the_rulers_of_all_sheets_together_at_the_fore_edge() -> None:
    """Fold on paper: sheet n lies n thicknesses further from the spine, so its ruler must be drawn that much nearer."""
    thickness, pages = 0.2, 32
    source = pdf(pages, A5, ruler_page)
    scheme = Booklet(A5, thickness)
    done = impose(source, ImposeRequest(scheme, A4, Duplex.SHORT_EDGE), FONTS)
    for number, sides in enumerate(placements_in(done.pdf, [A5] * pages)[::2]):
        for found in sides:
            right_hand = found.page % 2 == 0
            tick = found.trim.x + 140 if right_hand else found.trim.right - 140
            drawn_from_fold = abs(tick - 297 / 2)
            after_folding = drawn_from_fold + number * thickness
            assert after_folding == pytest.approx(140, abs=0.001)


def test_the_outermost_sheet_does_not_move() -> None:
    assert creep(0, 0.1) == 0
    assert creep(7, 0.1) == pytest.approx(0.7)


def test_creep_never_shows_a_page_across_the_fold() -> None:
    sheets = impose_booklet([A5] * 32, 3, Booklet(A5, 0.3), A4, Duplex.SHORT_EDGE)
    fold = 297 / 2
    for placement in (placement for sheet in sheets for placement in sheet.placements):
        on_left = placement.clip.x + placement.clip.width / 2 < fold
        assert placement.clip.right <= fold + 1e-9 if on_left else placement.clip.x >= fold - 1e-9


@pytest.mark.parametrize("duplex", [Duplex.NONE, Duplex.FOLD_OVER])
def test_one_sided_booklets_are_refused(duplex: Duplex) -> None:
    with pytest.raises(RequestError, match="printed on both sides"):
        impose_booklet([A5] * 4, 0, Booklet(A5), A4, duplex)


def test_a_spread_larger_than_the_paper_is_refused() -> None:
    with pytest.raises(RequestError, match="don't fit beside each other on A4"):
        impose_booklet([A4] * 4, 0, Booklet(A4), A4, Duplex.SHORT_EDGE)


def test_the_finished_file_asks_for_the_edge_and_for_actual_size() -> None:
    done = impose(pdf(6, A5), ImposeRequest(Booklet(A5), A4, Duplex.SHORT_EDGE, title="Handleiding"), FONTS)
    with pikepdf.open(io.BytesIO(done.pdf)) as found:
        assert found.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        assert found.Root.ViewerPreferences.PrintScaling == "/None"
        assert str(found.docinfo.Title) == "Handleiding"
        boxes = [[round(mm(float(side)), 3) for side in page.MediaBox] for page in found.pages]
    assert boxes == [[0, 0, 297, 210]] * 4
    assert (done.sheets, done.duplex) == (2, "short-edge")
    assert "blijven 2 bladzijden leeg" in done.notes[0]
