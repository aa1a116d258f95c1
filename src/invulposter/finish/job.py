"""From a typeset document to the file of its edition: the one place that knows what each edition asks for."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from pypdf import PdfWriter

from invulposter.finish.booklet import Booklet
from invulposter.finish.boxes import Document, describe, written
from invulposter.finish.forms import Identity, finish_forms
from invulposter.finish.impose import ImposeRequest, Scaled, Scheme, impose
from invulposter.finish.nup import Cards
from invulposter.finish.press import press
from invulposter.finish.schemes import Duplex, Rect
from invulposter.finish.tiles import Tiles
from invulposter.geometry import Size
from invulposter.layout import Edition
from invulposter.plan import Job
from invulposter.render import Rendered
from invulposter.typeset import Typeset

#: What people type is set in, below the folder of fonts.
FIELD_FONT = "alegreya-sans/AlegreyaSans_500Medium.ttf"


@dataclass(frozen=True)
class Finished:
    """A finished PDF; the sheets of paper it prints on and their size (mm), straight cuts, and the duplex edge.

    `notes` are sentences for who prints it.
    """

    pdf: bytes
    sheets: int
    page: Size
    cuts: int = 0
    duplex: str | None = None
    notes: tuple[str, ...] = ()


def finish(document: Typeset, rendered: Rendered, job: Job, fonts: Path) -> Finished:
    """Give a typeset document what its edition and paper ask for; `fonts` is the folder that marks are set from.

    Raises RequestError where the size can't be made from the paper.
    """
    if job.edition is Edition.SCREEN:
        return Finished(_screen(document, rendered, job, fonts), document.pages, job.size)
    if job.edition is Edition.PRESS:
        printed = press(document.pdf, job, rendered.code, fonts)
        return Finished(printed.pdf, printed.sheets, job.size, printed.cuts, notes=printed.notes)
    scheme = office_scheme(job)
    if scheme is None:
        return _plain(document, job)
    request = ImposeRequest(scheme, job.paper, office_duplex(job, scheme), title=job.title)
    imposed = impose(document.pdf, request, fonts)
    return Finished(
        imposed.pdf,
        imposed.sheets,
        job.size if isinstance(scheme, Scaled) else job.paper,
        imposed.cuts,
        imposed.duplex,
        imposed.notes,
    )


def _screen(document: Typeset, rendered: Rendered, job: Job, fonts: Path) -> bytes:
    if not job.fillable:
        return document.pdf
    identity = Identity(
        product=job.layout.name,
        rayon=job.rayon.id,
        subject=job.subject.id if job.subject else "",
        edition=rendered.code,
    )
    return finish_forms(document.pdf, rendered.fields, fonts / FIELD_FONT, identity)


def office_scheme(job: Job) -> Scheme | None:
    """How the finished size is made from the paper: equal, plain or scaled; larger, tiles; smaller, as the layout says.

    None where the design is printed just as it is.
    """
    if job.size == job.paper:
        return None if job.size == job.layout.size else Scaled(job.size)
    fits = _fits(job.size, job.paper) or _fits(job.size, job.paper.turned())
    if not fits:
        return Tiles(job.size, avoid=_avoided(job))
    return Booklet(job.size) if job.layout.facts.office.scheme == "booklet" else Cards(job.size)


def _fits(size: Size, paper: Size) -> bool:
    # Half a millimetre, as A sizes are rounded: two A7 are 148 mm wide, and so is an A5.
    return size.width <= paper.width + 0.5 and size.height <= paper.height + 0.5


def office_duplex(job: Job, scheme: Scheme) -> Duplex:
    """Which edge the paper is turned over: none where there is nothing on the back."""
    if isinstance(scheme, Booklet):
        return Duplex.SHORT_EDGE
    return Duplex.LONG_EDGE if isinstance(scheme, Cards) and job.layout.facts.duplex else Duplex.NONE


def _avoided(job: Job) -> tuple[Rect, ...]:
    """The areas that seams keep out of, at the finished size, from the lower left corner."""
    scale = job.layout.size.scale_to(job.size)
    height = job.layout.size.height
    return tuple(
        Rect(x * scale, (height - y - tall) * scale, wide * scale, tall * scale)
        for x, y, wide, tall in job.layout.facts.avoid
    )


def _plain(document: Typeset, job: Job) -> Finished:
    """The typeset pages as they are, with the print dialogue's settings: on both sides where there are more."""
    edge = Duplex.SHORT_EDGE if job.size.landscape else Duplex.LONG_EDGE
    duplex = edge if document.pages > 1 else Duplex.NONE
    writer = PdfWriter(clone_from=BytesIO(document.pdf))
    describe(writer, Document(job.title, duplex=duplex))
    pdf = written(writer, document.pdf)
    if duplex is Duplex.NONE:
        return Finished(pdf, document.pages, job.size)
    return Finished(pdf, -(-document.pages // 2), job.size, duplex=str(duplex))
