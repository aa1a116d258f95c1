import contextlib
import datetime
import io
import random
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from invulposter.collect.read import Answers, read_answers
from invulposter.errors import InvalidInputError
from invulposter.findings import Finding, Place, Severity
from invulposter.finish.fill import FormTemplate
from invulposter.prefill import MOST_ROWS, Copy, parse_csv, parse_table, prefill, read_table
from tests.collect.sample import form


@pytest.fixture(scope="module")
def template() -> FormTemplate:
    return FormTemplate(form())


def made(template: FormTemplate, path: Path) -> tuple[dict[int, dict[str, str | bool]], list[Finding]]:
    """Each row's filled-in values, and the findings."""
    rows, findings = {}, []
    for result in prefill(template, read_table(path)):
        if isinstance(result, Copy):
            answers = read_answers(result.pdf, "x.pdf")
            assert isinstance(answers, Answers)
            rows[result.row] = {key: value for key, value in answers.values.items() if value}
        else:
            findings.append(result)
    return rows, findings


def csv(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "deelnemers.csv"
    path.write_bytes(text.encode(encoding))
    return path


def xlsx(folder: Path, *rows: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "deelnemers.xlsx")
    return folder / "deelnemers.xlsx"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_csv_of_every_kind(template: FormTemplate, tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = csv(tmp_path, delimiter.join(["naam", "school"]) + "\r\n" + delimiter.join(["Zoë ŷ", "De Brug"]), encoding)
    assert made(template, path) == ({2: {"naam": "Zoë ŷ", "school": "De Brug"}}, [])


def test_columns_go_by_name_by_question_and_by_last_part(template: FormTemplate, tmp_path: Path) -> None:
    path = csv(tmp_path, "stap-waarom.reden,Hoe heet je?,LEREN\n" + '"twee\nregels",Noor,ja\n')
    rows, findings = made(template, path)
    assert rows == {2: {"stap-waarom.reden": "twee\nregels", "naam": "Noor", "stap-waarom.leren": True}}
    assert findings == []


def test_last_part_that_two_fields_share_names_neither(template: FormTemplate, tmp_path: Path) -> None:
    _, findings = made(template, csv(tmp_path, "naam,wie\nNoor,Sam\n"))
    assert [(finding.code, finding.place.column) for finding in findings] == [("prefill-unused", 2)]


def test_excel_with_dates_and_numbers(template: FormTemplate, tmp_path: Path) -> None:
    path = xlsx(tmp_path, ("naam", "school", "leren"), (1234, datetime.date(2027, 3, 12), True), (None, None, None))
    assert made(template, path) == (
        {2: {"naam": "1234", "school": "12 maart 2027", "stap-waarom.leren": True}},
        [],
    )


def test_empty_cells_and_rows_stay_empty(template: FormTemplate, tmp_path: Path) -> None:
    rows, findings = made(template, csv(tmp_path, "naam,school\n,De Brug\n,\nNoor\n"))
    assert rows == {2: {"school": "De Brug"}, 4: {"naam": "Noor"}}
    assert findings == []


def test_wrong_value_costs_its_row_and_names_it(template: FormTemplate, tmp_path: Path) -> None:
    path = csv(tmp_path, "naam,leren\nNoor,ja\nSam,misschien\n日本,nee\n" + "a" * 500 + ",nee\nKim,nee\n")
    rows, findings = made(template, path)
    assert list(rows) == [2, 6]
    places = [finding.place for finding in findings]
    assert places == [Place(str(path), 3, 2), Place(str(path), 4, 1), Place(str(path), 5, 1)]
    assert "misschien" in findings[0].message
    assert "日" in findings[1].message
    assert "500" in findings[2].message


def test_wrong_column_is_said_once_and_the_rows_are_made(template: FormTemplate, tmp_path: Path) -> None:
    path = csv(tmp_path, "naam,e-mail,naam\nNoor,noor@voorbeeld.example,x\nSam,,y\n")
    rows, findings = made(template, path)
    assert rows == {2: {"naam": "Noor"}, 3: {"naam": "Sam"}}
    assert [(finding.place, finding.severity) for finding in findings] == [
        (Place(str(path), 1, 2), Severity.NOTE),
        (Place(str(path), 1, 3), Severity.ERROR),
    ]


def test_newline_in_a_single_line_is_an_error(template: FormTemplate, tmp_path: Path) -> None:
    rows, findings = made(template, csv(tmp_path, 'naam\n"Noor\nSam"\n'))
    assert rows == {}
    assert "more than one line" in findings[0].message


def test_table_without_any_field_makes_nothing(template: FormTemplate, tmp_path: Path) -> None:
    rows, findings = made(template, csv(tmp_path, "x,y\n1,2\n"))
    assert rows == {}
    assert [finding.code for finding in findings] == ["prefill-unused", "prefill-unused", "prefill-column"]
    assert "naam" in findings[-1].advice


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", b"naam\n\x00\x01\n", "no text"),
        ("a.csv", b"naam\nZo\x81\n", "can't be read"),
        ("a.csv", b"", "empty"),
        ("a.csv", b'naam\n"open', "can't be read"),
        ("a.xlsx", b"geen excel", "can't be read"),
        ("a.xlsx", b"", "can't be read"),
    ],
)
def test_unreadable_table_is_one_finding(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InvalidInputError, match=said) as caught:
        read_table(tmp_path / name)
    assert len(caught.value.findings) == 1


def test_missing_table_is_one_finding(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"geen\.csv"):
        read_table(tmp_path / "geen.csv")


def test_damaged_excel_is_one_finding(tmp_path: Path) -> None:
    whole = xlsx(tmp_path, ("naam",), ("Noor",)).read_bytes()
    for end in range(10, len(whole), 397):
        (tmp_path / "half.xlsx").write_bytes(whole[:end])
        with pytest.raises(InvalidInputError):
            read_table(tmp_path / "half.xlsx")


def xlsx_with(folder: Path, cell: str, xml: bytes) -> bytes:
    """A table of one person, with another cell A2 as another program may write it."""
    whole = xlsx(folder, ("naam", "school"), ("Noor", "De Brug"))
    book = zipfile.ZipFile(whole)
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as archive:
        for name in book.namelist():
            data = book.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = re.sub(rb'<c r="%s".*?</c>' % cell.encode(), xml, data)
                assert xml in data
            archive.writestr(name, data)
    return changed.getvalue()


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (b'<c r="A2"><f>B2&amp;"x"</f></c>', "t.xlsx:2:1: holds a formula without a result"),
        (b'<c r="A2"><f>B2&amp;"x"</f><v></v></c>', "t.xlsx:2:1: holds a formula without a result"),
        (b'<c r="A2" t="e"><v>#N/A</v></c>', "t.xlsx:2:1: holds the error #N/A"),
        (b'<c r="A2" t="e"><f>B9</f><v>#REF!</v></c>', "t.xlsx:2:1: holds the error #REF!"),
    ],
)
def test_a_cell_without_a_value_is_named(tmp_path: Path, xml: bytes, said: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        parse_table("t.xlsx", xlsx_with(tmp_path, "A2", xml))
    assert [str(finding)[: len(said)] for finding in caught.value.findings] == [said]


@pytest.mark.parametrize(
    ("xml", "value"),
    [
        (b'<c r="A2" t="str"><f>B2&amp;"x"</f><v>De Brugx</v></c>', "De Brugx"),
        (b'<c r="A2" t="str"><f>IF(B2="","",B9)</f><v></v></c>', ""),
        (b'<c r="A2"><f>1+1</f><v>2</v></c>', "2"),
    ],
)
def test_the_result_of_a_formula_is_what_is_read(tmp_path: Path, xml: bytes, value: str) -> None:
    assert parse_table("t.xlsx", xlsx_with(tmp_path, "A2", xml)).rows == ((2, (value, "De Brug")),)


@pytest.mark.parametrize("error", ["#N/B", "#VERW!", "#NAAM?", "#DEEL/0!"])
def test_an_error_in_csv_is_named(error: str) -> None:
    with pytest.raises(InvalidInputError, match=rf"t\.csv:3:1: holds the error {re.escape(error)}"):
        parse_table("t.csv", f"naam;nr\nNoor;#1\n{error};2\n".encode())


@pytest.mark.parametrize("row", [30_000, 1_048_576])
def test_empty_rows_do_not_count(tmp_path: Path, row: int) -> None:
    book = openpyxl.Workbook()
    book.active.append(("naam",))
    book.active.append(("Noor",))
    book.active.cell(row, 1).font = openpyxl.styles.Font(bold=True)
    book.active.cell(29_999, 1).value = "Sam"
    book.save(tmp_path / "t.xlsx")
    assert read_table(tmp_path / "t.xlsx").rows == ((2, ("Noor",)), (29_999, ("Sam",)))


def test_more_rows_than_a_list_has_are_refused() -> None:
    most = parse_table("t.csv", b"naam\n\n" + b"Noor\n" * MOST_ROWS)
    assert len(most.rows) == MOST_ROWS
    with pytest.raises(InvalidInputError, match="has more than 20000 rows"):
        parse_table("t.csv", b"naam\n" + b"Noor\n" * (MOST_ROWS + 1))


@pytest.mark.parametrize("seed", range(100))
def test_an_overwritten_part_is_one_finding_or_a_table(tmp_path: Path, seed: int) -> None:
    chance, changed = random.Random(seed), io.BytesIO()
    book = zipfile.ZipFile(xlsx(tmp_path, ("naam", "school"), ("Noor", "=B1")))
    damaged = chance.choice(book.namelist())
    with zipfile.ZipFile(changed, "w") as archive:
        for name in book.namelist():
            data = bytearray(book.read(name))
            for _ in range(5 * (name == damaged)):
                data[chance.randrange(len(data))] = chance.choice(b'0123456789<>/"aAr =')
            archive.writestr(name, bytes(data))
    with contextlib.suppress(InvalidInputError):
        parse_table("t.xlsx", changed.getvalue())


@pytest.mark.parametrize("name", ["t.xlsx", "t.xls", "t.csv"])
def test_a_password_or_an_old_file_is_told(name: str) -> None:
    with pytest.raises(InvalidInputError, match=r"old \.xls file, or has a password"):
        parse_table(name, bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_csv_as_excel_saves_it_in_dutch(encoding: str) -> None:
    data = "naam;school\r\nZoë Çelik;’t Café € 5\r\n".encode(encoding)
    assert parse_table("t.csv", data).rows == ((2, ("Zoë Çelik", "’t Café € 5")),)


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        ("Naam deelnemer", "Zoë de Vries", "Zoë de Vries"),
        ("E-mail;Deelnemer:", "z@school.example;Zoë", "Zoë"),
        ("VOLLEDIGE  NAAM", "Zoë", "Zoë"),
        ("voornaam", "Zoë", "Zoë"),
        ("Voornaam;Achternaam", "Zoë;Çelik", "Zoë Çelik"),
        ("Achternaam;Tussenvoegsel;Voornaam", "Vries;de;Zoë", "Zoë de Vries"),
        ("Achternaam;Tussenvoegsel;Voornaam", "Çelik;;Zoë", "Zoë Çelik"),
        ("Voornaam;Functie;Achternaam;Voornaam", "Zoë;docent;Çelik;Z.", "Zoë Çelik"),
        ("Deelnemer;naam", "1;Zoë", "Zoë"),
    ],
)
def test_a_name_by_what_lists_call_it(template: FormTemplate, tmp_path: Path, header: str, row: str, name: str) -> None:
    rows, findings = made(template, csv(tmp_path, f"{header}\n{row}\n"))
    assert rows == {2: {"naam": name}}
    assert [finding for finding in findings if finding.severity is not Severity.NOTE] == []


def test_a_part_between_is_no_name(template: FormTemplate, tmp_path: Path) -> None:
    rows, _ = made(template, csv(tmp_path, "tussenvoegsel;school\nde;De Brug\n"))
    assert rows == {2: {"school": "De Brug"}}


def test_a_name_of_parts_that_is_wrong_is_told_where_it_begins(template: FormTemplate, tmp_path: Path) -> None:
    path = csv(tmp_path, "Achternaam;Voornaam\nÇelik;日本\n")
    rows, findings = made(template, path)
    assert rows == {}
    assert [finding.place for finding in findings] == [Place(str(path), 2, 2)]


@pytest.mark.parametrize(
    "above",
    ["Deelnemers 12 maart;;\n", "Workshop netwerken;12 maart;\n\n", "Lijst;;\n;;\nRayon Lindezoom;;\n"],
)
def test_a_title_stands_above_the_headings(above: str) -> None:
    table = parse_table("t.csv", f"{above}Naam deelnemer;School;Mail\nZoë;De Brug;z\nSam;;\n".encode())
    top = above.count("\n") + 1
    assert (table.top, table.header) == (top, ("Naam deelnemer", "School", "Mail"))
    assert table.rows == ((top + 1, ("Zoë", "De Brug", "z")), (top + 2, ("Sam", "", "")))


@pytest.mark.parametrize(
    ("text", "top", "header"),
    [
        ("Lijst\nnaam\nZoë\n", 2, ("naam",)),
        ("Lijst;\nschool;datum\nDe Brug;12 maart\n", 2, ("school", "datum")),
        ("school\nDe Brug\n", 1, ("school",)),
        ("wie;rol\nZoë;deelnemer\nSam;deelnemer\n", 1, ("wie", "rol")),
        ("naam;rol\nZoë;deelnemer\n", 1, ("naam", "rol")),
        ("kleur;maat;prijs\nrood;naam\n", 1, ("kleur", "maat", "prijs")),
    ],
)
def test_what_is_no_title_is_not_passed_over(text: str, top: int, header: tuple[str, ...]) -> None:
    table = parse_table("t.csv", text.encode())
    assert (table.top, table.header) == (top, header)


def test_what_is_wrong_below_a_title_is_told_by_its_own_row(template: FormTemplate, tmp_path: Path) -> None:
    path = csv(tmp_path, "Deelnemers;;\n\nnaam;naam;leren\nZoë;;misschien\n")
    _, findings = made(template, path)
    assert [finding.place for finding in findings] == [Place(str(path), 3, 2), Place(str(path), 4, 3)]


def test_a_comma_in_a_list_of_one_column_is_no_delimiter() -> None:
    assert parse_csv("naam\nÇelik, Zoë\n".encode()) == [["naam"], ["Çelik, Zoë"]]


def test_quoted_newlines_stay_in_their_cell() -> None:
    assert parse_csv(b'a;b\n"1\n2";3\n') == [["a", "b"], ["1\n2", "3"]]


def test_copy_stays_editable(template: FormTemplate, tmp_path: Path) -> None:
    (copy,) = prefill(template, read_table(csv(tmp_path, "naam\nNoor\n")))
    assert isinstance(copy, Copy)
    again = FormTemplate(copy.pdf).fill({"naam": "Sam", "school": "De Brug"})
    for pdf, typed in ((copy.pdf, ("Noor", "")), (again, ("Sam", "De Brug"))):
        answers = read_answers(pdf, "x.pdf")
        assert isinstance(answers, Answers)
        assert (answers.values["naam"], answers.values["school"]) == typed


@pytest.mark.long
def test_five_thousand_rows_are_quick(template: FormTemplate) -> None:
    import time

    names = list(template.slots)
    text = (
        ",".join(names)
        + "\n"
        + 5000 * (",".join("ja" if template.slots[name].tick else "Zoë" for name in names) + "\n")
    )
    path = Path("deelnemers.csv")
    rows = parse_csv(text.encode())
    from invulposter.prefill import Table

    table = Table(str(path), tuple(rows[0]), tuple((number, tuple(row)) for number, row in enumerate(rows[1:], 2)))
    started = time.process_time()
    written = sum(len(copy.pdf) for copy in prefill(template, table) if isinstance(copy, Copy))
    assert written > 5000 * len(form())
    assert (time.process_time() - started) / 5000 < 0.005
