"""The same input gives the same bytes: in another process, with another hash seed, in another folder."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from invulposter.workspace import built_in

COMMAND = Path(sys.executable).with_name("invulposter")


def build(workspace: Path, out: Path, seed: str, *arguments: str) -> dict[str, str]:
    """Build in a process of its own and give each file's hash."""
    command = [COMMAND, "build", *arguments, "--no-cache", "-w", workspace, "-o", out]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed}, stdout=subprocess.DEVNULL)
    return {one["path"]: one["sha256"] for one in json.loads((out / "build.json").read_text(encoding="utf-8"))}


@pytest.mark.parametrize(
    ("number", "arguments"),
    [
        (4, ("handout", "tipkaarten", "--rayon", "lindezoom", "--network", "mr")),
        pytest.param(36, ("--rayon", "lindezoom", "--rayon", "heuvelrand", "--network", "mr"), marks=pytest.mark.long),
    ],
)
def test_two_processes_in_two_folders_make_the_same_bytes(
    tmp_path: Path, number: int, arguments: tuple[str, ...]
) -> None:
    for name in ("een", "twee/diep"):
        shutil.copytree(built_in() / "content", tmp_path / name / "content")
    first = build(tmp_path / "een", tmp_path / "uit", "1", *arguments)
    second = build(tmp_path / "twee/diep", tmp_path / "elders/uit", "2", *arguments)
    assert len(first) == number
    assert first == second
