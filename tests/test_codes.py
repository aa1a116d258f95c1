"""QR codes on typeset pages, read back from the picture of a page module by module."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import segno

from invulposter.codes import codes_in, put_codes
from invulposter.drawing.qr import code_of, qr
from invulposter.errors import TypesetError
from invulposter.typesetter import FileKind, LaidOut, laid_out, use_fonts
from invulposter.workspace import Workspace

TEXT = 'https://netwerk.example/?wie=jij&met="ons"'
#: Pixels a module: a code fills its page of 40 mm.
FINE = 8


@pytest.fixture(autouse=True, scope="module")
def fonts(workspace: Workspace) -> None:
    use_fonts(workspace.fonts)


def typeset(svg: str, pages: int = 1, text: str = TEXT) -> bytes:
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40mm" height="40mm">{svg}</svg>'.encode()
    )
    html = f'<html lang="nl"><body>{"<section></section>" * pages}</body></html>'
    style = (
        "@page { size: 40mm 40mm; margin: 0 } body { margin: 0 }"
        "section { width: 40mm; height: 40mm; background: url(code.svg) no-repeat 0 0/100% 100% }"
    )
    made = laid_out(html, (("style.css", style),), (("code.svg", drawing),), FileKind.PLAIN)
    assert isinstance(made, LaidOut)
    assert codes_in([drawing, drawing]) == (code_of(text),)
    file = BytesIO()
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        put_codes(pdf, codes_in([drawing]))
        pdf.save(file)
    return file.getvalue()


def read(pdf: bytes, page: int = 0) -> list[list[tuple[int, int, int]]]:
    """The colour in the middle of each module."""
    count = code_of(TEXT).count
    with pypdfium2.PdfDocument(pdf) as document:
        size = document[page].get_size()[0]
        image = document[page].render(scale=count * FINE / size).to_pil().convert("RGB").resize((count * FINE,) * 2)
    return [[image.getpixel((x * FINE + FINE // 2, y * FINE + FINE // 2)) for x in range(count)] for y in range(count)]


def shown(dark: tuple[int, int, int]) -> list[list[tuple[int, int, int]]]:
    matrix = segno.make(TEXT, error="m", micro=False).matrix
    return [[dark if module else (255, 255, 255) for module in row] for row in matrix]


@pytest.mark.parametrize(
    "svg",
    [
        "{code}",
        '<g fill-rule="evenodd">{code}</g>',
        '<path d="M1 1h2v2z" fill="none" stroke="#fff"/><g transform="translate(0 0)">{code}</g>',
        '<g opacity="0.999">{code}</g>',
    ],
)
def test_a_code_is_there_module_by_module_in_its_colour(svg: str) -> None:
    pdf = typeset(svg.format(code=qr(TEXT, 0, 0, 40, "#204060")))
    assert read(pdf) == shown((0x20, 0x40, 0x60))


def test_a_code_is_in_a_file_once_however_many_pages_show_it() -> None:
    one, ten = (typeset(qr(TEXT, 0, 0, 40), pages) for pages in (1, 10))
    assert read(ten, page=9) == shown((0, 0, 0))
    side = code_of(TEXT).count
    for pdf in (one, ten):
        with pikepdf.open(BytesIO(pdf)) as opened:
            streams = (item for item in opened.objects if isinstance(item, pikepdf.Stream))
            assert [list(item.get("/BBox", ())) for item in streams].count([0, 0, side, side]) == 1


def test_a_code_that_could_not_be_read_is_refused() -> None:
    with pytest.raises(TypesetError, match=r"QR code of 'https://netwerk\.example"):
        typeset(f'<g stroke="#000">{qr(TEXT, 0, 0, 40)}</g>')
