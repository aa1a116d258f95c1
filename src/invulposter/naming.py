"""What the templates of a layout name, read from their text: what they don't name plays no part in their pages."""

from __future__ import annotations

import re
from pathlib import Path

from invulposter.workspace import lies_in

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
#: The name of a template that another one takes in; empty where it is computed, or one of several.
_TAKEN_IN = re.compile(
    r"""\{%[-+]?\s*(?:include|import|from|extends)\b\s*(?:["']([^"']*)["']\s*(?=[-+]?%|(?:import|as|with|without|ignore)\b))?"""
)


def named(layout: Path, word: re.Pattern[str]) -> bool:
    """Whether a template of the layout in this folder names `word`, or one that it takes in does.

    One that takes in a template by a name that is computed may do so.
    """
    return _named(layout, "page.html.j2", word, set())


def _named(layout: Path, template: str, word: re.Pattern[str], seen: set[str]) -> bool:
    if template in seen:
        return False
    seen.add(template)
    places = (base / template for base in (layout, layout.parent))
    found = next((path for path in places if lies_in(path, layout.parent) and path.is_file()), None)
    text = _COMMENT.sub("", found.read_text("utf-8", "replace")) if found else ""
    names = _TAKEN_IN.findall(text)
    if word.search(text) or "" in names:
        return True
    return any(_named(layout, name, word, seen) for name in names)
