"""What was typeset before, by the hash of everything that shapes it.

An entry is a zip file after its own checksum: one that is damaged anywhere counts as absent and is replaced. Files are
written atomically, so two builds can share the folder; the ones that were unused longest go first.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from invulposter.errors import WorkspaceError
from invulposter.write import UNFINISHED, write_spare

#: Bytes that the cache may take on disk.
LIMIT = 1_000_000_000
_FACTS = "facts.json"
#: Bytes of the checksum before an entry.
_CHECKSUM = 4


@dataclass(frozen=True)
class Entry:
    """One cached result: small facts as plain JSON data, and the files that belong to it."""

    facts: Mapping[str, Any]
    files: Mapping[str, bytes]


def key_of(*parts: bytes | str) -> str:
    """A key for these parts; where one part ends and the next begins counts."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode(errors="surrogateescape") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def files_key(paths: Iterable[Path]) -> str:
    """A key for the contents of files, in the given order, with their names; one that can't be read counts as empty."""
    return key_of(*(part for path in paths for part in (path.name, _read(path))))


def _read(path: Path) -> bytes:
    with contextlib.suppress(OSError):
        return path.read_bytes()
    return b""


def _checksum(packed: bytes) -> bytes:
    return zlib.crc32(packed).to_bytes(_CHECKSUM, "big")


@dataclass(frozen=True)
class Cache:
    """A folder of entries."""

    folder: Path

    @classmethod
    def of_user(cls) -> Cache:
        """The cache in the user's own cache folder."""
        return cls(user_cache_path("invulposter") / "typeset")

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.zip"

    def get(self, key: str) -> Entry | None:
        """The entry under `key`, or None where there is none or it is damaged."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        checksum, packed = data[:_CHECKSUM], data[_CHECKSUM:]
        if checksum != _checksum(packed):
            return None
        with zipfile.ZipFile(BytesIO(packed)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        facts = json.loads(files.pop(_FACTS))
        with contextlib.suppress(OSError):
            os.utime(path)  # the time of use decides what goes first when there is too much
        return Entry(facts, files)

    def put(self, key: str, entry: Entry) -> None:
        """Store an entry. A cache that can't be written is no reason to fail: the next build is slower."""
        file = BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(_FACTS, json.dumps(entry.facts))
            for name, data in entry.files.items():
                archive.writestr(name, data)
        with contextlib.suppress(WorkspaceError):
            write_spare(self._path(key), _checksum(file.getvalue()) + file.getvalue())

    def trim(self, limit: int = LIMIT) -> None:
        """Remove what was unused longest until the folder holds at most `limit` bytes."""
        found = []
        for path in self.folder.glob("*/*"):
            with contextlib.suppress(OSError):
                found.append((path.stat().st_mtime, path.stat().st_size, path))
        total = sum(size for _, size, _ in found)
        for _, size, path in sorted(found):
            if total <= limit:
                return
            if not path.name.startswith(UNFINISHED):
                path.unlink(missing_ok=True)
                total -= size
