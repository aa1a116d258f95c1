"""Writes a PDF piece by piece, its small objects packed together (ISO 32000-2, 7.5.7 and 7.5.8).

Hundreds of page and resource dictionaries look alike: compressed together they take a fifth of the room. What is
written is kept as bytes, never as objects, so that a sheet more costs some bytes of memory.
"""

import hashlib
import io
import zlib
from functools import lru_cache

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, PdfObject, StreamObject

#: Objects to a pack: more compresses better, fewer are read faster.
_PACK = 200
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
#: A line of the cross-reference: its kind (0 free, 1 at an offset, 2 in a pack), where, and the generation or place.
_ROW = 8


class PdfFile:
    """A PDF that is being written. Objects are given as they stand in a file, without `obj` and `endobj`."""

    def __init__(self, first: int = 1) -> None:
        """Number new objects from `first`; lower numbers are for objects that have theirs (`put`)."""
        self._out = bytearray(_HEADER)
        self._rows = bytearray(_ROW * first)
        self._waiting: list[tuple[int, bytes]] = []

    def reserve(self) -> int:
        """A number for an object that comes later."""
        self._rows += bytes(_ROW)
        return len(self._rows) // _ROW - 1

    def add(self, body: bytes, data: bytes | None = None) -> int:
        """Write a new object, or with `data` a stream (see `put`), and give its number."""
        number = self.reserve()
        self.put(number, body, data)
        return number

    def hold(self, held: PdfObject, number: int = 0) -> IndirectObject:
        """Write an object of pypdf's, under its number where it has one, and give the reference to it."""
        number = number or self.reserve()
        if isinstance(held, StreamObject):
            kept = DictionaryObject({key: held.raw_get(key) for key in held if key != "/Length"})
            self.put(number, written(kept), held._data)
        else:
            self.put(number, written(held))
        return IndirectObject(number, 0, None)

    def put(self, number: int, body: bytes, data: bytes | None = None, generation: int = 0) -> None:
        """Write an object under its number. With `data` it is a stream, and `body` its dictionary without /Length."""
        if data is not None:
            body = b"<</Length %d %s\nstream\n%b\nendstream" % (len(data), body[2:], data)
        elif not generation:
            self._waiting.append((number, body))
            if len(self._waiting) == _PACK:
                self._pack()
            return
        self._enter(number, 1, len(self._out), generation)
        self._out += b"%d %d obj\n%b\nendobj\n" % (number, generation, body)

    def finish(self, root: int, info: int | None = None, seed: bytes = b"") -> bytes:
        """Write what is left, and give the whole; `root` is the catalog.

        `seed` stands for all that went in: the same seed gives the same /ID. Without one, what was written does.
        """
        self._pack()
        identity = hashlib.md5(seed or self._out, usedforsecurity=False).hexdigest()
        number = self.reserve()
        start = len(self._out)
        self._enter(number, 1, start)
        told = f"/Info {info} 0 R" if info else ""
        entries = f"/Type/XRef/Size {number + 1}/W[1 5 2]/Root {root} 0 R{told}/ID[<{identity}><{identity}>]"
        rows = zlib.compress(self._rows, 9)
        self._out += b"%d 0 obj\n<<%b/Filter/FlateDecode/Length %d>>\n" % (number, entries.encode("ascii"), len(rows))
        self._out += b"stream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (rows, start)
        return bytes(self._out)

    def _pack(self) -> None:
        if not self._waiting:
            return
        number, places, length = self.reserve(), [], 0
        for place, (inner, body) in enumerate(self._waiting):
            places.append(b"%d %d" % (inner, length))
            length += len(body) + 1
            self._enter(inner, 2, number, place)
        header = b" ".join(places) + b"\n"
        entries = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode>>" % (len(self._waiting), len(header))
        bodies = (body for _, body in self._waiting)
        self.put(number, entries, zlib.compress(header + b"\n".join(bodies), 9))
        self._waiting.clear()

    def _enter(self, number: int, kind: int, where: int, place: int = 0) -> None:
        row = kind.to_bytes(1, "big") + where.to_bytes(5, "big") + place.to_bytes(2, "big")
        self._rows[_ROW * number : _ROW * (number + 1)] = row


def packed(writer: PdfWriter, seed: bytes) -> bytes:
    """The file that a writer of pypdf's holds, which can't do this itself. `seed` as in `PdfFile.finish`."""
    file = PdfFile(len(writer._objects) + 1)
    for number, held in enumerate(writer._objects, start=1):
        if held is not None:
            file.hold(held, number)
    root = writer.get_reference(writer.root_object).idnum
    info = None if writer._info is None else writer.get_reference(writer._info).idnum
    return file.finish(root, info, seed)


def written(held: PdfObject) -> bytes:
    """An object as it stands in a file: as pypdf writes it, in a third of the time."""
    if isinstance(held, NameObject):
        return _name(held)
    if isinstance(held, IndirectObject):
        return b"%d %d R" % (held.idnum, held.generation)
    if isinstance(held, DictionaryObject):
        return b"<<%b>>" % b" ".join(b"%b %b" % (_name(key), written(value)) for key, value in held.items())
    if isinstance(held, ArrayObject):
        return b"[%b]" % b" ".join(map(written, held))
    return _by_pypdf(held)


@lru_cache(maxsize=4096)
def _name(name: NameObject) -> bytes:
    return _by_pypdf(name)


def _by_pypdf(held: PdfObject) -> bytes:
    out = io.BytesIO()
    held.write_to_stream(out)
    return out.getvalue()
