"""Maken as a trainer uses it: in a browser, from nothing chosen to a PDF on their own disk."""

import io
import zipfile

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.conftest import edit
from tests.studio.axe import violations
from tests.studio.conftest import Opened
from tests.studio.steps import choose, measures, ready, saved, tick

pytestmark = pytest.mark.long

DRAWN = """pixels => { const picture = document.querySelector("#zoom-picture");
  return picture.complete && Math.max(picture.naturalWidth, picture.naturalHeight) === pixels; }"""


def test_a_large_poster_from_a_small_printer_and_all_of_it_as_a_zip(page: Page, opened: Opened) -> None:
    page.goto(opened.address)
    choose(page, "Voor wie", "Rayon Merelveld")
    tick(page, "Invulposter")
    ready(page, "1 bestand is klaar.")
    tick(page, "Faseposter")
    choose(page, "Formaat", "A2")
    choose(page, "Papier", "A4")
    ready(page, "4 bestanden zijn klaar.")
    expect(page.get_by_text("Zo komt het uit de printer:").first).to_be_visible()
    name, data = saved(page, page.get_by_role("button", name="Alles als zip"))
    assert name == "merelveld-bestanden.zip"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert "merelveld-invulposter-office-A2-op-A4.pdf" in names
        assert len(names) == 4
        for name in names:
            pdf = archive.read(name)
            assert sorted(measures(pdf)) == [210, 297]
            sheets = page.locator(f'a[download="{name}"]').locator("xpath=../..").inner_text()
            assert f"{len(PdfReader(io.BytesIO(pdf)).pages)} vellen A4" in sheets


def test_all_networks_are_one_tick_and_the_rayon_is_remembered(page: Page, opened: Opened) -> None:
    page.goto(opened.address)
    page.goto(f"{opened.origin}/maken?rayon=merelveld")
    tick(page, "Handout")
    tick(page, "Alle netwerken")
    every = page.get_by_role("checkbox", name="Mbo-docenten")
    expect(every).to_be_checked()
    expect(every).to_be_disabled()
    expect(page.locator(".product")).to_have_count(12)
    assert violations(page) == []
    page.get_by_role("checkbox", name="Alle netwerken").uncheck()
    expect(page.get_by_role("checkbox", name="Alle netwerken")).to_be_focused()
    expect(every).not_to_be_checked()
    expect(page.locator(".product")).to_have_count(0)
    for place, label in (("Maken", "Voor wie"), ("Workshop", "Rayon")):
        page.get_by_role("link", name=place).click()
        expect(page.get_by_label(label, exact=True)).to_have_value("merelveld")


def test_a_printer_of_one_side_gets_its_own_sheets_and_advice(page: Page, opened: Opened) -> None:
    page.goto(opened.address)
    page.goto(f"{opened.origin}/maken?rayon=lindezoom&product=handleiding&product=tipkaarten&netwerk=oop")
    choose(page, "Printer", "alleen enkelzijdig")
    ready(page, "2 bestanden zijn klaar.")
    cards, guide = (page.locator(".product", has_text=name) for name in ("Tipkaarten", "Handleiding"))
    expect(cards).to_contain_text("eerst de voorkanten, dan de stapel omgekeerd terugleggen")
    expect(guide).to_contain_text("12 vellen A4, enkelzijdig")
    expect(page.get_by_text("dubbelzijdig, omslaan")).to_have_count(0)


def test_a_page_is_large_enough_to_read_and_the_keyboard_leads_back(page: Page, opened: Opened) -> None:
    page.goto(opened.address)
    page.goto(f"{opened.origin}/maken?rayon=lindezoom&product=handout&product=tipkaarten&netwerk=mr")
    ready(page, "2 bestanden zijn klaar.")
    leaf = page.locator(".several [data-zoom]").first
    leaf.focus()
    page.keyboard.press("Enter")
    zoom = page.get_by_role("dialog")
    expect(zoom.get_by_role("heading")).to_contain_text("blad 1")
    expect(zoom.get_by_role("button", name="Vorige")).to_be_disabled()
    picture = page.locator("#zoom-picture")
    for key, pixels in (("+", 1600), ("+", 3200), ("-", 1600)):
        page.keyboard.press(key)
        page.wait_for_function(DRAWN, arg=pixels)
    assert violations(page) == []
    zoom.get_by_role("button", name="Volgende").click()
    expect(zoom.get_by_role("heading")).to_contain_text("blad 2")
    assert "blad 2" in (picture.get_attribute("alt") or "")
    page.keyboard.press("Escape")
    expect(zoom).to_be_hidden()
    expect(leaf).to_be_focused()


def test_what_is_stopped_stays_as_it_was_and_the_studio_goes_on(page: Page, opened: Opened) -> None:
    page.goto(opened.address)
    page.goto(f"{opened.origin}/maken?rayon=veenmeer&product=handleiding&product=brochure&product=invulposter")
    page.get_by_role("button", name="Stoppen").click()
    ready(page, "Gestopt.")
    assert violations(page) == []
    page.goto(f"{opened.origin}/maken?rayon=veenmeer&product=handout&netwerk=mr")
    ready(page, "1 bestand is klaar.")


def test_two_tabs_do_not_disturb_each_other(browser: Browser, opened: Opened) -> None:
    context = browser.new_context()
    one, other = context.new_page(), context.new_page()
    one.goto(opened.address)
    one.goto(f"{opened.origin}/maken?rayon=zonnedal&product=handleiding&product=brochure")
    other.goto(f"{opened.origin}/maken?rayon=duinrand&product=tipkaarten&netwerk=po")
    ready(other, "1 bestand is klaar.")
    other.get_by_role("checkbox", name="Tipkaarten", exact=True).uncheck()
    ready(one, "2 bestanden zijn klaar.")
    assert "zonnedal" in one.url
    expect(other.locator(".product")).to_have_count(0)
    context.close()


def test_a_text_that_changes_meanwhile_is_on_the_next_page(page: Page, opened: Opened) -> None:
    page.goto(opened.address)
    address = f"{opened.origin}/maken?rayon=heuvelrand&product=handout&netwerk=hbo&uitgave=screen"
    page.goto(address)
    ready(page, "1 bestand is klaar.")
    file = opened.folder / "content/netwerken/hbo.yaml"
    text = file.read_text("utf-8")
    edit(file, "naam: ", "naam: Zoë & # ")
    page.goto(address)
    ready(page, "1 bestand is klaar.")
    expect(page.get_by_role("heading", name="Handout Zoë &")).to_be_visible()
    _, pdf = saved(page, page.get_by_role("link", name="Download pdf"))
    assert "Zoë" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    file.write_text(text, "utf-8")


def test_a_mistake_in_the_texts_is_told_and_the_studio_goes_on(browser: Browser, opened: Opened) -> None:
    page = browser.new_page()
    page.goto(opened.address)
    file = opened.folder / "content/invulposter.yaml"
    text = file.read_text("utf-8")
    file.write_text(text + "kleurtje: rood\n", "utf-8")
    page.goto(f"{opened.origin}/maken")
    expect(page.get_by_role("heading", name="Een fout in de teksten")).to_be_visible()
    expect(page.locator(".findings")).to_contain_text("content/invulposter.yaml:")
    assert str(opened.folder) not in page.content()
    assert violations(page) == []
    file.write_text(text, "utf-8")
    page.goto(f"{opened.origin}/maken")
    expect(page.get_by_role("heading", name="Wat wil je maken?")).to_be_visible()
    page.close()
