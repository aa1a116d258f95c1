"""Breaking display text into lines: the fewest that fit, then as even as possible.

WeasyPrint 70 has no `text-wrap: balance`, and a size that fits must be known before the page is set.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyphen import Pyphen

SOFT_HYPHEN = "\u00ad"
_NARROWER = 1e-6

Measure = Callable[[str], float]


@dataclass(frozen=True)
class Piece:
    """A part of the text that stays whole: `glued` to the one before it, or after a space."""

    text: str
    width: float
    glued: bool = False


@dataclass(frozen=True)
class Line:
    """One line, with the hyphen it may end in, and its width."""

    text: str
    width: float


@lru_cache(maxsize=1)
def _dutch() -> "Pyphen":
    from pyphen import Pyphen  # noqa: PLC0415  reading its dictionary takes 30 ms and is seldom needed

    return Pyphen(lang="nl_NL", left=3, right=3)


def hyphenated(word: str) -> str:
    """Put soft hyphens where Dutch breaks a word; one that has them already keeps only those."""
    return word if SOFT_HYPHEN in word else str(_dutch().inserted(word, SOFT_HYPHEN))


def whole(text: str, measure: Measure) -> list[Piece]:
    """Words as pieces, their soft hyphens left out."""
    return [Piece(word, measure(word)) for word in text.replace(SOFT_HYPHEN, "").split(" ")]


def broken(text: str, measure: Measure, limit: float) -> list[Piece]:
    """Words as pieces; those wider than `limit` in parts, at their soft hyphens or else as Dutch breaks them."""
    pieces = []
    for word in text.split(" "):
        plain = word.replace(SOFT_HYPHEN, "")
        if measure(plain) <= limit:
            pieces.append(Piece(plain, measure(plain)))
        else:
            parts = hyphenated(word).split(SOFT_HYPHEN)
            pieces += [Piece(part, measure(part), i > 0) for i, part in enumerate(parts)]
    return pieces


def greedy(pieces: Sequence[Piece], limit: float, space: float, hyphen: float) -> list[Line]:
    """Fill each line as far as `limit`; a piece wider than that stands alone and sticks out."""
    lines: list[Line] = []
    text, width = "", 0.0
    for i, piece in enumerate(pieces):
        divisible = i + 1 < len(pieces) and pieces[i + 1].glued
        gap = 0 if piece.glued else space
        if text and width + gap + piece.width + (hyphen if divisible else 0) > limit:
            lines.append(Line(text + "-", width + hyphen) if piece.glued else Line(text, width))
            text, width = piece.text, piece.width
        else:
            text = f"{text}{'' if piece.glued or not text else ' '}{piece.text}"
            width = width + gap + piece.width if width else piece.width
    return [*lines, Line(text, width)]


def even(pieces: Sequence[Piece], limit: float, space: float, hyphen: float) -> list[Line]:
    """Break in as few lines as `limit` allows, then narrow the widest line as far as that number allows."""
    lines = greedy(pieces, limit, space, hyphen)
    while len(lines) > 1:
        widest = max(line.width for line in lines)
        narrower = greedy(pieces, widest - _NARROWER, space, hyphen)
        if len(narrower) > len(lines) or max(line.width for line in narrower) >= widest:
            break
        lines = narrower
    return lines
