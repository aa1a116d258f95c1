"""`invulposter kit`."""

from __future__ import annotations

import datetime
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from invulposter.cli.common import count, main, sentences, workspace_option
from invulposter.errors import RequestError
from invulposter.findings import Severity
from invulposter.library import read_library
from invulposter.paper import Duplex, PaperWish
from invulposter.printers import find_printer, printers_file
from invulposter.report import Artefact
from invulposter.workspace import find_workspace

if TYPE_CHECKING:
    from invulposter.workshop.plan import KitRequest


@main.command()
@click.option("--rayon", required=True, metavar="ID", help="Whose workshop it is.")
@click.option("--network", required=True, metavar="ID", help="For which network.")
@click.option("--participants", type=int, required=True, metavar="N", help="How many people are expected.")
@click.option("--groups", type=int, required=True, metavar="N", help="In how many groups they work.")
@click.option("--paper", default="A4", show_default=True, metavar="PAPER", help="The largest in the printer: A4 or A3.")
@click.option("--size", metavar="SIZE", help="The groups' posters.  [default: A2 for up to 4 people a group, else A1]")
@click.option("--printer", metavar="NAME", help="A printer saved with 'invulposter calibrate --save'.")
@click.option(
    "--duplex", type=click.Choice([Duplex.LONG_EDGE.value, Duplex.SHORT_EDGE.value, Duplex.BY_HAND.value]),
    help="How backs are made; by-hand: on a printer that prints one side.  [default: the printer's; else what suits]",
)  # fmt: skip
@click.option("--date", "day", metavar="YYYY-MM-DD", help="When it is.")
@click.option("--start", metavar="HH:MM", help="When it starts: the timeline then tells the time.")
@click.option("--place", default="", metavar="TEXT", help="Where it is, on one line.")
@click.option(
    "--data", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="TABLE",
    help="A .csv or .xlsx of participants: sheets that ask for their name come filled in.",
)  # fmt: skip
@click.option("--zuinig", "thrifty", is_flag=True, help="Save ink: large shapes become lines.")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="KIT.zip",
    help="The zip file to write.",
)  # fmt: skip
@click.option(
    "--jobs", "workers", type=click.IntRange(1, 64), default=os.cpu_count() or 1, show_default="one per core",
    help="Number of documents to typeset at once.",
)  # fmt: skip
@click.option("--no-cache", is_flag=True, help="Make everything anew, keep nothing.")
@workspace_option
@sentences
def kit(out: Path, workers: int, no_cache: bool, folder: Path, **asked: Any) -> None:
    """Everything for one workshop in a zip file: counted, on sheets, in print order, with a print list.

    Exit status: 0 made; 1 a file could not be made; 2 the request is wrong. The zip is written when all is well.
    """
    from invulposter.cache import Cache
    from invulposter.inputs import read_inputs
    from invulposter.shop import Shop
    from invulposter.workers import Workers
    from invulposter.workshop.kit import make_kit
    from invulposter.workshop.plan import plan_kit
    from invulposter.write import write_file

    if out.suffix.lower() != ".zip":
        raise RequestError(f"{out}: expected a name that ends in .zip")
    workspace = find_workspace(folder)
    library = read_library(workspace)
    planned = plan_kit(library, _request(**asked), datetime.date.today())
    shop = Shop(
        library=library,
        fonts=workspace.fonts,
        out=out.parent,
        inputs=read_inputs(workspace, library),
        cache=None if no_cache else Cache.of_user(),
    )
    started = time.perf_counter()
    with Workers(workers, shop.job_seconds) as executor:
        made = make_kit(planned, shop, executor, _tell)
    write_file(out, made.to_zip())
    for row in made.printlist.rows:
        copies = f", print {row.copies} times" if row.copies > 1 else ""
        click.echo(f"{row.file}  {count(row.sheets, 'sheet')} of {row.paper}{copies}")
    sheets = " and ".join(f"{count(number, 'sheet')} of {name}" for name, number in made.printlist.paper.items())
    click.echo(f"{out}: {count(len(made.files), 'file')}, {sheets}, in {time.perf_counter() - started:.1f} s")


def _request(
    day: str | None,
    start: str | None,
    place: str,
    printer: str | None,
    duplex: str | None,
    data: Path | None,
    **given: Any,
) -> KitRequest:
    """The request in the options. Raises RequestError or InvalidInputError for what can't be read."""
    from invulposter.prefill import read_table
    from invulposter.workshop.plan import KitRequest, parse_date, parse_time

    return KitRequest(
        sheets=PaperWish(
            printer=find_printer(printer, printers_file()) if printer else None,
            duplex=Duplex(duplex) if duplex else None,
        ),
        date=parse_date(day) if day else None,
        place=place.strip(),
        start=parse_time(start) if start else None,
        people=read_table(data) if data else None,
        **given,
    )


def _tell(artefact: Artefact) -> None:
    for finding in artefact.findings:
        if finding.severity is not Severity.NOTE:
            click.echo(f"{artefact.path}  {finding.severity}: {finding}", err=True)
