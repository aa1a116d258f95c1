"""The commands about a workspace: check, list, init, doctor."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Column, Table

from invulposter.cli.common import count, json_option, main, report, sentences, workspace_option
from invulposter.findings import Severity, errors
from invulposter.library import read_library
from invulposter.workspace import find_workspace


@main.command()
@workspace_option
@sentences
def check(folder: Path) -> None:
    """Check content, rayons and layouts without making anything.

    Prints every mistake at once as path:line:column: message. Exit status: 0 all right; 2 there are mistakes.
    """
    from invulposter.templatecheck import check_templates

    workspace = find_workspace(folder)
    library = read_library(workspace)
    problems = (*library.problems, *check_templates(workspace.root))
    report(problems)
    if errors(problems):
        click.echo(f"{count(len(errors(problems)), 'mistake')}.", err=True)
        sys.exit(2)
    click.echo(
        f"All right: {count(len(library.rayons), 'rayon')}, {count(len(library.networks), 'network')}, "
        f"{count(len(library.phases), 'phase')}, {count(len(library.layouts), 'layout')}."
    )


@main.command(name="list")
@click.argument("what", type=click.Choice(["layouts", "networks", "rayons", "papers"]), default="layouts")
@json_option
@workspace_option
@sentences
def list_(what: str, as_json: bool, folder: Path) -> None:
    """List what there is: layouts (the default), networks, rayons or papers."""
    from invulposter.listing import listing

    library = read_library(find_workspace(folder))
    report([problem for problem in library.problems if problem.severity is Severity.ERROR])
    rows = listing(what, library)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    # A pipe has no width: give every column the room it needs there.
    console = Console(width=None if sys.stdout.isatty() else 240)
    for number, columns in enumerate(_tables(rows)):
        if number:
            console.print()
        table = Table(*(Column(name, overflow="fold") for name in columns), box=None, pad_edge=False)
        for row in rows:
            table.add_row(*(row[name] for name in columns))
        console.print(table, highlight=False)


def _tables(rows: Sequence[Mapping[str, str]]) -> Iterator[list[str]]:
    """The columns of each table: a sentence beside all the others would be a strip of one word wide."""
    names = list(rows[0]) if rows else []
    yield [name for name in names if name != "description"]
    if "description" in names:
        yield [*names[:2], "description"]


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--rayon", metavar="ID", help="Start with this rayon alone, a new one or one of the samples.")
@sentences
def init(folder: Path, rayon: str | None) -> None:
    """Make FOLDER a workspace of your own: a copy of the sample content to edit, layouts to add."""
    from invulposter.scaffold import init_workspace

    files = init_workspace(folder, rayon)
    click.echo(f"{count(files, 'file')} written to {folder}. Start with {folder}/content/LEESMIJ.md, then:")
    click.echo(f"  cd {folder}\n  invulposter check\n  invulposter build")


@main.command()
@workspace_option
@sentences
def doctor(folder: Path) -> None:
    """Say whether this machine has what is needed, and what to do where it has not."""
    from invulposter.doctor import examine

    findings = examine(find_workspace(folder))
    for finding in findings:
        click.echo(f"{finding.severity.upper():8}{finding}")
    if errors(findings):
        sys.exit(1)
