"""Finished PDFs: the same bytes every time, each page once however often it is placed, boxes exact, readers content."""

import io
import tracemalloc
import zlib
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invulposter.errors import RequestError, WorkspaceError
from invulposter.finish.booklet import Booklet
from invulposter.finish.boxes import Document, scaled_sheets
from invulposter.finish.calibrate import calibration_pdf
from invulposter.finish.compose import compose
from invulposter.finish.impose import ImposeRequest, Scaled, Scheme, impose
from invulposter.finish.nup import Cards
from invulposter.finish.printer import correction, printed
from invulposter.finish.schemes import Placement, Rect, Sheet, Side, behind, turning_axis
from invulposter.finish.source import read_source
from invulposter.finish.tiles import Tiles
from invulposter.finish.trimmed import SLUG, Trimmed
from invulposter.geometry import Size, mm, pt
from invulposter.paper import Duplex, Margins, Order, Printer
from tests.finish.helpers_imposition import (
    A1,
    A3,
    A4,
    A5,
    CARD,
    FONTS,
    check_with_qpdf,
    pdf,
    picture,
    placements_in,
    text_of,
)

CASES: dict[str, tuple[bytes, Scheme, Size, Duplex]] = {
    "cards": (pdf(20, CARD), Cards(CARD, copies=3), A4, Duplex.LONG_EDGE),
    "cards with bleed": (pdf(8, CARD, bleed=3), Cards(Size(85, 60), 6), A3, Duplex.SHORT_EDGE),
    "cards by hand": (pdf(8, CARD), Cards(Size(90, 60), 4), A4, Duplex.BY_HAND),
    "fold over": (pdf(8, CARD), Cards(Size(85, 55), 2), A4, Duplex.FOLD_OVER),
    "one sided": (pdf(5, CARD), Cards(CARD, copies=2, order=Order.STACKED), A4, Duplex.NONE),
    "tiles": (pdf(1, A1), Tiles(A1), A4, Duplex.NONE),
    "tiles of two pages": (pdf(2, A3), Tiles(Size(594, 841)), A3, Duplex.NONE),
    "booklet": (pdf(10, A5), Booklet(A5, 0.1), A4, Duplex.SHORT_EDGE),
    "booklet made smaller": (pdf(10, A4), Booklet(A5, 0.1), A3, Duplex.LONG_EDGE),
    "scaled": (pdf(2, A1), Scaled(Size(297, 420)), A3, Duplex.NONE),
    "trimmed": (pdf(2, A4, bleed=3), Trimmed(A3, slug="poster · vel {sheet} van {sheets}"), A3, Duplex.NONE),
}


@pytest.mark.parametrize("name", CASES)
def test_every_output_is_sound_and_the_same_every_time(name: str, tmp_path: Path) -> None:
    source, scheme, paper, duplex = CASES[name]
    request = ImposeRequest(scheme, paper, duplex, title=f"Proef: {name}")
    done = impose(source, request, FONTS)
    check_with_qpdf(done.pdf, tmp_path)
    assert impose(source, request, FONTS).pdf == done.pdf
    with pikepdf.open(io.BytesIO(done.pdf)) as found:
        assert all([float(side) for side in page.MediaBox][:2] == [0, 0] for page in found.pages)
        assert all("/TrimBox" in page and "/BleedBox" in page for page in found.pages)
        assert not any(b"CreationDate" in found.docinfo.unparse() for _ in range(1))
        unembedded = [font for page in found.pages for font in page_fonts(page) if "/DescendantFonts" not in font]
    assert unembedded == []


def page_fonts(page: pikepdf.Page) -> list[pikepdf.Object]:
    """The fonts of marks and labels; those of the source are inside its forms."""
    return list(page.Resources.get("/Font", pikepdf.Dictionary()).values())


def test_each_source_page_is_one_form_however_often_it_is_placed() -> None:
    source = pdf(10, CARD)
    done = impose(source, ImposeRequest(Cards(CARD, copies=25), A4, Duplex.LONG_EDGE), FONTS)
    with pikepdf.open(io.BytesIO(done.pdf)) as found:
        forms = [one for one in found.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form"]
    assert len(forms) == 10


@pytest.mark.parametrize("duplex", [Duplex.LONG_EDGE, Duplex.SHORT_EDGE])
@pytest.mark.parametrize("paper", [A4, A3])
def test_front_and_back_meet_within_a_twentieth_of_a_millimetre(duplex: Duplex, paper: Size) -> None:
    sizes = [CARD] * 12
    cards = Cards(Size(85, 55), gutter=5, margins=Margins.all_round(8))
    done = impose(pdf(12, CARD, bleed=3), ImposeRequest(cards, paper, duplex), FONTS)
    pages = placements_in(done.pdf, sizes)
    with pikepdf.open(io.BytesIO(done.pdf)) as found:
        size = Size(*(mm(float(side)) for side in list(found.pages[0].MediaBox)[2:]))
    axis = turning_axis(size, duplex)
    for front, back in zip(pages[::2], pages[1::2], strict=True):
        for card, reverse in zip(front, back, strict=True):
            assert reverse.page == card.page + 1
            expected = behind(card.trim, size, axis)
            assert abs(reverse.trim.x - expected.x) < 0.05
            assert abs(reverse.trim.y - expected.y) < 0.05


def test_scaling_is_exact() -> None:
    done = impose(pdf(1, A1), ImposeRequest(Scaled(Size(210, 297)), A4), FONTS)
    ((found,),) = placements_in(done.pdf, [A1])
    assert found.scale == pytest.approx(210 / 594, abs=1e-6)
    assert (found.trim.height, found.trim.width) == pytest.approx((210, 297.323), abs=0.001)
    assert found.trim.x + found.trim.right == pytest.approx(297, abs=0.001)


def test_boxes_of_a_press_sheet_are_exact() -> None:
    done = impose(pdf(1, A4, bleed=3), ImposeRequest(Trimmed(A4), A4), FONTS)
    with pikepdf.open(io.BytesIO(done.pdf)) as found:
        page = found.pages[0]
        boxes = {name: [mm(float(side)) for side in page[name]] for name in ("/MediaBox", "/BleedBox", "/TrimBox")}
    around = 3 + SLUG
    assert boxes["/MediaBox"] == pytest.approx([0, 0, 210 + 2 * around, 297 + 2 * around], abs=1e-5)
    assert boxes["/BleedBox"] == pytest.approx([SLUG, SLUG, SLUG + 216, SLUG + 303], abs=1e-5)
    assert boxes["/TrimBox"] == pytest.approx([around, around, around + 210, around + 297], abs=1e-5)
    assert done.notes == ()


def test_too_little_bleed_is_told() -> None:
    done = impose(pdf(1, A4), ImposeRequest(Trimmed(A4), A4), FONTS)
    assert done.notes == ("De pagina's hebben 0 mm afloop op dit formaat; gevraagd is 3 mm.",)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("origin", [(0, 0), (-20, 35)])
def test_a_rotated_or_shifted_source_looks_the_same(rotation: int, origin: tuple[float, float]) -> None:
    """/Rotate, a media box that starts elsewhere and /UserUnit are undone: compared with what a viewer shows."""
    with pikepdf.open(io.BytesIO(pdf(1, Size(120, 80)))) as source:
        page = source.pages[0]
        page.Rotate = rotation
        x, y = origin
        page.MediaBox = [x, y, x + pt(90), y + pt(70)]
        out = io.BytesIO()
        source.save(out)
    turned = read_source(out.getvalue()).pages[0].size
    assert turned.landscape == (rotation % 180 == 0)
    done = impose(out.getvalue(), ImposeRequest(Scaled(turned), turned), FONTS)
    before, after = picture(out.getvalue(), 0, 3), picture(done.pdf, 0, 3)
    assert before.size == after.size
    assert mean_difference(before, after) < 0.5


def mean_difference(one, other) -> float:
    from PIL import ImageChops, ImageStat

    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


def test_user_unit_counts() -> None:
    with pikepdf.open(io.BytesIO(pdf(1, A5))) as source:
        source.pages[0].UserUnit = 2
        out = io.BytesIO()
        source.save(out)
    size = read_source(out.getvalue()).pages[0].size
    assert (size.width, size.height) == pytest.approx((296, 420))


def test_a_printer_is_corrected_for_exactly() -> None:
    """What the printer does to the corrected sheet must give the sheet that was meant."""
    printer = Printer("kopieerkamer", shift_front=(1.5, -0.8), shift_back=(-2, 0.4), scale_x=0.995, scale_y=1.002)
    request = ImposeRequest(Cards(CARD), A4, Duplex.LONG_EDGE)
    meant = placements_in(impose(pdf(8, CARD), request, FONTS).pdf, [CARD] * 8)
    corrected = ImposeRequest(request.scheme, A4, Duplex.LONG_EDGE, printer)
    drawn = placements_in(impose(pdf(8, CARD), corrected, FONTS).pdf, [CARD] * 8)
    for side, wanted, found in zip((Side.FRONT, Side.BACK), meant, drawn, strict=True):
        a, _, _, d, e, f = printed(printer, side, A4)
        for one, other in zip(wanted, found, strict=True):
            assert a * pt(other.trim.x) + e == pytest.approx(pt(one.trim.x), abs=0.001)
            assert d * pt(other.trim.top) + f == pytest.approx(pt(one.trim.top), abs=0.001)


@given(
    shift=st.tuples(st.floats(-20, 20), st.floats(-20, 20)),
    scale=st.floats(0.91, 1.09),
    size=st.sampled_from([A4, A4.turned(), A3]),
    side=st.sampled_from(Side),
)
def test_a_correction_undoes_the_printer(shift: tuple[float, float], scale: float, size: Size, side: Side) -> None:
    printer = Printer(shift_front=shift, shift_back=shift, scale_x=scale, scale_y=2 - scale)
    a, _, _, d, e, f = printed(printer, side, size)
    ca, _, _, cd, ce, cf = correction(printer, side, size)
    for x, y in ((0.0, 0.0), (100.0, 700.0)):
        assert (a * (ca * x + ce) + e, d * (cd * y + cf) + f) == pytest.approx((x, y), abs=1e-6)


@pytest.mark.parametrize(
    "wrong", [{"scale_x": 1.2}, {"shift_back": (0, 40)}, {"margins": Margins.all_round(-1)}], ids=str
)
def test_a_slip_in_reading_the_calibration_sheet_is_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match="a printer's"):
        Printer(**wrong)


@pytest.mark.parametrize("paper", [A4, A3, A5])
def test_the_calibration_sheet_has_two_sides(paper: Size, tmp_path: Path) -> None:
    data = calibration_pdf(paper, FONTS)
    check_with_qpdf(data, tmp_path)
    words = text_of(data, tmp_path)
    assert "voorkant" in words
    assert "achterkant" in words
    with pikepdf.open(io.BytesIO(data)) as found:
        assert len(found.pages) == 2
        assert found.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"


def test_memory_hardly_grows_with_copies() -> None:
    """The pages' drawings stay one each; a sheet more costs its page in the file and its place in some lists."""
    source = pdf(16, CARD)

    def peak(copies: int) -> float:
        tracemalloc.start()
        impose(source, ImposeRequest(Cards(CARD, copies=copies), A4, Duplex.LONG_EDGE), FONTS)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    few, many = peak(10), peak(100)
    sheets_more = 2 * 90
    assert (many - few) / sheets_more < 800


def test_a_thousand_cards_stay_a_small_file() -> None:
    done = impose(pdf(40, CARD), ImposeRequest(Cards(CARD, copies=50), A4, Duplex.LONG_EDGE), FONTS)
    assert done.sheets == 125
    assert len(done.pdf) < 250_000


def encrypted() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(1, A4))) as source:
        source.save(out, encryption=pikepdf.Encryption(owner="eigenaar", user="lezer"))
    return out.getvalue()


def without_pages() -> bytes:
    out = io.BytesIO()
    pikepdf.new().save(out)
    return out.getvalue()


def sized(width: float, height: float) -> bytes:
    out = io.BytesIO()
    new = pikepdf.new()
    new.add_blank_page()
    new.pages[0].MediaBox = [0, 0, width, height]
    new.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (encrypted(), "protected with a password"),
        (b"", "not a PDF"),
        (b"GIF89a", "not a PDF"),
        (b"%PDF-1.7\nnothing more", "damaged"),
        (without_pages(), "no pages"),
        (sized(9, 9), "3.175 x 3.175 mm"),
        (sized(14400 * 3, 14400), "each side must be between 10 and 5000 mm"),
    ],
)
def test_bad_input_gets_one_sentence(source: bytes, sentence: str) -> None:
    with pytest.raises(RequestError, match=sentence) as caught:
        impose(source, ImposeRequest(Tiles(A1), A4), FONTS)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_status == 2


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (ImposeRequest(Cards(CARD, copies=0), A4), "1 or more"),
        (ImposeRequest(Cards(CARD, copies=10**9), A4), "print fewer sets"),
        (ImposeRequest(Cards(CARD, gutter=-1), A4), "gutter"),
        (ImposeRequest(Cards(Size(1, 1)), A4), "finished size is 1 x 1 mm"),
        (ImposeRequest(Tiles(A1), Size(9, 9)), "the paper is 9 x 9 mm"),
        (ImposeRequest(Tiles(A1), A4, Duplex.LONG_EDGE), "one side"),
        (ImposeRequest(Tiles(Size(4900, 4900)), A5), "can't be made"),
        (ImposeRequest(Booklet(A5, 3), A4, Duplex.LONG_EDGE), "0 and 2 mm thick"),
    ],
)
def test_what_cannot_be_made_is_refused(request_: ImposeRequest, sentence: str) -> None:
    with pytest.raises(RequestError, match=sentence):
        impose(pdf(2, CARD), request_, FONTS)


@given(cut=st.floats(0, 1), noise=st.binary(max_size=20), at=st.floats(0, 1))
@settings(max_examples=60)
@pytest.mark.filterwarnings("ignore")
def test_a_damaged_file_is_refused_or_imposed_but_never_crashes(cut: float, noise: bytes, at: float) -> None:
    good = CASES["cards"][0]
    broken = bytearray(good[: int(len(good) * cut) + 8])
    where = int(len(broken) * at)
    broken[where : where + len(noise)] = noise
    try:
        done = impose(bytes(broken), ImposeRequest(Cards(CARD), A4), FONTS)
    except RequestError:
        return
    with pikepdf.open(io.BytesIO(done.pdf)) as found:
        assert len(found.pages) >= 1


def test_fonts_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="AlegreyaSans_400Regular"):
        impose(pdf(1, A1), ImposeRequest(Tiles(A1), A4), tmp_path)


def test_placements_turn_by_quarters() -> None:
    """A page turned a quarter lies where its placement says."""
    reader = read_source(pdf(1, A5))
    for rotation in (0, 90, 180, 270):
        lying = A5.turned() if rotation % 180 else A5
        clip = Rect(20, 30, lying.width, lying.height)
        data = compose(reader, [Sheet(A3, (Placement(0, 20, 30, rotation, 1, clip),))], FONTS, Document())
        ((found,),) = placements_in(data, [A5])
        assert found.rotation == rotation
        assert (found.trim.x, found.trim.y) == pytest.approx((20, 30), abs=0.001)


def handmade(objects: dict[str, bytes]) -> bytes:
    """A PDF from its objects, each under `number generation`; the first is the catalog."""
    out = bytearray(b"%PDF-1.4\n")
    rows = {}
    for name, body in objects.items():
        number, generation = map(int, name.split())
        rows[number] = b"%010d %05d n \n" % (len(out), generation)
        out += b"%s obj\n%b\nendobj\n" % (name.encode(), body)
    table = b"".join(b"%d 1\n%b" % row for row in sorted(rows.items()))
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n%btrailer\n<</Size %d/Root %s R>>\n" % (
        table, max(rows) + 1, next(iter(objects)).encode(),
    )  # fmt: skip
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def test_what_a_page_draws_with_is_taken_over_as_it_stands(tmp_path: Path) -> None:
    """Odd but right: generations, gaps in the numbers, a name with a space, a string that looks like a reference."""
    drawing = zlib.compress(b"1 0 0 rg 0 0 80 80 re f")
    source = handmade(
        {
            "40 2": b"<</Type/Catalog/Pages 12 0 R>>",
            "12 0": b"<</Type/Pages/Count 1/Kids[15 0 R]/MediaBox[0 0 200 100]/Resources 16 3 R>>",
            "15 0": b"<</Type/Page/Parent 12 0 R/Contents[17 0 R 18 0 R]>>",
            "16 3": b"<</XObject<</De#20vorm 19 1 R>>/Properties<</MC0<</Titel(zie 15 0 R en \\(99 0 R\\))>>>>>>",
            "17 0": b"<</Length 23/Filter/ASCIIHexDecode>>\nstream\n7120302030203120 72672071>\nendstream",
            "18 0": b"<</Length 14>>\nstream\n/De#20vorm Do Q\nendstream",
            "19 1": b"<</Type/XObject/Subtype/Form/BBox[0 0 80 80]/Filter[/FlateDecode]/Length 20 0 R>>\nstream\n"
            + drawing
            + b"\nendstream",
            "20 0": b"%d" % len(drawing),
        }
    )
    size = Size(mm(200), mm(100))
    done = impose(source, ImposeRequest(Scaled(size), size), FONTS)
    check_with_qpdf(done.pdf, tmp_path)
    shown = picture(done.pdf, 0, 2)
    assert shown.getpixel((20, shown.height - 20)) == (255, 0, 0)
    assert shown.getpixel((shown.width - 5, 5)) == (255, 255, 255)


def test_a_scaled_design_lies_as_it_did() -> None:
    (sheet,) = scaled_sheets([A1], Size(210, 297), Duplex.NONE)
    assert sheet.size == Size(297, 210)
