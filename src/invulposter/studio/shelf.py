"""The shelf: files that were made while the studio is open, in a temporary folder of bounded size."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import shutil
import tempfile
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

#: Bytes that lie on the shelf at most; the ones that were put there first go first.
LIMIT = 1_500_000_000
#: Files that lie there at most.
_MOST = 20_000


@dataclass(frozen=True)
class Shelved:
    """A file on the shelf: its id, the name it is downloaded under, its size in bytes."""

    id: str
    name: str
    size: int


class Shelf:
    """Files under ids that can't be guessed, the same file always under the same.

    All are gone when it closes; what was put there longest ago goes when there is too much.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="invulposter-"))
        self._secret = secrets.token_bytes(32)
        self._limit = limit
        self._total = 0
        self._there: OrderedDict[str, Shelved] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, name: str, data: bytes) -> Shelved:
        """Put a file on the shelf, to be downloaded as `name`. What lay there longest makes room."""
        digest = hmac.new(self._secret, name.encode() + b"\0" + data, hashlib.sha256)
        kept = Shelved(digest.hexdigest()[:32], name, len(data))
        with self._lock:
            if kept.id not in self._there:
                (self.folder / kept.id).write_bytes(data)
                self._total += kept.size
            self._there[kept.id] = kept
            self._there.move_to_end(kept.id)
            while self._total > self._limit or len(self._there) > _MOST:
                _, oldest = self._there.popitem(last=False)
                (self.folder / oldest.id).unlink(missing_ok=True)
                self._total -= oldest.size
        return kept

    def find(self, key: str) -> Shelved | None:
        """What lies there under an id, or None."""
        with self._lock:
            return self._there.get(key)

    def read(self, key: str) -> bytes | None:
        """The bytes of a file, or None where it is no longer there."""
        if self.find(key) is None:
            return None
        try:
            return (self.folder / key).read_bytes()
        except FileNotFoundError:
            return None

    def scratch(self) -> Path:
        """A fresh path for a file that a worker writes, and whoever asked for it reads and removes."""
        return self.folder / f"scratch-{secrets.token_hex(12)}"

    def close(self) -> None:
        """Remove everything."""
        shutil.rmtree(self.folder, ignore_errors=True)
