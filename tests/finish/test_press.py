"""The press edition, judged by others: boxes, bleed to the edge, four inks and nothing else, hairlines, PDF/X-4."""

import base64
import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageStat
from reportlab.pdfgen.canvas import Canvas

from invulposter.drawing.type import Typecase
from invulposter.edition import Edition
from invulposter.errors import RequestError
from invulposter.finish.inks import FOGRA39, Inks, total_ink
from invulposter.finish.job import Finished, finish
from invulposter.finish.press import press
from invulposter.finish.trimmed import SLUG
from invulposter.geometry import Size, mm, pt
from invulposter.library import Library
from invulposter.plan import PRESS_BLEED, Job, plan
from invulposter.preflight import Expectation, preflight
from invulposter.printshop import PrintShop
from invulposter.render import Rendered, render
from invulposter.request import Request
from invulposter.typeset import Typeset, typeset
from invulposter.typesetter import use_fonts
from invulposter.workspace import Workspace
from tests.finish.helpers_imposition import check_with_qpdf, pdf, text_of
from tests.finish.press_reading import (
    DRAWING,
    colour_spaces,
    near,
    picture_uri,
    rasterised,
    streams,
    strokes,
    trimmed,
)
from tests.judges import poppler

AROUND = PRESS_BLEED + SLUG
A6 = Size(105, 148)
INKS = Inks(FOGRA39.read_bytes())


@pytest.fixture(scope="module")
def colourful(workspace: Workspace) -> bytes:
    """A page of A6 with 3 mm bleed on which everything has a colour."""
    use_fonts(workspace.fonts)
    import weasyprint

    ramp = Image.linear_gradient("L")
    photograph = Image.merge("RGB", (ramp, Image.radial_gradient("L"), ramp.rotate(90)))
    faded = photograph.copy()
    faded.putalpha(Image.radial_gradient("L"))
    pictures = [
        picture_uri(photograph, "PNG"),
        picture_uri(photograph, "JPEG"),
        picture_uri(Image.new("RGB", (64, 64), (4, 1, 0)), "PNG"),
        picture_uri(faded, "PNG"),
        picture_uri(photograph.quantize(16), "PNG"),
        picture_uri(photograph.convert("L"), "PNG"),
        f"data:image/svg+xml;base64,{base64.b64encode(DRAWING.encode()).decode()}",
    ]
    html = (
        "<style>@page{size:105mm 148mm;margin:0;bleed:3mm}body{margin:0 5mm;color:#010203}img{width:30mm;height:20mm}"
        "div{position:absolute;left:-3mm;bottom:-3mm;width:111mm;height:20mm;"
        "background:linear-gradient(90deg,#1F4A43,#EE6B47 60%,#EE6B47)}</style><div></div><p>Woorden</p>"
        + "".join(f'<img src="{uri}">' for uri in pictures)
    )
    return bytes(weasyprint.HTML(string=html).write_pdf())


@pytest.fixture(scope="module")
def job(library: Library) -> Job:
    """A poster with full colour on all sides."""
    return plan(library, Request(layouts=("faseposter",), rayons=("lindezoom",), editions=(Edition.PRESS,)))[0]


Printed = tuple[Job, Rendered, Typeset, Finished]


@pytest.fixture(scope="module")
def printed(job: Job, library: Library, workspace: Workspace) -> Callable[[Size], Printed]:
    """The poster finished for a print shop at a size, made once for each."""
    use_fonts(workspace.fonts)
    typecase = Typecase(*workspace.fonts)

    @cache
    def made(size: Size) -> Printed:
        sized = replace(job, size=size, paper=size)
        rendered = render(sized, library, typecase)
        document = typeset(rendered, sized)
        return sized, rendered, document, finish(document, rendered, sized, workspace.fonts[-1])

    return made


@pytest.fixture(scope="module")
def stressed(colourful: bytes, job: Job, workspace: Workspace) -> bytes:
    return press(colourful, replace(job, size=A6), "abc1234", workspace.fonts[-1]).pdf


SIZES = [Size(420, 594), Size(594, 841), Size(210, 297)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
def test_boxes_are_exact_and_the_drawing_runs_on_to_the_end_of_the_bleed(
    printed: Callable[[Size], Printed], size: Size
) -> None:
    _, _, _, finished = printed(size)
    with pikepdf.open(io.BytesIO(finished.pdf)) as found:
        page = found.pages[0]
        boxes = {name: [mm(float(side)) for side in page[name]] for name in ("/MediaBox", "/BleedBox", "/TrimBox")}
        assert "/ArtBox" not in page
    assert boxes["/MediaBox"] == pytest.approx([0, 0, size.width + 2 * AROUND, size.height + 2 * AROUND], abs=1e-4)
    assert boxes["/BleedBox"] == pytest.approx([SLUG, SLUG, SLUG + size.width + 6, SLUG + size.height + 6], abs=1e-4)
    assert boxes["/TrimBox"] == pytest.approx([AROUND, AROUND, AROUND + size.width, AROUND + size.height], abs=1e-4)
    picture = rasterised(finished.pdf, 4)
    for along in (0.2, 0.5, 0.8):
        x = round((AROUND + size.width * along) * 4)
        for inside, outside in ((AROUND + 1, SLUG + 0.3), (AROUND + size.height - 1, SLUG + 5.7 + size.height)):
            assert near(picture.getpixel((x, round(inside * 4))), picture.getpixel((x, round(outside * 4))))
    across = round((AROUND + size.height * 0.02) * 4)
    for outside in (SLUG + 0.3, SLUG + 5.7 + size.width):
        assert near(picture.getpixel((round(outside * 4), across)), picture.getpixel((round(AROUND * 4) + 8, across)))
    beyond = picture.getpixel((round((SLUG - 0.5) * 4), round((AROUND + size.height * 0.1) * 4)))
    assert beyond == (255, 255, 255)


def test_it_looks_like_what_was_typeset(printed: Callable[[Size], Printed], colourful: bytes, stressed: bytes) -> None:
    """As far as PDFium, which guesses what inks look like, can tell."""
    _, _, document, finished = printed(SIZES[0])
    for before, after, size, most in ((document.pdf, finished.pdf, SIZES[0], 8), (colourful, stressed, A6, 16)):
        screen = trimmed(rasterised(before, 2), PRESS_BLEED, size, 2)
        paper = trimmed(rasterised(after, 2), AROUND, size, 2)
        difference = ImageStat.Stat(ImageChops.difference(screen, paper)).mean
        assert max(difference) < most


@pytest.mark.parametrize("which", ["poster", "everything"])
def test_nothing_is_left_of_other_colours(
    printed: Callable[[Size], Printed], stressed: bytes, which: str, tmp_path: Path
) -> None:
    data = printed(SIZES[0])[3].pdf if which == "poster" else stressed
    check_with_qpdf(data, tmp_path)
    with pikepdf.open(io.BytesIO(data)) as found:
        operators = {str(operator) for stream in streams(found) for _, operator in pikepdf.parse_content_stream(stream)}
        assert not operators & {"rg", "RG", "BI", "INLINE IMAGE", "ri"}
        assert {"k", "K"} <= operators
        named = {str(name) for one in found.objects for name in colour_spaces(one)}
        assert not any("/Annots" in page or "/AA" in page for page in found.pages)
    # WeasyPrint names its Lab spaces in every resource dictionary and uses none.
    assert named <= {"/DeviceCMYK", "/DeviceGray", "/Separation", "/Lab"}


def test_no_picture_or_colour_has_more_ink_than_dries(stressed: bytes) -> None:
    totals = []
    with pikepdf.open(io.BytesIO(stressed)) as found:
        for stream in streams(found):
            for operands, operator in pikepdf.parse_content_stream(stream):
                if str(operator) in {"k", "K"}:
                    totals.append(sum(map(float, operands)) * 100)
        for one in found.objects:
            if isinstance(one, pikepdf.Stream) and one.get("/ColorSpace") == "/DeviceCMYK":
                if one.get("/Filter") == "/FlateDecode":
                    pixels = one.read_bytes()
                    totals.append(max(map(sum, zip(*[iter(pixels)] * 4, strict=True))) / 2.55)
                else:
                    totals.append(total_ink(Image.open(io.BytesIO(one.read_raw_bytes()))))
    assert len(totals) > 20
    assert 250 < max(totals) <= 300


def test_strokes_are_at_least_a_quarter_point_on_paper(stressed: bytes, colourful: bytes) -> None:
    """Measured by another reader, through forms and patterns."""
    with pikepdf.open(io.BytesIO(colourful)) as before, pikepdf.open(io.BytesIO(stressed)) as after:
        assert min(strokes(before.pages[0].obj, 1, 1)) < 0.1
        found = sorted(strokes(after.pages[0].obj, 1, 1))
    assert found[0] == pytest.approx(0.25, abs=0.001)
    assert found[0] >= 0.25
    assert len(found) > 10


def test_chosen_inks_are_kept(colourful: bytes, job: Job, workspace: Workspace) -> None:
    colours = job.rayon.colours.model_copy(update={"primary": "#010203", "primary_cmyk": (10, 20, 30, 100)})
    own = replace(job, size=A6, rayon=job.rayon.model_copy(update={"colours": colours}))
    converted = [*INKS.colour((1 / 255, 2 / 255, 3 / 255))]
    for made, expected in ((own, [0.1, 0.2, 0.3, 1]), (replace(job, size=A6), converted)):
        data = press(colourful, made, "abc1234", workspace.fonts[-1]).pdf
        with pikepdf.open(io.BytesIO(data)) as found:
            inks = [
                [float(value) for value in operands]
                for stream in streams(found)
                for operands, operator in pikepdf.parse_content_stream(stream)
                if str(operator) == "k"
            ]
        assert pytest.approx(expected, abs=1e-4) in inks


def test_the_posters_own_type_is_black_alone(printed: Callable[[Size], Printed]) -> None:
    with pikepdf.open(io.BytesIO(printed(SIZES[0])[3].pdf)) as found:
        form = found.pages[0].Resources.XObject["/P0"]
        inks = {tuple(map(float, operands)) for operands, op in pikepdf.parse_content_stream(form) if str(op) == "k"}
    assert (0, 0, 0, 1) in inks


def test_it_says_what_it_is_and_is_the_same_every_time(
    printed: Callable[[Size], Printed], workspace: Workspace, tmp_path: Path
) -> None:
    job, rendered, document, finished = printed(SIZES[0])
    assert finish(document, rendered, job, workspace.fonts[-1]).pdf == finished.pdf
    assert finished.pdf.startswith(b"%PDF-1.6")
    with pikepdf.open(io.BytesIO(finished.pdf)) as found:
        (intent,) = found.Root.OutputIntents
        assert (intent.S, str(intent.OutputConditionIdentifier)) == ("/GTS_PDFX", "FOGRA39")
        assert intent.DestOutputProfile.read_bytes() == FOGRA39.read_bytes()
        assert found.docinfo.Trapped == "/False"
        assert str(found.docinfo.Title) == job.title
        moments = {str(found.docinfo.CreationDate), str(found.docinfo.ModDate)}
        metadata = found.open_metadata()
        assert metadata["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
        assert metadata["pdf:Trapped"] == "False"
        assert metadata["xmp:CreateDate"] == metadata["xmp:ModifyDate"] == "2000-01-01T00:00:00Z"
        assert metadata["xmpMM:DocumentID"].startswith("uuid:")
        assert moments == {"D:20000101000000Z"}
    path = tmp_path / "press.pdf"
    path.write_bytes(finished.pdf)
    assert all(font.embedded for font in poppler.fonts(path))
    text = " ".join(text_of(finished.pdf, tmp_path).split())
    assert f"{job.title} · uitgave {rendered.code} · vel 1 van 1" in text


def test_preflight_is_content_with_ours_and_not_with_what_was_typeset(
    printed: Callable[[Size], Printed], colourful: bytes, stressed: bytes
) -> None:
    job, rendered, _, finished = printed(SIZES[0])
    expected = Expectation(Edition.PRESS, job.size, PRESS_BLEED, words=rendered.printed)
    assert preflight(finished.pdf, expected) == ()
    judge = Expectation(Edition.PRESS, A6, PRESS_BLEED, min_dpi=50)
    assert preflight(stressed, judge) == ()
    codes = {finding.code for finding in preflight(colourful, judge)}
    assert {"press-colour", "hairline", "output-intent"} <= codes
    dry = {finding.code for finding in preflight(stressed, replace(judge, ink_limit=200))}
    assert dry == {"total-ink"}


def test_a_colour_that_ends_at_the_trim_is_told(job: Job, workspace: Workspace) -> None:
    def block(canvas: Canvas, page: int, size: Size) -> None:
        canvas.setFillColorRGB(0.1, 0.3, 0.6)
        canvas.rect(0, pt(-4), pt(size.width / 2), pt(size.height + 4), fill=1, stroke=0)

    short = press(pdf(1, A6, block, bleed=3), replace(job, size=A6), "abc1234", workspace.fonts[-1]).pdf
    found = preflight(short, Expectation(Edition.PRESS, A6, PRESS_BLEED))
    sides = {finding.message.split()[3] for finding in found if finding.code == "bleed-empty"}
    assert sides == {"boven", "links"}


def test_a_picture_inside_the_content_is_refused(job: Job, workspace: Workspace) -> None:
    with pikepdf.open(io.BytesIO(pdf(1, A6, bleed=3))) as source:
        page = source.pages[0]
        page.Contents = source.make_stream(b"q BI /W 1 /H 1 /CS /RGB /BPC 8 ID abc EI Q")
        out = io.BytesIO()
        source.save(out)
    with pytest.raises(RequestError, match="four inks"):
        press(out.getvalue(), replace(job, size=A6), "abc1234", workspace.fonts[-1])


def test_another_print_shop_gets_its_own_profile_and_limit(
    colourful: bytes, stressed: bytes, job: Job, workspace: Workspace
) -> None:
    """The profile here is the usual one under another name: what counts is that it is used, said and embedded."""
    shop = PrintShop(FOGRA39.read_bytes(), "Drukkerij", 240)
    own = press(colourful, replace(job, size=A6, printshop=shop), "abc1234", workspace.fonts[-1]).pdf
    with pikepdf.open(io.BytesIO(own)) as found:
        (intent,) = found.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == "Custom"
        assert intent.DestOutputProfile.read_bytes() == shop.profile
    judge = Expectation(Edition.PRESS, A6, PRESS_BLEED, min_dpi=50, ink_limit=240)
    assert preflight(own, judge) == ()
    assert {finding.code for finding in preflight(stressed, judge)} == {"total-ink"}
