"""Texts of the rayon's own half against those below it, and what may stand in a half of its own."""

import json

import pytest

from invulposter.findings import Finding
from invulposter.laidout import colliding, from_simplified, page_texts, simplified, stand_free
from invulposter.layoutcheck import check_layers
from tests.test_layoutcheck import LONG, lay_out


def layers(below: str, above: str, origins: dict[str, str] | None = None) -> tuple[Finding, ...]:
    """Check two layers of pages as they are kept."""
    lower, upper = (
        [from_simplified(simplified(page_texts(page))) for page in lay_out(layer).pages] for layer in (below, above)
    )
    return check_layers(lower, upper, origins or {})


def test_text_of_a_layer_that_runs_over_one_below_is_found_and_named() -> None:
    below = f'<p class="a" style="top: 20mm; left: 10mm; width: 60mm">{LONG}</p>'
    above = '<p class="a" style="top: 21mm; left: 15mm">Rayon Zuid</p>'
    (finding,) = layers(below, above, {"Rayon Zuid": "rayons/zuid/rayon.yaml:3"})
    assert (finding.code, finding.place.page) == ("text-collision", 1)
    assert (finding.place.path, finding.place.line) == ("rayons/zuid/rayon.yaml", 3)
    assert "'Rayon Zuid' staat over 'Wie uit jouw netwerk" in finding.message
    assert "25 mm van links, 32 mm van boven" in finding.message


def test_it_is_found_on_its_own_page() -> None:
    page = '<div class="page"><p class="a" style="top: {}mm">Tekst</p></div>'
    found = layers(page.format(20) + page.format(30), page.format(40) + page.format(30))
    assert [finding.place.page for finding in found] == [2]


@pytest.mark.parametrize("turned", ["rotate(-20deg)", "scale(3)", "translateY(-20mm)"])
def test_text_that_was_turned_is_found(turned: str) -> None:
    below = f'<p class="a" style="top: 30mm; left: 10mm; transform: {turned}">Schrijf klein</p>'
    beside = '<p class="a" style="top: 60mm; left: 60mm">Zuid</p>'
    assert layers(below, below.replace("Schrijf klein", "Rayon")) != ()
    assert layers(below, beside) == ()


def test_texts_that_stand_apart_give_nothing() -> None:
    below = '<p class="a" style="top: 20mm">Een tekst</p>'
    assert layers(below, '<p class="a" style="top: 25mm">Rayon Zuid</p>') == ()
    assert layers(below, '<p class="a" style="top: 20mm; left: 40mm">Rayon Zuid</p>') == ()
    assert layers(below, "") == ()


def test_what_collides_within_a_layer_is_not_told_again() -> None:
    twice = '<p class="a" style="top: {0}mm">Een</p><p class="a" style="top: {0}mm">Twee</p>'
    assert layers(twice.format(20), twice.format(40)) == ()


def test_simplified_texts_collide_as_they_did() -> None:
    body = "".join(
        f'<p class="a" style="top: {top}mm; left: {top}mm; transform: rotate({top}deg)">Tekst {top} hier</p>'
        for top in range(0, 40, 4)
    )
    texts = page_texts(lay_out(body).pages[0])
    kept = from_simplified(json.loads(json.dumps(simplified(texts))))
    pairs = [[(one.text, other.text) for one, other in colliding(list(said), tolerance=1)] for said in (texts, kept)]
    assert pairs[0] == pairs[1] != []
    assert [text.on_page for text in kept] == [pytest.approx(text.on_page) for text in texts]
    assert [text.block for text in kept] == list(range(1, 11))


PLACED = {
    "left: 1mm; top: 1mm": True,
    "right: 1mm; bottom: 1mm": True,
    "inset: 0": True,
    "left: 0; top: 0; width: 10mm; transform: rotate(3deg)": True,
    "left: 1mm": False,
    "top: 1mm": False,
    "left: 1mm; top: 1mm; position: static": False,
    "left: 1mm; top: 1mm; position: relative": False,
    "left: 1mm; top: 1mm; position: static; float: left": False,
}


@pytest.mark.parametrize(("style", "free"), PLACED.items(), ids=PLACED.keys())
def test_what_has_a_place_of_its_own_stands_free(style: str, free: bool) -> None:
    first = '<p class="a" style="left: 0; top: 0">Een</p>'
    page = f'<section style="height: 50mm">{first}<div class="a" style="{style}"><p>Los of vast</p></div></section>'
    (laid_out,) = lay_out(page).pages
    assert stand_free(laid_out) is free


def test_bare_text_does_not_stand_free() -> None:
    (page,) = lay_out('<section>Tekst<p class="a" style="left: 0; top: 0">Een</p></section>').pages
    assert not stand_free(page)
