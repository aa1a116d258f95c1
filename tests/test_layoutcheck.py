"""Seeded faults, each typeset for real: found, and named by its first words."""

import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from invulposter.findings import Finding, Severity
from invulposter.laidout import colliding, page_texts
from invulposter.layoutcheck import Limits, check_document, check_sizes, laid_out_text
from invulposter.words import words

FONTS = Path(__file__).parents[1] / "fonts"
FACES = {
    "Alegreya Sans": "alegreya-sans/AlegreyaSans_400Regular.ttf",
    "Young Serif": "young-serif/YoungSerif_400Regular.ttf",
}
STYLE = """
@page { size: 100mm 80mm; margin: 10mm }
html { font: 10pt/1.3 "Alegreya Sans"; hyphenate-character: "-" }
* { margin: 0; padding: 0 }
.a { position: absolute }
.page { position: relative; height: 50mm; break-after: page }
"""
LONG = "Wie uit jouw netwerk kent iemand die morgen mee wil denken over de eerste bijeenkomst van de groep?"
LIMITS = Limits(safe=5, smallest_type=7)


@cache
def configuration() -> tuple[FontConfiguration, CSS]:
    fonts = FontConfiguration()
    faces = "".join(
        f'@font-face {{ font-family: "{name}"; src: url("{(FONTS / file).as_uri()}") }}' for name, file in FACES.items()
    )
    return fonts, CSS(string=faces + STYLE, font_config=fonts)


def lay_out(body: str, style: str = "") -> Any:
    fonts, css = configuration()
    html = f'<html lang="nl"><title>Proef</title><style>{style}</style>{body}'
    return HTML(string=html).render(stylesheets=[css], font_config=fonts)


def check(body: str, limits: Limits = LIMITS, style: str = "") -> tuple[Finding, ...]:
    document = lay_out(body, style)
    document.write_pdf()
    sizes = check_sizes(enumerate(map(page_texts, document.pages), 1), limits)
    return (*check_document(document, limits), *sizes)


FAULTS = {
    "fixed height": ("text-overflow", "morgen", f'<p style="height: 8mm; width: 30mm">{LONG}</p>'),
    "fixed height, clipped": (
        "text-clipped",
        "morgen",
        f'<p style="height: 8mm; width: 30mm; overflow: hidden">{LONG}</p>',
    ),
    "max-height": ("text-overflow", "morgen", f'<p style="max-height: 8mm; width: 30mm">{LONG}</p>'),
    "fixed height of grandparent": (
        "text-overflow",
        "tweede",
        '<section style="height: 6mm"><div><p>Eerste</p><p>tweede</p></div></section>',
    ),
    "grid track": (
        "text-overflow",
        "morgen",
        f'<div style="display: grid; grid: 8mm 20mm / 30mm"><p>{LONG}</p><p>Daarna</p></div>',
    ),
    "column of flex items": (
        "text-overflow",
        "tweede",
        '<div style="display: flex; flex-direction: column; height: 6mm"><p>Eerste</p><p>tweede</p></div>',
    ),
    "centred in a low box": (
        "text-overflow",
        "Eerste",
        '<div style="display: flex; align-items: center; height: 6mm"><p>Eerste<br>tweede<br>derde</p></div>',
    ),
    "top and bottom given": (
        "text-overflow",
        "morgen",
        f'<p class="a" style="top: 0; bottom: 52mm; width: 30mm">{LONG}</p>',
    ),
    "long word in a narrow column": (
        "text-overflow",
        "netwerkbijeenkomst",
        '<p style="width: 15mm">netwerkbijeenkomst</p>',
    ),
    "long word in a narrow grid column": (
        "text-overflow",
        "netwerkbijeenkomst",
        '<div style="display: grid; grid-template-columns: 15mm 40mm"><p>netwerkbijeenkomst</p><p></p></div>',
    ),
    "no wrap": ("text-overflow", "Wie uit", f'<p style="white-space: nowrap; width: 60mm">{LONG[:60]}</p>'),
    "no wrap, ellipsis": (
        "text-clipped",
        "Wie uit",
        f'<p style="white-space: nowrap; width: 40mm; overflow: hidden; text-overflow: ellipsis">{LONG[:50]}</p>',
    ),
    "pulled out at the left": (
        "text-overflow",
        "Naar links",
        '<p style="margin-left: 10mm; text-indent: -5mm">Naar links</p>',
    ),
    "zero height": ("text-clipped", "Verborgen", '<p style="height: 0; overflow: hidden">Verborgen</p>'),
    "clipped by the containing block": (
        "text-clipped",
        "Buiten beeld",
        '<div style="position: relative; overflow: hidden; height: 20mm">'
        '<p class="a" style="top: 18mm; left: 0">Buiten beeld</p></div>',
    ),
    "clipped while turned": (
        "text-clipped",
        "Scheef",
        '<div style="overflow: hidden; height: 8mm; width: 30mm">'
        '<p style="transform: rotate(90deg)">Scheef en afgesneden</p></div>',
    ),
    "line clamp": ("text-cut", "Wie uit", f'<p style="line-clamp: 1; width: 30mm">{LONG}</p>'),
    "below the page": ("text-outside-page", "Te laag", '<p class="a" style="top: 69mm">Te laag</p>'),
    "above the page": ("text-outside-page", "Te hoog", '<p class="a" style="top: -13mm">Te hoog</p>'),
    "right of the page": (
        "text-outside-page",
        "Te ver",
        '<p class="a" style="left: 84mm; white-space: nowrap">Te ver</p>',
    ),
    "left of the page": ("text-outside-page", "Terug", '<p class="a" style="left: -13mm">Terug</p>'),
    "moved off the page": (
        "text-outside-page",
        "Weg",
        '<p style="transform: translateX(85mm); width: 20mm">Weg</p>',
    ),
    "turned off the page": (
        "text-outside-page",
        "Gedraaid",
        '<p class="a" style="top: 5mm; left: 0; transform: rotate(-90deg); transform-origin: 0 0">'
        "Gedraaid, en te lang</p>",
    ),
    "scaled off the page": (
        "text-outside-page",
        "Uitvergroot",
        '<p class="a" style="transform: scale(5); transform-origin: 0 0">Uitvergroot stuk</p>',
    ),
    "page margin text": (
        "text-outside-page",
        "Een voet",
        "<style>@page { @bottom-center { content: 'Een voet te laag'; margin-top: 10mm } }</style><p>Tekst",
    ),
    "too near the edge": ("text-outside-safe", "Dicht", '<p class="a" style="left: -7mm">Dicht</p>'),
    "two boxes in one place": (
        "text-collision",
        "Twee",
        '<p class="a" style="top: 10mm">Een tekst</p><p class="a" style="top: 11mm">Twee</p>',
    ),
    "long label over its neighbour": (
        "text-collision",
        "buur",
        '<p class="a" style="top: 9mm; left: 0">Een lang opschrift dat niet ophoudt</p>'
        '<p class="a" style="top: 9mm; left: 30mm">buur</p>',
    ),
    "negative margin": ("text-collision", "Omhoog", '<p>Een regel</p><p style="margin-top: -4mm">Omhoog</p>'),
    "turned text over a line": (
        "text-collision",
        "",
        '<p class="a" style="top: 20mm">Een regel tekst over de breedte</p>'
        '<p class="a" style="top: 20mm; left: 10mm; transform: rotate(-20deg)">Krabbel</p>',
    ),
    "float that hangs down": (
        "text-collision",
        "Een los blad",
        '<div style="height: 5mm; width: 30mm"><p style="float: left">Een<br>hangend<br>blad</p></div>'
        '<p class="a" style="top: 5mm">Een los blad</p>',
    ),
    "unknown font": ("font-replaced", "Vreemd", '<p style="font-family: Nergens">Vreemd</p>'),
    "generic font": ("font-replaced", "Algemeen", '<p style="font-family: sans-serif">Algemeen</p>'),
    "unknown glyph": ("glyph-missing", "Teken \ue123", "<p>Teken \ue123</p>"),
    "replacement character": ("glyph-missing", "caf\ufffd", "<p>caf\ufffd</p>"),
    "small print": ("type-too-small", "Klein", '<p style="font-size: 6pt">Klein</p>'),
    "small by scaling": ("type-too-small", "Half", '<p style="transform: scale(.5)">Half</p>'),
}


@pytest.mark.parametrize(("code", "words_named", "body"), FAULTS.values(), ids=FAULTS.keys())
def test_seeded_fault_is_found_and_named(code: str, words_named: str, body: str) -> None:
    found = [finding for finding in check(body) if finding.code == code]
    assert found
    assert any(f"'{words_named}" in finding.message for finding in found)
    assert all(finding.place.page == 1 and finding.advice for finding in found)


CLEAN = {
    "running text": f"<h1>Mijn netwerk</h1><p>{LONG}</p>",
    "tight display type": '<h1 style="font: 30pt/0.85 Young Serif">Mijn<br>netwerk</h1><p>Begin hier</p>',
    "box that fits": '<p style="height: 5mm; overflow: hidden">Past juist</p>',
    "grid that fits": '<div style="display: grid; grid: 20mm / 30mm 30mm"><p>Een</p><p>Twee</p></div>',
    "grid with automatic rows": (
        f'<div style="display: grid; grid-template-columns: 1fr 1fr"><p>{LONG}</p><p>Twee</p></div>'
    ),
    "flex row": (
        f'<div style="display: flex; gap: 4mm"><p style="flex: 1">{LONG}</p><p style="flex: 1">Twee</p></div>'
    ),
    "label that sticks out on purpose": (
        '<div style="position: relative; height: 20mm; margin-top: 10mm; width: 30mm">'
        '<p class="a" style="top: -6mm; left: 10mm">Etiket</p></div>'
    ),
    "absolute child of a clipping static box": (
        '<div style="overflow: hidden; height: 4mm"><p class="a" style="top: 30mm">Staat elders</p></div>'
    ),
    "list with numbers outside": '<ol style="padding-left: 8mm"><li>Een</li><li>Twee</li></ol>',
    "hanging indent": f'<p style="padding-left: 5mm; text-indent: -5mm">{LONG}</p>',
    "turned note": (
        '<p class="a" style="top: 10mm; left: 5mm; transform: rotate(-3deg)">Schrijf klein</p>'
        '<p class="a" style="top: 17mm; left: 5mm">De regel eronder</p>'
    ),
    "turned notes side by side": (
        '<p class="a" style="top: 30mm; left: 0; transform: rotate(-30deg); transform-origin: 0 0">'
        "een lange krabbel</p>"
        '<p class="a" style="top: 30mm; left: 22mm">naast</p>'
    ),
    "large quotation mark behind the text": (
        '<p class="a" style="font-size: 60pt">“</p><p class="a" style="top: 15mm">Zo zei Noor het</p>'
    ),
    "table": f"<table><tr><th>Naam<th>Vraag<tr><td>Noor<td>{LONG}</table>",
    "two columns": f'<div style="columns: 2; height: 30mm">{LONG}</div>',
    "superscript and large initial": ('<p><span style="font-size: 20pt">W</span>ie <sup>1</sup> en <sub>2</sub></p>'),
    "inline block": '<p>Kies <span style="display: inline-block; padding: 1mm">dit</span> of dat</p>',
    "hidden text": '<p style="visibility: hidden; height: 1mm">Niet te zien</p>',
    "page that breaks": f'<p style="font-size: 20pt">{LONG} {LONG} {LONG}</p>',
    "html at full height": "<style>html, body { height: 100% }</style>" + f"<p>{LONG}</p>" * 12,
    "footer": (
        "<style>@page { @bottom-center { content: counter(page); vertical-align: top; "
        "font: 8pt Alegreya Sans } }</style><p>Tekst"
    ),
    "form": '<label for="n">Naam</label><input id="n" style="width: 40mm; font: inherit">',
}


@pytest.mark.parametrize("body", CLEAN.values(), ids=CLEAN.keys())
def test_clean_page_gives_nothing(body: str) -> None:
    assert check(body) == ()


def test_finding_says_where_how_much_and_from_which_line() -> None:
    paragraph = f'<p id="tip" style="height: 8mm; width: 30mm">{LONG}</p>'
    body = f'<section data-bron="fasen/werven.yaml:12">{paragraph}</section>'
    (finding,) = check(body)
    assert (finding.place.path, finding.place.line, finding.place.page) == ("fasen/werven.yaml", 12, 1)
    assert "fasen/werven.yaml:12" in finding.message
    assert "aan de onderkant van het vak 'tip'" in finding.message
    assert "10 mm van links, 20 mm van boven" in finding.message
    assert "tekens" in finding.advice


def test_overflow_measures_the_excess_in_millimetres() -> None:
    body = '<p style="height: 20mm; font-size: 10mm; line-height: 10mm">Een<br>twee<br>drie<br>vier</p>'
    (finding,) = (finding for finding in check(body) if finding.code == "text-overflow")
    found = re.search(r"past niet: (\d+,\d) mm te veel aan de onderkant", finding.message)
    assert found
    # Four lines of 10 mm in 20 mm; the last baseline stands about 2 mm above the end of its line.
    assert float(found[1].replace(",", ".")) == pytest.approx(18, abs=0.5)
    assert "ongeveer 8 tekens" in finding.advice


def test_safe_is_measured_from_the_trim() -> None:
    body = '<p class="a" style="left: -9mm">Aan de rand</p>'
    assert [finding.code for finding in check(body, Limits(safe=3))] == ["text-outside-safe"]
    assert check(body, Limits()) == ()


def test_type_is_judged_at_the_finished_size() -> None:
    assert check("<p>Tien punt</p>", Limits(smallest_type=7)) == ()
    (finding,) = check("<p>Tien punt</p>", Limits(smallest_type=7, scale=0.5))
    assert "5,0 punt" in finding.message
    assert finding.severity is Severity.WARNING


def test_small_type_is_told_once_a_document_at_the_smallest() -> None:
    """A paragraph counts once, however many sizes are in it."""
    page = '<section class="page" data-bron="{0}"><p>Gewoon</p><p style="font-size: {0}pt">{1}</p></section>'
    mixed = 'Klein, <small style="font-size: 5pt">kleiner</small> en klein'
    body = page.format(6, "Zes punt") + page.format(5.5, "Vijf en een half") + page.format(6.5, mixed)
    (finding,) = check(body, LIMITS, ".page { break-after: page }")
    assert "3 teksten zijn kleiner dan 7,0 punt; 'kleiner' is met 5,0 punt de kleinste (" in finding.message
    assert (finding.code, finding.place.page, finding.place.path) == ("type-too-small", 3, "6.5")
    (alone,) = check(page.format(6, "Zes punt"))
    assert alone.message.startswith("'Zes punt' is 6,0 punt groot, het kleinste is 7,0 (")


def test_word_that_no_page_shows_is_named() -> None:
    limits = Limits(words=words("Wie nodig ik uit voor de netwerkbijeenkomst"))
    assert check("<p>Wie nodig ik uit voor de netwerkbijeenkomst?</p>", limits) == ()
    (finding,) = check("<p>Wie nodig ik uit voor de?</p>", limits)
    assert finding.code == "word-lost"
    assert "'netwerkbijeenkomst'" in finding.message


def test_line_clamp_loses_words() -> None:
    found = check(f'<p style="line-clamp: 1; width: 30mm">{LONG}</p>', Limits(words=words(LONG)))
    assert "word-lost" in {finding.code for finding in found}


def test_hyphenated_word_is_whole_in_the_text() -> None:
    document = lay_out('<p style="width: 18mm; hyphens: auto">netwerkbijeenkomsten met oud-leden</p>')
    text = laid_out_text([page_texts(page) for page in document.pages])
    assert "-\n" in text
    assert words(text) == Counter(["netwerkbijeenkomsten", "met", "oudleden"])


def test_each_page_gets_its_own_findings() -> None:
    body = '<p style="height: 4mm; width: 20mm; break-after: page">Een regel en nog een regel</p>' * 3
    assert [finding.place.page for finding in check(body)] == [1, 2, 3]


def test_fonts_are_judged_only_after_the_file_is_written() -> None:
    assert check_document(lay_out("<p>Nog niet geschreven</p>"), LIMITS) == ()


def test_checks_are_loaded_without_weasyprint() -> None:
    code = "import sys, invulposter.layoutcheck, invulposter.preflight; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_nearby_texts_are_found_without_comparing_all_pairs() -> None:
    column = "".join(f'<p class="a" style="top: {top}mm">Regel {top}</p>' for top in range(0, 60, 6))
    texts = page_texts(lay_out(column).pages[0])
    assert len(texts) == 10
    assert list(colliding(texts, tolerance=1)) == []
    assert len(list(colliding([*texts, texts[0]._replace(block=-1)], tolerance=1))) == 1
