"""Every layout, with the sample content, judged by others: a layout that is added is tested here at once."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from pydantic import BaseModel

from invulposter.codes import codes_in
from invulposter.drawing.type import Typecase
from invulposter.edition import Edition
from invulposter.findings import Severity
from invulposter.geometry import mm
from invulposter.library import Library
from invulposter.render import render
from invulposter.words import lost, words
from invulposter.workspace import Workspace
from tests.judges import poppler, qpdf, verapdf, zxing
from tests.products.conftest import WHOLE, Made


def test_everything_is_made_without_an_error_or_a_word_from_the_typesetter(products: Mapping[str, Made]) -> None:
    assert {path: made.artefact.error for path, made in products.items() if made.artefact.error} == {}
    said = {path: made.artefact.findings for path, made in products.items()}
    severe = {
        path: [str(finding) for finding in findings if finding.severity is not Severity.NOTE]
        for path, findings in said.items()
    }
    assert {path: findings for path, findings in severe.items() if findings} == {}


def test_every_page_is_exactly_its_trim_size(products: Mapping[str, Made]) -> None:
    for path, made in products.items():
        job = made.job
        with pikepdf.open(made.path) as pdf:
            for page in pdf.pages:
                left, bottom, right, top = (mm(float(value)) for value in page.mediabox)
                assert (left, bottom) == (0, 0), path
                size = sorted((right, top))
                expected = sorted((job.size.width, job.size.height))
                if job.edition is Edition.OFFICE and job.size != job.paper:
                    expected = sorted((job.paper.width, job.paper.height))
                assert size == pytest.approx(expected, abs=0.1), path


def test_every_font_is_embedded_and_ours(products: Mapping[str, Made], workspace: Workspace) -> None:
    families = tuple({path.stem.split("_")[0] for folder in workspace.fonts for path in folder.rglob("*.ttf")})
    for path, made in products.items():
        fonts = poppler.fonts(made.path)
        assert fonts, path
        for font in fonts:
            assert font.embedded, (path, font)
            assert font.name.replace("-", "").startswith(families), (path, font)


def test_every_file_is_sound(products: Mapping[str, Made]) -> None:
    complaints = {path: qpdf.check(made.path) for path, made in products.items()}
    assert {path: found for path, found in complaints.items() if found} == {}


def test_screen_products_are_accessible_and_those_without_fields_can_be_archived(screens: Mapping[str, Made]) -> None:
    complaints = {}
    for path, made in screens.items():
        pdf = made.path.read_bytes()
        complaints[path] = verapdf.violations(pdf, "ua1")
        if not made.job.fillable:
            complaints[path] += verapdf.violations(pdf, "2a")
    assert {path: [str(one) for one in found] for path, found in complaints.items() if found} == {}


def test_screen_products_have_a_dutch_language_a_title_and_bookmarks(screens: Mapping[str, Made]) -> None:
    for path, made in screens.items():
        with pikepdf.open(made.path) as pdf:
            assert str(pdf.Root.Lang).startswith("nl"), path
            assert str(pdf.docinfo["/Title"]) == made.job.title, path
            assert pdf.Root.ViewerPreferences.DisplayDocTitle, path
            with pdf.open_outline() as outline:
                assert outline.root, path


def test_office_products_print_at_their_own_size(products: Mapping[str, Made]) -> None:
    offices = [made for made in products.values() if made.job.edition is Edition.OFFICE]
    assert offices
    for made in offices:
        with pikepdf.open(made.path) as pdf:
            assert str(pdf.Root.ViewerPreferences.PrintScaling) == "/None", made.path
            assert "/AcroForm" not in pdf.Root
            assert not any("/Annots" in page for page in pdf.pages), made.path


def test_a_phone_reads_every_code_and_a_click_leads_where_it_does(
    products: Mapping[str, Made], workspace: Workspace, library: Library
) -> None:
    """Nothing lies over a code, on screen or on paper, and beside each stands a link to the same place."""
    typecase = Typecase(*workspace.fonts)
    for path, made in products.items():
        drawn = codes_in(render(made.job, library, typecase).drawings.values())
        found = sum(zxing.codes(made.path), Counter()) if drawn else Counter()
        assert set(found) == {code.text for code in drawn}, path
        if made.job.edition is Edition.SCREEN:
            assert set(found) <= linked(made.path), path


def linked(path: Path) -> set[str]:
    with pikepdf.open(path) as pdf:
        actions = [one.A for page in pdf.pages for one in page.obj.get("/Annots", ()) if "/A" in one]
        return {str(action.URI) for action in actions if "/URI" in action}


def texts(model: BaseModel) -> Iterator[tuple[str, str]]:
    """Every text in a model that has an id: the id, and all the words that stand below it."""
    for _, value in model:
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, BaseModel):
                yield from texts(one)
    own_id = getattr(model, "id", None)
    if own_id:
        yield own_id, " ".join(_strings(model))


def _strings(model: BaseModel) -> Iterator[str]:
    for name, value in model:
        if name in {"id", "kind", "url", "short", "guide", "file", "alt"}:
            continue
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, str):
                yield one
            elif isinstance(one, BaseModel):
                yield from _strings(one)


@cache
def text_of(path: Path) -> str:
    return " ".join(word for page in poppler.words(path) for word in page)


@pytest.mark.parametrize("edition", list(Edition)[:2])
def test_every_id_of_the_content_reaches_a_product(
    products: Mapping[str, Made], library: Library, edition: Edition
) -> None:
    made = [one for one in products.values() if one.job.rayon.id == WHOLE and one.job.edition is edition]
    content = [*library.phases, *library.poster.steps, library.brochure.intro, library.poster.owner]
    wanted = dict(pair for model in content for pair in texts(model))
    assert len(wanted) > 60
    missing = [own_id for own_id, text in wanted.items() if all(_lacks(one, text) for one in made)]
    assert missing == []


def _lacks(made: Made, text: str) -> Counter[str]:
    # In the finished sheets of the office a page may lie upside down: those of the screen read as written.
    return lost(words(text.replace("*", "")), text_of(made.path))


def test_every_network_reaches_its_cards_and_its_handout(products: Mapping[str, Made], library: Library) -> None:
    for network in library.networks.values():
        cards = text_of(products[f"{WHOLE}/tipkaarten-{network.id}-screen.pdf"].path)
        handout = text_of(products[f"{WHOLE}/handout-{network.id}-screen.pdf"].path)
        tips = {tip.id: tip.text for phase in library.phases for tip in phase.tips}
        for tip in network.tips:
            assert not lost(words(tips[tip.id]), cards), (network.id, tip.id)
            assert not lost(words(tip.example or ""), cards), (network.id, tip.id)
        for own in (network.name, network.audience, network.contact, *network.themes):
            assert not lost(words(own), handout), (network.id, own)
