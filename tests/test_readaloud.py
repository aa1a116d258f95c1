"""What keeps a page from being read aloud: found where veraPDF finds it, and nowhere else."""

from io import BytesIO

import pytest
from PIL import Image

from invulposter.findings import Severity
from invulposter.readaloud import CODES, check_read_aloud
from invulposter.typesetter import FileKind, LaidOut, laid_out, use_fonts
from invulposter.workspace import Workspace
from tests.judges import verapdf

STYLE = 'html { font: 4mm "Alegreya Sans" } .at { position: absolute; left: 30mm; top: 40mm }'
PICTURE = '<img src="foto.png"{} style="width: 20mm">'
ONE = "<h1>Een</h1>"
RIGHT = {
    "headings that go up and down": f"{ONE}<h2>A</h2><h3>B</h3><h2>C</h2><h3>D</h3>{ONE}<h2>E</h2>",
    "a heading that goes on on another page": f'{ONE}<h2>A<div style="break-after: page">B</div>C</h2>',
    "a heading that is not there": f'<h4 style="display: none">Nul</h4>{ONE}',
    "no heading at all": "<p>Tekst</p>",
    "a picture with a description": f"{ONE}{PICTURE.format(' alt=Rood')}",
    "a picture as a ground": f'{ONE}<p style="background: url(foto.png)">Tekst</p>',
    "a ground that shines through": f'{ONE}<div style="opacity: .5; height: 9mm; background: #c00"></div>',
    "a colour that shines through": f'{ONE}<p style="color: rgba(0, 0, 0, .5)">Tekst</p>',
}
WRONG = {
    "heading-skipped": {
        "a first heading of another level": "<h2>Twee</h2>",
        "a level too many": f"{ONE}<h3>Drie</h3>",
        "a level too many on the next page": f'{ONE}<p style="break-after: page">Tekst</p><h3 class="at">Drie</h3>',
    },
    "picture-undescribed": {
        "a picture without": ONE + PICTURE.format(""),
        "a picture with an empty one": ONE + PICTURE.format(' alt=""'),
        "an svg": f'{ONE}<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>',
    },
    "see-through": {
        "a text": f'{ONE}<p style="opacity: .5">Tekst <b>vet</b></p>',
        "a text in something": f'{ONE}<div class="at" style="opacity: .5"><p><b>Tekst</b></p></div>',
        "a picture that shines through": f'{ONE}<div style="opacity: .9">{PICTURE.format(" alt=Rood")}</div>',
    },
}
CASES = [(code, case, body) for code, cases in WRONG.items() for case, body in cases.items()]


@pytest.fixture(scope="module", autouse=True)
def fonts(workspace: Workspace) -> None:
    use_fonts(workspace.fonts)


def laid_out_page(body: str) -> LaidOut:
    picture = BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    html = f'<!doctype html><html lang="nl"><head><title>Proef</title></head><body>{body}</body></html>'
    made = laid_out(html, (("style.css", STYLE),), (("foto.png", picture.getvalue()),), FileKind.TAGGED)
    assert isinstance(made, LaidOut)
    return made


@pytest.mark.parametrize("case", RIGHT)
def test_what_can_be_read_aloud_is_right(case: str) -> None:
    made = laid_out_page(RIGHT[case])
    assert not check_read_aloud(made.document)
    assert [str(one) for one in verapdf.violations(made.pdf, "ua1")] == []


@pytest.mark.parametrize(
    ("code", "body"), [(code, body) for code, _, body in CASES], ids=[case for _, case, _ in CASES]
)
def test_what_can_not_is_an_error(code: str, body: str) -> None:
    made = laid_out_page(body)
    (finding,) = check_read_aloud(made.document)
    assert (finding.code, finding.severity) == (code, Severity.ERROR)
    assert code in CODES
    assert finding.place.page == len(made.document.pages)
    assert verapdf.violations(made.pdf, "ua1")


def test_messages_say_what_and_where() -> None:
    body = (
        '<h2 class="at">Van <b>ons</b></h2><h4>Vier</h4>'
        f'{PICTURE.format("")}<p style="opacity: .25">Zacht en <i>zachter</i></p>'
    )
    told = [finding.message.partition(" (")[0] for finding in check_read_aloud(laid_out_page(body).document)]
    assert told == [
        "De kop 'Van ons' is een h2, en de eerste",
        "De kop 'Vier' is een h4, na een h2",
        "De afbeelding 'foto.png' heeft geen omschrijving",
        "'Zacht en' schijnt door",
    ]
