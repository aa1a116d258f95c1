"""What comes home of the forms themselves: nothing of a blank one, and what was typed of any other, flattened too."""

import io
from collections.abc import Callable, Mapping

import pikepdf
import pytest
from pypdf import PdfWriter

from invulposter.collect.batch import Collected, gather
from invulposter.collect.read import Answers, read_answers
from invulposter.content import Poster
from invulposter.finish.fill import FormTemplate
from invulposter.library import Library
from tests.products.conftest import Made

LINE, LINES = "Zoë Ŷg,", "Zoë ŷ: “ja”, g\néén; twee"
Flattener = Callable[[bytes], bytes]


def by_pypdf(pdf: bytes) -> bytes:
    """The fields' own drawings in the page, as pypdf puts them there, and the fields gone."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    for page in writer.pages:
        for annotation in page.get("/Annots", ()):
            field = annotation.get_object()
            if field.get("/FT") == "/Tx":
                drawing, (left, bottom, *_) = field["/AP"]["/N"], field["/Rect"]
                writer._add_apstream_object(page, drawing, f"veld{annotation.idnum}", float(left), float(bottom))
    writer.remove_annotations(subtypes="/Widget")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def by_qpdf(pdf: bytes) -> bytes:
    """The same by qpdf itself, which pikepdf is made of."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.flatten_annotations("all")
        document.save(file)
    return file.getvalue()


def gathered(files: Mapping[str, bytes], poster: Poster) -> Collected:
    return gather([read_answers(pdf, name) for name, pdf in files.items()], poster, files.__getitem__)


def codes(found: Collected) -> dict[str, list[str]]:
    return {
        path: [finding.code for finding in found.findings if finding.place.path == path]
        for path in sorted({finding.place.path for finding in found.findings})
    }


@pytest.fixture(scope="module")
def forms(screens: Mapping[str, Made]) -> Mapping[str, bytes]:
    """The forms of both styles, as they are sent round."""
    found = {path: made.path.read_bytes() for path, made in screens.items() if made.job.fillable}
    assert {made.job.layout.style for path, made in screens.items() if path in found} == {"draad", "affiche"}
    return found


@pytest.mark.parametrize("flattened", [by_pypdf, by_qpdf])
def test_a_blank_form_is_not_filled_in(forms: Mapping[str, bytes], library: Library, flattened: Flattener) -> None:
    for path, pdf in forms.items():
        found = gathered({"leeg.pdf": pdf, "plat.pdf": flattened(pdf)}, library.poster)
        assert found.answers == (), path
        assert codes(found) == {"leeg.pdf": ["collect-empty"], "plat.pdf": ["collect-flattened", "collect-empty"]}, path


def test_what_is_for_the_printer_is_not_filled_in(
    forms: Mapping[str, bytes], products: Mapping[str, Made], library: Library
) -> None:
    printed = {path: made for path, made in products.items() if made.artefact.edition == "office"}
    for path, made in printed.items():
        screen = path.partition("-office")[0] + "-screen.pdf"
        if screen in forms:
            found = gathered({"leeg.pdf": forms[screen], "kantoor.pdf": made.path.read_bytes()}, library.poster)
            assert found.answers == (), path
            assert codes(found)["kantoor.pdf"] == ["collect-flattened", "collect-empty"], path


@pytest.mark.parametrize("flattened", [by_pypdf, by_qpdf])
def test_what_was_typed_comes_home_exactly(forms: Mapping[str, bytes], library: Library, flattened: Flattener) -> None:
    for path, pdf in forms.items():
        template = FormTemplate(pdf)
        typed = {name: LINES if slot.multiline else LINE for name, slot in template.slots.items() if not slot.tick}
        some = dict(list(typed.items())[1::2])
        for values in (typed, some):
            filled = template.fill(values)
            found = gathered({"leeg.pdf": pdf, "plat.pdf": flattened(filled)}, library.poster)
            (answers,) = found.answers
            assert {key: value for key, value in answers.values.items() if value} == values, path
            assert answers.identity == read_as_form(filled).identity
            assert read_as_form(filled).values.items() >= values.items(), path


def test_a_form_on_other_pages_is_told_and_not_read(forms: Mapping[str, bytes], library: Library) -> None:
    for path, pdf in forms.items():
        with pikepdf.open(io.BytesIO(by_qpdf(pdf))) as document:
            for page in document.pages:
                # As a printer that leaves an edge of the paper white makes it.
                page.contents_add(pikepdf.Stream(document, b"q 0.95 0 0 0.95 12 12 cm"), prepend=True)
                page.contents_add(pikepdf.Stream(document, b"Q"))
            file = io.BytesIO()
            document.save(file)
        found = gathered({"leeg.pdf": pdf, "krap.pdf": file.getvalue()}, library.poster)
        assert codes(found)["krap.pdf"] == ["collect-moved"], path


def test_whose_it_is_and_when_is_no_answer(forms: Mapping[str, bytes], library: Library) -> None:
    for path, pdf in forms.items():
        template = FormTemplate(pdf)
        about = {
            name: "12 maart" for name in (library.poster.owner.id, library.poster.date.id) if name in template.slots
        }
        found = gathered({"naam.pdf": template.fill(about), "plat.pdf": by_qpdf(template.fill(about))}, library.poster)
        assert found.answers == (), path


def read_as_form(pdf: bytes) -> Answers:
    read = read_answers(pdf, "een.pdf")
    assert isinstance(read, Answers)
    return read
