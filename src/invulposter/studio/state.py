"""What the pages of one studio share."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from starlette.routing import BaseRoute

from invulposter.cache import Cache
from invulposter.studio.guard import Gate
from invulposter.studio.shelf import Shelf
from invulposter.studio.stock import Stock, Stockroom
from invulposter.studio.tasks import Tasks
from invulposter.studio.workers import Workers
from invulposter.workspace import Workspace


@dataclass(frozen=True)
class Studio:
    """An open studio: the workspace it works in, who may enter, and what its pages work with.

    `cache` is None where nothing is kept after closing.
    """

    workspace: Workspace
    gate: Gate
    stockroom: Stockroom
    shelf: Shelf
    tasks: Tasks
    workers: Workers
    cache: Cache | None
    #: PDFium draws for one thread at a time.
    drawing: threading.Lock = field(default_factory=threading.Lock)

    def stock(self) -> Stock:
        """The library and its keys as the files stand now. Raises InvalidInputError."""
        return self.stockroom.stock()

    def close(self) -> None:
        """Stop the work and remove what was made."""
        self.tasks.close()
        self.workers.close()
        self.shelf.close()


@dataclass(frozen=True)
class Place:
    """One of the places that the studio has: its name in the navigation, its address, and its routes."""

    name: str
    path: str
    routes: Callable[[Studio], Sequence[BaseRoute]]


def open_studio(workspace: Workspace, gate: Gate, cache: Cache | None, workers: int) -> Studio:
    """A studio for a workspace; the caller closes it."""
    shelf = Shelf()
    return Studio(
        workspace=workspace,
        gate=gate,
        stockroom=Stockroom(workspace, shelf.folder),
        shelf=shelf,
        tasks=Tasks(),
        workers=Workers(workspace.fonts, workers),
        cache=cache,
    )
