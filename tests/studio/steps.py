"""What people do at Maken and Oogst, step by step."""

import io
import json
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from invulposter.finish.fill import FormTemplate
from tests.studio.conftest import Opened

#: Far more than it takes, for a machine that is busy with other tests.
PATIENCE = 60_000


def tick(page: Page, name: str) -> None:
    page.get_by_role("checkbox", name=name, exact=True).check()


def choose(page: Page, label: str, value: str) -> None:
    page.get_by_label(label, exact=True).select_option(label=value)


def ready(page: Page, text: str) -> None:
    expect(page.locator("#status")).to_contain_text(text, timeout=PATIENCE)


def saved(page: Page, button: Locator) -> tuple[str, bytes]:
    """What a button downloads: its name and the file."""
    with page.expect_download() as download:
        button.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def measures(pdf: bytes) -> tuple[float, float]:
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    return round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)


def form(page: Page, opened: Opened, query: str) -> FormTemplate:
    """A form as Maken makes it for the screen."""
    page.goto(opened.address)
    events = page.request.get(f"{opened.origin}/maken/stroom?rayon=lindezoom&uitgave=screen&{query}").text()
    (file,) = json.loads(events.rpartition("event: end\ndata: ")[2])
    return FormTemplate(page.request.get(f"{opened.origin}/bestand/{file}").body())


def written(folder: Path, files: dict[str, bytes]) -> list[Path]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


def texts(template: FormTemplate) -> list[str]:
    """The names of the fields to write in."""
    fields = PdfReader(io.BytesIO(template.fill({}))).get_fields() or {}
    return [name for name, field in fields.items() if field.get("/FT") == "/Tx"]


def read(page: Page, opened: Opened, files: list[Path]) -> None:
    page.goto(opened.address)
    page.get_by_role("link", name="Oogst").click()
    page.locator("#forms").set_input_files(files)
    page.get_by_role("button", name="Lees de formulieren").click()
    expect(page.get_by_role("heading", name="De oogst")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("[data-follow]")).to_have_count(0, timeout=PATIENCE)
