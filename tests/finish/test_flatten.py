"""Nothing that somebody typed is lost: fields and comments become part of the page before it is imposed."""

import io
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfgen.canvas import Canvas

from invulposter.finish.fieldtext import SMALLEST, FieldText, appearance, set_text
from invulposter.finish.flatten import flatten, needs_flattening
from invulposter.finish.impose import ImposeRequest, Scaled, impose
from invulposter.finish.source import open_pdf
from invulposter.finish.tiles import Tiles
from invulposter.geometry import pt
from tests.finish.helpers_imposition import A1, A4, FONTS, check_with_qpdf, pdf, picture, text_of

MULTILINE = 1 << 12


def form(*fields: Dictionary, need_appearances: bool = True) -> bytes:
    """An A4 with these fields, as a program leaves it that only stores values."""
    with pikepdf.open(io.BytesIO(pdf(1, A4))) as target:
        page = target.pages[0]
        references = [target.make_indirect(field) for field in fields]
        page.Annots = Array(references)
        target.Root.AcroForm = Dictionary(
            Fields=Array([one for one in references if one.get("/Subtype") == "/Widget"]),
            NeedAppearances=need_appearances,
            DA=String("/Helv 12 Tf 0 g"),
        )
        out = io.BytesIO()
        target.save(out)
    return out.getvalue()


def text_field(value: str, top: float = 250, height: float = 10, width: float = 150, **more: object) -> Dictionary:
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String(f"veld{top}"),
        V=String(value),
        F=4,
        Rect=[pt(20), pt(top - height), pt(20 + width), pt(top)],
        **more,
    )


def words_after(source: bytes, tmp_path: Path, scheme=None) -> str:
    done = impose(source, ImposeRequest(scheme or Scaled(A4), A4), FONTS)
    check_with_qpdf(done.pdf, tmp_path)
    with pikepdf.open(io.BytesIO(done.pdf)) as found:
        assert "/AcroForm" not in found.Root
        assert not any("/Annots" in page for page in found.pages)
    return text_of(done.pdf, tmp_path)


def test_typed_text_without_an_appearance_is_kept(tmp_path: Path) -> None:
    source = form(text_field("Wij beginnen in café ’t Hoekje"), text_field("ŷ Łódź ș – één", 200))
    words = words_after(source, tmp_path)
    assert "Wij beginnen in café ’t Hoekje" in words
    assert "ŷ Łódź ș – één" in words


def test_a_filled_poster_survives_being_tiled(tmp_path: Path) -> None:
    assert "Netwerk Noord" in words_after(form(text_field("Netwerk Noord")), tmp_path, Tiles(A1))


def test_long_text_is_set_smaller_and_told(tmp_path: Path) -> None:
    story = " ".join(f"woord{number}" for number in range(300))
    source = form(
        text_field(story, height=30, Ff=MULTILINE, DA=String("/Helv 14 Tf 0.2 0.3 0.4 rg"), TU=String("Doel"))
    )
    done = impose(source, ImposeRequest(Scaled(A4), A4), FONTS)
    assert set(story.split()) <= set(text_of(done.pdf, tmp_path).split())
    assert any("'Doel' is getypt, is lang" in note for note in done.notes)


def test_lines_stay_lines(tmp_path: Path) -> None:
    words = words_after(form(text_field("een\rtwee\r\ndrie\nvier", height=60, Ff=MULTILINE)), tmp_path)
    assert [line.strip() for line in words.splitlines() if line.strip()][:4] == ["een", "twee", "drie", "vier"]


def test_values_come_from_parents(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(form(text_field("weg")))) as source:
        kid = source.pages[0].Annots[0]
        parent = source.make_indirect(Dictionary(FT=Name.Tx, T=String("ouder"), V=String("Van de ouder"), Kids=[kid]))
        for key in ("/V", "/FT", "/T"):
            del kid[key]
        kid.Parent = parent
        source.Root.AcroForm.Fields = Array([parent])
        out = io.BytesIO()
        source.save(out)
    assert "Van de ouder" in words_after(out.getvalue(), tmp_path)


def test_an_appearance_that_is_there_is_used(tmp_path: Path) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(pt(210), pt(297)), invariant=1)
    canvas.acroForm.textfield(value="Al getekend", x=100, y=500, width=200, height=30, name="a")
    canvas.acroForm.checkbox(checked=True, x=100, y=400, name="b")
    canvas.showPage()
    canvas.save()
    done = impose(out.getvalue(), ImposeRequest(Scaled(A4), A4), FONTS)
    after = picture(done.pdf, 0, 2)
    assert "Al getekend" in text_of(done.pdf, tmp_path)
    pixels = 2 / pt(1)
    box = tuple(round(side * pixels) for side in (100, pt(297) - 420, 120, pt(297) - 400))
    assert sum(after.crop(box).convert("L").histogram()[:100]) > 20


def test_choices_show_their_words(tmp_path: Path) -> None:
    field = text_field("n")
    field.FT = Name.Ch
    field.Opt = Array([Array([String("n"), String("Netwerk Noord")]), Array([String("z"), String("Zuid")])])
    words = words_after(form(field), tmp_path)
    assert "Netwerk Noord" in words
    assert "Zuid" not in words


def test_a_ticked_box_without_a_drawing_gets_a_cross() -> None:
    box = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, T=String("b"), V=Name.Yes, AS=Name.Yes, F=4,
        Rect=[pt(150), pt(250), pt(160), pt(260)],
    )  # fmt: skip
    done = impose(form(box), ImposeRequest(Scaled(A4), A4), FONTS)
    crop = (150 * 4, (297 - 260) * 4, 160 * 4, (297 - 250) * 4)
    ticked = picture(done.pdf, 0, 4).crop(crop).convert("L").histogram()
    assert sum(ticked[:60]) > 50


def test_comments_are_kept_and_links_leave_nothing(tmp_path: Path) -> None:
    look = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 100, 20])
    with pikepdf.open(io.BytesIO(form(need_appearances=False))) as source:
        stream = source.make_stream(b"0 0 1 rg 0 0 100 20 re f", look)
        note = Dictionary(Type=Name.Annot, Subtype=Name.FreeText, F=4, Rect=[50, 50, 250, 90], AP=Dictionary(N=stream))
        hidden = Dictionary(note)
        hidden.F, hidden.Rect = 2, [300, 50, 500, 90]
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[10, 10, 20, 20])
        source.pages[0].Annots = Array([source.make_indirect(one) for one in (note, hidden, link)])
        out = io.BytesIO()
        source.save(out)
    done = impose(out.getvalue(), ImposeRequest(Scaled(A4), A4), FONTS)
    page = picture(done.pdf, 0, 72 / 25.4)
    pixels_per_mm_is_a_point = 842
    assert page.getpixel((150, pixels_per_mm_is_a_point - 70)) == (0, 0, 255)
    assert page.getpixel((400, pixels_per_mm_is_a_point - 70)) != (0, 0, 255)


@pytest.mark.parametrize(
    ("subtypes", "flattened"), [("Link", False), ("Link Link", False), ("", False), ("Link FreeText", True)]
)
def test_links_alone_are_no_reason_to_flatten(subtypes: str, flattened: bool) -> None:
    with pikepdf.open(io.BytesIO(pdf(2, A4))) as source:
        links = [
            Dictionary(Type=Name.Annot, Subtype=Name("/" + one), Rect=[10, 10, 90, 90]) for one in subtypes.split()
        ]
        source.pages[1].Annots = Array(links)
        assert needs_flattening(source) is flattened


@pytest.mark.parametrize("annotations", [7, Array([7]), Array([Name.Link])])
def test_what_is_no_annotation_is_no_link(annotations: object) -> None:
    with pikepdf.open(io.BytesIO(pdf(1, A4))) as source:
        source.pages[0].obj["/Annots"] = annotations
        assert needs_flattening(source)


def test_a_linked_page_is_imposed_as_it_is(tmp_path: Path) -> None:
    plain = pdf(1, A4)
    with pikepdf.open(io.BytesIO(plain)) as source:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[50, 50, 250, 90], Border=[0, 0, 9])
        source.pages[0].Annots = Array([link])
        out = io.BytesIO()
        source.save(out)
    without, linked = (impose(one, ImposeRequest(Scaled(A4), A4), FONTS).pdf for one in (plain, out.getvalue()))
    check_with_qpdf(linked, tmp_path)
    assert picture(linked, 0, 2).tobytes() == picture(without, 0, 2).tobytes()
    with pikepdf.open(io.BytesIO(linked)) as found:
        assert "/Annots" not in found.pages[0]


def test_a_page_without_fields_is_left_alone() -> None:
    assert not needs_flattening(open_pdf(pdf(1, A4)))


def test_flattening_gives_the_same_bytes_every_time() -> None:
    source = form(text_field("tweemaal"))
    once, again = (flatten(source, FONTS).pdf for _ in range(2))
    assert once == again


def test_characters_without_a_glyph_are_told() -> None:
    done = impose(form(text_field("hoera 🎉")), ImposeRequest(Scaled(A4), A4), FONTS)
    assert any("🎉" in note for note in done.notes)


@pytest.mark.parametrize(
    ("default", "found"),
    [
        ("/Helv 12 Tf 0 g", (12, "0 g")),
        ("0.1 0.2 0.3 rg /F1 0 Tf", (0, "0.1 0.2 0.3 rg")),
        ("0 0 0 1 k /F1 9.5 Tf", (9.5, "0 0 0 1 k")),
        ("", (0, "0 g")),
    ],
)
def test_default_appearances_are_read(default: str, found: tuple[float, str]) -> None:
    assert appearance(default) == found


def half_em(text: str, size: float) -> float:
    return len(text) * size / 2


@given(
    text=st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=300),
    width=st.floats(20, 600),
    height=st.floats(10, 300),
    multiline=st.booleans(),
)
def test_all_letters_are_set_inside_the_field(text: str, width: float, height: float, multiline: bool) -> None:
    done = set_text(FieldText(text, width, height, multiline=multiline), half_em)
    assert "".join("".join(line.text for line in done.lines).split()) == "".join(text.split())
    if done.size > SMALLEST:
        assert all(line.x >= 0 and line.x + half_em(line.text, done.size) <= width for line in done.lines)
        assert all(line.y >= -0.5 * done.size for line in done.lines)


def test_a_comb_puts_a_letter_in_each_cell() -> None:
    done = set_text(FieldText("ABC", 100, 20, comb=5), half_em)
    assert [line.text for line in done.lines] == ["A", "B", "C"]
    assert [round(line.x + half_em("A", done.size) / 2) for line in done.lines] == [10, 30, 50]


@pytest.mark.parametrize(("align", "x"), [(0, 2), (1, 40), (2, 78)])
def test_text_is_aligned(align: int, x: float) -> None:
    (line,) = set_text(FieldText("abcd", 100, 20, size=10, align=align), half_em).lines
    assert line.x == pytest.approx(x)
