"""From uploaded forms to what Oogst shows: read one by one, then a table for each product and a poster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from invulposter.collect.batch import Read, gather
from invulposter.collect.names import without_names
from invulposter.collect.poster import poster_job, rayons_of
from invulposter.collect.read import Answers, Value, read_answers
from invulposter.collect.table import Table, tables, to_csv, to_json, to_xlsx
from invulposter.errors import InvulposterError
from invulposter.findings import Finding, Place, Severity, errors
from invulposter.studio.dutch import of_form, sentence
from invulposter.studio.proofs import prove
from invulposter.studio.shelf import Shelved
from invulposter.studio.state import Studio
from invulposter.studio.stock import Stock
from invulposter.studio.tasks import Task

_WRITERS = {"xlsx": to_xlsx, "csv": to_csv, "json": to_json}
_NO_RAYON = "De formulieren zeggen niet van welk rayon ze zijn: kies een rayon voor de poster."


@dataclass(frozen=True)
class Upload:
    """A file as it was sent: its own name, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Grid:
    """A table to look at: what it is of, the questions that anybody answered, and for each form its answers."""

    product: str
    questions: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Gathered:
    """What came of it: how many were sent and read, what is to be told about files, tables and poster.

    `tables` are files by kind; `problem` says why there is no poster.
    """

    sent: int
    read: int
    remarks: tuple[str, ...]
    grids: tuple[Grid, ...]
    tables: tuple[tuple[str, Shelved], ...] = ()
    poster: Shelved | None = None
    pictures: tuple[Shelved, ...] = ()
    problem: str = ""


def gathered(task: Task, files: Sequence[Upload], rayon: str, names: bool, stock: Stock, studio: Studio) -> Gathered:
    """Read the forms and make everything of them; without `rayon` the poster is that of most forms' rayon."""
    files = _told_apart(files)
    reads = list(_reads(task, files, studio))
    task.tell(len(files), len(files) + 1, "De antwoorden worden bij elkaar gezet …")
    collected = gather(reads, stock.library.poster, {file.name: file.data for file in files}.__getitem__)
    answers = collected.answers if names else without_names(collected.answers, stock.library.poster)
    remarks = tuple(of_form(finding) for finding in collected.findings)
    if not answers:
        return Gathered(len(files), 0, remarks, ())
    made = tables(answers)
    found = Gathered(
        len(files),
        len(answers),
        remarks,
        tuple(grid(table) for table in made),
        tuple((kind, studio.shelf.put(f"oogst.{kind}", write(made))) for kind, write in _WRITERS.items()),
    )
    task.tell(len(files), len(files) + 1, "De poster wordt gemaakt …")
    try:
        return _with_poster(found, answers, names, rayon, stock, studio)
    except InvulposterError as error:
        return replace(found, problem=f"De poster is niet gemaakt. {sentence(error)}")


def grid(table: Table) -> Grid:
    """A table as it is looked at: without the questions that nobody answered."""
    columns = [column for column in table.columns if any(one.values.get(column.id) for one in table.answers)]
    rows = ((one.path, tuple(_shown(one.values.get(column.id)) for column in columns)) for one in table.answers)
    return Grid(table.product, tuple(column.heading for column in columns), tuple(rows))


def read_upload(data: bytes, name: str) -> Read:
    """Read one file, in a worker: a damaged one may take it along."""
    return read_answers(data, name)


def _shown(value: Value | None) -> str:
    return "ja" if value is True else str(value or "")


def _reads(task: Task, files: Sequence[Upload], studio: Studio) -> Iterator[Read]:
    for number, file in enumerate(files):
        task.tell(number, len(files) + 1, f"{file.name} wordt gelezen …")
        try:
            yield studio.workers.call(read_upload, file.data, file.name)
        except InvulposterError:
            yield Finding(Place(file.name), "collect-damaged", "broke the program that reads it", Severity.WARNING)


def _told_apart(files: Sequence[Upload]) -> list[Upload]:
    """The files, with a number behind a name that was there before."""
    seen: dict[str, int] = {}
    for file in files:
        seen[file.name] = seen.get(file.name, 0)
    told = []
    for file in files:
        seen[file.name] += 1
        told.append(file if seen[file.name] == 1 else replace(file, name=f"{file.name} ({seen[file.name]})"))
    return told


def _with_poster(
    found: Gathered, answers: Sequence[Answers], names: bool, rayon: str, stock: Stock, studio: Studio
) -> Gathered:
    chosen = rayon or next(iter(rayons_of(answers, stock.library.rayons)), "")
    if not chosen:
        return replace(found, problem=_NO_RAYON)
    job = poster_job(answers, names, chosen, stock.library, stock.fonts[-1])
    proof = studio.workers.call(prove, job, stock.file, stock.fonts, None, studio.shelf.scratch())
    if errors(proof.product.findings):
        return replace(found, problem="De poster is niet gemaakt: niet alle antwoorden passen erop.")
    return replace(
        found,
        poster=studio.shelf.put("oogst.pdf", proof.product.pdf),
        pictures=tuple(studio.shelf.put("blad.jpg", one.jpeg) for one in proof.product.pictures),
    )
