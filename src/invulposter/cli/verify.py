"""`invulposter verify`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from invulposter.cli.common import main, report, sentences, workspace_option
from invulposter.library import read_library
from invulposter.report import BUILD_FILE, from_json
from invulposter.workspace import find_workspace


@main.command()
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option(
    "--report", "saved", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=Path("out") / BUILD_FILE, show_default=True,
    help="The build.json of the print: keep it with what you had printed.",
)  # fmt: skip
@workspace_option
@sentences
def verify(codes: tuple[str, ...], saved: Path, folder: Path) -> None:
    """Say what changed since a print: the products with edition CODE, or all in the report; which pages or cards.

    The code stands small on every product, behind its name. Nothing is made.
    Exit status: 0 all still the same; 1 something changed; 2 there is no such code.
    """
    from invulposter.drawing.type import Typecase
    from invulposter.verify import find
    from invulposter.verify import verify as judge

    workspace = find_workspace(folder)
    printed = find(tuple(from_json(saved.read_text(encoding="utf-8", errors="replace"))), codes)
    library = read_library(workspace)
    report(library.problems)
    typecase = Typecase(*workspace.fonts)
    verdicts = [judge(artefact, library, typecase) for artefact in printed]
    for verdict in verdicts:
        click.echo(verdict)
    sys.exit(0 if all(verdict.same for verdict in verdicts) else 1)
