"""What many tests need: the sample library, and a copy of the samples to break."""

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from invulposter.library import Library, read_library
from invulposter.workspace import Workspace, built_in, find_workspace

# A machine with much to do is no fault of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def workspace() -> Workspace:
    return find_workspace(built_in())


@pytest.fixture(scope="session")
def library(workspace: Workspace) -> Library:
    return read_library(workspace)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A workspace of one's own: a copy of the sample content, to edit and to break."""
    folder = tmp_path / "kantoor"
    shutil.copytree(built_in() / "content", folder / "content")
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Replace `old`, which must stand in the file, by `new`."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
