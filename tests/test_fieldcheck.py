"""Writing areas that nobody can use well, each typeset for real: found, and named."""

from collections.abc import Sequence
from typing import Any

import pytest

from invulposter.fieldcheck import check_covered, check_edges, check_pitch, page_areas
from invulposter.findings import Finding, Severity
from invulposter.kit import FieldSpec
from invulposter.laidout import page_texts
from tests.test_layoutcheck import lay_out

STYLE = """
@page { margin: 0 }
.area, .area input, .at { position: absolute; margin: 0; padding: 0; border: 0; appearance: auto }
"""


def page_with(specs: Sequence[FieldSpec], more: str = "", turn: str = "") -> Any:
    """A page of 100 by 80 mm with these fields, as the kit has them."""
    fields = "".join(
        f'<div class="area" style="left:{spec.x}mm;top:{spec.y}mm;{turn}">'
        f'<input name="{spec.name}" style="left:0;top:0;width:{spec.width}mm;height:{spec.height}mm"></div>'
        for spec in specs
    )
    return lay_out(f"<body style='margin:0'>{fields}{more}", STYLE)


def field(x: float, y: float, width: float = 40, height: float = 10, pitch: float = 0, name: str = "naam") -> FieldSpec:
    return FieldSpec(name, "Naam?", "line", x, y, width, height, pitch)


def edges(*specs: FieldSpec, safe: float = 5) -> tuple[Finding, ...]:
    pages = page_with(specs).pages
    return check_edges(pages, [page_areas(page, specs) for page in pages], safe)


def covered(spec: FieldSpec, said: str, turn: str = "") -> tuple[Finding, ...]:
    pages = page_with([spec], said, turn).pages
    return check_covered([page_areas(page, [spec]) for page in pages], map(page_texts, pages))


@pytest.mark.parametrize(
    ("x", "y", "over", "side"),
    [(65, 20, "5,0", "rechterkant"), (-3, 20, "3,0", "linkerkant"), (20, 78, "8,0", "onderkant"), (9, -4, "4,0", "bo")],
)
def test_a_field_that_passes_the_trim_is_an_error(x: float, y: float, over: str, side: str) -> None:
    (finding,) = edges(field(x, y))
    assert (finding.code, finding.severity, finding.place.page) == ("field-outside-page", Severity.ERROR, 1)
    assert finding.message.startswith(f"Veld 'naam' valt {over} mm buiten de pagina, aan de {side}")
    assert finding.message.endswith(f"({x} mm van links, {y} mm van boven).")


def test_a_field_near_the_trim_is_a_warning() -> None:
    (finding,) = edges(field(3, 20), field(5, 40, name="verder"))
    assert (finding.code, finding.severity) == ("field-outside-safe", Severity.WARNING)
    assert finding.message.startswith("Veld 'naam' ligt 3,0 mm van de linkerkant; 5,0 mm is veilig (3 mm van links")


def test_a_field_over_a_text_is_named_once() -> None:
    (finding,) = covered(field(10, 10), '<p class="at" style="left:12mm;top:12mm">Een <b>dikke</b> kop</p>')
    assert (finding.code, finding.severity, finding.place.page) == ("field-over-text", Severity.WARNING, 1)
    assert finding.message == "Veld 'naam' ligt over de tekst 'Een' heen (10 mm van links, 10 mm van boven)."


@pytest.mark.parametrize(
    "said",
    ['left:12mm;top:21mm">Eronder', 'left:51mm;top:12mm">Ernaast', 'left:12mm;top:12mm">…', 'top:12mm;color:#000">'],
)
def test_a_text_beside_a_field_is_nothing(said: str) -> None:
    assert not covered(field(10, 10), f'<p class="at" style="{said}</p>')


def test_a_question_may_reach_into_the_room_above_ruled_lines() -> None:
    """There a field begins below the top of its area."""
    question = '<p class="at" style="left:12mm;top:9mm;font-size:2mm;line-height:1">Wie?</p>'
    assert covered(field(10, 10), question)
    assert not covered(field(10, 10, pitch=8.2), question)


def test_a_turned_field_is_where_it_came() -> None:
    spec, said = field(10, 60), '<p class="at" style="left:12mm;top:40mm">Hier</p>'
    assert not covered(spec, said)
    (finding,) = covered(spec, said, "transform-origin:0 0;transform:rotate(-90deg)")
    assert "'Hier'" in finding.message


def test_a_turned_text_is_not_judged_by_the_square_around_it() -> None:
    turned = "white-space:nowrap;transform-origin:0 0;transform:rotate(45deg)"
    said = f'<p class="at" style="left:{{}}mm;top:2mm;{turned}">Schuin langs het veld</p>'
    spec = field(10, 15, 8, 8)
    assert not covered(spec, said.format(14))
    assert covered(spec, said.format(0))


def test_lines_too_close_to_write_on_are_told_once_for_a_pitch() -> None:
    specs = [field(10, 10, pitch=14, name="b"), field(10, 30, pitch=8, name="a"), field(10, 50, pitch=8, name="c")]
    assert not check_pitch([*specs, field(10, 70)], 1)
    (finding,) = check_pitch(specs, 0.5)
    assert (finding.code, finding.severity) == ("lines-too-close", Severity.WARNING)
    assert finding.message.startswith("De schrijflijnen van veld 'a' (en van nog 1) komen 4,0 mm uit elkaar")
    assert [one.message.split("'")[1] for one in check_pitch(specs, 0.4)] == ["a", "b"]
