"""The press edition, judged by others: boxes, bleed to the edge, four inks and nothing else, hairlines, PDF/X-4."""

import base64
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageColor, ImageStat
from reportlab.pdfgen.canvas import Canvas

from invulposter.drawing.type import Typecase
from invulposter.errors import RequestError, WorkspaceError
from invulposter.finish.content import Pen, instructions
from invulposter.finish.inks import FOGRA39, Inks, Shades, total_ink
from invulposter.finish.job import Finished, finish
from invulposter.finish.order import order_sheet
from invulposter.finish.press import PrintShop, press
from invulposter.finish.trimmed import SLUG
from invulposter.geometry import Size, mm, pt
from invulposter.layout import Edition
from invulposter.plan import PRESS_BLEED, Job, Request, plan
from invulposter.preflight import Expectation, preflight
from invulposter.render import Rendered, render
from invulposter.typeset import Typeset, typeset, use_fonts
from invulposter.workspace import Library, Workspace
from tests.finish.helpers_imposition import check_with_qpdf, pdf, text_of
from tests.judges import poppler

AROUND = PRESS_BLEED + SLUG
A6 = Size(105, 148)
INKS = Inks(FOGRA39.read_bytes())


def picture_uri(image: Image.Image, kind: str) -> str:
    out = io.BytesIO()
    image.save(out, kind)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(out.getvalue()).decode()}"


#: Everything that has a colour: gradients with a hard stop and a fading one, a pattern, a mask, thin strokes.
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 30" width="60mm" height="30mm"><defs>
<linearGradient id="a"><stop offset="0" stop-color="#e00"/><stop offset="0.5" stop-color="#0a0"/>
<stop offset="0.5" stop-color="#00e"/><stop offset="1" stop-color="#fff" stop-opacity="0.2"/></linearGradient>
<radialGradient id="r"><stop offset="0" stop-color="#fa0"/><stop offset="1" stop-color="#104"/></radialGradient>
<pattern id="p" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="2" height="2" fill="#c0f"/>
<path d="M0 3H4" stroke="#0cf" stroke-width="0.02"/></pattern>
<mask id="m"><rect width="60" height="30" fill="#888"/><circle cx="10" cy="25" r="4" fill="#f00"/></mask></defs>
<rect width="20" height="15" fill="url(#a)"/><rect x="20" width="20" height="15" fill="url(#r)"/>
<rect x="40" width="20" height="15" fill="url(#p)"/>
<g mask="url(#m)"><rect y="15" width="30" height="15" fill="#0af"/></g>
<g opacity="0.5"><rect x="30" y="15" width="15" height="15" fill="#a00"/></g>
<path d="M46 16L59 29" stroke="#123456" stroke-width="0.03"/>
<g transform="scale(0.1)"><path d="M460 290L590 160" stroke="#777" stroke-width="0.5"/></g></svg>"""


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


def near(one: object, other: object) -> bool:
    assert isinstance(one, tuple)
    assert isinstance(other, tuple)
    return max(one) < 250 and all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


def rasterised(data: bytes, pixels_per_mm: float) -> Image.Image:
    document = pypdfium2.PdfDocument(data)
    try:
        return document[0].render(scale=pixels_per_mm / pt(1)).to_pil().convert("RGB")
    finally:
        document.close()


def trimmed(picture: Image.Image, around: float, size: Size, pixels_per_mm: float) -> Image.Image:
    left = round(around * pixels_per_mm)
    width, height = (round(side * pixels_per_mm) for side in (size.width, size.height))
    return picture.crop((left, left, left + width, left + height))


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


def streams(found: pikepdf.Pdf) -> Iterator[pikepdf.Object | pikepdf.Page]:
    yield from found.pages
    for one in found.objects:
        if isinstance(one, pikepdf.Stream) and (one.get("/Subtype") == "/Form" or "/PatternType" in one):
            yield one


def colour_spaces(one: pikepdf.Object) -> Iterator[str]:
    """Names of colour spaces anywhere in an object: of groups, pictures, shadings and resources."""
    if isinstance(one, pikepdf.Array):
        for item in one:
            if not getattr(item, "is_indirect", False):
                yield from colour_spaces(item)
    elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in one.items():
            if key in {"/CS", "/ColorSpace"}:
                yield from families(value)
            if not getattr(value, "is_indirect", False):
                yield from colour_spaces(value)


def families(value: pikepdf.Object) -> Iterator[str]:
    if isinstance(value, pikepdf.Name):
        yield str(value)
    elif isinstance(value, pikepdf.Array):
        yield str(value[0])
    elif isinstance(value, pikepdf.Dictionary):
        for item in value.values():
            yield from families(item)


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


def strokes(drawn: pikepdf.Object, scale: float, width: float) -> Iterator[float]:
    stack: list[tuple[float, float]] = []
    start = scale
    for operands, operator in pikepdf.parse_content_stream(drawn):
        match str(operator):
            case "q":
                stack.append((scale, width))
            case "Q":
                scale, width = stack.pop()
            case "cm":
                a, b, c, d, *_ = map(float, operands)
                scale *= abs(a * d - b * c) ** 0.5
            case "w":
                width = float(operands[0])
            case "S" | "s" | "B" | "B*" | "b" | "b*":
                yield scale * width
            case "Do" if drawn.Resources.XObject[operands[0]].Subtype == "/Form":
                yield from strokes(drawn.Resources.XObject[operands[0]], scale, width)
            case "scn" if isinstance(operands[-1], pikepdf.Name):
                pattern = drawn.Resources.Pattern[operands[-1]]
                if pattern.PatternType == 1:
                    a, b, c, d, *_ = map(float, pattern.get("/Matrix", [1, 0, 0, 1, 0, 0]))
                    yield from strokes(pattern, start * abs(a * d - b * c) ** 0.5, 1)


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
    expected = Expectation(Edition.PRESS, job.size, PRESS_BLEED, words=rendered.words)
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


def test_a_profile_that_is_none_is_refused(job: Job, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="can't be read"):
        PrintShop(tmp_path / "weg.icc").inks(job)
    wrong = tmp_path / "wrong.icc"
    wrong.write_bytes(b"no profile")
    with pytest.raises(WorkspaceError, match="can't be used"):
        PrintShop(wrong).inks(job)


@pytest.mark.parametrize("colour", ["#1F4A43", "#7A1F3D", "#F2B233", "#FFF1A8", "#5B1F4B"])
def test_inks_look_like_the_colour_they_stand_for(colour: str) -> None:
    """Back through the profile's own measurements: what a press lays down, as a screen shows it."""
    back = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(io.BytesIO(INKS.profile)),
        ImageCms.createProfile("sRGB"),
        "CMYK",
        "RGB",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    screen = ImageColor.getrgb(colour)
    pixel = tuple(round(ink * 255) for ink in INKS.colour(tuple(value / 255 for value in screen)))
    shown = ImageCms.applyTransform(Image.new("CMYK", (1, 1), pixel), back)
    assert shown is not None
    assert shown.getpixel((0, 0)) == pytest.approx(screen, abs=6)


def test_grays_take_black_ink_alone() -> None:
    assert INKS.colour((0, 0, 0)) == INKS.colour((0,)) == (0, 0, 0, 1)
    assert INKS.colour((1, 1, 1)) == (0, 0, 0, 0)
    assert INKS.colour((0.25,)) == (0, 0, 0, 0.75)
    assert INKS.picture(Image.new("L", (2, 1), 55)).getpixel((1, 0)) == (0, 0, 0, 200)
    assert Shades().colour((1.0, 1.0, 1.0)) == pytest.approx((1,))
    assert Shades().colour((0.0, 0.0, 0.0, 1.0)) == (0,)


inks = st.floats(0, 1)


@given(colour=st.tuples(inks, inks, inks, inks), limit=st.integers(240, 400))
def test_no_total_is_above_the_limit_and_black_is_never_less(
    colour: tuple[float, float, float, float], limit: int
) -> None:
    thinned = Inks(INKS.profile, limit).colour(colour)
    # Four values, each rounded to four places.
    assert sum(thinned) * 100 <= limit + 0.021
    assert thinned[3] >= colour[3] - 1 / 255
    if sum(colour) * 100 <= limit:
        assert thinned == colour


@given(colour=st.tuples(*[st.integers(0, 255)] * 3))
def test_every_colour_of_a_screen_keeps_to_the_limit(colour: tuple[int, int, int]) -> None:
    assert sum(INKS.colour(tuple(value / 255 for value in colour))) <= 3


def test_instructions_come_apart_and_together_again() -> None:
    content = rb"q 1 0 0 -1 0 5.5 cm % turned" + b"\n" + rb"[(a\)b(c))-20<41 42>]TJ /a1.0 gs 0.5 .5 -1 rg/P0 Do Q"
    found = list(instructions(content))
    assert [one.operator for one in found] == [b"q", b"cm", b"TJ", b"gs", b"rg", b"Do", b"Q"]
    assert found[1].numbers == (1, 0, 0, -1, 0, 5.5)
    assert (found[3].name, found[5].name) == ("/a1.0", "/P0")
    again = b" ".join(map(bytes, found))
    assert list(instructions(again)) == found


def test_a_pen_follows_scale_and_width() -> None:
    pen = Pen()
    for instruction in instructions(b"4 w q 0.5 0 0 0.5 0 0 cm 2 w"):
        pen.follow(instruction)
    assert pen.points == 1
    pen.follow(next(instructions(b"Q")))
    assert pen.points == 4


def test_the_order_sheet_says_what_a_printer_asks(library: Library) -> None:
    def sheet(layout: str, pages: int) -> str:
        request = Request(layouts=(layout,), rayons=("lindezoom",), networks=("po",), editions=(Edition.PRESS,))
        job = plan(library, request)[0]
        return order_sheet(job, Finished(b"", pages, job.size))

    cards = sheet("tipkaarten", 18)
    assert "A7 (105 × 74 mm), afgewerkt, liggend" in cards
    assert "9 kaarten, voor- en achterkant" in cards
    assert "300 g/m²" in cards
    assert "4/4, CMYK" in cards
    booklet = sheet("brochure", 11)
    assert "geniet in de rug, met 1 blanco pagina achterin" in booklet
    poster = sheet("invulposter", 1)
    assert "A1 (841 × 594 mm)" in poster
    assert "4/0" in poster
    assert "te schrijven" in poster
    assert "FOGRA39" in poster
