from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner

from invulposter.cli import main
from invulposter.collect.read import Answers, read_answers
from invulposter.copies import copy_name, fits_a_form, unused_columns, write_copies
from invulposter.edition import Edition
from invulposter.findings import Finding, Place, Severity
from invulposter.library import Library
from invulposter.plan import plan
from invulposter.prefill import Copy, Table, read_table
from invulposter.report import read_report
from invulposter.request import Request
from invulposter.shop import Shop
from invulposter.workspace import Workspace
from tests.collect.sample import form

FORM = PurePosixPath("noord/poster-screen.pdf")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "noord").mkdir()
    (tmp_path / FORM).write_bytes(form())
    return tmp_path


def table(out: Path, text: str) -> Path:
    path = out / "deelnemers.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_copy_for_each_good_row(out: Path) -> None:
    rows = "naam;school;stap-waarom.leren\nZoë Çelik;De Brug;ja\nSam;De Brug;misschien\n\nKim;;\n"
    copies = write_copies(FORM, read_table(table(out, rows)), out)
    assert copies.count == 2
    assert [str(finding.place).rpartition("/")[2] for finding in copies.refused] == ["deelnemers.csv:3:3"]
    made = sorted((out / "noord" / "poster-screen").iterdir())
    assert [path.name for path in made] == ["2-zoe-celik.pdf", "5-kim.pdf"]
    answers = read_answers(made[0].read_bytes(), "x.pdf")
    assert isinstance(answers, Answers)
    assert {key: value for key, value in answers.values.items() if value} == {
        "naam": "Zoë Çelik",
        "school": "De Brug",
        "stap-waarom.leren": True,
    }


def test_a_table_for_other_forms_gives_a_note(out: Path) -> None:
    copies = write_copies(FORM, read_table(table(out, "kleur\nrood\n")), out)
    assert copies.count == 0
    assert [finding.code for finding in copies.refused] == ["prefill-none"]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Zoë Çelik", "07-zoe-celik.pdf"),
        ("../../etc/passwd", "07-etc-passwd.pdf"),
        ("Łukasz Øst", "07-lukasz-ost.pdf"),
        ("C:\\con", "07-c-con.pdf"),
        ("漢字", "07.pdf"),
        ("", "07.pdf"),
        ("a" * 300, f"07-{'a' * 60}.pdf"),
    ],
)
def test_names_of_copies_are_safe(name: str, file: str) -> None:
    assert copy_name(Copy(7, b"", name), digits=2) == file


def test_copies_of_an_earlier_list_are_told_and_stay(out: Path) -> None:
    folder = out / "noord" / "poster-screen"
    write_copies(FORM, read_table(table(out, "naam\nZoë de Vries\nSam\n")), out)
    (folder / "eigen.pdf").write_bytes(b"")
    copies = write_copies(FORM, read_table(table(out, "naam\nZoë\nSam\n")), out)
    (told,) = copies.refused
    assert str(told).startswith("noord/poster-screen: holds 1 of an earlier list: 2-zoe-de-vries.pdf. Remove")
    assert told.severity is Severity.NOTE
    assert {path.name for path in folder.iterdir()} == {"2-zoe-de-vries.pdf", "2-zoe.pdf", "3-sam.pdf", "eigen.pdf"}


def test_columns_that_no_form_asks_for_are_one_note() -> None:
    def note(column: int, heading: str) -> Finding:
        return Finding(Place("t.csv", 1, column), "prefill-unused", "is not a field", Severity.NOTE, about=heading)

    mail, job, goal = note(2, "E-mail"), note(3, "Functie"), note(4, "doel")
    (told,) = unused_columns([(mail, job), (job, goal, mail)])
    assert str(told) == "t.csv:1: on no form, so left out: 'E-mail', 'Functie'"
    assert unused_columns([(mail,), (goal,)]) == unused_columns([]) == ()


def test_build_makes_copies_of_the_forms_and_reports_them(tmp_path: Path) -> None:
    data = table(tmp_path, "naam;datum;kleur;E-mail\nZoë;12 maart;rood;z@school.example\n")
    out = tmp_path / "out"
    command = ["build", "invulposter", "--rayon", "lindezoom", "--edition", "screen", "--no-cache", "--jobs", "1"]
    result = CliRunner().invoke(main, [*command, "--data", str(data), "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert result.output.count("kleur") == 1
    assert "deelnemers.csv:1: on no form, so left out: 'kleur', 'E-mail'" in result.output
    assert "Filled copies: 1, for 1 row" in result.output
    assert (out / "lindezoom" / "invulposter-screen" / "2-zoe.pdf").is_file()
    (artefact,) = read_report(out)
    assert artefact.copies == 1
    assert [finding.code for finding in artefact.refused] == ["prefill-unused"] * 2


def test_data_without_a_form_is_refused_before_any_work(tmp_path: Path) -> None:
    data = table(tmp_path, "naam\nZoë\n")
    result = CliRunner().invoke(main, ["build", "invulposter", "--edition", "office", "--data", str(data)])
    assert result.exit_code == 2
    assert "--data fills forms in" in result.output


@pytest.mark.parametrize("columns", ["kleur;maat", "netwerk;product"])
def test_a_table_for_no_form_at_all_is_refused_before_any_work(tmp_path: Path, columns: str) -> None:
    data, out = table(tmp_path, f"{columns}\nrood;XL\n"), tmp_path / "out"
    result = CliRunner().invoke(main, ["build", "handout", "invulposter", "--data", str(data), "-o", str(out)])
    assert result.exit_code == 2
    assert "deelnemers.csv:1: no column has the name of a field" in result.output
    assert not out.exists()


def test_a_column_of_one_network_alone_is_enough(library: Library, workspace: Workspace) -> None:
    jobs = plan(library, Request(rayons=("lindezoom", "heuvelrand"), editions=(Edition.SCREEN,)))
    question = library.networks["oop"].questions[0]
    pages = Shop(library=library, fonts=workspace.fonts, out=Path()).pages
    assert fits_a_form(Table("t.csv", (f"handout.oop.vraag.{question}",), ()), jobs, pages)
    assert not fits_a_form(Table("t.csv", ("handout.oop.vraag.geen",), ()), jobs, pages)
