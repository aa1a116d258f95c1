"""Fills a finished form without a typesetter: new values and appearances as an incremental update.

The form is parsed once; each copy is the form's bytes and the objects that changed (ISO 32000-1, 7.5.6).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from invulposter.finish import appearance
from invulposter.finish.forms import IDENTITY, MULTILINE, full_name

Value = str | bool

_DRAWING = b"<</Type/XObject/Subtype/Form/BBox[0 0 %.3f %.3f]/Resources %s/Length %d>>\nstream\n%s\nendstream"
_SIZE = re.compile(rb"([\d.]+)\s+Tf")
_FONT_CHOICE = re.compile(rb"/\S+\s+[\d.]+\s+Tf")
_STARTXREF = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")


@dataclass(frozen=True)
class Slot:
    """A field as filling sees it. `box` is its width and height, `size` its type size, in points.

    `maximum` is the number of characters it takes, 0 for no limit. `common` is what of its dictionary stays.
    """

    name: str
    label: str
    tick: bool
    multiline: bool
    maximum: int
    box: tuple[float, float]
    size: float
    paint: bytes
    on: str
    number: int
    drawing: int
    common: bytes


class FormTemplate:
    """A finished form, parsed once, to be filled many times."""

    def __init__(self, pdf: bytes) -> None:
        """Take a form as `finish_forms` made it. Raises ValueError for any other PDF."""
        self._pdf = pdf if _has_plain_xref(pdf) else _rewritten(pdf)
        reader = PdfReader(io.BytesIO(self._pdf))
        form: Any = reader.root_object.get("/AcroForm")
        if form is None or IDENTITY not in form:
            raise ValueError("the PDF is not one of our forms, so there is nothing to fill in")
        self.widths = _widths(form["/DR"]["/Font"][appearance.FONT.decode()])
        self._resources = _serialised(form.raw_get("/DR"))
        slots = (_slot(annotation) for annotation in _fields(reader))
        self.slots: dict[str, Slot] = {slot.name: slot for slot in slots}
        self._trailer = _trailer(reader.trailer)
        size: Any = reader.trailer["/Size"]
        self._size = int(size)
        self._startxref = _startxref(self._pdf)

    def fill(self, values: Mapping[str, Value]) -> bytes:
        """Give a copy with `values` by field name: text, or True and False for a tick box. Others keep theirs.

        Raises KeyError for a name that the form does not have. What a value may be is the caller's to check.
        """
        objects: dict[int, bytes] = {}
        for name, value in values.items():
            slot = self.slots[name]
            objects.update(self._ticked(slot, bool(value)) if slot.tick else self._typed(slot, str(value)))
        return self._updated(objects)

    def _ticked(self, slot: Slot, ticked: bool) -> dict[int, bytes]:
        state = slot.on if ticked else "/Off"
        return {slot.number: b"<<%s/V %s/AS %s>>" % (slot.common, state.encode(), state.encode())}

    def _typed(self, slot: Slot, value: str) -> dict[int, bytes]:
        value = value.replace("\r\n", "\n").replace("\r", "\n")
        content = appearance.text_appearance(value, slot.box, slot.size, slot.multiline, slot.paint, self.widths)
        # A carriage return ends a line in a field's value: the newline of every viewer that was tried.
        stored = b"FEFF" + value.replace("\n", "\r").encode("utf-16-be").hex().upper().encode()
        return {
            slot.number: b"<<%s/V<%s>/AP<</N %d 0 R>>>>" % (slot.common, stored, slot.drawing),
            slot.drawing: _DRAWING % (*slot.box, self._resources, len(content), content),
        }

    def _updated(self, objects: Mapping[int, bytes]) -> bytes:
        if not objects:
            return self._pdf
        parts = [self._pdf, b"\n"]
        position = len(self._pdf) + 1
        offsets: dict[int, int] = {}
        for number, body in sorted(objects.items()):
            part = b"%d 0 obj\n%s\nendobj\n" % (number, body)
            offsets[number] = position
            position += len(part)
            parts.append(part)
        rows = b"".join(b"%d 1\n%010d 00000 n \n" % entry for entry in offsets.items())
        parts.append(
            b"xref\n%strailer\n<<%s/Size %d/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
            % (rows, self._trailer, self._size, self._startxref, position)
        )
        return b"".join(parts)


def _fields(reader: PdfReader) -> Iterable[Any]:
    for page in reader.pages:
        for reference in page.get("/Annots", ()):
            annotation = reference.get_object()
            if (
                annotation.get("/Subtype") == "/Widget"
                and annotation.get("/FT") in ("/Tx", "/Btn")
                and "/T" in annotation
            ):
                yield annotation


def _slot(field: Any) -> Slot:
    left, bottom, right, top = (float(value) for value in field["/Rect"])
    drawn_by = bytes(str(field.get("/DA", "")), "latin-1")
    size = _SIZE.search(drawn_by)
    tick = field["/FT"] == "/Btn"
    states = [state for state in field["/AP"]["/N"] if state != "/Off"] if tick else [""]
    changes = {"/V", "/AS"} if tick else {"/V", "/AP"}
    kept = DictionaryObject({key: field.raw_get(key) for key in field if key not in changes})
    return Slot(
        name=full_name(field),
        label=str(field.get("/TU", "")),
        tick=tick,
        multiline=bool(int(field.get("/Ff", 0)) & MULTILINE),
        maximum=int(field.get("/MaxLen", 0)),
        box=(right - left, top - bottom),
        size=float(size[1]) if size else 12.0,
        paint=_FONT_CHOICE.sub(b"", drawn_by).strip(),
        on=states[0],
        number=field.indirect_reference.idnum,
        drawing=0 if tick else field["/AP"].raw_get("/N").idnum,
        common=_serialised(kept).removeprefix(b"<<").removesuffix(b">>"),
    )


def _widths(font: Any) -> dict[str, float]:
    """The advances that the PDF itself gives for the form's font (ISO 32000-1, 9.7.4.3)."""
    array: ArrayObject = font["/DescendantFonts"][0]["/W"]
    pairs = zip(array[::2], array[1::2], strict=True)
    return {chr(first + index): float(width) for first, run in pairs for index, width in enumerate(run)}


def _serialised(thing: Any) -> bytes:
    file = io.BytesIO()
    thing.write_to_stream(file)
    return file.getvalue()


def _trailer(trailer: Any) -> bytes:
    kept = DictionaryObject(
        {NameObject(key): trailer.raw_get(key) for key in ("/Root", "/Info", "/ID") if key in trailer}
    )
    return _serialised(kept).removeprefix(b"<<").removesuffix(b">>")


def _startxref(pdf: bytes) -> int:
    found = _STARTXREF.search(pdf, max(0, len(pdf) - 100))
    return int(found[1]) if found else -1


def _has_plain_xref(pdf: bytes) -> bool:
    """Whether it ends in a cross-reference table: an update of a cross-reference stream has to be another stream."""
    return pdf.startswith(b"xref", max(0, _startxref(pdf)))


def _rewritten(pdf: bytes) -> bytes:
    file = io.BytesIO()
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    writer.pdf_header = "%PDF-1.7"
    writer.write(file)
    return file.getvalue()
