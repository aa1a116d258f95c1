"""Every attack is stopped at its own gate, by name, with no file read and no connection made."""

from pathlib import Path

import pytest
from PIL import Image
from weasyprint import HTML
from weasyprint.urls import URLFetchingError

from invulposter.fetcher import BASE_URL, WorkspaceFetcher
from invulposter.findings import Finding
from invulposter.intake import IntakeError
from invulposter.intake.raster import clean_raster
from invulposter.intake.svg import clean_svg
from invulposter.rayon import Rayon
from invulposter.yamlsource import parse, validate

from .case import Case, Stage
from .cases import CASES
from .drawings import SHAPE, drawing
from .watch import watching


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with files that nothing may open."""
    folder = tmp_path_factory.mktemp("kanarie")
    (folder / "geheim.svg").write_text(drawing(SHAPE))
    (folder / "geheim.txt").write_text("geheim")
    (folder / "geheim.css").write_text("p { color: red }")
    (folder / "geheim.ttf").write_bytes(b"geheim")
    Image.new("RGB", (8, 8)).save(folder / "geheim.png")
    return folder


def at(stage: Stage) -> list[object]:
    return [pytest.param(case, id=case.name.replace(" ", "-")) for case in CASES if case.stage is stage]


def content_findings(data: bytes) -> tuple[Finding, ...]:
    source = parse(data.decode(), "rayon.yaml")
    if isinstance(source, Finding):
        return (source,)
    rayon = validate(source, Rayon)
    return rayon if isinstance(rayon, tuple) else ()


def test_corpus_is_large_and_every_name_is_its_own() -> None:
    assert len(CASES) >= 40
    assert len({(case.stage, case.name) for case in CASES}) == len(CASES)
    assert all(case.expect or case.note for case in CASES)


def test_watch_sees_what_an_unguarded_page_does(canary: Path) -> None:
    page = f'<img alt="" src="file://{canary}/geheim.png"><img alt="" src="http://127.0.0.1:9/spy">'
    with watching(canary) as watch:
        HTML(string=page).render()
    assert watch.opened == [f"{canary}/geheim.png"]
    assert watch.connections


@pytest.mark.parametrize("case", at(Stage.DRAWING))
def test_drawing_is_refused_by_name(case: Case, canary: Path) -> None:
    with watching(canary) as watch, pytest.raises(IntakeError) as refusal:
        clean_svg(case.aimed_at(str(canary)))
    assert case.expect in refusal.value.message
    assert refusal.value.advice
    assert (watch.opened, watch.connections) == ([], [])


@pytest.mark.parametrize("case", at(Stage.PICTURE))
def test_picture_is_refused_by_name(case: Case, canary: Path) -> None:
    with watching(canary) as watch, pytest.raises(IntakeError) as refusal:
        clean_raster(case.aimed_at(str(canary)))
    assert case.expect in refusal.value.message
    assert refusal.value.advice
    assert (watch.opened, watch.connections) == ([], [])


@pytest.mark.parametrize("case", at(Stage.CONTENT))
def test_content_is_refused_by_name(case: Case, canary: Path) -> None:
    with watching(canary) as watch:
        findings = content_findings(case.aimed_at(str(canary)))
    assert case.expect in "\n".join(map(str, findings))
    assert (watch.opened, watch.connections) == ([], [])


@pytest.mark.parametrize("case", at(Stage.PAGE))
def test_page_is_typeset_without_what_it_asks_for(case: Case, canary: Path) -> None:
    page = case.aimed_at(str(canary)).decode()
    fetcher = WorkspaceFetcher({})
    with watching(canary) as watch:
        document = HTML(string=page, base_url=BASE_URL, url_fetcher=fetcher)
        if case.name == "remote colour profile":
            # The one address that WeasyPrint does not go on without: the job fails, and says why.
            with pytest.raises(URLFetchingError, match=case.expect):
                document.write_pdf()
        else:
            assert document.write_pdf().startswith(b"%PDF")
    assert case.expect in "\n".join(f"{refusal.url} {refusal.reason}" for refusal in fetcher.refusals)
    assert (watch.opened, watch.connections) == ([], [])
