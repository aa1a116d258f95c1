"""Fonts: all of them in the file, and only those of the style."""

import re
from collections.abc import Iterator

from pypdf.generic import DictionaryObject

from invulposter.finish.objects import dictionary, entry, items
from invulposter.preflight.expectation import Expectation, Fault

_SUBSET = re.compile(r"^/?[A-Z]{6}\+")
_IN_FAMILY = re.compile(r"[\s_-]+")


def check_font(font: DictionaryObject, expect: Expectation | None) -> Iterator[Fault]:
    """Check one font of a page's resources (ISO 32000-1, 9.9)."""
    # A Type 3 font is drawn by the file itself.
    if entry(font, "/Subtype") == "/Type3":
        return
    name = _SUBSET.sub("", str(entry(font, "/BaseFont") or "")).removeprefix("/").replace("-", " ") or "?"
    if not _embedded(font):
        yield Fault(
            "font-not-embedded",
            f"Het lettertype '{name}' zit niet in het bestand, zodat elke printer een ander kan kiezen",
            "Sla het bestand op met alle lettertypen ingesloten.",
        )
    if expect and expect.fonts is not None and not _in_family(name, expect.fonts):
        yield Fault(
            "font-not-allowed",
            f"Het lettertype '{name}' hoort niet bij deze stijl",
            "Kies een van de lettertypen van de stijl.",
        )


def _embedded(font: DictionaryObject) -> bool:
    below = [item for _, item in items(font, "/DescendantFonts")] or [font]
    files = ("/FontFile", "/FontFile2", "/FontFile3")
    return all(any(entry(dictionary(one, "/FontDescriptor"), key) is not None for key in files) for one in below)


def _in_family(name: str, families: frozenset[str]) -> bool:
    bare = _IN_FAMILY.sub("", name).casefold()
    return any(bare.startswith(_IN_FAMILY.sub("", family).casefold()) for family in families)
