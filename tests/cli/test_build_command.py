import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from invulposter.cli import main
from invulposter.workspace import built_in
from tests.conftest import edit

ONE = ("build", "handout", "--rayon", "lindezoom", "--network", "mr", "--edition", "office", "--no-cache")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the real command, in a process of its own."""
    program = Path(sys.executable).with_name("invulposter")
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)


def test_a_build_writes_the_pdf_the_gallery_and_the_report(tmp_path: Path) -> None:
    result = command(*ONE, "-w", built_in(), "-o", tmp_path / "uit")
    assert result.returncode == 0, result.stderr
    (entry,) = json.loads((tmp_path / "uit" / "build.json").read_text("utf-8"))
    assert entry["path"] == "lindezoom/handout-mr-office-A4-op-A4.pdf"
    assert (tmp_path / "uit" / entry["path"]).is_file()
    assert 0 < entry["pictures"][0]["ink"] < 0.3
    assert "miniaturen/lindezoom/handout-mr-office-A4-op-A4-1.jpg" in (tmp_path / "uit/index.html").read_text("utf-8")
    assert "1 of 1 file made" in result.stdout
    assert "\x1b" not in result.stdout + result.stderr


def test_json_streams_a_line_for_each_file(tmp_path: Path) -> None:
    result = command(*ONE, "--json", "-w", built_in(), "-o", tmp_path / "uit")
    (line,) = result.stdout.splitlines()
    assert json.loads(line)["error"] == ""


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        ("content/fasen/werven.yaml", "naam:", "naaam:", "content/fasen/werven.yaml:3:1: 'naaam' is not a key here"),
        ("content/invulposter.yaml", "titel:", "titel: [", "content/invulposter.yaml:"),
        ("content/handleiding.yaml", "minuten:", "minuten: veel #", "content/handleiding.yaml:"),
    ],
)
def test_wrong_content_is_named_and_the_output_is_not_touched(
    own: Path, tmp_path: Path, path: str, old: str, new: str, message: str
) -> None:
    edit(own / path, old, new)
    out = tmp_path / "uit"
    out.mkdir()
    (out / "oud.pdf").write_text("oud")
    result = run("build", "-w", own, "-o", out)
    assert result.exit_code == 2
    assert message in result.stderr
    assert [entry.name for entry in out.iterdir()] == ["oud.pdf"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("posterr",), "layout 'posterr' does not exist"),
        (("--rayon", "x"), "rayon 'x' does not exist; expected one of"),
        (("--network", "x"), "network 'x' does not exist; expected one of"),
        (("--size", "A9"), "--size: 'A9' is not a size"),
        (("--edition", "papier"), "'papier' is not one of"),
    ],
)
def test_an_impossible_request_is_refused_before_anything_is_made(
    tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    result = run("build", *arguments, "-w", built_in(), "-o", tmp_path / "uit")
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (tmp_path / "uit").exists()


def test_a_bad_network_never_stops_the_others(own: Path, tmp_path: Path) -> None:
    edit(own / "content/netwerken/hbo.yaml", "sector:", "sektor:")
    result = command(*ONE, "-w", own, "-o", tmp_path / "uit")
    assert result.returncode == 1
    assert "content/netwerken/hbo.yaml:" in result.stderr
    assert (tmp_path / "uit/lindezoom/handout-mr-office-A4-op-A4.pdf").is_file()


def test_what_is_asked_for_and_wrong_is_told_with_its_mistake(own: Path, tmp_path: Path) -> None:
    run("new", "style", "krijt", "-w", own)
    edit(own / "layouts/krijt/voorbeeld/layout.toml", '"A4"', '"A4+"')
    result = run("build", "voorbeeld", "-w", own, "-o", tmp_path / "uit")
    assert result.exit_code == 2
    mistake, refusal = result.stderr.splitlines()
    assert mistake.startswith("layouts/krijt/voorbeeld/layout.toml:11:1: size: 'A4+' is not a size")
    assert refusal == (
        "invulposter: layout 'voorbeeld' can't be used: mend what is wrong at layouts/krijt/voorbeeld/layout.toml:11:1"
    )


def test_nothing_changed_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    arguments = [part for part in ONE if part != "--no-cache"]
    command(*arguments, "-w", built_in(), "-o", tmp_path / "uit")
    (first,) = json.loads((tmp_path / "uit/build.json").read_text("utf-8"))
    command(*arguments, "-w", built_in(), "-o", tmp_path / "uit")
    (second,) = json.loads((tmp_path / "uit/build.json").read_text("utf-8"))
    assert (first["cached"], second["cached"]) == (False, True)
    assert first["sha256"] == second["sha256"]
    command(*arguments, "-w", built_in(), "-o", tmp_path / "elders")
    (third,) = json.loads((tmp_path / "elders/build.json").read_text("utf-8"))
    assert third["cached"]
    assert third["sha256"] == first["sha256"]


def test_a_gallery_that_can_not_be_written_costs_nothing_that_was_made(tmp_path: Path) -> None:
    out = tmp_path / "uit"
    (out / "index.html").mkdir(parents=True)
    result = run(*ONE, "-w", built_in(), "-o", out)
    assert result.exit_code == 1
    assert "index.html was not written" in result.stderr
    assert "1 of 1 file made" in result.stdout
    assert [entry["error"] for entry in json.loads((out / "build.json").read_text("utf-8"))] == [""]


def test_an_output_folder_that_can_not_be_is_one_sentence() -> None:
    result = run(*ONE, "-w", built_in(), "-o", "x" * 300)
    assert result.exit_code == 2
    assert result.stderr.startswith("invulposter: ")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [("nan", "'nan' is not a number"), ("inf", "is not in the range"), ("veel", "'veel' is not a valid")],
)
def test_a_measure_is_a_number(given: str, said: str) -> None:
    result = run("build", "tipkaarten", "--margin", given, "-w", built_in())
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_measure_may_have_a_decimal_comma(tmp_path: Path) -> None:
    one = ("build", "tipkaarten", "--rayon", "lindezoom", "--network", "mr", "--no-cache", "-w", built_in())
    result = run(*one, "--size", "70x100", "--gutter", "2,5", "-o", tmp_path / "uit")
    assert result.exit_code == 0, result.stderr
