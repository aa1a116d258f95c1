"""From a typeset document to the file of its edition: the one place that knows what each edition asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf

from invulposter.edition import Edition
from invulposter.finish.boxes import Document, bare
from invulposter.finish.choose import Wanted, choose, turned_as_a_book
from invulposter.finish.forms import Identity, finish_forms
from invulposter.finish.impose import Scaled, impose
from invulposter.finish.press import press
from invulposter.finish.schemes import Rect
from invulposter.geometry import Size
from invulposter.kit import FieldSpec
from invulposter.paper import Duplex, Kind
from invulposter.pdfbytes import saved
from invulposter.plan import Job
from invulposter.render import Rendered
from invulposter.typeset import Typeset

#: A seam stays this far from a writing line, in mm at the designed size.
_AT_A_RULE = 1.2
#: What people type is set in, below the folder of fonts.
FIELD_FONT = "alegreya-sans/AlegreyaSans_500Medium.ttf"


@dataclass(frozen=True)
class Finished:
    """A finished PDF and its pages; the sheets of paper it prints on and their size (mm), straight cuts, duplex edge.

    `notes` are sentences for who prints it. `typeset` is the PDF it was made from, where it shows those pages as they
    are; `tiles` are columns and rows of sheets to glue.
    """

    pdf: bytes
    pages: int
    sheets: int
    page: Size
    cuts: int = 0
    duplex: str | None = None
    notes: tuple[str, ...] = ()
    typeset: bytes | None = None
    tiles: tuple[int, int] = (0, 0)


def finish(document: Typeset, rendered: Rendered, job: Job, fonts: Path) -> Finished:
    """Give a typeset document what its edition and paper ask for; `fonts` is the folder that marks are set from.

    Raises RequestError where the size can't be made from the paper.
    """
    if job.edition is Edition.SCREEN or job.typed:
        typeset = None if job.bleed else document.pdf
        pages = document.pages
        return Finished(_screen(document, rendered, job, fonts), pages, pages, job.size, typeset=typeset)
    if job.edition is Edition.PRESS:
        printed = press(document.pdf, job, rendered.code, fonts)
        return Finished(printed.pdf, printed.pages, printed.sheets, job.size, printed.cuts, notes=printed.notes)
    # A printer that shifts or scales is made up for on plain pages too.
    if job.kind is Kind.PLAIN and job.sheets.printer is None:
        return _plain(document, job)
    request = choose(wanted(job, rendered.fields), job.title)
    imposed = impose(_without_fields(document.pdf) if job.typeset_with_fields else document.pdf, request, fonts)
    return Finished(
        imposed.pdf,
        imposed.pages,
        imposed.sheets,
        job.size if isinstance(request.scheme, Scaled) else job.paper,
        imposed.cuts,
        imposed.duplex,
        imposed.notes,
        tiles=imposed.tiles,
    )


def _screen(document: Typeset, rendered: Rendered, job: Job, fonts: Path) -> bytes:
    if not job.fillable:
        return _trimmed(document.pdf) if job.bleed else document.pdf
    identity = Identity(
        product=job.layout.name,
        rayon=job.rayon.id,
        subject=job.subject.id if job.subject else "",
        edition=rendered.code,
    )
    return finish_forms(document.pdf, rendered.fields, fonts / FIELD_FONT, identity)


def _trimmed(pdf: bytes) -> bytes:
    """The pages at their trim size: what runs past it is there, but no longer on the page."""
    with pikepdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            page.mediabox = page.trimbox
            for name in ("/CropBox", "/BleedBox", "/TrimBox"):
                if name in page:
                    del page[name]
        return saved(document)


def _without_fields(pdf: bytes) -> bytes:
    """The pages alone: what nobody has filled in yet need not be drawn into them."""
    with pikepdf.open(BytesIO(pdf)) as document:
        bare(document, Document())
        return saved(document)


def wanted(job: Job, fields: Sequence[FieldSpec] = ()) -> Wanted:
    """What a job asks of its paper; seams keep out of what the layout declares and of `fields` to write in."""
    facts = job.layout.facts
    declared = (*facts.avoid, *(area for field in fields for area in _written_in(field)))
    return Wanted(
        design=job.layout.size,
        finished=job.size,
        paper=job.paper,
        small=facts.office.scheme,
        two_sided=facts.duplex,
        avoid=tuple(_on_poster(job, *area) for area in declared),
        wish=job.sheets.suiting(job.kind),
    )


def _written_in(field: FieldSpec) -> tuple[tuple[float, float, float, float], ...]:
    """What of a field a seam should not cut, in mm from the upper left: a ruled one may be cut between its lines."""
    if not field.pitch:
        return ((field.x, field.y, field.width, field.height),)
    rules = (field.y + field.pitch * (line + 1) for line in range(field.lines))
    return tuple((field.x, rule - _AT_A_RULE, field.width, 2 * _AT_A_RULE) for rule in rules)


def _on_poster(job: Job, x: float, y: float, wide: float, tall: float) -> Rect:
    """An area of the design at the finished size, from the lower left corner."""
    scale = job.layout.size.scale_to(job.size)
    return Rect(x, job.layout.size.height - y - tall, wide, tall).scaled(scale)


def _plain(document: Typeset, job: Job) -> Finished:
    """The typeset pages as they are, with the print dialogue's settings: on both sides where there are more."""
    duplex = turned_as_a_book(job.size) if document.pages > 1 else Duplex.NONE
    with pikepdf.open(BytesIO(document.pdf)) as made:
        bare(made, Document(job.title, duplex=duplex))
        pdf = saved(made)
    pages = document.pages
    if duplex is Duplex.NONE:
        return Finished(pdf, pages, pages, job.size, typeset=document.pdf)
    return Finished(pdf, pages, -(-pages // 2), job.size, duplex=str(duplex), typeset=document.pdf)
