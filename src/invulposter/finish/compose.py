"""Draws any scheme: sheets with placements and marks become a PDF.

Every source page is one Form XObject however often it is placed, so a file grows by some bytes a copy and its
text, images and vectors stay as they were.
"""

import hashlib
import zlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from invulposter.finish.boxes import Document, describe, page_boxes, written
from invulposter.finish.operators import IDENTITY, Matrix, drawn, placed, transformed
from invulposter.finish.printer import correction, corrects
from invulposter.finish.schemes import Rect, Sheet, Text
from invulposter.finish.source import Corners, Source, SourcePage, understood
from invulposter.finish.typeface import REGULAR, Typeface
from invulposter.geometry import Size
from invulposter.paper import Printer

#: Catalog entries that a page's look depends on: layers that are switched off, the output intent.
_KEPT = ("/OCProperties", "/OutputIntents")


def compose(
    source: Source,
    sheets: Sequence[Sheet],
    fonts_dir: Path,
    document: Document,
    printer: Printer | None = None,
) -> bytes:
    """The finished PDF: the same bytes for the same input.

    `source` holds the pages that placements refer to; `printer` is corrected for, where there is one. Raises
    RequestError for a source that can't be read, WorkspaceError for fonts that are not in `fonts_dir`.
    """
    composer = _Composer(source, fonts_dir, printer)
    for sheet in sheets:
        composer.add(sheet)
    return composer.finish(document)


class _Composer:
    def __init__(self, source: Source, fonts_dir: Path, printer: Printer | None) -> None:
        self._source = source
        self._printer = printer
        self._writer = PdfWriter()
        self._writer.pdf_header = "%PDF-1.7"
        self._forms: dict[int, IndirectObject] = {}
        self._drawn: dict[Sheet, DictionaryObject] = {}
        self._known_boxes: dict[tuple[Size, Rect | None, Rect | None], DictionaryObject] = {}
        self._face = Typeface(fonts_dir / REGULAR)
        self._font: IndirectObject | None = None
        self._seed = hashlib.md5(usedforsecurity=False)

    def add(self, sheet: Sheet) -> None:
        """A page for a sheet; sheets with the same drawing share it."""
        if sheet not in self._drawn:
            self._drawn[sheet] = self._page(sheet)
        self._seed.update(str(self._drawn[sheet].raw_get("/Contents")).encode())
        # Its entries are shared objects: a copy of a sheet costs one small dictionary.
        self._append(DictionaryObject(self._drawn[sheet]))

    def finish(self, document: Document) -> bytes:
        """Embed what type was used, say what the file is, and write it."""
        if self._font is not None:
            self._face.embed(self._writer, self._font)
        with understood():
            for key in _KEPT:
                if key in self._source.reader.root_object:
                    kept = self._source.reader.root_object.raw_get(key).clone(self._writer)
                    self._writer.root_object[NameObject(key)] = kept
        describe(self._writer, document)
        self._seed.update(repr(document).encode())
        return written(self._writer, self._seed.digest())

    def _page(self, sheet: Sheet) -> DictionaryObject:
        operators = self._operators(sheet)
        self._seed.update(operators)
        page = DictionaryObject(self._boxes(sheet))
        page[NameObject("/Type")] = NameObject("/Page")
        page[NameObject("/Contents")] = self._writer._add_object(_stream(operators))
        page[NameObject("/Resources")] = self._resources(sheet)
        page[NameObject("/Parent")] = self._writer.root_object.raw_get("/Pages")
        return page

    def _boxes(self, sheet: Sheet) -> DictionaryObject:
        key = (sheet.size, sheet.trim, sheet.bleed)
        if key not in self._known_boxes:
            self._known_boxes[key] = page_boxes(sheet)
        return self._known_boxes[key]

    def _append(self, page: DictionaryObject) -> None:
        """At the end of the one page node (add_page would copy and search for links, 0.1 ms a page)."""
        node = self._writer.root_object["/Pages"].get_object()
        assert isinstance(node, DictionaryObject)
        kids = node["/Kids"]
        assert isinstance(kids, ArrayObject)
        kids.append(self._writer._add_object(page))
        node[NameObject("/Count")] = NumberObject(len(kids))

    def _operators(self, sheet: Sheet) -> bytes:
        lines = [
            placed(placement, self._source.pages[placement.page].size, f"/P{placement.page}")
            for placement in sheet.placements
        ]
        lines += drawn(sheet.marks, self._face)
        mended = correction(self._printer, sheet.side, sheet.size) if self._printer else None
        if mended and corrects(mended):
            lines = [f"q {transformed(mended)}", *lines, "Q"]
        return "\n".join(lines).encode("latin-1")

    def _resources(self, sheet: Sheet) -> IndirectObject:
        forms = {NameObject(f"/P{placement.page}"): self._form(placement.page) for placement in sheet.placements}
        resources = DictionaryObject()
        if forms:
            resources[NameObject("/XObject")] = DictionaryObject(forms)
        if any(isinstance(mark, Text) for mark in sheet.marks):
            self._font = self._font or self._writer._add_object(DictionaryObject())
            resources[NameObject("/Font")] = DictionaryObject({NameObject("/F0"): self._font})
        return self._writer._add_object(resources)

    def _form(self, number: int) -> IndirectObject:
        if number not in self._forms:
            with understood():
                form = page_form(self._writer, self._source.sheets[number], self._source.pages[number])
            self._seed.update(form._data)
            self._forms[number] = self._writer._add_object(form)
        return self._forms[number]


def page_form(writer: PdfWriter, page: PageObject, facts: SourcePage) -> StreamObject:
    """A page as one Form XObject (ISO 32000-2, 8.10): upright, its trim's lower left corner in the origin.

    Resources that pages share stay shared. Form fields and annotations are not part of a page's contents: flatten
    them first.
    """
    form = page_content(page)
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = _array(facts.box)
    if facts.matrix != IDENTITY:
        form[NameObject("/Matrix")] = _array(facts.matrix)
    if "/Resources" in page:
        form[NameObject("/Resources")] = page.raw_get("/Resources").clone(writer)
    if "/Group" in page:
        form[NameObject("/Group")] = page.raw_get("/Group").clone(writer)
    return form


def page_content(page: PageObject) -> StreamObject:
    """A page's operators in one compressed stream; those of an array with white space between (ISO 32000-2, 7.8.2)."""
    contents = page["/Contents"].get_object() if "/Contents" in page else None
    if isinstance(contents, ArrayObject):
        return _stream(b"\n".join(part.get_object().get_data() for part in contents))
    if not isinstance(contents, StreamObject):
        return _stream(b"")
    return _as_it_is(contents) or _stream(contents.get_data())


def _as_it_is(contents: StreamObject) -> StreamObject | None:
    """A stream that is deflated and sound, without compressing it again; None for any other."""
    if contents.get("/Filter") != "/FlateDecode" or "/DecodeParms" in contents:
        return None
    try:
        zlib.decompress(contents._data)
    except zlib.error:
        return None
    same = EncodedStreamObject()
    same._data = contents._data
    same[NameObject("/Filter")] = NameObject("/FlateDecode")
    return same


@lru_cache(maxsize=256)
def _array(values: Corners | Matrix) -> ArrayObject:
    return ArrayObject([FloatObject(f"{value:.6f}") for value in values])


def _stream(data: bytes) -> StreamObject:
    plain = DecodedStreamObject()
    plain.set_data(data)
    return plain.flate_encode(9)
