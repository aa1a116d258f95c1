"""Halves that were typeset before come back, as they were, to whoever makes them from the same."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from invulposter.cache import Cache
from invulposter.kept import Half, Kept

TEXTS: list[list[Any]] = [
    [["Wie is er?", [10.25, 20.125, 80.1, 1 / 3], None, 1, "", 13.333333]],
    [],
    [["Schuin", [0.0, 1.0, 2.0, 3.0], [[0.9, -0.1, 0.0], [0.1, 0.9, 0.0], [5.5, 6.5, 1.0]], 2, "a.yaml:3", 8.0]],
]
HALF = Half(b"%PDF-1.7 half", (), TEXTS, [[], [["naam", [1.0, 2.5, 40.0, 12.0]]]], free=True)


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(Cache(tmp_path), "program 1")


def test_the_same_parts_give_the_same_half(kept: Kept) -> None:
    kept.put(HALF, "tagged", "<p>", b"picture")
    assert kept.get("tagged", "<p>", b"picture") == HALF


@pytest.mark.parametrize("parts", [("tagged", "<b>"), ("tagged<p>",), ("<p>", "tagged"), ("tagged", "<p>", "")])
def test_other_parts_give_nothing(kept: Kept, parts: tuple[str, ...]) -> None:
    kept.put(HALF, "tagged", "<p>")
    assert kept.get(*parts) is None


def test_another_program_finds_nothing(kept: Kept) -> None:
    kept.put(HALF, "tagged")
    assert replace(kept, program="program 2").get("tagged") is None
    assert kept.get("tagged") == HALF


@pytest.mark.parametrize("length", [0, 200, -40])
def test_a_damaged_entry_is_absent_and_is_replaced(kept: Kept, length: int, tmp_path: Path) -> None:
    kept.put(HALF, "tagged")
    (entry,) = tmp_path.glob("*/*.zip")
    entry.write_bytes(entry.read_bytes()[:length])
    assert kept.get("tagged") is None
    kept.put(HALF, "tagged")
    assert kept.get("tagged") == HALF


def test_a_file_that_changed_on_disk_is_absent(kept: Kept, tmp_path: Path) -> None:
    kept.put(HALF, "tagged")
    (entry,) = tmp_path.glob("*/*.zip")
    entry.write_bytes(entry.read_bytes().replace(b"%PDF-1.7 half", b"%PDF-1.7 calf"))
    assert kept.get("tagged") is None
