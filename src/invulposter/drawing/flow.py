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
        if not found.rest:
            shorter = (height * step / 16 for step in range(1, 16))
            tries = (_flow(texts, face, size, width, one, columns, leading, gap, whole=True) for one in shorter)
            return next((even for even in tries if not even.rest), found)
    return found


def cloud(words: Sequence[Said], face: Face, sizes: tuple[float, float], width: float, height: float) -> Cloud:
    """Set words, the most frequent first, in centred rows in a box of `width` x `height` mm, in alphabetical order.

    `sizes` are the largest and the smallest in mm. First all words get smaller, then the rarest are given back.
    """
    most = words[0].count if words else 1
    count = len(words)
    while True:
        for share in (1, 0.9, 0.8, 0.7, 0.6, 0.5):
            sized = [
                (
                    one.text,
                    one.count,
                    min(_word_size(one.count, most, sizes, share), width / _across(one.text, 1, face)),
                )
                for one in words[:count]
            ]
            found = _rows(sorted(sized, key=lambda word: word[0].casefold()), face, width)
            if found.height <= height:
                return replace(found, rest=tuple(words[count:]))
        count = count * 9 // 10


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
    """The size goes with the root of the count, so that the area of a word goes with the count."""
    largest, smallest = sizes
    much = math.sqrt((times - 1) / (most - 1)) if most > 1 else 0.45
    return smallest + (largest * share - smallest) * much


def _rows(words: Sequence[tuple[str, int, float]], face: Face, width: float) -> Cloud:
    placed: list[Word] = []
    y = 0.0
    for row in _broken(words, face, width):
        tallest = max(size for _, _, size in row)
        widths = [_across(text, size, face) for text, _, size in row]
        x = (width - sum(widths)) / 2
        for (text, times, size), across in zip(row, widths, strict=True):
            placed.append(Word(text, times, x + across * 0.5 - face.width(text, size) / 2, y + tallest * 0.95, size))
            x += across
        y += tallest * 1.22
    return Cloud(tuple(placed), y, ())


def _broken(
    words: Sequence[tuple[str, int, float]], face: Face, width: float
) -> Iterator[list[tuple[str, int, float]]]:
    row: list[tuple[str, int, float]] = []
    reached = 0.0
    for word in words:
        across = _across(word[0], word[2], face)
        if row and reached + across > width:
            yield row
            row, reached = [], 0.0
        row.append(word)
        reached += across
    if row:
        yield row


def _across(text: str, size: float, face: Face) -> float:
    """What a word takes in a row: its width and the room around it."""
    return face.width(text, size) + 3 + size * 0.35
