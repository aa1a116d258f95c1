"""The command that takes forms home: collect."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from invulposter.cli.common import count, main, report, sentences, workspace_option
from invulposter.errors import RequestError
from invulposter.findings import Finding, Place, Severity
from invulposter.library import Library, read_library
from invulposter.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from invulposter.collect.read import Answers

#: What an output can be, by the ending of its name.
_TABLES, _POSTER = (".xlsx", ".csv", ".json"), ".pdf"


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILLED.pdf...")
@click.option(
    "-o", "--out", "outs", multiple=True, required=True, type=click.Path(path_type=Path, dir_okay=False),
    help="Table (.xlsx, .csv, .json) or harvest poster (.pdf) to write; may be repeated.",
)  # fmt: skip
@click.option("--names", is_flag=True, help="Take over names too; without this they are left out of everything.")
@click.option("--zuinig", "thrifty", is_flag=True, help="A poster that saves ink.")
@click.option("--rayon", metavar="ID", help="Whose poster it is.  [default: the rayon of most of the forms]")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=os.cpu_count() or 1, show_default="one per core",
    help="Number of files to read at once.",
)  # fmt: skip
@workspace_option
@sentences
def collect(
    files: tuple[str, ...],
    outs: tuple[Path, ...],
    names: bool,
    thrifty: bool,
    rayon: str | None,
    jobs: int,
    folder: Path,
) -> None:
    """Bring filled-in forms home: files, folders or patterns, as one table or one poster.

    Everything stays on this machine, and nothing is written but what -o names.
    Exit status: 0 all read; 1 a file was skipped, the others are in; 2 nothing was written.
    """
    from invulposter.collect.batch import collect as read_forms
    from invulposter.collect.files import form_files
    from invulposter.collect.names import without_names
    from invulposter.write import write_file

    for out in outs:
        if out.suffix.lower() not in (*_TABLES, _POSTER):
            raise RequestError(f"{out}: expected a name that ends in {', '.join((*_TABLES, _POSTER))}")
    workspace = find_workspace(folder)
    library = read_library(workspace)
    paths = form_files(files, outs)
    collected = read_forms(paths, library.poster, jobs)
    report(collected.findings)
    skipped = [finding for finding in collected.findings if finding.severity is not Severity.NOTE]
    if skipped and not collected.answers:
        raise RequestError(f"none of {count(len(paths), 'file')} could be read as a form; nothing was written")
    answers = collected.answers if names else without_names(collected.answers, library.poster)
    for out in outs:
        poster = out.suffix.lower() == _POSTER
        write_file(out, _poster(answers, names, thrifty, rayon, library, workspace) if poster else _table(answers, out))
    left_out = len(paths) - len(answers)
    click.echo(
        f"{count(len(answers), 'form')} of {count(len(paths), 'file')} collected"
        f"{f', {left_out} left out' if left_out else ''}: {', '.join(map(str, outs))}"
    )
    sys.exit(1 if skipped else 0)


def _table(answers: Sequence[Answers], out: Path) -> bytes:
    from invulposter.collect import table

    written = {".xlsx": table.to_xlsx, ".csv": table.to_csv, ".json": table.to_json}
    return written[out.suffix.lower()](table.tables(answers))


def _poster(
    answers: Sequence[Answers], names: bool, thrifty: bool, rayon: str | None, library: Library, workspace: Workspace
) -> bytes:
    """The harvest as a poster, through the ordinary line. Raises TypesetError where it does not come out right."""
    from invulposter.build import make_one
    from invulposter.collect.poster import poster_job

    chosen = _rayon_of(answers, library, rayon)
    job = poster_job(answers, names, chosen, library, workspace.fonts[-1])
    job = replace(job, thrifty=thrifty and job.layout.facts.thrifty)
    product = make_one(job, library, workspace.fonts)
    report(product.findings)
    return product.pdf


def _rayon_of(answers: Sequence[Answers], library: Library, asked: str | None) -> str:
    """The rayon that was asked for, else the one that most forms are of; says so where they are of several.

    Raises RequestError for a rayon that does not exist, and where no form tells.
    """
    from invulposter.collect.poster import rayons_of

    found = rayons_of(answers, library.rayons)
    name = asked or next(iter(found), None)
    if name is None or name not in library.rayons:
        problem = f"rayon '{asked}' does not exist" if asked else "the forms do not tell of which rayon they are"
        raise RequestError(f"{problem}; choose one with --rayon: {', '.join(library.rayons)}")
    if len(found) > 1 and not asked:
        message = f"the forms are of {count(len(found), 'rayon')}; the poster is in the colours of most of them: {name}"
        report([Finding(Place(), "collect-rayons", message, Severity.NOTE)])
    return name
