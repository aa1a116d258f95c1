"""From rendered HTML to a typeset document: what rayons share, and what is a rayon's own laid over it."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from io import BytesIO

import pikepdf

from invulposter import readaloud
from invulposter.bind import bind_code, bind_colours, bind_identity
from invulposter.codecheck import check_codes
from invulposter.codes import codes_in, put_codes
from invulposter.edition import Edition
from invulposter.errors import TypesetError
from invulposter.fieldcheck import Area, check_covered, check_edges, check_pitch, page_areas
from invulposter.findings import Finding
from invulposter.halves import Halves, halves
from invulposter.kept import Half, Kept
from invulposter.laidout import Rectangle, from_simplified, page_texts, simplified, stand_free
from invulposter.layoutcheck import Limits, check_document, check_layers, check_sizes
from invulposter.overlay import lay_over
from invulposter.pdfbytes import saved
from invulposter.plan import Job
from invulposter.render import Rendered
from invulposter.typesetter import FileKind, forget_pages, laid_out


@dataclass(frozen=True)
class Typeset:
    """A typeset document: the PDF, its number of pages, and what was found on the way."""

    pdf: bytes
    pages: int
    findings: tuple[Finding, ...]

    @property
    def on_paper(self) -> Typeset:
        """The same without what is wrong for who has it read aloud; itself where there is nothing of that."""
        found = tuple(finding for finding in self.findings if finding.code not in readaloud.CODES)
        return self if found == self.findings else replace(self, findings=found)


@dataclass(frozen=True)
class _Asked:
    """What a job asks of its typesetting: editions that show the same page ask the same. Lengths as in Limits.

    `written` is the scale at which people write on it.
    """

    kind: FileKind
    safe: float
    smallest_type: float
    scale: float
    written: float
    title: str
    author: str


def typeset(rendered: Rendered, job: Job, kept: Kept | None = None) -> Typeset:
    """Typeset one document: each half once for all documents that have it, where `kept` holds it.

    Editions that show the same page share its typesetting when they follow one another. Raises TypesetError where
    WeasyPrint gives up; what it logs becomes findings.
    """
    try:
        made = _typeset(rendered, _asked(job), kept)
    except TypesetError as error:
        raise TypesetError(f"{job.path}: {error}") from error
    return made if job.edition is Edition.SCREEN else made.on_paper


def forget_typeset() -> None:
    """Typeset the next document anew, whatever came before it."""
    _typeset.cache_clear()
    forget_pages()


def _asked(job: Job) -> _Asked:
    facts, scale = job.layout.facts, job.layout.size.scale_to(job.size)
    return _Asked(
        kind=kind_of_file(job),
        safe=facts.safe,
        smallest_type=facts.smallest_type,
        scale=scale,
        written=job.layout.office_scale,
        title=job.title,
        author=job.rayon.name,
    )


#: One document, so that its next edition finds it.
@functools.lru_cache(maxsize=1)
def _typeset(rendered: Rendered, asked: _Asked, kept: Kept | None) -> Typeset:
    parts = halves(rendered)
    own = _half(parts.own, asked, kept) if parts.own else None
    shared = _half(parts.shared, asked, kept)
    if own and not _fit(parts, own, shared):
        parts, own, shared = Halves(rendered, None, ()), None, _half(rendered, asked, kept)
    pdf = _joined(shared, own, parts.places, rendered, asked)
    # The halves have the same style sheets: what is wrong with one is told once.
    found = dict.fromkeys((*_findings(parts, own, shared, asked), *_findings_in(rendered, asked)))
    return Typeset(pdf, shared.pages, tuple(found))


def _fit(parts: Halves, own: Half, shared: Half) -> bool:
    """Whether each page is one page in both halves, and what is the rayon's own stands where it would by itself."""
    return shared.pages == len(parts.places) and own.pages == len({*parts.places} - {None}) and own.free


def _findings(parts: Halves, own: Half | None, shared: Half, asked: _Asked) -> Iterator[Finding]:
    """What is wrong in either half, between the two, or in both together, by the document's own pages."""
    yield from shared.findings
    below, over = ([from_simplified(page) for page in half.texts] if half else [] for half in (shared, own))
    for finding in own.findings if own else ():
        yield replace(finding, place=replace(finding.place, page=_page(finding.place.page, parts.places)))
    if own:
        above = [[] if place is None else over[place] for place in parts.places]
        yield from check_layers(below, above, parts.shared.origins)
        areas = [[Area(name, Rectangle(*place)) for name, place in page] for page in shared.areas]
        yield from check_covered(areas, above)
    own_pages = ((_page(number, parts.places), texts) for number, texts in enumerate(over, 1))
    limits = Limits(smallest_type=asked.smallest_type, scale=asked.scale)
    yield from check_sizes([*enumerate(below, 1), *own_pages], limits)


def _findings_in(rendered: Rendered, asked: _Asked) -> Iterator[Finding]:
    """What is wrong with what a document declares, at the size that is asked for."""
    yield from check_codes(rendered.codes, asked.scale)
    yield from check_pitch(rendered.fields, asked.written)


def _page(number: int, places: tuple[int | None, ...]) -> int:
    """The first page (from 1) that a page of the own half lies over; 0 stays what it is, no page at all."""
    return places.index(number - 1) + 1 if number else 0


def _half(rendered: Rendered, asked: _Asked, kept: Kept | None) -> Half:
    pictures = (part for name, data in sorted(rendered.assets.items()) for part in (name, data))
    key = (asked.kind, repr(asked.safe), rendered.html, *rendered.stylesheets.values(), *pictures)
    half = kept.get(*key) if kept else None
    if half is None:
        half = _laid_out_half(rendered, asked)
        # What is wrong may be told in other words to another rayon, whose files it stands in.
        if kept and not half.findings:
            kept.put(half, *key)
    return half


def _joined(shared: Half, own: Half | None, places: tuple[int | None, ...], rendered: Rendered, asked: _Asked) -> bytes:
    """One document of two halves, in an office's colours, with its edition code, title and author.

    The code is the rayon's own: it stands in the own half, if there is one.
    """
    with ExitStack() as open_files:
        pdf = open_files.enter_context(pikepdf.open(BytesIO(shared.pdf)))
        if own:
            above = open_files.enter_context(pikepdf.open(BytesIO(own.pdf)))
            bind_code(above, rendered.code)
            lay_over(pdf, above, places)
        else:
            bind_code(pdf, rendered.code)
        bind_colours(pdf, rendered.colours)
        bind_identity(pdf, asked.title, asked.author)
        return saved(pdf)


def _laid_out_half(rendered: Rendered, asked: _Asked) -> Half:
    pictures = (*rendered.assets.items(), *rendered.drawings.items())
    made = laid_out(rendered.html, tuple(rendered.stylesheets.items()), pictures, asked.kind)
    if isinstance(made, TypesetError):
        raise TypesetError(str(made))
    pages = made.document.pages
    limits = Limits(safe=asked.safe, words=rendered.words, origins=rendered.origins)
    texts = [page_texts(page) for page in pages]
    areas = [page_areas(page, rendered.fields) for page in pages]
    on_fields = (*check_edges(pages, areas, limits.safe), *check_covered(areas, texts))
    on_reading = () if asked.kind is FileKind.PLAIN else readaloud.check_read_aloud(made.document)
    return Half(
        _packed(made.pdf, rendered),
        (*made.findings, *check_document(made.document, limits), *on_fields, *on_reading),
        tuple(map(simplified, texts)),
        areas,
        all(map(stand_free, pages)),
    )


def _packed(pdf: bytes, rendered: Rendered) -> bytes:
    """A half as it is kept: with its QR codes, and compressed."""
    with pikepdf.open(BytesIO(pdf)) as document:
        put_codes(document, codes_in(rendered.drawings.values()))
        return saved(document, pikepdf.ObjectStreamMode.generate)


def kind_of_file(job: Job) -> FileKind:
    """Tagged for the screen, and for the office as well: where both show the same page, it is typeset once."""
    if job.typeset_with_fields:
        return FileKind.FORM
    return FileKind.PLAIN if job.edition is Edition.PRESS else FileKind.TAGGED
