"""What is right in content by itself, and yet hardly meant."""

from pathlib import Path, PurePath

import invulposter
from invulposter.cautions import TO_REPLACE, alike, left_to_write, misnamed
from invulposter.findings import Severity
from invulposter.library import read_library
from invulposter.scaffold import new_network, new_rayon
from invulposter.workspace import find_workspace
from invulposter.yamlsource import Source, parse
from tests.conftest import edit


def source(text: str, path: str = "x.yaml") -> Source:
    parsed = parse(text, path)
    assert isinstance(parsed, Source)
    return parsed


def test_a_text_from_the_start_is_told_at_its_line() -> None:
    (finding,) = left_to_write([source("naam: Rayon\nadres:\n  - Voorbeeldstraat 1\n  - 1012 AB Echt\n")])
    assert str(finding) == "x.yaml:3: 'Voorbeeldstraat 1' still stands here from the start: it will be printed"
    assert finding.severity is Severity.WARNING


def test_all_that_is_to_be_replaced_stands_in_what_new_writes() -> None:
    folder = Path(invulposter.__file__).parent
    written = "".join(
        path.read_text("utf-8") for path in (*folder.glob("templates/new/**/*.yaml"), folder / "scaffold.py")
    )
    assert [text for text in TO_REPLACE if text not in written] == []


def test_the_second_of_a_kind_names_the_first() -> None:
    files = {key: source(f"id: {key}\nnaam: Mbo\n", f"{key}.yaml") for key in ("een", "twee")}
    (finding,) = alike(files, ("naam",))
    assert str(finding) == "twee.yaml:2:1: naam 'Mbo' is also that of een.yaml"


def test_only_what_was_meant_as_content_is_called_misnamed() -> None:
    names = ("a.yaml", "b.yml", "c.yaml.txt", "d.YAML", "logo.svg", "LEESMIJ.md")
    assert [finding.place.path for finding in misnamed(map(PurePath, names))] == ["b.yml", "c.yaml.txt", "d.YAML"]


def test_the_samples_need_no_caution_and_a_workspace_is_told_all(own: Path) -> None:
    workspace = find_workspace(own)
    library = read_library(workspace)
    assert [one for one in library.problems if one.severity is Severity.WARNING] == []
    new_network(workspace, library, "bibliotheek")
    new_rayon(workspace, library, "kade")
    edit(own / "content/fasen/werven.yaml", "volgorde: 1", "volgorde: 2")
    edit(own / "content/netwerken/mbo.yaml", "naam: Mbo-docenten", "naam: Hbo-docenten")
    (own / "content/netwerken/vo.yaml").rename(own / "content/netwerken/vo.yml")
    found = [one.code for one in read_library(workspace).problems if one.severity is Severity.WARNING]
    assert sorted(found) == ["alike", "alike", "misnamed", *["placeholder"] * 4]
