"""Screenshots of the studio for the user guide: every one is what somebody sees who does what the guide says.

They are looked at by `make guide`, which sets INVULPOSTER_SCREENS to the folder that they go to.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.studio.conftest import Opened

#: Pixels of the window, and how much of the paper's 100 % a JPEG keeps.
WIDTH, HEIGHT, QUALITY = 1280, 860, 72
#: For typesetting that nothing was made of before, on a machine that is busy.
PATIENCE = 120_000


def start(page: Page, origin: str) -> None:
    page.goto(f"{origin}/maken")
    expect(page.get_by_role("heading", name="Wat wil je maken?")).to_be_visible()


def making(page: Page, origin: str) -> None:
    page.goto(f"{origin}/maken?rayon=lindezoom&product=tipkaarten&product=handout&netwerk=oop&uitgave=office")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"(is|zijn) klaar"), timeout=PATIENCE)
    page.wait_for_load_state("networkidle")


def workshop(page: Page, origin: str) -> None:
    page.goto(
        f"{origin}/workshop?rayon=lindezoom&netwerk=oop&deelnemers=24&groepen=6&datum=2037-03-12&aanvang=13:30&plaats=De+Linde"
    )
    expect(page.get_by_role("heading", name="Dit komt in de kit")).to_be_visible()


def kit(page: Page, origin: str) -> None:
    workshop(page, origin)
    page.get_by_role("button", name="Maak de kit").click()
    expect(page.get_by_role("heading", name="In deze volgorde printen")).to_be_visible(timeout=PATIENCE)
    page.wait_for_load_state("networkidle")


def content(page: Page, origin: str) -> None:
    page.goto(f"{origin}/inhoud/bewerk/fase/werven")
    expect(page.locator("#beeld")).to_have_attribute("src", re.compile("/inhoud/beeld/."), timeout=PATIENCE)
    page.wait_for_load_state("networkidle")


def office(page: Page, origin: str) -> None:
    page.goto(f"{origin}/inhoud/bewerk/rayon/lindezoom")
    expect(page.locator("#beeld")).to_have_attribute("src", re.compile("/inhoud/beeld/."), timeout=PATIENCE)
    page.wait_for_load_state("networkidle")


def harvest(page: Page, origin: str) -> None:
    page.goto(f"{origin}/oogsten")
    expect(page.get_by_role("button", name="Lees de formulieren")).to_be_visible()


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "show"),
    [
        ("begin", start), ("maken", making), ("workshop", workshop), ("kit", kit), ("inhoud", content),
        ("rayon", office), ("oogst", harvest),
    ],
)  # fmt: skip
def test_the_guide_shows_what_there_is(
    browser: Browser, opened: Opened, tmp_path: Path, name: str, show: Callable[[Page, str], None]
) -> None:
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(opened.address)
    show(page, opened.origin)
    file = Path(os.environ.get("INVULPOSTER_SCREENS", tmp_path)) / f"{name}.jpg"
    page.screenshot(path=file, type="jpeg", quality=QUALITY)
    context.close()
    with Image.open(file) as picture:
        assert picture.size == (WIDTH, HEIGHT)
        assert len(picture.getcolors(1 << 20) or ()) > 100
    assert file.stat().st_size < 300_000
