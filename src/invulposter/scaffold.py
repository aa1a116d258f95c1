"""Starting points that work at once: a workspace of one's own; a style, layout, network or rayon to change.

The texts are package data in `templates/new/`, in which «naam» stands for the id and «Naam» for the name it suggests.
"""

import re
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from invulposter import patterns
from invulposter.content import Phase
from invulposter.errors import RequestError, WorkspaceError
from invulposter.library import Library, read_library
from invulposter.references import expected
from invulposter.workspace import Workspace, built_in, find_workspace
from invulposter.write import write_file

#: The layout that a new style starts with.
FIRST_LAYOUT = "voorbeeld"
_TEMPLATES = files("invulposter") / "templates" / "new"
_LONGEST_ID = 60


def init_workspace(folder: Path, rayon: str | None = None) -> int:
    """Copy the sample content into `folder`, with this rayon alone if one is named; gives the number of files.

    Raises WorkspaceError where there is content already: nobody's texts are overwritten; RequestError for a rayon
    whose name is no id.
    """
    if rayon:
        _refuse("rayon", rayon, ())
    if (folder / "content").exists():
        raise WorkspaceError(f"{folder} holds content already; nothing was changed. Choose another folder.")
    try:
        shutil.copytree(built_in() / "content", folder / "content")
        (folder / "layouts").mkdir(exist_ok=True)
        for name in ("LEESMIJ.md", "tekendoos.png"):
            shutil.copy(built_in() / "layouts" / name, folder / "layouts")
    except OSError as error:
        raise WorkspaceError(f"{folder} can't be made a workspace: {error.strerror}") from error
    if rayon:
        _keep_only(rayon, find_workspace(folder))
    return sum(1 for path in folder.rglob("*") if path.is_file())


def _keep_only(rayon: str, workspace: Workspace) -> None:
    """Remove the samples' rayons but this one, which is written where it is none of them."""
    library = read_library(workspace)
    if rayon not in library.rayons:
        new_rayon(workspace, library, rayon)
    for other in library.rayons.keys() - {rayon}:
        shutil.rmtree(workspace.content / "rayons" / other)


def new_style(workspace: Workspace, library: Library, name: str) -> tuple[Path, ...]:
    """Write a style with one layout; gives the files, relative to the workspace.

    Raises RequestError for a name that is no id or is taken, WorkspaceError where nothing can be written: as do
    all functions below.
    """
    _refuse("style", name, library.styles)
    folder = PurePosixPath("layouts", name)
    shared = _texts(_TEMPLATES / "style", folder, name)
    return _write(workspace, shared | _texts(_TEMPLATES / "layout", folder / FIRST_LAYOUT, FIRST_LAYOUT))


def new_layout(workspace: Workspace, library: Library, style: str, name: str) -> tuple[Path, ...]:
    """Write a layout in a style; gives the files.

    Beside a layout in a built-in style stands a copy of what that style's layouts share.
    """
    if style not in library.styles:
        raise RequestError(f"style '{style}' does not exist; {expected(style, library.styles)}")
    _refuse("layout", name, {own for of, own in library.layouts if of == style})
    folder = PurePosixPath("layouts", style)
    shared = {}
    if not (workspace.root / folder / "_shared").is_dir():
        source = next(base / style for base in workspace.layouts if (base / style).is_dir())
        paths = (path for path in sorted((source / "_shared").rglob("*")) if path.is_file())
        shared = {folder / path.relative_to(source).as_posix(): path.read_bytes() for path in paths}
    return _write(workspace, shared | _texts(_TEMPLATES / "layout", folder / name, name))


def new_network(workspace: Workspace, library: Library, name: str) -> tuple[Path, ...]:
    """Write a network that has chosen the first tips and questions of every phase; gives the file."""
    _refuse("network", name, library.networks)
    text = (_TEMPLATES / "network.yaml").read_text(encoding="utf-8")
    text = text.replace("«tips»\n", _tips(library.phases)).replace("«vragen»\n", _questions(library.phases))
    return _write(workspace, {PurePosixPath("content/netwerken", f"{name}.yaml"): _named(text, name)})


def new_rayon(workspace: Workspace, library: Library, name: str) -> tuple[Path, ...]:
    """Write a rayon in the style that most rayons use, with a logo to replace; gives the files."""
    _refuse("rayon", name, library.rayons)
    used = Counter(rayon.style for rayon in library.rayons.values())
    styles = [style for style, _ in used.most_common()] or list(library.styles)
    if not styles:
        raise RequestError("there is no style in this workspace: make one first with 'invulposter new style NAME'")
    folder = PurePosixPath("content/rayons", name)
    texts = _texts(_TEMPLATES / "rayon", folder, name)
    return _write(
        workspace, {path: data.replace("«stijl»".encode(), styles[0].encode()) for path, data in texts.items()}
    )


def _refuse(kind: str, name: str, known: Iterable[str]) -> None:
    if not re.fullmatch(patterns.ID, name) or len(name) > _LONGEST_ID:
        raise RequestError(
            f"'{name}' can't be the name of a {kind}: expected lower-case letters, digits and single hyphens, "
            f"{_LONGEST_ID} at most, such as 'mijn-{kind}'"
        )
    if name in known:
        raise RequestError(f"{kind} '{name}' exists already; nothing was changed. Choose another name.")


def _texts(source: Traversable, folder: PurePosixPath, name: str) -> dict[PurePosixPath, bytes]:
    """The files of a template folder as they become below `folder`."""
    found: dict[PurePosixPath, bytes] = {}
    for entry in sorted(source.iterdir(), key=lambda entry: entry.name):
        path = folder / entry.name
        found |= (
            _texts(entry, path, name) if entry.is_dir() else {path: _named(entry.read_text(encoding="utf-8"), name)}
        )
    return found


def _named(text: str, name: str) -> bytes:
    words = name.replace("-", " ")
    titled = f"IJ{words[2:]}" if words.startswith("ij") else words.capitalize()
    return text.replace("«naam»", name).replace("«Naam»", titled).encode()


def _tips(phases: Iterable[Phase]) -> str:
    """Two tips of every phase as lines of YAML; the first with an example."""
    chosen = _some([[(tip.id, tip.heading) for tip in phase.tips] for phase in phases])
    lines = [f"  - id: {tip_id} # {' '.join(heading.split())}\n" for tip_id, heading in chosen]
    example = "    voorbeeld: Schrijf hier een voorbeeld uit het eigen netwerk.\n"
    return lines[0] + example + "".join(lines[1:])


def _questions(phases: Iterable[Phase]) -> str:
    chosen = _some([[(question.id, question.text) for question in phase.questions] for phase in phases])
    return "".join(f"  - {own_id} # {' '.join(text.split())}\n" for own_id, text in chosen)


def _some(of_phases: list[list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """The first two of every phase; all of them where that makes less than the three that a network needs."""
    first = [one for of_phase in of_phases for one in of_phase[:2]]
    return first if len(first) >= 3 else [one for of_phase in of_phases for one in of_phase]


def _write(workspace: Workspace, texts: Mapping[PurePosixPath, bytes]) -> tuple[Path, ...]:
    """Write new files below the workspace; gives their paths in it.

    Raises WorkspaceError where a file stands there already, or the workspace is the samples inside the program.
    """
    if workspace.root.is_relative_to(Path(__file__).parent):
        raise WorkspaceError(
            "the samples that come with the program can't be changed: make your own folder with "
            "'invulposter init mijn-rayon', go there, and run this command again"
        )
    for path in texts:
        if (workspace.root / path).exists():
            raise WorkspaceError(f"{path} exists already; nothing was changed")
    for path, data in texts.items():
        write_file(workspace.root / path, data)
    return tuple(map(Path, texts))
