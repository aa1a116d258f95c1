"""What was saved, so that it can be undone: kept in the user's own state folder, also when the studio is closed."""

from __future__ import annotations

import base64
import contextlib
import datetime
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from platformdirs import user_state_path

from invulposter.cache import key_of
from invulposter.workspace import Workspace
from invulposter.write import write_file

#: Changes that are remembered of one workspace, and the bytes they may take.
MOST, MOST_BYTES = 200, 30_000_000


@dataclass(frozen=True)
class Change:
    """One saved change: what the files (by path in the workspace) held before and after, None for no file.

    `number` counts up from 1; `what` says in Dutch what was changed, `when` is local time to the second.
    """

    number: int
    what: str
    when: str
    before: Mapping[str, bytes | None]
    after: Mapping[str, bytes | None]
    undone: bool = False


@dataclass(frozen=True)
class History:
    """The changes of one workspace, in a folder."""

    folder: Path

    @classmethod
    def of(cls, workspace: Workspace) -> History:
        """The history of a workspace, in the user's own state folder."""
        return cls(user_state_path("invulposter") / "history" / key_of(str(workspace.root))[:24])

    def changes(self) -> tuple[Change, ...]:
        """Every change that is remembered, the latest first."""
        found = (_read(path) for path in sorted(self.folder.glob("*.json"), reverse=True))
        return tuple(change for change in found if change is not None)

    def remember(
        self, what: str, before: Mapping[str, bytes | None], after: Mapping[str, bytes | None], now: datetime.datetime
    ) -> Change:
        """Keep a change; what is oldest goes when there are too many. Raises WorkspaceError where that fails."""
        numbers = [int(path.stem) for path in self.folder.glob("*.json") if path.stem.isdecimal()]
        change = Change(max(numbers, default=0) + 1, what, now.isoformat(timespec="seconds"), before, after)
        self._write(change)
        self._trim()
        return change

    def mark(self, change: Change, *, undone: bool) -> None:
        """Keep that a change was undone, or done again."""
        self._write(replace(change, undone=undone))

    def forget(self, change: Change) -> None:
        """Remove a change that did not happen after all."""
        self._path(change).unlink(missing_ok=True)

    def _path(self, change: Change) -> Path:
        return self.folder / f"{change.number:06}.json"

    def _write(self, change: Change) -> None:
        facts = asdict(change) | {"before": _text(change.before), "after": _text(change.after)}
        write_file(self._path(change), json.dumps(facts, ensure_ascii=False).encode())

    def _trim(self) -> None:
        total = 0
        for place, path in enumerate(sorted(self.folder.glob("*.json"), reverse=True)):
            with contextlib.suppress(OSError):
                total += path.stat().st_size
                if place >= MOST or (place and total > MOST_BYTES):
                    path.unlink()


def _text(files: Mapping[str, bytes | None]) -> dict[str, str | None]:
    return {path: None if data is None else base64.b64encode(data).decode() for path, data in files.items()}


def _bytes(files: Mapping[str, str | None]) -> dict[str, bytes | None]:
    return {path: None if text is None else base64.b64decode(text) for path, text in files.items()}


def _read(path: Path) -> Change | None:
    """A remembered change, or None where the file is not what was written: the others can still be undone."""
    try:
        facts = json.loads(path.read_bytes())
        return Change(**facts | {"before": _bytes(facts["before"]), "after": _bytes(facts["after"])})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
