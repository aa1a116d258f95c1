"""A studio as the command opens it, on a workspace of one's own."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from invulposter.workspace import built_in
from tests.browsing import browser, page

__all__ = ["browser", "opened", "page"]


@dataclass(frozen=True)
class Opened:
    """The workspace behind a studio, its address with the key, and without: `http://127.0.0.1:8123`."""

    folder: Path
    address: str

    @property
    def origin(self) -> str:
        return self.address.partition("/?")[0]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """A studio with nothing made yet, open until the module's tests are done."""
    folder = tmp_path_factory.mktemp("kantoor")
    shutil.copytree(built_in() / "content", folder / "content")
    command = [sys.executable, "-m", "invulposter", "studio", "--no-browser", "-w", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield Opened(folder, server.stdout.readline().split()[0])
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 0
