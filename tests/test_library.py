"""Reading a workspace: what it gives, and files that are not what they seem."""

import os
from pathlib import Path

from invulposter.findings import errors
from invulposter.library import Library, read_library
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
