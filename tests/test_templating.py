"""Where templates are found, and what they may not do."""

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from jinja2.exceptions import SecurityError

from invulposter.library import Library
from invulposter.render import TipInPhase
from invulposter.templating import _Compiled, environment


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
