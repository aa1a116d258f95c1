"""From what a browser sends to the data of a file, and the steps that change a form's shape. Pure.

A value has the name of its path (`tips.0.kop`); a group that may be absent says with a mark that it is there.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from invulposter.editing.forms import TAG, Field, Kind, Path, at, named, path_of, value_at
from invulposter.library import Library
from invulposter.references import phase_ids, poster_ids
from invulposter.words import slug

#: Ends the name of the mark of a group or an item that is there.
MARK = "_"
_ABSENT = object()
_NUMBER = re.compile(r"-?\d{1,9}")
_LONGEST_ID = 60

Posted = Mapping[str, Sequence[str]]


def shown(field: Field, value: Any) -> str:
    """A single value as a form shows it."""
    if value is None:
        return ""
    if field.kind is Kind.LINES and isinstance(value, list):
        return "\n".join(map(str, value))
    if field.kind is Kind.NUMBERS and isinstance(value, list):
        return " ".join(map(str, value))
    return str(value)


def collect(form: Field, posted: Posted, data: Any, scope: Path = (), keys: Collection[str] | None = None) -> Any:
    """The data of a file as `data` with what was posted in it for the part at `scope`: of a group only these `keys`.

    What a browser can't send back as it was (line breaks in a short text) counts as unchanged.
    """
    field = at(form, scope, data)
    if keys is not None:
        field = replace(field, fields=tuple(inner for inner in field.fields if inner.key in keys))
    part = _value(field, scope, _Sent(posted), value_at(data, scope))
    return _with(data, scope, part)


def _with(data: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    result = copy.deepcopy(data)
    value_at(result, path[:-1])[path[-1]] = value
    return result


class _Sent:
    """What was posted, by name, and which items a list has."""

    def __init__(self, posted: Posted) -> None:
        self.posted = posted

    def text(self, path: Path) -> str | None:
        values = self.posted.get(named(path))
        return values[0].replace("\r\n", "\n").replace("\r", "\n") if values else None

    def texts(self, path: Path) -> list[str]:
        return list(self.posted.get(named(path), ()))

    def marked(self, path: Path) -> bool:
        return named((*path, MARK)) in self.posted

    def items(self, path: Path) -> list[int]:
        start = f"{named(path)}."
        parts = (name[len(start) :].split(".")[0] for name in self.posted if name.startswith(start))
        return sorted({int(part) for part in parts if part.isdecimal() and len(part) < 5})


def _value(field: Field, path: Path, sent: _Sent, old: Any) -> Any:
    match field.kind:
        case Kind.GROUP:
            return _group(field, path, sent, old if isinstance(old, Mapping) else {})
        case Kind.LIST:
            return _or_absent(field, list(_items(field, path, sent, old if isinstance(old, list) else [])), old)
        case Kind.TICK:
            return _or_absent(field, bool(sent.texts(path)), old)
        case Kind.PICKS:
            return _picks(sent.texts(path), old)
        case _:
            return _single(field, sent.text(path), old)


def _or_absent(field: Field, value: Any, old: Any) -> Any:
    """Leave out what the file did not say and is as it is by itself."""
    return _ABSENT if old is None and not field.required and value == field.default else value


def _group(field: Field, path: Path, sent: _Sent, old: Mapping[str, Any]) -> Any:
    values = {
        inner.key: _value(inner, (*path, inner.key), sent, old.get(inner.key))
        for inner in field.fields
        if inner.required or inner.kind is not Kind.GROUP or sent.marked((*path, inner.key))
    }
    unknown = {key: value for key, value in old.items() if field.field(key) is None}
    return {key: value for key, value in values.items() if value is not _ABSENT} | unknown


def _items(field: Field, path: Path, sent: _Sent, old: Sequence[Any]) -> Iterator[Any]:
    by_id = {item["id"]: item for item in old if isinstance(item, Mapping) and "id" in item}
    for index in sent.items(path):
        place = (*path, index)
        tag = sent.text((*place, TAG))
        was = by_id.get(sent.text((*place, "id")), old[index] if index < len(old) else None)
        if tag is not None and isinstance(was, Mapping) and was.get(TAG) not in (None, tag):
            was = None
        value = _value(field.variant({TAG: tag} if tag is not None else was), place, sent, was)
        if value is not _ABSENT:
            yield value


def _picks(chosen: Sequence[str], old: Any) -> Any:
    """The ids that were ticked, in the order that the file has them; none: the key is absent."""
    if not chosen:
        return _ABSENT
    before = [one for one in old if one in chosen] if isinstance(old, list) else []
    return [*before, *(one for one in dict.fromkeys(chosen) if one not in before)]


def _single(field: Field, text: str | None, old: Any) -> Any:
    if text is None:
        return _ABSENT if old is None else old
    if _same(field, text, shown(field, old)) and old is not None:
        return old
    text = text.strip()
    if not text:
        return "" if field.required and field.kind not in {Kind.LINES, Kind.NUMBERS} else _empty(field)
    if field.kind is Kind.LINES:
        return [line.strip() for line in text.split("\n") if line.strip()]
    if field.kind is Kind.NUMBERS:
        return [_number(part) for part in re.split(r"[\s,;/]+", text)]
    return _number(text) if field.kind is Kind.NUMBER else text


def _empty(field: Field) -> Any:
    return [] if field.required and field.kind is Kind.LINES else _ABSENT


def _number(text: str) -> int | str:
    return int(text) if _NUMBER.fullmatch(text) else text


def _same(field: Field, posted: str, before: str) -> bool:
    if field.kind in {Kind.LONG, Kind.MARKDOWN, Kind.LINES}:
        return posted.strip() == before.strip()
    return posted.split() == before.split()


def reshaped(form: Field, data: Any, step: str) -> tuple[Any, Path]:
    """The data after a step that changes the form's shape, and the path of what to look at next.

    Steps: `bij:tips` adds an item (`bij:onderdelen:kaart` of a variant), `weg:tips.2` removes one, `op:` and `neer:`
    move one, `maak:foto` and `zonder:foto` add and remove a group. Raises KeyError for any other.
    """
    action, _, rest = step.partition(":")
    name, _, tag = rest.partition(":")
    path = path_of(name)
    result = copy.deepcopy(data)
    if action == "bij":
        items = _list_at(form, result, path)
        items.append(empty(at(form, path, data), tag))
        return result, (*path, len(items) - 1)
    if action in {"maak", "zonder"} and path:
        group = at(form, path, data)
        holder = value_at(result, path[:-1])
        if group.kind is not Kind.GROUP or group.required or not isinstance(holder, dict):
            raise KeyError(step)
        holder.pop(str(path[-1]), None)
        if action == "maak":
            holder[str(path[-1])] = _empty_group(group)
        return result, path
    if action in {"weg", "op", "neer"} and len(path) > 1 and isinstance(path[-1], int):
        return result, _shifted(_list_at(form, result, path[:-1]), action, path)
    raise KeyError(step)


def _list_at(form: Field, data: Any, path: Path) -> list[Any]:
    field, items = at(form, path, data), value_at(data, path)
    if field.kind is not Kind.LIST or field.fixed:
        raise KeyError(named(path))
    if items is None:
        items = value_at(data, path[:-1])[path[-1]] = []
    if not isinstance(items, list):
        raise KeyError(named(path))
    return items


def _shifted(items: list[Any], action: str, path: Path) -> Path:
    index = int(path[-1])
    if not 0 <= index < len(items):
        raise KeyError(named(path))
    if action == "weg":
        del items[index]
        return (*path[:-1], min(index, len(items) - 1)) if items else path[:-1]
    other = index - 1 if action == "op" else index + 1
    if 0 <= other < len(items):
        items[index], items[other] = items[other], items[index]
        index = other
    return (*path[:-1], index)


def empty(field: Field, tag: str = "") -> Any:
    """A new item for a list: nothing filled in, its required groups there."""
    item = field.variant({TAG: tag})
    return _empty_group(item) if item.kind is Kind.GROUP else ""


def _empty_group(group: Field) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for inner in group.fields:
        if inner.key == TAG and group.tag:
            made[TAG] = group.tag
        elif inner.required:
            made[inner.key] = (
                _empty_group(inner)
                if inner.kind is Kind.GROUP
                else [empty(inner) for _ in range(inner.limits.least or 0)]
                if inner.kind is Kind.LIST
                else []
                if inner.kind is Kind.LINES
                else ""
            )
    return made


def with_ids(form: Field, data: Any, known: frozenset[str]) -> Any:
    """The data with an id for whatever was added without one: from its own words, and unlike all that are `known`."""
    result = copy.deepcopy(data)
    taken = set(known)
    own = data.get("id", "") if isinstance(data, Mapping) else ""
    for group, field, path in list(_groups(form, result, ())):
        place = field.field("id")
        if place is None or place.kind is not Kind.FIXED or group.get("id"):
            continue
        start = f"{own}-" if own and path else ""
        group["id"] = _free(start, _said(group) or _label(form, data, path), taken)
        taken.add(group["id"])
    return result


def known_ids(library: Library | None) -> frozenset[str]:
    """Every id that phases and poster have."""
    if library is None:
        return frozenset()
    own = (own for phase in library.phases for own, _ in phase_ids(phase))
    return frozenset((*own, *(one.rpartition(".")[2] for one, _ in poster_ids(library.poster))))


def _groups(field: Field, value: Any, path: Path) -> Iterator[tuple[dict[str, Any], Field, Path]]:
    if field.kind is Kind.GROUP and isinstance(value, dict):
        yield value, field, path
        for inner in field.fields:
            yield from _groups(inner, value.get(inner.key), (*path, inner.key))
    elif field.kind is Kind.LIST and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _groups(field.variant(item), item, (*path, index))


def _said(group: Mapping[str, Any]) -> str:
    texts = (group.get(key) for key in ("kop", "titel", "naam", "tekst"))
    return next((text for text in texts if isinstance(text, str) and text.strip()), "")


def _label(form: Field, data: Any, path: Path) -> str:
    return at(form, path, data).label or "nieuw"


def _free(start: str, words: str, taken: set[str]) -> str:
    bare = slug(words)
    base = "-".join((start + "-".join(bare.split("-")[:4])).split("-"))[: _LONGEST_ID - 4].strip("-") or "nieuw"
    return next(
        name for number in range(1, 10_000) if (name := base if number == 1 else f"{base}-{number}") not in taken
    )
