"""Maken and Oogst in a browser, each from an empty start to files on one's own disk."""

import io
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.studio.axe import violations
from tests.studio.conftest import Opened
from tests.studio.steps import choose, form, measures, read, ready, saved, texts, tick, written


def test_from_nothing_to_a_handout_on_paper(page: Page, opened: Opened) -> None:
    page.goto(opened.address)
    expect(page).to_have_url(f"{opened.origin}/maken")
    expect(page.get_by_role("heading", name="Wat wil je maken?")).to_be_visible()
    assert violations(page) == []
    choose(page, "Voor wie", "Rayon Lindezoom")
    tick(page, "Handout")
    expect(page.locator("#made")).to_contain_text("Kies ook een netwerk")
    tick(page, "Onderwijsondersteuners")
    ready(page, "1 bestand is klaar.")
    card = page.locator(".product")
    expect(card).to_contain_text("1 vel A4, enkelzijdig, op ware grootte (100 %)")
    assert violations(page) == []
    name, pdf = saved(page, card.get_by_role("link", name="Download pdf"))
    assert name == "lindezoom-handout-oop-office-A4-op-A4.pdf"
    assert measures(pdf) == (210, 297)
    assert "Onderwijsondersteuners" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_filled_in_forms_become_a_table_and_a_poster(page: Page, opened: Opened, tmp_path: Path) -> None:
    handout = form(page, opened, "product=handout&netwerk=oop")
    question = texts(handout)[-1]
    filled = handout.fill({question: "Zoë vertelt over €"})
    sent = {
        "een.pdf": filled,
        "kapot.pdf": filled[: len(filled) // 2],
        "leeg.pdf": handout.fill({}),
        "brief.pdf": b"geen pdf",
    }
    page.goto(opened.address)
    page.goto(f"{opened.origin}/oogsten")
    assert violations(page) == []
    read(page, opened, written(tmp_path, sent))
    expect(page.locator("main")).to_contain_text("1 van de 4 bestanden is gelezen.")
    remarks = page.locator(".findings")
    expect(remarks).to_contain_text("kapot.pdf: is beschadigd en kan niet worden gelezen.")
    expect(remarks).to_contain_text("leeg.pdf: is niet ingevuld en telt niet mee.")
    expect(remarks).to_contain_text("brief.pdf: is geen formulier van ons en is overgeslagen.")
    expect(page.locator("table")).to_contain_text("Zoë vertelt over €")
    assert violations(page) == []
    _, book = saved(page, page.get_by_role("link", name="Excel"))
    cells = [cell.value for row in openpyxl.load_workbook(io.BytesIO(book)).worksheets[0] for cell in row]
    assert "Zoë vertelt over €" in cells
    _, poster = saved(page, page.get_by_role("link", name="Download de poster"))
    assert PdfReader(io.BytesIO(poster)).pages
