"""What a form asks, from the schema of a model: pure. Labels and help are the schema's titles and descriptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import BaseModel

#: A path of keys and indexes in the data of a file.
Path = tuple[str | int, ...]


class Kind(StrEnum):
    """How a value is asked for."""

    SHORT = "short"
    LONG = "long"
    MARKDOWN = "markdown"
    LINK = "link"
    EMAIL = "email"
    NUMBER = "number"
    NUMBERS = "numbers"
    TICK = "tick"
    COLOUR = "colour"
    DATE = "date"
    CHOICE = "choice"
    PICKS = "picks"
    LINES = "lines"
    FIXED = "fixed"
    LIST = "list"
    GROUP = "group"


@dataclass(frozen=True)
class Limits:
    """How long a text, how large a number, how many items may be at least and at most; None: no limit."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Field:
    """One thing a form asks.

    `key` is its key in the file. A group has `fields`; a list has `variants`, the groups or the single field that its
    items may be; a choice takes its `choices` from what `source` names: tips, questions, networks, styles.
    """

    key: str
    label: str
    kind: Kind
    help: str = ""
    required: bool = True
    limits: Limits = Limits()
    fields: tuple[Field, ...] = ()
    variants: tuple[Field, ...] = ()
    source: str = ""
    default: Any = None
    #: Whether a list keeps the items it has.
    fixed: bool = False
    #: The value of `key` by which a variant is known among others.
    tag: str = ""

    def field(self, key: str) -> Field | None:
        """The field of a group with this key."""
        return next((one for one in self.fields if one.key == key), None)

    def variant(self, item: Any) -> Field:
        """Which of a list's variants an item is: by its tag, else the first."""
        tagged = (one for one in self.variants if one.tag and isinstance(item, Mapping) and item.get(TAG) == one.tag)
        return next(tagged, self.variants[0])


#: The key that tells which variant an item is.
TAG = "soort"
_FORMATS = {
    "paragraph": Kind.LONG,
    "markdown": Kind.MARKDOWN,
    "link": Kind.LINK,
    "email": Kind.EMAIL,
    "colour": Kind.COLOUR,
    "date": Kind.DATE,
    "logo": Kind.FIXED,
}
_TYPES = {
    "object": Kind.GROUP,
    "array": Kind.LIST,
    "integer": Kind.NUMBER,
    "number": Kind.NUMBER,
    "boolean": Kind.TICK,
}
#: Formats of ids of what stands in other files.
SOURCES = frozenset({"tip", "question", "network", "style"})


@cache
def describe(model: type[BaseModel]) -> Field:
    """The form of a model: a group of everything its file may hold, in the model's order."""
    schema = model.model_json_schema(by_alias=True)
    return _described("", {**schema, "title": schema.get("title", "")}, schema.get("$defs", {}), required=True)


def _described(key: str, schema: Mapping[str, Any], definitions: Mapping[str, Any], *, required: bool) -> Field:
    """The field of one property; what the property itself says goes before what it refers to."""
    found = _resolved(schema, definitions)
    said = {name: schema.get(name) or found.get(name, "") for name in ("title", "description")}
    # The description of what is referred to explains the model to programmers.
    help_text = schema.get("description", "") if found is not schema else said["description"]
    base = Field(
        key, said["title"] or key, Kind.SHORT, help_text, required, _limits(found), default=found.get("default")
    )
    base = replace(base, default=schema.get("default", base.default))
    kind = _kind(key, found)
    if kind is Kind.GROUP:
        return replace(base, kind=kind, fields=tuple(_properties(found, definitions)), tag=_tag(found))
    if kind is Kind.LIST:
        return _array(base, found, definitions)
    if kind is Kind.TICK:
        return replace(base, kind=kind, required=False)
    source = found["format"] if kind is Kind.CHOICE else ""
    return replace(base, kind=kind, source=source, default=found.get("const", base.default))


def _kind(key: str, schema: Mapping[str, Any]) -> Kind:
    form = schema.get("format", "")
    if (key == "id" and form not in SOURCES) or "const" in schema:
        return Kind.FIXED
    if form in SOURCES:
        return Kind.CHOICE
    return _TYPES.get(schema.get("type", ""), _FORMATS.get(form, Kind.SHORT))


def _resolved(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow a reference, and see through `or nothing`."""
    if "$ref" in schema:
        found: Mapping[str, Any] = definitions[schema["$ref"].rsplit("/", 1)[-1]]
        return found
    options = [option for option in schema.get("anyOf", ()) if option.get("type") != "null"]
    return _resolved(options[0], definitions) if len(options) == 1 else schema


def _limits(schema: Mapping[str, Any]) -> Limits:
    least = next((schema[name] for name in ("minLength", "minimum", "minItems") if name in schema), None)
    most = next((schema[name] for name in ("maxLength", "maximum", "maxItems") if name in schema), None)
    return Limits(least, most)


def _properties(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Iterator[Field]:
    required = set(schema.get("required", ()))
    for key, one in schema.get("properties", {}).items():
        yield _described(key, one, definitions, required=key in required)


def _tag(schema: Mapping[str, Any]) -> str:
    return str(schema.get("properties", {}).get(TAG, {}).get("const", ""))


def _array(base: Field, schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Field:
    if "prefixItems" in schema:
        return replace(base, kind=Kind.NUMBERS)
    items = schema.get("items", {})
    variants = tuple(_described("", one, definitions, required=True) for one in items.get("oneOf", (items,)))
    if variants[0].source == "network":
        return replace(base, kind=Kind.PICKS, source="network")
    if variants[0].kind in {Kind.SHORT, Kind.LONG}:
        return replace(base, kind=Kind.LINES, variants=variants)
    return replace(base, kind=Kind.LIST, variants=variants, fixed=schema.get("format") == "fixed")


def at(form: Field, path: Path, data: Any) -> Field:
    """The field that asks for the value at `path`, `data` being the whole form's.

    Raises KeyError where there is none.
    """
    for part in path:
        if isinstance(part, int):
            data = data[part] if isinstance(data, list) and 0 <= part < len(data) else None
            form = form.variant(data) if form.variants else form
        else:
            data = data.get(part) if isinstance(data, Mapping) else None
            inner = form.field(part)
            if inner is None:
                raise KeyError(part)
            form = inner
    return form


def value_at(data: Any, path: Path) -> Any:
    """The value at a path in plain data; None where there is none."""
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def named(path: Path) -> str:
    """A path as the name of a form field: `tips.0.kop`."""
    return ".".join(map(str, path))


def path_of(name: str) -> Path:
    """The path that a form field's name stands for."""
    return tuple(int(part) if part.isdecimal() else part for part in name.split(".") if part)


def told(form: Field, path: Path, data: Any) -> str:
    """How people call the place of a value: `Tips 2 › Kop`."""
    labels: list[str] = []
    for length, part in enumerate(path, 1):
        if isinstance(part, int):
            labels[-1:] = [f"{labels[-1] if labels else ''} {part + 1}".strip()]
            continue
        try:
            labels.append(at(form, path[:length], data).label)
        except KeyError:
            labels.append(part)
    return " › ".join(labels)


def leaves(form: Field, data: Any, path: Path = ()) -> Iterator[tuple[Path, Field, Any]]:
    """Every single value in the data with its path and field, in the order of the form."""
    if form.kind is Kind.GROUP and isinstance(data, Mapping):
        for inner in form.fields:
            if data.get(inner.key) is not None:
                yield from leaves(inner, data[inner.key], (*path, inner.key))
    elif form.kind in {Kind.LIST, Kind.LINES} and isinstance(data, list):
        for index, item in enumerate(data):
            yield from leaves(form.variant(item), item, (*path, index))
    else:
        yield path, form, data
