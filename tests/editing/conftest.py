"""A small workspace of one's own whose history is kept beside it, never in the user's own folder."""

import shutil
from pathlib import Path

import pytest

from invulposter.workspace import Workspace, find_workspace


@pytest.fixture
def office(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    for folder, kept in (("rayons", {"duinrand"}), ("netwerken", {"oop.yaml", "mr.yaml"})):
        for path in (own / "content" / folder).iterdir():
            if path.name not in kept:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return find_workspace(own)
