"""Templates that Jinja can't read are found without running them."""

from pathlib import Path

import pytest

from invulposter.templatecheck import check_templates
from invulposter.templating import environment
from invulposter.workspace import built_in


@pytest.fixture
def layout(tmp_path: Path) -> Path:
    """The folder of a layout, with one template that is right."""
    folder = tmp_path / "layouts/krijt/kaart"
    folder.mkdir(parents=True)
    (tmp_path / "layouts/krijt/_shared").mkdir()
    (folder / "page.html.j2").write_text("<p>{{ rayon.name|br }}</p>")
    return folder


def told(root: Path) -> list[str]:
    return [str(finding) for finding in check_templates(root)]


def test_the_samples_are_right() -> None:
    assert told(built_in()) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<p>\n{% for een in phases %}", ":2: Unexpected end of template."),
        ("<p>\n{{ rayon.name", ":2: unexpected end of template, expected 'end of print statement'."),
        ("\n\n{{ rayon.name|datm }}", ":3: there is no filter 'datm'; did you mean 'datum'?"),
        ("{{ 1 if rayon is qqq }}", ":1: there is no test 'qqq'"),
        ("{{ " + "(" * 5000 + " }}", ":1: this is nested too deeply; make it simpler"),
    ],
)
def test_a_template_that_can_not_be_read_is_told_with_its_line(layout: Path, text: str, message: str) -> None:
    for place in ("kaart/kop.html.j2", "kaart/delen/kop.html.j2", "_shared/kop.html.j2", "kop.html.j2"):
        path = layout.parent / place
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        (finding,) = told(layout.parents[2])
        assert finding.startswith(f"layouts/krijt/{place}{message}")
        path.unlink()


def test_one_that_is_not_text_or_lies_elsewhere_is_told(layout: Path, tmp_path: Path) -> None:
    (layout / "a.html.j2").write_bytes(b"\xff")
    (tmp_path / "elders.j2").write_text("{{")
    (layout / "b.html.j2").symlink_to(tmp_path / "elders.j2")
    (layout / "c.html.j2").symlink_to(tmp_path / "nergens.j2")
    not_text, elsewhere = told(tmp_path)
    assert not_text.startswith("layouts/krijt/kaart/a.html.j2:1: the file is not UTF-8 text")
    assert elsewhere.startswith("layouts/krijt/kaart/b.html.j2:1: b.html.j2 is a link to outside its style")


def test_what_a_build_compiled_is_not_parsed_again(layout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (layout.parent / "_shared/kop.html.j2").write_text("<h1></h1>")
    templates = environment(layout)
    for name in ("page.html.j2", "_shared/kop.html.j2"):
        templates.get_template(name)
    monkeypatch.setattr(type(templates), "parse", lambda *_: pytest.fail("parsed again"))
    assert told(layout.parents[2]) == []
