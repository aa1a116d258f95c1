"""The other text on a page: what a finding is about, as people call it, and where it is edited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from invulposter.editing.files import ContentFile, file_at
from invulposter.editing.forms import Kind, Path, at, describe, named, told
from invulposter.editing.overlay import Numbered
from invulposter.editing.parts import parts_of
from invulposter.editing.saving import open_file
from invulposter.errors import WorkspaceError
from invulposter.findings import Place
from invulposter.workspace import Workspace
from invulposter.yamlsource import Source, parse


@dataclass(frozen=True)
class Other:
    """A text: its file, the part of its form, the name of its field in what is posted, and what people call it."""

    file: ContentFile
    part: str
    field: str
    name: str


def other_text(place: Place, workspace: Workspace, file: ContentFile, own: Numbered) -> Other | None:
    """The text at a place: in `file`, whose data are numbered, or in another as it stands; None where it is none."""
    if place.path == file.path.as_posix():
        return _other(file, own.source.data, own.path(place.line))
    there = file_at(workspace, place.path)
    source = _read(workspace, there) if there else None
    if there is None or source is None:
        return None
    path = next((path for path, (line, _) in source.positions.items() if line == place.line and path), ())
    return _other(there, source.data, path)


def _read(workspace: Workspace, file: ContentFile) -> Source | None:
    try:
        source = parse(open_file(workspace, file).content.decode("utf-8-sig"), file.path.as_posix())
    except (WorkspaceError, UnicodeDecodeError):
        return None
    return source if isinstance(source, Source) else None


def _other(file: ContentFile, data: Any, path: Path) -> Other | None:
    if not path:
        return None
    form = describe(file.model)
    name = told(form, path, data)
    try:
        # A text with an item on each line is one field.
        field = path[:-1] if at(form, path[:-1], data).kind is Kind.LINES else path
    except KeyError:
        field = path
    part = next((part for part in parts_of(form, data) if part.path and path[: len(part.path)] == part.path), None)
    return Other(file, part.name if part else "", named(field), name)
