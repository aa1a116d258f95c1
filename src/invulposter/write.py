"""Writing files so that a kill at any moment leaves the old file or the new one, never half of one."""

import contextlib
import errno
import os
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from tempfile import mkstemp

from invulposter.errors import WorkspaceError

#: Prefix of a file that is not finished, before the number of the process that writes it: a left-over is recognised
#: by them and removed by the next build.
UNFINISHED = ".unfinished-"


def write_file(path: Path, data: bytes) -> None:
    """Write `data` to `path` atomically: a temporary file in the same folder, flushed to the disk, then renamed.

    Raises WorkspaceError with one sentence where the disk is full or the folder can't be written.
    """
    _write(path, data, os.fsync)


def write_spare(path: Path, data: bytes) -> None:
    """Write as `write_file` does what can be made again: when it gets to the disk is left to the system.

    On a slow disk a thousand thumbnails would take longer to flush than to make.
    """
    _write(path, data, lambda descriptor: None)


def _write(path: Path, data: bytes, settle: Callable[[int], None]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = mkstemp(dir=path.parent, prefix=f"{UNFINISHED}{os.getpid()}-")
        try:
            with open(descriptor, "wb") as file:  # noqa: PTH123 - mkstemp opened it
                file.write(data)
                file.flush()
                settle(descriptor)
            os.chmod(name, 0o666 & ~_umask())  # noqa: PTH101 - a temporary file is private by default
            os.replace(name, path)  # noqa: PTH105 - mkstemp gives a name
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)  # noqa: PTH108
            raise
    except OSError as error:
        raise WorkspaceError(sentence(path, error)) from error


def holds(path: Path, data: bytes) -> bool:
    """Whether `path` is a file of exactly this."""
    with contextlib.suppress(OSError):
        return path.read_bytes() == data
    return False


def _umask() -> int:
    # The umask can only be read by setting it.
    current = os.umask(0)
    os.umask(current)
    return current


def sentence(path: Path, error: OSError) -> str:
    """What to tell somebody whose file could not be written."""
    if error.errno == errno.ENOSPC:
        return f"{path.name} was not written: the disk is full; make room and build again"
    if isinstance(error, PermissionError):
        return f"{path.name} was not written: no permission to write in {path.parent.name}"
    return f"{path.name} was not written: {error.strerror}"


def inside(folder: Path, name: PurePosixPath) -> Path:
    """The path of `name` below `folder`. Raises WorkspaceError for a name that leads out of it."""
    base = folder.resolve()
    path = (base / name).resolve()
    if not path.is_relative_to(base) or path == base:
        raise WorkspaceError(f"'{name}' is not a name inside the output folder")
    return base / name


def remove_unfinished(folder: Path) -> None:
    """Remove what a killed build left behind below `folder`, and nothing that is still being written."""
    for path in folder.rglob(f"{UNFINISHED}*"):
        if not _lives(path.name.removeprefix(UNFINISHED).partition("-")[0]):
            with contextlib.suppress(OSError):
                path.unlink()


def _lives(process: str) -> bool:
    """Whether there is a process of this number."""
    try:
        os.kill(int(process), 0)
    except (ValueError, OverflowError, ProcessLookupError):
        return False
    except PermissionError:  # somebody else's
        return True
    return True
