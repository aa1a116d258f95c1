import io
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invulposter.drawing.type import Face, Typecase, UnknownFaceError, faces

FONTS = Path(__file__).parents[2] / "fonts"
FAMILIES = [("Young Serif", 400, False), ("Alegreya Sans", 500, False), ("Alegreya Sans", 700, True)]
FAMILIES += [("Shantell Sans", 500, False)]
case = Typecase(FONTS)


@pytest.fixture(scope="module")
def serif() -> Face:
    return case("Young Serif")


def style(family: str, weight: int, italic: bool) -> str:
    return f"font:{'italic ' if italic else ''}{weight} 10mm '{family}'"


def typeset(body: str):
    """Set a page of 200 x 100 mm with the fonts of the project, without margins."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    rules = "".join(
        f"@font-face{{font-family:'{family}';font-weight:{weight};"
        f"font-style:{'italic' if italic else 'normal'};src:url({path.as_uri()})}}"
        for (family, weight, italic), path in faces(FONTS).items()
    )
    page = "@page{size:200mm 100mm;margin:0}body{margin:0;font-variant-numeric:lining-nums}"
    page += "p{margin:0;position:absolute}"
    html = f"<html lang=nl><style>{rules}{page}</style><body>{body}"
    return HTML(string=html).render(font_config=FontConfiguration())


def one_line(face: Face, text: str) -> str:
    look = style("Young Serif", 400, False)
    return f'<p style="{look};line-height:1;top:{face.top(50, 10)}mm;left:20mm">{text}'


def text_boxes(box):
    if type(box).__name__ == "TextBox":
        yield box
    for child in getattr(box, "children", ()):
        yield from text_boxes(getattr(child, "_box", child))


@pytest.mark.parametrize("face", FAMILIES)
def test_measured_widths_and_baselines_are_those_of_the_renderer(face):
    measured = case(*face)
    text = "Tijdlijn: AVA 1234 Waarom?"
    top = measured.top(50, 10)
    body = f'<p style="{style(*face)};line-height:1;top:{top}mm;left:0;white-space:nowrap">{text}'
    box = next(text_boxes(typeset(body).pages[0]._page_box))
    to_mm = 25.4 / 96
    assert box.width * to_mm == pytest.approx(measured.width(text, 10), abs=0.05)
    assert (box.position_y + box.baseline) * to_mm == pytest.approx(50, abs=0.05)


def test_a_baseline_lies_where_it_was_asked_on_paper(serif):
    body = f'<p style="{style("Young Serif", 400, False)};line-height:1;top:{serif.top(50, 10)}mm;left:20mm">H'
    page = pypdfium2.PdfDocument(io.BytesIO(typeset(body).write_pdf()))[0]
    pixels = page.render(scale=10 * 25.4 / 72).to_pil().convert("L").point(lambda v: 255 if v < 128 else 0)
    _, top, _, bottom = pixels.getbbox()
    assert bottom / 10 == pytest.approx(50, abs=0.15)
    assert (bottom - top) / 10 == pytest.approx(serif.cap * 10, abs=0.2)


def test_dots_lie_on_the_dots_of_the_printed_letters(serif):
    body = one_line(serif, "Mijn")
    page = pypdfium2.PdfDocument(io.BytesIO(typeset(body).write_pdf()))[0]
    pixels = page.render(scale=20 * 25.4 / 72).to_pil().convert("L")
    dots = serif.dots("Mijn", 20, 50, 10)
    assert len(dots) == 2
    for x, y, r in dots:
        assert pixels.getpixel((round(x * 20), round(y * 20))) < 64
        assert pixels.getpixel((round(x * 20), round((y + r * 1.25) * 20))) > 192
        assert pixels.getpixel((round((x + r * 1.25) * 20), round(y * 20))) > 192


def test_letters_without_dots_give_none(serif):
    assert serif.dots("Samen, ÍJ, kom", 0, 0, 10) == []


def test_kerning_counts(serif):
    assert serif.width("AV") < serif.width("A") + serif.width("V")


def test_soft_hyphens_take_no_room(serif):
    assert serif.width("samen\u00adkomen", 8) == serif.width("samenkomen", 8)


def test_lines_are_even(serif):
    text = "Wat ga je morgen doen en wie neem je daarin mee?"
    assert serif.balance(text, 6, 100) == ["Wat ga je morgen doen en", "wie neem je daarin mee?"]


def test_a_text_that_fits_stays_on_one_line(serif):
    assert serif.balance("Samen\u00adkomen", 6, 100) == ["Samenkomen"]


def test_a_word_too_long_breaks_at_its_soft_hyphen_with_a_hyphen(serif):
    assert serif.balance("Onderwijs\u00adondersteuners", 10, 80) == ["Onderwijs-", "ondersteuners"]


def test_a_word_too_long_without_soft_hyphens_breaks_as_dutch_does(serif):
    lines = serif.balance("Samenwerkingsverbanden", 10, 70)
    assert lines == ["Samen-", "werkings-", "verbanden"]


def test_a_word_too_long_breaks_at_its_own_hyphen_first(serif: Face) -> None:
    limit = serif.width("WhatsApp-", 5) + 0.5
    assert serif.balance("WhatsApp-groep po", 5, limit) == ["WhatsApp-", "groep po"]
    assert serif.balance("WhatsApp-netwerkbijeenkomst", 5, limit)[0] == "WhatsApp-"


def test_no_break_spaces_hold(serif):
    lines = serif.balance("een twee drie\u00advier vijf\u00a0zes", 10, 50)
    assert any("vijf\u00a0zes" in line for line in lines)


words = st.lists(st.text("abcdeijnorstw", min_size=1, max_size=14), min_size=1, max_size=14)


@settings(max_examples=80)
@given(words, st.floats(20, 120))
def test_balancing_loses_nothing_and_never_needs_more_lines_than_filling(parts, width):
    serif = case("Young Serif")
    text = " ".join(parts)
    lines = serif.balance(text, 6, width)
    if all(serif.width(part, 6) <= width for part in parts):
        assert " ".join(lines) == text
        assert all(serif.width(line, 6) <= width + 0.1 * len(parts) for line in lines)
    else:
        assert "".join(line.removesuffix("-") for line in lines).replace(" ", "") == "".join(parts)


def test_the_largest_size_that_fits_is_taken(serif):
    text = "Waarom komen mensen naar jouw netwerk en wat maakt dat ze blijven komen?"
    fitted = serif.fit(text, (8, 7.2, 6.4, 5.7, 5.1, 4.6), 91, 25.6, 1.2)
    assert (fitted.size, len(fitted.lines), fitted.fits) == (6.4, 3, True)
    assert fitted.height == pytest.approx(3 * 6.4 * 1.2)


def test_a_smaller_size_goes_before_a_broken_word(serif):
    fitted = serif.fit("Onderwijs\u00adondersteuners", (14, 9), 120, 60)
    assert (fitted.size, fitted.lines) == (9, ("Onderwijsondersteuners",))


def test_a_text_that_fits_nowhere_says_so(serif):
    fitted = serif.fit("woord " * 60, (8, 6), 40, 20)
    assert (fitted.size, fitted.fits) == (6, False)
    assert fitted.height > 20


@pytest.mark.parametrize("sizes", [(8.0, 6.0), (8, 6), [8, 6.0]])
def test_a_size_is_given_as_it_was_asked(serif, sizes):
    fitted = serif.fit("Waarom komen mensen?", sizes, 60, 10)
    assert repr(fitted.size) == repr(sizes[1])


def test_lines_that_were_taken_away_come_back_with_the_next_question(serif):
    serif.balance("Waarom komen mensen naar jouw netwerk?", 8, 60).clear()
    assert " ".join(serif.balance("Waarom komen mensen naar jouw netwerk?", 8, 60)).endswith("netwerk?")


def test_an_unknown_face_names_those_there_are():
    with pytest.raises(UnknownFaceError, match="Young Serif 400") as caught:
        case("Young Serif", 700)
    assert isinstance(caught.value, LookupError)


def test_a_word_that_has_a_hyphen_of_its_own_gets_no_second_one(serif: Face) -> None:
    lines = serif.balance("WhatsApp-\u00adgroep", 5, serif.width("WhatsApp-", 5) + 0.5)
    assert lines == ["WhatsApp-", "groep"]
