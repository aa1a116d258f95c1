"""What WeasyPrint is asked for, and what is mended of its answer."""

from io import BytesIO

import pikepdf
import pytest

from invulposter.errors import TypesetError
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
    made = laid_out(html, (("style.css", STYLE),), (), FileKind.TAGGED)
    assert isinstance(made, LaidOut)
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        assert len(pdf.pages[0].obj.Annots) == lines
    assert [str(one) for one in verapdf.violations(made.pdf, "ua1")] == []


def laid(body: str, css: str = "", *pictures: tuple[str, bytes]) -> list[str]:
    """What is found in a page with this style sheet."""
    made = laid_out(body, (("base.css", STYLE), ("style.css", css)), pictures, FileKind.PLAIN)
    assert isinstance(made, LaidOut)
    return list(map(str, made.findings))


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        (
            "<rect>",
            "page.html.j2: 'kaart.svg' is niet geopend: "
            "de tekening is geen geldige XML (regel 1: <rect> is not closed).",
        ),
        (
            '<g transform="rotate(a)"><rect width="9" height="9"/></g>',
            "De tekening 'kaart.svg' kan niet worden getekend. Kijk na wat er in 'transform' en 'viewBox' staat.",
        ),
    ],
)
def test_a_picture_that_is_not_on_the_page_is_one_error(inside: str, message: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="9mm" height="9mm">{inside}</svg>'.encode()
    page, sheets, pictures = '<p><img alt="Kaart" src="kaart.svg"></p>', (("s.css", STYLE),), (("kaart.svg", drawing),)
    made = laid_out(page, sheets, pictures, FileKind.PLAIN)
    assert isinstance(made, LaidOut)
    (finding,) = made.findings
    assert str(finding) == message
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("css", "told"),
    [
        (
            "\np { filter: blur(1px) }",
            ["style.css:2:5: 'filter: blur(1px)' is genegeerd: deze eigenschap kent de zetter niet."],
        ),
        ("p { color: var(--kleurr) }", ["style.css:1:16: De variabele '--kleurr' bestaat niet. Bedoel je '--kleur'?"]),
        ("p { color: var(--kleur) }", ["style.css:1:12: 'color: 3mm' is genegeerd: deze waarde kan hier niet."]),
    ],
)
def test_every_document_with_a_style_sheet_tells_what_is_wrong_with_it(css: str, told: list[str]) -> None:
    """Also one that finds the sheet parsed, and one whose sheet of the same text has another name."""
    given = "html { --kleur: 3mm }"
    for word in ("Een", "Twee"):
        assert laid(f"<style>{given}</style><p>{word}</p>", css) == told
    made = laid_out(f"<style>{given}</style><p>Drie</p>", (("s.css", STYLE), ("x.css", css)), (), FileKind.PLAIN)
    assert isinstance(made, LaidOut)
    assert [str(finding) for finding in made.findings] == [one.replace("style.css", "x.css") for one in told]


def test_a_page_tells_what_is_wrong_in_itself_once() -> None:
    page = '<p style="text-shadow: 1px 1px">Een</p><p style="text-shadow: 1px 1px">Twee</p>'
    assert laid(page) == ["page.html.j2: 'text-shadow: 1px 1px' is genegeerd: deze eigenschap kent de zetter niet."]


def test_a_variable_that_makes_the_typesetter_give_up_is_named() -> None:
    made = laid_out("<p>x", (("style.css", "p { width: calc(var(--maat) + 3mm) }"),), (), FileKind.PLAIN)
    assert isinstance(made, TypesetError)
    assert str(made) == "typesetting failed: AssertionError. style.css:1:21: De variabele '--maat' bestaat niet."


def test_a_picture_that_is_not_there_is_told_where_it_is_asked_for() -> None:
    told = laid('<p><img alt="Ons" src="img/een%20foto.png"></p>', "\np { background: url(img/vel.png) }")
    assert sorted(one.partition(" is niet geopend: ")[0] for one in told) == [
        "page.html.j2: 'img/een foto.png'",
        "style.css:2: 'img/vel.png'",
    ]
