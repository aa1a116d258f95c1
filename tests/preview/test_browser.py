"""The preview as a designer uses it: in a browser, with an editor beside it."""

import io
from http.client import HTTPConnection

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from invulposter.drawing.oklab import luminance
from invulposter.library import read_library
from invulposter.workspace import find_workspace
from tests.conftest import edit
from tests.preview.conftest import Served

#: Far more than it takes, for a machine that is busy with other tests.
PATIENCE = 20_000
SHOWN = "#pages .page img:only-of-type"


def look(page: Page, served: Served, query: str = "?layout=krijt/voorbeeld") -> None:
    page.goto(served.address + query)
    expect(page.locator("#status")).to_contain_text("blz. in", timeout=PATIENCE)
    shown(page)


def shown(page: Page) -> None:
    """Wait until the first page's picture has been drawn."""
    expect(page.locator(SHOWN).first).to_be_visible(timeout=PATIENCE)
    expect(page.locator(SHOWN).first).to_have_js_property("complete", True, timeout=PATIENCE)


def key(page: Page) -> str:
    return page.locator("#pages").get_attribute("data-key") or ""


def changed(page: Page, before: str) -> None:
    expect(page.locator("#pages")).not_to_have_attribute("data-key", before, timeout=PATIENCE)
    shown(page)


def colour(page: Page) -> tuple[int, ...]:
    """The colour in the top left corner of the first page."""
    picture = Image.open(io.BytesIO(page.locator("#pages .page").first.screenshot())).convert("RGB")
    found = picture.getpixel((30, 30))
    assert isinstance(found, tuple)
    return found


def test_a_saved_change_is_seen_without_a_touch(page: Page, served: Served) -> None:
    look(page, served)
    rayon = page.locator("#rayon").input_value()
    file = served.folder / f"content/rayons/{rayon}/rayon.yaml"
    text = file.read_text(encoding="utf-8")
    before, ground = key(page), colour(page)
    edit(file, "primair: ", "primair: '#AA2200' # ")
    changed(page, before)
    assert colour(page) != ground
    assert colour(page) == pytest.approx((0xAA, 0x22, 0), abs=6)
    before = key(page)
    file.write_text(text, encoding="utf-8")
    changed(page, before)
    assert colour(page) == ground


def test_style_sheets_and_templates_are_seen_too(page: Page, served: Served) -> None:
    look(page, served)
    for name, old, new in (("style.css", "15mm", "11mm"), ("page.html.j2", "seed=4", "seed=5")):
        before = key(page)
        edit(served.layout / name, old, new)
        changed(page, before)
        edit(served.layout / name, new, old)
        expect(page.locator("#pages")).to_have_attribute("data-key", before, timeout=PATIENCE)


def test_a_broken_template_shows_file_and_line_until_it_is_mended(page: Page, served: Served) -> None:
    look(page, served)
    file = served.layout / "page.html.j2"
    text = file.read_text(encoding="utf-8")
    line = text[: text.index("{% call drawing() %}")].count("\n") + 1
    for broken, message in (
        (text.replace("{% call drawing() %}", "{% call drawing( %}"), f"krijt/voorbeeld/page.html.j2:{line}: "),
        (text.replace("{{ poster.title }}", "{{ poster.titel }}"), "krijt/voorbeeld/page.html.j2:"),
    ):
        file.write_text(broken, encoding="utf-8")
        expect(page.locator("#problem")).to_be_visible(timeout=PATIENCE)
        expect(page.locator("#errors")).to_contain_text(message)
        expect(page.locator("#pages")).to_be_hidden()
        file.write_text(text, encoding="utf-8")
        expect(page.locator("#problem")).to_be_hidden(timeout=PATIENCE)
        expect(page.locator("#pages")).to_be_visible()


def test_a_mistake_in_content_is_named_with_path_line_and_column(page: Page, served: Served) -> None:
    look(page, served)
    rayon = page.locator("#rayon").input_value()
    for file in (served.folder / f"content/rayons/{rayon}/rayon.yaml", served.folder / "content/brochure.yaml"):
        text = file.read_text(encoding="utf-8")
        line = text.count("\n") + 1
        file.write_text(text + "kleurtje: rood\n", encoding="utf-8")
        expect(page.locator("#problem")).to_be_visible(timeout=PATIENCE)
        expect(page.locator("#errors")).to_contain_text(f"{file.relative_to(served.folder)}:{line}:1: ")
        file.write_text(text, encoding="utf-8")
        expect(page.locator("#problem")).to_be_hidden(timeout=PATIENCE)


def test_findings_stand_beside_the_pages(page: Page, served: Served) -> None:
    look(page, served)
    expect(page.locator("#findings")).to_contain_text("Niets op te merken.")
    edit(served.layout / "style.css", ".lead { font-size: 6mm", ".lead { font-size: 2mm")
    expect(page.locator("#findings li.warning")).to_contain_text("punt groot", timeout=PATIENCE)
    edit(served.layout / "style.css", ".lead { font-size: 2mm", ".lead { font-size: 6mm")
    expect(page.locator("#findings")).to_contain_text("Niets op te merken.", timeout=PATIENCE)


def test_the_difficult_rayons_are_those_that_measure_so(page: Page, served: Served) -> None:
    look(page, served)
    rayons = read_library(find_workspace(served.folder)).rayons.values()
    ordered = sorted(rayons, key=lambda rayon: luminance(rayon.colours.primary))
    for button, rayon in (("Lichtste rayon", ordered[-1]), ("Donkerste rayon", ordered[0])):
        before = key(page)
        page.get_by_role("button", name=button).click()
        changed(page, before)
        assert page.locator("#rayon").input_value() == rayon.id
        assert f"rayon={rayon.id}" in page.url


def test_networks_are_offered_where_a_layout_has_them(page: Page, served: Served) -> None:
    look(page, served)
    expect(page.get_by_role("button", name="Langste netwerk")).to_be_disabled()
    library = read_library(find_workspace(served.folder))
    style, name = next(key for key, layout in library.layouts.items() if layout.subject_kind == "network")
    page.locator("#layout").select_option(f"{style}/{name}")
    expect(page.locator("#subject")).to_be_visible(timeout=PATIENCE)
    longest = max(library.networks.values(), key=lambda network: len(network.model_dump_json()))
    page.get_by_role("button", name="Langste netwerk").click()
    expect(page.locator("#subject")).to_have_value(longest.id, timeout=PATIENCE)
    shown(page)


def test_guides_show_the_bleed_and_gray_takes_the_colour_away(page: Page, served: Served) -> None:
    look(page, served)
    leaf = page.locator("#pages .page").first
    guides = page.get_by_role("button", name="Hulplijnen")
    guides.click()
    expect(guides).to_have_attribute("aria-pressed", "true")
    boxes = {name: leaf.locator(f"i.{name}").bounding_box() for name in ("bleed", "trim", "safe")}
    widths = {name: box["width"] if box else 0 for name, box in boxes.items()}
    facts = read_library(find_workspace(served.folder)).layouts["krijt", "voorbeeld"].facts
    scale = widths["trim"] / 210
    assert widths["bleed"] == pytest.approx((210 + 6) * scale, abs=1)
    assert widths["safe"] == pytest.approx((210 - 2 * facts.safe) * scale, abs=1)
    guides.click()
    page.get_by_role("button", name="Grijs").click()
    red, green, blue = colour(page)
    assert max(red, green, blue) - min(red, green, blue) <= 2


def test_ink_is_saved_where_a_layout_can(page: Page, served: Served) -> None:
    look(page, served)
    button = page.get_by_role("button", name="Zuinig")
    expect(button).to_be_disabled()
    library = read_library(find_workspace(served.folder))
    cards = next(layout for layout in library.layouts.values() if layout.facts.thrifty and layout.facts.duplex)
    page.locator("#layout").select_option(f"{cards.style}/{cards.name}")
    expect(button).to_be_enabled(timeout=PATIENCE)
    shown(page)
    before = key(page)
    button.click()
    changed(page, before)
    expect(button).to_have_attribute("aria-pressed", "true")
    assert "thrifty=true" in page.url


def test_on_screen_there_are_fields_and_no_bleed(page: Page, served: Served) -> None:
    look(page, served)
    before = key(page)
    page.locator("#on-screen").select_option("true")
    changed(page, before)
    assert page.locator("#pages").evaluate("pages => pages.style.getPropertyValue('--bleed')") == "0"


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/", "localhost", 200),
        ("/", "kwaad.example", 400),
        ("/events", "kwaad.example:80", 400),
        ("/..%2f..%2fproof.py", "127.0.0.1", 404),
        ("/letters/..%2fREADME.md", "127.0.0.1", 404),
        ("/pages/0/1-1600.jpg", "127.0.0.1", 404),
        ("/pages/0/1-99999999.jpg", "127.0.0.1", 404),
    ],
)
def test_only_this_machine_is_answered_and_only_with_its_own_files(
    served: Served, path: str, host: str, status: int
) -> None:
    connection = HTTPConnection(served.address.split("/")[2])
    connection.request("GET", path, headers={"Host": host})
    answer = connection.getresponse()
    assert answer.status == status
    if status == 200:
        assert "default-src 'none'; script-src 'self'" in (answer.getheader("Content-Security-Policy") or "")
    connection.close()
