import pytest
from hypothesis import given
from hypothesis import strategies as st

from invulposter.geometry import A_SIZES, Size, mm, parse_size, pt


@given(st.floats(-1e4, 1e4))
def test_points_and_millimetres_are_each_others_inverse(length: float) -> None:
    assert mm(pt(length)) == pytest.approx(length, abs=1e-9)


def test_an_inch_is_72_points() -> None:
    assert pt(25.4) == 72


@pytest.mark.parametrize("name", A_SIZES)
def test_a_paper_size_keeps_its_name_whichever_way_it_lies(name: str) -> None:
    size = parse_size(name)
    assert not size.landscape
    assert size.name == size.turned().name == name


def test_millimetres_lie_as_written() -> None:
    assert parse_size("105x74") == Size(105, 74)
    assert parse_size("105 × 74.5 mm") == Size(105, 74.5)
    assert parse_size("105x74").name == "A7"
    assert parse_size("105x75").name == "105x75"


@pytest.mark.parametrize("text", ["", "A9", "B4", "12", "105x", "5x5", "1x99999", "-3x40", "A4; rm"])
def test_what_is_no_size_is_refused_with_what_is_expected(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected A0 to A7|between 20 and 5000"):
        parse_size(text)


def test_scaling_fits_the_tighter_side() -> None:
    assert Size(841, 594).scale_to(Size(420, 297)) == pytest.approx(420 / 841)
    assert Size(100, 100).scale_to(Size(50, 200)) == 0.5


def test_like_turns_only_where_needed() -> None:
    landscape = Size(841, 594)
    assert parse_size("A3").like(landscape) == Size(420, 297)
    assert landscape.like(landscape) == landscape
