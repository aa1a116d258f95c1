"""Fonts: all of them in the file."""

import re
from collections.abc import Iterator

from pypdf.generic import DictionaryObject

from invulposter.finish.objects import dictionary, entry, items
from invulposter.preflight.expectation import Fault

_SUBSET = re.compile(r"^/?[A-Z]{6}\+")


def check_font(font: DictionaryObject) -> Iterator[Fault]:
    """Check one font of a page's resources (ISO 32000-1, 9.9)."""
    # A Type 3 font is drawn by the file itself.
    if entry(font, "/Subtype") == "/Type3":
        return
    if not _embedded(font):
        name = _SUBSET.sub("", str(entry(font, "/BaseFont") or "")).removeprefix("/").replace("-", " ") or "?"
        yield Fault(
            "font-not-embedded",
            f"Het lettertype '{name}' zit niet in het bestand, zodat elke printer een ander kan kiezen",
            "Sla het bestand op met alle lettertypen ingesloten.",
        )


def _embedded(font: DictionaryObject) -> bool:
    below = [item for _, item in items(font, "/DescendantFonts")] or [font]
    files = ("/FontFile", "/FontFile2", "/FontFile3")
    return all(any(entry(dictionary(one, "/FontDescriptor"), key) is not None for key in files) for one in below)
