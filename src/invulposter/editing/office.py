"""The folder in which an office keeps its content, for who never chose one."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_documents_path

from invulposter.scaffold import init_workspace
from invulposter.workspace import Workspace, built_in, find_workspace

#: What the folder is called, among the user's documents.
FOLDER = "invulposter"


def own_folder() -> Path:
    """The folder among the user's documents that holds the office's content, or would."""
    return user_documents_path() / FOLDER


def office_workspace(start: Path) -> Workspace:
    """The workspace around `start`; where there is none the office's own, and before it has one the samples."""
    found = find_workspace(start)
    if not is_samples(found, start):
        return found
    return find_workspace(own_folder()) if (own_folder() / "content").is_dir() else found


def is_samples(workspace: Workspace, start: Path) -> bool:
    """Whether a workspace is the samples that come with the program, not a folder around `start` to work in."""
    return workspace.root == built_in() and not start.resolve().is_relative_to(workspace.root)


def is_packaged(workspace: Workspace) -> bool:
    """Whether a workspace is inside the installed program, where nothing can be changed."""
    return workspace.root.is_relative_to(Path(__file__).parents[1])


def own_copy() -> Workspace:
    """Copy the samples into the office's own folder. Raises WorkspaceError where that can't be done."""
    folder = own_folder()
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "content").is_dir():
        init_workspace(folder)
    return find_workspace(folder)
