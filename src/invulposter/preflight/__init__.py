"""Judging a finished PDF: any PDF, ours or not, is read and explained in sentences for whoever prints it."""

import io
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

import pikepdf
import pypdfium2
from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import DictionaryObject

from invulposter import words
from invulposter.edition import Edition
from invulposter.findings import Finding, Severity
from invulposter.finish.objects import NOTHING, dictionary, entry, items, resolved
from invulposter.preflight.actions import check_annotations, check_catalog
from invulposter.preflight.bleed import check_runs_on
from invulposter.preflight.boxes import check_boxes, unit
from invulposter.preflight.document import check_document
from invulposter.preflight.expectation import Expectation, Fault, findings
from invulposter.preflight.fields import check_fields
from invulposter.preflight.fonts import check_font
from invulposter.preflight.pictures import has_pictures, named, resolutions
from invulposter.preflight.press import check_press
from invulposter.preflight.sound import SoundFile, UnsoundError

__all__ = ["Expectation", "preflight"]

#: Resolution (dpi) asked of pictures in a file that nothing is known of.
_USUAL_DPI = 150
_DEEPEST = 12
# What reading damaged or hostile objects ends in: pypdf trusts the types it finds, qpdf's own errors come as any.
_UNREADABLE = (
    PyPdfError,
    pikepdf.PikepdfError,
    pypdfium2.PdfiumError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    OSError,
    AssertionError,
    RuntimeError,
    MemoryError,
)
_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")

# What pypdf has to say of a damaged file becomes a finding; without a handler it would reach the screen too.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


def preflight(pdf: bytes, expect: Expectation | None = None, text: str | None = None) -> tuple[Finding, ...]:
    """Judge a file as planned (`expect`), or any file for what it is (None); gives findings sorted by page.

    `text` is what PDFium reads in it, from whoever asked that before (None: it is asked here).
    Never raises: a file that is damaged, encrypted or empty gives one finding that says so.
    """
    with suppress(*_UNREADABLE):
        return tuple(sorted(findings(_sound_faults(pdf, expect, text))))
    # What a strict reader refuses, a lenient one may still mend.
    for strict in (True, False):
        try:
            faults = _faults(pdf, PdfReader(io.BytesIO(pdf), strict=strict), expect, text)
        except DependencyError:
            # Only a locked file asks for a library that reading a file does without.
            faults = [(0, _ENCRYPTED)]
        except _UNREADABLE:
            continue
        mended = () if strict else ((0, _MENDED),)
        return tuple(sorted(findings((*faults, *mended))))
    return tuple(findings([(0, _DAMAGED)]))


def _sound_faults(pdf: bytes, expect: Expectation | None, text: str | None) -> list[tuple[int, Fault]]:
    if expect and expect.edition is Edition.PRESS:
        raise UnsoundError("what a press prints with is judged in pypdf's own objects")
    file = SoundFile(pdf)
    faults = _faults(pdf, file, expect, text)
    file.confirm()
    return faults


def _faults(
    pdf: bytes, reader: PdfReader | SoundFile, expect: Expectation | None, text: str | None
) -> list[tuple[int, Fault]]:
    if reader.is_encrypted:
        return [(0, _ENCRYPTED)]
    catalog = reader.root_object
    pages = list(_pages(catalog))
    if not pages:
        return [(0, _EMPTY)]
    info = dictionary(reader.trailer, "/Info")
    whole = (
        *check_document(catalog, info, len(pages), len(pdf), expect),
        *check_catalog(catalog),
        *check_fields(catalog, expect),
        *(_check_words(pdf, expect.words, text) if expect and expect.words is not None else ()),
    )
    runs_on = check_runs_on(pdf) if expect and expect.edition is Edition.PRESS and expect.bleed else ()
    return [*((0, fault) for fault in whole), *_page_faults(catalog, pages, expect), *runs_on]


def _pages(catalog: DictionaryObject) -> Iterator[DictionaryObject]:
    """Give the pages in order, each with what it inherits; a tree that bites its own tail is cut."""
    seen: set[int] = set()
    waiting = [(dictionary(catalog, "/Pages"), NOTHING)]
    while waiting:
        node, inherited = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        handed = DictionaryObject({key: entry(inherited, key) for key in _INHERITED if key in inherited})
        handed.update({key: node.raw_get(key) for key in _INHERITED if key in node})
        if "/Kids" in node:
            kids = [kid for _, kid in items(node, "/Kids") if isinstance(kid, DictionaryObject)]
            waiting += [(kid, handed) for kid in reversed(kids)]
        elif node:
            yield DictionaryObject({**handed, **node})


def _page_faults(
    catalog: DictionaryObject, pages: list[DictionaryObject], expect: Expectation | None
) -> Iterator[tuple[int, Fault]]:
    checked: set[int] = set()
    pictured: dict[int, bool] = {}
    printed: set[tuple[int, float]] = set()
    for fault in _check_resources(dictionary(dictionary(catalog, "/AcroForm"), "/DR"), checked, 0):
        yield 0, fault
    for number, page in enumerate(pages, 1):
        resources = dictionary(page, "/Resources")
        for fault in check_boxes(page, expect):
            yield number, fault
        if expect and expect.edition is Edition.PRESS:
            for fault in check_press(page, expect.ink_limit, printed):
                yield number, fault
        for fault in check_annotations(page, expect):
            yield number, fault
        for fault in _check_resources(resources, checked, 0):
            yield number, fault
        if has_pictures(resources, pictured):
            for fault in _check_pictures(page, expect):
                yield number, fault


def _check_resources(resources: DictionaryObject, checked: set[int], depth: int) -> Iterator[Fault]:
    """Check fonts and drawn objects, each object once in a file however many pages share it."""
    for font in _first_seen(resources, "/Font", checked):
        yield from check_font(font)
    for kind in ("/XObject", "/Pattern") if depth <= _DEEPEST else ():
        for drawn in _first_seen(resources, kind, checked):
            # ISO 32000-1, 7.3.8 and 8.10.4: a stream or a form whose content lies in another file.
            if entry(drawn, "/F") is not None or entry(drawn, "/Ref") is not None:
                yield _ELSEWHERE
            yield from _check_resources(dictionary(drawn, "/Resources"), checked, depth + 1)


def _first_seen(resources: DictionaryObject, kind: str, checked: set[int]) -> Iterator[DictionaryObject]:
    for number, held in named(resources, kind):
        item = None if number and number in checked else resolved(held)
        if isinstance(item, DictionaryObject):
            checked.add(number)
            yield item


def _check_pictures(page: DictionaryObject, expect: Expectation | None) -> Iterator[Fault]:
    least = expect.min_dpi if expect else _USUAL_DPI
    lowest = min(resolutions(page, unit(page)), default=least)
    if round(lowest) < least:
        yield Fault(
            "image-resolution",
            f"Een foto of afbeelding heeft {lowest:.0f} beeldpunten per inch en wordt daardoor onscherp; "
            f"{least:.0f} is genoeg",
            "Gebruik een grotere foto of druk haar kleiner af.",
            Severity.WARNING,
        )


def _check_words(pdf: bytes, expected: Counter[str], text: str | None) -> Iterator[Fault]:
    """Compare with what another reader extracts, so that a fault of the one that wrote the file shows."""
    lost = words.lost(expected, _text(pdf) if text is None else text)
    if lost:
        yield Fault(
            "word-lost",
            f"{words.told(lost)} niet in het bestand",
            "Kort de tekst in of maak er meer ruimte voor.",
        )


def _text(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


_ENCRYPTED = Fault(
    "encrypted",
    "Het bestand is met een wachtwoord beveiligd en kan niet worden nagekeken",
    "Sla het bestand op zonder beveiliging.",
)
_EMPTY = Fault("no-pages", "Het bestand heeft geen pagina's", "Maak het bestand opnieuw.")
_ELSEWHERE = Fault(
    "external-file", "Een deel van het beeld staat in een ander bestand", "Sluit het beeld in het bestand in."
)


_DAMAGED = Fault(
    "damaged",
    "Het bestand is beschadigd of geen PDF en kan niet worden gelezen",
    "Maak of download het bestand opnieuw.",
)
_MENDED = Fault(
    "mended",
    "Het bestand wijkt af van de regels voor PDF en moest worden hersteld om het te lezen",
    "Sla het opnieuw op als een printer het weigert.",
    Severity.NOTE,
)
