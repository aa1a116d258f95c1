"""What to take along, read from plain words."""

import pytest

from invulposter.content import Guide, Poster
from invulposter.library import Library
from invulposter.printlist import Packed, Workshop
from invulposter.workshop.packing import materials

WORKSHOP = Workshop(23, 6)


def packed(library: Library, *steps: tuple[str, ...], opening: tuple[str, ...] = ()) -> list[Packed]:
    """What the first steps ask for when nothing else does."""
    guide: Guide = library.guide.model_copy(
        update={
            "opening": library.guide.opening.model_copy(update={"materials": opening}),
            "closing": library.guide.closing.model_copy(update={"materials": ()}),
            "preparation": library.guide.preparation.model_copy(update={"items": ()}),
        }
    )
    asked = [
        step.model_copy(update={"guide": step.guide.model_copy(update={"materials": texts})})
        for step, texts in zip(library.poster.steps, steps, strict=False)
    ]
    poster: Poster = library.poster.model_copy(update={"steps": tuple(asked)})
    return list(materials(guide, poster, WORKSHOP, ("Invulposter", "Tipkaarten", "Handout")))


@pytest.mark.parametrize(
    ("text", "count", "thing"),
    [
        ("per persoon een stift", 23, "stift"),
        ("Per deelnemer twee pennen", 46, "pennen"),
        ("per groep een schaar", 6, "schaar"),
        ("per tafel 3 vellen papier", 18, "vellen papier"),
        ("per tweetal een lijmstift", 12, "lijmstift"),
        ("per ongeluk een gum", None, "per ongeluk een gum"),
        ("tape of punaises", None, "tape of punaises"),
    ],
)
def test_things_are_counted_where_the_text_says_for_whom(
    library: Library, text: str, count: int | None, thing: str
) -> None:
    assert packed(library, (text,)) == [Packed(thing, count, "stap 1")]


def test_a_thing_that_several_steps_need_is_packed_once(library: Library) -> None:
    found = packed(library, ("per persoon een stift",), ("per persoon een stift", "klok of telefoon"), ("telefoon",))
    assert found == [Packed("stift", 23, "stap 1, 2"), Packed("klok of telefoon", None, "stap 2")]


def test_one_and_many_are_the_same_thing(library: Library) -> None:
    found = packed(library, ("per persoon een stift",), opening=("stiften", "naamstickers"))
    assert found == [Packed("stift", 23, "Welkom, stap 1"), Packed("naamstickers", None, "Welkom")]


def test_what_comes_out_of_the_printer_is_not_packed_again(library: Library) -> None:
    assert (
        packed(library, ("de poster, A1 of A3", "tipkaarten Werven", "per persoon een poster op A3, of groter")) == []
    )


def test_a_list_in_one_line_is_several_things(library: Library) -> None:
    assert [one.text for one in packed(library, ("koffie, thee en iets lekkers",))] == [
        "koffie",
        "thee",
        "iets lekkers",
    ]


def test_what_every_step_needs_is_said_in_two_words(library: Library) -> None:
    assert packed(library, ("lijm",), ("lijm",)) == [Packed("lijm", None, "elke stap")]
