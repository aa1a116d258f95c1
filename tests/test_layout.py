"""`layout.toml`: what it says, and where its mistakes are."""

import pytest

from invulposter.findings import Finding
from invulposter.geometry import Size
from invulposter.layout import LayoutFacts, oriented, parse_facts

FACTS = 'title = "Kalender"\ndescription = "Twaalf maanden"\nsize = "A3"\n'


def facts(text: str) -> LayoutFacts:
    found = parse_facts(text, "stijl/kalender/layout.toml")
    assert isinstance(found, LayoutFacts), found
    return found


def mistakes(text: str) -> list[Finding]:
    found = parse_facts(text, "layout.toml")
    assert isinstance(found, tuple), found
    return list(found)


def test_three_keys_are_enough() -> None:
    found = facts(FACTS)
    assert (found.orientation, found.for_each, found.fillable) == ("portrait", ("rayon",), False)
    assert (found.office.paper, found.office.scheme) == ("A4", "plain")


@pytest.mark.parametrize(
    ("more", "place", "words"),
    [
        ('size = "A9"', (3, 1), "A9"),
        ("safe = 80", (4, 1), "50"),
        ('kleur = "rood"', (4, 1), "kleur"),
        ('[office]\npaper = "A9"', (5, 1), "A0, A1"),
        ("[scales]\ntip = [6, 8]", (4, 1), "have to fall"),
        ("[scales]\ntip = []", (4, 1), "have to fall"),
    ],
)
def test_a_mistake_is_told_at_its_line(more: str, place: tuple[int, int], words: str) -> None:
    text = FACTS.replace('size = "A3"\n', "") + more + "\n" if more.startswith("size") else FACTS + more + "\n"
    (found,) = mistakes(text)
    assert (found.place.line, found.place.column) == place
    assert words in str(found)


def test_what_is_not_toml_is_told_at_its_line() -> None:
    (found,) = mistakes(FACTS + "safe = \n")
    assert (found.place.line, found.message.startswith("this is not TOML")) == (4, True)


def test_everything_that_lacks_is_told_at_once() -> None:
    assert len(mistakes("")) == 3


def test_a_named_size_lies_as_asked_and_millimetres_as_written() -> None:
    assert oriented("a7", "landscape") == Size(105, 74)
    assert oriented("A7", "portrait") == Size(74, 105)
    assert oriented("105x74", "portrait") == Size(105, 74)


@pytest.mark.parametrize("text", ["x = " + "[" * 5000, "x = " + "9" * 5000], ids=["brackets", "figures"])
def test_toml_that_is_too_much_is_told(text: str) -> None:
    (finding,) = mistakes(text)
    assert str(finding).startswith("layout.toml:1:1: this is not TOML: ")
