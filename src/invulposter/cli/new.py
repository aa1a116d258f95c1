"""`invulposter new`: starting points that build and pass `check` at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from invulposter.cli.common import main, sentences, workspace_option
from invulposter.errors import RequestError
from invulposter.library import Library, read_library
from invulposter.workspace import Workspace, find_workspace


@main.group()
def new() -> None:
    """Start a style, layout, network or rayon: a small example that works, with comments that say what to change."""


@new.command()
@click.argument("name")
@workspace_option
@sentences
def style(name: str, folder: Path) -> None:
    """Start a style NAME, with one layout in it."""
    from invulposter.scaffold import FIRST_LAYOUT, new_style

    _start(folder, lambda workspace, library: new_style(workspace, library, name), f"preview {name}/{FIRST_LAYOUT}")
    click.echo(f"  invulposter build {FIRST_LAYOUT} --style {name}")
    click.echo(f"A rayon whose rayon.yaml says 'stijl: {name}' uses this style: then build makes it without --style.")


@new.command()
@click.argument("name", metavar="STYLE/NAME")
@workspace_option
@sentences
def layout(name: str, folder: Path) -> None:
    """Start a layout NAME in a STYLE that exists."""
    from invulposter.scaffold import new_layout

    of, slash, own = name.partition("/")
    if not slash:
        raise RequestError(f"'{name}' names no style: expected STYLE/NAME")
    _start(folder, lambda workspace, library: new_layout(workspace, library, of, own), f"preview {name}")


@new.command()
@click.argument("name", metavar="ID")
@workspace_option
@sentences
def network(name: str, folder: Path) -> None:
    """Start a network with its own choice of tips and questions."""
    from invulposter.scaffold import new_network

    _start(folder, lambda workspace, library: new_network(workspace, library, name), f"build --network {name}")


@new.command()
@click.argument("name", metavar="ID")
@workspace_option
@sentences
def rayon(name: str, folder: Path) -> None:
    """Start a rayon, with a logo to replace."""
    from invulposter.scaffold import new_rayon

    _start(folder, lambda workspace, library: new_rayon(workspace, library, name), f"build --rayon {name}")


def _start(folder: Path, write: Callable[[Workspace, Library], tuple[Path, ...]], then: str) -> None:
    workspace = find_workspace(folder)
    for path in write(workspace, read_library(workspace)):
        click.echo(path.as_posix())
    click.echo(f"Open these in an editor: comments say what to change. Then:\n  invulposter {then}")
