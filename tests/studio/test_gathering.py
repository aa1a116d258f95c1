import re
from pathlib import Path

import pytest

import invulposter.collect
from invulposter.collect.read import Answers, Question
from invulposter.collect.table import tables
from invulposter.findings import Finding, Place, Severity
from invulposter.finish.forms import Identity
from invulposter.studio.dutch import of_form
from invulposter.studio.gathering import Upload, _told_apart, grid

CODES = {
    code
    for path in Path(invulposter.collect.__file__).parent.glob("*.py")
    for code in re.findall(r'"(collect-[a-z]+)"', path.read_text("utf-8"))
}


@pytest.mark.parametrize("severity", [Severity.WARNING, Severity.NOTE])
@pytest.mark.parametrize("code", sorted(CODES - {"collect-unreadable"}))
def test_everything_that_can_be_wrong_with_a_form_is_told_in_dutch(code: str, severity: Severity) -> None:
    told = of_form(Finding(Place("a.pdf"), code, "is wrong", severity))
    assert told.startswith("a.pdf: ")
    assert "is wrong" not in told
    assert told != "a.pdf: kan niet worden gelezen."


def test_files_of_the_same_name_are_told_apart() -> None:
    names = [file.name for file in _told_apart([Upload(name, b"") for name in ("a.pdf", "b.pdf", "a.pdf", "a.pdf")])]
    assert names == ["a.pdf", "b.pdf", "a.pdf (2)", "a.pdf (3)"]


def test_the_table_to_look_at_has_no_question_that_nobody_answered() -> None:
    names = ("naam", "kruis", "leeg")
    questions = tuple(Question(name, name.title(), name == "kruis", 0, (0, 0, 1, 1)) for name in names)
    one = Answers("1.pdf", Identity("poster", "", "", "abc"), questions, {"naam": "Zoë", "kruis": True, "leeg": ""})
    other = Answers("2.pdf", Identity("poster", "", "", "abc"), questions, {"naam": "", "kruis": False, "leeg": ""})
    (table,) = tables([one, other])
    shown = grid(table)
    assert shown.questions == ("Naam", "Kruis")
    assert shown.rows == (("1.pdf", ("Zoë", "ja")), ("2.pdf", ("", "")))
