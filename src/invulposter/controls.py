"""Form elements in a page: all of them are the kit's, and each stands there once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

_CONTROL = re.compile(
    r"""<!--.*?-->|<(?P<kind>input|select|textarea|button|form)\b(?:[^>"']++|"[^"]*"|'[^']*')*+>""",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True)
class Mistake:
    """What is wrong with a page's form elements, and the text by which its place in a template is found."""

    sentence: str
    sign: str


def control_mistake(html: str, written: Mapping[str, str]) -> Mistake | None:
    """The first thing wrong with the form elements of a page, None where nothing is.

    `written` are the opening tags that the kit wrote, by the names of their fields. WeasyPrint makes a field of any
    other element, or stumbles over it, and no declaration tells what it asks.
    """
    found = [tag for tag in _CONTROL.finditer(html) if tag["kind"]]
    kits = set(written.values())
    for tag in found:
        if tag[0] not in kits:
            kind = tag["kind"].lower()
            return Mistake(f"<{kind}> is no writing area: use write, cell, person or tickbox", f"<{kind}")
    times = Counter(tag[0] for tag in found)
    for name, tag_of_kit in written.items():
        if times[tag_of_kit] > 1:
            return Mistake(f"writing area '{name}' stands on the page twice: declare each where it is shown", name)
        if not times[tag_of_kit]:
            return Mistake(f"writing area '{name}' is not on the page: show what declares it", name)
    return None
