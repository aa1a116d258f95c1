"""The command line: reads options, calls the line, prints. No decisions of its own."""

from __future__ import annotations

import functools
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import ParamSpec, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from invulposter import __version__
from invulposter.errors import InvalidInputError, InvulposterError
from invulposter.findings import Finding, errors
from invulposter.layout import Edition
from invulposter.plan import Job, Request, plan
from invulposter.report import Artefact, to_json_line
from invulposter.workspace import find_workspace, inputs_key, read_library

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

workspace_option = click.option(
    "--workspace",
    "-w",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(),
    help="Folder to look from for a content/ folder, upwards.  [default: this folder]",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


def _sentences(command: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """End a command with the error's own sentence and exit status instead of a traceback."""

    @functools.wraps(command)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        try:
            return command(*args, **kwargs)
        except InvalidInputError as error:
            click.echo(error, err=True)
            click.echo(f"{_count(len(error.findings), 'mistake')} in the content; nothing was made.", err=True)
            sys.exit(error.exit_status)
        except InvulposterError as error:
            click.echo(f"invulposter: {error}", err=True)
            sys.exit(error.exit_status)

    return run


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="invulposter")
def main() -> None:
    """Make printable posters, guides, cards and handouts for workshops on networking."""


@main.command()
@click.argument("layouts", nargs=-1, metavar="[LAYOUT]...")
@click.option("--rayon", "rayons", multiple=True, metavar="ID", help="Only this rayon; may be repeated, * and ? match.")
@click.option("--network", "networks", multiple=True, metavar="ID", help="Only this network; may be repeated.")
@click.option(
    "--edition",
    "editions",
    multiple=True,
    type=click.Choice([edition.value for edition in Edition]),
    help="What the PDFs are for; may be repeated.  [default: screen and office; office alone with --size or --paper]",
)
@click.option("--style", metavar="NAME", help="Use this style instead of each rayon's own.")
@click.option("--size", metavar="SIZE", help="Finished size of paper editions: A0 to A7, or 105x74 in mm.")
@click.option("--paper", metavar="PAPER", help="What is in the printer: A3, A4, ...  [default: the layout's own]")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("out"), show_default=True,
    help="Folder to write to.",
)  # fmt: skip
@click.option(
    "--jobs", "workers", type=click.IntRange(1, 64), default=os.cpu_count() or 1, show_default="one per core",
    help="Number of documents to typeset at once.",
)  # fmt: skip
@click.option("--no-cache", is_flag=True, help="Make everything anew, keep nothing.")
@click.option("--draft", is_flag=True, help="Write files that have errors too, marked CONCEPT on every page.")
@json_option
@workspace_option
@_sentences
def build(
    layouts: tuple[str, ...],
    rayons: tuple[str, ...],
    networks: tuple[str, ...],
    editions: tuple[str, ...],
    style: str | None,
    size: str | None,
    paper: str | None,
    out: Path,
    workers: int,
    no_cache: bool,
    draft: bool,
    as_json: bool,
    folder: Path,
) -> None:
    """Make PDFs: everything in the workspace, or only the LAYOUTs named.

    Also writes a gallery (index.html) and a report (build.json) in the output folder.
    Exit status: 0 all made; 1 something was refused or failed, the rest is made;
    2 the request or the content is wrong and nothing was made.
    """
    from invulposter.build import Shop, build_all
    from invulposter.cache import Cache

    workspace = find_workspace(folder)
    library = read_library(workspace)
    request = Request(
        layouts=layouts,
        rayons=rayons,
        networks=networks,
        editions=tuple(Edition(edition) for edition in editions),
        style=style,
        size=size,
        paper=paper,
    )
    jobs = plan(library, request)
    started = time.perf_counter()
    shop = Shop(
        library=library,
        fonts=workspace.fonts,
        out=out,
        inputs=inputs_key(workspace, library),
        cache=None if no_cache else Cache.of_user(),
        draft=draft,
    )
    batch = build_all(jobs, shop, workers)
    failed = 0
    for artefact in batch if as_json else _shown(batch, jobs):
        if as_json:
            click.echo(to_json_line(artefact))
        failed += not artefact.made
    _report_problems(library.problems)
    if not as_json:
        made = len(jobs) - failed
        click.echo(
            f"{made} of {_count(len(jobs), 'file')} made in {time.perf_counter() - started:.1f} s: {out}/index.html"
        )
    sys.exit(1 if failed or errors(library.problems) else 0)


def _shown(batch: Iterator[Artefact], jobs: Sequence[Job]) -> Iterator[Artefact]:
    """Pass a batch on, showing a progress bar on a terminal and a plain line for each file elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        for artefact in batch:
            click.echo(_line(artefact))
            yield artefact
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=len(jobs))
        for artefact in batch:
            progress.update(task, advance=1, description=artefact.path)
            if not artefact.made or artefact.findings:
                progress.console.print(_line(artefact), markup=False, highlight=False)
            yield artefact


def _line(artefact: Artefact) -> str:
    if not artefact.made:
        return f"NOT MADE  {artefact.path}: {artefact.error}"
    pages = _count(artefact.pages, "page")
    lines = [f"{artefact.path}  {pages}, {artefact.seconds:.2f} s"]
    lines += [f"  {finding.severity}: {finding}" for finding in artefact.findings]
    return "\n".join(lines)


def _report_problems(problems: Sequence[Finding]) -> None:
    for problem in problems:
        click.echo(problem, err=True)


@main.command()
@workspace_option
@_sentences
def check(folder: Path) -> None:
    """Check content, rayons and layouts without making anything.

    Prints every mistake at once as path:line:column: message. Exit status: 0 all right; 2 there are mistakes.
    """
    workspace = find_workspace(folder)
    library = read_library(workspace)
    _report_problems(library.problems)
    if errors(library.problems):
        click.echo(f"{_count(len(errors(library.problems)), 'mistake')}.", err=True)
        sys.exit(2)
    click.echo(
        f"All right: {_count(len(library.rayons), 'rayon')}, {_count(len(library.networks), 'network')}, "
        f"{_count(len(library.phases), 'phase')}, {_count(len(library.layouts), 'layout')}."
    )


@main.command(name="list")
@click.argument("what", type=click.Choice(["layouts", "networks", "rayons", "papers"]), default="layouts")
@json_option
@workspace_option
@_sentences
def list_(what: str, as_json: bool, folder: Path) -> None:
    """List what there is: layouts (the default), networks, rayons or papers."""
    from invulposter.listing import listing

    rows = listing(what, read_library(find_workspace(folder)))
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    table = Table(box=None, pad_edge=False)
    for column in rows[0] if rows else ():
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row.values())
    # A pipe has no width: give every column the room it needs there.
    Console(width=None if sys.stdout.isatty() else 240).print(table, highlight=False)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_sentences
def init(folder: Path) -> None:
    """Make FOLDER a workspace of your own: a copy of the sample content to edit, layouts to add."""
    from invulposter.scaffold import init_workspace

    files = init_workspace(folder)
    click.echo(f"{_count(files, 'file')} written to {folder}. Start with {folder}/content/LEESMIJ.md, then:")
    click.echo(f"  cd {folder}\n  invulposter check\n  invulposter build")


@main.command()
@workspace_option
@_sentences
def doctor(folder: Path) -> None:
    """Say whether this machine has what is needed, and what to do where it has not."""
    from invulposter.doctor import examine

    findings = examine(find_workspace(folder))
    for finding in findings:
        click.echo(f"{finding.severity.upper():8}{finding}")
    if errors(findings):
        sys.exit(1)


if __name__ == "__main__":
    main()
