"""Fewer boxes, shorter styles."""

from io import BytesIO

import pikepdf
import pytest

from invulposter.compact import compact
from invulposter.typesetter import FileKind, LaidOut, laid_out, use_fonts
from invulposter.workspace import Workspace

STYLE = """
@page { size: 90mm 60mm; margin: 0 } body { font: 12pt "Alegreya Sans" }
.at { position: absolute; margin: 0; text-align: center; white-space: nowrap }
"""


@pytest.mark.parametrize(
    ("written", "compacted"),
    [
        ('<p class="at">\n  <span class="lines">Wie ken\nje?</span>\n</p>', '<p class="lines at">Wie ken\nje?</p>'),
        (
            '<h1 id="a" class="at" lang="nl"><span class="lines">A\nB</span></h1>',
            '<h1 id="a" class="lines at" lang="nl">A\nB</h1>',
        ),
        ('<p style="left:7mm;\n  top: 8mm; "><b>A</b></p>', '<p style="left:7mm;top:8mm;"><b>A</b></p>'),
    ],
)
def test_what_looks_the_same(written: str, compacted: str) -> None:
    assert compact(written) == compacted


@pytest.mark.parametrize(
    "written",
    [
        '<p class="at">Bij ons: <span class="lines">A\nB</span></p>',
        '<p class="at"><span class="lines">A\n<b>B</b></span></p>',
        '<p class="at"><span class="lines">A\nB</span> en C</p>',
        '<p><span class="lines">A\nB</span></p>',
        '<p class="at" style="white-space:nowrap"><span class="lines">A\nB</span></p>',
        '<p class="at"><i></i><span class="lines">A\nB</span></p>',
        "<p style=\"font-family:'Young Serif', serif\">A: B; C</p>",
    ],
)
def test_what_is_left_alone(written: str) -> None:
    assert compact(written) == written


def test_the_typesetter_shows_no_difference(workspace: Workspace) -> None:
    use_fonts(workspace.fonts)
    written = """
        <p class="at" style="left: 7mm;
          width: 60mm"> <span class="lines">Wie ken je al,
        en wie nog niet?</span> </p>
        <h1 class="at" style="top: 30mm"><span class="lines">Kom\nerbij</span></h1>"""
    assert compact(written).count("<span") == 0
    assert drawn(compact(written)) == drawn(written)


def drawn(html: str) -> bytes:
    # In the page itself, as every page has it: that counts for more than a layout's own style sheet.
    page = f"<style>.lines {{ white-space: pre-line }}</style>{html}"
    made = laid_out(page, (("style.css", STYLE),), (), FileKind.PLAIN)
    assert isinstance(made, LaidOut)
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        return pdf.pages[0].Contents.read_bytes()
