"""What the drawing kit refuses, with the line of the template that asked for it."""

from pathlib import Path

import pytest

from invulposter.drawing.type import Typecase
from invulposter.errors import TypesetError
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
