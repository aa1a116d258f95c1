"""From rendered HTML to a typeset document: what rayons share, and what is a rayon's own laid over it."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from io import BytesIO

import pikepdf

from invulposter.bind import bind_code, bind_colours, bind_identity
from invulposter.codes import codes_in, put_codes
from invulposter.edition import Edition
from invulposter.errors import TypesetError
from invulposter.findings import Finding
from invulposter.halves import Halves, halves
from invulposter.kept import Half, Kept
from invulposter.laidout import from_simplified, page_texts, simplified, stand_free
from invulposter.layoutcheck import Limits, check_document, check_layers
from invulposter.overlay import lay_over
from invulposter.pdfbytes import saved
from invulposter.plan import Job
from invulposter.render import Rendered
from invulposter.typesetter import FileKind, laid_out


@dataclass(frozen=True)
class Typeset:
    """A typeset document: the PDF, its number of pages, and what was found on the way."""

    pdf: bytes
    pages: int
    findings: tuple[Finding, ...]


def typeset(rendered: Rendered, job: Job, kept: Kept | None = None) -> Typeset:
    """Typeset one document: each half once for all documents that have it, where `kept` holds it.

    Editions that show the same page share its typesetting when they follow one another. Raises TypesetError where
    WeasyPrint gives up; what it logs becomes findings.
    """
    parts = halves(rendered)
    own = _half(parts.own, job, kept) if parts.own else None
    shared = _half(parts.shared, job, kept)
    if own and not _fit(parts, own, shared):
        parts, own, shared = Halves(rendered, None, ()), None, _half(rendered, job, kept)
    pdf = _joined(
        shared.pdf,
        own and own.pdf,
        parts.places,
        tuple(rendered.colours.items()),
        rendered.code,
        job.title,
        job.rayon.name,
    )
    return Typeset(pdf, shared.pages, (*shared.findings, *_own_findings(parts, own, shared)))


def _fit(parts: Halves, own: Half, shared: Half) -> bool:
    """Whether each page is one page in both halves, and what is the rayon's own stands where it would by itself."""
    return shared.pages == len(parts.places) and own.pages == len({*parts.places} - {None}) and own.free


def _own_findings(parts: Halves, own: Half | None, shared: Half) -> Iterator[Finding]:
    """What is wrong in the own half, or between the two, by the document's own pages."""
    if not own or not parts.own:
        return
    for finding in own.findings:
        yield replace(finding, place=replace(finding.place, page=_page(finding.place.page, parts.places)))
    texts = [from_simplified(page) for page in own.texts]
    above = [[] if place is None else texts[place] for place in parts.places]
    yield from check_layers([from_simplified(page) for page in shared.texts], above, parts.own.origins)


def _page(number: int, places: tuple[int | None, ...]) -> int:
    """The first page (from 1) that a page of the own half lies over; 0 stays what it is, no page at all."""
    return places.index(number - 1) + 1 if number else 0


def _half(rendered: Rendered, job: Job, kept: Kept | None) -> Half:
    pictures = (part for name, data in sorted(rendered.assets.items()) for part in (name, data))
    key = (kind_of_file(job), repr(_limits(job)), rendered.html, *rendered.stylesheets, *pictures)
    half = kept.get(*key) if kept else None
    if half is None:
        half = _laid_out_half(rendered, job)
        # What is wrong may be told in other words to another rayon, whose files it stands in.
        if kept and not half.findings:
            kept.put(half, *key)
    return half


@functools.lru_cache(maxsize=1)
def _joined(
    shared: bytes,
    own: bytes | None,
    places: tuple[int | None, ...],
    colours: tuple[tuple[str, str], ...],
    code: str,
    *names: str,
) -> bytes:
    """One document of two halves, in an office's colours, with its edition code, title and author.

    The code is the rayon's own: it stands in the own half, if there is one.
    """
    with ExitStack() as open_files:
        pdf = open_files.enter_context(pikepdf.open(BytesIO(shared)))
        if own:
            above = open_files.enter_context(pikepdf.open(BytesIO(own)))
            bind_code(above, code)
            lay_over(pdf, above, places)
        else:
            bind_code(pdf, code)
        bind_colours(pdf, dict(colours))
        bind_identity(pdf, *names)
        return saved(pdf)


def _laid_out_half(rendered: Rendered, job: Job) -> Half:
    pictures = (*rendered.assets.items(), *rendered.drawings.items())
    made = laid_out(rendered.html, rendered.stylesheets, pictures, kind_of_file(job))
    if isinstance(made, TypesetError):
        raise TypesetError(f"{job.path}: {made}")
    pages = made.document.pages
    found = (*made.findings, *check_document(made.document, _limits(job, rendered)))
    return Half(
        _packed(made.pdf, rendered),
        found,
        tuple(simplified(page_texts(page)) for page in pages),
        all(map(stand_free, pages)),
    )


def _packed(pdf: bytes, rendered: Rendered) -> bytes:
    """A half as it is kept: with its QR codes, and compressed."""
    with pikepdf.open(BytesIO(pdf)) as document:
        put_codes(document, codes_in(rendered.drawings.values()))
        return saved(document, pikepdf.ObjectStreamMode.generate)


def _limits(job: Job, rendered: Rendered | None = None) -> Limits:
    """What a layout asks of its pages, and with `rendered` what has to be on them."""
    facts = job.layout.facts
    limits = Limits(safe=facts.safe, smallest_type=facts.smallest_type, scale=job.layout.size.scale_to(job.size))
    return replace(limits, words=rendered.words, origins=rendered.origins) if rendered else limits


def kind_of_file(job: Job) -> FileKind:
    """Tagged for the screen, and for the office as well: where both show the same page, it is typeset once."""
    if job.typeset_with_fields:
        return FileKind.FORM
    return FileKind.PLAIN if job.edition is Edition.PRESS else FileKind.TAGGED
