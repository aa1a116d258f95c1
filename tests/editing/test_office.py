"""An office without content of its own gets a copy of the samples; a logo is put beside its rayon."""

import io
from pathlib import Path

import pytest
from PIL import Image

from invulposter.editing.files import ContentFile
from invulposter.editing.logos import taken_in, use_logo
from invulposter.editing.office import is_samples, office_workspace, own_copy, own_folder
from invulposter.editing.saving import undo, undoable
from invulposter.intake import IntakeError
from invulposter.library import read_library
from invulposter.workspace import Workspace, built_in

DUINRAND = ContentFile("rayon", "duinrand")


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "Documenten"
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(folder))
    return folder


def test_the_first_copy_is_found_from_then_on(documents: Path, tmp_path: Path) -> None:
    start = tmp_path / "ergens"
    start.mkdir()
    assert office_workspace(start).root == built_in()
    assert is_samples(office_workspace(start), start)
    made = own_copy()
    assert made.root == own_folder() == documents / "invulposter"
    assert office_workspace(start).root == made.root
    assert len(read_library(made).rayons) == len(read_library(office_workspace(built_in())).rayons)
    (made.content / "brochure.yaml").write_text("x: y\n")
    assert own_copy().root == made.root
    assert (made.content / "brochure.yaml").read_text() == "x: y\n"


def test_a_folder_of_ones_own_goes_first(documents: Path, office: Workspace) -> None:
    own_copy()
    assert office_workspace(office.root / "content").root == office.root
    assert office_workspace(built_in()).root == built_in()


def test_a_logo_is_cleaned_named_and_can_be_undone(office: Workspace) -> None:
    before = {path.name: path.read_bytes() for path in (office.content / "rayons/duinrand").iterdir()}
    file = io.BytesIO()
    Image.new("RGB", (300, 200), "#2B2F86").save(file, "PNG")
    logo = taken_in(file.getvalue())
    use_logo(office, DUINRAND, logo)
    after = {path.name: path.read_bytes() for path in (office.content / "rayons/duinrand").iterdir()}
    assert set(after) == {"rayon.yaml", "logo.png"}
    assert after["rayon.yaml"] == before["rayon.yaml"].replace(b"logo: logo.svg", b"logo: logo.png")
    assert read_library(office).rayons["duinrand"].logo == "logo.png"
    change = undoable(office, DUINRAND.path.as_posix())
    assert change
    undo(office, change.number)
    assert {path.name: path.read_bytes() for path in (office.content / "rayons/duinrand").iterdir()} == before


def test_what_intake_did_is_told_and_what_it_refuses_too() -> None:
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><!-- x --><rect width="9" height="9"/>%s</svg>'
    )
    logo = taken_in(drawing % b"<metadata>y</metadata>")
    assert logo.name == "logo.svg"
    assert logo.notes
    with pytest.raises(IntakeError, match="een script"):
        taken_in(drawing % b"<script>x</script>")


@pytest.mark.parametrize(("size", "coarse"), [((64, 24), True), ((240, 90), False), ((90, 240), False)])
def test_a_logo_with_too_few_pixels_for_a_poster_is_told(size: tuple[int, int], coarse: bool) -> None:
    file = io.BytesIO()
    Image.new("RGB", size, "#1F4A43").save(file, "PNG")
    advice = taken_in(file.getvalue()).advice
    assert bool(advice) == coarse
    assert not coarse or "64 bij 24 beeldpunten" in advice
