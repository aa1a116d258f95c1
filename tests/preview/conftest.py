"""A preview as the command serves it, and a workspace of one's own behind it."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from invulposter.library import read_library
from invulposter.scaffold import FIRST_LAYOUT, new_style
from invulposter.workspace import built_in, find_workspace
from tests.browsing import browser, page

__all__ = ["browser", "page", "served"]


@dataclass(frozen=True)
class Served:
    """The workspace that is shown and the address of its preview."""

    folder: Path
    address: str
    layout: Path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workspace with a style of its own, served until the tests are done."""
    folder = tmp_path_factory.mktemp("kantoor")
    shutil.copytree(built_in() / "content", folder / "content")
    workspace = find_workspace(folder)
    new_style(workspace, read_library(workspace), "krijt")
    command = [sys.executable, "-m", "invulposter", "preview", "--no-browser", "-w", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        address = server.stdout.readline().split()[0]
        yield Served(folder, address, folder / "layouts/krijt" / FIRST_LAYOUT)
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 0
