"""Many texts at once: quotes that flow through columns, and words sized by how often they were said.

What does not fit is given back, whole: a layout shows it on a next page.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from invulposter.drawing.type import Face


class Said(Protocol):
    """A word and how often it was said."""

    @property
    def text(self) -> str:
        """The word."""

    @property
    def count(self) -> int:
        """How often."""


@dataclass(frozen=True)
class Placed:
    """A text, or a part of one, in a column: its top in mm below the column's, and its lines.

    `first` is false for a part that goes on with a text of the column before.
    """

    column: int
    top: float
    lines: tuple[str, ...]
    first: bool = True


@dataclass(frozen=True)
class Flow:
    """Texts in columns: their size and the height they take (mm), and what did not fit."""

    size: float
    height: float
    items: tuple[Placed, ...]
    rest: tuple[str, ...]


@dataclass(frozen=True)
class Word:
    """A word of a cloud: its left edge and baseline (mm) in the cloud, its size, and how often it was said."""

    text: str
    count: int
    x: float
    baseline: float
    size: float


@dataclass(frozen=True)
class Cloud:
    """Words in rows, the height they take in mm, and what did not fit."""

    words: tuple[Word, ...]
    height: float
    rest: tuple[Said, ...]


def flow(
    texts: Sequence[str],
    face: Face,
    sizes: Sequence[float],
    width: float,
    height: float,
    columns: int = 1,
    leading: float = 1.24,
    gap: float = 0.7,
) -> Flow:
    """Let texts flow through `columns` of `width` x `height` mm at the first of `sizes` at which all fit.

    `leading` and the `gap` between texts are in em. Where all fit, the columns are about as long as each other.
    At the last size the rest is given back; a text that is longer than a column is broken between lines.
    """
    for size in sizes:
        found = _flow(texts, face, size, width, height, columns, leading, gap)
        if not found.rest and _narrow(found, face, width):
            shorter = (height * step / 32 for step in range(1, 32))
            tries = (_flow(texts, face, size, width, one, columns, leading, gap, whole=True) for one in shorter)
            return next((even for even in tries if not even.rest), found)
    return found


def cloud(
    words: Sequence[Said], face: Face, sizes: tuple[float, float], width: float, height: float, number: float = 0
) -> Cloud:
    """Set words, the most frequent first, in centred rows in a box of `width` x `height` mm, the largest in the middle.

    `sizes` are the largest and the smallest in mm; `number` is the room in mm for each figure of a count behind a
    word. First all words get smaller, then the rarest are given back.
    """
    most = words[0].count if words else 1
    count = len(words)
    while True:
        for share in (1, 0.92, 0.85, 0.78, 0.72, 0.66, 0.6, 0.55, 0.5):
            sized = [
                _sized(one, _word_size(one.count, most, sizes, share), face, width, number) for one in words[:count]
            ]
            found = _rows(sized, width)
            if found.height <= height:
                return replace(found, rest=tuple(words[count:]))
        count = count * 9 // 10


def _narrow(found: Flow, face: Face, width: float) -> bool:
    return all(face.width(line, found.size) <= width + 1e-6 for one in found.items for line in one.lines)


def _flow(
    texts: Sequence[str],
    face: Face,
    size: float,
    width: float,
    height: float,
    columns: int,
    leading: float,
    gap: float,
    whole: bool = False,
) -> Flow:
    """At one size; with `whole` a text longer than a column is not broken but given back."""
    pitch, between = size * leading, size * gap
    items: list[Placed] = []
    column, y, lowest = 0, 0.0, 0.0
    for index, text in enumerate(texts):
        lines = face.balance(text, size, width)
        first = True
        while lines:
            room = math.floor((height - y) / pitch + 1e-6)
            if len(lines) > room and y > 0:
                column, y = column + 1, 0.0
                continue
            if column == columns or room < 1 or (whole and len(lines) > room):
                return Flow(size, lowest, tuple(items), (" ".join(lines), *texts[index + 1 :]))
            items.append(Placed(column, y, tuple(lines[:room]), first))
            y += min(room, len(lines)) * pitch
            lowest = max(lowest, y)
            lines, first, y = lines[room:], False, y + between
    return Flow(size, lowest, tuple(items), ())


def _word_size(times: int, most: int, sizes: tuple[float, float], share: float) -> float:
    """The size goes with the count; where all are said as often, they are of a size between."""
    largest, smallest = sizes
    much = (times - 1) / (most - 1) if most > 1 else 0.45
    return smallest + (largest * share - smallest) * much


@dataclass(frozen=True)
class _Sized:
    """A word at its size, with what it takes in a row: itself, its number, and the room around it."""

    text: str
    count: int
    size: float
    across: float
    room: float


def _sized(one: Said, size: float, face: Face, width: float, number: float) -> _Sized:
    figures = (len(str(one.count)) + 0.5) * number if one.count > 1 else 0.0
    room = 3 + size * 0.35
    size = min(size, (width - figures - room) / face.width(one.text))
    return _Sized(one.text, one.count, size, face.width(one.text, size) + figures + room, room)


def _rows(words: Sequence[_Sized], width: float) -> Cloud:
    """Words by falling size in rows, the rows by turns below and above the first."""
    rows = list(_broken(words, width))
    placed: list[Word] = []
    y = 0.0
    for row in [*rows[2::2][::-1], *rows[:1], *rows[1::2]]:
        tallest = max(word.size for word in row)
        x = (width - sum(word.across for word in row)) / 2
        for word in row:
            placed.append(Word(word.text, word.count, x + word.room / 2, y + tallest * 0.9, word.size))
            x += word.across
        y += tallest * 1.16
    return Cloud(tuple(placed), y, ())


def _broken(words: Sequence[_Sized], width: float) -> Iterator[list[_Sized]]:
    row: list[_Sized] = []
    reached = 0.0
    for word in words:
        if row and reached + word.across > width + 1e-6:
            yield row
            row, reached = [], 0.0
        row.append(word)
        reached += word.across
    if row:
        yield row
