"""What `doctor` says of a machine where all is well, and of one where something lacks."""

import ctypes.util
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from invulposter.doctor import examine
from invulposter.findings import Severity
from invulposter.workspace import Workspace, find_workspace


def test_a_machine_that_runs_these_tests_lacks_nothing(workspace: Workspace) -> None:
    found = examine(workspace)
    assert not [finding for finding in found if finding.severity is Severity.ERROR]
    said = {finding.code: finding.message for finding in found}
    assert "weasyprint" in said["versions"]
    assert "typesetting sees no others" in said["fonts"]
    assert "6 rayons, 12 networks" in said["workspace"]


def without(missing: str) -> Callable[[str], str | None]:
    return lambda name: None if name == missing else name


@pytest.mark.parametrize(
    ("library", "severity", "package"),
    [("pangoft2-1.0", Severity.ERROR, "libpangoft2-1.0-0"), ("harfbuzz-subset", Severity.WARNING, "harfbuzz-subset0")],
)
def test_a_library_that_lacks_is_named_with_its_package(
    library: str, severity: Severity, package: str, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctypes.util, "find_library", without(library))
    (told,) = (finding for finding in examine(workspace) if library in finding.message)
    assert told.severity is severity
    assert package in told.advice


def test_a_folder_without_fonts_is_told(workspace: Workspace, tmp_path: Path) -> None:
    codes = {finding.code: finding.severity for finding in examine(replace(workspace, fonts=(tmp_path,)))}
    assert codes["fonts"] is Severity.ERROR


def test_mistakes_in_the_content_are_told(own: Path) -> None:
    (own / "content" / "fasen" / "werven.yaml").write_text("naam: [", "utf-8")
    found = examine(find_workspace(own))
    assert any(finding.place.path.endswith("werven.yaml") for finding in found)
