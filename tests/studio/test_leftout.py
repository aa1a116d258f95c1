"""A rayon or network with a mistake in its file: nothing else is made in its place, and the way to mend it is told."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from invulposter.library import read_library
from invulposter.studio.leftout import NOTHING, left_out
from invulposter.workspace import built_in, find_workspace
from tests.conftest import edit
from tests.studio.axe import violations
from tests.studio.conftest import Opened


def broken(folder: Path) -> None:
    """A second rayon and a network, each with a slip of the keyboard in it."""
    rayons = folder / "content/rayons"
    shutil.copytree(rayons / "lindezoom", rayons / "rayon-twee")
    edit(rayons / "rayon-twee/rayon.yaml", "id: lindezoom", "id: rayon-twee")
    edit(rayons / "rayon-twee/rayon.yaml", "naam: ", "naaam: ")
    edit(folder / "content/netwerken/mbo.yaml", "id: mbo", "id: mbo\nsoort: mbo")


@pytest.fixture
def mistaken(opened: Opened) -> Iterator[Opened]:
    before = (opened.folder / "content/netwerken/mbo.yaml").read_bytes()
    broken(opened.folder)
    yield opened
    shutil.rmtree(opened.folder / "content/rayons/rayon-twee")
    (opened.folder / "content/netwerken/mbo.yaml").write_bytes(before)


def test_what_has_a_file_and_is_not_read_is_left_out(tmp_path: Path) -> None:
    shutil.copytree(built_in() / "content", tmp_path / "content")
    workspace = find_workspace(tmp_path)
    assert left_out(workspace, read_library(workspace)) == NOTHING
    broken(tmp_path)
    left = left_out(workspace, read_library(workspace))
    assert [(mend.name, mend.address) for mend in left] == [
        ("rayon-twee", "/inhoud/bewerk/rayon/rayon-twee"),
        ("Mbo-docenten", "/inhoud/bewerk/netwerk/mbo"),
    ]


def test_no_other_rayon_is_made_in_its_place(page: Page, mistaken: Opened) -> None:
    page.goto(mistaken.address)
    page.goto(f"{mistaken.origin}/maken?rayon=rayon-twee&product=invulposter")
    expect(page.get_by_role("alert")).to_contain_text("rayon-twee kan nu niet: er staat een fout in.")
    expect(page.get_by_label("Voor wie")).to_have_value("rayon-twee")
    expect(page.locator(".product")).to_have_count(0)
    assert "card" not in page.request.get(f"{mistaken.origin}/maken/stroom?rayon=rayon-twee&product=invulposter").text()
    assert violations(page) == []
    page.get_by_label("Voor wie").select_option("lindezoom")
    expect(page.locator(".product")).to_have_count(1)
    page.get_by_role("link", name="Mbo-docenten").click()
    expect(page.get_by_role("heading", name="Hier staat een fout in")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("soort: Dit onderdeel hoort hier niet.")
    assert violations(page) == []


def test_a_workshop_is_not_made_for_another(page: Page, mistaken: Opened) -> None:
    page.goto(mistaken.address)
    page.goto(f"{mistaken.origin}/workshop?rayon=rayon-twee&netwerk=mbo")
    for label in ("Rayon", "Netwerk"):
        expect(page.get_by_label(label, exact=True)).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#plan table")).to_have_count(0)
    expect(page.get_by_text("Nu kan niet:")).to_be_visible()
    page.get_by_label("Rayon").select_option("lindezoom")
    page.get_by_label("Netwerk").select_option("oop")
    expect(page.locator("#plan table")).to_be_visible()
    assert violations(page) == []


def test_a_rayon_that_is_nowhere_makes_nothing(page: Page, opened: Opened) -> None:
    page.goto(opened.address)
    page.goto(f"{opened.origin}/maken?rayon=atlantis&product=invulposter")
    expect(page.get_by_role("alert")).to_contain_text("Het rayon ‘atlantis’ is er niet")
    expect(page.locator(".product")).to_have_count(0)
