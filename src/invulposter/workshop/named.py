"""Sheets that come with each participant's name: a form filled in for every row, made flat, one after the other."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pypdf import PdfReader, PdfWriter

from invulposter.errors import InvalidInputError, RequestError
from invulposter.findings import Finding
from invulposter.finish.boxes import Document, describe, written
from invulposter.finish.choose import choose, turned_as_a_book
from invulposter.finish.fill import FormTemplate
from invulposter.finish.flatten import flatten
from invulposter.finish.impose import impose
from invulposter.finish.job import wanted
from invulposter.paper import Duplex, Kind
from invulposter.prefill import Copy, Table, match_columns, prefill
from invulposter.workshop.plan import KitItem


@dataclass(frozen=True)
class Named:
    """All copies in one file: those with a name in the order of the list, then blank ones for who is not on it."""

    pdf: bytes
    sheets: int
    duplex: Duplex
    notes: tuple[str, ...] = ()


def named_copies(item: KitItem, people: Table, form: bytes, fonts: Path) -> Named:
    """Fill `form` in for every row of `people`, and add blank ones up to the number that the item needs.

    Raises InvalidInputError with every mistake in the rows, RequestError where no column is a field of the form.
    """
    copies = filled_in(form, people)
    blank = flatten(form, fonts).pdf
    filled = (flatten(copy, fonts).pdf for copy in copies)
    merged = PdfWriter()
    for flat in (*filled, *[blank] * (item.pieces - len(copies))):
        merged.append(io.BytesIO(flat), import_outline=False)
        _pad(merged, len(PdfReader(io.BytesIO(blank)).pages))
    # Every copy brought its own fonts and drawing.
    merged.compress_identical_objects()
    return _printed(item, merged, form, fonts)


def filled_in(form: bytes, people: Table) -> tuple[bytes, ...]:
    """A filled copy for each row; columns that are no field of the form are passed over. Raises as `named_copies`."""
    template = FormTemplate(form)
    if not match_columns(people, template.slots)[0]:
        raise RequestError(f"{people.path}: no column has the name of a field; there are {', '.join(template.slots)}")
    results = tuple(prefill(template, people))
    wrong = tuple(_wrong_values(results))
    if wrong:
        raise InvalidInputError(wrong)
    return tuple(one.pdf for one in results if isinstance(one, Copy))


def _wrong_values(results: tuple[Copy | Finding, ...]) -> Iterator[Finding]:
    return (one for one in results if isinstance(one, Finding) and one.code == "prefill-value")


def _pad(merged: PdfWriter, pages: int) -> None:
    """Let a copy of several pages end on a back, so that the next begins on a sheet of its own."""
    if pages > 1 and pages % 2:
        merged.add_blank_page()


def _printed(item: KitItem, merged: PdfWriter, seed: bytes, fonts: Path) -> Named:
    """The copies as the printer that is there makes them."""
    job = item.job
    each = len(merged.pages) // item.pieces
    duplex = turned_as_a_book(job.size) if each > 1 else Duplex.NONE
    if job.kind is Kind.PLAIN and job.sheets.printer is None:
        describe(merged, Document(job.title, duplex=duplex))
        return Named(written(merged, seed), len(merged.pages) if each == 1 else len(merged.pages) // 2, duplex)
    # Of one page each, a back would be the next one's front.
    request = replace(choose(wanted(job), job.title), duplex=duplex)
    imposed = impose(written(merged, seed), request, fonts)
    return Named(imposed.pdf, imposed.sheets, Duplex(imposed.duplex or Duplex.NONE), imposed.notes)
