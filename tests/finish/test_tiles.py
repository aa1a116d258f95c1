"""Posters of several sheets: seams in letters, all of it covered, nothing important cut through."""

import io
from pathlib import Path

import pikepdf
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from reportlab.pdfgen.canvas import Canvas

from invulposter.errors import RequestError
from invulposter.finish.impose import ImposeRequest, impose
from invulposter.finish.labels import instructions, neighbours, tile_name, tile_sheets
from invulposter.finish.legible import text_areas
from invulposter.finish.schemes import Line, Rect
from invulposter.finish.source import read_source
from invulposter.finish.tiles import Tile, Tiles, Tiling, picture_area, possible_sizes, seams, tile
from invulposter.geometry import Size, pt
from invulposter.paper import Margins
from tests.finish.helpers_imposition import (
    A1,
    A3,
    A4,
    A5,
    FONTS,
    check_with_qpdf,
    drawn,
    pdf,
    picture,
    placements_in,
    text_of,
)

POSTERS = st.builds(Size, st.floats(210, 1200), st.floats(210, 1200))


def map_of(tiling: Tiling, columns: int, rows: int) -> str:
    """Which sheet is seen where in the finished poster: of two that overlap, the one that is glued on later."""

    def seen(x: float, y: float) -> str:
        on_top = [part for part in tiling.tiles if inside(part.window, x, y)]
        return chr(ord("A") + tiling.tiles.index(on_top[-1])) if on_top else "?"

    wide, high = tiling.finished.width / columns, tiling.finished.height / rows
    return "\n".join(
        "".join(seen((column + 0.5) * wide, (row + 0.5) * high) for column in range(columns))
        for row in reversed(range(rows))
    )


def inside(rect: Rect, x: float, y: float) -> bool:
    return rect.x <= x <= rect.right and rect.y <= y <= rect.top


def test_an_a1_on_a4_in_letters() -> None:
    tiling = tile(Tiles(A1), A4)
    assert map_of(tiling, 12, 8) == drawn("""
        AAAABBBBCCCC
        AAAABBBBCCCC
        DDDDEEEEFFFF
        DDDDEEEEFFFF
        GGGGHHHHIIII
        GGGGHHHHIIII
        JJJJKKKKLLLL
        JJJJKKKKLLLL
    """)
    assert tiling.paper == A4.turned()


def test_the_paper_lies_whichever_way_takes_fewer_sheets() -> None:
    poster = Tiles(Size(560, 270), Margins.all_round(5), 10)
    assert tile(poster, A4).paper == A4
    assert len(tile(poster, A4).tiles) == 3
    assert len(tile(poster, A3).tiles) == 2


def test_a_poster_of_one_sheet_has_no_seam() -> None:
    tiling = tile(Tiles(Size(150, 150)), A4)
    assert (tiling.columns, tiling.rows, len(tiling.tiles)) == ((), (), 1)


@given(
    finished=POSTERS,
    paper=st.sampled_from([A4, A3, Size(148, 210)]),
    margin=st.floats(0, 15),
    overlap=st.floats(0, 25),
    spots=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(10, 120), st.floats(4, 60)), max_size=5),
)
@settings(max_examples=60)
def test_all_of_the_poster_is_covered_and_fits_the_paper(
    finished: Size, paper: Size, margin: float, overlap: float, spots: list[tuple[float, float, float, float]]
) -> None:
    avoid = tuple(Rect(x * finished.width, y * finished.height, wide, high) for x, y, wide, high in spots)
    tiles = Tiles(finished, Margins.all_round(margin), overlap, avoid)
    tiling = tile(tiles, paper)
    area = picture_area(tiling.paper, tiles.margins)
    across = [0.0, *tiling.columns, finished.width]
    upwards = [0.0, *tiling.rows, finished.height]
    assert across == sorted(across)
    assert upwards == sorted(upwards)
    assert len(tiling.tiles) == (len(across) - 1) * (len(upwards) - 1)
    for part in tiling.tiles:
        low = upwards[-2 - part.row]
        cell = Rect(
            across[part.column], low, across[part.column + 1] - across[part.column], upwards[-1 - part.row] - low
        )
        assert same(part.window.within(cell), cell)
        assert part.window.width <= area.width + 1e-6
        assert part.window.height <= area.height + 1e-6
        beyond = 0 if part.column == len(tiling.columns) else tiling.overlap
        below = 0 if part.row == len(tiling.rows) else tiling.overlap
        assert part.window.right >= min(cell.right + beyond, finished.width) - 1e-6
        assert part.window.y <= max(cell.y - below, 0) + 1e-6


def same(one: Rect, other: Rect) -> bool:
    sides = ((one.x, other.x), (one.y, other.y), (one.width, other.width), (one.height, other.height))
    return all(abs(a - b) < 1e-6 for a, b in sides)


def test_seams_keep_out_of_what_must_stay_whole() -> None:
    #  even seams would come at 270 and 540; a QR code stands on the first
    moved = seams(810 + 10, 287, 10, [(262, 292)])
    assert all(not 261 < seam < 293 for seam in moved)
    assert seams(820, 287, 10) == pytest.approx((270, 540))


def test_seams_keep_out_of_small_text(tmp_path: Path) -> None:
    """The rows have room to move: every line of text comes out whole on some sheet."""

    def written(canvas: Canvas, page: int, size: Size) -> None:
        canvas.setFont("Helvetica", 12)
        for row in range(10, int(size.height) - 10, 10):
            canvas.drawString(pt(20), pt(row), f"regel{row}")

    done = impose(pdf(1, A1, written), ImposeRequest(Tiles(A1), A4), FONTS)
    words = text_of(done.pdf, tmp_path)
    assert all(f"regel{row}" in words for row in range(10, 580, 10))
    assert not any("naad" in note for note in done.notes)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_text_is_found_where_it_is_seen(rotation: int) -> None:
    def written(canvas: Canvas, page: int, size: Size) -> None:
        canvas.setFont("Helvetica", 12)
        canvas.drawString(pt(20), pt(30), "hier")

    with pikepdf.open(io.BytesIO(pdf(1, A5, written))) as found:
        found.pages[0].rotate(rotation, relative=False)
        out = io.BytesIO()
        found.save(out)
    (page,) = read_source(out.getvalue()).pages
    (area,) = text_areas(out.getvalue(), 0, page)
    # The middle of the word on the upright page, then turned clockwise with it.
    x, y = 24.0, 31.5
    expected = {0: (x, y), 90: (y, 148 - x), 180: (148 - x, 210 - y), 270: (210 - y, x)}[rotation]
    assert (area.x + area.width / 2, area.y + area.height / 2) == pytest.approx(expected, abs=1)


def test_what_cannot_be_avoided_is_named() -> None:
    everything = Rect(10, 10, 800, 560)
    done = impose(pdf(1, A1), ImposeRequest(Tiles(A1, avoid=(everything,)), A4), FONTS)
    assert any("Er loopt een naad door 1 plek" in note for note in done.notes)


def test_another_overlap_is_chosen_where_that_helps() -> None:
    # Two sheets with 20 mm of overlap leave no room to move the seam; 15 mm does.
    tiles = Tiles(Size(380, 190), Margins.all_round(0), 20, (Rect(172, 50, 10, 10),))
    tiling = tile(tiles, Size(200, 197))
    assert (tiling.overlap, tiling.crossed) == (15, ())
    assert len(tiling.tiles) == 2


@given(
    length=st.floats(300, 1500),
    reach=st.floats(150, 290),
    overlap=st.floats(5, 20),
    avoid=st.lists(st.tuples(st.floats(0, 1400), st.floats(3, 80)), max_size=8),
)
@settings(max_examples=60)
def test_moved_seams_cross_no_more_than_even_ones(
    length: float, reach: float, overlap: float, avoid: list[tuple[float, float]]
) -> None:
    spans = [(start, start + long) for start, long in avoid]
    even, moved = seams(length, reach, overlap), seams(length, reach, overlap, spans)
    assume(len(even) > 0)

    def crossed(places: tuple[float, ...]) -> int:
        return sum(start < seam < end for seam in places for start, end in spans)

    assert len(moved) == len(even)
    assert crossed(moved) <= crossed(even)


def test_names_and_neighbours_tell_where_a_sheet_belongs() -> None:
    tiling = tile(Tiles(A1), A4)
    middle = next(part for part in tiling.tiles if (part.column, part.row) == (1, 1))
    assert tile_name(1, 1) == "B2"
    assert neighbours(tiling, middle) == " · links A2 · rechts C2 · boven B1 · onder B3"
    assert neighbours(tiling, Tile(0, 0, Rect(0, 0, 1, 1))) == " · rechts B1 · onder A2"
    assert tile_name(27, 0) == "AB1"


def test_cut_lines_stand_on_two_sides_only_and_outside_the_picture() -> None:
    tiles = Tiles(A1)
    tiling = tile(tiles, A4)
    sheets = tile_sheets(tiling, tiles, 0, A1)
    middle = sheets[1 + 4]
    clip = middle.placements[0].clip
    long = [mark for mark in middle.marks if isinstance(mark, Line) and length(mark) > 150]
    left, upper = sorted(long, key=lambda line: line.y1)
    assert left.x1 == left.x2 == pytest.approx(clip.x - 0.05)
    assert upper.y1 == upper.y2 == pytest.approx(clip.top + 0.05)


def length(line: Line) -> float:
    return max(abs(line.x1 - line.x2), abs(line.y1 - line.y2))


def hatched(canvas: Canvas, page: int, size: Size) -> None:
    """Lines everywhere and no text, so that nothing moves the seams."""
    for step in range(-int(size.height), int(size.width), 9):
        canvas.setStrokeColorRGB((step * 37 % 100) / 100, 0.4, 0.5)
        canvas.line(pt(step), 0, pt(step * 0.9 + size.height), pt(size.height))


def test_tiles_lie_in_the_finished_file_where_the_arithmetic_says() -> None:
    tiles = Tiles(A1)
    done = impose(pdf(1, A1, hatched), ImposeRequest(tiles, A4), FONTS)
    tiling = tile(tiles, A4)
    for part, (found,) in zip(tiling.tiles, placements_in(done.pdf, [A1])[1:], strict=True):
        assert found.scale == pytest.approx(1, abs=1e-9)
        assert found.clip.x - found.trim.x == pytest.approx(part.window.x, abs=0.001)
        assert found.clip.y - found.trim.y == pytest.approx(part.window.y, abs=0.001)
    assert (done.sheets, done.cuts) == (13, 2 * 12 + 2)


def test_the_picture_is_the_same_on_both_sheets_where_they_overlap() -> None:
    finished = Size(770, 530)
    tiles = Tiles(finished)
    tiling = tile(tiles, A4)
    assert (tiling.columns, tiling.rows) == ((190, 380, 570), (270,))
    done = impose(pdf(1, finished, hatched), ImposeRequest(tiles, A4), FONTS)
    pixels = 4
    pages = {part: picture(done.pdf, at + 1, pixels) for at, part in enumerate(tiling.tiles)}

    def crop(part: Tile, shared: Rect) -> Image.Image:
        area = picture_area(tiling.paper, tiles.margins)
        left = area.x + shared.x - part.window.x
        top = tiling.paper.height - (area.top - (part.window.top - shared.top))
        box = (left, top, left + shared.width, top + shared.height)
        # Without the outermost pixel, in which a rasteriser blends the picture's edge with what lies beside it.
        inward = zip(box, (1, 1, -1, -1), strict=True)
        return pages[part].crop(tuple(round(side * pixels) + inner for side, inner in inward))

    compared = 0
    for one in tiling.tiles:
        for other in tiling.tiles:
            shared = one.window.within(other.window)
            if one is not other and shared.width > 1 and shared.height > 1:
                first, second = crop(one, shared), crop(other, shared)
                levels = ImageChops.difference(first, second).getextrema()
                assert max(high for _, high in levels) <= 2, "more than a rounded grey"
                assert len(first.getcolors(100_000)) > 20, "an empty overlap proves nothing"
                compared += 1
    assert compared == 2 * (6 + 4 + 6)


def test_the_first_page_tells_how_to_make_it(tmp_path: Path) -> None:
    done = impose(pdf(1, A1), ImposeRequest(Tiles(A1), A4), FONTS)
    words = text_of(done.pdf, tmp_path)
    assert "Plakplan: 12 vellen worden één poster" in words
    assert "100 %" in words
    assert "rij 2 van 4, kolom 2 van 3 · links A2 · rechts C2 · boven B1 · onder B3" in words
    assert words.count("100 mm") >= 12
    check_with_qpdf(done.pdf, tmp_path)


def test_instructions_know_a_single_row_and_a_single_column() -> None:
    assert any("maar één rij" in line for line in instructions(tile(Tiles(Size(560, 180)), A4)))
    assert any("één vel breed" in line for line in instructions(tile(Tiles(Size(180, 560)), A4)))


def test_possible_sizes_for_eight_sheets() -> None:
    found = possible_sizes(A1, A4, 8, Tiles(A1))
    assert found[0].sheets == 8
    assert found[0].size.width >= 700
    by_name = {made.size.name: made.sheets for made in found}
    assert any(abs(made.size.width - 594) < 1 for made in found), by_name
    for made in found:
        assert made.sheets <= 8
        assert 0 <= made.waste < 1
        assert len(tile(Tiles(made.size), A4).tiles) == made.sheets
        assert made.waste == pytest.approx(1 - made.size.width * made.size.height / (made.sheets * 210 * 297))


def test_paper_without_room_is_refused() -> None:
    with pytest.raises(RequestError, match="leave too little"):
        tile(Tiles(A1, Margins.all_round(50), 100), A4)
