import functools
import io
import re
import subprocess
import zlib
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from invulposter.errors import TypesetError
from invulposter.finish import appearance
from invulposter.finish.fill import FormTemplate
from invulposter.finish.formfont import char_widths, font_program
from invulposter.finish.forms import finish_forms, maximum_length, type_size
from invulposter.geometry import mm, pt
from invulposter.kit import FieldSpec
from tests.collect.sample import (
    FONT,
    IDENTITY,
    SPECS,
    TEXTS,
    TICKS,
    filled,
    filled_by_pdfium,
    filled_by_pypdf,
    form,
    typeset,
)
from tests.judges import qpdf, verapdf

WIDTHS = FormTemplate(form()).widths
LATIN = [chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180), 0x20AC)]


@functools.lru_cache(maxsize=8)
def opened(pdf: bytes) -> pikepdf.Pdf:
    """Kept open: objects of a closed document can't be read."""
    return pikepdf.open(io.BytesIO(pdf))


def widgets(pdf: bytes) -> dict[str, pikepdf.Object]:
    document = opened(pdf)
    found = {}
    for page in document.pages:
        for annotation in page.get("/Annots", ()):
            if annotation.Subtype == "/Widget":
                parts, node = [], annotation
                while node is not None:
                    parts.insert(0, str(node.T))
                    node = node.get("/Parent")
                found[".".join(parts)] = annotation
    return found


def drawn(pdf: bytes, dpi: int = 50) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        return document[0].render(scale=dpi / 72).to_pil().convert("L")


def drawn_by_poppler(pdf: bytes, folder: Path, dpi: int = 50) -> Image.Image:
    (folder / "in.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", str(dpi), "-png", "-singlefile", str(folder / "in.pdf"), str(folder / "out")]
    subprocess.run(command, check=True)
    return Image.open(folder / "out.png").convert("L")


def inked(picture: Image.Image, empty: Image.Image, spec: FieldSpec, dpi: int = 50) -> bool:
    """Whether the field shows something that the empty form does not."""
    scale = dpi / 25.4
    box = [round(v * scale) for v in (spec.x, spec.y, spec.x + spec.width, spec.y + spec.height)]
    return ImageChops.difference(picture, empty).crop(box).getbbox() is not None


def baselines(content: bytes) -> list[float]:
    """The heights of the lines that a field's content stream shows."""
    heights, height = [], 0.0
    for moved in re.finditer(rb"1 0 0 1 [-\d.]+ ([-\d.]+) Tm|[-\d.]+ ([-\d.]+) Td|(Tj)", content):
        if moved[3]:
            heights.append(height)
        elif moved[1]:
            height = float(moved[1])
        else:
            height += float(moved[2])
    return sorted(set(heights), reverse=True)


def test_font_has_latin_and_euro() -> None:
    assert [char for char in LATIN if char not in WIDTHS] == []


def test_font_program_is_the_same_every_time() -> None:
    assert font_program(FONT) == font_program.__wrapped__(FONT)
    assert len(zlib.compress(font_program(FONT))) < 25_000


def test_form_is_the_same_every_time() -> None:
    assert finish_forms(typeset(), SPECS, FONT, IDENTITY) == form()


def test_form_passes_pdf_ua() -> None:
    assert verapdf.violations(form(), "ua1") == []


def test_form_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(form())
    assert qpdf.check(path) == []


def test_every_field_stands_where_it_was_declared() -> None:
    found = widgets(form())
    assert list(found) == [spec.name for spec in SPECS]
    for spec in SPECS:
        left, bottom, right, top = (mm(float(value)) for value in found[spec.name].Rect)
        declared = (spec.x, 594 - spec.y - spec.height, spec.x + spec.width, 594 - spec.y)
        assert (left, bottom, right, top) == pytest.approx(declared, abs=0.02)


def test_ruled_field_with_room_for_descenders_becomes_its_lines_high() -> None:
    spec = FieldSpec("regels", "Waarom?", "lines", 50, 100, 100, 10 * 3.22, 10, 3)
    field = widgets(finish_forms(typeset((spec,)), (spec,), FONT, IDENTITY))["regels"]
    _, bottom, _, top = (mm(float(value)) for value in field.Rect)
    assert (bottom, top) == pytest.approx((594 - 132.2, 594 - 102.2), abs=0.02)


def test_every_field_has_what_viewers_need() -> None:
    for name, field in widgets(form()).items():
        assert str(field.TU)
        assert field.F == 4
        assert field.BS.W == 0
        assert "/MK" not in field
        states = [field.AP.N] if field.FT == "/Tx" else [field.AP.N["/on"], field.AP.N["/Off"]]
        assert all(state.Subtype == "/Form" for state in states)
        if field.FT == "/Tx":
            size = float(re.search(r"([\d.]+) Tf", str(field.DA))[1])  # type: ignore[index]
            assert size > 7, name
            assert field.MaxLen >= 12


def test_fields_keep_their_structure_elements() -> None:
    document = opened(form())
    tree = document.Root.StructTreeRoot.ParentTree.Nums
    elements = {int(tree[i]): tree[i + 1] for i in range(0, len(tree), 2)}
    for field in widgets(form()).values():
        assert elements[int(field.StructParent)].S == "/Form"
    assert all(page.Tabs == "/S" for page in document.pages)


def test_form_says_that_nothing_is_left_to_draw() -> None:
    acroform = opened(form()).Root.AcroForm
    assert acroform.NeedAppearances is False
    assert acroform.DR.Font["/Wingdings"].DescendantFonts[0].FontDescriptor.FontFile2 is not None


def test_names_nest_without_full_stops() -> None:
    def walk(fields: pikepdf.Object) -> list[str]:
        return [name for field in fields for name in (str(field.T), *walk(field.get("/Kids", pikepdf.Array())))]

    assert not [name for name in walk(opened(form()).Root.AcroForm.Fields) if "." in name]


def test_name_that_is_also_a_group_is_refused() -> None:
    specs = (FieldSpec("a", "A?", "box", 10, 10, 50, 10), FieldSpec("a.b", "B?", "box", 10, 40, 50, 10))
    with pytest.raises(TypesetError, match=r"'a' is a writing area: let no other name start with 'a\."):
        finish_forms(typeset(specs), specs, FONT, IDENTITY)


def test_field_that_is_not_declared_is_refused() -> None:
    with pytest.raises(TypesetError, match="school"):
        finish_forms(typeset(), [spec for spec in SPECS if spec.name != "school"], FONT, IDENTITY)


def test_field_that_is_not_shown_is_refused() -> None:
    hidden = FieldSpec("geheim", "Wat?", "box", 10, 10, 50, 10)
    with pytest.raises(TypesetError, match="geheim: show every writing area"):
        finish_forms(typeset(), [*SPECS, hidden], FONT, IDENTITY)


def test_radio_group_is_listed_once() -> None:
    extra = "".join(f'<input type=radio name=keus value={value} title="Keus {value}">' for value in "ab")
    specs = (*SPECS, FieldSpec("keus", "Keus?", "tick", 0, 0, 8, 8))
    made = finish_forms(typeset(SPECS, extra), specs, FONT, IDENTITY)
    acroform = opened(made).Root.AcroForm
    names = [str(field.T) for field in acroform.Fields]
    assert names.count("keus") == 1
    assert verapdf.violations(made, "ua1") == []


def test_empty_field_prints_as_paper() -> None:
    without = re.sub(rb"/Annots", b"/Annuls", form())
    assert ImageChops.difference(drawn(form()), drawn(without)).getbbox() is None


def test_filled_form_still_passes(tmp_path: Path) -> None:
    made = filled(form(), TEXTS | TICKS)
    assert verapdf.violations(made, "ua1") == []
    path = tmp_path / "filled.pdf"
    path.write_bytes(made)
    assert qpdf.check(path) == []


def test_filled_values_are_text_on_the_page(tmp_path: Path) -> None:
    path = tmp_path / "filled.pdf"
    path.write_bytes(filled(form(), TEXTS))
    found = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True).stdout
    for text in TEXTS.values():
        for line in text.split("\n"):
            assert line in found


@pytest.mark.parametrize("program", [filled, filled_by_pdfium, filled_by_pypdf])
def test_filled_values_are_seen(program, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    values = TEXTS | TICKS
    made = program(form(), values)
    pictures = {
        "pdfium": (drawn(made), drawn(form())),
        "poppler": (drawn_by_poppler(made, tmp_path), drawn_by_poppler(form(), tmp_path)),
    }
    for viewer, (full, empty) in pictures.items():
        for spec in SPECS:
            assert inked(full, empty, spec) == bool(values.get(spec.name)), (viewer, spec.name)


def test_pdfium_types_every_letter_in_the_form_s_font() -> None:
    letters = [char for char in LATIN if not char.isspace() and char != "\xad"]
    for start in range(0, len(letters), 24):
        text = "".join(letters[start : start + 24])
        field = widgets(filled_by_pdfium(form(), {"naam": text}))["naam"]
        content = field.AP.N.read_bytes()
        assert str(field.V) == text
        assert set(re.findall(rb"/(\S+) [\d.]+ Tf", content)) == {b"Wingdings"}


@pytest.mark.parametrize("program", [filled, filled_by_pdfium])
@pytest.mark.parametrize("name", ["stap-waarom.reden", "stap-doel.doel"])
def test_typed_lines_sit_on_the_drawn_ones(program, name: str) -> None:  # type: ignore[no-untyped-def]
    spec = next(spec for spec in SPECS if spec.name == name)
    made = program(form(), {name: "\n".join("Hxg" for _ in range(spec.lines))})
    heights = [mm(height) for height in baselines(widgets(made)[name].AP.N.read_bytes())]
    lift = spec.pitch * 0.35 / 1.35
    expected = [spec.height - spec.pitch * line + lift for line in range(1, spec.lines + 1)]
    assert heights == pytest.approx(expected, abs=0.3)


def test_form_saved_with_a_cross_reference_stream_can_be_filled() -> None:
    file = io.BytesIO()
    pikepdf.open(io.BytesIO(form())).save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert str(widgets(filled(file.getvalue(), {"naam": "Noor"}))["naam"].V) == "Noor"


def test_other_pdf_can_not_be_filled() -> None:
    with pytest.raises(ValueError, match="not one of our forms"):
        FormTemplate(typeset())


def test_one_line_leaves_room_for_a_date() -> None:
    spec = FieldSpec("datum", "Wanneer?", "line", 0, 0, 36, 15, 15, 1)
    size = type_size(spec, pt(36), pt(15))
    assert appearance.text_width("12-03-2027", WIDTHS) * size / 1000 < pt(36) - 2 * appearance.SIDE


def test_unknown_field_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="niemand"):
        filled(form(), {"niemand": "x"})


@settings(max_examples=60)
@given(st.text(st.sampled_from("ab ĳŷ€\n" + "mW"), max_size=120), st.floats(2_000, 30_000))
def test_wrapped_text_keeps_its_letters_and_its_width(text: str, width: float) -> None:
    size, lines = set_in(text, width / 1000 * 12 + 2 * appearance.SIDE, 80, 12)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(appearance.text_width(line.rstrip(" "), WIDTHS) * size <= width * 12.001 for line in lines)


def set_in(text: str, width: float, height: float, size: float) -> tuple[float, list[str]]:
    """The size and the lines of a text in a field of several lines."""
    content = appearance.text_appearance(text, (width, height), size, True, b"0 g", WIDTHS)
    found = re.search(rb"([\d.]+) Tf", content)
    runs = re.findall(rb"<([0-9A-F]*)> Tj", content)
    return float(found[1]) if found else size, [bytes.fromhex(run.decode()).decode("utf-16-be") for run in runs]


def test_overlong_text_is_set_smaller_until_it_fits() -> None:
    content = appearance.text_appearance("woord " * 200, (300, 80), 18, True, b"0 g", WIDTHS)
    assert min(baselines(content)) > 0
    assert content.count(b"Tj") > 4


def test_text_the_font_lacks_is_marked() -> None:
    assert appearance.drawable("a\u0301 ﬁ 日", WIDTHS) == "á fi ?"
    assert appearance.undrawable("ﬁ 日日", WIDTHS) == "日"


def test_maximum_length_of_average_dutch_fits() -> None:
    text = "Wat neem je mee naar huis en wie ga je daarover de komende week bellen of schrijven? "
    width, lines, size = 340.0, 8, 17.85
    typed = (text * 20)[: maximum_length(width, lines, size)]
    came_out_at, wrapped = set_in(typed, width, lines * size * appearance.LINE_FACTOR, size)
    assert came_out_at == size
    assert lines - 2 <= len(wrapped) <= lines


def test_widths_come_back_from_the_form() -> None:
    from fontTools.ttLib import TTFont

    assert char_widths(TTFont(io.BytesIO(font_program(FONT)))) == pytest.approx(WIDTHS)


@pytest.mark.long
def test_filling_is_quick() -> None:
    import time

    template = FormTemplate(form())
    values = {name: "Zoë Çelik" for name, slot in template.slots.items() if not slot.tick}
    started = time.process_time()
    for _ in range(200):
        template.fill(values)
    assert (time.process_time() - started) / 200 < 0.005
