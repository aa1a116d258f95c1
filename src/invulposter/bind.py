"""Binds what a typeset document left open: an office's colours for their stand-ins, its title, author and code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from pikepdf import Dictionary, Object, Pdf, Stream

from invulposter.drawing.standin import ALIKE

#: What the dictionary of a page's content stream holds (ISO 32000-1, table 5).
_PAGE_STREAM = frozenset({"/Length", "/Filter", "/DecodeParms"})
#: Stand for title and author in the metadata.
TITLE, AUTHOR = "«titel»", "«rayon»"
#: Stands for the edition code on the pages: each figure once, so that the font has them all, as no content has them.
CODE = "7501948263"


def _operands(colour: str) -> bytes:
    """A colour as the typesetter writes it: three numbers from 0 to 1."""
    return b" ".join(_number(int(colour[start : start + 2], 16) / 255) for start in range(1, len(colour), 2))


def _number(value: float) -> bytes:
    return b"%d" % value if value.is_integer() else f"{value:f}".rstrip("0").encode()


#: How the typesetter writes what all stand-ins have in common, and one of them before the operator that sets it.
_ALIKE = _operands(ALIKE)
#: A glyph and its one character in a font's map (ISO 32000-1, 9.10.3).
_MEANS = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]{4})>\n")
_STAND_IN = re.compile(re.escape(_ALIKE) + rb" [\d.]+(?= (?:rg|RG)\b)")


def bind_identity(pdf: Pdf, title: str, author: str) -> None:
    """Give a document its title and author, in both places where they stand (ISO 19005-2, 6.6.2.3)."""
    bound = {TITLE: title, AUTHOR: author}
    for key, said in pdf.docinfo.items():
        if str(said) in bound:
            pdf.docinfo[key] = bound[str(said)]
    if "/Metadata" in pdf.Root:
        metadata = pdf.Root.Metadata.read_bytes()
        for placeholder, text in bound.items():
            metadata = metadata.replace(placeholder.encode(), escape(text).encode())
        pdf.Root.Metadata.write(metadata)


def bind_code(pdf: Pdf, code: str) -> None:
    """Give each page where CODE stands the edition code of as many figures."""
    glyphs = [b"|".join(sorted(found)) for found in _figures(pdf).values()]
    if not all(glyphs):
        return
    # Between glyphs may stand by how much the next one moves (ISO 32000-1, table 109).
    run = re.compile(rb"((?:>[\d.-]+<)*)".join(b"(%s)" % one for one in glyphs))

    def bound(found: re.Match[bytes]) -> bytes:
        shown, moves = dict(zip(CODE, found.groups()[::2], strict=True)), (*found.groups()[1::2], b"")
        return b"".join(shown[figure] + move for figure, move in zip(code, moves, strict=True))

    for item in pdf.objects:
        if isinstance(item, Stream) and _draws(item):
            content, times = run.subn(bound, item.read_bytes())
            if times:
                item.write(content)


def _figures(pdf: Pdf) -> dict[str, set[bytes]]:
    """For each figure of CODE the glyphs that show it, in any of the fonts, as text is written with them."""
    found: dict[str, set[bytes]] = {figure: set() for figure in CODE}
    for item in pdf.objects:
        if isinstance(item, Dictionary) and "/ToUnicode" in item:
            for glyph, character in _MEANS.findall(item.ToUnicode.read_bytes()):
                if (figure := chr(int(character, 16))) in found:
                    found[figure].add(glyph)
    return found


def bind_colours(pdf: Pdf, colours: Mapping[str, str]) -> None:
    """Give everything that is drawn in a stand-in the colour that it is bound to, both `#RRGGBB`."""
    bound = {_operands(stand_in): _operands(colour) for stand_in, colour in colours.items()}
    if not bound:
        return
    streams = [item for item in pdf.objects if isinstance(item, Stream)]
    for stream in filter(_draws, streams):
        content = stream.read_bytes()
        if _ALIKE in content:
            stream.write(_STAND_IN.sub(lambda found: bound.get(found[0], found[0]), content))
    for drawn in (*(page.obj for page in pdf.pages), *streams):
        resources: Any = drawn.get("/Resources")
        for shading in resources.Shading.values() if resources is not None and "/Shading" in resources else ():
            _bind_function(shading.Function, bound)


def _draws(stream: Stream) -> bool:
    """Whether a stream holds instructions: a page's own has no type, unlike pictures, fonts and metadata."""
    return stream.get("/Subtype") == "/Form" or "/PatternType" in stream or set(stream.keys()) <= _PAGE_STREAM


def _bind_function(function: Any, bound: Mapping[bytes, bytes]) -> None:
    """Bind the two ends of a gradient, or those of each of its parts (ISO 32000-1, 7.10.3 and 7.10.4)."""
    for part in function.get("/Functions", ()):
        _bind_function(part, bound)
    for end in ("/C0", "/C1"):
        if end in function:
            colour = b" ".join(_number(float(value)) for value in function[end])
            function[end] = Object.parse(b"[%s]" % bound.get(colour, colour))
