"""The folders an office works in.

A workspace is a folder with a `content/` in it. What stands in the office's folder shadows the built-in
samples: its own `content/` replaces the built-in content, its own `layouts/` and `fonts/` are added.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Workspace:
    """Where content, layouts and fonts are; `root` is the folder that messages and output are relative to."""

    root: Path
    content: Path
    layouts: tuple[Path, ...]
    fonts: tuple[Path, ...]


def built_in() -> Path:
    """The folder with the layouts, fonts and sample content that come with the program."""
    packaged = Path(__file__).parent / "data"
    return packaged if packaged.is_dir() else Path(__file__).parents[2]


def find_workspace(start: Path) -> Workspace:
    """The workspace around `start`: the nearest folder upwards with a `content/` in it, else the samples."""
    start = start.resolve()
    samples = built_in()
    root = next((folder for folder in (start, *start.parents) if _holds_content(folder)), samples)
    folders = tuple(dict.fromkeys((root, samples)))
    return Workspace(
        root=root,
        content=root / "content",
        layouts=tuple(folder / "layouts" for folder in folders if (folder / "layouts").is_dir()),
        fonts=tuple(folder / "fonts" for folder in folders if (folder / "fonts").is_dir()),
    )


def _holds_content(folder: Path) -> bool:
    # Many projects have a folder called content: ours holds phases, networks or rayons.
    return any((folder / "content" / name).is_dir() for name in ("fasen", "netwerken", "rayons"))


def lies_in(path: Path, folder: Path) -> bool:
    """Whether a path lies in a folder when every link on the way is followed."""
    return path.resolve().is_relative_to(folder.resolve())
