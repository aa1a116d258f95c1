"""A library in which one file says what is being typed: nothing is written for it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from invulposter.content import Brochure, Guide, Network, Phase, Poster
from invulposter.editing.files import ContentFile
from invulposter.editing.forms import Path
from invulposter.library import Library
from invulposter.rayon import Rayon
from invulposter.yamlsource import Source


@dataclass(frozen=True)
class Numbered:
    """The paths of the values in data, each with a line of its own, so that a finding's line tells its path."""

    paths: tuple[Path, ...]
    source: Source

    def path(self, line: int) -> Path:
        """The path of the value at a line."""
        return self.paths[line - 1] if 0 < line <= len(self.paths) else ()


def numbered(file: ContentFile, data: Any) -> Numbered:
    """Give every value of a file's data a line."""
    paths = tuple(_paths(data, ()))
    positions = {path: (line, 1) for line, path in enumerate(paths, 1)}
    return Numbered(paths, Source(file.path.as_posix(), data, positions))


def _paths(value: Any, path: Path) -> Iterator[Path]:
    yield path
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _paths(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _paths(inner, (*path, index))


def overlaid(library: Library, file: ContentFile, model: BaseModel, source: Source) -> Library:
    """The library with `model` for what the file holds; the places of its texts are those of `source`."""
    changes: dict[str, Any] = {"origins": _origins(library.origins, file, source)}
    match model:
        case Phase():
            others = (phase for phase in library.phases if phase.id != file.id)
            changes["phases"] = tuple(sorted((*others, model), key=lambda phase: phase.order))
        case Poster():
            changes["poster"] = model
        case Guide():
            changes["guide"] = model
        case Brochure():
            changes["brochure"] = model
        case Network():
            changes["networks"] = {**library.networks, file.id: model}
        case Rayon():
            changes["rayons"] = {**library.rayons, file.id: model}
    return replace(library, **changes)


def _origins(
    origins: Mapping[str, tuple[str, ...]], file: ContentFile, source: Source
) -> Mapping[str, tuple[str, ...]]:
    """The origins with this file's texts at the places of `source`, before any other that says the same."""
    own = f"{file.path}:"
    found = {text: tuple(place for place in places if not place.startswith(own)) for text, places in origins.items()}
    for path, (line, _) in source.positions.items():
        value = source.data
        for part in path:
            value = value[part]
        if isinstance(value, str):
            found[value] = (f"{own}{line}", *found.get(value, ()))
    return {text: places for text, places in found.items() if places}
