from pathlib import Path

import pytest

from invulposter.collect.batch import collect
from invulposter.finish.fill import FormTemplate
from invulposter.library import Library
from tests.collect.sample import IDENTITY, filled_forms, form


def test_folder_of_everything(tmp_path: Path, library: Library) -> None:
    template = FormTemplate(form())
    contents = {
        "a.pdf": template.fill({"naam": "Zoë", "stap-waarom.leren": True}),
        "b.pdf": template.fill({"naam": "Sam", "school": "De Brug"}),
        "c.pdf": form(),
        "d.pdf": template.fill({"naam": "Sam", "school": "De Brug"}) + b"\n",
        "e.pdf": b"geen pdf",
        "f.pdf": template.fill({"naam": "Kim"})[:-2000],
        "g.pdf": template.fill({"naam": "Noor"}),
    }
    for name, pdf in contents.items():
        (tmp_path / name).write_bytes(pdf)
    harvest = collect([tmp_path / name for name in (*contents, "weg.pdf")], library.poster, jobs=1)
    assert [one.values["naam"] for one in harvest.answers] == ["Zoë", "Sam"]
    said = {Path(finding.place.path).name: finding.code for finding in harvest.findings}
    assert said == {
        "c.pdf": "collect-empty",
        "g.pdf": "collect-empty",
        "d.pdf": "collect-duplicate",
        "e.pdf": "collect-foreign",
        "f.pdf": "collect-damaged",
        "weg.pdf": "collect-unreadable",
    }


def test_same_ticks_are_two_people(tmp_path: Path, library: Library) -> None:
    pdf = FormTemplate(form()).fill({"stap-waarom.leren": True})
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(pdf)
    assert len(collect(sorted(tmp_path.glob("*.pdf")), library.poster, jobs=1).answers) == 2


def test_no_files_no_harvest(library: Library) -> None:
    assert collect([], library.poster).answers == ()


@pytest.mark.long
def test_a_thousand_files_are_read_in_their_order(tmp_path: Path, library: Library) -> None:
    """What that takes is in `tests/bench/run.py`."""
    harvest = collect(filled_forms(1000, tmp_path), library.poster, jobs=2)
    assert harvest.answers[0].identity == IDENTITY
    assert [Path(answers.path).name for answers in harvest.answers] == [f"{number:04}.pdf" for number in range(1000)]
