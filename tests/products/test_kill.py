"""A build that is killed at any moment leaves whole files, old or new, and the next build makes the rest."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from invulposter.write import UNFINISHED

COMMAND = [
    str(Path(sys.executable).with_name("invulposter")),
    *("build", "handout", "tipkaarten", "--rayon", "lindezoom", "--network", "mr", "--no-cache", "-o"),
]
KILLS = 50


def hashes(out: Path) -> dict[str, str]:
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file() and path.name != "build.json" and not path.name.startswith(UNFINISHED)
    }


@pytest.mark.long
def test_fifty_kills_at_random_moments(tmp_path: Path) -> None:
    whole = tmp_path / "heel"
    started = time.monotonic()
    subprocess.run([*COMMAND, whole], check=True, stdout=subprocess.DEVNULL)
    length = time.monotonic() - started
    expected = hashes(whole)
    moments = random.Random(7)
    killed = tmp_path / "gedood"
    unfinished = 0
    for _ in range(KILLS):
        build = subprocess.Popen([*COMMAND, killed], stdout=subprocess.DEVNULL, start_new_session=True)
        time.sleep(moments.uniform(0.05, length))
        os.killpg(build.pid, signal.SIGKILL)
        build.wait()
        found = hashes(killed)
        assert all(expected[name] == digest for name, digest in found.items())
        unfinished += len(found) < len(expected)
    assert unfinished
    subprocess.run([*COMMAND, killed], check=True, stdout=subprocess.DEVNULL)
    assert hashes(killed) == expected
    assert not list(killed.rglob(f"{UNFINISHED}*"))
