"""Attacks on a whole build: each is named or comes out as plain text, and the rest of the batch is made."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from invulposter.batch import make_all
from invulposter.build import make
from invulposter.edition import Edition
from invulposter.errors import InvalidInputError
from invulposter.library import Library, read_library
from invulposter.plan import Job, plan
from invulposter.report import Artefact
from invulposter.request import Request
from invulposter.shop import Shop
from invulposter.typesetter import use_fonts
from invulposter.workspace import Workspace, built_in, find_workspace
from tests.judges import poppler

from .builds import BUILDS
from .case import Case, Kind
from .watch import watching

GOOD, VICTIM, HOSTILE = "lindezoom", "duinrand", "aanval"
#: These explode: they are for worker processes with limits, and would take this one down.
BOMBS = {"endless loop", "flood of memory", "use bomb in a layout"}
LAYOUT = 'title = "Proef"\ndescription = "Proef"\nsize = "A6"\nfor_each = ["rayon"]\n'
PAGE = '<section class="page"><h1>{{ rayon.name }}</h1><p>{{ rayon.footer }}</p></section>'


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kanarie")
    for name in ("geheim.txt", "geheim.svg", "geheim.png"):
        (folder / name).write_text("geheim")
    return folder


def attacked(folder: Path, case: Case, canary: Path) -> Path:
    """A workspace in which one rayon uses the attacked style, and another is the attacker's own."""
    shutil.copytree(built_in() / "content", folder / "content")
    for style in ("proef", HOSTILE):
        layout = folder / "layouts" / style / "handout"
        layout.mkdir(parents=True)
        (layout / "layout.toml").write_text(LAYOUT)
        (layout / "page.html.j2").write_text(PAGE)
        (layout / "style.css").write_text(
            "html { font: 3mm 'Young Serif' } .page { box-sizing: border-box; padding: 10mm } h1 { font-size: 4mm }"
        )
    rayons = folder / "content" / "rayons"
    for path in rayons.glob("*/rayon.yaml"):
        style = HOSTILE if path.parent.name == VICTIM else "proef"
        path.write_text(path.read_text("utf-8").replace("stijl: draad", f"stijl: {style}"), "utf-8")
    if case.target.startswith("content/rayons/") and case.kind is Kind.FILE:
        shutil.copytree(rayons / VICTIM, folder / Path(case.target).parent)
    target = folder / case.target
    if target.is_symlink() or target.is_file():
        target.unlink()
    target.parent.mkdir(parents=True, exist_ok=True)
    if case.kind is Kind.LINK:
        if target.name == "logo.svg":
            (target.parent / "rayon.yaml").write_text(hostile_rayon(rayons), "utf-8")
        target.symlink_to(case.aimed_at(str(canary)).decode())
    else:
        target.write_bytes(case.aimed_at(str(canary)).replace(b"stijl: draad", b"stijl: proef"))
    return folder


def hostile_rayon(rayons: Path) -> str:
    return (rayons / GOOD / "rayon.yaml").read_text("utf-8").replace(f"id: {GOOD}", f"id: {HOSTILE}")


def jobs_of(library: Library) -> tuple[Job, ...]:
    rayons = tuple(name for name in (GOOD, VICTIM, HOSTILE) if name in library.rayons)
    return plan(library, Request(layouts=("handout",), rayons=rayons, networks=("mr",), editions=(Edition.SCREEN,)))


def shop_for(folder: Path, library: Library, workspace: Workspace) -> Shop:
    return Shop(library=library, fonts=workspace.fonts, out=folder / "out")


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case.name.replace(" ", "-")) for case in BUILDS if case.name not in BOMBS]
)
def test_an_attack_costs_at_most_its_own_files(case: Case, tmp_path: Path, canary: Path) -> None:
    folder = attacked(tmp_path / "kantoor", case, canary)
    with watching(canary) as watch:
        workspace = find_workspace(folder)
        library = read_library(workspace)
        use_fonts(workspace.fonts)
        shop = shop_for(folder, library, workspace)
        made = {artefact.rayon: artefact for artefact in (make(job, shop) for job in jobs_of(library))}
    assert watch.opened == []
    assert watch.connections == []
    assert made[GOOD].error == ""
    said = "\n".join([*map(str, library.problems), *(artefact.error for artefact in made.values())])
    if case.expect:
        assert case.expect in said
    else:
        assert_literal(made, case, shop.out)
    outside = {path for path in tmp_path.rglob("*.pdf") if not path.is_relative_to(shop.out)}
    assert outside == set()


def assert_literal(made: Mapping[str, Artefact], case: Case, out: Path) -> None:
    """What was typed stands on the page, or the attack had nowhere to show."""
    hostile = made.get(HOSTILE)
    if hostile is None:
        assert case.target.startswith("layouts/")
        assert made[VICTIM].error
        return
    assert hostile.error == ""
    text = " ".join(word for page in poppler.words(out / hostile.path) for word in page)
    for piece in ("{{", "<img", "</style>"):
        if isinstance(case.payload, str) and piece in case.payload:
            assert piece in text


@pytest.mark.long
@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case.name.replace(" ", "-")) for case in BUILDS if case.name in BOMBS]
)
def test_a_bomb_costs_its_own_job(case: Case, tmp_path: Path, canary: Path) -> None:
    folder = attacked(tmp_path / "kantoor", case, canary)
    workspace = find_workspace(folder)
    library = read_library(workspace)
    shop = replace(shop_for(folder, library, workspace), job_seconds=8)
    made = {artefact.rayon: artefact for artefact in make_all(jobs_of(library), shop, workers=2)}
    assert made[GOOD].error == ""
    assert made[VICTIM].error
    assert (shop.out / made[GOOD].path).is_file()
    assert not (shop.out / made[VICTIM].path).exists()


def test_the_whole_corpus_at_once_leaves_the_good_rayons(tmp_path: Path, canary: Path) -> None:
    folder = tmp_path / "kantoor"
    shutil.copytree(built_in() / "content", folder / "content")
    rayons = folder / "content" / "rayons"
    for number, case in enumerate(BUILDS):
        if case.target.startswith("content/rayons/aanval/rayon.yaml") and case.kind is Kind.FILE:
            shutil.copytree(rayons / VICTIM, rayons / f"aanval{number}")
            (rayons / f"aanval{number}" / "rayon.yaml").write_bytes(case.aimed_at(str(canary)))
    (folder / "content" / "netwerken" / "bom.yaml").write_text("a: &a [x]\nb: *a\n")
    with watching(canary) as watch:
        library = read_library(find_workspace(folder))
    assert watch.opened == []
    assert {"lindezoom", "zonnedal", "duinrand"} <= set(library.rayons)
    assert len(library.networks) == 12
    assert len(library.problems) >= 5


def test_wrong_shared_content_stops_everything_before_anything_is_made(tmp_path: Path) -> None:
    shutil.copytree(built_in() / "content", tmp_path / "content")
    (tmp_path / "content" / "fasen" / "werven.yaml").write_text("{")
    with pytest.raises(InvalidInputError, match=r"content/fasen/werven\.yaml:"):
        read_library(find_workspace(tmp_path))
