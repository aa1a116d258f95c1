"""A workspace of one's own whose history is kept beside it, never in the user's own folder."""

from pathlib import Path

import pytest

from invulposter.workspace import Workspace, find_workspace


@pytest.fixture
def office(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return find_workspace(own)
