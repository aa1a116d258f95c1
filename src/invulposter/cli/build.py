"""`invulposter build`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from invulposter.cli.common import count, json_option, main, report, sentences, workspace_option
from invulposter.cli.sheets import sheet_options
from invulposter.errors import RequestError
from invulposter.findings import errors
from invulposter.layout import Edition
from invulposter.paper import PaperWish
from invulposter.plan import Job, Request, plan
from invulposter.report import Artefact, to_json_line
from invulposter.workspace import find_workspace, read_library

if TYPE_CHECKING:
    from invulposter.prefill import Table


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
@sheet_options
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("out"), show_default=True,
    help="Folder to write to.",
)  # fmt: skip
@click.option(
    "--jobs", "workers", type=click.IntRange(1, 64), default=os.cpu_count() or 1, show_default="one per core",
    help="Number of documents to typeset at once.",
)  # fmt: skip
@click.option(
    "--data", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="TABLE",
    help="A .csv or .xlsx: also make a filled copy of each form for every row, still to be edited.",
)  # fmt: skip
@click.option("--no-cache", is_flag=True, help="Make everything anew, keep nothing.")
@click.option("--draft", is_flag=True, help="Write files that have errors too, marked CONCEPT on every page.")
@json_option
@workspace_option
@sentences
def build(
    layouts: tuple[str, ...],
    rayons: tuple[str, ...],
    networks: tuple[str, ...],
    editions: tuple[str, ...],
    style: str | None,
    size: str | None,
    paper: str | None,
    sheets: PaperWish,
    out: Path,
    workers: int,
    data: Path | None,
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
    from invulposter.inputs import read_inputs

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
        sheets=sheets,
    )
    jobs = plan(library, request)
    started = time.perf_counter()
    shop = Shop(
        library=library,
        fonts=workspace.fonts,
        out=out,
        inputs=read_inputs(workspace, library),
        cache=None if no_cache else Cache.of_user(),
        draft=draft,
        data=_table(data, jobs) if data else None,
    )
    batch = build_all(jobs, shop, workers)
    artefacts = []
    for artefact in batch if as_json else _shown(batch, jobs):
        if as_json:
            click.echo(to_json_line(artefact))
        artefacts.append(artefact)
    report(library.problems)
    if not as_json:
        _conclude(artefacts, shop.data, out, time.perf_counter() - started)
    sys.exit(0 if _right(artefacts, shop.data) and not errors(library.problems) else 1)


def _conclude(artefacts: Sequence[Artefact], table: Table | None, out: Path, seconds: float) -> None:
    made = sum(artefact.made for artefact in artefacts)
    click.echo(f"{made} of {count(len(artefacts), 'file')} made in {seconds:.1f} s: {out}/index.html")
    if table:
        copies = sum(artefact.copies for artefact in artefacts)
        click.echo(f"Filled copies: {copies}, for {count(len(table.rows), 'row')} of {table.path}.")


def _right(artefacts: Sequence[Artefact], table: Table | None) -> bool:
    """Whether everything was made: each file, and a copy for each row of the table."""
    whole = all(artefact.made and not errors(artefact.refused) for artefact in artefacts)
    return whole and (table is None or any(artefact.copies for artefact in artefacts))


def _table(path: Path, jobs: Sequence[Job]) -> Table:
    """The table to fill forms from. Raises RequestError where none of the jobs is a form."""
    if not any(job.fillable for job in jobs):
        raise RequestError("--data fills forms in, and nothing that was asked for is one: ask for --edition screen")
    from invulposter.prefill import read_table

    return read_table(path)


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
            if not artefact.made or artefact.findings or artefact.refused:
                progress.console.print(_line(artefact), markup=False, highlight=False)
            yield artefact


def _line(artefact: Artefact) -> str:
    if not artefact.made:
        return f"NOT MADE  {artefact.path}: {artefact.error}"
    pages = count(artefact.pages, "page")
    lines = [f"{artefact.path}  {pages}, {artefact.seconds:.2f} s"]
    lines += [f"  {finding.severity}: {finding}" for finding in (*artefact.findings, *artefact.refused)]
    return "\n".join(lines)
