"""Form fields: each with a name of its own and a description that is read aloud."""

from collections.abc import Iterator
from typing import Any

from pypdf.generic import DictionaryObject

from invulposter.edition import Edition
from invulposter.finish.objects import dictionary, entry, items
from invulposter.preflight.actions import check_actions
from invulposter.preflight.expectation import Expectation, Fault


def check_fields(catalog: DictionaryObject, expect: Expectation | None) -> Iterator[Fault]:
    """Check the fields of the file's form (ISO 32000-1, 12.7; tooltips: ISO 14289-1, 7.18.1)."""
    names: set[str] = set()
    fields = list(_fields(dictionary(catalog, "/AcroForm"), "/Fields", "", set()))
    if fields and expect and expect.edition is not Edition.SCREEN:
        yield Fault(
            "fields-on-paper",
            "Er staan invulvelden in die op papier niet werken",
            "Maak de velden plat voordat het bestand wordt afgedrukt.",
        )
    for name, field in fields:
        yield from check_actions(field, ("/A",))
        if not name:
            yield Fault("field-name", "Een invulveld heeft geen naam", "Geef elk invulveld een eigen naam.")
        elif name in names:
            yield Fault(
                "field-name",
                f"Twee invulvelden heten '{name}', zodat wie het ene invult ook het andere vult",
                "Geef elk invulveld een eigen naam.",
            )
        names.add(name)
        if not str(entry(field, "/TU") or "").strip():
            yield Fault(
                "field-tooltip",
                f"Het invulveld '{name}' heeft geen omschrijving die een voorleesprogramma kan noemen",
                "Zet een bijschrift bij het veld.",
            )


def _fields(parent: Any, key: str, prefix: str, seen: set[int]) -> Iterator[tuple[str, DictionaryObject]]:
    """Give the fields that hold a value, with full names; the widgets of one field are no fields."""
    for _, field in items(parent, key):
        if not isinstance(field, DictionaryObject) or id(field) in seen:
            continue
        seen.add(id(field))
        own = entry(field, "/T")
        name = ".".join(part for part in (prefix, str(own or "")) if part)
        if any(entry(kid, "/T") is not None for _, kid in items(field, "/Kids")):
            yield from _fields(field, "/Kids", name, seen)
        else:
            yield name, field
