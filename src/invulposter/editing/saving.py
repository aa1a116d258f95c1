"""Saving and undoing what people edit. Nothing invalid, nothing over somebody else's change."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from pathlib import PurePosixPath
from typing import Any

from invulposter.editing.files import ContentFile
from invulposter.editing.history import Change, History
from invulposter.editing.mistakes import Mistake, checked, linked
from invulposter.editing.unprintable import unprintable
from invulposter.editing.yamledit import changed
from invulposter.errors import InvalidInputError, InvulposterError, WorkspaceError
from invulposter.findings import Finding, errors
from invulposter.library import Library, read_library
from invulposter.rayon import Rayon
from invulposter.scaffold import new_network, new_rayon
from invulposter.workspace import Workspace
from invulposter.write import write_file
from invulposter.yamlsource import parse

#: Held while files are compared and written: two tabs save one after the other.
_WRITING = threading.Lock()


class MistakesError(InvulposterError):
    """What was typed is not right: carries every mistake."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        self.mistakes = mistakes
        super().__init__("; ".join(f"{mistake.place}: {mistake.message}" for mistake in mistakes))


class ChangedError(InvulposterError):
    """The file is no longer what was shown: carries it as it stands now."""

    def __init__(self, now: Opened) -> None:
        self.now = now
        super().__init__(f"{now.file.path} was changed meanwhile; nothing was saved")


@dataclass(frozen=True)
class Opened:
    """A content file as it stands: its bytes, their `seal` (a hash), its data; `problem` where it can't be read."""

    file: ContentFile
    content: bytes
    data: Any
    problem: Finding | None = None

    @property
    def seal(self) -> str:
        """A hash of the file, by which a later change is noticed."""
        return seal_of(self.content)


def seal_of(content: bytes | None) -> str:
    """The hash of a file's bytes; of no file the empty text."""
    return "" if content is None else hashlib.sha256(content).hexdigest()


def open_file(workspace: Workspace, file: ContentFile) -> Opened:
    """Read a content file. Raises WorkspaceError where it is gone or lies outside the workspace."""
    content = _on_disk(workspace, file.path.as_posix())
    if content is None:
        raise WorkspaceError(f"{file.path} is not there")
    try:
        source = parse(content.decode("utf-8-sig"), file.path.as_posix())
    except UnicodeDecodeError:
        source = parse("", file.path.as_posix())
    if isinstance(source, Finding):
        return Opened(file, content, None, source)
    return Opened(file, content, source.data)


def library_of(workspace: Workspace) -> Library | None:
    """The library, or None where what everything rests on is wrong: then a file is judged by itself."""
    try:
        return read_library(workspace)
    except InvalidInputError:
        return None


def mistakes_in(workspace: Workspace, file: ContentFile, data: Any, library: Library | None) -> tuple[Mistake, ...]:
    """Every mistake in a file's data: its own, or where there are none those against the rest of the library."""
    model = checked(file, data)
    if isinstance(model, tuple):
        return model
    strange = unprintable(file, data, workspace.fonts)
    if strange:
        return strange
    return linked(file, model, data, library) if library else ()


def save(workspace: Workspace, file: ContentFile, data: Any, seal: str, what: str) -> Opened:
    """Write `data` into a file of which the form was made when its seal was `seal`; gives it as it stands then.

    `what` says what was changed. Raises MistakesError where the data are not right, ChangedError where the file was
    changed meanwhile, WorkspaceError where it can't be written.
    """
    opened = open_file(workspace, file)
    if opened.seal == seal and opened.data == data:
        return opened
    mistakes = mistakes_in(workspace, file, data, library_of(workspace))
    if mistakes:
        raise MistakesError(mistakes)
    with _WRITING:
        now = open_file(workspace, file)
        if now.seal != seal:
            raise ChangedError(now)
        text = changed(now.content.decode(), data).encode()
        if text != now.content:
            path = file.path.as_posix()
            _write(workspace, what, {path: now.content}, {path: text})
    return open_file(workspace, file)


def replace_files(workspace: Workspace, what: str, files: Mapping[str, bytes | None], seals: Mapping[str, str]) -> None:
    """Write some files at once, as one change that can be undone: a logo and the file that names it.

    Raises WorkspaceError where one is no longer what its seal says.
    """
    with _WRITING:
        before = {path: _on_disk(workspace, path) for path in files}
        if any(seal_of(before[path]) != seal for path, seal in seals.items()):
            raise WorkspaceError("a file was changed meanwhile; nothing was saved")
        _write(workspace, what, before, files)


def start_new(workspace: Workspace, library: Library, file: ContentFile, name: str) -> None:
    """Make a network or a rayon to start from, called `name`, as one change that can be undone.

    Raises RequestError for an id that is none or is taken, WorkspaceError where nothing can be written.
    """
    make = new_rayon if file.model is Rayon else new_network
    with _WRITING:
        paths = make(workspace, library, file.id)
        opened = open_file(workspace, file)
        text = changed(opened.content.decode(), {**opened.data, "naam": name})
        _put(workspace, {file.path.as_posix(): text.encode()})
        made = {path.as_posix(): _on_disk(workspace, path.as_posix()) for path in paths}
        History.of(workspace).remember(f"nieuw {file.kind}: {name}", dict.fromkeys(made), made, _now())


def undoable(workspace: Workspace, path: str = "") -> Change | None:
    """The latest change (of the file at `path`, where that is given) that can still be undone."""
    return next((one for one in _of(workspace, path) if not one.undone and _stands(workspace, one.after)), None)


def redoable(workspace: Workspace, path: str = "") -> Change | None:
    """The change that was undone last, where nothing was changed since."""
    undone = [one for one in _of(workspace, path) if one.undone and _stands(workspace, one.before)]
    return undone[-1] if undone else None


def undo(workspace: Workspace, number: int) -> Change:
    """Put the files back as they were before a change. Raises WorkspaceError where they were changed since."""
    return _turn(workspace, number, undone=True)


def redo(workspace: Workspace, number: int) -> Change:
    """Do a change again that was undone. Raises WorkspaceError where the files were changed since."""
    return _turn(workspace, number, undone=False)


def _turn(workspace: Workspace, number: int, *, undone: bool) -> Change:
    history = History.of(workspace)
    change = next((one for one in history.changes() if one.number == number and one.undone is not undone), None)
    if change is None:
        raise WorkspaceError("that change is not remembered any more")
    here, there = (change.after, change.before) if undone else (change.before, change.after)
    with _WRITING:
        if not _stands(workspace, here):
            raise WorkspaceError("the file was changed since; nothing was undone")
        wrong = _wrong(workspace)
        _put(workspace, there)
        if _wrong(workspace) - wrong:
            _put(workspace, here)
            raise WorkspaceError("another file needs what would go; nothing was undone")
        history.mark(change, undone=undone)
    return change


def _wrong(workspace: Workspace) -> set[tuple[str, str]]:
    """What is wrong in the workspace, by file."""
    try:
        problems = read_library(workspace).problems
    except InvalidInputError as error:
        problems = error.findings
    return {(finding.place.path, finding.message) for finding in errors(problems)}


def _of(workspace: Workspace, path: str) -> tuple[Change, ...]:
    return tuple(one for one in History.of(workspace).changes() if not path or path in one.after)


def _stands(workspace: Workspace, files: Mapping[str, bytes | None]) -> bool:
    return all(_on_disk(workspace, path) == content for path, content in files.items())


def _write(
    workspace: Workspace, what: str, before: Mapping[str, bytes | None], after: Mapping[str, bytes | None]
) -> None:
    """Remember and write; what can't be written is not remembered either."""
    history = History.of(workspace)
    change = history.remember(what, before, after, _now())
    try:
        _put(workspace, after)
    except WorkspaceError:
        with contextlib.suppress(WorkspaceError):
            _put(workspace, before)
        history.forget(change)
        raise


def _put(workspace: Workspace, files: Mapping[str, bytes | None]) -> None:
    for name, content in files.items():
        path = _inside(workspace, name)
        if content is None:
            path.unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                path.parent.rmdir()  # an empty folder would count as a rayon
        else:
            write_file(path, content)


def _on_disk(workspace: Workspace, name: str) -> bytes | None:
    try:
        return _inside(workspace, name).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise WorkspaceError(f"{name} can't be read: {error.strerror}") from error


def _inside(workspace: Workspace, name: str) -> FilePath:
    """A path below the content. Raises WorkspaceError for one that leads out of it, also by a link."""
    path = workspace.root / PurePosixPath(name)
    if not path.resolve().is_relative_to(workspace.content.resolve()):
        raise WorkspaceError(f"'{name}' is not in the content folder")
    return path


def _now() -> datetime.datetime:
    return datetime.datetime.now()
