"""A designer adds a folder, and everything knows it: no line of Python is changed for a layout or a style."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from invulposter.cli import main
from invulposter.edition import Edition
from invulposter.library import read_library
from invulposter.preview.proof import Proof, proof
from invulposter.preview.view import View
from invulposter.report import read_report
from invulposter.typesetter import use_fonts
from invulposter.workspace import built_in, find_workspace
from tests.judges import poppler

FACTS = """\
title = "Wandkaart"
description = "Een kaart voor aan de wand."
for_each = ["rayon"]
size = "A5"
orientation = "landscape"
fillable = true
"""
PAGE = """\
<section class="page">
{% call drawing() %}<path d="{{ pebble(100, 70, 40, seed=2) }}" fill="{{ c.accent }}"/>{% endcall %}
<h1 class="at" style="left:20mm;top:15mm;font-size:9mm">Van de wand</h1>
{{ write('wand.naam', 'Wie ben je?', 20, 40, 80) }}
<p class="at" style="left:20mm;top:130mm;font-size:3.4mm">{{ stamp }}</p>
</section>
"""
BASE = """\
html { font-family: "Alegreya Sans"; font-weight: 500; color: var(--inkt); }
body, h1, p { margin: 0; }
.drawing, .area, .at { position: absolute; }
.area input { appearance: auto; position: absolute; border: 0; font: 400 1em "Alegreya Sans"; }
"""


def add(folder: Path) -> Path:
    """Write a layout's folder as its maker would."""
    folder.mkdir(parents=True)
    for name, text in (("layout.toml", FACTS), ("page.html.j2", PAGE), ("style.css", "h1 { font-weight: 700; }\n")):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one layout in a style of its own, and one in a style that was there."""
    folder = tmp_path_factory.mktemp("kantoor")
    shutil.copytree(built_in() / "content", folder / "content")
    old_style = read_library(find_workspace(folder)).styles[0]
    shutil.copytree(built_in() / "layouts" / old_style / "_shared", folder / "layouts" / old_style / "_shared")
    add(folder / "layouts" / old_style / "wandkaart")
    (folder / "layouts/kalk/_shared").mkdir(parents=True)
    (folder / "layouts/kalk/_shared/base.css").write_text(BASE, encoding="utf-8")
    add(folder / "layouts/kalk/wandkaart")
    return folder


@pytest.fixture(scope="module")
def styles(office: Path) -> tuple[str, ...]:
    """The styles that have the new layout."""
    return tuple(style for style, name in read_library(find_workspace(office)).layouts if name == "wandkaart")


def run(office: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "-w", str(office)], catch_exceptions=False)


def test_they_are_listed_and_pass_the_check(office: Path, styles: tuple[str, ...]) -> None:
    assert len(styles) == 2
    assert "kalk" in styles
    listed = json.loads(run(office, "list", "--json").stdout)
    assert {row["style"] for row in listed if row["layout"] == "wandkaart"} == set(styles)
    assert run(office, "check").exit_code == 0


def test_every_edition_is_built_and_passes_the_preflight(office: Path, styles: tuple[str, ...]) -> None:
    rayon = next(iter(read_library(find_workspace(office)).rayons))
    editions = [option for edition in Edition for option in ("--edition", edition.value)]
    for style in styles:
        out = office / "out" / style
        asked = ["wandkaart", "--style", style, "--rayon", rayon, *editions, "--jobs", "1", "-o", str(out)]
        built = run(office, "build", *asked)
        assert built.exit_code == 0, built.output
        made = read_report(out)
        assert {artefact.edition for artefact in made} == {edition.value for edition in Edition}
        assert [finding for artefact in made for finding in artefact.errors] == []
        for artefact in made:
            pdf = out / artefact.path
            assert CliRunner().invoke(main, ["preflight", str(pdf)]).exit_code == 0
            assert any("wand" in word for page in poppler.words(pdf) for word in page)


def test_they_are_shown_by_the_preview(office: Path, styles: tuple[str, ...]) -> None:
    for made in previews(office, styles):
        assert made.errors == ()
        assert made.pages == 1
        assert made.pdf.startswith(b"%PDF")


def previews(office: Path, styles: tuple[str, ...]) -> Iterator[Proof]:
    use_fonts(find_workspace(office).fonts)
    for style in styles:
        for on_screen in (True, False):
            yield proof(office, View(layout=f"{style}/wandkaart", on_screen=on_screen), most=6)
