"""What the drawing kit refuses, with the line of the template that asked for it."""

from pathlib import Path

import pytest

from invulposter.drawing.palette import derive
from invulposter.drawing.type import Typecase
from invulposter.errors import TypesetError
from invulposter.geometry import Size
from invulposter.kit import Kit
from invulposter.render import render
from invulposter.workspace import Workspace
from tests.conftest import designed

PAGE = """\
<section class="page">
<h1>Kaart</h1>
{% call drawing() %}
DRAWN
{% endcall %}
</section>
"""


@pytest.mark.parametrize(
    ("drawn", "message"),
    [
        (
            '<rect width="3" height="3">',
            "krijt/kaart/page.html.j2:3: this drawing is not valid XML: <rect> is not closed, at "
            '\'<rect width="3" height="3">\'; close every element, and write &amp; for &',
        ),
        (
            '<g fill="#fff">\n<!-- Jij & ik --></g> Jij & ik',
            "krijt/kaart/page.html.j2:3: this drawing is not valid XML: not well-formed (invalid token), at "
            "'<!-- Jij & ik --></g> Jij & ik'; close every element, and write &amp; for &",
        ),
        (
            '<g><text x="3">Hallo</text></g>',
            "krijt/kaart/page.html.j2:3: there is no text in a drawing: "
            "take <text> out, and write it in HTML beside it",
        ),
    ],
)
def test_a_drawing_that_would_not_be_shown_is_refused(
    tmp_path: Path, workspace: Workspace, drawn: str, message: str
) -> None:
    library, job = designed(tmp_path, PAGE.replace("DRAWN", drawn))
    with pytest.raises(TypesetError) as refusal:
        render(job, library, Typecase(*workspace.fonts))
    assert str(refusal.value) == message


def test_a_colour_that_breaks_a_writing_area_is_refused(tmp_path: Path, workspace: Workspace) -> None:
    area = """{{ tickbox('kaart.ja', 'Ja?', 9, 9, 4, stroke='"<') }}"""
    library, job = designed(tmp_path, f'<section class="page">\n\n{area}</section>')
    with pytest.raises(TypesetError, match=r"krijt/kaart/page\.html\.j2:3: this drawing is not valid XML"):
        render(job, library, Typecase(*workspace.fonts))


@pytest.fixture
def kit() -> Kit:
    return Kit(Size(148, 210), derive("#1f5f8b", "#e0a526"), Typecase(), "data:,", "voorbeeld.nl", fillable=True)


SECOND = {
    "write": lambda kit: kit.write("kaart.naam", "Naam", 10, 130, 100),
    "cell": lambda kit: kit.cell("kaart.naam", "Naam", 10, 130, 100, 8),
    "person": lambda kit: kit.person("kaart.naam", "Naam", 60, 130, 9),
    "tickbox": lambda kit: kit.tickbox("kaart.naam", "Naam", 10, 130, 6),
}


@pytest.mark.parametrize("way", SECOND)
def test_a_second_field_of_one_name_is_refused(kit: Kit, way: str) -> None:
    kit.write("kaart.naam", "Naam", 10, 100, 100)
    kit.tickbox("kaart.komt", "Kom je?", 10, 120, 6)
    with pytest.raises(ValueError, match=r"two writing areas are named 'kaart\.naam': give each a name of its own"):
        SECOND[way](kit)
    assert list(kit.fields) == ["kaart.naam", "kaart.komt"]
