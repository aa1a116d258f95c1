"""Binds what a typeset document left open: an office's colours for their stand-ins, its title and author."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape

from pikepdf import Dictionary, Object, Pdf, Stream

#: What the dictionary of a page's content stream holds (ISO 32000-1, table 5).
_PAGE_STREAM = frozenset({"/Length", "/Filter", "/DecodeParms"})
#: Stand for title and author in the metadata.
TITLE, AUTHOR = "«titel»", "«rayon»"


def bind_identity(pdf: Pdf, title: str, author: str) -> None:
    """Give a document its title and author, in both places where they stand (ISO 19005-2, 6.6.2.3)."""
    for key, placeholder, text in (("/Title", TITLE, title), ("/Author", AUTHOR, author)):
        if pdf.docinfo.get(key) == placeholder:
            pdf.docinfo[key] = text
        if "/Metadata" in pdf.Root:
            said = pdf.Root.Metadata.read_bytes()
            pdf.Root.Metadata.write(said.replace(placeholder.encode(), escape(text).encode()))


def bind_colours(pdf: Pdf, colours: Mapping[str, str]) -> None:
    """Give everything that is drawn in a stand-in the colour that it is bound to, both `#RRGGBB`."""
    bound = {_operands(stand_in): _operands(colour) for stand_in, colour in colours.items()}
    if not bound:
        return
    drawn = re.compile(rb"(?<![\d.])(?:%s)(?= (?:rg|RG)\b)" % b"|".join(map(re.escape, bound)))
    for item in pdf.objects:
        if isinstance(item, Stream) and _draws(item):
            content = item.read_bytes()
            coloured = drawn.sub(lambda found: bound[found[0]], content)
            if coloured != content:
                item.write(coloured)
        for shading in _shadings(item):
            _bind_function(shading.Function, bound)


def _draws(stream: Stream) -> bool:
    """Whether a stream holds instructions: a page's own has no type, unlike pictures, fonts and metadata."""
    return stream.get("/Subtype") == "/Form" or "/PatternType" in stream or set(stream.keys()) <= _PAGE_STREAM


def _shadings(item: Any) -> Iterator[Any]:
    """The gradients among the resources that an object is, or has."""
    if isinstance(item, Dictionary | Stream):
        resources = item.get("/Resources", item)
        shadings = resources.get("/Shading") if isinstance(resources, Dictionary | Stream) else None
        if isinstance(shadings, Dictionary):
            yield from shadings.values()


def _bind_function(function: Any, bound: Mapping[bytes, bytes]) -> None:
    """Bind the two ends of a gradient, or those of each of its parts (ISO 32000-1, 7.10.3 and 7.10.4)."""
    for part in function.get("/Functions", ()):
        _bind_function(part, bound)
    for end in ("/C0", "/C1"):
        if end in function:
            colour = b" ".join(_number(float(value)) for value in function[end])
            function[end] = Object.parse(b"[%s]" % bound.get(colour, colour))


def _operands(colour: str) -> bytes:
    """A colour as the typesetter writes it: three numbers from 0 to 1."""
    return b" ".join(_number(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))


def _number(value: float) -> bytes:
    return b"%d" % value if value.is_integer() else f"{value:f}".rstrip("0").encode()
