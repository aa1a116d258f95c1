"""The form's own font: cut down, given the metrics that viewers space lines by, and embedded."""

import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.ttLib.tables.ttProgram import Program

from invulposter.finish.appearance import ASCENT, DESCENT

#: Latin-1, Latin Extended-A, the Romanian comma letters, typographic punctuation, euro and arrows.
_RANGES = ((0x20, 0x7F), (0xA0, 0x180), (0x218, 0x21C), (0x2010, 0x2023), (0x2026, 0x2027), (0x2030, 0x2031))
_SINGLE = (0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2260)


@cache
def font_program(path: Path) -> bytes:
    """Make a TrueType font of what a form needs from the one at `path`, with the metrics that viewers space by.

    A glyph's number is its character's code. So whatever a program takes a field's letters for when it encodes
    them - characters, codes or glyphs (pypdf) - the same letters show.
    """
    source = TTFont(path)
    upem = source["head"].unitsPerEm
    outlines = _outlines(source)
    order = [".notdef", *(_glyph_name(code) for code in range(1, max(outlines) + 1))]
    glyphs: dict[str, Any] = dict.fromkeys(order, Glyph())
    advances = dict.fromkeys(order, (0, 0))
    glyphs[".notdef"], advances[".notdef"] = source["glyf"][".notdef"], source["hmtx"][".notdef"]
    for code, (glyph, advance) in outlines.items():
        glyphs[_glyph_name(code)], advances[_glyph_name(code)] = glyph, (advance, 0)
    ascent, descent = (metric * upem // 1000 for metric in (ASCENT, DESCENT))
    builder = FontBuilder(upem, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({code: _glyph_name(code) for code in outlines})
    builder.setupGlyf(glyphs, calcGlyphBounds=False)
    # Those of the thousands that are empty take a third of the time, and have none.
    for glyph, _ in outlines.values():
        glyph.recalcBounds(builder.font["glyf"])
    sides = {name: getattr(glyph, "xMin", 0) for name, glyph in glyphs.items()}
    builder.setupHorizontalMetrics({name: (advance, sides[name]) for name, (advance, _) in advances.items()})
    builder.setupHorizontalHeader(ascent=ascent, descent=descent)
    builder.setupNameTable({"psName": source["name"].getDebugName(6), "copyright": source["name"].getDebugName(0)})
    cap_height = source["OS/2"].sCapHeight
    builder.setupOS2(
        sTypoAscender=ascent, sTypoDescender=descent, usWinAscent=ascent, usWinDescent=-descent, sCapHeight=cap_height
    )
    builder.setupPost(keepGlyphNames=False)
    created = source["head"].created
    builder.updateHead(created=created, modified=created)
    builder.font.recalcTimestamp = False
    file = io.BytesIO()
    builder.save(file)
    return file.getvalue()


def char_widths(font: TTFont) -> dict[str, float]:
    """The advance of each character the font has, in thousandths of the type size, in the order of the codes."""
    upem = font["head"].unitsPerEm
    return {
        chr(code): round(font["hmtx"][name][0] * 1000 / upem, 1) for code, name in sorted(font.getBestCmap().items())
    }


def embed(document: pikepdf.Pdf, path: Path) -> pikepdf.Object:
    """A composite font whose codes are Unicode, so that every viewer finds the code of what is typed."""
    font = _embedding(path)
    descriptor: Any = pikepdf.Object.parse(font.descriptor)
    descriptor.FontFile2 = document.make_stream(font.program, Filter=pikepdf.Name.FlateDecode, Length1=font.length)
    descendant: Any = pikepdf.Object.parse(font.descendant)
    descendant.FontDescriptor = document.make_indirect(descriptor)
    composite: Any = pikepdf.Object.parse(font.composite)
    composite.DescendantFonts = pikepdf.Array([document.make_indirect(descendant)])
    composite.ToUnicode = document.make_stream(font.unicode, Filter=pikepdf.Name.FlateDecode)
    embedded: pikepdf.Object = document.make_indirect(composite)
    return embedded


@dataclass(frozen=True)
class _Embedding:
    """The parts of an embedded font: dictionaries as they stand in a file, and the contents of streams, deflated.

    `length` is the program's before that.
    """

    composite: bytes
    descendant: bytes
    descriptor: bytes
    program: bytes
    length: int
    unicode: bytes


@cache
def _embedding(path: Path) -> _Embedding:
    program = font_program(path)
    font = TTFont(io.BytesIO(program))
    widths = char_widths(font)
    name = font["name"].getDebugName(6)
    system = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity"
    descendant = f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}{system}/DW 500/W[{_width_array(widths)}]>>"
    return _Embedding(
        composite=f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H>>".encode("ascii"),
        descendant=descendant.encode("ascii"),
        descriptor=_descriptor(font, name).encode("ascii"),
        program=zlib.compress(program, 9),
        length=len(program),
        unicode=zlib.compress(_to_unicode(widths), 9),
    )


def _descriptor(font: TTFont, name: str) -> str:
    scale = 1000 / font["head"].unitsPerEm
    cap_height = round(font["OS/2"].sCapHeight * scale)
    # The box is as high as a line, not as the highest glyph: Acrobat spaces lines by it.
    box = f"{round(font['head'].xMin * scale)} {DESCENT} {round(font['head'].xMax * scale)} {ASCENT}"
    metrics = f"/Ascent {ASCENT}/Descent {DESCENT}/CapHeight {cap_height}/ItalicAngle 0/StemV 80"
    return f"<</Type/FontDescriptor/FontName/{name}/Flags 4{metrics}/FontBBox[{box}]>>"


def _runs(codes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Consecutive codes as (first, last), none crossing a high byte: a bfrange may not (ISO 32000-1, 9.10.3)."""
    start = previous = codes[0]
    for code in codes[1:]:
        if code != previous + 1 or code % 256 == 0:
            yield start, previous
            start = code
        previous = code
    yield start, previous


def _width_array(widths: Mapping[str, float]) -> str:
    runs = _runs(list(map(ord, widths)))
    return "".join(
        f"{first}[{' '.join(f'{widths[chr(code)]:g}' for code in range(first, last + 1))}]" for first, last in runs
    )


def _to_unicode(widths: Mapping[str, float]) -> bytes:
    ranges = [f"<{first:04X}> <{last:04X}> <{first:04X}>" for first, last in _runs(list(map(ord, widths)))]
    blocks = (ranges[start : start + 100] for start in range(0, len(ranges), 100))
    mappings = "\n".join(f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{mappings}\nendcmap CMapName currentdict /CMap defineresource pop end end\n"
    ).encode()


def _outlines(source: TTFont) -> dict[int, tuple[Glyph, int]]:
    """Each wanted character's outline and advance.

    Latin Extended-A is asked for whole: where the font has no long s it shows an s, where it has no ŉ it composes it.
    """
    cmap = source.getBestCmap()
    wanted = [code for first, end in _RANGES for code in range(first, end)] + list(_SINGLE)
    parts = {code: [cmap[code]] for code in wanted if code in cmap}
    parts.setdefault(0x17F, [cmap[ord("s")]])
    parts.setdefault(0x149, [cmap[0x2019], cmap[ord("n")]])
    return {code: _drawn(source, names) for code, names in sorted(parts.items())}


def _drawn(source: TTFont, names: Sequence[str]) -> tuple[Glyph, int]:
    """The outlines of `names` side by side as one glyph without parts or hints, and their advance."""
    glyphs, metrics = source["glyf"], source["hmtx"]
    points, ends, flags = (part.copy() for part in glyphs[names[0]].getCoordinates(glyphs))
    advance = metrics[names[0]][0]
    for name in names[1:]:
        beside, beside_ends, beside_flags = (part.copy() for part in glyphs[name].getCoordinates(glyphs))
        beside.translate((advance, 0))
        ends += [len(points) + end for end in beside_ends]
        points.extend(beside)
        flags += beside_flags
        advance += metrics[name][0]
    glyph = Glyph()
    glyph.numberOfContours, glyph.endPtsOfContours = len(ends), ends
    glyph.coordinates, glyph.flags, glyph.program = points, flags, Program()
    return glyph, advance


def _glyph_name(code: int) -> str:
    return f"u{code:04X}"
