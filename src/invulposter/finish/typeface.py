"""Type for marks, labels and filled fields: a TrueType font embedded as a subset, with a way back to Unicode.

The standard 14 fonts are never used: nothing that is printed may depend on a font of the printer's.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import uharfbuzz as hb
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from invulposter.errors import WorkspaceError

REGULAR = Path("alegreya-sans/AlegreyaSans_400Regular.ttf")
BOLD = Path("alegreya-sans/AlegreyaSans_700Bold.ttf")

#: Tables that a CIDFontType2 font program does without.
_UNUSED_TABLES = (b"GDEF", b"GPOS", b"GSUB", b"STAT", b"DSIG", b"gasp", b"cmap", b"name", b"OS/2")


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
        self._used: dict[int, str] = {}

    def lacks(self, text: str) -> str:
        """The characters for which there is no glyph, each once."""
        return "".join(sorted({letter for letter in text if not self._glyph(letter).number}))

    def width(self, text: str, size: float) -> float:
        """How long a text is in points at a size in points."""
        return sum(self._glyph(letter).width for letter in text) * size / 1000

    def encoded(self, text: str) -> str:
        """The text as a PDF string operand for this font; its glyphs will be embedded."""
        glyphs = [(self._glyph(letter).number, letter) for letter in text]
        for number, letter in glyphs:
            self._used.setdefault(number, letter)
        return "<" + "".join(f"{number:04x}" for number, _ in glyphs) + ">"

    def _glyph(self, letter: str) -> _Glyph:
        if letter not in self._known:
            number = self._font.get_nominal_glyph(ord(letter)) or 0
            width = self._font.get_glyph_h_advance(number) * 1000 / self._font.face.upem
            self._known[letter] = _Glyph(number, width)
        return self._known[letter]

    @property
    def used(self) -> bool:
        """Whether any text was set in it."""
        return bool(self._used)

    def embed(self, writer: PdfWriter, at: IndirectObject) -> None:
        """Write the font with the glyphs used so far as object `at` (ISO 32000-2, 9.7: composite fonts)."""
        name = NameObject("/" + _tag(self._used) + "+" + self._path.stem.replace("_", "-"))
        descriptor = writer._add_object(_descriptor(self._font, name, self._file(writer)))
        descendant = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/CIDFontType2"),
                NameObject("/BaseFont"): name,
                NameObject("/CIDSystemInfo"): _identity(),
                NameObject("/FontDescriptor"): descriptor,
                NameObject("/CIDToGIDMap"): NameObject("/Identity"),
                NameObject("/W"): self._width_array(),
            }
        )
        composite = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type0"),
                NameObject("/BaseFont"): name,
                NameObject("/Encoding"): NameObject("/Identity-H"),
                NameObject("/DescendantFonts"): ArrayObject([writer._add_object(descendant)]),
                NameObject("/ToUnicode"): writer._add_object(_stream(self._to_unicode())),
            }
        )
        writer._replace_object(at, composite)

    def _file(self, writer: PdfWriter) -> IndirectObject:
        """The glyphs used, under their own numbers, as a font program of their own."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(self._used)
        wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in _UNUSED_TABLES)
        flags = hb.SubsetFlags
        wanted.flags = flags.RETAIN_GIDS | flags.NO_HINTING | flags.NOTDEF_OUTLINE | flags.NO_LAYOUT_CLOSURE
        program = hb.subset(self._font.face, wanted).blob.data
        stream = _stream(program)
        stream[NameObject("/Length1")] = NumberObject(len(program))
        return writer._add_object(stream)

    def _width_array(self) -> ArrayObject:
        entries = ArrayObject()
        for number, letter in sorted(self._used.items()):
            width = self._glyph(letter).width
            entries.extend([NumberObject(number), ArrayObject([FloatObject(round(width, 2))])])
        return entries

    def _to_unicode(self) -> bytes:
        """ISO 32000-2, 9.10.3; at most 100 entries to a block."""
        rows = [f"<{number:04x}> <{_utf16(letter)}>" for number, letter in sorted(self._used.items())]
        blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
        body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
            f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode("ascii")


def _utf16(letter: str) -> str:
    return letter.encode("utf-16-be").hex()


def _tag(used: dict[int, str]) -> str:
    """Six letters that stand for the set of glyphs (ISO 32000-2, 9.9.2)."""
    number = sum(glyph * (at + 1) for at, glyph in enumerate(sorted(used)))
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(6))


def _stream(data: bytes) -> DecodedStreamObject:
    plain = DecodedStreamObject()
    plain.set_data(data)
    return plain.flate_encode()  # type: ignore[return-value]


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
