"""Starting points: a workspace of one's own."""

import shutil
from pathlib import Path

from invulposter.errors import WorkspaceError
from invulposter.workspace import built_in


def init_workspace(folder: Path) -> int:
    """Copy the sample content into `folder` and give the number of files.

    Raises WorkspaceError where there is content already: nobody's texts are overwritten.
    """
    if (folder / "content").exists():
        raise WorkspaceError(f"{folder} holds content already; nothing was changed. Choose another folder.")
    try:
        shutil.copytree(built_in() / "content", folder / "content")
        (folder / "layouts").mkdir(exist_ok=True)
        shutil.copy(built_in() / "layouts" / "LEESMIJ.md", folder / "layouts")
    except OSError as error:
        raise WorkspaceError(f"{folder} can't be made a workspace: {error.strerror}") from error
    return sum(1 for path in folder.rglob("*") if path.is_file())
