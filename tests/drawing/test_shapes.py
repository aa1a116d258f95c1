import inspect
import math
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from invulposter.drawing import balloon as balloons
from invulposter.drawing import shapes
from invulposter.drawing.balloon import balloon
from invulposter.drawing.paper import paper, writing_lines
from invulposter.drawing.path import cut, mm

NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")

DRAWN = (
    (shapes.pebble, (50, 50, 40, 30)),
    (shapes.disc, (50, 50, 10)),
    (shapes.ring, (50, 50, 30)),
    (shapes.sheet, (10, 10, 80, 60)),
    (balloon, (10, 10, 100, 60, (0, 100))),
    (shapes.strip, (-3, 213, 250, 300)),
)


def nodes(path: str) -> list[tuple[float, float]]:
    """Where the pen is after each command; the kit's paths are absolute and use M, L, C, Q and A only."""
    found = []
    for command in re.findall(r"[MLCQA][^MLCQAZ]*", path):
        numbers = [float(number) for number in NUMBERS.findall(command)]
        found.append((numbers[-2], numbers[-1]))
    return found


def ascii_picture(path: str, columns: int, rows: int, step: float) -> str:
    """Show where a path's nodes lie, on a grid of `step` mm."""
    grid = [["."] * columns for _ in range(rows)]
    for x, y in nodes(path):
        grid[round(y / step)][round(x / step)] = "o"
    return "\n".join("".join(row) for row in grid)


@pytest.mark.parametrize(("shape", "measures"), DRAWN)
def test_a_seed_gives_one_shape(shape, measures):
    anew = inspect.unwrap(shape)
    assert shape(*measures, 4) == anew(*measures, 4) == anew(*measures, 4)
    assert shape(*measures, 4) != shape(*measures, 5)
    assert shape(*measures, 4).startswith("M")
    assert shape(*measures, 4).endswith("Z")


def test_points_may_be_lists_or_tuples_and_a_changed_list_is_another_shape():
    points = [[0, 0], [30, 5], [20, 40]]
    before = cut(points, seed=2)
    assert before == cut(tuple(map(tuple, points)), seed=2)
    points[1][0] = 35
    assert cut(points, seed=2) != before


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (shapes.disc(20, 20, 5, 3), "M16.63 23.69C15.66 22.77 15.05 21.52 15.05 20.18C1"),
        (shapes.sheet(0, 0, 40, 20, 2), "M5.58 1.13L20.89 -0.51L34.46 -1.02Q38.58 -1.33 39 2.4L3"),
    ],
)
def test_shapes_keep_the_cut_of_the_design(path, expected):
    assert path.startswith(expected)


def test_lengths_are_written_short():
    assert [mm(value) for value in (2, 2.5, 2.005, -0.001, 10, 100.10)] == [
        "2",
        "2.5",
        "2",
        "0",
        "10",
        "100.1",
    ]


@given(st.integers(0, 10**6), st.floats(1, 400))
def test_a_person_is_nearly_a_circle(seed, radius):
    for x, y in nodes(shapes.disc(0, 0, radius, seed)):
        assert abs(math.hypot(x, y) - radius) <= 0.016 * radius + 0.01


@given(st.integers(0, 10**6), st.floats(20, 800), st.floats(20, 800))
def test_a_sheet_stays_within_its_slack(seed, w, h):
    for x, y in nodes(shapes.sheet(0, 0, w, h, seed, slack=2)):
        assert -3 <= x <= w + 3
        assert -3 <= y <= h + 3


def test_a_sheet_goes_round_its_corners():
    assert ascii_picture(shapes.sheet(10, 10, 80, 40, 1), 11, 7, 10) == "\n".join(
        [
            "...........",
            ".o....o..o.",
            ".o.........",
            ".o.......o.",
            "...........",
            ".oo.o....o.",
            "...........",
        ]
    )


def test_the_thread_touches_every_point():
    points = [[0, 0], [10, 5], [20, 0], [30, 10]]
    assert nodes(shapes.thread(points)) == [tuple(point) for point in points]


def test_a_cut_touches_every_point_and_closes():
    points = [(0, 0), (10, 0), (10, 10), (0, 10)]
    assert nodes(cut(points, 3)) == [*points, (0, 0)]


def test_a_balloon_points_at_its_tip_from_the_side_nearest_to_it():
    path = balloon(20, 20, 100, 50, (60, 95), seed=2)
    assert "60 95Q" in path
    root = nodes(path)[0]
    assert root[1] == pytest.approx(70, abs=2)
    assert abs(root[0] - 60) < 12


@settings(max_examples=60)
@given(st.floats(10, 300), st.floats(10, 200), st.floats(-300, 600), st.floats(-300, 600))
def test_the_nearest_place_of_a_balloon_is_found_without_looking_everywhere(w, h, tx, ty):
    assume(not (0 <= tx <= w and 0 <= ty <= h))
    outline = balloons._Outline(0, 0, w, h, min(w, h) * 0.42, 1)
    found = balloons._nearest(outline.at, outline.length, (tx, ty))
    everywhere = (outline.at(outline.length * i / 1440) for i in range(1440))
    assert math.dist(outline.at(found), (tx, ty)) == pytest.approx(
        min(math.dist(p, (tx, ty)) for p in everywhere), abs=0.02
    )


def test_rounded_corners_are_quarter_circles_in_two_halves():
    path = shapes.orthogonal([(0, 0), (10, 0), (10, 10)], 4)
    assert path == "M0 0L6 0A4 4 0 0 1 8.83 1.17A4 4 0 0 1 10 4L10 10"


def test_a_corner_never_takes_more_than_half_of_a_short_part():
    assert shapes.orthogonal([(0, 0), (10, 0), (10, 4)], 4).startswith("M0 0L8 0A2 2 0 0 1")


def test_a_straight_point_is_no_corner():
    assert shapes.orthogonal([(0, 0), (5, 0), (10, 0)], 4) == "M0 0L5 0L10 0"


@pytest.mark.parametrize(("turn", "pieces"), [(45, 1), (90, 2), (-90, 2), (360, 8), (100, 3)])
def test_arcs_are_split_at_45_degrees(turn, pieces):
    path = shapes.arc(0, 0, 5, 0, turn)
    assert path.count("A") == pieces
    x, y = nodes(path)[-1]
    assert (x, y) == pytest.approx((5 * math.cos(math.radians(turn)), 5 * math.sin(math.radians(turn))), abs=0.01)


def test_a_pie_of_a_quarter_hour_ends_at_three_o_clock():
    assert nodes(shapes.pie(0, 0, 10, 0.25))[-1] == (10, 0)
    assert shapes.pie(0, 0, 10, 1).count("A") == 8


def test_a_tick_is_one_stroke():
    assert shapes.tick(0, 0, 10) == "M0 5.5Q2.2 7 3.6 9.5Q6 3.5 10.8 -0.5"


def test_writing_lines_start_in_a_dot():
    lines = writing_lines(10, 20, 50, 2, 8, "#123456")
    assert 'd="M12.42 28H60M12.42 36H60"' in lines
    assert lines.count("<circle") == 2
    assert "<circle" not in writing_lines(10, 20, 50, 2, 8, "#123456", dot=0)


def test_paper_stays_inside_a_style_attribute():
    declaration = paper("#EAF5F3", 2, 60, 36, stroke="#1F4A43")
    assert declaration.startswith("background:url('data:image/svg+xml,%3Csvg")
    assert '"' not in declaration
    assert declaration.count("'") == 2
