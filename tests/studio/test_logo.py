"""A rayon's logo in Inhoud: chosen, shown as it will be printed, kept or refused with the reason."""

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import edit
from tests.studio.axe import violations
from tests.studio.conftest import Opened
from tests.studio.test_inhoud import PATIENCE, at


def drawing(body: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">{body}</svg>'.encode()


def choose_logo(page: Page, data: bytes, name: str = "ons.svg") -> None:
    page.locator("#logo").set_input_files({"name": name, "mimeType": "image/svg+xml", "buffer": data})


def test_a_logo_that_was_chosen_is_not_lost_when_texts_are_saved(sheet: Page, opened: Opened) -> None:
    folder = opened.folder / "content/rayons/merelveld"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    at(sheet, opened, "/bewerk/rayon/merelveld")
    choose_logo(sheet, drawing('<circle cx="20" cy="20" r="18" fill="#AA2200"/>'))
    expect(sheet.locator("#nog")).to_have_text("Nog niet bewaard.")
    sheet.get_by_label("Naam", exact=True).fill("")
    sheet.locator("#bewaar").click()
    # A mistake in the texts comes first; the logo waits for them.
    expect(sheet.get_by_role("heading", name="Nog niet bewaard")).to_be_visible()
    expect(sheet.get_by_text("Je koos een ander logo")).to_be_visible()
    assert violations(sheet) == []
    sheet.get_by_label("Naam", exact=True).fill("Rayon Elders")
    sheet.locator("#bewaar").click()
    expect(sheet.get_by_role("heading", name="Het nieuwe logo")).to_be_visible()
    expect(sheet.get_by_role("status")).to_have_text("De teksten zijn bewaard. Het logo nog niet.")
    assert "Rayon Elders" in (folder / "rayon.yaml").read_text("utf-8")
    assert violations(sheet) == []
    sheet.get_by_role("button", name="Gebruik dit logo").click()
    expect(sheet.get_by_role("status").filter(has_text="Het nieuwe logo is bewaard.")).to_be_visible()
    assert b"aa2200" in (folder / "logo.svg").read_bytes()
    for name, data in before.items():
        (folder / name).write_bytes(data)


@pytest.mark.long
def test_a_logo_that_was_chosen_survives_a_choice_between_versions(sheet: Page, opened: Opened) -> None:
    file = opened.folder / "content/rayons/heuvelrand/rayon.yaml"
    before = file.read_bytes()
    at(sheet, opened, "/bewerk/rayon/heuvelrand")
    choose_logo(sheet, drawing('<circle cx="20" cy="20" r="18" fill="#AA2200"/>'))
    sheet.get_by_label("Naam", exact=True).fill("Rayon Hier")
    edit(file, "naam: ", "naam: Ander ")
    sheet.locator("#bewaar").click()
    sheet.get_by_role("button", name="Bewaar mijn keuze").click()
    expect(sheet.get_by_role("heading", name="Het nieuwe logo")).to_be_visible()
    assert "Rayon Hier" in file.read_text("utf-8")
    file.write_bytes(before)


@pytest.mark.long
def test_a_logo_is_shown_before_and_after_or_refused_with_the_reason(sheet: Page, opened: Opened) -> None:
    folder = opened.folder / "content/rayons/veenmeer"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    at(sheet, opened, "/bewerk/rayon/veenmeer")

    choose_logo(sheet, drawing("<text>Ons</text><script>alert(1)</script>"))
    sheet.locator("#bewaar").click()
    expect(sheet.get_by_role("heading", name="Dit logo kan niet worden gebruikt")).to_be_visible(timeout=PATIENCE)
    expect(sheet.get_by_role("alert")).to_contain_text("tekst (text), een script (script)")
    expect(sheet.get_by_role("alert")).to_contain_text("Zet tekst om naar contouren")
    assert violations(sheet) == []
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    choose_logo(sheet, drawing('<metadata>maker</metadata><circle cx="20" cy="20" r="18" fill="#AA2200"/>'))
    sheet.get_by_role("button", name="Bekijk dit logo").click()
    expect(sheet.get_by_role("heading", name="Wat er veranderde")).to_be_visible(timeout=PATIENCE)
    for name in ("zoals je het aanleverde", "zoals het wordt gedrukt"):
        picture = sheet.get_by_role("img", name=name)
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("image => image.naturalWidth") > 0
    assert violations(sheet) == []
    sheet.get_by_role("button", name="Gebruik dit logo").click()
    expect(sheet.get_by_role("status").filter(has_text="Het nieuwe logo is bewaard.")).to_be_visible(timeout=PATIENCE)
    assert b"aa2200" in (folder / "logo.svg").read_bytes()
    assert b"maker" not in (folder / "logo.svg").read_bytes()
    sheet.get_by_role("button", name="Maak ongedaan").click()
    expect(sheet.get_by_role("status").filter(has_text="Ongedaan gemaakt.")).to_be_visible(timeout=PATIENCE)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
