"""Whether a drawing can be drawn: it has to be XML, and without letters. Pure."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from xml.parsers import expat

#: What holds letters: a style's typefaces do not reach into a drawing, and nobody has it read aloud.
_LETTERED = frozenset({"text", "tspan", "textPath"})


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a drawing, and on which of its lines (from 1).

    `lettered` is its first element that holds letters; it is empty where the drawing is no XML, and `reason` says why.
    """

    line: int
    reason: str = ""
    lettered: str = ""


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
    return reader.lettered


class _Reader:
    """An XML parser that knows which elements are open, each with its line, and the first with letters."""

    def __init__(self) -> None:
        self.open: list[tuple[int, str]] = []
        self.lettered: Flaw | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, tag: str, _: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        self.open.append((self.parser.CurrentLineNumber, name))
        if name in _LETTERED and self.lettered is None:
            self.lettered = Flaw(self.parser.CurrentLineNumber, lettered=name)

    def _end(self, _: str) -> None:
        self.open.pop()
