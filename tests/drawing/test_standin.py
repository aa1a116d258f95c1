"""Stand-ins: what a page is typeset in, so that offices with other colours can share it."""

from dataclasses import asdict

import pytest

from invulposter.drawing.palette import Palette, css_variables, derive
from invulposter.drawing.standin import StandIn, bindings, in_own_colours, mixes, real, stand_ins

LINDEZOOM, HEUVELRAND = derive("#1F4A43", "#EE6B47"), derive("#7A1F3D", "#7FD8C4")


def written(palette: Palette) -> dict[str, str]:
    """Each name with what a template writes for it."""
    return {name: f"{colour}" for name, colour in vars(palette).items()}


def test_writes_itself_as_the_stand_in_and_compares_as_the_colour() -> None:
    colour = StandIn("#FD0201", "#1F4A43")
    assert f"{colour} {colour:s} {colour[1:]}" == "#FD0201 #FD0201 FD0201"
    assert real(colour) == "#1F4A43"
    assert colour == "#1F4A43"
    assert "#1F4A43" == colour  # noqa: SIM300
    assert colour != "#FD0201"
    assert colour == StandIn("#FD0202", "#1F4A43")
    assert colour != StandIn("#FD0201", "#EE6B47")
    assert colour != 1
    assert {colour, "#1F4A43"} == {"#1F4A43"}


def test_a_name_has_the_same_stand_in_for_every_office() -> None:
    assert written(stand_ins(LINDEZOOM)) == written(stand_ins(HEUVELRAND))
    assert css_variables(stand_ins(LINDEZOOM)) == css_variables(stand_ins(HEUVELRAND))


def test_all_stand_ins_differ_and_paper_stays_white() -> None:
    made = written(stand_ins(LINDEZOOM))
    assert len(set(made.values())) == len(made)
    assert made["wit"] == "#FFFFFF"
    assert not set(made.values()) - {"#FFFFFF"} & set(asdict(LINDEZOOM).values())


def test_each_stands_for_its_own_colour() -> None:
    assert {name: real(colour) for name, colour in vars(stand_ins(HEUVELRAND)).items()} == asdict(HEUVELRAND)


def test_bindings_give_the_palette_back() -> None:
    bound = bindings(HEUVELRAND)
    made = written(stand_ins(HEUVELRAND))
    assert {name: bound.get(stand_in, stand_in) for name, stand_in in made.items()} == asdict(HEUVELRAND)
    assert len(bound) == len(made) - 1


def test_a_text_in_an_offices_own_colours_has_no_stand_in_left() -> None:
    written_in = in_own_colours(css_variables(stand_ins(HEUVELRAND)), bindings(HEUVELRAND))
    assert written_in == css_variables(HEUVELRAND)


@pytest.mark.parametrize(
    "text",
    [
        "border: 1mm inset var(--primair)",
        'style="outline:1mm GROOVE #000"',
        "border-style:ridge}",
        "background: radial-gradient(circle, red, blue)",
        "repeating-linear-gradient(red, blue 5mm)",
        '<radialGradient id="g">',
        '<linearGradient spreadMethod="reflect">',
    ],
)
def test_what_mixes_colours_is_known(text: str) -> None:
    assert mixes(f"p {{ color: red }}\n{text}")


@pytest.mark.parametrize("text", ["inset: 0 auto auto 5mm", "inset-inline: 3mm", "linear-gradient(red, red)", "bridge"])
def test_what_mixes_no_colours_is_left_alone(text: str) -> None:
    assert not mixes(text)
