from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invulposter.words import lost, slug, told, words


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Mijn netwerk, míjn netwerk!", {"mijn": 1, "míjn": 1, "netwerk": 2}),
        ("netwerk-\nbijeenkomst", {"netwerkbijeenkomst": 1}),
        ("netwerk\u2010\nbijeenkomst", {"netwerkbijeenkomst": 1}),
        ("oud-leden en OUD-LEDEN", {"oudleden": 2, "en": 1}),
        ("ﬁets", {"fiets": 1}),
        ("e\u0301e\u0301n", {"één": 1}),
        ("po/vo · mbo – hbo", {"po": 1, "vo": 1, "mbo": 1, "hbo": 1}),
        ("foto's… (5)", {"fotos": 1, "5": 1}),
        ("— · …", {}),
    ],
)
def test_words(text: str, counted: dict[str, int]) -> None:
    assert words(text) == Counter(counted)


def test_hanging_hyphen_at_the_end_of_a_line_loses_no_word() -> None:
    assert not lost(words("werk- en privéleven"), "werk-\nen privéleven")


def test_lost_words_are_counted() -> None:
    assert lost(words("bel Noor, bel Sami"), "bel Noor") == Counter({"bel": 1, "sami": 1})


def test_missing_words_are_told_in_dutch() -> None:
    assert told(words("noor")) == "Het woord 'noor' staat"
    assert told(words("bel noor en sami"), most=2) == "4 woorden ('bel', 'en'…) staan"


@given(st.lists(st.text(st.characters(categories=["L", "Nd"]), min_size=1), max_size=20))
def test_nothing_is_lost_of_a_text_itself(parts: list[str]) -> None:
    assert not lost(words(" ".join(parts)), "\n".join(parts))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Łódź", "lodz"),
        ("Dvořák & Søren", "dvorak-soren"),
        ("Onderwijsondersteunend personeel (OOP)", "onderwijsondersteunend-personeel-oop"),
        ("’s-Hertogenbosch–Noord", "s-hertogenbosch-noord"),
        ("Straße", "strasse"),
        ("e\u0301e\u0301n", "een"),
        ("漢字!", ""),
        ("a" * 59 + " b", "a" * 59),
    ],
)
def test_a_slug_is_letters_and_digits_that_every_system_takes(text: str, name: str) -> None:
    assert slug(text) == name
