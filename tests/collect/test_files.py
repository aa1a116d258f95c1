"""Which files are meant by a name, a folder or a pattern."""

from pathlib import Path

import pytest

from invulposter.collect.files import form_files
from invulposter.errors import RequestError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.pdf", "b.PDF", "notitie.txt", "diep/c.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    return tmp_path


def names(paths: tuple[Path, ...], folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in paths]


def test_a_folder_stands_for_its_pdfs_however_deep(folder: Path) -> None:
    assert names(form_files([str(folder)], []), folder) == ["a.pdf", "b.PDF", "diep/c.pdf"]


def test_a_pattern_stands_for_what_is_like_it(folder: Path) -> None:
    assert names(form_files([f"{folder}/**/*.pdf"], []), folder) == ["a.pdf", "diep/c.pdf"]


def test_a_file_counts_once_and_the_output_never(folder: Path) -> None:
    named = [str(folder / "diep" / ".." / "a.pdf"), str(folder)]
    assert [path.name for path in form_files(named, [folder / "b.PDF"])] == ["a.pdf", "c.pdf"]


def test_a_name_for_nothing_is_refused(folder: Path) -> None:
    with pytest.raises(RequestError, match="weg"):
        form_files([str(folder / "weg.pdf")], [])
    with pytest.raises(RequestError, match="beside the output"):
        form_files([str(folder / "a.pdf")], [folder / "a.pdf"])
