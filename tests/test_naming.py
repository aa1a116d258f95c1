"""What a layout's templates name, whichever way they take each other in."""

import re
from pathlib import Path

import pytest

from invulposter.naming import named


@pytest.mark.parametrize(
    ("template", "names"),
    [
        ("{{ network.name }}", False),
        ("{{ networks|length }}", True),
        ("{# The same for all\nnetworks. #}{{ phase.name }}", False),
        ("{% include 'deel.j2' %}", True),
        ('{%- import "_shared/alle.j2" as alle with context -%}', True),
        ("{% include 'los.j2' %}", False),
        ("{% include name %}", True),
        ("{% include 'los.j2' if phase else 'deel.j2' %}", True),
        ("{% include 'los' ~ '.j2' %}", True),
        ("{% include 'los.j2' ignore missing %}", False),
        ("{% from '_shared/alle.j2' import deel %}", True),
        ("{% include ['los.j2', 'deel.j2'] %}", True),
    ],
)
def test_a_layout_names_what_a_template_names_that_it_reaches(tmp_path: Path, template: str, names: bool) -> None:
    folder = tmp_path / "stijl" / "kaart"
    (folder.parent / "_shared").mkdir(parents=True)
    folder.mkdir()
    (folder / "page.html.j2").write_text(template)
    (folder / "deel.j2").write_text("{% for one in networks %}{% endfor %}")
    (folder / "los.j2").write_text("{% include 'los.j2' %}{{ phase.name }}")
    (folder.parent / "_shared" / "alle.j2").write_text("{{ networks[0].name }}")
    assert named(folder, re.compile(r"\bnetworks\b")) is names


def test_what_lies_outside_the_style_is_not_opened(tmp_path: Path) -> None:
    folder = tmp_path / "stijl" / "kaart"
    folder.mkdir(parents=True)
    outside = tmp_path / "networks.txt"
    outside.write_text("networks")
    for name in (str(outside), "../../networks.txt"):
        (folder / "page.html.j2").write_text(f"{{% include '{name}' %}}")
        assert not named(folder, re.compile(r"\bnetworks\b(?!\.txt)"))
