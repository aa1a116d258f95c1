from pathlib import Path

import pytest

from invulposter.collect.batch import collect
from invulposter.finish.fill import FormTemplate
from tests.collect.sample import IDENTITY, filled_forms, form


def test_folder_of_everything(tmp_path: Path) -> None:
    template = FormTemplate(form())
    contents = {
        "a.pdf": template.fill({"naam": "Zoë", "stap-waarom.leren": True}),
        "b.pdf": template.fill({"naam": "Sam"}),
        "c.pdf": form(),
        "d.pdf": template.fill({"naam": "Sam"}) + b"\n",
        "e.pdf": b"geen pdf",
        "f.pdf": template.fill({"naam": "Kim"})[:-2000],
    }
    for name, pdf in contents.items():
        (tmp_path / name).write_bytes(pdf)
    harvest = collect([tmp_path / name for name in (*contents, "weg.pdf")], jobs=1)
    assert [one.values["naam"] for one in harvest.answers] == ["Zoë", "Sam"]
    said = {Path(finding.place.path).name: finding.code for finding in harvest.findings}
    assert said == {
        "c.pdf": "collect-empty",
        "d.pdf": "collect-duplicate",
        "e.pdf": "collect-foreign",
        "f.pdf": "collect-damaged",
        "weg.pdf": "collect-unreadable",
    }


def test_same_ticks_are_two_people(tmp_path: Path) -> None:
    pdf = FormTemplate(form()).fill({"stap-waarom.leren": True})
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(pdf)
    assert len(collect(sorted(tmp_path.glob("*.pdf")), jobs=1).answers) == 2


def test_no_files_no_harvest() -> None:
    assert collect([]).answers == ()


@pytest.mark.long
def test_a_thousand_files_are_read_in_their_order(tmp_path: Path) -> None:
    """What that takes is in `tests/bench/run.py`."""
    harvest = collect(filled_forms(1000, tmp_path), jobs=2)
    assert harvest.answers[0].identity == IDENTITY
    assert [Path(answers.path).name for answers in harvest.answers] == [f"{number:04}.pdf" for number in range(1000)]
