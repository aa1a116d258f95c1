"""What WeasyPrint logs, as a designer reads it."""

import pytest

from invulposter.findings import Place, Severity
from invulposter.logged import findings, told, unknown_variables


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (
            "Ignored `text-shadow: 1px\n 1px` at 4:40, unknown property.",
            "krijt/kaart/style.css:4:40: 'text-shadow: 1px 1px' is genegeerd: deze eigenschap kent de zetter niet.",
        ),
        (
            "Ignored `color: ` at 8:10, no value.",
            "krijt/kaart/style.css:8:10: 'color:' is genegeerd: er staat geen waarde.",
        ),
        (
            "Ignored `-weasy-foo: 1` at 1:9, prefix on this attribute is not supported, use 'foo' instead.",
            "krijt/kaart/style.css:1:9: '-weasy-foo: 1' is genegeerd: prefix on this attribute is not supported, "
            "use 'foo' instead.",
        ),
        (
            "Invalid or unsupported selector, 'p:foo '",
            "krijt/kaart/style.css: De selector 'p:foo' kent de zetter niet: wat erbij staat is genegeerd.",
        ),
        (
            "Parse error at 3:4: Stop token reached",
            "krijt/kaart/style.css:3:4: Parse error at 3:4: Stop token reached",
        ),
        ("Iets nieuws", "krijt/kaart/style.css: Iets nieuws"),
    ],
)
def test_what_is_logged_of_a_style_sheet_names_its_file(message: str, said: str) -> None:
    finding = told(message, "krijt/kaart/style.css")
    assert finding is not None
    assert (str(finding), finding.severity) == (said, Severity.WARNING)


@pytest.mark.parametrize(
    ("message", "said", "severity"),
    [
        (
            "Anchor defined twice: 'doel'",
            "Het id 'doel' staat er meer dan eens. Geef elk element een eigen id.",
            Severity.WARNING,
        ),
        (
            "No anchor #weg for internal URI reference",
            "De koppeling '#weg' gaat nergens heen. Geef het element waar zij heen gaat dat id.",
            Severity.WARNING,
        ),
        (
            "Failed to load image at 'https://workspace.invalid/een%20foto.png': cannot identify image file",
            "De afbeelding 'een foto.png' kan niet worden gelezen. Bewaar haar opnieuw als png, jpg of svg.",
            Severity.ERROR,
        ),
        (
            f"Failed to render SVG image https://workspace.invalid/{'3f' * 12}.svg",
            "De tekening 'drawing()' kan niet worden getekend. Kijk na wat er in 'transform' en 'viewBox' staat.",
            Severity.ERROR,
        ),
        ("Iets nieuws", "Iets nieuws", Severity.WARNING),
    ],
)
def test_what_is_logged_of_a_page_is_told(message: str, said: str, severity: Severity) -> None:
    finding = told(message)
    assert finding is not None
    assert (str(finding), finding.severity, finding.code) == (said, severity, "typesetter")


def test_what_was_refused_is_told_by_its_refusal() -> None:
    assert told("Failed to load image at 'http://x': RefusedError: alleen bestanden van het ontwerp zelf mogen") is None


def test_a_value_that_is_wrong_on_the_page_is_found_in_its_sheet() -> None:
    message = "Ignored `color: 3mm` at 2:8, invalid value."
    sheets = {"een.css": "\n.mooi { color: var(--a) }", "twee.css": "\ncolor: var(--a)"}
    (finding,) = findings(":root { --a: 3mm }", sheets, (), [message])
    assert finding.place == Place("twee.css", 2, 8)
    (finding,) = findings(":root { --a: 3mm }", {}, (), [message])
    assert finding.place == Place("page.html.j2")


def test_an_unknown_variable_is_told_once_with_its_place_and_the_nearest() -> None:
    sheets = {"een.css": "/* var(--weg)\n*/ p { border: 1px solid var( --lijm );\n color: var(--b, red) }"}
    told = findings("<style>:root{--lijn:red}</style>", sheets, (), ["Ignored `color: ` at 1:24, no value."])
    assert [str(one) for one in told] == ["een.css:2:31: De variabele '--lijm' bestaat niet. Bedoel je '--lijn'?"]


def test_a_variable_may_be_given_anywhere() -> None:
    page = '<p style="--a: 1mm; width: var(--b); height: var(--c)">'
    told = unknown_variables(page, {"een.css": "p { --b: 2mm; margin: var(--a) }"})
    assert [str(one) for one in told] == ["page.html.j2: De variabele '--c' bestaat niet."]
