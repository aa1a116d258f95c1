"""`invulposter build`."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from invulposter.cache import Cache
from invulposter.cli.common import count, json_option, main, report, sentences, workspace_option
from invulposter.cli.sheets import printshop_options, sheet_options
from invulposter.edition import Edition
from invulposter.errors import InvalidInputError, RequestError, WorkspaceError
from invulposter.findings import Finding, Place, errors
from invulposter.report import Artefact, to_json_line
from invulposter.request import Request
from invulposter.untouched import Known, memory_of
from invulposter.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from invulposter.library import Library
    from invulposter.plan import Job
    from invulposter.prefill import Table
    from invulposter.shop import Shop
    from invulposter.workers import Executor


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
    help="A .csv or .xlsx: also a filled copy of each form for every row; or, with a column rayon, a list of what to "
    "make.",
)  # fmt: skip
@click.option("--dask", metavar="ADDRESS", help="Make them on the Dask cluster with this scheduler: tcp://HOST:PORT.")
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
    dask: str | None,
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
    workspace, request = find_workspace(folder), Request(editions=tuple(map(Edition, editions)), **asked)
    cache = None if no_cache else Cache.of_user()
    memory = memory_of(request, workspace, out, cache) if cache and not (data or dask or draft) else None
    known = memory.recall() if memory else None
    if not (known or dask):
        _warm_up()
    work = _again(known) if known else _read(request, workspace, out, workers, data, cache, draft)
    started = time.perf_counter()
    with _cluster(dask) as executor:
        batch = work.batch(executor)
        artefacts, untold = _until_stopped(_printed(batch) if as_json else _shown(batch, work.total), batch, work.total)
    report((*work.problems, *untold, *_unused(work.table, artefacts)))
    made = sum(artefact.made for artefact in artefacts)
    if not as_json:
        seconds = time.perf_counter() - started
        click.echo(f"{made} of {count(work.total, 'file')} made in {seconds:.1f} s: {out}/index.html")
    copies = sum(artefact.copies for artefact in artefacts)
    if work.table and not as_json:
        click.echo(f"Filled copies: {copies}, for {count(len(work.table.rows), 'row')} of {data}.")
    refused = any(errors(artefact.refused) for artefact in artefacts) or errors(work.problems)
    if made < work.total or untold or refused or (work.table and not copies):
        sys.exit(1)
    if memory and not known:
        memory.remember(artefacts, work.problems)


def _unused(table: Table | None, artefacts: Sequence[Artefact]) -> tuple[Finding, ...]:
    """A note on the columns of the table that no form asked for."""
    if table is None:
        return ()
    from invulposter.copies import unused_columns

    return unused_columns(artefact.refused for artefact in artefacts if artefact.copies)


def _warm_up() -> None:
    from invulposter.workers import warm_up

    warm_up()


@dataclass(frozen=True)
class _Work:
    """How many files there are to be, and how they come; what is wrong elsewhere; a table to fill forms from."""

    total: int
    batch: Callable[[Executor | None], Generator[Artefact, None, None]]
    problems: tuple[Finding, ...]
    table: Table | None = None


def _again(known: Known) -> _Work:
    """What the same command gave when it was last run."""
    return _Work(len(known.artefacts), lambda _: (artefact for artefact in known.artefacts), known.problems)


def _read(
    request: Request,
    workspace: Workspace,
    out: Path,
    workers: int,
    data: Path | None,
    cache: Cache | None,
    draft: bool,
) -> _Work:
    """Read the content, and plan what is to be made."""
    from invulposter.batch import build_all
    from invulposter.inputs import read_inputs
    from invulposter.library import read_library
    from invulposter.shop import Shop

    library = read_library(workspace)
    try:
        planned = _planned(data, library, request)
    except RequestError:
        # What can't be used for a mistake is not there to be asked for.
        report(library.problems)
        raise
    shop = Shop(
        library=library,
        fonts=workspace.fonts,
        out=out,
        inputs=read_inputs(workspace, library),
        cache=cache,
        draft=draft,
        data=planned.table,
    )
    _need_a_form(planned, shop)
    return _Work(
        total=len(planned.jobs),
        batch=lambda executor: build_all(planned.jobs, shop, workers, executor),
        problems=(*library.problems, *planned.refused),
        table=planned.table,
    )


@dataclass(frozen=True)
class _Planned:
    """The jobs, what is wrong with rows that ask for others, and a table to fill forms from."""

    jobs: tuple[Job, ...]
    refused: tuple[Finding, ...] = ()
    table: Table | None = None


def _planned(data: Path | None, library: Library, request: Request) -> _Planned:
    """What is to be made. Raises RequestError where none of it is a form, and there is a table to fill forms from."""
    from invulposter.plan import plan

    if data is None:
        return _Planned(plan(library, request))
    from invulposter.orders import is_order_list, read_orders
    from invulposter.prefill import read_table

    table = read_table(data)
    if is_order_list(table):
        orders = read_orders(table, library, request)
        if not orders.jobs:
            raise InvalidInputError(orders.refused)
        return _Planned(orders.jobs, orders.refused)
    jobs = plan(library, request)
    if not any(job.fillable for job in jobs):
        raise RequestError("--data fills forms in, and nothing that was asked for is one: ask for --edition screen")
    return _Planned(jobs, table=table)


def _need_a_form(planned: _Planned, shop: Shop) -> None:
    """Raises RequestError where the table has nothing that a form asks for: nothing is made for nobody."""
    if planned.table is None:
        return
    from invulposter.copies import fits_a_form

    if not fits_a_form(planned.table, planned.jobs, shop.pages):
        raise RequestError(
            f"{planned.table.path}:{planned.table.top}: no column has the name of a field, such as naam, and this is"
            " no list of orders either, which has a column rayon; nothing was made"
        )


def _cluster(address: str | None) -> AbstractContextManager[Executor | None]:
    if address is None:
        return contextlib.nullcontext()
    from invulposter.cluster import cluster

    return cluster(address)


def _until_stopped(
    shown: Iterator[Artefact], batch: Generator[Artefact, None, None], total: int
) -> tuple[list[Artefact], tuple[Finding, ...]]:
    """Every artefact, and what was wrong where report or gallery could not be written.

    After Ctrl-C says what is left and ends the command, with what was made in the report.
    """
    artefacts: list[Artefact] = []
    untold: tuple[Finding, ...] = ()
    try:
        for artefact in shown:
            artefacts.append(artefact)  # a comprehension would lose them when it is interrupted
    except WorkspaceError as error:
        untold = (Finding(Place(), "report", str(error)),)
    except KeyboardInterrupt:
        batch.close()
        left = total - len(artefacts)
        click.echo(
            f"Stopped: {len(artefacts)} of {count(total, 'file')} made, {left} left; build again to go on.", err=True
        )
        sys.exit(130)
    return artefacts, untold


def _printed(batch: Iterator[Artefact]) -> Iterator[Artefact]:
    """Pass a batch on, printing each artefact as a line of JSON."""
    for artefact in batch:
        click.echo(to_json_line(artefact))
        yield artefact


def _shown(batch: Iterator[Artefact], total: int) -> Iterator[Artefact]:
    """Pass a batch on, showing a progress bar on a terminal and a plain line for each file elsewhere."""
    if sys.stderr.isatty():
        from invulposter.cli.progress import with_bar

        yield from with_bar(batch, total, _line)
        return
    for artefact in batch:
        click.echo(_line(artefact))
        yield artefact


def _line(artefact: Artefact) -> str:
    if not artefact.made:
        return f"NOT MADE  {artefact.path}: {artefact.error}"
    pages = count(artefact.pages, "page")
    lines = [f"{artefact.path}  {pages}, {artefact.seconds:.2f} s"]
    # A column that this form doesn't ask for may be on another: in the end those are told that are on none.
    told = (*artefact.findings, *(one for one in artefact.refused if one.code != "prefill-unused"))
    lines += [f"  {finding.severity}: {finding}" for finding in told]
    return "\n".join(lines)
