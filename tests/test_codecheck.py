"""QR codes that a phone may not read are told with the line of the template that draws them."""

from pathlib import Path

import pytest

from invulposter.codecheck import DrawnCode, check_codes
from invulposter.drawing.qr import code_of
from invulposter.drawing.type import Typecase
from invulposter.edition import Edition
from invulposter.findings import Place, Severity
from invulposter.library import read_library
from invulposter.plan import plan
from invulposter.render import render
from invulposter.request import Request
from invulposter.scaffold import new_style
from invulposter.workspace import find_workspace

SHORT = "https://netwerk.example"
HERE = Place("krijt/kaart/page.html.j2", 7)


def told(*codes: DrawnCode, scale: float = 1) -> list[str]:
    return [str(finding) for finding in check_codes(codes, scale)]


def test_a_small_code_is_told_with_the_size_that_is_enough() -> None:
    assert code_of(SHORT).count == 25
    (finding,) = check_codes([DrawnCode(SHORT, 8, "#000000", HERE)], 1)
    assert (finding.place, finding.severity) == (HERE, Severity.WARNING)
    assert "heeft op dit formaat blokjes van 0,32 mm, en 0,396 is het kleinste." in finding.message
    assert "Maak de code ten minste 10 mm groot" in finding.advice
    assert told(DrawnCode(SHORT, 10, "#000000", HERE)) == []


def test_it_is_judged_at_the_finished_size() -> None:
    code = DrawnCode(SHORT, 10, "#000000", HERE)
    (finding,) = told(code, scale=0.5)
    assert "blokjes van 0,2 mm" in finding
    assert "ten minste 20 mm groot" in finding
    assert told(DrawnCode(SHORT, 20, "#000000", HERE), scale=0.5) == []


def test_a_code_of_no_size_is_told_too() -> None:
    (finding,) = told(DrawnCode(SHORT, 0, "#000000", HERE))
    assert "blokjes van 0 mm" in finding


def test_a_longer_text_needs_a_larger_code() -> None:
    assert told(DrawnCode(f"{SHORT}/{'x' * 60}", 12, "#000000", HERE)) != []


@pytest.mark.parametrize("colour", ["#FFF", "#F3E5DC", "yellow", "hsl(60, 90%, 80%)", "#D0D0D0"])
def test_a_pale_code_is_told(colour: str) -> None:
    (finding,) = told(DrawnCode(SHORT, 20, colour, HERE))
    assert finding.startswith(f"{HERE}: De QR-code van '{SHORT}' is te licht: {colour} scheelt ")
    assert "van wit, en 40 % is nodig" in finding


@pytest.mark.parametrize("colour", ["#000", "#1F4A43", "navy", "rgb(120, 0, 0)", "var(--inkt)"])
def test_a_dark_code_gives_nothing_and_neither_does_a_colour_that_is_not_known(colour: str) -> None:
    assert told(DrawnCode(SHORT, 20, colour, HERE)) == []


def test_of_codes_on_one_line_the_worst_is_told() -> None:
    elsewhere = Place("krijt/kaart/page.html.j2", 9)
    codes = [DrawnCode(SHORT, size, "#000000", place) for size in (9, 6, 8) for place in (HERE, elsewhere)]
    first, second = told(*codes)
    assert first.startswith(f"{HERE}: ")
    assert second.startswith(f"{elsewhere}: ")
    assert "0,24 mm" in first


def test_a_template_is_named_by_the_line_that_draws(own: Path) -> None:
    workspace = find_workspace(own)
    new_style(workspace, read_library(workspace), "krijt")
    page = own / "layouts/krijt/voorbeeld/page.html.j2"
    page.write_text(
        """\
{% import '_shared/codes.html.j2' as codes with context %}
<section class="page">
{% call drawing() %}
{{ qr('https://netwerk.example', 10, 10, 8, c.accent_12) }}
{% endcall %}
{{ codes.one(20) }}
</section>
"""
    )
    (own / "layouts/krijt/_shared/codes.html.j2").write_text(
        "{% macro one(size) %}\n{% call drawing() %}{{ qr('https://a.example', 0, 0, size, c.inkt) }}{% endcall %}"
        "{% endmacro %}\n"
    )
    workspace = find_workspace(own)
    library = read_library(workspace)
    asked = Request(layouts=("voorbeeld",), rayons=("lindezoom",), style="krijt", editions=(Edition.SCREEN,))
    (job,) = plan(library, asked)
    rendered = render(job, library, Typecase(*workspace.fonts))
    places = ["krijt/voorbeeld/page.html.j2:4", "krijt/_shared/codes.html.j2:2"]
    assert [str(code.place) for code in rendered.codes] == places
    assert {finding.code for finding in check_codes(rendered.codes, 1)} == {"qr-too-small", "qr-too-pale"}
