"""Reading a workspace: what it gives, and files that are not what they seem."""

import os
from pathlib import Path

import pytest

from invulposter.findings import errors
from invulposter.library import Library, read_library
from invulposter.scaffold import new_style
from invulposter.workspace import find_workspace
from tests.conftest import edit


def read(folder: Path) -> Library:
    return read_library(find_workspace(folder))


def test_networks_come_by_name_or_as_the_rayon_names_them(own: Path) -> None:
    edit(own / "content/rayons/duinrand/rayon.yaml", "stijl:", "netwerken: [vo, ambassadeurs, po]\nstijl:")
    library = read(own)
    chosen = [one.id for one in library.networks_of(library.rayons["duinrand"])]
    assert chosen == ["vo", "ambassadeurs", "po"]
    names = [one.name for one in library.networks_of(library.rayons["lindezoom"])]
    assert len(names) == len(library.networks)
    assert names == sorted(names, key=str.casefold)
    assert names[0] == "60-plus"


def test_a_logo_that_is_no_file_costs_its_own_rayon(own: Path) -> None:
    pipe, circle = (own / "content/rayons" / name / "logo.svg" for name in ("duinrand", "lindezoom"))
    for path in (pipe, circle):
        path.unlink()
    os.mkfifo(pipe)
    circle.symlink_to(circle.name)
    library = read(own)
    assert {"duinrand", "lindezoom"} & library.rayons.keys() == set()
    found = {finding.place.path: finding.message for finding in errors(library.problems)}
    assert found["content/rayons/duinrand/rayon.yaml"] == "logo.svg is not a file"
    assert found["content/rayons/lindezoom/rayon.yaml"] == "logo.svg is a link that leads to itself"


def test_a_byte_order_mark_is_no_part_of_a_text(own: Path) -> None:
    path = own / "content/rayons/duinrand/rayon.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert errors(read(own).problems) == ()


@pytest.fixture
def layout(own: Path) -> Path:
    """The folder of a layout of one's own."""
    workspace = find_workspace(own)
    new_style(workspace, read_library(workspace), "krijt")
    return own / "layouts/krijt/voorbeeld"


@pytest.mark.parametrize("name", ["layout.toml", "page.html.j2"])
def test_a_layout_without_one_of_its_files_is_left_out_and_told(own: Path, layout: Path, name: str) -> None:
    (layout / name).unlink()
    library = read_library(find_workspace(own))
    assert ("krijt", "voorbeeld") not in library.layouts
    assert f"layouts/krijt/voorbeeld/{name}:1:1: {name} is missing" in map(str, library.problems)


def test_a_style_may_have_one_page_template_for_all_its_layouts(own: Path, layout: Path) -> None:
    (layout / "page.html.j2").rename(layout.parent / "page.html.j2")
    assert ("krijt", "voorbeeld") in read_library(find_workspace(own)).layouts


def test_what_a_style_shares_is_no_layout(own: Path, layout: Path) -> None:
    (layout.parent / "_shared/page.html.j2").write_text("<p></p>")
    library = read_library(find_workspace(own))
    assert [name for style, name in library.layouts if style == "krijt"] == ["voorbeeld"]
    assert not [problem for problem in library.problems if "_shared" in str(problem)]
