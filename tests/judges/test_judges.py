"""The judges are judged first: each must pass a good file and name what is wrong with a bad one."""

import io
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas
from weasyprint import HTML

from . import poppler, qpdf, verapdf

PAGE = """<html lang="nl"><title>Proef</title><style>@page {{size: 74mm 105mm; margin: 5mm}}
body {{font-family: "Alegreya Sans"; hyphenate-character: "-"}}</style><h1>Mijn netwerk</h1>{body}"""


def typeset(body: str = "<p>Wie nodig ik uit?</p>", variant: str | None = "pdf/ua-1") -> bytes:
    html = HTML(string=PAGE.format(body=body))
    pdf: bytes = html.write_pdf(pdf_variant=variant)
    return pdf


def saved(folder: Path, pdf: bytes) -> Path:
    path = folder / "proef.pdf"
    path.write_bytes(pdf)
    return path


def test_verapdf_passes_tagged_file() -> None:
    assert verapdf.violations(typeset(), "ua1") == []


def test_verapdf_passes_archive_file() -> None:
    assert verapdf.violations(typeset(variant="pdf/a-2a"), "2a") == []


@pytest.mark.parametrize(
    ("body", "clause"),
    [
        ("<h4>Te diep</h4>", "7.4.2"),
        ('<a href="https://netwerk.example"><img alt="" src="data:image/svg+xml,<svg/>"></a>', "7.18.5"),
        ("<table><tr><th>Naam<tr><td>Noor<td>Vrijdag</table>", "7.2"),
    ],
)
def test_verapdf_names_clause_of_bad_tags(body: str, clause: str) -> None:
    found = verapdf.violations(typeset(body), "ua1")
    assert clause in {violation.clause for violation in found}


def test_verapdf_names_untagged_file() -> None:
    found = verapdf.violations(typeset(variant=None), "ua1")
    assert ("6.2", 1) in {(violation.clause, violation.test) for violation in found}
    assert all(violation.message and violation.context for violation in found)


def test_verapdf_keeps_profiles_apart() -> None:
    assert "6.2.4.3" in {violation.clause for violation in verapdf.violations(typeset(), "2a")}


def test_verapdf_names_language_that_is_missing() -> None:
    with pikepdf.open(io.BytesIO(typeset())) as pdf:
        del pdf.Root.Lang
        changed = io.BytesIO()
        pdf.save(changed)
    assert any("language" in str(found).lower() for found in verapdf.violations(changed.getvalue(), "ua1"))


@pytest.mark.parametrize("junk", [b"", b"geen pdf", b"%PDF-1.7\n%%EOF"])
def test_verapdf_says_that_a_file_cannot_be_read(junk: bytes) -> None:
    assert [found.clause for found in verapdf.violations(junk, "ua1")] == ["parse"]


def test_verapdf_says_that_a_file_is_encrypted() -> None:
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(typeset())) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert [found.clause for found in verapdf.violations(locked.getvalue(), "ua1")] == ["parse"]


def test_qpdf_passes_sound_file(tmp_path: Path) -> None:
    assert qpdf.check(saved(tmp_path, typeset())) == []


def test_qpdf_names_damage(tmp_path: Path) -> None:
    assert qpdf.check(saved(tmp_path, typeset()[:-200]))


def test_poppler_reads_words_of_each_page(tmp_path: Path) -> None:
    path = saved(tmp_path, typeset('<p>eerste blad</p><p style="break-before: page">tweede blad</p>'))
    assert poppler.words(path) == [["Mijn", "netwerk", "eerste", "blad"], ["tweede", "blad"]]


def test_poppler_joins_hyphenated_word(tmp_path: Path) -> None:
    body = '<p style="width: 20mm; hyphens: auto">netwerkbijeenkomstenoverzicht</p>'
    assert poppler.words(saved(tmp_path, typeset(body)))[0][2:] == ["netwerkbijeenkomstenoverzicht"]


def test_poppler_keeps_empty_page(tmp_path: Path) -> None:
    path = saved(tmp_path, typeset('<p style="break-before: page; height: 1px">'))
    assert poppler.words(path) == [["Mijn", "netwerk"], []]


def test_poppler_tells_embedded_fonts_from_others(tmp_path: Path) -> None:
    assert all(font.embedded for font in poppler.fonts(saved(tmp_path, typeset())))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.drawString(50, 50, "Los lettertype")
    canvas.save()
    assert poppler.fonts(saved(tmp_path, buffer.getvalue())) == [poppler.Font("Helvetica", False, False)]
