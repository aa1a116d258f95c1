import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from invulposter.errors import WorkspaceError
from invulposter.write import UNFINISHED, inside, remove_unfinished, sentence, write_file, write_spare


@pytest.mark.parametrize("write", [write_file, write_spare])
def test_a_file_is_written_whole_with_the_usual_permissions(
    tmp_path: Path, write: Callable[[Path, bytes], None]
) -> None:
    path = tmp_path / "deep" / "down" / "file.pdf"
    write(path, b"new")
    write(path, b"newer")
    assert path.read_bytes() == b"newer"
    assert list(path.parent.iterdir()) == [path]
    (tmp_path / "plain").touch()
    assert path.stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("name", ["../x.pdf", "/etc/x.pdf", "a/../../x.pdf", ".", "link/x.pdf"])
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "link").symlink_to(tmp_path)
    with pytest.raises(WorkspaceError, match="not a name inside the output folder"):
        inside(out, PurePosixPath(name))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_one_clear_sentence() -> None:
    with (
        Path("/dev/full").open("wb", buffering=0) as full,
        pytest.raises(OSError, match="No space left") as caught,
    ):
        full.write(b"x")
    message = sentence(Path("out/a.pdf"), caught.value)
    assert message == "a.pdf was not written: the disk is full; make room and build again"


def test_a_folder_that_is_a_file_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("I am a file")
    with pytest.raises(WorkspaceError, match=r"a\.pdf was not written: "):
        write_file(tmp_path / "out" / "a.pdf", b"x")


def test_a_kill_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    sizes = (200_000, 5_000_000)
    code = (
        "import sys; from pathlib import Path; from invulposter.write import write_file\n"
        f"while True:\n  for size in {sizes}: write_file(Path(sys.argv[1]), b'x' * size)"
    )
    write_file(path, b"x" * sizes[0])
    for moment in range(5):
        writer = subprocess.Popen([sys.executable, "-c", code, os.fspath(path)])
        time.sleep(0.25 + moment * 0.013)
        writer.kill()
        writer.wait()
        assert path.stat().st_size in sizes
    remove_unfinished(tmp_path)
    assert not list(tmp_path.glob(f"{UNFINISHED}*"))


def test_only_what_nobody_writes_any_more_is_removed(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for name in (f"{os.getpid()}-a", f"{ended.pid}-a", "a", f"{10**30}-a"):
        (tmp_path / f"{UNFINISHED}{name}").touch()
    (tmp_path / f"{UNFINISHED}folder").mkdir()
    remove_unfinished(tmp_path)
    left = {path.name.removeprefix(UNFINISHED) for path in tmp_path.iterdir()}
    assert left == {f"{os.getpid()}-a", "folder"}
