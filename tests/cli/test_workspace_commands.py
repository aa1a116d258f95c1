import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from invulposter.cli import main
from invulposter.library import Library
from invulposter.workspace import built_in
from tests.conftest import edit


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def test_check_says_what_there_is(library: Library) -> None:
    result = run("check", "-w", built_in())
    assert result.exit_code == 0
    assert result.stdout.startswith(f"All right: 6 rayons, 12 networks, 3 phases, {len(library.layouts)} layouts.")


def test_check_names_every_mistake_at_once(own: Path) -> None:
    edit(own / "content/netwerken/mr.yaml", "sector:", "sektor:")
    edit(own / "content/rayons/duinrand/rayon.yaml", '"#2B2F86"', '"blauw"')
    result = run("check", "-w", own)
    assert result.exit_code == 2
    assert "content/netwerken/mr.yaml:5:1: 'sektor' is not a key here; did you mean 'sector'?" in result.stderr
    assert "content/rayons/duinrand/rayon.yaml:5:3: kleuren.primair: 'blauw' is not a colour" in result.stderr
    assert "mistakes." in result.stderr


def test_check_reads_templates_and_misses_files(own: Path) -> None:
    run("new", "style", "krijt", "-w", own)
    run("new", "layout", "krijt/kalender", "-w", own)
    (own / "layouts/krijt/kalender/page.html.j2").unlink()
    with (own / "layouts/krijt/voorbeeld/page.html.j2").open("a", encoding="utf-8") as template:
        template.write("{% for een in phases %}\n")
    result = run("check", "-w", own)
    assert result.exit_code == 2
    missing, wrong, total = result.stderr.splitlines()
    assert missing == "layouts/krijt/kalender/page.html.j2:1:1: page.html.j2 is missing"
    assert wrong.startswith("layouts/krijt/voorbeeld/page.html.j2:45: Unexpected end of template.")
    assert total == "2 mistakes."


def test_check_refuses_a_logo_that_can_not_be_used_and_says_why(own: Path) -> None:
    logo = own / "content/rayons/duinrand/logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>x</script></svg>')
    result = run("check", "-w", own)
    assert result.exit_code == 2
    assert "content/rayons/duinrand/rayon.yaml:7:1: logo.svg: Het logo bevat" in result.stderr


@pytest.mark.parametrize("what", ["layouts", "networks", "rayons", "papers"])
def test_list_as_text_and_as_json(what: str) -> None:
    rows = json.loads(run("list", what, "--json", "-w", built_in()).stdout)
    assert rows
    assert all(row.keys() == rows[0].keys() for row in rows)
    text = run("list", what, "-w", built_in()).stdout
    assert all(value in text for row in rows for value in row.values())


def test_init_gives_a_workspace_that_is_right_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "mijn kantoor"
    assert run("init", folder).exit_code == 0
    assert run("check", "-w", folder).exit_code == 0
    assert (folder / "content/LEESMIJ.md").is_file()
    assert (folder / "layouts/LEESMIJ.md").is_file()


def test_init_overwrites_nothing(own: Path) -> None:
    before = {path: path.read_bytes() for path in own.rglob("*") if path.is_file()}
    result = run("init", own)
    assert result.exit_code == 2
    assert "holds content already; nothing was changed" in result.stderr
    assert {path: path.read_bytes() for path in own.rglob("*") if path.is_file()} == before


def test_doctor_finds_this_machine_fit() -> None:
    result = run("doctor", "-w", built_in())
    assert result.exit_code == 0
    assert "ERROR" not in result.stdout
    assert "weasyprint" in result.stdout


def test_preflight_explains_a_file_that_is_no_pdf(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("geen pdf")
    result = run("preflight", tmp_path / "a.pdf")
    assert result.exit_code == 1
    assert "geen PDF" in result.stdout
    (found,) = json.loads(run("preflight", "--json", tmp_path / "a.pdf").stdout).values()
    assert found[0]["severity"] == "error"


def test_preflight_of_a_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    result = run("preflight", tmp_path / "nergens.pdf")
    assert result.exit_code == 2
    assert "no such file" in result.stderr


def test_every_command_and_option_has_a_help_text() -> None:
    for name, command in main.commands.items():
        assert command.help, name
        for parameter in command.params:
            if getattr(parameter, "opts", [""])[0].startswith("-"):
                assert getattr(parameter, "help", None), (name, parameter.name)


def test_a_command_that_does_not_typeset_does_not_import_the_typesetter() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from invulposter.cli import main\n"
        f"CliRunner().invoke(main, ['check', '-w', {os.fspath(built_in())!r}])\n"
        "sys.exit('weasyprint' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
