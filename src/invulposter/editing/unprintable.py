"""Characters that no typeface has: what they are typed in is refused, as nothing could be printed with it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any

from invulposter.drawing.printable import characters
from invulposter.editing.files import ContentFile
from invulposter.editing.forms import Path, describe, told
from invulposter.editing.mistakes import Mistake


def unprintable(file: ContentFile, data: Any, fonts: tuple[FilePath, ...]) -> tuple[Mistake, ...]:
    """A mistake for every text in a file's data with characters that none of the faces below `fonts` has."""
    form, known = describe(file.model), _known(fonts)
    return tuple(
        Mistake(path, told(form, path, data), _sentence(strange))
        for path, text in _texts(data, ())
        if (strange := _strange(text, known))
    )


def _sentence(strange: str) -> str:
    return f"Geen letter heeft {strange}: dat kan niet worden gedrukt. Haal het weg of schrijf het anders."


def _strange(text: str, known: frozenset[str]) -> str:
    """The characters of a text that nothing can print, each once; what only changes another is not told beside it."""
    composed = unicodedata.normalize("NFC", text)
    strange = [char for char in dict.fromkeys(composed) if char not in known and not char.isspace()]
    shown = [char for char in strange if unicodedata.category(char)[0] not in "CM"]
    return " ".join(shown or strange)


def _texts(data: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text in the data, with its path."""
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield from _texts(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _texts(value, (*path, index))


def _known(fonts: tuple[FilePath, ...]) -> frozenset[str]:
    # A soft hyphen is drawn by nothing: it tells where a word may be broken.
    return frozenset({"\u00ad"}).union(*(one for folder in fonts for one in characters(folder)))
