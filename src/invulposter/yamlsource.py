"""YAML 1.2 with the place of every value: text in, plain data and positions out.

The files are written by hand, so a mistake has to be named with its line and column. Anchors and merge keys
are refused: nobody edits what an alias repeats, and they are how a small file explodes into a large one.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from invulposter import patterns
from invulposter.findings import Finding, Place

MAX_CHARACTERS = 200_000
MAX_DEPTH = 12

Path = tuple[str | int, ...]
Position = tuple[int, int]
Parsed = TypeVar("Parsed", bound=BaseModel)

_TAG = "tag:yaml.org,2002:"
_NUMBERS = {f"{_TAG}int": int, f"{_TAG}float": float}
# Every level of flow style opens with a bracket, every level of block style takes a column or a dash.
_TOO_DEEP = re.compile(r"^\s{200}|(?:[\[{]\s*){%d}|(?:-\s+){%d}" % (MAX_DEPTH, MAX_DEPTH), re.MULTILINE)  # noqa: UP031


@dataclass(frozen=True)
class Source:
    """A parsed file: plain data, and where each value (by its path of keys and indexes) stands, from 1."""

    path: str
    data: Any
    positions: Mapping[Path, Position]

    def place(self, path: Path) -> Place:
        """The place of the value at `path`, or of the nearest value around it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.positions:
                return Place(self.path, *self.positions[path[:length]])
        return Place(self.path, 1, 1)


class _RefusalError(Exception):
    """What the files may not hold, and where it stands."""

    def __init__(self, message: str, position: Position = (1, 1)) -> None:
        super().__init__(message)
        self.position = position


def _position(node: Node) -> Position:
    return node.start_mark.line + 1, node.start_mark.column + 1


def parse(text: str, path: str) -> Source | Finding:
    """Parse one file's text; `path` is what messages call the file. A syntax error becomes a finding."""
    positions: dict[Path, Position] = {}
    try:
        node = _compose(text)
        return Source(path, _construct(node, (), positions, set()), positions)
    except _RefusalError as refusal:
        return Finding(Place(path, *refusal.position), "yaml", str(refusal))


def _compose(text: str) -> Node:
    if len(text) > MAX_CHARACTERS:
        raise _RefusalError(f"the file is larger than {MAX_CHARACTERS} characters")
    if _TOO_DEEP.search(text):
        raise _RefusalError(f"the file is nested deeper than {MAX_DEPTH} levels")
    try:
        node: Node | None = YAML(typ="safe").compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        position = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = error.problem or error.context or ""
        colon = "; a text with a colon in it stands between quotes" if problem.startswith("mapping values") else ""
        raise _RefusalError(f"this is not YAML: {problem}{colon}", position) from error
    except YAMLError as error:
        raise _RefusalError(f"this is not YAML: {str(error).splitlines()[0]}") from error
    if node is None:
        raise _RefusalError("the file is empty")
    return node


def _construct(node: Node, path: Path, positions: dict[Path, Position], seen: set[int]) -> Any:
    if id(node) in seen:
        raise _RefusalError("anchors and aliases (& and *) are not supported: write the text out", _position(node))
    if len(path) > MAX_DEPTH:
        raise _RefusalError(f"nested deeper than {MAX_DEPTH} levels", _position(node))
    seen.add(id(node))
    positions.setdefault(path, _position(node))
    if isinstance(node, MappingNode):
        return _mapping(node, path, positions, seen)
    if isinstance(node, SequenceNode):
        return [_construct(item, (*path, index), positions, seen) for index, item in enumerate(node.value)]
    assert isinstance(node, ScalarNode)
    return _scalar(node)


def _mapping(node: MappingNode, path: Path, positions: dict[Path, Position], seen: set[int]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode) or key.value == "<<":
            raise _RefusalError("expected a plain word as key", _position(key))
        if key.value in data:
            raise _RefusalError(f"'{key.value}' stands here twice", _position(key))
        positions[*path, key.value] = _position(key)
        data[key.value] = _construct(value, (*path, key.value), positions, seen)
    return data


def _scalar(node: ScalarNode) -> Any:
    text: str = node.value
    if node.tag == f"{_TAG}null":
        return None
    if node.tag == f"{_TAG}bool":
        return text.lower() == "true"
    try:
        return _NUMBERS[node.tag](text.replace("_", "")) if node.tag in _NUMBERS else text
    except ValueError:
        return text


def texts(source: Source) -> Iterator[tuple[str, str]]:
    """Every text in a source with its place as `path:line`."""
    for path, (line, _) in source.positions.items():
        value = source.data
        for part in path:
            value = value[part]
        if isinstance(value, str):
            yield value, f"{source.path}:{line}"


def validate(source: Source, model: type[Parsed]) -> Parsed | tuple[Finding, ...]:
    """Fill a model from a source, or give a finding for every mistake in it."""
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        return tuple(_findings(source, model, error))


def _findings(source: Source, model: type[BaseModel], error: ValidationError) -> Iterator[Finding]:
    mistakes = error.errors(include_url=False)
    for mistake in mistakes:
        if mistake["type"] == "too_short" and any(_inside(other["loc"], mistake["loc"]) for other in mistakes):
            continue  # counts only the valid items: the invalid ones are named already
        path = _known_path(source, mistake["loc"])
        yield Finding(source.place(path), "content", _sentence(model, mistake, path))


def _known_path(source: Source, location: Path) -> Path:
    """Drop from pydantic's location the parts that are no keys: the tag of a union's member."""
    path: Path = ()
    for part in location:
        if (*path, part) in source.positions:
            path = (*path, part)
    return path


def _inside(location: Path, outer: Path) -> bool:
    return len(location) > len(outer) and location[: len(outer)] == outer


def _sentence(model: type[BaseModel], mistake: ErrorDetails, path: Path) -> str:
    name = next((str(part) for part in reversed(mistake["loc"]) if isinstance(part, str)), "")
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
    match mistake["type"]:
        case "missing":
            return f"'{name}' is missing" + (f" in {where}" if where else "")
        case "extra_forbidden":
            near = difflib.get_close_matches(name, known_keys(model), n=1)
            return f"'{name}' is not a key here" + (f"; did you mean '{near[0]}'?" if near else "")
        case "value_error":
            return f"{where or 'this file'}: {mistake['ctx']['error']}"
        case "string_pattern_mismatch":
            return f"{where}: '{str(mistake['input'])[:40]}' {patterns.NOT[mistake['ctx']['pattern']]}"
        case "string_type":
            return f"{where}: {_no_text(mistake['input'])}"
        case _:
            return f"{where or 'this file'}: {mistake['msg'][0].lower()}{mistake['msg'][1:]}"


def _no_text(value: Any) -> str:
    """Why something is no text, which to whoever wrote it looks like one."""
    match value:
        case None:
            return "is empty here; a text that begins with # stands between quotes"
        case bool() | int() | float():
            kind = "yes or no" if isinstance(value, bool) else "number"
            return f"{value} is no text here but a {kind}: put quotes round it"
        case _:
            return "expected a text; one with a colon or a bracket in it stands between quotes"


def known_keys(model: type[BaseModel]) -> set[str]:
    """Every key that the model's files may use, at any depth."""
    schema = model.model_json_schema(by_alias=True)
    definitions = [schema, *schema.get("$defs", {}).values()]
    return {key for definition in definitions for key in definition.get("properties", {})}
