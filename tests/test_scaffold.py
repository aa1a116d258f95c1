"""What `invulposter new` writes works at once, and nothing that exists is overwritten."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import invulposter
from invulposter.errors import InvulposterError, RequestError, WorkspaceError
from invulposter.findings import errors
from invulposter.library import Library, read_library
from invulposter.scaffold import FIRST_LAYOUT, init_workspace, new_layout, new_network, new_rayon, new_style
from invulposter.workspace import built_in, find_workspace


def read(folder: Path) -> Library:
    return read_library(find_workspace(folder))


def test_what_is_new_is_valid_and_found(own: Path) -> None:
    workspace, library = find_workspace(own), read(own)
    style = library.styles[0]
    new_style(workspace, library, "krijt")
    new_layout(workspace, library, style, "kalender")
    new_network(workspace, library, "zeven-eiken")
    new_rayon(workspace, library, "zuiderkade")
    after = read(own)
    assert errors(after.problems) == errors(library.problems)
    assert {("krijt", FIRST_LAYOUT), (style, "kalender")} <= set(after.layouts)
    assert after.networks["zeven-eiken"].name == "Zeven eiken"
    assert {library.phases.index(phase) for phase in library.phases for tip in phase.tips if tip.id in {
        chosen.id for chosen in after.networks["zeven-eiken"].tips
    }} == set(range(len(library.phases)))  # fmt: skip
    assert after.rayons["zuiderkade"].style in library.styles


def test_a_layout_in_a_built_in_style_has_what_that_style_shares(own: Path) -> None:
    workspace, library = find_workspace(own), read(own)
    style = library.styles[0]
    written = new_layout(workspace, library, style, "kalender")
    shared = built_in() / "layouts" / style / "_shared"
    for path in shared.iterdir():
        if path.is_file():
            assert (own / "layouts" / style / "_shared" / path.name).read_bytes() == path.read_bytes()
    # A second one leaves it as it was edited.
    base = own / "layouts" / style / "_shared" / "base.css"
    base.write_text("/* eigen */")
    assert len(new_layout(find_workspace(own), read(own), style, "wijzer")) < len(written)
    assert base.read_text() == "/* eigen */"


def test_every_text_is_filled_in_and_begins_with_a_comment(own: Path) -> None:
    workspace, library = find_workspace(own), read(own)
    written = [
        *new_style(workspace, library, "krijt"),
        *new_network(workspace, library, "zeven-eiken"),
        *new_rayon(workspace, library, "zuiderkade"),
    ]
    for path in written:
        text = (own / path).read_text(encoding="utf-8")
        assert "«" not in text, path
        if path.suffix != ".svg":
            assert text.startswith(("# ", "/* ", "{#- ")), path


@pytest.mark.parametrize("name", ["Krijt", "krijt_1", "../krijt", "krijt/..", "", "-", "a" * 61, "café", "con fetti"])
def test_a_name_that_is_no_id_is_refused(own: Path, name: str) -> None:
    workspace, library = find_workspace(own), read(own)
    before = sorted(own.rglob("*"))
    for make in (new_style, new_network, new_rayon):
        with pytest.raises(RequestError, match="can't be the name"):
            make(workspace, library, name)
    with pytest.raises(RequestError, match="can't be the name"):
        new_layout(workspace, library, library.styles[0], name)
    assert sorted(own.rglob("*")) == before


def test_nothing_that_exists_is_overwritten(own: Path) -> None:
    workspace, library = find_workspace(own), read(own)
    (style, layout), network, rayon = (
        next(iter(library.layouts)),
        next(iter(library.networks)),
        next(iter(library.rayons)),
    )
    # A file that is too broken to be read is somebody's work too.
    (own / "content/netwerken/stuk.yaml").write_text("id: [")
    before = {path: path.read_bytes() for path in own.rglob("*") if path.is_file()}
    for attempt in (
        lambda: new_style(workspace, library, style),
        lambda: new_layout(workspace, library, style, layout),
        lambda: new_network(workspace, library, network),
        lambda: new_network(workspace, library, "stuk"),
        lambda: new_rayon(workspace, library, rayon),
    ):
        with pytest.raises(InvulposterError, match="exists already; nothing was changed"):
            attempt()
    assert {path: path.read_bytes() for path in own.rglob("*") if path.is_file()} == before


def test_a_layout_needs_a_style_that_exists(own: Path) -> None:
    workspace, library = find_workspace(own), read(own)
    with pytest.raises(RequestError, match="style 'nergens' does not exist"):
        new_layout(workspace, library, "nergens", "kalender")


def test_the_samples_inside_the_program_are_left_alone(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "invulposter"
    shutil.copytree(Path(invulposter.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("content", "layouts", "fonts"):
        shutil.copytree(built_in() / name, package / "data" / name)
    before = sorted(package.rglob("*.yaml"))
    run = subprocess.run(
        [sys.executable, "-m", "invulposter", "new", "network", "zeven-eiken"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(package.parent), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == WorkspaceError.exit_status
    assert "invulposter init" in run.stderr
    assert sorted(package.rglob("*.yaml")) == before


@pytest.mark.parametrize(("rayon", "name"), [("ijsselmond", "Rayon IJsselmond"), ("duinrand", "Rayon Duinrand")])
def test_a_workspace_may_begin_with_one_rayon(tmp_path: Path, rayon: str, name: str) -> None:
    init_workspace(tmp_path / "kantoor", rayon)
    rayons = read(tmp_path / "kantoor").rayons
    assert {key: one.name for key, one in rayons.items()} == {rayon: name}


def test_a_rayon_that_can_not_be_one_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="can't be the name of a rayon"):
        init_workspace(tmp_path / "kantoor", "IJsselmond")
    assert not (tmp_path / "kantoor").exists()
