"""The style sheet a typesetter brings along, without what a document has no use for.

WeasyPrint 70 gives each element the styles of its footnotes and notes, and each page sixteen margin boxes, whether they
are there or not: a tenth of the time that typesetting takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

#: What rules have in their selector, and the words without which they don't matter, in lower case. A word in a text
#: counts too: the rules then stay for nothing.
_MATTERS = {
    r"::(?:foot)?note-|@footnote|@note-": ("note",),
    r"@(?:top|right|bottom|left)-": ("@top-", "@right-", "@bottom-", "@left-"),
    r"\[dir\b": ("dir=", "dir "),
}
#: More style sheets, which may say any of it.
_ELSEWHERE = ("@import", "<link")


def without_unused(sheet: str, texts: Iterable[str]) -> str:
    """A typesetter's own style sheet for a document of these `texts`: its HTML, and the style sheets it has."""
    said = "\n".join(texts).lower()
    if any(word in said for word in _ELSEWHERE):
        return sheet
    return _without(sheet, tuple(rules for rules, named in _MATTERS.items() if not any(word in said for word in named)))


@lru_cache(maxsize=8)
def _without(sheet: str, selectors: tuple[str, ...]) -> str:
    for selector in selectors:
        sheet = re.sub(rf"^[^{{}}\n]*(?:{selector})[^{{}}\n]*\{{[^{{}}]*\}}", "", sheet, flags=re.MULTILINE)
    return sheet
