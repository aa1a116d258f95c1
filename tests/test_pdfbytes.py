"""Files of changed documents: the same bytes for the same document, and an identifier of their own."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from invulposter.pdfbytes import saved
from tests.judges import qpdf


def document(words: bytes) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 100))
    pdf.pages[0].Contents = pdf.make_stream(words)
    return pdf


def identifiers(data: bytes) -> tuple[bytes, bytes]:
    with pikepdf.open(BytesIO(data)) as pdf:
        first, last = pdf.trailer.ID
        return bytes(first), bytes(last)


@pytest.mark.parametrize("packed", [pikepdf.ObjectStreamMode.generate, pikepdf.ObjectStreamMode.disable])
def test_the_same_document_is_the_same_file(packed: pikepdf.ObjectStreamMode, tmp_path: Path) -> None:
    made = saved(document(b"0 0 m 9 9 l S"), packed)
    assert saved(document(b"0 0 m 9 9 l S"), packed) == made
    assert len(identifiers(made)[1]) == 16
    (tmp_path / "made.pdf").write_bytes(made)
    assert qpdf.check(tmp_path / "made.pdf") == []


def test_another_document_has_another_identifier() -> None:
    assert identifiers(saved(document(b"0 0 m 9 9 l S"))) != identifiers(saved(document(b"0 0 m 8 8 l S")))


def test_a_file_that_was_changed_keeps_the_first_part() -> None:
    made = saved(document(b"0 0 m 9 9 l S"))
    with pikepdf.open(BytesIO(made)) as pdf:
        pdf.pages[0].Rotate = 90
        changed = saved(pdf)
    assert identifiers(changed)[0] == identifiers(made)[0]
    assert identifiers(changed)[1] != identifiers(made)[1]
