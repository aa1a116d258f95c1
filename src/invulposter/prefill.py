"""One filled copy of a form for each row of a table: `.csv` or `.xlsx`, the fields' names or questions above.

Rows and columns count from 1, as a spreadsheet shows them; the first row that is no title names the columns.
"""

import codecs
import csv
import datetime
import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import openpyxl
from babel.dates import format_date
from openpyxl.utils.exceptions import InvalidFileException

from invulposter.errors import InvalidInputError
from invulposter.findings import Finding, Place, Severity
from invulposter.finish import appearance
from invulposter.finish.fill import FormTemplate, Slot, Value
from invulposter.words import folded

#: More than this is not a list of participants; it keeps a mistaken file from filling the disk.
MOST_ROWS = 20_000
MOST_BYTES = 20_000_000

#: The last row that a spreadsheet has, and as many columns as a list may have.
_LAST_ROW, _MOST_COLUMNS = 1_048_576, 1000
#: How an .xls file begins, and any Excel file that has a password.
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
#: What a spreadsheet shows for a mistake, in English or Dutch: #N/A, #N/B, #REF!, #VERW!, #NAME?, #DEEL/0!
_ERROR = re.compile(r"#(N/[AB]|[A-Z/0]+[!?])")
#: Unpacked, a table of that many rows stays well below this.
_MOST_UNPACKED = 200_000_000
#: What csv and openpyxl raise for a file that is not what its name says; a ParseError is a SyntaxError.
_UNREADABLE = (OSError, ValueError, LookupError, SyntaxError, csv.Error, InvalidFileException)
#: What they raise for one that is so in part: its parts become arguments of openpyxl's classes.
_DAMAGED = (zipfile.BadZipFile, zlib.error, ArithmeticError, AttributeError, TypeError, RuntimeError)

#: The field for whose form it is, and what a list of participants calls its column: a whole name, or a part of it,
#: in the order in which they are written.
_NAME = "naam"
_WHOLE = {
    "deelnemer",
    "naam deelnemer",
    "naam deelnemers",
    "naam van deelnemer",
    "naam van de deelnemer",
    "volledige naam",
}
_PARTS = ("voornaam", "tussenvoegsel", "tussenvoegsels", "voorvoegsel", "achternaam")
_OF_A_NAME = {"voornaam", "achternaam"}
#: So many rows may stand above the headings: a title, a date.
_MOST_ABOVE = 10

#: What a cell says; None where it holds a formula without a result.
Cell = str | None

_YES = {"ja", "j", "x", "v", "✓", "1", "waar", "true", "yes", "y"}
_NO = {"nee", "n", "0", "onwaar", "false", "no", ""}


@dataclass(frozen=True)
class Table:
    """A table as read: the column names, the rows with their number in the spreadsheet, and that of the names' row."""

    path: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    top: int = 1


@dataclass(frozen=True)
class Column:
    """A field, and the cells of a row (from 0) that together are its value, in the order in which it is written."""

    slot: Slot
    cells: tuple[int, ...]


@dataclass(frozen=True)
class Copy:
    """One filled form, the row of the table that it was made from, and what its first text column says."""

    row: int
    pdf: bytes
    name: str = ""


def prefill(template: FormTemplate, table: Table) -> Iterator[Copy | Finding]:
    """Give each good row's copy, and a finding with row and column for whatever is wrong.

    A column that can't be used is told once and left out; a row with a wrong value is reported and not made.
    """
    columns, found = match_columns(table, template.slots)
    yield from found
    if not columns:
        place, message = Place(table.path, table.top), "no column has the name of a field"
        yield Finding(place, "prefill-column", message, Severity.ERROR, _advice(template.slots))
        return
    for row, cells in table.rows:
        values, wrong = row_values(table.path, row, cells, columns, template.widths)
        yield from wrong
        if not wrong and values:
            name = next((value for value in values.values() if isinstance(value, str)), "")
            yield Copy(row, template.fill(values), name)


def read_table(path: Path) -> Table:
    """Read a `.csv` or `.xlsx` file as `parse_table` does. Raises InvalidInputError where it can't be opened, too."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _unreadable(str(path), f"the file is larger than {MOST_BYTES // 1_000_000} MB")
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(str(path), error.strerror or str(error)) from error
    return parse_table(str(path), data)


def parse_table(name: str, data: bytes) -> Table:
    """Read the bytes of a `.csv` (as `parse_csv` does) or `.xlsx` (its first sheet), known by `name`.

    Empty rows are passed over, and a title above the headings. Raises InvalidInputError with one finding where it can't
    be read as such, and with one for each cell that holds an error or a formula without a result.
    """
    try:
        if data.startswith(_OLE):
            raise ValueError("it is an old .xls file, or has a password; save it as .xlsx, without one")
        cells = _xlsx_rows(data) if PurePath(name).suffix.lower() == ".xlsx" else enumerate(parse_csv(data), 1)
        filled = ((number, row) for number, row in cells if any(cell is None or cell.strip() for cell in row))
        rows = tuple(itertools.islice(filled, MOST_ROWS + _MOST_ABOVE + 2))
    except _DAMAGED as error:
        raise _unreadable(name, "it is damaged, or no .xlsx file") from error
    except _UNREADABLE as error:
        raise _unreadable(name, str(error)) from error
    return _table(name, rows)


def parse_csv(data: bytes) -> list[list[str]]:
    """Give the rows of comma-, semicolon- or tab-separated text, by which of them the first line has most of.

    It is UTF-8 or UTF-16 with a byte order mark, UTF-8 without one, or else what Excel writes in Dutch: Windows-1252.
    Raises ValueError for what is no text.
    """
    text = _decoded(data)
    if "\0" in text:
        raise ValueError("it is no text; save it as CSV or as .xlsx")
    delimiter = max(";,\t", key=text.split("\n", 1)[0].count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def match_columns(table: Table, slots: Mapping[str, Slot]) -> tuple[tuple[Column, ...], tuple[Finding, ...]]:
    """Find each column's field, by its name, its question, or the last part of its name where only one has it.

    Where no column is the field `naam`, one that a list of participants calls otherwise is, or those of the parts of a
    name together. A column that is no field of the form gets a note: lists say more than forms ask for.
    """
    fields = _fields(table.header, {slot.name: slot.label for slot in slots.values()})
    columns: dict[str, tuple[int, ...]] = {}
    found: list[Finding] = []
    for index, heading in enumerate(table.header):
        place, name = Place(table.path, table.top, index + 1), fields.get(index)
        if name is None and heading:
            message = f"column '{heading}' is not a field of this form"
            found.append(Finding(place, "prefill-unused", message, Severity.NOTE, about=heading))
        elif name in columns and _heading(heading) not in _PARTS:
            message = f"column '{heading}' fills '{name}', which an earlier column fills too"
            found.append(Finding(place, "prefill-column", message))
        elif name is not None:
            columns[name] = (*columns.get(name, ()), index)
    written = list(fields)
    return (
        tuple(Column(slots[name], tuple(sorted(cells, key=written.index))) for name, cells in columns.items()),
        tuple(found),
    )


def fits(table: Table, labels: Mapping[str, str]) -> bool:
    """Whether a column of the table is a field of a form: `labels` are its questions by field name."""
    return bool(_fields(table.header, labels))


def row_values(
    path: str, row: int, cells: Sequence[str], columns: Sequence[Column], widths: appearance.Widths
) -> tuple[dict[str, Value], tuple[Finding, ...]]:
    """Give a row's values by field name, and what is wrong with them. Empty cells leave their field empty."""
    values: dict[str, Value] = {}
    wrong: list[Finding] = []
    for column in columns:
        slot = column.slot
        parts = (cells[index].strip() for index in column.cells if index < len(cells))
        cell = " ".join(part for part in parts if part)
        if not cell:
            continue
        mistake = _mistake(cell, slot, widths)
        if mistake:
            place = Place(path, row, column.cells[0] + 1)
            wrong.append(Finding(place, "prefill-value", f"{slot.name}: {mistake}"))
        else:
            values[slot.name] = cell.casefold() in _YES if slot.tick else cell
    return values, tuple(wrong)


def _mistake(cell: str, slot: Slot, widths: appearance.Widths) -> str:
    if slot.tick:
        return "" if cell.casefold() in _YES | _NO else f"'{_short(cell)}' is neither ja nor nee"
    if slot.maximum and len(cell) > slot.maximum:
        return f"'{_short(cell)}' has {len(cell)} characters and there is room for {slot.maximum}"
    if not slot.multiline and "\n" in cell:
        return f"'{_short(cell)}' has more than one line and there is room for one"
    strange = appearance.undrawable(cell, widths)
    return f"the form's font has no {' '.join(strange)}" if strange else ""


def _unreadable(name: str, reason: str) -> InvalidInputError:
    return InvalidInputError([Finding(Place(name), "prefill-table", f"can't be read as a table: {reason}")])


def _table(path: str, rows: Sequence[tuple[int, Sequence[Cell]]]) -> Table:
    if not rows:
        raise InvalidInputError([Finding(Place(path), "prefill-table", "is empty")])
    if wrong := tuple(_without_value(path, rows)):
        raise InvalidInputError(wrong)
    texts = [(number, tuple(cell or "" for cell in row)) for number, row in rows]
    first = _headings_at([row for _, row in texts[: _MOST_ABOVE + 1]])
    (top, headings), *others = texts[first:]
    if len(others) > MOST_ROWS:
        message = f"has more than {MOST_ROWS} rows below its headings, and no more can be made at once"
        raise InvalidInputError([Finding(Place(path), "prefill-table", message)])
    return Table(path, tuple(cell.strip() for cell in headings), tuple(others), top)


def _headings_at(rows: Sequence[Sequence[str]]) -> int:
    """Which row holds the headings.

    It is the first with a heading for a name, where what is above it is shorter; else the first of more than one cell.
    """
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    for index, row in enumerate(rows):
        if any(_heading(cell) in {_NAME, *_WHOLE, *_OF_A_NAME} for cell in row):
            return index if all(above == 1 or above < filled[index] for above in filled[:index]) else 0
    return next((index for index, cells in enumerate(filled) if cells > 1), 0)


def _without_value(path: str, rows: Sequence[tuple[int, Sequence[Cell]]]) -> Iterator[Finding]:
    """A finding for each cell that shows no value of its own: it would be taken for a name."""
    for number, row in rows:
        for column, cell in enumerate(row, 1):
            place = Place(path, number, column)
            if cell is None:
                message = "holds a formula without a result; open the table in Excel, save it, and try again"
                yield Finding(place, "prefill-cell", message)
            elif _ERROR.fullmatch(cell.strip()):
                yield Finding(place, "prefill-cell", f"holds the error {cell.strip()}; mend it or empty the cell")


def _xlsx_rows(data: bytes) -> Iterator[tuple[int, Sequence[Cell]]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > _MOST_UNPACKED:
            raise ValueError("it unpacks to more than a table can be")
        formulas = any(b"<f" in archive.read(part) for part in parts if part.filename.startswith("xl/worksheets/"))
    values = _sheet(data, results=True)
    # Only beside what was typed it shows which values are results.
    typed = _sheet(data, results=False) if formulas else itertools.repeat(())
    for number, (row, as_typed) in enumerate(zip(values, typed, strict=False), 1):
        pairs = itertools.zip_longest(row, as_typed[: len(row)])
        yield number, [None if _has_no_result(*pair) else _cell_text(pair[0].value) for pair in pairs]


def _sheet(data: bytes, results: bool) -> Iterator[Sequence[Any]]:
    """The rows of the first sheet, its formulas as their stored results or as they were typed."""
    book: Any = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=results)
    try:
        sheet = book.worksheets[0]
        # What a file says of its own size may be far too much.
        sheet.reset_dimensions()
        yield from (row[:_MOST_COLUMNS] for row in sheet.iter_rows(max_row=_LAST_ROW))
    finally:
        book.close()


def _has_no_result(value: Any, typed: Any) -> bool:
    """Whether a cell is a formula that nothing worked out. A result may be an empty text: that has a type."""
    return typed is not None and typed.data_type == "f" and value.value is None and value.data_type != "str"


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime.date):
        return format_date(value, "d MMMM y", locale="nl")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _fields(header: Sequence[str], labels: Mapping[str, str]) -> dict[int, str]:
    """The columns that are fields of a form, by index; those of the parts of a name in the order of a name."""
    known = _known_columns(labels)
    headings = {index: _heading(heading) for index, heading in enumerate(header)}
    found = {index: known[heading] for index, heading in headings.items() if heading in known}
    if _NAME in labels and _NAME not in found.values():
        others = {heading: index for index, heading in reversed(headings.items()) if index not in found}
        whole = [index for heading, index in others.items() if heading in _WHOLE]
        parts = [others[part] for part in _PARTS if part in others]
        if whole or others.keys() & _OF_A_NAME:
            found |= dict.fromkeys([min(whole)] if whole else parts, _NAME)
    return found


def _known_columns(labels: Mapping[str, str]) -> dict[str, str]:
    """Every heading a field answers to, with its name; what two fields share answers to neither."""
    known: dict[str, str] = {}
    last_parts = {name: name.rpartition(".")[2] for name in labels}
    for headings in ({name: name for name in labels}, labels, last_parts):
        found: dict[str, list[str]] = {}
        for name, heading in headings.items():
            found.setdefault(_heading(heading), []).append(name)
        for heading, sharing in found.items():
            if heading and len(sharing) == 1:
                known.setdefault(heading, sharing[0])
    return known


def _heading(text: str) -> str:
    return folded(text).rstrip("?:")


def _advice(slots: Mapping[str, Slot]) -> str:
    names = list(slots)
    return f"Fields are {', '.join(names[:8])}{' …' if len(names) > 8 else ''}."


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:39] + "…"
