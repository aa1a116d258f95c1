"""Type for marks, labels and filled fields: a TrueType font embedded as a subset, with a way back to Unicode.

The standard 14 fonts are never used: nothing that is printed may depend on a font of the printer's.
"""

import io
from functools import lru_cache
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
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


@lru_cache(maxsize=8)
def _font_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WorkspaceError(f"the font {path.name} can't be read from {path.parent}") from error


@lru_cache(maxsize=8)
def _metrics(path: Path) -> tuple[dict[int, str], dict[str, int], dict[str, float]]:
    """Character to glyph name, glyph name to number, and widths in 1/1000 em."""
    font = TTFont(io.BytesIO(_font_file(path)), lazy=True)
    em = font["head"].unitsPerEm
    widths = {name: advance * 1000 / em for name, (advance, _) in font["hmtx"].metrics.items()}
    return font.getBestCmap(), font.getReverseGlyphMap(), widths


class Typeface:
    """One font of one document: remembers which glyphs are used and embeds those."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._characters, self._numbers, self._widths = _metrics(path)
        self._used: dict[str, str] = {}

    def lacks(self, text: str) -> str:
        """The characters for which there is no glyph, each once."""
        return "".join(sorted({letter for letter in text if ord(letter) not in self._characters}))

    def width(self, text: str, size: float) -> float:
        """How long a text is in points at a size in points."""
        return sum(self._widths[self._glyph(letter)] for letter in text) * size / 1000

    def encoded(self, text: str) -> str:
        """The text as a PDF string operand for this font; its glyphs will be embedded."""
        glyphs = [(self._glyph(letter), letter) for letter in text]
        for glyph, letter in glyphs:
            self._used.setdefault(glyph, letter)
        return "<" + "".join(f"{self._numbers[glyph]:04x}" for glyph, _ in glyphs) + ">"

    def _glyph(self, letter: str) -> str:
        return self._characters.get(ord(letter), ".notdef")

    @property
    def used(self) -> bool:
        """Whether any text was set in it."""
        return bool(self._used)

    def embed(self, writer: PdfWriter, at: IndirectObject) -> None:
        """Write the font with the glyphs used so far as object `at` (ISO 32000-2, 9.7: composite fonts)."""
        font = self._subset()
        name = NameObject("/" + _tag(self._used) + "+" + self._path.stem.replace("_", "-"))
        descriptor = writer._add_object(_descriptor(font, name, self._file(writer, font)))
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

    def _subset(self) -> TTFont:
        font = TTFont(io.BytesIO(_font_file(self._path)), recalcTimestamp=False)
        options = Options(retain_gids=True, hinting=False, layout_features=[], notdef_outline=True)
        options.drop_tables += ["GSUB", "GPOS", "GDEF", "STAT", "name", "DSIG"]
        subsetter = Subsetter(options)
        subsetter.populate(glyphs=sorted(self._used))
        subsetter.subset(font)
        return font

    def _file(self, writer: PdfWriter, font: TTFont) -> IndirectObject:
        out = io.BytesIO()
        font.save(out)
        stream = _stream(out.getvalue())
        stream[NameObject("/Length1")] = NumberObject(len(out.getvalue()))
        return writer._add_object(stream)

    def _numbered(self) -> list[tuple[int, str, str]]:
        return sorted((self._numbers[glyph], glyph, letter) for glyph, letter in self._used.items())

    def _width_array(self) -> ArrayObject:
        entries = ArrayObject()
        for number, glyph, _ in self._numbered():
            entries.append(NumberObject(number))
            entries.append(ArrayObject([FloatObject(round(self._widths[glyph], 2))]))
        return entries

    def _to_unicode(self) -> bytes:
        """ISO 32000-2, 9.10.3; at most 100 entries to a block."""
        rows = [f"<{number:04x}> <{_utf16(letter)}>" for number, _, letter in self._numbered()]
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


def _tag(used: dict[str, str]) -> str:
    """Six letters that stand for the set of glyphs (ISO 32000-2, 9.9.2)."""
    number = sum(sum(map(ord, glyph)) * (at + 1) for at, glyph in enumerate(sorted(used)))
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


def _descriptor(font: TTFont, name: NameObject, file: IndirectObject) -> DictionaryObject:
    to_thousand = 1000 / font["head"].unitsPerEm
    head, metrics = font["head"], font["OS/2"]
    box = [round(side * to_thousand) for side in (head.xMin, head.yMin, head.xMax, head.yMax)]
    numbers = {
        "/Flags": 4,
        "/ItalicAngle": 0,
        "/Ascent": round(metrics.sTypoAscender * to_thousand),
        "/Descent": round(metrics.sTypoDescender * to_thousand),
        "/CapHeight": round(metrics.sCapHeight * to_thousand),
        "/StemV": 80,
    }
    descriptor = DictionaryObject({NameObject(key): NumberObject(value) for key, value in numbers.items()})
    descriptor[NameObject("/Type")] = NameObject("/FontDescriptor")
    descriptor[NameObject("/FontName")] = name
    descriptor[NameObject("/FontBBox")] = ArrayObject([NumberObject(side) for side in box])
    descriptor[NameObject("/FontFile2")] = file
    return descriptor
