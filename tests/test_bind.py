"""What is bound after typesetting: an office's colours, wherever they are drawn, and its title, author and code."""

import base64
import re
from collections.abc import Mapping
from functools import cache
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from invulposter.bind import AUTHOR, CODE, TITLE, bind_code, bind_colours, bind_identity
from invulposter.typesetter import FileKind, LaidOut, laid_out, use_fonts
from invulposter.workspace import Workspace

#: Two stand-ins, and what an office has for them.
ONE, TWO = "#FD0201", "#FD0216"
BOUND = {ONE: "#1F4A43", TWO: "#EE6B47"}
STYLE = f"""
:root {{ --een: {ONE}; --twee: {TWO} }}
@page {{ size: 60mm 40mm; margin: 0 }}
body {{ margin: 0; font: 12pt "Alegreya Sans" }}
div {{ width: 60mm; height: 40mm }}
"""


@pytest.fixture(autouse=True, scope="module")
def fonts(workspace: Workspace) -> None:
    use_fonts(workspace.fonts)


@cache
def typeset(body: str, style: str = STYLE, kind: FileKind = FileKind.PLAIN) -> bytes:
    html = f'<html lang="nl"><body>{body}</body></html>'
    made = laid_out(html, (("style.css", style),), (("stip.png", png()),), kind)
    assert isinstance(made, LaidOut)
    return made.pdf


def png() -> bytes:
    """A picture in the colour of a stand-in."""
    file = BytesIO()
    Image.new("RGB", (20, 20), ONE).save(file, "PNG")
    return file.getvalue()


def bound(pdf: bytes, colours: Mapping[str, str] = BOUND) -> bytes:
    file = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        bind_colours(opened, colours)
        opened.save(file)
    return file.getvalue()


def in_colour(text: str) -> str:
    """The same with the office's colours written in it."""
    for stand_in, colour in BOUND.items():
        text = text.replace(stand_in, colour)
    return text


def picture(pdf: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        shown: Image.Image = document[0].render(scale=2).to_pil()
    return shown


def stand_ins_in(pdf: bytes) -> list[str]:
    """Every place where a file still draws in a stand-in: in instructions, or in the function of a gradient."""
    found = []
    with pikepdf.open(BytesIO(pdf)) as opened:
        for item in opened.objects:
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") != "/Image":
                found += re.findall(r"0\.99215\d* 0\.00784\d* [\d.]+", item.read_bytes().decode("latin-1"))
            found += re.findall(r"\[ 0\.99215\d* 0\.00784\d* [\d.]+ \]", item.unparse(resolved=True).decode("latin-1"))
    return found


def on_ground(drawing: str, place: str = "") -> str:
    """A block with a drawing as its background, as the kit makes them."""
    document = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40" width="60mm" height="40mm">{drawing}</svg>'
    encoded = base64.b64encode(document.encode()).decode()
    return f'<div style="background: url(data:image/svg+xml;base64,{encoded}) {place}"></div>'


#: A shape in two colours.
SHAPE = f'<path d="M5 5h20v20z" fill="{ONE}" stroke="{TWO}"/>'
#: Each way of drawing in two colours, as a page's body.
DRAWN = {
    "text and a ground": '<div style="color: var(--een); background: var(--twee)">Wie ken je?</div>',
    "borders": '<div style="border: 2mm solid var(--een); border-left: 3mm dotted var(--twee)">Wie ken je?</div>',
    "underline": '<div style="color: var(--twee); text-decoration: underline wavy var(--een)">Wie ken je?</div>',
    "transparent group": '<div style="opacity: .5; background: var(--een); color: var(--twee)">Wie ken je?</div>',
    "gradient": '<div style="background: linear-gradient(to right, var(--een), var(--twee))"></div>',
    "gradient in parts": '<div style="background: linear-gradient(30deg, var(--een), #fff 20%, var(--twee))"></div>',
    "gradient in a circle": '<div style="background: radial-gradient(circle, var(--een), var(--twee) 80%)"></div>',
    "drawing": on_ground(SHAPE),
    "repeated drawing": on_ground(SHAPE, "0 0/9mm 9mm"),
    "see-through drawing": on_ground(f'<g opacity=".5">{SHAPE}</g>'),
    "gradient in a drawing": on_ground(
        f'<linearGradient id="g"><stop stop-color="{ONE}"/><stop offset="1" stop-color="{TWO}"/></linearGradient>'
        '<path d="M0 0h60v40H0z" fill="url(#g)"/>'
    ),
    "pattern in a drawing": on_ground(
        f'<pattern id="p" width="8" height="8" patternUnits="userSpaceOnUse">{SHAPE}</pattern>'
        '<path d="M0 0h60v40H0z" fill="url(#p)"/>'
    ),
}


def written_in_colour(body: str) -> str:
    """The same body with the office's colours in its drawings."""

    def drawing(found: re.Match[str]) -> str:
        return base64.b64encode(in_colour(base64.b64decode(found[0]).decode()).encode()).decode()

    return in_colour(re.sub(r"(?<=base64,)[\w+/=]+", drawing, body))


@pytest.mark.parametrize("body", [pytest.param(body, id=name) for name, body in DRAWN.items()])
def test_everything_drawn_in_a_stand_in_gets_its_colour(body: str) -> None:
    made = typeset(body)
    assert stand_ins_in(made)
    assert stand_ins_in(bound(made)) == []
    direct = typeset(written_in_colour(body), in_colour(STYLE))
    assert ImageChops.difference(picture(bound(made)), picture(direct)).getbbox() is None


def test_a_gradient_runs_from_one_colour_to_the_other() -> None:
    shown = picture(bound(typeset(DRAWN["gradient"])))
    left, right = (shown.getpixel((x, shown.height // 2)) for x in (0, shown.width - 1))
    for pixel, colour in ((left, (0x1F, 0x4A, 0x43)), (right, (0xEE, 0x6B, 0x47))):
        assert isinstance(pixel, tuple)
        assert max(abs(one - other) for one, other in zip(pixel, colour, strict=True)) <= 2


def test_a_picture_in_the_same_colour_is_left_alone() -> None:
    made = typeset('<img src="stip.png" style="display: block; width: 60mm; height: 40mm">')
    shown = picture(bound(made))
    assert shown.getpixel((shown.width // 2, shown.height // 2)) == (0xFD, 0x02, 0x01)
    assert ImageChops.difference(shown, picture(made)).getbbox() is None


def test_text_that_looks_like_a_colour_is_left_alone() -> None:
    made = typeset("<p>0.992157 0.007843 0.003922 rg</p>")
    with pypdfium2.PdfDocument(bound(made)) as document:
        assert document[0].get_textpage().get_text_bounded() == "0.992157 0.007843 0.003922 rg"


def test_only_colours_are_bound() -> None:
    """The same three numbers may be a place on the page."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(10, 10))
        numbers = b"0.992157 0.007843 0.003922"
        page.obj.Contents = pdf.make_stream(b"%s rg\n%s RG\n%s 1 re f\n" % ((numbers,) * 3))
        bind_colours(pdf, {ONE: "#000000", TWO: "#FFFFFF"})
        assert page.obj.Contents.read_bytes() == b"0 0 0 rg\n0 0 0 RG\n%s 1 re f\n" % numbers


def test_without_colours_nothing_changes() -> None:
    made = typeset(DRAWN["text and a ground"])
    assert stand_ins_in(bound(made, {})) == stand_ins_in(made)


def test_title_and_author_stand_in_both_places() -> None:
    with pikepdf.open(BytesIO(typeset("<p>Wie?</p>", kind=FileKind.TAGGED))) as pdf:
        assert (str(pdf.docinfo.Title), str(pdf.docinfo.Author)) == (TITLE, AUTHOR)
        bind_identity(pdf, "Vrij & blij <A3>", "Café 't Oosten")
        file = BytesIO()
        pdf.save(file)
    with pikepdf.open(file) as pdf:
        assert (str(pdf.docinfo.Title), str(pdf.docinfo.Author)) == ("Vrij & blij <A3>", "Café 't Oosten")
        with pdf.open_metadata() as said:
            assert said["dc:title"] == "Vrij & blij <A3>"
            assert said["dc:creator"] == ["Café 't Oosten"]
        assert TITLE.encode() not in pdf.Root.Metadata.read_bytes()


def test_title_and_author_of_a_file_without_metadata() -> None:
    with pikepdf.open(BytesIO(typeset("<p>Wie?</p>"))) as pdf:
        bind_identity(pdf, "Titel", "Rayon Zuid")
        assert (str(pdf.docinfo.Title), str(pdf.docinfo.Author)) == ("Titel", "Rayon Zuid")


def coded(style: str, code: str, body: str = "Uitgave · {}") -> tuple[bytes, bytes]:
    """A page with a code that was bound, and one that was typeset with it."""
    sheet = STYLE + f"p {{ margin: 8mm; {style} }}"
    file = BytesIO()
    with pikepdf.open(BytesIO(typeset(f"<p>{body.format(CODE)}", sheet))) as opened:
        bind_code(opened, code)
        opened.save(file)
    return file.getvalue(), typeset(f"<p>{body.format(code)}", sheet)


def said(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        text: str = document[0].get_textpage().get_text_bounded()
    return text


@pytest.mark.parametrize("style", [
    "font-variant-numeric: tabular-nums",
    "font-variant-numeric: tabular-nums; text-align: right",
    "font-variant-numeric: tabular-nums; letter-spacing: .3mm",
    "font: 500 9pt Figtree; font-variant-numeric: tabular-nums; font-kerning: none",
])  # fmt: skip
def test_a_code_that_is_bound_stands_as_if_it_had_been_typeset(style: str) -> None:
    made, direct = coded(style, "4071983562")
    assert ImageChops.difference(picture(made), picture(direct)).getbbox() is None
    assert said(made) == said(direct)


def test_a_code_of_figures_that_differ_in_width_reads_as_it_should() -> None:
    made, _ = coded("font-variant-numeric: proportional-nums", "1111111110")
    assert said(made) == "Uitgave · 1111111110"


def test_every_place_of_the_code_gets_it_and_no_other_figures() -> None:
    made, _ = coded("", "0000000042", "{0} · 012345678 · <b>{0}</b>")
    assert said(made).split() == ["0000000042", "·", "012345678", "·", "0000000042"]
