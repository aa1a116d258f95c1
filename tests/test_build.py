"""Of the errors that keep a file from being written, the one that says most."""

from invulposter.build import _most_telling
from invulposter.findings import Finding, Place

HERE = Place("content/rayons/kade/rayon.yaml", 14)
TOO_LONG = Finding(HERE, "text-overflow", "'😀' past niet.")
NO_GLYPH = Finding(HERE, "glyph-missing", "Het teken '😀' kan niet worden afgedrukt.")
COLLIDING = Finding(HERE, "text-collision", "'😀' staat over 'kade' heen.")
NOWHERE = Finding(Place(page=1), "glyph-missing", "Het teken 'x' kan niet worden afgedrukt.")


def test_a_character_that_no_font_has_comes_before_the_room_it_takes() -> None:
    assert _most_telling((TOO_LONG, NO_GLYPH, COLLIDING)) == f"{NO_GLYPH} (and 2 more)"


def test_a_box_that_is_measured_comes_before_what_it_runs_into() -> None:
    assert _most_telling((COLLIDING, TOO_LONG)) == f"{TOO_LONG} (and 1 more)"


def test_a_line_of_the_content_comes_before_all() -> None:
    assert _most_telling((NOWHERE, COLLIDING)) == f"{COLLIDING} (and 1 more)"
    assert _most_telling((NOWHERE,)) == str(NOWHERE)
