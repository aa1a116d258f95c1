"""Changing the data of a YAML file and leaving the rest of its text alone: text and data in, text out. Pure.

The text is loaded and dumped by ruamel with comments, order, quotes and line breaks kept. What its writer does not
keep (other indents, comments behind what was removed) is put back by comparing lines, and the result is read again:
it always holds exactly the data that was asked for.
"""

from __future__ import annotations

import datetime
import difflib
import io
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString, LiteralScalarString, ScalarString

from invulposter.errors import WorkspaceError
from invulposter.findings import Finding
from invulposter.yamlsource import parse

#: Columns that a line takes at most, as in the sample content.
_WIDTH = 100
_DASH = re.compile(r"^( *)[^\s#-][^\n]*:[ \t]*(?:#[^\n]*)?\n( *)- ", re.MULTILINE)
_COMMENT = re.compile(r"\s*#")
#: What the samples put in double quotes.
_QUOTED = re.compile(r": |:$| #")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_BOM = "\ufeff"


def changed(text: str, data: Any) -> str:
    """The text of a file with `data` in it; lines whose values stay the same stay the same.

    The data are mappings, lists, texts, whole numbers, booleans and None, as `yamlsource.parse` gives them. Raises
    WorkspaceError where the text is no YAML.
    """
    body = text.removeprefix(_BOM).replace("\r\n", "\n")
    old = _plain(body)
    if old == data:
        return text
    writer = _writer(body)
    tree = writer.load(body)
    before = _dumped(writer, tree)
    _Update(*_indents(body)).mapping(tree, old, data, 0)
    after = _with_comments(before, _dumped(writer, tree))
    if before != body:
        merged = _merged(body, before, after)
        after = merged if _holds(merged, data) else after
    if not _holds(after, data):
        after = _with_comments(before, _dumped(writer, _fresh(data)))
    prefix = _BOM if text.startswith(_BOM) else ""
    return prefix + (after.replace("\n", "\r\n") if "\r\n" in text else after)


def _plain(text: str) -> Any:
    found = parse(text, "")
    if isinstance(found, Finding):
        raise WorkspaceError(found.message)
    return found.data


def _holds(text: str, data: Any) -> bool:
    found = parse(text, "")
    return not isinstance(found, Finding) and found.data == data


def _indents(text: str) -> tuple[int, int]:
    """How far a list's dash stands in from its key, and its text from the dash's own place."""
    found = _DASH.search(text)
    offset = len(found[2]) - len(found[1]) if found else 2
    return (offset, 2) if offset in (0, 2) else (2, 2)


def _writer(text: str) -> YAML:
    writer = YAML()
    writer.preserve_quotes = True
    writer.width = _WIDTH
    offset, behind = _indents(text)
    writer.indent(mapping=2, sequence=offset + behind, offset=offset)
    writer.explicit_start = text.startswith("---")
    return writer


def _dumped(writer: YAML, tree: Any) -> str:
    out = io.StringIO()
    writer.dump(tree, out)
    return out.getvalue()


class _Update:
    """Brings a loaded tree from the old data to the new; columns are those of a mapping's keys."""

    def __init__(self, offset: int, behind: int) -> None:
        self.dash = offset
        self.item = offset + behind

    def mapping(self, node: CommentedMap, old: Mapping[str, Any], new: Mapping[str, Any], column: int) -> None:
        for key in old:
            if key not in new:
                del node[key]
        for index, (key, value) in enumerate(new.items()):
            if key not in old:
                node.insert(min(index, len(node)), key, self.made(value, column))
            elif old[key] != value:
                node[key] = self.value(node[key], old[key], value, column)

    def value(self, node: Any, old: Any, new: Any, column: int) -> Any:
        """The node for a value that changed, below a key at `column`: the old node itself, or one in its manner."""
        if isinstance(node, CommentedMap) and isinstance(new, Mapping):
            self.mapping(node, old, new, column + 2)
            return node
        if isinstance(node, CommentedSeq) and isinstance(new, list):
            self.sequence(node, old, new, column)
            return node
        return self.made(new, column, like=node)

    def sequence(self, node: CommentedSeq, old: Sequence[Any], new: Sequence[Any], column: int) -> None:
        sources = list(_sources(old, new))
        nodes = list(node)
        comments = dict(node.ca.items)
        made = [
            self.made(value, column + self.item - 2)
            if source is None
            else nodes[source]
            if old[source] == value
            else self.item_value(nodes[source], old[source], value, column)
            for source, value in zip(sources, new, strict=True)
        ]
        while len(node):
            node.pop()
        node.extend(made)
        node.ca.items.clear()
        node.ca.items.update({to: comments[of] for to, of in enumerate(sources) if of is not None and of in comments})

    def item_value(self, node: Any, old: Any, new: Any, column: int) -> Any:
        """As `value`, for an item of a list that hangs from a key at `column`."""
        return self.value(node, old, new, column + self.item - 2)

    def made(self, value: Any, column: int, like: Any = None) -> Any:
        """A node for a value below a key at `column`."""
        if isinstance(value, Mapping):
            return CommentedMap((key, self.made(one, column + 2)) for key, one in value.items())
        if isinstance(value, list):
            made = CommentedSeq(self.made(one, column + self.item - 2) for one in value)
            if value and all(isinstance(one, int) for one in value):
                made.fa.set_flow_style()
            return made
        if isinstance(value, str):
            return _text(value, column + 2, like)
        return value


def _sources(old: Sequence[Any], new: Sequence[Any]) -> Iterator[int | None]:
    """For each new item the index of the old one it was: by id, else the same value, else the same place."""
    free = set(range(len(old)))

    def taken(wanted: Callable[[int], bool]) -> int | None:
        index = next((index for index in sorted(free) if wanted(index)), None)
        free.discard(-1 if index is None else index)
        return index

    found: list[int | None] = []
    for item in new:
        own = _identity(item)
        found.append(taken(lambda index, own=own: _identity(old[index]) == own))  # type: ignore[misc]
    for place, item in enumerate(new):
        if found[place] is None and not (isinstance(item, Mapping) and "id" in item):
            found[place] = taken(lambda index, place=place: index == place)  # type: ignore[misc]
    yield from found


def _identity(item: Any) -> Any:
    return item["id"] if isinstance(item, Mapping) and "id" in item else item


def _text(value: str, column: int, like: Any) -> Any:
    """A text in the manner of the one it replaces; long text is folded, text with line breaks is kept line by line."""
    if _DATE.fullmatch(value) and not isinstance(like, ScalarString):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            return value
    short = "\n" not in value and len(value) + column < _WIDTH - 10
    if isinstance(like, ScalarString) and not isinstance(like, FoldedScalarString | LiteralScalarString) and short:
        return type(like)(value)
    if value != value.strip() or (short and not isinstance(like, FoldedScalarString | LiteralScalarString)):
        return DoubleQuotedScalarString(value) if _QUOTED.search(value) else value
    if "\n" in value:
        return LiteralScalarString(value)
    folded = FoldedScalarString(value)
    folded.fold_pos = list(_folds(value, _WIDTH - column))
    return folded


def _folds(text: str, width: int) -> Iterator[int]:
    """The places of the spaces at which a text is broken into lines of `width` at most."""
    place = 0
    lines = textwrap.wrap(text, max(20, width), break_long_words=False, break_on_hyphens=False)
    for line in lines[:-1]:
        place = text.index(line, place) + len(line)
        yield place


def _fresh(data: Any) -> Any:
    return _Update(2, 2).made(data, -2)


def _with_comments(before: str, after: str) -> str:
    """Put lines of comment that vanished back where they stood."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    kept: list[str] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        kept += new[j1:j2]
        if tag in {"replace", "delete"}:
            lost = [line for line in old[i1:i2] if _COMMENT.match(line)]
            kept += [line for line in lost if after.count(line) < before.count(line)]
    result = "".join(kept)
    return result if _same(result, after) else after


def _same(one: str, other: str) -> bool:
    found = parse(other, "")
    return not isinstance(found, Finding) and _holds(one, found.data)


def _merged(text: str, before: str, after: str) -> str:
    """Take over from `before` to `after` what changed, into a text that says what `before` says in other lines."""
    own, old, new = (one.splitlines(keepends=True) for one in (text, before, after))
    # Where a boundary between two lines of `before` lies in the text: lines that only the text has come before
    # what starts there, and behind what ends there.
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for block in difflib.SequenceMatcher(None, own, old, autojunk=False).get_matching_blocks():
        for step in range(block.size + 1):
            starts[block.b + step] = block.a + step
            ends.setdefault(block.b + step, block.a + step)
    merged: list[str] = []
    taken = 0
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        first = next((i for i in range(i1, -1, -1) if i in starts), 0)
        last = next((i for i in range(i2, len(old) + 1) if i in ends), len(old))
        start, end = starts.get(first, 0), ends.get(last, len(own))
        if start < taken or end < start:
            return after
        merged += own[taken:start] + old[first:i1] + new[j1:j2] + old[i2:last]
        taken = end
    return "".join(merged + own[taken:])
