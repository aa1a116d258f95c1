"""Page boxes, print settings and file identity of a finished PDF, and designs scaled to another finished size."""

from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    PdfObject,
    TextStringObject,
)

from invulposter.finish import packing
from invulposter.finish.schemes import Rect, Sheet, Side, fit
from invulposter.geometry import Size, pt
from invulposter.paper import Duplex

_DUPLEX_NAMES = {
    Duplex.NONE: "/Simplex",
    Duplex.FOLD_OVER: "/Simplex",
    Duplex.BY_HAND: "/Simplex",
    Duplex.LONG_EDGE: "/DuplexFlipLongEdge",
    Duplex.SHORT_EDGE: "/DuplexFlipShortEdge",
}

_LANGUAGE = "nl-NL"

#: What a page holds for who reads it on a screen.
_NOT_ON_PAPER = frozenset({"/Annots", "/StructParents", "/Tabs"})

#: The proportions of two A sizes differ by at most this factor (A7 against A0: 1.0037).
_ISO_ROUNDING = 1.005


@dataclass(frozen=True)
class Document:
    """What a finished file says about itself: its title and how it is to be printed."""

    title: str = ""
    duplex: Duplex = Duplex.NONE


def page_boxes(sheet: Sheet) -> DictionaryObject:
    """Media, crop, bleed, trim and art box of a sheet, in points, starting at 0, 0 (ISO 32000-2, 14.11.2).

    PDF/X allows a trim or an art box, not both (ISO 15930-7, 6.13): a sheet that is cut to one page has a trim
    box only.
    """
    whole = Rect(0, 0, sheet.size.width, sheet.size.height)
    trim = sheet.trim or whole
    found = {"/MediaBox": whole, "/CropBox": whole, "/BleedBox": sheet.bleed or trim, "/TrimBox": trim}
    if sheet.trim is None:
        found["/ArtBox"] = whole
    return DictionaryObject({NameObject(name): box(rect) for name, rect in found.items()})


def box(rect: Rect) -> ArrayObject:
    """A rectangle in mm as a PDF box in points, to a thousandth of a micrometre."""
    corners = (rect.x, rect.y, rect.right, rect.top)
    return ArrayObject([FloatObject(round(pt(corner), 6)) for corner in corners])


def viewing(document: Document) -> DictionaryObject:
    """The catalog's entries for language and the print dialogue's settings: actual size, which edge to turn over."""
    preferences: dict[PdfObject, PdfObject] = {
        NameObject("/PrintScaling"): NameObject("/None"),
        NameObject("/Duplex"): NameObject(_DUPLEX_NAMES[document.duplex]),
    }
    if document.title:
        preferences[NameObject("/DisplayDocTitle")] = BooleanObject(True)
    return DictionaryObject(
        {
            NameObject("/ViewerPreferences"): DictionaryObject(preferences),
            NameObject("/Lang"): TextStringObject(_LANGUAGE),
        }
    )


def describe(writer: PdfWriter, document: Document) -> None:
    """Write title, language and the print dialogue's settings."""
    writer.root_object.update(viewing(document))
    if document.title:
        writer.add_metadata({"/Title": document.title})


def bare(pdf: pikepdf.Pdf, document: Document) -> None:
    """Leave nothing but the pages, and describe them: on paper nothing is read aloud or clicked."""
    for page in pdf.pages:
        for name in _NOT_ON_PAPER & page.obj.keys():
            del page.obj[name]
    for name in pdf.Root.keys() - {"/Type", "/Pages"}:
        del pdf.Root[name]
    pdf.Root.update(pikepdf.Object.parse(packing.written(viewing(document))))
    # Emptied, not replaced: to add an object, qpdf first reads every other one, the structure tree too.
    for name in set(pdf.docinfo.keys()):
        del pdf.docinfo[name]
    if document.title:
        pdf.docinfo["/Title"] = document.title


def written(writer: PdfWriter, seed: bytes) -> bytes:
    """The finished file. `seed` stands for all that went in: the same seed gives the same /ID."""
    return packing.packed(writer, seed)


def scaled_sheets(pages: Sequence[Size], finished: Size, duplex: Duplex) -> tuple[Sheet, ...]:
    """One side for every page, scaled to the finished size, which lies as the page does; backs where `duplex` has them.

    ISO 216 rounds its sizes to whole mm: a page whose proportions are off by no more than that fills the sheet, a
    tenth of a mm falling off, where any other is shown whole.
    """
    sheets = []
    for page, size in enumerate(pages):
        lying = finished.like(size)
        whole = Rect(0, 0, lying.width, lying.height)
        cell = whole
        covering = max(lying.width / size.width, lying.height / size.height)
        if covering / size.scale_to(lying) < _ISO_ROUNDING:
            wide, high = size.width * covering - lying.width, size.height * covering - lying.height
            cell = whole.grown(wide / 2, high / 2, wide / 2, high / 2)
        side = Side.BACK if page % 2 and duplex is not Duplex.NONE else Side.FRONT
        sheets.append(Sheet(lying, (fit(page, size, cell, whole),), side=side))
    return tuple(sheets)
