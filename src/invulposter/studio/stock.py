"""The workspace as it stands: read again when a file was saved, the same for every page and worker until then."""

from __future__ import annotations

import os
import pickle
import secrets
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from invulposter.cache import key_of
from invulposter.drawing.type import Typecase
from invulposter.inputs import Inputs, read_inputs
from invulposter.library import Library, read_library
from invulposter.render import forget_files
from invulposter.workspace import Workspace

#: Revisions whose files stay, for what is still being made from them.
_KEPT = 5


@dataclass(frozen=True)
class Stock:
    """What was read at one moment; `revision` changes with every saved file.

    `file` holds the library and the inputs, pickled, for workers that are to see the same.
    """

    revision: str
    library: Library
    inputs: Inputs
    fonts: tuple[Path, ...]
    file: Path

    @cached_property
    def typecase(self) -> Typecase:
        """The typefaces, to measure with."""
        return Typecase(*self.fonts)


class Stockroom:
    """Gives the stock of a workspace; `folder` is a private one for what workers read."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self.workspace = workspace
        self._folder = folder
        self._lock = threading.Lock()
        self._stock: Stock | None = None
        self._files: deque[Path] = deque()

    def stock(self) -> Stock:
        """The stock as the files stand now. Raises InvalidInputError where what everything rests on is wrong."""
        with self._lock:
            revision = revision_of(self.workspace)
            if self._stock is None or self._stock.revision != revision:
                forget_files()
                library = read_library(self.workspace)
                inputs = read_inputs(self.workspace, library)
                self._stock = Stock(revision, library, inputs, self.workspace.fonts, self._file(library, inputs))
            return self._stock

    def _file(self, library: Library, inputs: Inputs) -> Path:
        """A file for the workers; those of a few revisions ago, which nothing is made from any more, go."""
        file = self._folder / f"stock-{secrets.token_hex(8)}"
        file.write_bytes(pickle.dumps((library, inputs)))
        self._files.append(file)
        while len(self._files) > _KEPT:
            self._files.popleft().unlink(missing_ok=True)
        return file


def revision_of(workspace: Workspace) -> str:
    """A key that changes when a file of the content or the layouts does: by name, time and size."""
    return key_of(*(fact for folder in (workspace.content, *workspace.layouts) for fact in _facts(folder)))


def _facts(folder: Path) -> Iterator[str]:
    for parent, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            path = os.path.join(parent, name)  # noqa: PTH118 - this is done for every request
            try:
                facts = os.stat(path)  # noqa: PTH116
            except OSError:
                continue
            yield f"{path} {facts.st_mtime_ns} {facts.st_size}"
