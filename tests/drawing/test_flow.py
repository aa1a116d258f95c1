import itertools
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invulposter.drawing.flow import cloud, flow
from invulposter.drawing.type import Face, Typecase
from invulposter.workspace import built_in

FACE = Typecase(built_in() / "fonts")("Alegreya Sans", 500)
SIZES = (12, 9, 6)
TEXTS = st.lists(st.text("abcdefghij klmnop", min_size=1, max_size=300).map(str.strip).filter(bool), max_size=25)


@dataclass(frozen=True)
class Said:
    text: str
    count: int


@pytest.fixture
def face() -> Face:
    return FACE


def test_few_texts_are_large_and_many_are_small(face: Face) -> None:
    assert flow(["Een doel"], face, SIZES, 100, 50).size == 12
    assert flow(["Een doel dat wat langer is"] * 6, face, SIZES, 100, 100).size == 9


def test_columns_are_as_long_as_each_other(face: Face) -> None:
    found = flow(["kort"] * 6, face, (6,), 50, 200, columns=2)
    assert [one.column for one in found.items] == [0, 0, 0, 1, 1, 1]


def test_text_longer_than_a_column_goes_on_in_the_next(face: Face) -> None:
    found = flow(["woord " * 60], face, (6,), 50, 40, columns=9)
    assert not found.rest
    assert [one.first for one in found.items] == [True] + [False] * (len(found.items) - 1)
    assert len(found.items) > 1


@settings(max_examples=60)
@given(texts=TEXTS, columns=st.integers(1, 3), height=st.floats(8, 120))
def test_nothing_is_lost_and_nothing_sticks_out(texts: list[str], columns: int, height: float) -> None:
    found = flow(texts, FACE, SIZES, 60, height, columns)
    shown = [line for one in found.items for line in one.lines]
    letters = "".join([*shown, *found.rest]).replace("-", "").replace(" ", "").replace("\u00ad", "")
    assert letters == "".join(texts).replace(" ", "").replace("\u00ad", "")
    for one in found.items:
        assert one.column < columns
        assert one.top + len(one.lines) * found.size * 1.24 <= height + 1e-6
        assert all(FACE.width(line, found.size) <= 60 + 1e-6 for line in one.lines)


def test_words_said_more_often_are_larger(face: Face) -> None:
    found = cloud([Said("koffie", 9), Said("delen", 3), Said("tijd", 1)], face, (20, 5), 100, 60)
    sizes = {word.text: word.size for word in found.words}
    assert sizes["koffie"] > sizes["delen"] > sizes["tijd"] == 5


@settings(max_examples=40)
@given(counts=st.lists(st.integers(1, 900), max_size=90), number=st.sampled_from([0.0, 2.1]))
def test_a_cloud_stays_in_its_box_and_keeps_every_word(counts: list[int], number: float) -> None:
    words = [Said(f"woord-{index}" * (1 + index % 3), count) for index, count in enumerate(sorted(counts)[::-1])]
    found = cloud(words, FACE, (19, 5.2), 160, 70, number)
    shown = len(found.words)
    assert sorted(word.text for word in found.words) == sorted(one.text for one in words[:shown])
    assert found.rest == tuple(words[shown:])
    assert found.height <= 70
    for word in found.words:
        assert word.x >= 0
        assert word.x + FACE.width(word.text, word.size) <= 160


def test_rows_do_not_touch(face: Face) -> None:
    found = cloud([Said(f"woord{index}", 40 - index) for index in range(40)], face, (16, 5), 120, 90)
    baselines = sorted({word.baseline: word.size for word in found.words}.items())
    for (upper, _), (lower, size) in itertools.pairwise(baselines):
        assert lower - upper > size * 0.8
