"""A logo that is handed in: what intake makes of it, and putting it beside the rayon that it belongs to."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from invulposter.editing.files import ContentFile
from invulposter.editing.saving import open_file, replace_files, seal_of
from invulposter.editing.yamledit import changed
from invulposter.errors import WorkspaceError
from invulposter.intake.logo import logo_data_uri
from invulposter.workspace import Workspace

#: Pixels on the longest side with which a logo of 40 mm, the largest on a poster of A0, has 150 to the inch.
FINE = 240
_ENDINGS = {"image/svg+xml": ".svg", "image/png": ".png", "image/jpeg": ".jpg"}


@dataclass(frozen=True)
class Logo:
    """A logo as it will be printed: its bytes and media type, and in Dutch what was done to it and better be done."""

    data: bytes
    media_type: str
    notes: tuple[str, ...]
    advice: str = ""

    @property
    def name(self) -> str:
        """The name it gets beside the rayon."""
        return f"logo{_ENDINGS.get(self.media_type, '.png')}"


def taken_in(data: bytes) -> Logo:
    """Clean a logo. Raises IntakeError, which says why it can't be used and what to do."""
    address, notes = logo_data_uri(data)
    head, _, body = address.partition(",")
    cleaned, media_type = base64.b64decode(body), head.removeprefix("data:").removesuffix(";base64")
    return Logo(cleaned, media_type, notes, _coarse(cleaned, media_type))


def _coarse(data: bytes, media_type: str) -> str:
    """What to say of a picture with too few pixels for a poster; nothing of a drawing, which has none."""
    if media_type == "image/svg+xml":
        return ""
    from PIL import Image  # takes a while to import; most logos are drawings

    with Image.open(io.BytesIO(data)) as picture:
        width, height = picture.size
    if max(width, height) >= FINE:
        return ""
    return (
        f"Dit logo is {width} bij {height} beeldpunten: op een poster zijn die te zien. Neem liever een svg,"
        f" of een afbeelding van minstens {FINE} beeldpunten aan de lange kant."
    )


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
