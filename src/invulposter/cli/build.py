"""`invulposter build`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from invulposter.cli.common import count, json_option, main, report, sentences, workspace_option
from invulposter.cli.sheets import printshop_options, sheet_options
from invulposter.errors import RequestError
from invulposter.findings import errors
from invulposter.layout import Edition
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
@click.option("--zuinig", "thrifty", is_flag=True, help="Save ink: large shapes become lines.")
@sheet_options
@printshop_options
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
    editions: tuple[str, ...],
    out: Path,
    workers: int,
    data: Path | None,
    no_cache: bool,
    draft: bool,
    as_json: bool,
    folder: Path,
    **asked: Any,
) -> None:
    """Make PDFs: everything in the workspace, or only the LAYOUTs named.

    Also writes a gallery (index.html) and a report (build.json) in the output folder.
    Exit status: 0 all made; 1 something was refused or failed, the rest is made;
    2 the request or the content is wrong and nothing was made.
    """
    from invulposter.batch import build_all
    from invulposter.cache import Cache
    from invulposter.inputs import read_inputs
    from invulposter.shop import Shop

    workspace = find_workspace(folder)
    library = read_library(workspace)
    jobs = plan(library, Request(editions=tuple(map(Edition, editions)), **asked))
    table = _table(data, jobs) if data else None
    shop = Shop(
        library=library,
        fonts=workspace.fonts,
        out=out,
        inputs=read_inputs(workspace, library),
        cache=None if no_cache else Cache.of_user(),
        draft=draft,
        data=table,
    )
    started = time.perf_counter()
    batch = build_all(jobs, shop, workers)
    artefacts = []
    try:
        for artefact in _printed(batch) if as_json else _shown(batch, jobs):
            artefacts.append(artefact)  # what was made before an interruption counts
    except KeyboardInterrupt:
        batch.close()
        left = count(len(jobs) - len(artefacts), "file")
        click.echo(
            f"Stopped: {len(artefacts)} of {len(jobs)} made, {left} left. Build again to go on from here.", err=True
        )
        sys.exit(130)
    report(library.problems)
    copies = sum(artefact.copies for artefact in artefacts)
    made = sum(artefact.made for artefact in artefacts)
    if not as_json:
        seconds = time.perf_counter() - started
        click.echo(f"{made} of {count(len(jobs), 'file')} made in {seconds:.1f} s: {out}/index.html")
        if table:
            click.echo(f"Filled copies: {copies}, for {count(len(table.rows), 'row')} of {data}.")
    refused = any(errors(artefact.refused) for artefact in artefacts) or errors(library.problems)
    sys.exit(1 if made < len(jobs) or refused or (table and not copies) else 0)


def _printed(batch: Iterator[Artefact]) -> Iterator[Artefact]:
    """Pass a batch on, printing each artefact as a line of JSON."""
    for artefact in batch:
        click.echo(to_json_line(artefact))
        yield artefact


def _table(path: Path, jobs: Sequence[Job]) -> Table:
    """The table to fill forms from. Raises RequestError where none of the jobs is a form."""
    if not any(job.fillable for job in jobs):
        raise RequestError("--data fills forms in, and nothing that was asked for is one: ask for --edition screen")
    from invulposter.prefill import read_table

    return read_table(path)


def _shown(batch: Iterator[Artefact], jobs: Sequence[Job]) -> Iterator[Artefact]:
    """Pass a batch on, showing a progress bar on a terminal and a plain line for each file elsewhere."""
    if sys.stderr.isatty():
        from invulposter.cli.progress import with_bar

        yield from with_bar(batch, len(jobs), _line)
        return
    for artefact in batch:
        click.echo(_line(artefact))
        yield artefact


def _line(artefact: Artefact) -> str:
    if not artefact.made:
        return f"NOT MADE  {artefact.path}: {artefact.error}"
    pages = count(artefact.pages, "page")
    lines = [f"{artefact.path}  {pages}, {artefact.seconds:.2f} s"]
    lines += [f"  {finding.severity}: {finding}" for finding in (*artefact.findings, *artefact.refused)]
    return "\n".join(lines)
