"""Breaking display text into lines: the fewest that fit, then as even as possible.

WeasyPrint 70 has no `text-wrap: balance`, and a size that fits must be known before the page is set.
"""

from collections.abc import Callable, Iterator, Sequence
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
    from pyphen import Pyphen

    return Pyphen(lang="nl_NL", left=3, right=3)


def _words(text: str) -> list[str]:
    """Split at spaces only: a no-break space keeps what it ties."""
    return [word for word in text.split(" ") if word]


def whole(text: str, measure: Measure) -> list[Piece]:
    """Words as pieces, their soft hyphens left out."""
    return [Piece(word, measure(word)) for word in _words(text.replace(SOFT_HYPHEN, ""))]


def _parts(word: str, measure: Measure, limit: float) -> Iterator[str]:
    """Parts of a word at its hyphens, soft or not; a part that is still wider than `limit` as Dutch breaks it."""
    for part in filter(None, word.replace("-", f"-{SOFT_HYPHEN}").split(SOFT_HYPHEN)):
        if measure(part) <= limit:
            yield part
        else:
            yield from str(_dutch().inserted(part, SOFT_HYPHEN)).split(SOFT_HYPHEN)


def broken(text: str, measure: Measure, limit: float) -> list[Piece]:
    """Words as pieces; those wider than `limit` in parts, so that a line can end in a hyphen."""
    pieces = []
    for word in _words(text):
        plain = word.replace(SOFT_HYPHEN, "")
        parts = [plain] if measure(plain) <= limit else _parts(word, measure, limit)
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
            hyphenated = piece.glued and not text.endswith("-")
            lines.append(Line(text + "-", width + hyphen) if hyphenated else Line(text, width))
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
