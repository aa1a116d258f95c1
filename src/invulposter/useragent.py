"""The style sheet a typesetter brings along, without what a document has no use for.

WeasyPrint 70 gives each element the styles of its footnotes and notes, and each page sixteen margin boxes, whether they
are there or not: a tenth of the time that typesetting takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

#: Rules that matter only where a document, or one of its style sheets, says a word: what they have in their selector.
_MATTERS = {
    r"::(?:foot)?note-|@footnote|@note-": re.compile(r"footnote|note-|\(\s*note", re.IGNORECASE),
    r"@(?:top|right|bottom|left)-": re.compile(r"@(?:top|right|bottom|left)-", re.IGNORECASE),
    r"\[dir\b": re.compile(r"\bdir\b", re.IGNORECASE),
}
#: More style sheets, which may say any of it.
_ELSEWHERE = re.compile(r"@import|<link\b", re.IGNORECASE)
_RULES = {
    selector: re.compile(rf"^[^{{}}\n]*(?:{selector})[^{{}}\n]*\{{[^{{}}]*\}}", re.MULTILINE) for selector in _MATTERS
}


def without_unused(sheet: str, texts: Iterable[str]) -> str:
    """A typesetter's own style sheet for a document of these `texts`: its HTML, and the style sheets it has."""
    texts = tuple(texts)
    if any(map(_ELSEWHERE.search, texts)):
        return sheet
    return _without(sheet, tuple(rules for rules, said in _MATTERS.items() if not any(map(said.search, texts))))


@lru_cache(maxsize=8)
def _without(sheet: str, selectors: tuple[str, ...]) -> str:
    for selector in selectors:
        sheet = _RULES[selector].sub("", sheet)
    return sheet
