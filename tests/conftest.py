"""What many tests need: the sample library, and a copy of the samples to break."""

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from invulposter.edition import Edition
from invulposter.library import Library, read_library
from invulposter.plan import Job, plan
from invulposter.render import forget_files
from invulposter.request import Request
from invulposter.workspace import Workspace, built_in, find_workspace

# A machine with much to do is no fault of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def workspace() -> Workspace:
    return find_workspace(built_in())


@pytest.fixture(scope="session")
def library(workspace: Workspace) -> Library:
    return read_library(workspace)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A workspace of one's own: a copy of the sample content, to edit and to break."""
    folder = tmp_path / "kantoor"
    shutil.copytree(built_in() / "content", folder / "content")
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Replace `old`, which must stand in the file, by `new`."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


FACTS = 'title = "Kaart"\ndescription = "Voor aan de wand."\nfor_each = ["rayon"]\nsize = "A6"\nfillable = true\n'


def designed(folder: Path, page: str, css: str = "", base: str = "") -> tuple[Library, Job]:
    """A layout `krijt/kaart` as a designer may write it, in a workspace of its own, and the job of its first rayon."""
    if not (folder / "content").exists():
        shutil.copytree(built_in() / "content", folder / "content")
    texts = {"kaart/layout.toml": FACTS, "kaart/page.html.j2": page, "kaart/style.css": css, "_shared/base.css": base}
    for name, text in texts.items():
        path = folder / "layouts/krijt" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    library = read_library(find_workspace(folder))
    request = Request(layouts=("kaart",), rayons=("lindezoom",), editions=(Edition.SCREEN,), style="krijt")
    forget_files()
    return library, plan(library, request)[0]
