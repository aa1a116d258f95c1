"""Draws any scheme: sheets with placements and marks become a PDF.

Every source page is one Form XObject however often it is placed, so a file grows by some bytes a copy and its
text, images and vectors stay as they were. What they refer to is taken over as it stands, under its own number.
"""

import re
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import pikepdf
from pypdf.generic import TextStringObject

from invulposter.finish.boxes import Document, page_boxes, viewing
from invulposter.finish.operators import IDENTITY, drawn, numbers, placed, transformed
from invulposter.finish.packing import PdfFile, written
from invulposter.finish.printer import correction, corrects
from invulposter.finish.schemes import Rect, Sheet, Text
from invulposter.finish.source import Source, SourcePage, understood
from invulposter.finish.typeface import REGULAR, Typeface
from invulposter.geometry import Size
from invulposter.paper import Printer

#: Catalog entries that a page's look depends on: layers that are switched off, the output intent.
_KEPT = ("/OCProperties", "/OutputIntents")
#: In the bytes of an object. A string may hold the like: what it seems to refer to is then taken over in vain.
_REFERENCE = re.compile(rb"(\d+) (\d+) R")


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
    return composer.finish([composer.page(sheet) for sheet in sheets], document)


class _Composer:
    def __init__(self, source: Source, fonts_dir: Path, printer: Printer | None) -> None:
        self._source = source
        self._printer = printer
        self._face = Typeface(fonts_dir / REGULAR)
        self._numbers = source.numbers
        self._file = PdfFile(self._numbers)
        self._pages, self._font = self._file.reserve(), self._file.reserve()
        self._forms: dict[int, int] = {}
        self._taken: set[tuple[bytes, bytes]] = set()
        # By identity: sheets and marks that are equal are one object, and to compare all of them would take long.
        self._drawn: dict[int, bytes] = {}
        self._marks: dict[int, list[str]] = {}

    def page(self, sheet: Sheet) -> int:
        """The number of a new page for a sheet; sheets with the same drawing share it."""
        if id(sheet) not in self._drawn:
            self._drawn[id(sheet)] = self._page(sheet)
        return self._file.add(self._drawn[id(sheet)])

    def finish(self, kids: Sequence[int], document: Document) -> bytes:
        """Embed what type was used, say what the file is, and give it."""
        references = b" ".join(b"%d 0 R" % kid for kid in kids)
        self._file.put(self._pages, b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(kids), references))
        if self._face.used:
            self._file.hold(self._face.embedded(self._file.hold), self._font)
        entries = written(viewing(document))[2:-2] + self._taking(self._source.pdf.Root, _KEPT)
        root = self._file.add(b"<</Type/Catalog/Pages %d 0 R%b>>" % (self._pages, entries))
        info = self._file.add(b"<</Title %b>>" % written(TextStringObject(document.title))) if document.title else None
        return self._file.finish(root, info)

    def _page(self, sheet: Sheet) -> bytes:
        contents = self._file.add(b"<</Filter/FlateDecode>>", zlib.compress(self._operators(sheet), 9))
        forms = b"".join(b"/P%d %d 0 R" % (page, self._form(page)) for page in _shown(sheet))
        font = b"/Font<</F0 %d 0 R>>" % self._font if any(isinstance(mark, Text) for mark in sheet.marks) else b""
        resources = self._file.add(b"<</XObject<<%b>>%b>>" % (forms, font))
        boxes = _boxes(sheet.size, sheet.trim, sheet.bleed)
        return b"<</Type/Page/Parent %d 0 R%b/Contents %d 0 R/Resources %d 0 R>>" % (
            self._pages, boxes, contents, resources,
        )  # fmt: skip

    def _operators(self, sheet: Sheet) -> bytes:
        lines = [
            placed(placement, self._source.pages[placement.page].size, f"/P{placement.page}")
            for placement in sheet.placements
        ]
        if id(sheet.marks) not in self._marks:
            self._marks[id(sheet.marks)] = drawn(sheet.marks, self._face)
        lines += self._marks[id(sheet.marks)]
        mended = correction(self._printer, sheet.side, sheet.size) if self._printer else None
        if mended and corrects(mended):
            lines = [f"q {transformed(mended)}", *lines, "Q"]
        return "\n".join(lines).encode("latin-1")

    def _form(self, page: int) -> int:
        """The number of a page as one Form XObject (ISO 32000-2, 8.10).

        Resources that pages share stay shared. Form fields and annotations are not part of a page's contents:
        flatten them first.
        """
        if page not in self._forms:
            held = self._source.sheets[page]
            own = _form_entries(self._source.pages[page]) + self._taking(held, ("/Resources", "/Group"))
            with understood():
                self._forms[page] = self._file.add(b"<<%b>>" % own, _deflated(held))
        return self._forms[page]

    def _taking(self, held: pikepdf.Object, keys: Sequence[str]) -> bytes:
        """Some entries of a dictionary of the source as they stand, with all that they refer to."""
        with understood():
            entries = _entries(held, keys)
            self._take_over(entries)
        return entries[2:-2]

    def _take_over(self, body: bytes) -> None:
        waiting = [body]
        while waiting:
            for reference in _REFERENCE.findall(waiting.pop()):
                number, generation = map(int, reference)
                if number < self._numbers and reference not in self._taken:
                    self._taken.add(reference)
                    waiting.append(self._copied(number, generation))

    def _copied(self, number: int, generation: int) -> bytes:
        held = self._source.pdf.get_object(number, generation)
        if isinstance(held, pikepdf.Stream):
            body = _entries(held, held.keys() - {"/Length"})
            self._file.put(number, body, held.read_raw_bytes(), generation)
        else:
            # A number or null comes as Python's own.
            plain = not isinstance(held, pikepdf.Object)
            body = pikepdf.Array([held]).unparse()[2:-2] if plain else held.unparse(resolved=True)
            self._file.put(number, body, generation=generation)
        return body


def _entries(held: pikepdf.Object, keys: Iterable[str]) -> bytes:
    """Some entries of a dictionary or stream, as a dictionary."""
    return pikepdf.Dictionary({key: held[key] for key in sorted(keys) if key in held}).unparse()


def _shown(sheet: Sheet) -> tuple[int, ...]:
    """The pages that a sheet shows, each once."""
    return tuple(dict.fromkeys(placement.page for placement in sheet.placements))


@lru_cache(maxsize=64)
def _form_entries(page: SourcePage) -> bytes:
    matrix = "" if page.matrix == IDENTITY else f"/Matrix[{transformed(page.matrix).removesuffix(' cm')}]"
    return f"/Type/XObject/Subtype/Form/Filter/FlateDecode/BBox[{numbers(*page.box)}]{matrix}".encode("ascii")


def _deflated(page: pikepdf.Object) -> bytes:
    """A page's operators, deflated; those of an array with white space between (ISO 32000-2, 7.8.2)."""
    contents = page.get("/Contents")
    if isinstance(contents, pikepdf.Stream):
        return _as_it_is(contents) or zlib.compress(contents.read_bytes(), 9)
    parts = contents if isinstance(contents, pikepdf.Array) else ()
    return zlib.compress(b"\n".join(part.read_bytes() for part in parts), 9)


def _as_it_is(contents: pikepdf.Stream) -> bytes | None:
    """A stream that is deflated and sound, without compressing it again; None for any other."""
    coded = contents.get("/Filter")
    if coded not in (_FLATE, pikepdf.Array([_FLATE])) or "/DecodeParms" in contents:
        return None
    raw = contents.read_raw_bytes()
    try:
        zlib.decompress(raw)
    except zlib.error:
        return None
    return raw


_FLATE = pikepdf.Name("/FlateDecode")


@lru_cache(maxsize=64)
def _boxes(size: Size, trim: Rect | None, bleed: Rect | None) -> bytes:
    return written(page_boxes(Sheet(size, trim=trim, bleed=bleed)))[2:-2]
