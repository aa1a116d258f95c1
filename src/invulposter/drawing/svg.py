"""Whether a drawing can be drawn: it has to be XML. Pure."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from xml.parsers import expat


@dataclass(frozen=True)
class Flaw:
    """Why a drawing is no XML, and on which of its lines (from 1)."""

    line: int
    reason: str


#: Documents, halves and editions show the same drawings.
@functools.lru_cache(maxsize=512)
def flaw(document: bytes) -> Flaw | None:
    """What is wrong with a whole SVG document, or None. Namespaces have to be right too.

    Expat opens nothing, and stops by itself at entities that grow without end.
    """
    reader = _Reader()
    try:
        reader.parser.Parse(document, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        if reason == expat.errors.XML_ERROR_TAG_MISMATCH and len(reader.open) > 1:
            line, name = reader.open[-1]
            return Flaw(line, f"<{name}> is not closed")
        return Flaw(error.lineno, reason)
    except (LookupError, ValueError) as error:
        # An encoding that expat can't read.
        return Flaw(1, str(error))
    return None


class _Reader:
    """An XML parser that knows which elements are open, each with its line."""

    def __init__(self) -> None:
        self.open: list[tuple[int, str]] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, tag: str, _: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        self.open.append((self.parser.CurrentLineNumber, name))

    def _end(self, _: str) -> None:
        self.open.pop()
