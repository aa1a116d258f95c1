"""Oogst as a trainer uses it: forms that people sent, damaged ones among them, become a table and a poster."""

import csv
import io
import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from invulposter.finish.fill import FormTemplate
from invulposter.finish.flatten import flatten
from invulposter.workspace import built_in
from tests.studio.axe import violations
from tests.studio.conftest import Opened
from tests.studio.steps import PATIENCE, form, read, saved, texts, written

pytestmark = pytest.mark.long


@pytest.fixture
def handout(page: Page, opened: Opened) -> FormTemplate:
    return form(page, opened, "product=handout&netwerk=oop")


def test_posters_of_a_group_and_names_only_when_asked(page: Page, opened: Opened, tmp_path: Path) -> None:
    template = form(page, opened, "product=invulposter")
    goal = next(name for name in texts(template) if "doel" in name)
    people = {f"{name}.pdf": template.fill({"naam": name, goal: f"Doel van {name}"}) for name in ("Çelik", "Ŷme")}
    files = written(tmp_path, people)
    read(page, opened, files)
    expect(page.locator("table")).not_to_contain_text("Çelik.pdf")
    _, data = saved(page, page.get_by_role("link", name="csv"))
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 3
    assert "naam" not in json.dumps(rows[0])
    page.get_by_role("link", name="Nog een oogst").click()
    page.locator("#forms").set_input_files(files)
    page.get_by_label("Neem namen mee").check()
    page.get_by_role("button", name="Lees de formulieren").click()
    expect(page.locator("table")).to_contain_text("Çelik", timeout=PATIENCE)
    _, data = saved(page, page.get_by_role("link", name="json"))
    assert "Ŷme" in data.decode("utf-8")
    _, poster = saved(page, page.get_by_role("link", name="Download de poster"))
    text = PdfReader(io.BytesIO(poster)).pages[0].extract_text()
    assert "Çelik" in text


def test_nothing_chosen_and_nothing_usable_say_what_to_do(page: Page, opened: Opened, tmp_path: Path) -> None:
    page.goto(opened.address)
    page.goto(f"{opened.origin}/oogsten")
    page.locator("#bring").evaluate("form => form.noValidate = true")
    read(page, opened, written(tmp_path, {"a.pdf": b"%PDF-1.7 niets %%EOF"}))
    expect(page.get_by_role("heading", name="Geen antwoorden gevonden")).to_be_visible()
    assert violations(page) == []


def test_reading_can_be_stopped(page: Page, opened: Opened, handout: FormTemplate, tmp_path: Path) -> None:
    """Flattened forms take the longest: there is time to stop before all are read."""
    answered = handout.fill({texts(handout)[-1]: "antwoord"})
    flat = flatten(answered, built_in() / "fonts").pdf
    many = {f"{number}.pdf": flat + b"%%%d\n" % number for number in range(200)}
    page.goto(opened.address)
    page.goto(f"{opened.origin}/oogsten")
    page.locator("#forms").set_input_files(written(tmp_path, many))
    expect(page.locator("#chosen")).to_have_text("200 bestanden gekozen")
    page.get_by_role("button", name="Lees de formulieren").click()
    page.get_by_role("button", name="Stoppen").click(timeout=PATIENCE)
    expect(page).to_have_url(f"{opened.origin}/oogsten")
    page.go_back()
    expect(page.get_by_role("heading", name="Gestopt")).to_be_visible(timeout=PATIENCE)
    assert violations(page) == []


def test_what_was_filled_in_with_pen_can_be_typed(page: Page, opened: Opened) -> None:
    page.goto(opened.address)
    page.goto(f"{opened.origin}/oogsten")
    expect(page.get_by_text("Met pen ingevuld?")).to_be_visible()
    assert violations(page) == []
    page.locator("main").get_by_role("link", name="Maken").click()
    expect(page.get_by_label("Waarvoor")).to_have_value("screen")
