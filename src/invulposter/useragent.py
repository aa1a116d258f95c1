"""The style sheet a typesetter brings along, without what a document has no use for.

WeasyPrint 70 gives each element the styles of its footnotes and notes, and each page sixteen margin boxes, whether they
are there or not: a tenth of the time that a deck of cards takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Rules that matter only where a document, or one of its style sheets, says a word: what they have in their selector.
_MATTERS = {
    r"::(?:foot)?note-|@footnote|@note-": re.compile(r"footnote|note-|\(\s*note"),
    r"@(?:top|right|bottom|left)-": re.compile(r"@(?:top|right|bottom|left)-", re.IGNORECASE),
    r"\[dir\b": re.compile(r"\bdir\b", re.IGNORECASE),
}
_RULES = {
    selector: re.compile(rf"^[^{{}}\n]*(?:{selector})[^{{}}\n]*\{{[^{{}}]*\}}", re.MULTILINE) for selector in _MATTERS
}


def without_unused(sheet: str, texts: Iterable[str]) -> str:
    """A typesetter's own style sheet for a document of these `texts`: its HTML, and the style sheets it has."""
    texts = tuple(texts)
    for selector, said in _MATTERS.items():
        if not any(map(said.search, texts)):
            sheet = _RULES[selector].sub("", sheet)
    return sheet
