"""Waiting for saved changes: the only module that watches files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import Change, DefaultFilter, awatch

from invulposter.workspace import Workspace

#: Milliseconds without a change before what was saved is read: an editor writes a file in several steps.
_STEP = 25
#: Milliseconds after which changes are passed on though more keep coming.
_LONGEST = 300


def watched(workspace: Workspace) -> tuple[Path, ...]:
    """The folders whose files a preview is made from."""
    return (workspace.content, *workspace.layouts, *workspace.fonts)


async def changes(workspace: Workspace) -> AsyncIterator[frozenset[Path]]:
    """The files that were saved, added or removed, as it happens."""
    async for found in awatch(
        *watched(workspace), watch_filter=_Saved(), step=_STEP, debounce=_LONGEST, recursive=True
    ):
        yield frozenset(Path(path) for _, path in found)


class _Saved(DefaultFilter):
    """Passes over the files that editors and systems keep for themselves."""

    def __call__(self, change: Change, path: str) -> bool:
        return super().__call__(change, path) and not Path(path).name.startswith(".")
