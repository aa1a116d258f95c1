import os
import pickle
from pathlib import Path

import pytest

from invulposter.errors import InvalidInputError
from invulposter.studio.stock import Stockroom
from invulposter.workspace import find_workspace
from tests.conftest import edit


def test_it_is_read_again_when_a_file_was_saved_and_only_then(own: Path, tmp_path: Path) -> None:
    folder = tmp_path / "prive"
    folder.mkdir()
    room = Stockroom(find_workspace(own), folder)
    first = room.stock()
    assert room.stock() is first
    file = own / "content/netwerken/oop.yaml"
    edit(file, "naam: ", "naam: Zoë # ")
    second = room.stock()
    assert second.revision != first.revision
    assert second.library.networks["oop"].name == "Zoë"
    library, _ = pickle.loads(second.file.read_bytes())
    assert library == second.library
    for number in range(4):
        os.utime(file, (number, number))
        assert room.stock().file.is_file()
    assert len(list(folder.iterdir())) <= 5


def test_a_mistake_is_told_every_time_until_it_is_mended(own: Path, tmp_path: Path) -> None:
    room = Stockroom(find_workspace(own), tmp_path)
    file = own / "content/invulposter.yaml"
    text = file.read_text("utf-8")
    file.write_text(text + "kleurtje: rood\n", "utf-8")
    for _ in range(2):
        with pytest.raises(InvalidInputError):
            room.stock()
    file.write_text(text, "utf-8")
    assert room.stock().library.poster
