"""What the pages of Inhoud keep between requests: whose turn it is to look, and the pictures that were drawn."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

from invulposter.cache import key_of
from invulposter.editing.look import Ask, Look, look
from invulposter.editing.office import is_packaged, is_samples, own_copy
from invulposter.studio.state import Studio
from invulposter.studio.stock import revision_of
from invulposter.workspace import Workspace

#: Pictures that are kept, and tabs whose turns are.
_PICTURES, _TABS = 60, 200


@dataclass
class _Tab:
    """One tab: its latest turn, and the lock that keeps its looks one after the other."""

    latest: int = 0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Desk:
    """The desk of one studio. Of one tab's looks only the latest is made: what was typed before it is out of date."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._tabs: OrderedDict[str, _Tab] = OrderedDict()
        self._pictures: OrderedDict[str, bytes] = OrderedDict()

    @property
    def workspace(self) -> Workspace:
        """The folders that are edited."""
        return self._studio.stockroom.workspace

    @property
    def samples(self) -> bool:
        """Whether these are the samples, of which the first thing that is saved makes a copy."""
        return is_packaged(self.workspace) or is_samples(self.workspace, Path.cwd())

    def make_own(self) -> None:
        """Let the office have content of its own, where it works with the samples. Raises WorkspaceError."""
        if self.samples:
            self._studio.stockroom.workspace = own_copy()

    async def look(self, tab: str, ask: Ask) -> Look | None:
        """Make what was asked, or None where the tab has asked for something else since."""
        own = self._tabs.setdefault(tab[:40], _Tab())
        self._tabs.move_to_end(tab[:40])
        while len(self._tabs) > _TABS:
            self._tabs.popitem(last=False)
        own.latest += 1
        turn = own.latest
        async with own.lock:
            if turn != own.latest:
                return None
            revision = await asyncio.to_thread(revision_of, self.workspace)
            made = await self._studio.workers.run(look, self.workspace, revision, ask)
        return made if turn == own.latest or ask.all_products else None

    def keep(self, jpeg: bytes) -> str:
        """Keep a picture; gives the name it has in an address."""
        key = key_of(jpeg)[:24]
        self._pictures[key] = jpeg
        self._pictures.move_to_end(key)
        while len(self._pictures) > _PICTURES:
            self._pictures.popitem(last=False)
        return key

    def picture(self, key: str) -> bytes | None:
        """A picture that was kept, or None."""
        return self._pictures.get(key)
