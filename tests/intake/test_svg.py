"""Clean drawings look as they did; what is left out is noted, what can't stay is named."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageChops

from invulposter.intake import IntakeError
from invulposter.intake.svg import clean_svg
from invulposter.intake.svgvalues import colour, path_data, pixels

from .pictures import drawn

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 40">'

LOGOS = {
    "attributes": f'{OPEN}<g fill="teal"><circle cx="20" cy="20" r="15"/></g></svg>',
    "style attributes, as Inkscape writes them": f"""{OPEN}
        <path style="fill:#ee6b47;stroke:#182724;-inkscape-stroke:none;stroke-width:1.5"
        d="m4 4 30 3-9 28z"/></svg>""",
    "classes, as Illustrator writes them": f"""<?xml version="1.0" encoding="utf-8"?>
        <!-- Generator --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">
        {OPEN}<style type="text/css">.st0{{fill:#1F4A43;}} .st0,.st1{{stroke:#F2B233;}} /* eind */</style>
        <rect class="st0" x="5" y="5" width="20" height="20"/>
        <line class="st1" x1="3" y1="35" x2="37" y2="35"/></svg>""",
    "gradient that inherits its stops": f"""{OPEN}<defs><linearGradient id="a"><stop offset="0" stop-color="red"/>
        <stop offset="100%" style="stop-color:rgb(0,0,255);stop-opacity:.5"/></linearGradient>
        <radialGradient id="b" xlink:href="#a" cx="20" cy="20" r="20" gradientUnits="userSpaceOnUse"/></defs>
        <rect width="40" height="40" fill="url(#b)"/></svg>""",
    "clip": f"""{OPEN}<clipPath id="rond"><circle cx="20" cy="20" r="12"/></clipPath>
        <g clip-path="url('#rond')"><rect width="40" height="20" fill="#5B1F4B"/></g></svg>""",
    "arcs without spaces": f'{OPEN}<path d="M10-0 10,20a5 5 0 01.5.5,4 4 0 1 1 9 9zm2 2 5 5H30V5.5.5z"/></svg>',
    "transforms": f"""{OPEN}<g transform="translate(20 20)rotate(30) scale(.5,-.5)">
        <polygon points="0,0 20,0 10-20" fill="hsl(200,50%,40%)" fill-opacity="0.6"/></g></svg>""",
    "even-odd, dashes, units": f"""{OPEN}<path fill-rule="evenodd" d="M5 5h30v30h-30zM12 12h16v16h-16z"/>
        <polyline points="1 1 39 39" fill="none" stroke="#c00" stroke-dasharray="4 2" stroke-width="1mm"/></svg>""",
}  # fmt: skip


def drawing(body: str) -> bytes:
    return f"{OPEN}{body}</svg>".encode()


def refusal(data: bytes) -> str:
    with pytest.raises(IntakeError) as caught:
        clean_svg(data)
    return caught.value.message


@pytest.mark.parametrize("svg", LOGOS.values(), ids=LOGOS)
def test_clean_drawing_looks_the_same(svg: str) -> None:
    before = drawn(svg[svg.index("<svg") :])
    after = drawn(clean_svg(svg.encode()).svg)
    assert before.getextrema() != ((255, 255),) * 3
    assert ImageChops.difference(before, after).getbbox() is None


@pytest.mark.parametrize("svg", LOGOS.values(), ids=LOGOS)
def test_cleaning_twice_changes_nothing(svg: str) -> None:
    clean = clean_svg(svg.encode())
    again = clean_svg(clean.svg.encode())
    assert again.svg == clean.svg
    assert again.notes == ()


def test_what_does_not_show_is_left_out_and_noted() -> None:
    clean = clean_svg(
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:sodipodi="http://s.example/dtd" viewBox="0 0 4 4">'
        b'<!-- geheim --><sodipodi:namedview pagecolor="#fff"/><metadata><maker/></metadata>'
        b'<path sodipodi:nodetypes="cc" id="p1" font-family="Arial" d="M0 0h4"/></svg>'
    )
    assert clean.notes == (
        "Weggelaten, zonder gevolg voor het beeld: "
        "commentaar, namedview, metadata, gegevens van het tekenprogramma, font-family.",
    )
    shapes = [(shape.tag, shape.attrib) for shape in ElementTree.fromstring(clean.svg)]
    assert shapes == [("{http://www.w3.org/2000/svg}path", {"d": "M0 0h4"})]


def test_everything_in_the_way_is_named_at_once() -> None:
    message = refusal(drawing('<text>Rayon</text><use href="#a"/><rect fill="url(https://x.example/a)"/>'))
    assert message == (
        "Het logo bevat iets dat niet kan worden gebruikt: tekst (text), klonen (use), "
        "een verwijzing naar buiten (fill: url(https://x.example/a))."
    )


def test_text_comes_with_advice_to_make_outlines() -> None:
    with pytest.raises(IntakeError, match="Zet tekst om naar contouren"):
        clean_svg(drawing("<text>Rayon</text>"))


@pytest.mark.parametrize(
    ("frame", "viewbox"),
    [
        ('viewBox="-3,-3 46 46"', (-3, -3, 46, 46)),
        ('viewBox="0 0 40 20" width="80mm" height="40mm"', (0, 0, 40, 20)),
        ('width="1in" height="48px"', (0, 0, 96, 48)),
        ('width="40" height="30"', (0, 0, 40, 30)),
    ],
)
def test_frame_is_the_view_box_or_the_size(frame: str, viewbox: tuple[float, ...]) -> None:
    clean = clean_svg(f'<svg xmlns="http://www.w3.org/2000/svg" {frame}/>'.encode())
    assert clean.viewbox == viewbox
    assert (clean.width, clean.height) == viewbox[2:]


@pytest.mark.parametrize(
    "frame",
    ["", 'viewBox="0 0 40"',
     'viewBox="0 0 0 40"', 'viewBox="0 0 nan 4"', 'width="100%" height="9"', 'viewBox="0 0 1 900"'],
)  # fmt: skip
def test_drawing_without_a_usable_size_is_refused(frame: str) -> None:
    assert "(viewBox)" in refusal(f'<svg xmlns="http://www.w3.org/2000/svg" {frame}/>'.encode())


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ('<rect filter="url(#f)"/>', "een effect (filter)"),
        ('<rect style="mix-blend-mode:multiply"/>', "een effect (mix-blend-mode)"),
        ('<rect fill="url(#weg)"/>', "dat er niet is (fill: weg)"),
        ('<rect id="r"/><rect fill="url(#r)"/>', "dat er niet is (fill: r)"),
        ("<style>path{fill:red}</style>", "een opmaakregel (path)"),
        ("<style>.a .b{fill:red}</style>", "een opmaakregel (.a .b)"),
        ('<rect fill="device-cmyk(0 1 0 0)"/>', "een onbekende waarde (fill"),
        ("<pattern/>", "een onderdeel dat niet kan (pattern)"),
    ],
)
def test_what_would_look_different_is_refused(body: str, named: str) -> None:
    assert named in refusal(drawing(body))


def test_effects_that_are_switched_off_may_stay_off() -> None:
    clean = clean_svg(drawing('<rect style="filter:none;mix-blend-mode:normal;marker:none" width="4" height="4"/>'))
    assert clean.notes == ()
    assert "filter" not in clean.svg


def test_title_keeps_its_text_without_invisible_characters() -> None:
    assert "<title>Rayon �x &amp; co</title>" in clean_svg(drawing("<title>Rayon\n \u202ex &amp; co</title>")).svg


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("M1-2.5.5.5", "M1 -2.5L.5 .5"),
        ("m1,2 3,4z", "m1 2l3 4z"),
        ("M0 0a1 1 0 01.5.5", "M0 0a1 1 0 0 1 .5 .5"),
        ("M0 0 C1 1 2 2 3 3 4 4 5 5 6 6", "M0 0C1 1 2 2 3 3C4 4 5 5 6 6"),
        ("M1e2 1E-2H3 4", "M1e2 1E-2H3H4"),
        ("", ""),
    ],
)
def test_path_is_written_out(written: str, clean: str) -> None:
    assert path_data(written) == clean


@pytest.mark.parametrize("path", ["L1 1", "M1", "M0 0z1", "M0 0L", "M0 0a1 1 0 2 1 5 5", "M0 0x", "M1e7 0", "M0 0;"])
def test_path_against_the_grammar_is_refused(path: str) -> None:
    assert "een onbekende waarde (d" in refusal(drawing(f'<path d="{path}"/>'))


@given(st.lists(st.tuples(st.sampled_from("MLTmlt"), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=1))
def test_path_keeps_every_number(segments: list[tuple[str, float, float]]) -> None:
    written = "M0 0" + "".join(f"{letter}{x},{y}" for letter, x, y in segments)
    clean = path_data(written)
    assert path_data(clean) == clean
    numbers = "".join(character if character in "0123456789.e+-" else " " for character in clean).split()
    assert [float(number) for number in numbers] == [0, 0, *(part for _, x, y in segments for part in (x, y))]


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("Red", "#ff0000"),
        ("#abc", "#aabbcc"),
        ("#ABCDEFff", "#abcdef"),
        ("rgb(50%,0%,100%)", "#8000ff"),
        ("rgb(999, -1, 0)", "#ff0000"),
        ("rgba(1,2,3,1)", "#010203"),
        ("rgb(1 2 3 / 50%)", "#01020380"),
        ("hsl(120,100%,50%)", "#00ff00"),
        ("CURRENTCOLOR", "currentColor"),
    ],
)
def test_colour_is_written_as_hexadecimals(written: str, clean: str) -> None:
    assert colour(written) == clean


@pytest.mark.parametrize(
    "text", ["hotpinkk", "var(--x)", "device-cmyk(0 1 0 0)", "oklch(.5 .1 20)", "rgb(" * 99, "#12"]
)
def test_unknown_colour_is_refused(text: str) -> None:
    assert "een onbekende waarde (fill" in refusal(drawing(f'<rect fill="{text}"/>'))


def test_lengths_in_pixels() -> None:
    assert [pixels(text) for text in ("3", "1in", "2.54cm", "72pt")] == [3, 96, pytest.approx(96), pytest.approx(96)]


@pytest.mark.parametrize(
    "text", ["rotate(1 2)", "matrix(1 2 3)", "scale(1", "expression(1)", "scale(1)x", "rotate(45deg)"]
)
def test_transform_with_the_wrong_arguments_is_refused(text: str) -> None:
    assert f"een onbekende waarde (transform: {text})" in refusal(drawing(f'<g transform="{text}"/>'))
