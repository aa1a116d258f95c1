"""Which files are meant by a name, a folder or a pattern."""

import io
from pathlib import Path

import pikepdf
import pytest

from invulposter.collect.files import form_files
from invulposter.errors import RequestError
from invulposter.finish.fill import FormTemplate
from tests.collect.sample import form


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


def test_a_folder_with_an_earlier_harvest_alone_holds_no_form(tmp_path: Path) -> None:
    (tmp_path / "oogst.pdf").write_bytes(b"")
    with pytest.raises(RequestError, match="beside the output"):
        form_files([str(tmp_path)], [tmp_path / "oogst.pdf"])


def test_what_is_to_be_read_is_not_written_over(folder: Path) -> None:
    (folder / "naar-a.pdf").symlink_to(folder / "a.pdf")
    for out in (folder / "a.pdf", folder / "diep" / ".." / "a.pdf", folder / "naar-a.pdf"):
        with pytest.raises(RequestError, match="name another file with -o"):
            form_files([str(folder / "a.pdf"), str(folder / "b.PDF")], [out])


@pytest.mark.parametrize("flat", [False, True])
def test_a_form_is_not_written_over_though_it_is_not_to_be_read(folder: Path, flat: bool) -> None:
    """As a shell makes `collect -o *.pdf`: the first form becomes the output."""
    filled = FormTemplate(form()).fill({"naam": "Anna"})
    with pikepdf.open(io.BytesIO(filled)) as document:
        if flat:
            document.flatten_annotations("all")
        document.save(folder / "anna.pdf")
    for named in ([str(folder / "a.pdf")], [str(folder)]):
        with pytest.raises(RequestError, match=r"anna\.pdf: is a form"):
            form_files(named, [folder / "oogst.csv", folder / "anna.pdf"])


def test_other_files_may_be_written_over(folder: Path) -> None:
    assert names(form_files([str(folder)], [folder / "b.PDF", folder / "nieuw.pdf"]), folder) == ["a.pdf", "diep/c.pdf"]
