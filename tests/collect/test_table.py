import csv
import dataclasses
import io
import json
import os

import openpyxl
import pytest

from invulposter.collect.names import without_names
from invulposter.collect.read import Answers, Question, Value
from invulposter.collect.table import harmless, tables, to_csv, to_json, to_xlsx
from invulposter.finish.forms import Identity
from invulposter.library import Library


def answers(path: str, edition: str = "abc1234", product: str = "proefposter", **values: Value) -> Answers:
    questions = tuple(
        Question(key, f"Vraag {key}?", isinstance(value, bool), 0, (0, 0, 1, 1)) for key, value in values.items()
    )
    return Answers(path, Identity(product, "noord", "", edition), questions, values)


PEOPLE = (
    answers("map/a.pdf", naam="Zoë ŷ", leren=True, doel="=1+1"),
    answers("map/b.pdf", naam="Sam", leren=False, doel="regel een\nregel twee"),
)


def csv_rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def xlsx_rows(data: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_csv_opens_in_a_spreadsheet() -> None:
    data = to_csv(tables(PEOPLE))
    assert data.startswith(b"\xef\xbb\xbf")
    assert csv_rows(data) == [
        ["bestand", "product", "rayon", "netwerk", "editie", "Vraag naam?", "Vraag leren?", "Vraag doel?"],
        ["a.pdf", "proefposter", "noord", "", "abc1234", "Zoë ŷ", "ja", "'=1+1"],
        ["b.pdf", "proefposter", "noord", "", "abc1234", "Sam", "", "regel een\nregel twee"],
    ]


def test_xlsx_holds_text_only() -> None:
    rows = xlsx_rows(to_xlsx(tables(PEOPLE)))
    assert list(rows) == ["proefposter", "Vragen"]
    assert rows["proefposter"][1][5:] == ("Zoë ŷ", "ja", "=1+1")
    assert rows["Vragen"][1] == ("proefposter", "naam", "Vraag naam?")


def test_json_keeps_ids_and_types() -> None:
    document = json.loads(to_json(tables(PEOPLE)))
    assert document["vragen"]["proefposter"]["doel"] == "Vraag doel?"
    assert document["formulieren"][0]["antwoorden"] == {"naam": "Zoë ŷ", "leren": True, "doel": "=1+1"}


@pytest.mark.parametrize(
    ("name", "told"), [(b"Jos\xe9.pdf", "Jos\ufffd.pdf"), (b"a\x07b.pdf", "ab.pdf"), (b"Zo\xc3\xab", "Zoë")]
)
def test_a_file_of_any_name_gets_its_row(name: bytes, told: str) -> None:
    made = tables([answers(f"map/{os.fsdecode(name)}", naam="Zoë")])
    assert csv_rows(to_csv(made))[1][0] == told
    assert xlsx_rows(to_xlsx(made))["proefposter"][1][0] == told
    assert json.loads(to_json(made))["formulieren"][0]["bestand"] == told


def test_older_edition_is_brought_in_by_id() -> None:
    old = answers("oud.pdf", "0ld0000", naam="Kim", vervallen="weg", doel="ver")
    (table,) = tables((old, *PEOPLE))
    assert [column.id for column in table.columns] == ["naam", "leren", "doel", "vervallen"]
    assert csv_rows(to_csv((table,)))[1][5:] == ["Kim", "", "ver", "weg"]


def test_products_keep_their_own_columns() -> None:
    other = answers("h.pdf", product="blad", naam="Lee")
    made = tables((*PEOPLE, other))
    assert [table.product for table in made] == ["proefposter", "blad"]
    assert csv_rows(to_csv(made))[3][5:] == ["", "", "", "Lee"]
    assert list(xlsx_rows(to_xlsx(made))) == ["proefposter", "blad", "Vragen"]


def test_names_can_be_left_out(library: Library) -> None:
    nameless = tables(without_names(PEOPLE, library.poster))
    for data in (to_csv(nameless), to_json(nameless)):
        assert "Zoë" not in data.decode("utf-8-sig")
        assert "formulier 1" in data.decode("utf-8-sig")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", " =1", "\n=1", "＝1"])
def test_formulas_are_made_harmless(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["", "a=1", "Zoë", "1-2", "'s avonds"])
def test_other_text_is_left_alone(text: str) -> None:
    assert harmless(text) == text


def test_sheet_names_are_what_a_spreadsheet_takes() -> None:
    odd = dataclasses.replace(PEOPLE[0], identity=Identity("a/b[c]:" + "x" * 40, "noord", "", "e"))
    assert all(len(name) <= 31 for name in xlsx_rows(to_xlsx(tables((odd,)))))


def test_nobody_gives_an_empty_table() -> None:
    assert tables(()) == ()
    assert csv_rows(to_csv(())) == [["bestand", "product", "rayon", "netwerk", "editie"]]
    assert list(xlsx_rows(to_xlsx(()))) == ["Vragen"]
