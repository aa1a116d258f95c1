"""A logo that is handed in: what intake makes of it, and putting it beside the rayon that it belongs to."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from invulposter.editing.files import ContentFile
from invulposter.editing.saving import open_file, replace_files, seal_of
from invulposter.editing.yamledit import changed
from invulposter.errors import WorkspaceError
from invulposter.intake.logo import logo_data_uri
from invulposter.workspace import Workspace

_ENDINGS = {"image/svg+xml": ".svg", "image/png": ".png", "image/jpeg": ".jpg"}


@dataclass(frozen=True)
class Logo:
    """A logo as it will be printed: its bytes and media type, and what was done to it, in Dutch."""

    data: bytes
    media_type: str
    notes: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name it gets beside the rayon."""
        return f"logo{_ENDINGS.get(self.media_type, '.png')}"


def taken_in(data: bytes) -> Logo:
    """Clean a logo. Raises IntakeError, which says why it can't be used and what to do."""
    address, notes = logo_data_uri(data)
    head, _, body = address.partition(",")
    return Logo(base64.b64decode(body), head.removeprefix("data:").removesuffix(";base64"), notes)


def use_logo(workspace: Workspace, file: ContentFile, logo: Logo) -> None:
    """Put a logo beside a rayon and name it there, as one change that can be undone. Raises WorkspaceError."""
    opened = open_file(workspace, file)
    if not isinstance(opened.data, Mapping):
        raise WorkspaceError(f"{file.path} can't be read")
    folder = file.path.parent
    text = changed(opened.content.decode(), {**opened.data, "logo": logo.name}).encode()
    files: dict[str, bytes | None] = {(folder / logo.name).as_posix(): logo.data, file.path.as_posix(): text}
    old = str(opened.data.get("logo", ""))
    if old and old != logo.name and PurePosixPath(old).name == old:
        files[(folder / old).as_posix()] = None
    what = f"{opened.data.get('naam', file.id)}: een ander logo"
    replace_files(workspace, what, files, {file.path.as_posix(): seal_of(opened.content)})
