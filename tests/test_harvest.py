from dataclasses import asdict

import pytest

from invulposter.harvest import Count, Quote, counted, harvest, is_answered, is_name, loose_words
from invulposter.library import Library

FORMS = (
    {
        "naam": "Zoë",
        "stap-wat.woorden": "koffie, elkaar helpen\nGEDOE",
        "stap-wat.kaart.dichtbij.1": "Kim",
        "stap-wat.kaart.dichtbij.2": "Noor",
        "stap-wat.kaart.nieuw.1": "Sam",
        "stap-waarom.reden.leren": True,
        "stap-waarom.reden.anders-tekst": "plezier",
        "stap-waarom.doel": "Drie scholen\nkennen.",
        "stap-hoe-waar.contact.1.wie": "Sam",
        "stap-hoe-waar.contact.2.wie": "Kim",
        "stap-hoe-waar.contact.2.hoe": "bellen",
        "stap-hoe-waar.contact.2.waar": "school",
        "stap-hoe-waar.contact.2.wanneer": "vrijdag",
        "stap-duurzaam.afspraak": "Ik bel Kim",
    },
    {
        "naam": "Çelik",
        "stap-wat.woorden": "Koffie gedoe",
        "stap-waarom.reden.leren": True,
        "stap-waarom.reden.anders": True,
        "stap-waarom.doel": "drie scholen kennen",
    },
    {"handout.oop.vraag.werven-vraag-thema": "Werkdruk"},
)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("", ()),
        ("koffie, elkaar helpen; gedoe", ("koffie", "elkaar helpen", "gedoe")),
        ("- koffie\n- gedoe!", ("koffie", "gedoe")),
        ("koffie gedoe", ("koffie", "gedoe")),
        ("een zin die je niet los kunt maken", ("een zin die je niet los kunt maken",)),
        ("“leuk” / n.v.t.", ("leuk", "n.v.t")),
    ],
)
def test_loose_words(answer: str, words: tuple[str, ...]) -> None:
    assert loose_words(answer) == words


def test_words_count_people_and_not_capitals() -> None:
    groups = (("Koffie", "koffie"), ("koffie", "delen"), ("Koffie",), ("koffie",))
    assert counted(groups) == (Count("koffie", 4), Count("delen", 1))


@pytest.mark.parametrize(
    ("form", "answered"),
    [
        ({}, False),
        ({"naam": "", "stap-waarom.doel": "", "stap-waarom.reden.leren": False}, False),
        ({"naam": "Zoë", "datum": "12 maart"}, False),
        ({"naam": "Zoë", "stap-waarom.reden.leren": True}, True),
        ({"stap-wat.kaart.dichtbij.1": "Kim"}, True),
    ],
)
def test_whose_it_is_and_when_is_no_answer(library: Library, form: dict[str, str | bool], answered: bool) -> None:
    assert is_answered(form, library.poster) == answered


def test_everything_is_counted(library: Library) -> None:
    found = harvest(FORMS, library.poster, library.phases)
    assert found.people == 2
    assert found.words
    assert [(one.text, one.count) for one in found.words.words] == [
        ("GEDOE", 2),
        ("koffie", 2),
        ("elkaar helpen", 1),
    ]
    assert found.rings
    assert [one.count for one in found.rings.rings] == [2, 0, 1]
    assert found.reasons
    assert [one.count for one in found.reasons.options] == [0, 0, 2, 0, 0, 2]
    assert found.reasons.own == (Quote("plezier"),)
    assert found.goals
    assert found.goals.quotes == (Quote("Drie scholen kennen.", count=2),)
    assert found.contacts
    assert (found.contacts.rows, found.contacts.planned, found.contacts.complete) == (5, 2, 1)
    assert found.agreements
    assert found.agreements.quotes == (Quote("Ik bel Kim"),)
    assert [(part.title, part.quotes) for part in found.voices] == [("Werven", (Quote("Werkdruk"),))]


def test_names_are_left_out_unless_asked_for(library: Library) -> None:
    assert "Zoë" not in str(asdict(harvest(FORMS, library.poster, library.phases)))
    with_names = harvest(FORMS, library.poster, library.phases, names=True)
    assert with_names.goals
    assert with_names.goals.quotes[0].line == "Drie scholen kennen. — Zoë, Çelik"


def test_what_nobody_filled_in_is_nothing(library: Library) -> None:
    found = harvest((), library.poster)
    assert found.people == 0
    assert found.words
    assert found.words.words == ()
    assert found.contacts
    assert found.contacts.planned == 0


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("naam", True),
        ("stap-wat.kaart.nieuw.3", True),
        ("stap-hoe-waar.contact.5.wie", True),
        ("stap-hoe-waar.contact.5.hoe", False),
        ("stap-wat.woorden", False),
        ("datum", False),
    ],
)
def test_which_answers_are_names(library: Library, question: str, name: bool) -> None:
    assert is_name(question, library.poster) is name


def test_long_words_become_sentences(library: Library) -> None:
    long = "dat je elkaar altijd weer ergens tegenkomt"
    found = harvest([{"stap-wat.woorden": f"koffie, {long}"}], library.poster).words
    assert found
    assert [one.text for one in found.words] == ["koffie"]
    assert found.sentences == (Quote(long),)
