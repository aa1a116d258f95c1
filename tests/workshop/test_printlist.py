"""The values that a print list shows."""

import datetime

import pytest

from invulposter.printlist import Workshop


@pytest.mark.parametrize(
    ("minute", "clock"), [(0, "13.30"), (10, "13.40"), (90, "15.00"), (635, "0.05"), (24 * 60, "13.30")]
)
def test_minutes_after_the_start_are_a_time_of_day(minute: int, clock: str) -> None:
    assert Workshop(24, 6, start=datetime.time(13, 30)).clock(minute) == clock


def test_without_a_start_there_is_no_time() -> None:
    assert Workshop(24, 6).clock(10) == ""


@pytest.mark.parametrize(("people", "groups", "largest"), [(24, 6, 4), (25, 6, 5), (5, 5, 1), (7, 1, 7)])
def test_the_largest_group_sets_the_size(people: int, groups: int, largest: int) -> None:
    assert Workshop(people, groups).group_size == largest
