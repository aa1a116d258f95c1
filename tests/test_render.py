"""The codes by which a print is known: of a product and of each of its pages."""

from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError

from invulposter.drawing.path import mm
from invulposter.drawing.type import Typecase
from invulposter.plan import Request, plan
from invulposter.render import Rendered, TipInPhase, _environment, render
from invulposter.workspace import Library, Workspace, find_workspace, read_library
from tests.conftest import edit


@pytest.fixture(scope="module")
def typecase(workspace: Workspace) -> Typecase:
    return Typecase(*workspace.fonts)


def cards(library: Library, typecase: Typecase, rayon: str = "lindezoom") -> Rendered:
    job = plan(library, Request(layouts=("tipkaarten",), rayons=(rayon,), networks=("ambassadeurs",)))[0]
    return render(job, library, typecase)


def test_the_code_stands_on_the_page_and_is_the_same_every_time(library: Library, typecase: Typecase) -> None:
    rendered = cards(library, typecase)
    assert len(rendered.code) == 7
    assert f"· {rendered.code}" in rendered.html
    assert cards(library, typecase).code == rendered.code


def test_another_rayon_has_other_codes(library: Library, typecase: Typecase) -> None:
    one, other = cards(library, typecase), cards(library, typecase, "veenmeer")
    assert one.code != other.code
    assert not set(one.page_codes) & set(other.page_codes)


def test_a_changed_tip_changes_its_own_page_alone(own: Path, typecase: Typecase) -> None:
    before = cards(read_library(find_workspace(own)), typecase)
    edit(own / "content" / "fasen" / "werven.yaml", "Ga zelf", "Ga vandaag zelf")
    after = cards(read_library(find_workspace(own)), typecase)
    changed = [old != new for old, new in zip(before.page_codes, after.page_codes, strict=True)]
    assert sum(changed) == 1
    assert after.code != before.code


def test_a_template_beside_the_layout_goes_before_that_of_the_style_as_soon_as_it_is_there(tmp_path: Path) -> None:
    layout = tmp_path / "stijl" / "kaart"
    layout.mkdir(parents=True)
    own, shared = layout / "deel.j2", layout.parent / "deel.j2"
    shared.write_text("van de stijl", encoding="utf-8")
    assert _shown(layout) == "van de stijl"
    own.write_text("van de kaart", encoding="utf-8")
    assert _shown(layout) == "van de kaart"
    own.unlink()
    (tmp_path / "elders.j2").write_text("van elders", encoding="utf-8")
    own.symlink_to(tmp_path / "elders.j2")
    assert _shown(layout) == "van de stijl"


def _shown(layout: Path) -> str:
    return _environment(layout).get_template("deel.j2").render()


def test_a_template_measures_in_mm_inside_loops_and_out(tmp_path: Path) -> None:
    template = _environment(tmp_path).from_string("{{ mm(1.5) }}{% for one in (2, 3) %} {{ mm(one / 4) }}{% endfor %}")
    assert template.render() == f"{mm(1.5)} {mm(0.5)} {mm(0.75)}"
    with pytest.raises(TypeError):
        _environment(tmp_path).from_string("{{ mm(1, breed=2) }}").render()


@pytest.mark.parametrize("way", ["one.__class__", "one.__dataclass_fields__", "one.tip.__init__", "[].append(1)"])
def test_a_template_reads_no_private_attributes_and_changes_nothing(way: str, library: Library, tmp_path: Path) -> None:
    phase = library.phases[0]
    template = _environment(tmp_path).from_string("{{ one.tip.text|length }}{{ " + way + " }}")
    with pytest.raises(SecurityError):
        template.render(one=TipInPhase(phase.tips[0], phase, 1))
