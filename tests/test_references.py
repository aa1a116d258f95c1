from pathlib import Path

import pytest

from invulposter.errors import InvalidInputError
from invulposter.library import read_library
from invulposter.workspace import find_workspace
from tests.conftest import edit


def problems(folder: Path) -> list[str]:
    return [str(finding) for finding in read_library(find_workspace(folder)).problems]


def test_a_network_that_names_an_unknown_tip_is_left_out_and_named(own: Path) -> None:
    edit(own / "content/netwerken/mr.yaml", "id: werven-kanalen", "id: werven-kanaal")
    assert problems(own) == [
        "content/netwerken/mr.yaml:11:5: tip 'werven-kanaal' does not exist; did you mean 'werven-kanalen'?"
    ]
    assert "mr" not in read_library(find_workspace(own)).networks


def test_a_rayon_with_an_unknown_style_or_network_is_left_out_and_named(own: Path) -> None:
    edit(own / "content/rayons/zonnedal/rayon.yaml", "stijl: draad", "stijl: drad\nnetwerken: [mr, xyz]")
    style, network = problems(own)
    assert style.endswith("style 'drad' does not exist; did you mean 'draad'?")
    assert "network 'xyz' does not exist; expected one of ambassadeurs, hbo" in network
    assert "zonnedal" not in read_library(find_workspace(own)).rayons


def test_an_id_that_stands_twice_stops_everything(own: Path) -> None:
    edit(own / "content/fasen/werven.yaml", "id: werven-stem", "id: behouden-stem")
    with pytest.raises(
        InvalidInputError,
        match=r"behouden\.yaml:34:3: id 'behouden-stem' is used already at content/fasen/werven\.yaml:",
    ):
        read_library(find_workspace(own))


def test_a_network_needs_something_from_every_phase(own: Path) -> None:
    path = own / "content/netwerken/mr.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text("\n".join(line for line in text.splitlines() if not line.startswith("  - behouden")), "utf-8")
    assert problems(own) == [
        "content/netwerken/mr.yaml:26:1: vragen has nothing from phase 'behouden'; add at least one"
    ]


def test_all_mistakes_in_all_files_come_at_once(own: Path) -> None:
    edit(own / "content/fasen/werven.yaml", "naam:", "naaam:")
    edit(own / "content/brochure.yaml", "titel:", "tietel:")
    edit(own / "content/netwerken/mr.yaml", "sector:", "sektor:")
    (own / "content/handleiding.yaml").unlink()
    with pytest.raises(InvalidInputError) as caught:
        read_library(find_workspace(own))
    text = str(caught.value)
    assert "content/fasen/werven.yaml:3:1: 'naaam' is not a key here; did you mean 'naam'?" in text
    assert "content/brochure.yaml:2:1: 'tietel' is not a key here; did you mean 'titel'?" in text
    assert "content/netwerken/mr.yaml:5:1: 'sektor' is not a key here; did you mean 'sector'?" in text
    assert "content/handleiding.yaml:1:1: handleiding.yaml is missing" in text
