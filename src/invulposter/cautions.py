"""What is right in content by itself, and yet hardly meant. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath

from invulposter.findings import Finding, Place, Severity
from invulposter.yamlsource import Path, Source, texts

#: What `invulposter new` writes to be replaced.
TO_REPLACE = frozenset(
    {
        "Schrijf hier een korte regel over het rayon",
        "Schrijf hier een voorbeeld uit het eigen netwerk.",
        "Voorbeeldstraat 1",
        "1234 AB Voorbeeld",
    }
)


def left_to_write(sources: Iterable[Source]) -> Iterator[Finding]:
    """A warning for each text that a file still has from its start."""
    for source in sources:
        for text, place in texts(source):
            if text in TO_REPLACE:
                path, _, line = place.rpartition(":")
                message = f"'{text}' still stands here from the start: it will be printed"
                yield Finding(Place(path, int(line)), "placeholder", message, Severity.WARNING)


def alike(sources: Mapping[str, Source], path: Path) -> Iterator[Finding]:
    """A warning where the value at `path` (`naam`, `volgorde`) is that of another of these files, by name."""
    first: dict[object, Source] = {}
    for source in sources.values():
        value = source.data.get(path[0])
        if value in first:
            message = f"{path[0]} {value!r} is also that of {first[value].path}"
            yield Finding(source.place(path), "alike", message, Severity.WARNING)
        first.setdefault(value, source)


def misnamed(paths: Iterable[PurePath]) -> Iterator[Finding]:
    """A warning for each file (relative to the workspace) that was meant as content, by its name, and is not read."""
    for path in paths:
        if path.suffix != ".yaml" and {".yml", ".yaml"} & {suffix.lower() for suffix in path.suffixes}:
            message = f"{path.name} is not read: only files that end in .yaml are"
            yield Finding(Place(path.as_posix(), 1), "misnamed", message, Severity.WARNING)
