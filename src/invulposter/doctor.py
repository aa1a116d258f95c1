"""`invulposter doctor`: does this machine have what typesetting needs? The only module that looks for it."""

import ctypes.util
import os
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_cache_path

from invulposter.errors import InvalidInputError
from invulposter.findings import Finding, Place, Severity
from invulposter.library import read_library
from invulposter.workspace import Workspace

_PANGO = {"pango-1.0": "libpango-1.0-0", "pangoft2-1.0": "libpangoft2-1.0-0", "harfbuzz": "libharfbuzz0b"}


def examine(workspace: Workspace) -> tuple[Finding, ...]:
    """Look at the machine and the workspace; a note for what is right, a warning or an error for what is not."""
    return (
        *_versions(),
        *_libraries(),
        *_fonts(workspace),
        *_cache(),
        *_workspace(workspace),
    )


def _note(code: str, message: str) -> Finding:
    return Finding(Place(), code, message, Severity.NOTE)


def _versions() -> Iterator[Finding]:
    names = ("invulposter", "weasyprint", "pypdf", "pikepdf", "reportlab", "pillow")
    python = ".".join(map(str, sys.version_info[:3]))
    yield _note("versions", f"Python {python}, " + ", ".join(f"{name} {version(name)}" for name in names))


def _libraries() -> Iterator[Finding]:
    for library, package in _PANGO.items():
        if not ctypes.util.find_library(library):
            advice = f"Install it: apt install {package}, or on macOS: brew install pango."
            yield Finding(
                Place(),
                "library",
                f"The library {library} is missing: nothing can be typeset.",
                advice=advice,
            )
    if ctypes.util.find_library("harfbuzz-subset"):
        yield _note("subset", "Fonts are subset by HarfBuzz.")
    else:
        yield Finding(
            Place(),
            "subset",
            "The library harfbuzz-subset is missing: every document takes 0.2 s longer.",
            Severity.WARNING,
            "Install it: apt install libharfbuzz-subset0, or on macOS: brew install harfbuzz.",
        )


def _fonts(workspace: Workspace) -> Iterator[Finding]:
    fonts = [path for folder in workspace.fonts for path in folder.rglob("*.ttf")]
    if fonts:
        yield _note("fonts", f"{len(fonts)} fonts in fonts/; typesetting sees no others.")
    else:
        yield Finding(Place("fonts"), "fonts", "There is no font (.ttf) in fonts/.", advice="Reinstall invulposter.")


def _cache() -> Iterator[Finding]:
    folder = user_cache_path("invulposter")
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    closed = [str(path) for path in (nearest, *nearest.glob("*/")) if not os.access(path, os.W_OK)]
    if closed:
        message = f"The cache folder can't be written ({', '.join(closed)}): builds are slower."
        yield Finding(Place(), "cache", message, Severity.WARNING, "Make it yours, or remove it.")
    free = shutil.disk_usage(Path.cwd()).free
    if free < 200_000_000:
        message = f"Only {free // 1_000_000} MB is free on this disk."
        yield Finding(Place(), "disk", message, Severity.WARNING, "Make room before building.")


def _workspace(workspace: Workspace) -> Iterator[Finding]:
    try:
        library = read_library(workspace)
    except InvalidInputError as error:
        yield from error.findings
        return
    yield from library.problems
    yield _note(
        "workspace",
        f"{len(library.rayons)} rayons, {len(library.networks)} networks, {len(library.layouts)} layouts.",
    )
