"""What comes in a kit, and how many of each."""

import datetime
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invulposter.edition import Edition
from invulposter.errors import RequestError
from invulposter.geometry import parse_size
from invulposter.library import Library
from invulposter.paper import Duplex, Kind, Order, PaperWish
from invulposter.prefill import Table
from invulposter.workshop.plan import KitRequest, parse_date, parse_time, plan_kit
from tests.workshop.sample import TODAY, planned

ASKED = KitRequest("lindezoom", "oop", 24, 6)


def test_a_kit_for_24_people_in_6_groups(library: Library) -> None:
    found = [(item.file, item.pieces, item.copies) for item in planned(library).items]
    assert found == [
        ("01-invulposter-oop-A2.pdf", 6, 6),
        ("02-faseposter-werven-A3.pdf", 1, 1),
        ("03-faseposter-samenkomen-A3.pdf", 1, 1),
        ("04-faseposter-behouden-A3.pdf", 1, 1),
        ("05-tipkaarten-oop.pdf", 24, 1),
        ("06-handout-oop.pdf", 24, 24),
        ("07-brochure.pdf", 1, 1),
        ("08-handleiding.pdf", 1, 1),
    ]


def test_with_a3_in_the_printer_posters_are_on_it_and_come_first(library: Library) -> None:
    found = [(item.file, item.job.paper.name) for item in planned(library, replace(ASKED, paper="A3")).items]
    assert [paper for _, paper in found] == ["A3"] * 4 + ["A4"] * 4
    assert found[0][0] == "01-invulposter-oop-A2.pdf"


@pytest.mark.parametrize(("people", "groups", "size"), [(24, 6, "A2"), (4, 4, "A2"), (25, 6, "A1"), (12, 1, "A1")])
def test_more_people_than_can_write_on_a2_get_a1(library: Library, people: int, groups: int, size: str) -> None:
    plan = planned(library, replace(ASKED, participants=people, groups=groups))
    assert plan.items[0].job.size.name == size
    asked = planned(library, replace(ASKED, participants=people, groups=groups, size="A3"))
    assert asked.items[0].job.size.name == "A3"


@given(people=st.integers(1, 500), data=st.data(), paper=st.sampled_from(("A4", "A3")))
def test_there_is_one_for_everybody_it_is_for(library: Library, people: int, data: st.DataObject, paper: str) -> None:
    groups = data.draw(st.integers(1, people))
    plan = planned(library, KitRequest("heuvelrand", "mr", people, groups, paper=paper))
    largest = parse_size(paper)
    assert [item.number for item in plan.items] == list(range(1, len(plan.items) + 1))
    assert len({item.file for item in plan.items}) == len(plan.items)
    for item in plan.items:
        job = item.job
        assert item.pieces == {"person": people, "group": groups, "workshop": 1}[job.layout.facts.per]
        in_file = job.sheets.copies or 1
        assert in_file * item.copies == item.pieces
        assert job.edition is Edition.OFFICE
        assert job.layout.style == plan.rayon.style
        assert job.paper.width * job.paper.height <= largest.width * largest.height
        assert job.workshop == plan.workshop
    assert sum(item.job.paper.name == "A3" for item in plan.items[:-1]) == (4 if paper == "A3" else 0)


def test_every_layout_of_the_style_is_in_it_once_for_each_subject(library: Library) -> None:
    for rayon in library.rayons.values():
        plan = planned(library, KitRequest(rayon.id, "oop", 8, 2))
        names = {
            name for (style, name), layout in library.layouts.items() if style == rayon.style and layout.from_content
        }
        assert {item.job.layout.name for item in plan.items} == names
        subjects = [(item.job.layout.name, item.job.subject.id if item.job.subject else "") for item in plan.items]
        assert len(set(subjects)) == len(subjects)
        assert {subject for _, subject in subjects} <= {"", "oop", *(phase.id for phase in library.phases)}


def test_cards_come_as_sets_that_lie_sorted_when_cut(library: Library) -> None:
    cards = [item.job for item in planned(library).items if item.job.kind is Kind.CARDS]
    assert cards
    assert {(job.sheets.copies, job.sheets.order) for job in cards} == {(24, Order.STACKED)}


def test_what_takes_hands_is_printed_first(library: Library) -> None:
    kinds = [item.job.kind for item in planned(library).items]
    rank = {Kind.TILES: 0, Kind.CARDS: 1}
    assert all(rank.get(one, 2) <= rank.get(next_one, 2) for one, next_one in pairwise(kinds) if one and next_one)


def test_a_list_of_people_fills_in_what_each_person_gets(library: Library) -> None:
    people = Table("deelnemers.csv", ("naam",), ((2, ("Zoë",)), (3, ("Sam",))))
    named = [item for item in planned(library, replace(ASKED, people=people)).items if item.people]
    assert [item.file for item in named] == ["06-handout-oop-op-naam.pdf"]
    assert named[0].copies == 1
    assert named[0].job.typed
    assert named[0].job.fillable


def test_a_thrifty_kit_saves_ink_where_it_can(library: Library) -> None:
    for item in planned(library, replace(ASKED, thrifty=True)).items:
        assert item.job.thrifty == item.job.layout.facts.thrifty


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"rayon": "lindezon"}, "rayon 'lindezon' does not exist; did you mean 'lindezoom'?"),
        ({"network": "oops"}, "network 'oops' does not exist; did you mean 'oop'?"),
        ({"network": "*"}, r"network '\*' does not exist"),
        ({"participants": 0}, "a workshop has 1 to 500 participants, not 0"),
        ({"participants": 501}, "a workshop has 1 to 500 participants, not 501"),
        ({"groups": 0}, "24 participants can't be divided over 0 groups"),
        ({"groups": 25}, r"there are more groups \(25\) than participants \(24\)"),
        ({"date": TODAY - datetime.timedelta(1)}, "2026-12-31 is past"),
        ({"place": "x" * 61}, "a place is one line of at most 60 characters"),
        ({"place": "hier\ndaar"}, "a place is one line"),
        ({"paper": "A5"}, "a kit is printed on A4 or A3, not on A5"),
        ({"size": "groot"}, "--size: 'groot' is not a size"),
        ({"people": Table("d.csv", ("naam",), tuple((row, ("Noor",)) for row in range(2, 27)))}, "names 25 people"),
    ],
)
def test_what_no_workshop_has_is_one_sentence(library: Library, change: dict[str, object], sentence: str) -> None:
    with pytest.raises(RequestError, match=sentence) as raised:
        plan_kit(library, replace(ASKED, **change), TODAY)  # type: ignore[arg-type]
    assert "\n" not in str(raised.value)


def test_a_network_of_another_rayon_is_refused(library: Library) -> None:
    rayon = library.rayons["lindezoom"].model_copy(update={"networks": ("mr",)})
    own = replace(library, rayons={**library.rayons, "lindezoom": rayon})
    with pytest.raises(RequestError, match="network 'oop' is not one of rayon 'lindezoom': choose mr"):
        plan_kit(own, ASKED, TODAY)


def test_a_workshop_today_is_still_to_come(library: Library) -> None:
    assert planned(library, replace(ASKED, date=TODAY)).workshop.date == TODAY


@pytest.mark.parametrize("text", ["2027-02-29", "12-03-2027", "morgen", ""])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(RequestError, match="is not a date"):
        parse_date(text)


def test_times_are_read_as_they_are_written() -> None:
    assert parse_time("13:30") == parse_time(" 13.30 ") == datetime.time(13, 30)
    for wrong in ("25:00", "13", "half twee"):
        with pytest.raises(RequestError, match="is not a time"):
            parse_time(wrong)


def test_backs_are_made_apart_of_what_has_backs(library: Library) -> None:
    asked = KitRequest("lindezoom", "oop", 8, 2, sheets=PaperWish(duplex=Duplex.BY_HAND))
    jobs = [item.job for item in planned(library, asked).items]
    assert {job.sheets.duplex for job in jobs if job.kind is Kind.CARDS} == {Duplex.BY_HAND}
    assert {job.sheets.duplex for job in jobs if job.kind is not Kind.CARDS} == {None}
