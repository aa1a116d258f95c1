"""The tables of `list`: a row for each, the same columns in every row."""

import pytest

from invulposter.geometry import A_SIZES
from invulposter.library import Library
from invulposter.listing import listing


@pytest.mark.parametrize("what", ["layouts", "networks", "rayons", "papers"])
def test_every_row_has_the_same_columns_and_says_something(what: str, library: Library) -> None:
    rows = listing(what, library)
    assert len({tuple(row) for row in rows}) == 1
    assert all(all(row.values()) for row in rows)


def test_all_that_there_is_stands_in_it(library: Library) -> None:
    assert {(row["style"], row["layout"]) for row in listing("layouts", library)} == set(library.layouts)
    assert [row["network"] for row in listing("networks", library)] == list(library.networks)
    assert [row["rayon"] for row in listing("rayons", library)] == list(library.rayons)
    assert [row["paper"] for row in listing("papers", library)] == list(A_SIZES)


def test_a_layout_tells_what_its_office_edition_does(library: Library) -> None:
    (cards,) = (row for row in listing("layouts", library) if (row["style"], row["layout"]) == ("draad", "tipkaarten"))
    assert (cards["size"], cards["for each"], cards["office"]) == ("A7 landscape", "rayon x network", "A7 on A4")
    assert cards["description"].startswith("Kaartjes om uit te delen")
