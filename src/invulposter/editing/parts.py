"""The parts in which a file is edited: a long one is a page for each, as its model has them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from invulposter.editing.forms import Field, Kind, Path, named, value_at

#: A group of so many fields gets a page of its own, where a file has more than one of them.
_LARGE = 4


@dataclass(frozen=True)
class Part:
    """A part of a file: the path of its group and, where it is what is left of a group, the keys that it has."""

    path: Path
    title: str
    keys: tuple[str, ...] | None = None

    @property
    def name(self) -> str:
        """Its name in an address; empty for what is left."""
        return named(self.path)


def parts_of(form: Field, data: Any) -> tuple[Part, ...]:
    """The parts of a file: one for each item of a list that keeps its items and each large group, and what is left."""
    own = [part for field in form.fields for part in _own_parts(field, data)]
    if len(own) < 2:
        return (Part((), form.label),)
    apart = {part.path[0] for part in own}
    rest = tuple(field.key for field in form.fields if field.key not in apart)
    return (Part((), "Titel en voorkant", rest), *own)


def part_named(form: Field, data: Any, name: str) -> Part | None:
    """The part with this name in an address; None where there is none."""
    return next((part for part in parts_of(form, data) if part.name == name), None)


def _own_parts(field: Field, data: Any) -> Iterator[Part]:
    value = value_at(data, (field.key,))
    if field.fixed and isinstance(value, list):
        for index, item in enumerate(value):
            said = item.get("titel") if isinstance(item, dict) else None
            title = f"{field.variant(item).label} {index + 1}" + (f": {said}" if said else "")
            yield Part((field.key, index), title)
    elif field.kind is Kind.GROUP and field.required and len(field.fields) >= _LARGE:
        yield Part((field.key,), field.label)
