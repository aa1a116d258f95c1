"""Inhoud as an office uses it: in a browser, with a text editor and another window beside it."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from invulposter.library import read_library
from invulposter.workspace import find_workspace
from tests.conftest import edit
from tests.studio.axe import violations
from tests.studio.conftest import Opened

#: Far more than it takes, for a machine that is busy with other tests.
PATIENCE = 20_000
TIP = "#v-tips-0-tekst"
WORDS = "Vraag collega’s wie je nog moet spreken en neem iemand mee. "
PLACES = (
    "", "/bewerk/fase/werven", "/bewerk/netwerk/oop", "/bewerk/rayon/zonnedal", "/bewerk/brochure",
    "/bewerk/invulposter", "/bewerk/invulposter?deel=stappen.1", "/bewerk/handleiding?deel=welkom",
)  # fmt: skip


def at(page: Page, opened: Opened, path: str) -> None:
    page.goto(f"{opened.origin}/inhoud{path}")


def drawn(page: Page, other_than: str | None = None) -> str:
    """Wait for a picture of the page, or for another one; gives its address."""
    picture = page.locator("#beeld")
    expect(picture).to_have_attribute("src", re.compile("/inhoud/beeld/."), timeout=PATIENCE)
    if other_than is not None:
        expect(picture).not_to_have_attribute("src", other_than, timeout=PATIENCE)
    return picture.get_attribute("src") or ""


def saved(page: Page) -> None:
    page.get_by_role("button", name="Bewaar", exact=True).last.click()
    expect(page.get_by_role("status").filter(has_text="Bewaard.")).to_be_visible(timeout=PATIENCE)


def phase(opened: Opened, name: str = "werven") -> Path:
    return opened.folder / f"content/fasen/{name}.yaml"


def test_a_tip_is_typed_seen_saved_and_undone(page: Page, opened: Opened) -> None:
    before = phase(opened).read_bytes()
    page.goto(opened.address)
    at(page, opened, "/bewerk/fase/werven")
    page.locator(TIP).focus()
    expect(page.locator(f"{TIP}-ruimte")).to_contain_text("kleiner gezet", timeout=PATIENCE)
    first = drawn(page)
    page.locator(TIP).fill("Kies bewust je kanalen.")
    drawn(page, first)
    expect(page.locator(f"{TIP}-ruimte")).to_contain_text("Past. Nog ruimte", timeout=PATIENCE)
    assert phase(opened).read_bytes() == before
    saved(page)
    assert b"      Kies bewust je kanalen." in phase(opened).read_bytes()
    expect(page.locator(TIP)).to_have_value("Kies bewust je kanalen.")
    page.get_by_role("button", name="Maak ongedaan").click()
    expect(page.get_by_role("status").filter(has_text="Ongedaan gemaakt.")).to_be_visible(timeout=PATIENCE)
    assert phase(opened).read_bytes() == before


@pytest.mark.long
def test_a_text_that_does_not_fit_says_how_many_characters(sheet: Page, opened: Opened) -> None:
    at(sheet, opened, "/bewerk/fase/werven")
    sheet.locator(TIP).fill(WORDS * 12)
    room = sheet.locator(f"{TIP}-ruimte")
    expect(room).to_contain_text(re.compile(r"Te lang: er moeten ongeveer \d+ tekens uit\."), timeout=PATIENCE)
    expect(room).to_have_attribute("data-staat", "too-long")
    over = int(re.search(r"\d+", room.inner_text())[0])  # type: ignore[index]
    expect(sheet.locator("#elders")).to_contain_text("Te lang", timeout=PATIENCE)
    sheet.locator(TIP).fill((WORDS * 12).strip()[:-over])
    expect(room).to_contain_text("Past, maar wordt kleiner gezet", timeout=PATIENCE)


@pytest.mark.long
def test_mistakes_are_summed_up_with_links_and_nothing_is_saved(sheet: Page, opened: Opened) -> None:
    before = phase(opened).read_bytes()
    at(sheet, opened, "/bewerk/fase/werven")
    sheet.locator("#v-naam").fill("")
    sheet.locator("#v-volgorde").fill("0")
    sheet.get_by_role("button", name="Tip erbij").click()
    expect(sheet.locator("#v-tips-4-kop")).to_be_focused(timeout=PATIENCE)
    sheet.keyboard.press("Control+s")
    summary = sheet.get_by_role("alert")
    expect(summary).to_contain_text("Er zijn nog 4 dingen te verbeteren")
    expect(summary).to_be_focused()
    assert violations(sheet) == []
    summary.get_by_role("link", name="Naam", exact=True).click()
    expect(sheet.locator("#v-naam")).to_be_focused()
    expect(sheet.locator("#v-naam")).to_have_attribute("aria-invalid", "true")
    assert phase(opened).read_bytes() == before
    sheet.locator("#v-naam").fill("Werven")
    sheet.locator("#v-volgorde").fill("1")
    sheet.locator("#v-tips-4-kop").fill("Vraag door")
    sheet.locator("#v-tips-4-tekst").fill("Vraag wie er nog mist.")
    saved(sheet)
    library = read_library(find_workspace(opened.folder))
    assert library.phases[0].tips[-1].id == "werven-vraag-door"
    phase(opened).write_bytes(before)


@pytest.mark.long
def test_items_move_and_go_by_keyboard(sheet: Page, opened: Opened) -> None:
    before = phase(opened).read_bytes()
    at(sheet, opened, "/bewerk/fase/werven")
    sheet.get_by_role("button", name="Omlaag: Tip 1: Kies je kanalen").press("Enter")
    expect(sheet.locator("#v-tips-1-kop")).to_have_value("Kies je kanalen")
    expect(sheet.locator("#v-tips-1-kop")).to_be_focused()
    expect(sheet.locator("#nog")).to_have_text("Nog niet bewaard.")
    saved(sheet)
    assert [tip.id for tip in read_library(find_workspace(opened.folder)).phases[0].tips][:2] == [
        "werven-signalen",
        "werven-kanalen",
    ]
    sheet.get_by_role("button", name="Haal weg: Tip 4: Ga erheen").press("Enter")
    sheet.get_by_role("button", name="Bewaar", exact=True).last.press("Enter")
    expect(sheet.get_by_role("alert")).to_contain_text("gebruikt ‘werven-erheen’ nog")
    phase(opened).write_bytes(before)


@pytest.mark.long
def test_a_file_that_changed_meanwhile_can_be_chosen_from(sheet: Page, opened: Opened) -> None:
    before = phase(opened, "behouden").read_bytes()
    at(sheet, opened, "/bewerk/fase/behouden")
    sheet.locator("#v-inleiding").fill("Mijn inleiding.")
    edit(phase(opened, "behouden"), "naam: Behouden", "naam: Bewaren")
    sheet.get_by_role("button", name="Bewaar", exact=True).last.click()
    expect(sheet.get_by_role("heading", name="Intussen veranderd")).to_be_visible(timeout=PATIENCE)
    assert b"Mijn inleiding." not in phase(opened, "behouden").read_bytes()
    assert violations(sheet) == []
    name = sheet.get_by_role("group", name="Naam")
    expect(name.get_by_role("radio", name="Wat er nu staat")).to_be_checked()
    expect(sheet.get_by_role("group", name="Inleiding").get_by_role("radio", name="Wat jij typte")).to_be_checked()
    sheet.get_by_role("button", name="Bewaar mijn keuze").click()
    expect(sheet.get_by_role("status").filter(has_text="Bewaard.")).to_be_visible(timeout=PATIENCE)
    text = phase(opened, "behouden").read_text("utf-8")
    assert "naam: Bewaren" in text
    assert "inleiding: Mijn inleiding." in text
    # Who changed nothing is not asked anything.
    phase(opened, "behouden").write_bytes(before)
    sheet.get_by_role("button", name="Bewaar", exact=True).last.click()
    expect(sheet.get_by_text("zelf had je niets veranderd")).to_be_visible(timeout=PATIENCE)
    expect(sheet.locator("#v-naam")).to_have_value("Behouden")


@pytest.mark.long
def test_two_tabs_do_not_disturb_each_other(sheet: Page, opened: Opened) -> None:
    files = [phase(opened, name) for name in ("werven", "samenkomen")]
    before = [file.read_bytes() for file in files]
    other = sheet.context.new_page()
    other.goto(f"{opened.origin}/inhoud/bewerk/fase/samenkomen")
    at(sheet, opened, "/bewerk/fase/werven")
    for page, text in ((sheet, "Eerste tab."), (other, "Tweede tab.")):
        page.locator(TIP).fill(text)
    for page in (sheet, other):
        expect(page.locator(f"{TIP}-ruimte")).to_contain_text("Past. Nog ruimte", timeout=PATIENCE)
    assert drawn(sheet) != drawn(other)
    saved(sheet)
    saved(other)
    assert [text in file.read_text("utf-8") for file, text in zip(files, ("Eerste tab.", "Tweede tab."), strict=True)]
    # The same file in both: the second to save is asked, not overruled.
    other.goto(f"{opened.origin}/inhoud/bewerk/fase/werven")
    sheet.locator("#v-inleiding").fill("Van de eerste.")
    saved(sheet)
    other.locator("#v-inleiding").fill("Van de tweede.")
    other.get_by_role("button", name="Bewaar", exact=True).last.click()
    expect(other.get_by_role("group", name="Inleiding")).to_contain_text("allebei veranderd", timeout=PATIENCE)
    assert "Van de eerste." in files[0].read_text("utf-8")
    for file, content in zip(files, before, strict=True):
        file.write_bytes(content)


def test_what_cannot_be_printed_is_refused_and_what_is_saved_looks_so(sheet: Page, opened: Opened) -> None:
    file = opened.folder / "content/rayons/zonnedal/rayon.yaml"
    before = file.read_bytes()
    at(sheet, opened, "/bewerk/rayon/zonnedal")
    footer = sheet.get_by_label("Voetregel")
    footer.fill("Samen sterk \U0001f64c")
    expect(sheet.locator("#toestand")).to_contain_text("Geen letter heeft \U0001f64c")
    sheet.locator("#bewaar").click()
    expect(sheet.get_by_role("alert")).to_contain_text("Voetregel: Geen letter heeft \U0001f64c: dat kan niet")
    assert file.read_bytes() == before
    footer.fill("Samen sterk")
    saved(sheet)
    done = sheet.get_by_role("status").filter(has_text="Bewaard.")
    assert done.evaluate("box => getComputedStyle(box).borderLeftColor") == "rgb(31, 74, 67)"
    assert violations(sheet) == []
    file.write_bytes(before)


@pytest.mark.long
def test_another_text_that_does_not_fit_is_named_and_reached(sheet: Page, opened: Opened) -> None:
    at(sheet, opened, "/bewerk/fase/werven")
    sheet.locator("#v-tips-1-tekst").fill(WORDS * 12)
    sheet.locator(TIP).focus()
    sheet.get_by_label("Waarop").select_option("brochure")
    told = sheet.locator("#toestand")
    expect(told).to_contain_text("Dit past, maar op deze bladzijde past ‘Tips 2 › Tip’ niet.", timeout=PATIENCE)
    assert violations(sheet) == []
    told.get_by_role("link", name="Ga erheen").click()
    expect(sheet).to_have_url(re.compile("/bewerk/fase/werven#v-tips-1-tekst"))
    expect(sheet.locator("#v-tips-1-tekst")).to_be_in_viewport()
    expect(sheet.locator("#v-tips-1-tekst")).to_have_value(WORDS * 12)


@pytest.mark.long
def test_colours_show_what_follows_from_them(sheet: Page, opened: Opened) -> None:
    at(sheet, opened, "/bewerk/rayon/duinrand")
    first = drawn(sheet)
    palette = sheet.locator("#palet")
    expect(palette).to_contain_text("Alle 34 combinaties zijn goed te lezen")
    expect(palette.locator("rect").first).to_have_attribute("fill", "#2B2F86")
    sheet.locator("#v-kleuren-primair").fill("#777B7A")
    expect(palette).to_contain_text("iets donkerder gedrukt", timeout=PATIENCE)
    drawn(sheet, first)
    sheet.locator("#v-kleuren-primair-kies").fill("#aa2200")
    expect(sheet.locator("#v-kleuren-primair")).to_have_value("#AA2200")
    expect(palette.locator("rect").first).to_have_attribute("fill", "#AA2200", timeout=PATIENCE)
    assert violations(sheet) == []


@pytest.mark.long
def test_a_new_network_is_made_named_and_undone(sheet: Page, opened: Opened) -> None:
    at(sheet, opened, "")
    sheet.get_by_label("Nieuw netwerk").fill("Één bibliotheek")
    sheet.locator("#nieuw-netwerk").press("Enter")
    expect(sheet.get_by_role("status").filter(has_text="Gemaakt.")).to_be_visible(timeout=PATIENCE)
    assert (opened.folder / "content/netwerken/een-bibliotheek.yaml").is_file()
    expect(sheet.get_by_role("group", name="Tip 1: Kies je kanalen")).to_be_visible()
    at(sheet, opened, "")
    sheet.get_by_label("Nieuw netwerk").fill("een bibliotheek")
    sheet.locator("#nieuw-netwerk").press("Enter")
    expect(sheet.get_by_text("Er is al een netwerk dat zo heet.")).to_be_visible(timeout=PATIENCE)
    assert violations(sheet) == []
    at(sheet, opened, "")
    sheet.get_by_role("button", name="Maak ongedaan: nieuw netwerk").click()
    expect(sheet.get_by_role("status").filter(has_text="Ongedaan gemaakt.")).to_be_visible(timeout=PATIENCE)
    assert not (opened.folder / "content/netwerken/een-bibliotheek.yaml").exists()


@pytest.mark.long
def test_a_file_that_can_not_be_read_says_where_and_the_rest_goes_on(sheet: Page, opened: Opened) -> None:
    file = opened.folder / "content/brochure.yaml"
    before = file.read_bytes()
    file.write_bytes(b"titel: [x\n")
    at(sheet, opened, "")
    expect(sheet.get_by_text("kan niet worden gelezen")).to_be_visible()
    at(sheet, opened, "/bewerk/brochure")
    expect(sheet.get_by_text("op regel 2")).to_be_visible()
    assert violations(sheet) == []
    at(sheet, opened, "/bewerk/fase/werven")
    expect(sheet.locator("#toestand")).to_contain_text("in een ander bestand staat een fout", timeout=PATIENCE)
    file.write_bytes(before)


@pytest.mark.long
def test_every_page_is_for_everybody(sheet: Page, opened: Opened) -> None:
    for path in PLACES:
        at(sheet, opened, path)
        if path:
            drawn(sheet)
        for width, height in ((1366, 768), (820, 1180), (683, 384)):
            sheet.set_viewport_size({"width": width, "height": height})
            if width != 820:
                assert violations(sheet) == [], path
            assert sheet.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.long
def test_a_page_is_seen_from_close_by_and_large(sheet: Page, opened: Opened) -> None:
    at(sheet, opened, "/bewerk/invulposter?deel=stappen.1")
    sheet.locator("#v-stappen-1-vraag").focus()
    expect(sheet.get_by_role("img", name="Van dichtbij")).to_be_visible(timeout=PATIENCE)
    sheet.get_by_role("button", name="Groter bekijken").press("Enter")
    dialog = sheet.get_by_role("dialog")
    expect(dialog.get_by_role("img")).to_be_visible()
    assert violations(sheet) == []
    sheet.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(sheet.locator("#groter")).to_be_focused()


@pytest.mark.long
def test_who_has_no_content_yet_gets_a_copy_with_the_first_thing_saved(browser: Browser, tmp_path: Path) -> None:
    documents = tmp_path / "Documenten"
    own = os.environ | {"XDG_STATE_HOME": str(tmp_path / "state"), "XDG_DOCUMENTS_DIR": str(documents)}
    command = [sys.executable, "-m", "invulposter", "studio", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=own, cwd=tmp_path) as server:
        assert server.stdout
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(server.stdout.readline().split()[0])
        page.goto(f"{page.url.partition('/maken')[0].rstrip('/')}/inhoud/bewerk/brochure")
        expect(page.get_by_text("Dit is een voorbeeld.")).to_be_visible()
        page.locator("#v-titel").fill("Samen sterk")
        saved(page)
        assert "titel: Samen sterk" in (documents / "invulposter/content/brochure.yaml").read_text("utf-8")
        assert page.get_by_text("Dit is een voorbeeld.").count() == 0
        expect(page.get_by_role("button", name="Maak ongedaan")).to_be_visible()
        page.close()
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 0


@pytest.mark.long
def test_a_form_that_is_not_ours_changes_nothing(sheet: Page, opened: Opened) -> None:
    at(sheet, opened, "/bewerk/fase/werven")
    fields = {one: sheet.locator(f"#formulier [name={one}]").input_value() for one in ("csrf", "zegel", "was", "nu")}
    before = {path: path.read_bytes() for path in opened.folder.rglob("content/**/*") if path.is_file()}
    origin = {"Origin": opened.origin}
    for path, changed, status in (
        ("bewerk/fase/werven", {"nu": "{"}, 400),
        ("bewerk/fase/werven", {"nu": "[" * 5000 + "]" * 5000}, 400),
        ("bewerk/fase/werven", {"nu": "[]"}, 422),
        ("bewerk/fase/werven", {"deel": "tips.0"}, 404),
        ("bewerk/fase/werven", {"doe": "weg:__class__"}, 400),
        ("bewerk/fase/..%2f..%2frayons", {}, 404),
        ("bewerk/netwerk/bestaat-niet", {}, 404),
        ("kijk/fase/werven", {"nu": "0", "veld": "tips.0.tekst"}, 200),
        ("kies/fase/werven", {"mijn": "x"}, 400),
        ("nieuw", {"soort": "brochure", "naam": "x"}, 400),
        ("nieuw", {"soort": "netwerk", "naam": "../../x"}, 200),
        ("bewerk/fase/werven", {"csrf": "x"}, 403),
    ):
        answer = sheet.request.post(f"{opened.origin}/inhoud/{path}", form=fields | changed, headers=origin)
        assert answer.status == status, (path, changed)
    after = {path: path.read_bytes() for path in opened.folder.rglob("content/**/*") if path.is_file()}
    made = {path.relative_to(opened.folder).as_posix() for path in after.keys() - before.keys()}
    # A name that would lead elsewhere is a name like any other when only its letters count.
    assert made == {"content/netwerken/x.yaml"}
    assert {path: data for path, data in after.items() if path in before} == before
