"""The typesetter's own style sheet, without the rules that a document has no use for."""

import pypdfium2
import pytest
from weasyprint.html import UA

from invulposter.typesetter import FileKind, LaidOut, laid_out, use_fonts
from invulposter.useragent import without_unused
from invulposter.workspace import Workspace

STYLE = "@page { size: 90mm 60mm; margin: 10mm }"
BARE = without_unused(UA, ("<p>Kom erbij</p>", STYLE))


def test_a_plain_document_gets_nothing_for_notes_margins_or_directions() -> None:
    assert not any(word in BARE for word in ("note", "@top-", "@right-", "@bottom-", "@left-", "[dir"))
    assert "@page" in BARE
    assert "li { display: list-item }" in BARE
    assert "::marker" in BARE


@pytest.mark.parametrize(
    ("said", "needed"),
    [
        (".noot { float: Footnote }", "::footnote-call"),
        ('@import "meer.css";', "@bottom-center"),
        ('<link rel="stylesheet" href="meer.css">', "::note-call"),
        ("::note-call { color: red }", "::note-marker"),
        (".noot { position: running( note) }", "@note-area"),
        ("@page { @Bottom-Center { content: counter(page) } }", "@bottom-center"),
        ('<p dir="rtl">', "[dir=rtl i]"),
    ],
)
def test_what_a_document_names_stays(said: str, needed: str) -> None:
    assert needed in without_unused(UA, ("<p>Kom erbij</p>", said))
    assert needed not in BARE


def test_a_margin_box_and_a_footnote_are_set_as_the_typesetter_sets_them(workspace: Workspace) -> None:
    use_fonts(workspace.fonts)
    style = (
        STYLE + '@page { font: 9pt "Alegreya Sans"; @bottom-right { content: "bladzijde " counter(page) } }'
        "body { font: 12pt 'Alegreya Sans' } .noot { float: footnote }"
    )
    made = laid_out('<p>Kom erbij<span class="noot">Elke maand</span></p>', (("style.css", style),), (), FileKind.PLAIN)
    assert isinstance(made, LaidOut)
    with pypdfium2.PdfDocument(made.pdf) as pdf:
        words = pdf[0].get_textpage()
        assert words.get_text_bounded().split() == ["Kom", "erbij1", "1.", "Elke", "maand", "bladzijde", "1"]
        # The last figure ends where the right margin begins, 80 mm from the left, but for the white beside it.
        assert max(words.get_charbox(index)[2] for index in range(words.count_chars())) == pytest.approx(
            80 / 25.4 * 72, abs=2
        )
