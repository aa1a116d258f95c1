"""Reading a sound file fast: qpdf parses it, and only what a check asks for becomes an object of pypdf.

Whatever is odd about a file, however little, is left to pypdf, which says what it is.
"""

import io
import json
import re
from decimal import Decimal
from functools import cached_property
from typing import Any

import pikepdf
from pikepdf.settings import set_qpdf_limits
from pypdf.filters import decode_stream_data
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    StreamObject,
    create_string_object,
)

#: Bytes that a stream may grow to, as pypdf has it, and that an object may be long.
_LARGEST, _LONGEST = 75_000_000, 2_000_000
_NUMBERS = {int, float}
#: How qpdf's JSON begins a name that is not in UTF-8.
_ODD_NAME = '"n:/'
_SIGNATURE = re.compile(rb"%PDF-\d\.\d")
# qpdf unpacks LZW without a limit, so every filter has to be named in plain sight, and none may be that one.
_UNBOUNDED = re.compile(
    rb"/(?:#46|F[a-z]{0,4}#|Filter"
    rb"(?![\s\0]*(?:/[A-KM-Z]\w|\[(?:[\s\0]*/[A-KM-Z]\w+)*[\s\0]*\])))"
)

# qpdf knows one limit of each kind for the whole process.
set_qpdf_limits(
    flate_max_memory=_LARGEST,
    run_length_max_memory=_LARGEST,
    dct_max_memory=_LARGEST,
    png_max_memory=_LARGEST,
    tiff_max_memory=_LARGEST,
)


class UnsoundError(ValueError):
    """A file that deviates from the rules, or that only pypdf can tell about."""


class SoundFile:
    """A file as pypdf's reader gives it, but for names, texts and numbers, which are Python's own.

    Raises UnsoundError or pikepdf's own errors for what is odd or can't be read. Objects are read when they are
    asked for: `confirm` tells at the end whether qpdf had anything to say of them.
    """

    is_encrypted = False

    def __init__(self, pdf: bytes) -> None:
        if not _SIGNATURE.match(pdf):
            raise UnsoundError("no header")
        if _UNBOUNDED.search(pdf):
            raise UnsoundError("a filter that may unpack to anything")
        self._pdf = pikepdf.open(io.BytesIO(pdf), attempt_recovery=False, inherit_page_attributes=False)
        if self._pdf.is_encrypted:
            raise UnsoundError("encrypted")
        self._known: dict[tuple[int, int], Any] = {}

    @cached_property
    def trailer(self) -> DictionaryObject:
        """What names the catalogue and the file's properties."""
        trailer: DictionaryObject = self._given(self._pdf.trailer)
        return trailer

    @property
    def root_object(self) -> DictionaryObject:
        """The catalogue."""
        root = self.trailer.raw_get("/Root") if "/Root" in self.trailer else None
        catalog = root.get_object() if isinstance(root, IndirectObject) else root
        if not isinstance(catalog, DictionaryObject):
            raise UnsoundError("no catalogue")
        return catalog

    def get_object(self, reference: IndirectObject) -> Any:
        """What a reference leads to, the same object each time."""
        key = reference.idnum, reference.generation
        if key not in self._known:
            self._known[key] = self._given(self._pdf.get_object(key))
        return self._known[key]

    def confirm(self) -> None:
        """Raise UnsoundError where anything that was read so far is odd."""
        if self._pdf.get_warnings():
            raise UnsoundError("warnings")

    def _given(self, held: Any) -> Any:
        if not isinstance(held, pikepdf.Object):
            return self._object(float(held) if isinstance(held, Decimal) else held)
        written = held.to_json(dereference=True, schema_version=2).decode()
        if _ODD_NAME in written or len(written) > _LONGEST:
            raise UnsoundError("a name that is no text, or more than an object usually holds")
        value = self._object(json.loads(written))
        return _Stream(held, value) if isinstance(held, pikepdf.Stream) else value

    def _object(self, value: Any) -> Any:
        """What qpdf writes in its JSON (version 2) as pypdf's objects."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, dict):
            return DictionaryObject(
                {key: item if type(item) in _NUMBERS else self._object(item) for key, item in value.items()}
            )
        if isinstance(value, list):
            return ArrayObject([item if type(item) in _NUMBERS else self._object(item) for item in value])
        if value is None:
            # A null, or a reference that leads nowhere: qpdf shows no difference.
            raise UnsoundError("an item that is not there")
        return BooleanObject(value) if isinstance(value, bool) else value

    def _text(self, value: str) -> Any:
        """A name (`/Link`), a text (`u:Kaart`), bytes in hexadecimal (`b:80ff`) or a reference (`12 0 R`)."""
        if value.startswith("/"):
            return value
        if value.startswith("u:"):
            return value[2:]
        if value.startswith("b:"):
            return create_string_object(bytes.fromhex(value[2:]))
        number, generation, _ = value.split()
        return IndirectObject(int(number), int(generation), self)


class _Stream(StreamObject):
    """A stream whose data is read when it is asked for, and unpacked within pypdf's limits."""

    def __init__(self, held: pikepdf.Stream, entries: DictionaryObject) -> None:
        super().__init__()
        self._held = held
        self.update(entries)

    def get_data(self) -> bytes:
        if not self._data:
            self._data = self._held.read_raw_bytes()
            self._unpacked = decode_stream_data(self)
        return self._unpacked
