import io
import random
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from reportlab.pdfgen.canvas import Canvas

from invulposter.collect.batch import gather
from invulposter.collect.read import Answers, Flattened, clean, read_answers
from invulposter.collect.table import tables, to_xlsx
from invulposter.findings import Finding
from invulposter.finish.fill import FormTemplate
from invulposter.finish.forms import Identity
from invulposter.library import Library
from tests.collect.sample import (
    IDENTITY,
    SPECS,
    TEXTS,
    TICKS,
    appended_by_pypdf,
    filled,
    filled_by_pdfium,
    filled_by_pypdf,
    form,
)

Program = Callable[[bytes, Mapping[str, str | bool]], bytes]
PROGRAMS: list[Program] = [filled, filled_by_pypdf, appended_by_pypdf, filled_by_pdfium]
# pypdf reads a font's codes as Latin-1 for what it draws, and says so; the values are whole.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")

WORDS = ["Zoë", "Çelik", "ŷ", "€ 5", "“echt”", "Ĳsland", "Łódź", "=1+1", "(haakje", "\\", "ﬁets", "ok"]


def answers(pdf: bytes) -> Answers:
    read = read_answers(pdf, "map/een.pdf")
    assert isinstance(read, Answers), read
    return read


def finding(pdf: bytes) -> Finding:
    read = read_answers(pdf, "map/een.pdf")
    assert isinstance(read, Finding), read
    return read


def filled_in(pdf: bytes) -> dict[str, str | bool]:
    return {key: value for key, value in answers(pdf).values.items() if value}


def flattened(pdf: bytes) -> bytes:
    """What a printer to PDF leaves: the fields' appearances drawn on the page."""
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        page = document[0]
        pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_PRINT)
        page.close()
        file = io.BytesIO()
        document.save(file)
    return file.getvalue()


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_was_typed_comes_back(program: Program) -> None:
    read = answers(program(form(), TEXTS | TICKS))
    assert {key: value for key, value in read.values.items() if value} == TEXTS | TICKS
    assert read.identity == IDENTITY
    assert [question.id for question in read.questions] == [spec.name for spec in SPECS]
    assert [question.text for question in read.questions] == [spec.tooltip for spec in SPECS]


@pytest.mark.long
@pytest.mark.parametrize("program", [filled_by_pypdf, filled_by_pdfium])
def test_two_hundred_forms_come_back(program: Program) -> None:
    for seed in range(100):
        chance = random.Random(seed)
        values: dict[str, str | bool] = {}
        for name, slot in FormTemplate(form()).slots.items():
            if slot.tick:
                values[name] = chance.random() < 0.5
                continue
            text = (" " if not slot.multiline else "\n").join(chance.choices(WORDS, k=chance.randint(0, 4)))
            values[name] = clean(text[: slot.maximum])
        expected = {key: value for key, value in values.items() if value}
        assert filled_in(program(form(), expected)) == {
            key: clean(v) if isinstance(v, str) else v for key, v in expected.items()
        }


def test_later_update_goes_before_the_earlier() -> None:
    once = appended_by_pypdf(form(), {"naam": "Noor", "school": "De Brug"})
    twice = filled_by_pdfium(appended_by_pypdf(once, {"naam": "Sam"}), {"contact.1.wie": "Kim"})
    assert filled_in(twice) == {"naam": "Sam", "school": "De Brug", "contact.1.wie": "Kim"}


def test_form_whose_information_was_dropped_is_still_known() -> None:
    with pikepdf.open(io.BytesIO(filled(form(), {"naam": "Noor"}))) as document:
        del document.trailer.Info
        file = io.BytesIO()
        document.save(file)
    assert answers(file.getvalue()).identity == IDENTITY


def test_form_saved_by_qpdf_and_mupdf(tmp_path: Path) -> None:
    path = tmp_path / "in.pdf"
    path.write_bytes(filled(form(), TEXTS))
    for command in (
        ["qpdf", "--object-streams=generate", "in.pdf", "out.pdf"],
        ["mutool", "clean", "-gggz", "in.pdf", "out.pdf"],
    ):
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
        assert filled_in((tmp_path / "out.pdf").read_bytes()) == TEXTS


def test_other_peoples_pdf_is_named() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    canvas.acroForm.textfield(name="naam", value="Noor")
    canvas.showPage()
    canvas.save()
    assert finding(file.getvalue()).code == "collect-foreign"
    assert str(finding(b"PK geen pdf")) == "map/een.pdf: is not a PDF"
    assert finding(b"").code == "collect-foreign"


def test_encrypted_is_named() -> None:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(form())) as document:
        document.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert finding(file.getvalue()).code == "collect-encrypted"


def test_form_with_script_and_xfa_gives_its_values_only() -> None:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(filled(form(), TEXTS))) as document:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        document.Root.OpenAction = script
        document.Root.AcroForm.XFA = document.make_stream(b"<xdp/>")
        document.save(file)
    assert filled_in(file.getvalue()) == TEXTS


def test_cut_off_file_is_damaged_not_half_read() -> None:
    whole = appended_by_pypdf(form(), TEXTS)
    for end in range(len(whole) // 20, len(whole) - 8, len(whole) // 20):
        assert finding(whole[:end]).code in {"collect-damaged", "collect-foreign"}


def overwritten(pdf: bytes, seed: int) -> bytes:
    chance = random.Random(seed)
    damaged = bytearray(pdf)
    for _ in range(chance.randint(1, 400)):
        damaged[chance.randrange(10, len(pdf) - 10)] = chance.randrange(256)
    return bytes(damaged)


@pytest.mark.parametrize("seed", range(4))
def test_overwritten_bytes_never_raise(seed: int) -> None:
    damaged = overwritten(filled(form(), TEXTS), seed)
    assert isinstance(read_answers(damaged, "x.pdf"), Answers | Flattened | Finding)


@pytest.mark.long
def test_overwritten_bytes_never_raise_however_often() -> None:
    whole = filled(form(), TEXTS)
    for seed in range(4, 100):
        assert isinstance(read_answers(overwritten(whole, seed), "x.pdf"), Answers | Flattened | Finding)


def test_fields_that_are_their_own_parents_end() -> None:
    with pikepdf.open(io.BytesIO(form())) as document:
        for annotation in document.pages[0].Annots:
            annotation.Parent = annotation
        file = io.BytesIO()
        document.save(file)
    assert isinstance(read_answers(file.getvalue(), "x.pdf"), Answers)


def test_flattened_file_is_read_with_the_help_of_its_edition(library: Library) -> None:
    flat = flattened(filled(form(), TEXTS | TICKS))
    read = read_answers(flat, "plat.pdf")
    assert isinstance(read, Flattened)
    sibling = filled(form(), {"naam": "Kim", "school": "De Brug"})
    harvest = gather([read, answers(sibling)], library.poster, {"map/een.pdf": sibling}.__getitem__)
    texts = {key: value for key, value in harvest.answers[0].values.items() if value}
    assert texts == TEXTS
    assert harvest.answers[0].identity == IDENTITY
    assert [finding.code for finding in harvest.findings] == ["collect-flattened"]


def test_flattened_file_alone_is_named(library: Library) -> None:
    read = read_answers(flattened(filled(form(), TEXTS)), "plat.pdf")
    harvest = gather([read], library.poster, {}.__getitem__)
    assert harvest.answers == ()
    assert "flattened" in harvest.findings[0].message


def test_hidden_characters_go() -> None:
    assert clean("a\x00b\u202ec\r\nd\re ") == "abc\nd\ne"


@pytest.mark.parametrize("odd", ["\uffff", "\ufffe", "\ud800", "\x0b", "\u2028\x85"])
def test_what_no_spreadsheet_holds_goes_and_the_answer_stays(odd: str) -> None:
    with pikepdf.open(io.BytesIO(form())) as document:
        (field,) = (one for one in document.pages[0].Annots if one.get("/T") == "naam")
        field.V = pikepdf.String(b"\xfe\xff" + f"x{odd}y".encode("utf-16-be", "surrogatepass"))
        document.Root.AcroForm["/Invulposter"] = f"poster;no\x01ord;;{'1' * 10}\uffff"
        file = io.BytesIO()
        document.save(file)
    read = answers(file.getvalue())
    assert str(read.values["naam"]).replace("\u2028", "") == "xy"
    assert read.identity == Identity("poster", "noord", "", "1" * 10)
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(tables([read])))).worksheets[0]
    assert sheet["F2"].value == read.values["naam"]
