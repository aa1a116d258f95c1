"""Editions that show the same page are rendered once, and others are not."""

import shutil
from pathlib import Path

import pytest

from invulposter.drawing.type import Typecase
from invulposter.library import Library, read_library
from invulposter.pages import Pages
from invulposter.plan import Job, plan
from invulposter.render import render
from invulposter.request import Request
from invulposter.workspace import Workspace, built_in, find_workspace


def editions(library: Library, layout: str, rayon: str = "lindezoom") -> list[Job]:
    return list(plan(library, Request(layouts=(layout,), rayons=(rayon,), networks=("mr",))))


@pytest.mark.parametrize("rayon", ["lindezoom", "heuvelrand"])
@pytest.mark.parametrize("layout", ["brochure", "faseposter", "handleiding", "handout", "tipkaarten"])
def test_screen_and_office_show_the_same_page(workspace: Workspace, library: Library, layout: str, rayon: str) -> None:
    typecase = Typecase(*workspace.fonts)
    pages = Pages(library, typecase, draft=False)
    screen, office = editions(library, layout, rayon)[:2]
    page = pages.of(screen)
    assert pages.of(office) is page
    assert vars(page) == vars(render(screen, library, typecase)) == vars(render(office, library, typecase))


def test_another_rayon_or_network_shows_another_page(workspace: Workspace, library: Library) -> None:
    pages = Pages(library, Typecase(*workspace.fonts), draft=False)
    jobs = plan(library, Request(layouts=("handout",), rayons=("lindezoom", "duinrand"), networks=("mr", "oop")))
    assert len({pages.of(job).code for job in jobs}) == 4


def test_a_template_that_names_the_edition_is_rendered_for_each(tmp_path: Path) -> None:
    shutil.copytree(built_in(), tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("fonts"))
    template = tmp_path / "layouts/draad/handout/_foot.html.j2"
    template.write_text("{% if on_screen %}<p>Klik maar.</p>{% endif %}" + template.read_text("utf-8"), "utf-8")
    workspace = find_workspace(tmp_path)
    library = read_library(workspace)
    pages = Pages(library, Typecase(*workspace.fonts), draft=False)
    screen, office = editions(library, "handout")
    assert "Klik maar." in pages.of(screen).html
    assert "Klik maar." not in pages.of(office).html
