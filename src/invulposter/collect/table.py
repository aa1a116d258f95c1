"""The harvest as a table: a row a person, a column a question, in the order of the form."""

import csv
import datetime
import io
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from invulposter.collect.read import Answers, Value, clean

#: What every table starts with.
_ABOUT = ("bestand", "product", "rayon", "netwerk", "editie")
#: A spreadsheet takes what starts like this for a formula (OWASP, CSV injection); full-width signs too.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
#: The most letters a cell of a spreadsheet holds.
_CELL = 32_767
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True)
class Column:
    """A question's column: its id, and what stands above it."""

    id: str
    heading: str


@dataclass(frozen=True)
class Table:
    """The answers to one product, older editions included: their columns and, for each form, its row."""

    product: str
    columns: tuple[Column, ...]
    answers: tuple[Answers, ...]


def tables(answers: Sequence[Answers]) -> tuple[Table, ...]:
    """One table a product, in the order in which products come. Editions are brought together by question id.

    The edition with the most forms gives the order and the wording; what only another asks comes behind.
    """
    products = dict.fromkeys(one.identity.product for one in answers)
    return tuple(
        _table(product, tuple(one for one in answers if one.identity.product == product)) for product in products
    )


def to_csv(made: Sequence[Table]) -> bytes:
    """UTF-8 with a byte order mark and semicolons, as Dutch spreadsheets open it; formulas made harmless.

    Several products share one table, each with its own columns.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    columns = [(table.product, column) for table in made for column in table.columns]
    writer.writerow([harmless(text) for text in (*_ABOUT, *(column.heading for _, column in columns))])
    for table in made:
        for one in table.answers:
            cells = (
                _shown(one.values.get(column.id)) if product == table.product else "" for product, column in columns
            )
            writer.writerow([harmless(text) for text in (*_about(one), *cells)])
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def to_json(made: Sequence[Table]) -> bytes:
    """One object: the questions by product, and a list of forms with their values by question id."""
    document = {
        "vragen": {table.product: {column.id: column.heading for column in table.columns} for table in made},
        "formulieren": [
            dict(zip(_ABOUT, _about(one), strict=True))
            | {"antwoorden": {column.id: one.values[column.id] for column in table.columns if column.id in one.values}}
            for table in made
            for one in table.answers
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def to_xlsx(made: Sequence[Table]) -> bytes:
    """A sheet a product, headings fixed, and a last sheet with the questions' ids. Every cell is text."""
    book: Any = openpyxl.Workbook(write_only=True)
    book.properties.created = book.properties.modified = datetime.datetime(2000, 1, 1)
    for table in made:
        _answer_sheet(book, table)
    questions = book.create_sheet("Vragen")
    questions.append([_cell(questions, text, bold=True) for text in ("product", "id", "vraag")])
    for table in made:
        for column in table.columns:
            questions.append([_cell(questions, text) for text in (table.product, column.id, column.heading)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def harmless(text: str) -> str:
    """`text` with an apostrophe before it where a spreadsheet would calculate it."""
    return f"'{text}" if _FORMULA.match(text) else text


def _table(product: str, answers: tuple[Answers, ...]) -> Table:
    counts: dict[str, int] = {}
    for one in answers:
        counts[one.identity.edition] = counts.get(one.identity.edition, 0) + 1
    by_use = sorted(answers, key=lambda one: -counts[one.identity.edition])
    headings: dict[str, str] = {}
    for one in by_use:
        for question in one.questions:
            headings.setdefault(question.id, question.text)
    return Table(product, tuple(Column(id_, text) for id_, text in headings.items()), answers)


def _answer_sheet(book: Any, table: Table) -> None:
    name = _NO_SHEET_NAME.sub(" ", table.product)[:31] or "Antwoorden"
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "B2"
    sheet.append([_cell(sheet, text, bold=True) for text in (*_ABOUT, *(column.heading for column in table.columns))])
    for one in table.answers:
        cells = (_shown(one.values.get(column.id)) for column in table.columns)
        sheet.append([_cell(sheet, text) if text else None for text in (*_about(one), *cells)])


def _cell(sheet: Any, text: str, bold: bool = False) -> Any:
    cell: Any = WriteOnlyCell(sheet, text[:_CELL])
    # Without this, text that starts with = becomes a formula.
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    if bold or "\n" in text:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _about(one: Answers) -> tuple[str, ...]:
    identity = one.identity
    return (_file_name(one.path), identity.product, identity.rayon, identity.subject, identity.edition)


def _file_name(path: str) -> str:
    """The name of a file as text: a disk keeps bytes, which need not be UTF-8 or printable."""
    return clean(os.fsencode(Path(path).name).decode("utf-8", "replace"))


def _shown(value: Value | None) -> str:
    if isinstance(value, bool):
        return "ja" if value else ""
    return value or ""
