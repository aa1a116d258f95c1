"""A form as its template draws it: every field with its name, value, choices and what is wrong with it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from invulposter.editing.forms import TAG, Field, Kind, Path, named
from invulposter.editing.mistakes import Mistake
from invulposter.editing.parts import Part
from invulposter.editing.posted import shown
from invulposter.library import Library

#: What a heading of an item says of it: the first of these that it has.
_SAYING = ("kop", "titel", "naam", "label", "tekst", "datum", "id")
#: Rows of a text area for each kind.
_ROWS = {Kind.LONG: 3, Kind.MARKDOWN: 8, Kind.LINES: 4}


@dataclass(frozen=True)
class Option:
    """One thing to choose; `group` is the heading it stands under."""

    value: str
    label: str
    group: str = ""


@dataclass(frozen=True)
class Node:
    """A field with its value. `children` are the fields of a group, the items of a list."""

    field: Field
    path: Path
    value: str = ""
    ticked: bool = False
    there: bool = True
    options: tuple[Option, ...] = ()
    chosen: tuple[str, ...] = ()
    children: tuple[Node, ...] = ()
    mistakes: tuple[str, ...] = ()
    title: str = ""
    place: int = 0
    of: int = 0

    @property
    def name(self) -> str:
        """Its name in what is posted."""
        return named(self.path)

    @property
    def id(self) -> str:
        """Its id in the page."""
        return f"v-{self.name.replace('.', '-')}" if self.path else "v"

    @property
    def rows(self) -> int:
        """The rows that its text takes, some more to go on."""
        lines = sum(len(line) // 60 + 1 for line in self.value.split("\n"))
        return max(_ROWS.get(self.field.kind, 3), min(lines + 1, 14))

    @property
    def groups(self) -> tuple[str, ...]:
        """The headings of its options, in their order."""
        return tuple(dict.fromkeys(option.group for option in self.options))


@dataclass(frozen=True)
class Choices:
    """What can be chosen, by what a field's `source` names."""

    by_source: Mapping[str, tuple[Option, ...]]

    @classmethod
    def of(cls, library: Library | None) -> Choices:
        """The choices that a library gives; without one there are none but what is chosen already."""
        if library is None:
            return cls({})
        return cls(
            {
                "tip": tuple(Option(tip.id, tip.heading, one.name) for one in library.phases for tip in one.tips),
                "question": tuple(
                    Option(asked.id, asked.text, one.name) for one in library.phases for asked in one.questions
                ),
                "network": tuple(Option(key, network.name) for key, network in library.networks.items()),
                "style": tuple(Option(style, style.capitalize()) for style in library.styles),
            }
        )

    def for_field(self, field: Field, value: Any) -> tuple[Option, ...]:
        """The choices of a field; what is chosen and does not exist any more stands among them."""
        known = self.by_source.get(field.source, ())
        chosen = value if isinstance(value, list) else [value]
        lost = [
            Option(str(one), f"{one} (bestaat niet meer)")
            for one in chosen
            if one and all(one != option.value for option in known)
        ]
        return (*known, *lost)


@dataclass(frozen=True)
class _Drawing:
    choices: Choices
    mistakes: Mapping[Path, tuple[str, ...]]

    def node(self, field: Field, value: Any, path: Path) -> Node:
        found = self.mistakes.get(path, ())
        match field.kind:
            case Kind.GROUP:
                there = isinstance(value, Mapping)
                inside = value if there else {}
                children = (
                    tuple(self.node(one, inside.get(one.key), (*path, one.key)) for one in field.fields)
                    if there or field.required
                    else ()
                )
                return Node(field, path, there=there or field.required, children=children, mistakes=found)
            case Kind.LIST:
                items = value if isinstance(value, list) else []
                return Node(field, path, children=tuple(self._items(field, items, path)), mistakes=found)
            case Kind.TICK:
                return Node(field, path, ticked=bool(value), mistakes=found)
            case Kind.CHOICE | Kind.PICKS:
                chosen = tuple(map(str, value)) if isinstance(value, list) else (str(value or ""),)
                return Node(field, path, options=self.choices.for_field(field, value), chosen=chosen, mistakes=found)
            case _:
                lines = [
                    f"Regel {index + 1}: {said}"
                    for index in range(len(value) if isinstance(value, list) else 0)
                    for said in self.mistakes.get((*path, index), ())
                ]
                return Node(field, path, value=shown(field, value), mistakes=(*found, *lines))

    def _items(self, field: Field, items: Sequence[Any], path: Path) -> Iterator[Node]:
        for index, item in enumerate(items):
            variant = field.variant(item)
            made = self.node(variant, item, (*path, index))
            yield Node(
                **(
                    made.__dict__
                    | {"title": self._title(field, variant, item, index), "place": index, "of": len(items)}
                )
            )

    def _title(self, field: Field, variant: Field, item: Any, index: int) -> str:
        """What an item is called: its kind and number, and the first thing it says."""
        said = next((item[key] for key in _SAYING if item.get(key)), "") if isinstance(item, Mapping) else ""
        for inner in variant.fields:
            if inner.kind is Kind.CHOICE and isinstance(item, Mapping) and item.get(inner.key) == said:
                said = next((one.label for one in self.choices.for_field(inner, said) if one.value == said), said)
        number = f"{variant.label or field.label} {index + 1}"
        short = said if len(str(said)) <= 44 else f"{str(said)[:44].rsplit(' ', 1)[0]}…"
        return f"{number}: {short}" if said else number


def draw(form: Field, data: Any, part: Part, choices: Choices, mistakes: Sequence[Mistake]) -> tuple[Node, ...]:
    """The fields of one part of a form, filled with the data."""
    from invulposter.editing.forms import at, value_at

    by_path: dict[Path, tuple[str, ...]] = {}
    for mistake in mistakes:
        by_path[mistake.path] = (*by_path.get(mistake.path, ()), mistake.message)
    node = _Drawing(choices, by_path).node(at(form, part.path, data), value_at(data, part.path), part.path)
    hidden = {"id", TAG}
    return tuple(
        child
        for child in node.children
        if part.keys is None or child.field.key in part.keys or child.field.key in hidden
    )


def anchor(mistake: Mistake, nodes: Sequence[Node]) -> str:
    """The id of the field that a mistake belongs to: the field itself, or the nearest around it."""
    names = {node.path: node.id for node in every(nodes)}
    path = mistake.path
    while path and path not in names:
        path = path[:-1]
    return names.get(path, "formulier")


def every(nodes: Sequence[Node]) -> Iterator[Node]:
    """Every node and what is in it."""
    for node in nodes:
        yield node
        yield from every(node.children)
