"""Type for marks, labels and filled fields: a TrueType font embedded as a subset, with a way back to Unicode.

The standard 14 fonts are never used: nothing that is printed may depend on a font of the printer's.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import uharfbuzz as hb
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    EncodedStreamObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from invulposter.errors import WorkspaceError

REGULAR = Path("alegreya-sans/AlegreyaSans_400Regular.ttf")

#: Writes an object into a file and gives the reference to it.
Hold = Callable[[PdfObject], IndirectObject]

#: Tables that a CIDFontType2 font program does without.
_UNUSED_TABLES = (b"GDEF", b"GPOS", b"GSUB", b"STAT", b"DSIG", b"gasp", b"cmap", b"name", b"OS/2")

_LAST_CODE = 0xFFFF
#: What may not stand as it is in a literal string (ISO 32000-2, 7.3.4.2).
_ESCAPES = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)", "\r": r"\r"})


@lru_cache(maxsize=8)
def _face(path: Path) -> hb.Face:
    try:
        return hb.Face(path.read_bytes())
    except OSError as error:
        raise WorkspaceError(f"the font {path.name} can't be read from {path.parent}") from error


@dataclass(frozen=True)
class _Glyph:
    """A glyph's number in the font and its advance in 1/1000 em."""

    number: int
    width: float


class Typeface:
    """One font of one document: remembers which glyphs are used and embeds those."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._font = hb.Font(_face(path))
        self._known: dict[str, _Glyph] = {}
        self._used: set[str] = set()

    def lacks(self, text: str) -> str:
        """The characters for which there is no glyph, each once."""
        return "".join(sorted({letter for letter in text if not self._glyph(letter).number}))

    def width(self, text: str, size: float) -> float:
        """How long a text is in points at a size in points."""
        return sum(self._glyph(letter).width for letter in text) * size / 1000

    def encoded(self, text: str) -> str:
        """The text as a PDF string operand for this font, a character a byte; its glyphs will be embedded.

        A character's code is its code point; those above U+FFFF, for which our fonts have no glyph, become U+FFFD.
        """
        letters = [letter if ord(letter) <= _LAST_CODE else "\N{REPLACEMENT CHARACTER}" for letter in text]
        self._used.update(letters)
        codes = "".join(letters).encode("utf-16-be").decode("latin-1")
        return f"({codes.translate(_ESCAPES)})"

    def _glyph(self, letter: str) -> _Glyph:
        if letter not in self._known:
            number = self._font.get_nominal_glyph(ord(letter)) or 0
            width = self._font.get_glyph_h_advance(number) * 1000 / self._font.face.upem
            self._known[letter] = _Glyph(number, width)
        return self._known[letter]

    @property
    def used(self) -> bool:
        """Whether anything was set in it."""
        return bool(self._used)

    def embedded(self, hold: Hold) -> DictionaryObject:
        """The font with the glyphs used so far (ISO 32000-2, 9.7: composite fonts); `hold` takes its parts."""
        name = NameObject("/" + _tag(self._used) + "+" + self._path.stem.replace("_", "-"))
        plan = self._subset()
        descriptor = hold(_descriptor(self._font, name, hold(_font_file(plan))))
        descendant = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/CIDFontType2"),
                NameObject("/BaseFont"): name,
                NameObject("/CIDSystemInfo"): _identity(),
                NameObject("/FontDescriptor"): descriptor,
                NameObject("/CIDToGIDMap"): hold(_stream(self._glyph_map(plan))),
                NameObject("/W"): self._width_array(),
            }
        )
        return DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type0"),
                NameObject("/BaseFont"): name,
                NameObject("/Encoding"): NameObject("/Identity-H"),
                NameObject("/DescendantFonts"): ArrayObject([hold(descendant)]),
                NameObject("/ToUnicode"): hold(_stream(self._to_unicode())),
            }
        )

    def _subset(self) -> hb.SubsetPlan:
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(self._glyph(letter).number for letter in self._used)
        wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in _UNUSED_TABLES)
        flags = hb.SubsetFlags
        wanted.flags = flags.NO_HINTING | flags.NOTDEF_OUTLINE | flags.NO_LAYOUT_CLOSURE
        return hb.SubsetPlan(self._font.face, wanted)

    def _glyph_map(self, plan: hb.SubsetPlan) -> bytes:
        """Two bytes for every code up to the last: its glyph in the subset (ISO 32000-2, table 115)."""
        numbers = plan.old_to_new_glyph_mapping
        places = bytearray(2 * (max(map(ord, self._used)) + 1))
        for letter in self._used:
            at = 2 * ord(letter)
            places[at : at + 2] = numbers[self._glyph(letter).number].to_bytes(2, "big")
        return bytes(places)

    def _width_array(self) -> ArrayObject:
        entries = ArrayObject()
        for letter in sorted(self._used):
            width = FloatObject(round(self._glyph(letter).width, 2))
            entries.extend([NumberObject(ord(letter)), ArrayObject([width])])
        return entries

    def _to_unicode(self) -> bytes:
        """Codes are code points: a range for every 256 of them in use (ISO 32000-2, 9.10.3)."""
        rows = sorted({f"<{ord(letter) >> 8:02x}00> <{ord(letter) >> 8:02x}ff>" for letter in self._used})
        ranges = "\n".join(f"{row} {row[:6]}" for row in rows)
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
            f"{len(rows)} beginbfrange\n{ranges}\nendbfrange\n"
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode("ascii")


def _font_file(plan: hb.SubsetPlan) -> EncodedStreamObject:
    program = plan.execute().blob.data
    stream = _stream(program)
    stream[NameObject("/Length1")] = NumberObject(len(program))
    return stream


def _tag(used: set[str]) -> str:
    """Six letters that stand for the set of glyphs (ISO 32000-2, 9.9.2)."""
    number = sum(ord(letter) * (at + 1) for at, letter in enumerate(sorted(used)))
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(6))


def _stream(data: bytes) -> EncodedStreamObject:
    """A deflated stream (pypdf's own way reads its settings first, 20 ms)."""
    stream = EncodedStreamObject()
    stream._data = zlib.compress(data, 9)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    return stream


def _identity() -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/Registry"): TextStringObject("Adobe"),
            NameObject("/Ordering"): TextStringObject("Identity"),
            NameObject("/Supplement"): NumberObject(0),
        }
    )


def _descriptor(font: hb.Font, name: NameObject, file: IndirectObject) -> DictionaryObject:
    to_thousand = 1000 / font.face.upem
    extents = font.get_font_extents("ltr")
    ascent, descent = round(extents.ascender * to_thousand), round(extents.descender * to_thousand)
    capitals = font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT)
    numbers = {
        "/Flags": 4,
        "/ItalicAngle": 0,
        "/Ascent": ascent,
        "/Descent": descent,
        "/CapHeight": round(capitals * to_thousand),
        "/StemV": 80,
    }
    descriptor = DictionaryObject({NameObject(key): NumberObject(value) for key, value in numbers.items()})
    descriptor[NameObject("/Type")] = NameObject("/FontDescriptor")
    descriptor[NameObject("/FontName")] = name
    descriptor[NameObject("/FontBBox")] = ArrayObject([NumberObject(side) for side in (-200, descent, 1500, ascent)])
    descriptor[NameObject("/FontFile2")] = file
    return descriptor
