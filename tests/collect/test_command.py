"""`invulposter collect`, as somebody types it."""

import csv
import io
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from invulposter.cli import main
from invulposter.collect.files import form_files
from invulposter.finish.fill import FormTemplate
from invulposter.finish.forms import Identity
from tests.collect.sample import form
from tests.judges import poppler


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two filled-in forms, one that is empty and one that is no form."""
    template = FormTemplate(form(Identity("invulposter", "lindezoom", "", "abc1234")))
    place = tmp_path / "ingevuld"
    place.mkdir()
    (place / "zoe-celik.pdf").write_bytes(template.fill({"naam": "Zoë Çelik", "school": "=1+1"}))
    (place / "sam.PDF").write_bytes(template.fill({"naam": "Sam", "school": "De Brug"}))
    (place / "leeg.pdf").write_bytes(form())
    (place / "brief.pdf").write_bytes(b"%PDF-1.4 geen formulier %%EOF")
    return place


def collect(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["collect", "--jobs", "1", *map(str, arguments)])


def test_folder_becomes_a_table_without_names(folder: Path, tmp_path: Path) -> None:
    result = collect(folder, "-o", tmp_path / "oogst.csv", "-o", tmp_path / "oogst.json")
    assert result.exit_code == 1
    assert "2 forms of 4 files collected, 2 left out" in result.stdout
    assert [line.rpartition("/")[2] for line in result.stderr.splitlines()] == [
        "brief.pdf: is damaged and can't be read. Ask for the file again.",
        "leeg.pdf: is not filled in; left out",
    ]
    text = (tmp_path / "oogst.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["bestand"] for row in rows] == ["formulier 1", "formulier 2"]
    assert sorted(row["Van welke school kom je?"] for row in rows) == ["'=1+1", "De Brug"]
    for written in (text, (tmp_path / "oogst.json").read_text(encoding="utf-8")):
        assert "Zoë" not in written
        assert "celik" not in written


def test_names_are_taken_over_where_asked(folder: Path, tmp_path: Path) -> None:
    collect(folder, "-o", tmp_path / "oogst.json", "--names")
    forms = json.loads((tmp_path / "oogst.json").read_text(encoding="utf-8"))["formulieren"]
    assert {one["bestand"]: one["antwoorden"]["naam"] for one in forms} == {
        "sam.PDF": "Sam",
        "zoe-celik.pdf": "Zoë Çelik",
    }


def test_a_name_that_is_not_utf_8_is_read_and_told(folder: Path, tmp_path: Path) -> None:
    for number, source in enumerate((folder / "sam.PDF", folder / "leeg.pdf")):
        (tmp_path / os.fsdecode(b"Jos\xe9%d.pdf" % number)).write_bytes(source.read_bytes())
    result = collect(tmp_path / "*.pdf", "-o", tmp_path / "oogst.csv", "--names")
    assert result.exit_code == 0, result.output
    assert "Jos\ufffd0.pdf" in (tmp_path / "oogst.csv").read_text(encoding="utf-8-sig")


def test_nothing_is_written_beside_the_output(folder: Path, tmp_path: Path) -> None:
    before = set(tmp_path.rglob("*"))
    collect(folder, "-o", tmp_path / "oogst.xlsx")
    assert set(tmp_path.rglob("*")) - before == {tmp_path / "oogst.xlsx"}


def test_all_right_is_status_0_and_no_form_at_all_is_2(folder: Path, tmp_path: Path) -> None:
    assert collect(folder / "sam.PDF", folder / "leeg.pdf", "-o", tmp_path / "oogst.csv").exit_code == 0
    result = collect(folder / "brief.pdf", "-o", tmp_path / "niets.csv")
    assert result.exit_code == 2
    assert "nothing was written" in result.stderr
    assert not (tmp_path / "niets.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("niet-daar.pdf", "-o", "oogst.csv"), "'niet-daar.pdf': there is no such file"),
        (("*.nietdaar", "-o", "oogst.csv"), "'*.nietdaar': there is no such file"),
        ((__file__, "-o", "oogst.docx"), "oogst.docx: expected a name that ends in .xlsx, .csv, .json, .pdf"),
    ],
)
def test_mistakes_are_one_sentence(arguments: tuple[str, ...], said: str) -> None:
    result = collect(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_files_are_found_once_by_name_folder_and_pattern(folder: Path) -> None:
    own = folder / "oogst.pdf"
    own.write_bytes(b"")
    found = form_files([str(folder / "sam.PDF"), str(folder), str(folder / "*.pdf")], [own])
    assert [path.name for path in found] == ["sam.PDF", "brief.pdf", "leeg.pdf", "zoe-celik.pdf"]


def test_a_form_that_is_named_as_output_is_refused_and_stays(folder: Path) -> None:
    """`collect -o *.pdf`, as a shell hands it on."""
    first, *others = sorted(folder.glob("*.PDF")) + sorted(folder.glob("zoe*.pdf"))
    before = first.read_bytes()
    for arguments in (("-o", first, *others), (first, "-o", first)):
        result = collect(*arguments, "-o", folder / "oogst.csv")
        assert result.exit_code == 2
        assert "written over; name another file with -o" in result.stderr
        assert first.read_bytes() == before
        assert not (folder / "oogst.csv").exists()


def test_poster_is_in_the_colours_of_the_rayon_of_the_forms(folder: Path, tmp_path: Path) -> None:
    result = collect(folder, "-o", tmp_path / "oogst.pdf")
    assert result.exit_code == 1, result.output
    words = [word for page in poppler.words(tmp_path / "oogst.pdf") for word in page]
    assert "Lindezoom" in words
    assert "Zoë" not in words
    assert "Sam" not in words


def test_forms_of_an_unknown_rayon_need_one_named(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(FormTemplate(form()).fill({"naam": "Sam", "school": "De Brug"}))
    result = collect(tmp_path / "a.pdf", "-o", tmp_path / "oogst.pdf")
    assert result.exit_code == 2
    assert "choose one with --rayon" in result.stderr
