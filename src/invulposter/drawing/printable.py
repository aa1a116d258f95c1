"""What people typed, in the letters that the fonts have: one smiley must not keep a poster from being made."""

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import uharfbuzz as hb

from invulposter.drawing.type import faces

#: Words longer than this get places to break.
_LONGEST_WORD, _PIECE = 30, 10
_SOFT_HYPHEN = "\u00ad"


def printable(folder: Path) -> Callable[[str], str]:
    """A function that gives a text in characters that every face below `folder` has, and words that can be broken.

    Another letter becomes its compatible parts, else a question mark; any other sign is left out.
    """
    sets = characters(folder)
    known = frozenset.intersection(*sets) if sets else frozenset()

    def in_letters(text: str) -> str:
        composed = unicodedata.normalize("NFC", text)
        shown = "".join(char if char in known or char.isspace() else _instead(char, known) for char in composed)
        return "".join(_breakable(word) for word in _words(shown))

    return in_letters


@lru_cache(maxsize=8)
def characters(folder: Path) -> tuple[frozenset[str], ...]:
    """The characters of each face below a folder."""
    found = (hb.Face(hb.Blob.from_file_path(str(path))) for path in faces(folder).values())
    return tuple(frozenset(map(chr, face.unicodes)) for face in found)


def _instead(char: str, known: frozenset[str]) -> str:
    parts = unicodedata.normalize("NFKC", char)
    if all(part in known for part in parts):
        return parts
    return "?" if unicodedata.category(char).startswith("L") else ""


def _words(text: str) -> list[str]:
    """Words and what stands between them, in turn."""
    found: list[str] = []
    for char in text:
        if found and found[-1][-1].isspace() == char.isspace():
            found[-1] += char
        else:
            found.append(char)
    return found


def _breakable(word: str) -> str:
    if len(word) <= _LONGEST_WORD or word.isspace():
        return word
    return _SOFT_HYPHEN.join(word[start : start + _PIECE] for start in range(0, len(word), _PIECE))
