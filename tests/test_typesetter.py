"""What WeasyPrint is asked for, and what is mended of its answer."""

from io import BytesIO

import pikepdf
import pytest

from invulposter.findings import Severity
from invulposter.typesetter import FileKind, LaidOut, laid_out, use_fonts
from invulposter.workspace import Workspace
from tests.judges import verapdf

STYLE = '@page { size: 90mm 40mm; margin: 5mm } body { font: 12pt "Alegreya Sans" } .lines { white-space: pre-line }'


@pytest.fixture(autouse=True, scope="module")
def fonts(workspace: Workspace) -> None:
    use_fonts(workspace.fonts)


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ("kom erbij", 1),
        ("kom <b>erbij</b>", 1),
        ("kom<wbr>erbij", 1),
        ("kom<br>erbij", 2),
        ('<span class="lines">kom\nerbij</span>', 2),
    ],
)
def test_a_link_is_one_link_on_each_of_its_lines(said: str, lines: int) -> None:
    html = f'<html lang="nl"><title>x</title><h1>Doe mee</h1><p><a href="https://netwerk.example">{said}</a></p></html>'
    made = laid_out(html, (STYLE,), (), FileKind.TAGGED)
    assert isinstance(made, LaidOut)
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        assert len(pdf.pages[0].obj.Annots) == lines
    assert [str(one) for one in verapdf.violations(made.pdf, "ua1")] == []


@pytest.mark.parametrize("inside", ["<rect>", '<g transform="rotate(a)"><rect width="9" height="9"/></g>'])
def test_a_picture_that_is_not_on_the_page_is_an_error(inside: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="9mm" height="9mm">{inside}</svg>'.encode()
    made = laid_out('<p><img alt="Kaart" src="kaart.svg"></p>', (STYLE,), (("kaart.svg", drawing),), FileKind.PLAIN)
    assert isinstance(made, LaidOut)
    (finding,) = made.findings
    assert "kaart.svg" in finding.message
    assert finding.severity is Severity.ERROR
