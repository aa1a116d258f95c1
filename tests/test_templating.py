"""Where templates are found, what they may not do, and what they are told where something does not exist."""

import re
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from jinja2.exceptions import SecurityError

from invulposter.content import Photo, WriteArea
from invulposter.drawing.type import Typecase
from invulposter.errors import TypesetError
from invulposter.library import Library
from invulposter.render import QuestionInPhase, TipInPhase, render
from invulposter.templating import _Compiled, environment, fields, no_such_field
from invulposter.workspace import Workspace, built_in
from tests.conftest import designed


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
    return environment(layout).get_template("deel.j2").render()


@pytest.mark.parametrize("way", ["one.__class__", "one.__dataclass_fields__", "one.tip.__init__", "[].append(1)"])
def test_a_template_reads_no_private_attributes_and_changes_nothing(way: str, library: Library, tmp_path: Path) -> None:
    phase = library.phases[0]
    template = environment(tmp_path).from_string("{{ one.tip.text|length }}{{ " + way + " }}")
    with pytest.raises(SecurityError):
        template.render(one=TipInPhase(phase.tips[0], phase, 1))


def test_templates_are_compiled_where_nothing_can_be_kept(tmp_path: Path) -> None:
    kept = _Compiled(str(tmp_path / "weg"))
    loader = DictLoader({"blad": "{{ 1 + 1 }}"})
    assert Environment(bytecode_cache=kept, loader=loader).get_template("blad").render() == "2"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("rayon.naam", "'naam' does not exist here; did you mean 'name'? (there is: address, colours, email, footer, "),
        ("rayon.voetregel", "'voetregel' does not exist here; did you mean 'footer'? (there is: address, "),
        ("rayon.xyz", "'xyz' does not exist here (there is: address, "),
        ("c.primaire", "'primaire' does not exist here; did you mean 'primair'? (there is: accent, "),
        ("tips['durf-te-vragem'].tip", "'durf-te-vragem' does not exist here"),
        ("rayon.name.kort", "'kort' does not exist here"),
        (
            "network.name",
            "there is nothing to read 'name' from: ask with {% if %} first, or see 'for_each' in layout.t",
        ),
        ("netwerk", "'netwerk' does not exist here; did you mean 'network'?"),
        ("pebbel(1, 2, 3)", "'pebbel' does not exist here; did you mean 'pebble'?"),
        ("xyz", "'xyz' does not exist here; layouts/LEESMIJ.md tells what there is"),
    ],
)
def test_a_name_that_does_not_exist_is_told_with_those_that_do(
    tmp_path: Path, workspace: Workspace, said: str, message: str
) -> None:
    told = _refusal(tmp_path, workspace, f'<section class="page">\n{{{{ {said} }}}}</section>')
    assert told.startswith(f"krijt/kaart/page.html.j2:2: {message}")


def test_a_template_that_does_not_exist_is_told_with_those_that_do(tmp_path: Path, workspace: Workspace) -> None:
    designed(tmp_path, "")
    (tmp_path / "layouts/krijt/_shared/kop.html.j2").write_text("<h1>Kop</h1>", encoding="utf-8")
    assert _refusal(tmp_path, workspace, "\n{% include 'kop.html' %}") == (
        "krijt/kaart/page.html.j2:2: there is no template 'kop.html'; did you mean '_shared/kop.html.j2'? "
        "(there is: _shared/kop.html.j2, page.html.j2)"
    )


def test_a_template_like_no_other_is_not_taken_for_one(tmp_path: Path, workspace: Workspace) -> None:
    told = _refusal(tmp_path, workspace, "{% include 'kop.html' %}")
    assert told == "krijt/kaart/page.html.j2:1: there is no template 'kop.html' (there is: page.html.j2)"


def _refusal(folder: Path, workspace: Workspace, page: str) -> str:
    library, job = designed(folder, page)
    with pytest.raises(TypesetError) as refusal:
        render(job, library, Typecase(*workspace.fonts))
    return str(refusal.value)


def test_fields_are_those_of_the_content_and_nothing_of_what_it_is_made_with(library: Library) -> None:
    assert fields(library.phases[0].voice) == ("id", "text", "who")
    assert fields({"b": 1, "a": 2}) == ("a", "b")
    assert fields("tekst") == ()
    assert no_such_field("tekst", "kort") == "'kort' does not exist here"


def test_the_guide_for_designers_names_every_field(library: Library) -> None:
    phases, network = library.phases, library.networks["mr"]
    phase, step = phases[0], library.poster.steps[0]
    meeting = next(meeting for network in library.networks.values() for meeting in network.meetings)
    values = {
        "network": network,
        "network.tips": network.tips[0],
        "network.channels": network.channels[0],
        "network.meetings": meeting,
        "network.photo": Photo(file="a.png", alt="a", credit="a"),
        "tips[id]": TipInPhase(phase.tips[0], phase, 1),
        "tips[id].tip": phase.tips[0],
        "questions[id]": QuestionInPhase(phase.questions[0], phase, 1),
        "questions[id].question": phase.questions[0],
        "rayon": library.rayons["lindezoom"],
        "phase": phase,
        "phase.voice": phase.voice,
        "phase.message": next(phase.message for phase in phases if phase.message),
        "phase.checklist": next(phase.checklist for phase in phases if phase.checklist),
        "poster": library.poster,
        "poster.steps": step,
        "poster.steps[0].parts": next(part for part in step.parts if isinstance(part, WriteArea)),
    }
    guide = (built_in() / "layouts/LEESMIJ.md").read_text(encoding="utf-8").partition("### Wat erin staat")[2]
    rows = [line.split("|")[1:3] for line in guide.partition("###")[0].splitlines() if "`" in line and "|" in line]
    named = {re.findall(r"`([^`]+)`", name)[0]: set(re.findall(r"`(\w+)`", told)) for name, told in rows}
    # What is told besides: where a field goes, and the attribute that it goes in.
    assert {name: tuple(sorted(told - {"src"})) for name, told in named.items()} == {
        name: fields(value) for name, value in values.items()
    }
