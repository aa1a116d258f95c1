import colorsys
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from invulposter.drawing import palette as kit
from invulposter.drawing.oklab import gray, oklab

LINDEZOOM = ("#1F4A43", "#EE6B47")
DUINRAND = ("#2B2F86", "#F2B233")
MERELVELD = ("#5B1F4B", "#F28C38")
PALE = ("#FFF1A8", "#FFF8D0")
NEAR_BLACK = ("#0B0B12", "#3A3A44")
HEUVELRAND = ("#7A1F3D", "#7FD8C4")
OFFICES = (LINDEZOOM, DUINRAND, MERELVELD, PALE, NEAR_BLACK, HEUVELRAND)

colours = st.integers(0, 0xFFFFFF).map("#{:06X}".format)
grays = st.integers(0, 255).map(lambda v: f"#{v:02X}{v:02X}{v:02X}")
vivid = st.floats(0, 1).map(lambda hue: "#" + "".join(f"{round(v * 255):02X}" for v in colorsys.hsv_to_rgb(hue, 1, 1)))
any_colour = st.one_of(colours, grays, vivid)


def failing(primary: str, accent: str) -> list[tuple[str, str, float]]:
    palette = kit.derive(primary, accent)
    return [(pair.text, pair.ground, pair.measured) for pair in kit.pairs(palette) if not pair.passes]


@settings(max_examples=600)
@given(any_colour, any_colour)
@example("#FFFFFF", "#FFFFFF")
@example("#000000", "#000000")
@example("#0000FF", "#FFFF00")
@example("#808080", "#777777")
def test_any_two_colours_give_enough_contrast(primary, accent):
    assert failing(primary, accent) == []


@settings(max_examples=300)
@given(any_colour, any_colour)
def test_the_second_sheet_stands_apart_from_the_shape_and_from_white(primary, accent):
    palette = kit.derive(primary, accent)
    second = oklab(palette.primair_30)[0]
    assert abs(second - oklab(palette.primair)[0]) > 0.09
    assert second < 0.96


@settings(max_examples=300)
@given(any_colour, any_colour)
def test_a_hem_shows_every_large_shape_and_circle_on_white(primary, accent):
    palette = kit.derive(primary, accent)
    assert kit.contrast(palette.primair_zoom, "#FFFFFF") >= 1.5
    assert kit.contrast(palette.accent_zoom, "#FFFFFF") >= 1.5


@settings(max_examples=300)
@given(any_colour, any_colour)
@example("#FFFFFF", "#FFFFFF")
@example("#000000", "#000000")
@example(*PALE)
@example(*NEAR_BLACK)
def test_tone_on_tone_is_seen_and_the_deep_shape_stands_apart(primary, accent):
    palette = kit.derive(primary, accent)

    def apart(one: str, other: str) -> float:
        return abs(oklab(one)[0] - oklab(other)[0])

    assert apart(palette.primair, palette.primair_schaduw) > 0.02
    assert apart(palette.primair, palette.primair_lens) > 0.03
    assert apart(palette.accent, palette.accent_schaduw) > 0.02
    assert apart(palette.primair, palette.primair_diep) > 0.06
    assert apart(palette.primair_diep, palette.diep_schaduw) > 0.06
    assert kit.contrast("#FFFFFF", palette.primair_diep) >= 7
    assert kit.contrast("#FFFFFF", palette.grijs) >= 5.5


@pytest.mark.parametrize("office", OFFICES)
def test_every_office_of_ours_passes_and_keeps_its_own_two_colours(office):
    palette = kit.derive(*office)
    assert failing(*office) == []
    assert (palette.primair, palette.accent) == office


@pytest.mark.parametrize(
    ("office", "expected"),
    [
        (
            LINDEZOOM,
            "#182724 #1F4A43 #718B85 #B2D7CF #D4EAE5 #EAF5F3 #EE6B47 #EE6B47 #B54525 #FFCDA5 #FFE8D3",
        ),
        (DUINRAND, "#1A1F3E #2B2F86 #717DB6 #C5CCE9 #DFE4F5 #F0F2FB #C28A08 #F2B233 #906100 #F5D49D #FEECD0"),
        (
            MERELVELD,
            "#2E1827 #5B1F4B #99708B #E1C4D6 #F0DFEA #F8EFF5 #DC7C2A #F28C38 #A55300 #FFCEA3 #FFE9D2",
        ),
    ],
)
def test_colours_are_those_of_the_design(office, expected):
    c = kit.derive(*office)
    found = (c.inkt, c.primair_inkt, c.primair_lijn, c.primair_30, c.primair_12, c.primair_6)
    found += (c.accent_lijn, c.accent_op_primair, c.accent_inkt, c.accent_30, c.accent_12)
    assert " ".join(found) == expected


def test_known_contrast_ratios():
    assert kit.contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert kit.contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)
    assert kit.luminance("#FFFFFF") == pytest.approx(1)


def test_a_pale_primary_gets_a_hem_and_a_darker_second_sheet():
    palette = kit.derive(*PALE)
    assert palette.op_primair == palette.inkt
    assert palette.primair_zoom == palette.primair_rand != palette.primair
    assert kit.luminance(palette.primair_30) < kit.luminance(palette.primair)


def test_a_dark_thread_turns_lighter_on_a_dark_shape():
    palette = kit.derive(*NEAR_BLACK)
    assert kit.luminance(palette.accent_op_primair) > kit.luminance(palette.accent)


def test_css_names_every_colour_once():
    palette = kit.derive(*LINDEZOOM)
    css = kit.css_variables(palette)
    assert "--primair-30:#B2D7CF;" in css
    names = re.findall(r"--([a-z0-9-]+):#[0-9A-F]{6};", css)
    assert [name.replace("-", "_") for name in names] == list(palette.__dataclass_fields__)


def test_grays_that_run_together_are_named():
    assert kit.grays_too_close(kit.derive(*LINDEZOOM)) == ()
    assert ("wit", "primair") in kit.grays_too_close(kit.derive(*PALE))
    assert (gray("#000000"), gray("#808080"), gray("#FFFFFF")) == (0, 128, 255)
