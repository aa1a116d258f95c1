"""Workshop as a trainer uses it: fill in a form, see what comes of it, download one zip."""

import datetime
import zipfile
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect

from invulposter.errors import InvalidInputError
from invulposter.library import Library
from invulposter.prefill import Table, parse_table
from invulposter.studio.workshop import _unread
from invulposter.studio.workshop_form import Filled, address, filled, wanted
from tests.judges import poppler
from tests.studio.axe import violations
from tests.studio.conftest import Opened

#: Far more than it takes, for a machine that is busy with other tests.
PATIENCE = 20_000
#: The same for a whole kit that nothing of was made before.
LONG = 120_000
TODAY = datetime.date(2027, 1, 1)


def problems(library: Library, form: dict[str, str], people: Table | None = None) -> set[str]:
    asked = filled({"rayon": "lindezoom", "netwerk": "oop", **form}, library)
    found = wanted(asked, library, {}, TODAY, people)
    assert bool(found.problems) == (found.plan is None)
    assert all(sentence.endswith((".", "!")) for sentence in found.problems.values())
    return set(found.problems)


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({}, set()),
        ({"deelnemers": "24", "groepen": "6", "datum": "2027-03-12", "aanvang": "13:30", "plaats": "De Linde"}, set()),
        ({"deelnemers": ""}, {"deelnemers"}),
        ({"deelnemers": "veel"}, {"deelnemers"}),
        ({"deelnemers": "-3"}, {"deelnemers"}),
        ({"deelnemers": "9" * 400}, {"deelnemers"}),
        ({"groepen": "0"}, {"groepen"}),
        ({"deelnemers": "4", "groepen": "5"}, {"groepen"}),
        ({"datum": "2026-12-31"}, {"datum"}),
        ({"datum": "morgen", "aanvang": "half twee"}, {"datum", "aanvang"}),
        ({"plaats": "x" * 61}, {"plaats"}),
        ({"netwerk": "geen", "papier": "A0", "printer": "weg"}, set()),
        ({"rayon": "nergens"}, {"rayon"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(library: Library, form: dict[str, str], wrong: set[str]) -> None:
    assert problems(library, form) == wrong


def test_more_names_than_people_is_said_at_the_list(library: Library) -> None:
    people = Table("d.csv", ("naam",), tuple((row, ("Noor",)) for row in range(2, 20)))
    assert problems(library, {}, people) == {"lijst"}
    assert problems(library, {"deelnemers": "18"}, people) == set()


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"naam;rol\nNoor;#N/B\n", "rij 2, kolom 2"), (b"", "kan niet worden gelezen")],
)
def test_a_list_that_can_not_be_used_is_told_in_dutch(data: bytes, said: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        parse_table("lijst.csv", data)
    assert said in _unread(caught.value)


def test_an_empty_form_is_a_small_workshop(library: Library) -> None:
    form = filled({}, library, usual_rayon="lindezoom")
    assert (form.participants, form.groups, form.paper) == (Filled().participants, Filled().groups, "A4")
    assert form.rayon == "lindezoom"
    assert form.network in library.networks


def start(page: Page, opened: Opened) -> None:
    page.set_default_timeout(PATIENCE)
    page.goto(opened.address)
    page.goto(f"{opened.origin}/workshop")


def test_the_plan_follows_the_form(page: Page, opened: Opened) -> None:
    start(page, opened)
    page.get_by_label("Rayon").select_option("lindezoom")
    page.get_by_label("Netwerk").select_option("oop")
    page.get_by_label("Deelnemers", exact=True).fill("24")
    page.get_by_label("Groepen").fill("6")
    page.get_by_label("Plaats").fill("De Linde")
    plan = page.get_by_role("region", name="Wat er in de kit komt")
    expect(plan.get_by_role("row", name="Tipkaarten Onderwijsondersteuners 24 sets A7 op vellen A4")).to_be_visible()
    expect(plan.get_by_role("row", name="Invulposter Onderwijsondersteuners 6 A2 op vellen A4")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Groepen").fill("30")
    page.get_by_label("Plaats").focus()
    expect(page.get_by_label("Groepen")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("Vul een aantal in van 1 tot en met 24")).to_be_visible()
    expect(page.get_by_label("Deelnemers", exact=True)).to_have_value("24")


@pytest.mark.long
def test_from_a_form_to_a_checked_zip(page: Page, opened: Opened, tmp_path: Path) -> None:
    start(page, opened)
    page.get_by_label("Rayon").select_option("lindezoom")
    page.get_by_label("Netwerk").select_option("oop")
    page.get_by_label("Deelnemers", exact=True).fill("5")
    page.get_by_label("Groepen").fill("2")
    page.get_by_label("Datum").fill("2037-03-12")
    page.get_by_label("Begint om").fill("13:30")
    page.get_by_label("Plaats").fill("De Linde")
    people = tmp_path / "deelnemers.csv"
    people.write_text("naam;mail\nZoë;z@school.example\nSam;s@school.example\n", "utf-8")
    page.get_by_label("Lijst van deelnemers").set_input_files(people)
    page.get_by_role("button", name="Maak de kit").click()
    expect(page.get_by_role("heading", name="In deze volgorde printen")).to_be_visible(timeout=LONG)
    assert violations(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Download de kit").click()
    assert download.value.suggested_filename == "kit-lindezoom-oop.zip"
    with zipfile.ZipFile(download.value.path()) as archive:
        archive.extractall(tmp_path)
        names = archive.namelist()
    assert [name[:2] for name in names] == [f"{number:02d}" for number in range(len(names))]
    listed = [page.get_by_role("link", name=name, exact=True) for name in names[1:]]
    for link in listed:
        expect(link).to_be_visible()
    said = " ".join(word for words in poppler.words(tmp_path / names[0]) for word in words)
    assert "donderdag 12 maart 2037" in said
    named = next(name for name in names if "op-naam" in name)
    with pikepdf.open(tmp_path / named) as pdf:
        assert len(pdf.pages) == 5
    assert "Zoë" in poppler.words(tmp_path / named)[0]


@pytest.mark.long
def test_a_list_that_cannot_be_used_is_told_and_the_form_keeps_what_was_typed(
    browser: Browser, opened: Opened, tmp_path: Path
) -> None:
    # Of a form that is refused the browser's console says something too: a page that does not listen to it.
    page = browser.new_page()
    start(page, opened)
    wrong = tmp_path / "lijst.xlsx"
    wrong.write_bytes(b"dit is geen spreadsheet")
    page.get_by_label("Plaats").fill("De Linde")
    page.get_by_label("Lijst van deelnemers").set_input_files(wrong)
    with page.expect_navigation():
        page.get_by_role("button", name="Maak de kit").click()
    expect(page.get_by_text("De lijst kan niet worden gelezen")).to_be_visible()
    expect(page.get_by_label("Plaats")).to_have_value("De Linde")
    page.close()


@pytest.mark.long
def test_a_list_without_names_is_told_beside_it_in_the_form_as_it_was(
    page: Page, opened: Opened, tmp_path: Path
) -> None:
    start(page, opened)
    people = tmp_path / "lijst.csv"
    people.write_text("kleur;dier\nrood;kat\n", "utf-8")
    page.get_by_label("Rayon").select_option("lindezoom")
    page.get_by_label("Netwerk").select_option("oop")
    page.get_by_label("Deelnemers", exact=True).fill("9")
    page.get_by_label("Plaats").fill("Zaal 7 & café")
    page.get_by_label("Lijst van deelnemers").set_input_files(people)
    page.get_by_role("button", name="Maak de kit").click()
    expect(page.get_by_text("Geen kolom van de lijst past")).to_be_visible(timeout=LONG)
    expect(page.get_by_label("Lijst van deelnemers")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Lijst van deelnemers")).to_be_focused()
    for label, value in (("Rayon", "lindezoom"), ("Netwerk", "oop"), ("Deelnemers", "9"), ("Plaats", "Zaal 7 & café")):
        expect(page.get_by_label(label, exact=True)).to_have_value(value)
    assert violations(page) == []
    page.get_by_role("button", name="Maak de kit").click()
    expect(page.get_by_role("heading", name="In deze volgorde printen")).to_be_visible(timeout=LONG)
    page.get_by_role("link", name="Terug naar de workshop").click()
    expect(page.get_by_label("Plaats")).to_have_value("Zaal 7 & café")


def test_the_address_of_a_form_fills_it_in_again(library: Library) -> None:
    form = Filled("lindezoom", "oop", "2027-03-12", "13:30", "Zaal 7 & café", "9", "2", "A3", "kopieer", thrifty=True)
    assert filled(dict(parse_qsl(urlsplit(address(form)).query)), library) == form


@pytest.mark.long
def test_making_can_be_stopped(page: Page, opened: Opened) -> None:
    start(page, opened)
    page.get_by_label("Rayon").select_option("heuvelrand")
    page.get_by_role("button", name="Maak de kit").click()
    page.get_by_role("button", name="Stoppen").click()
    expect(page.get_by_role("heading", name="Workshop", exact=True)).to_be_visible()
    expect(page.get_by_label("Rayon")).to_have_value("heuvelrand")
