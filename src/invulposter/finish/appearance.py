"""What a form field looks like: its font, its typed lines, its tick. Pure; lengths in PDF points.

Viewers typeset what is typed themselves, and AcroForm has no line spacing. Measured with four of them, the
distance between lines of a multi-line field is

- pdf.js 6.5: field height / round(field height / (1.35 x size)), less 2 pt padding over the whole field;
- PDFium (Chrome), Acrobat's documented rule: (ascent - descent) of the font descriptor x size;
- MuPDF 1.21: 1.2 x size, in a font of its own; Poppler 22.12: 1 x size.

So the form's font declares ascent 1000 and descent -350, the size is pitch / 1.35, and the two that people
fill in with (and this module) put every typed line on the drawn one.
"""

import io
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

#: Line spacing as a multiple of the type size, and the share of it below the baseline.
LINE_FACTOR = 1.35
ASCENT, DESCENT = 1000, -350
#: The form font's name in `/DR` and every `/DA`. PDFium takes a character outside Latin-1 from a system font
#: unless the font is a symbol font, and goes by this name to tell (measured: with any other name ŷ and “ are lost).
FONT = b"/Wingdings"
#: Left and right of typed text, as pdf.js has it.
SIDE = 2.0
#: Text is never made smaller than this to fit.
_SMALLEST = 4.0

#: Latin-1, Latin Extended-A, the Romanian comma letters, typographic punctuation, euro and arrows.
_RANGES = ((0x20, 0x7F), (0xA0, 0x180), (0x218, 0x21C), (0x2010, 0x2023), (0x2026, 0x2027), (0x2030, 0x2031))
_SINGLE = (0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2260)

Widths = Mapping[int, float]


@cache
def font_program(path: Path) -> bytes:
    """The TrueType font at `path` cut down to what a form needs, with the metrics that viewers space lines by."""
    font = TTFont(path, recalcTimestamp=False)
    _add_missing(font)
    wanted = [code for first, end in _RANGES for code in range(first, end)] + list(_SINGLE)
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True)
    options.drop_tables = [*options.drop_tables, "GDEF", "GPOS", "GSUB", "gasp"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    ascent, descent = (metric * font["head"].unitsPerEm // 1000 for metric in (ASCENT, DESCENT))
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = ascent, descent, 0
    os2 = font["OS/2"]
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ascent, descent, 0
    os2.usWinAscent, os2.usWinDescent = ascent, -descent
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def char_widths(font: TTFont) -> dict[int, float]:
    """The advance of each character (by code point) in thousandths of the type size."""
    upem = font["head"].unitsPerEm
    return {code: round(font["hmtx"][name][0] * 1000 / upem, 1) for code, name in sorted(font.getBestCmap().items())}


def drawable(text: str, widths: Widths) -> str:
    """`text` in characters the font has: composed, else by compatible parts, else a question mark."""
    return "".join(_drawable(char, widths) for char in unicodedata.normalize("NFC", text))


def undrawable(text: str, widths: Widths) -> str:
    """The characters of `text` that the font does not have, each once."""
    characters = dict.fromkeys(unicodedata.normalize("NFC", text))
    return "".join(char for char in characters if not char.isspace() and _parts(char, widths) is None)


def text_width(text: str, size: float, widths: Widths) -> float:
    """The width of one line of drawable text."""
    return sum(widths[ord(char)] for char in text) * size / 1000


def wrap(text: str, width: float, size: float, widths: Widths) -> list[str]:
    """Break drawable text into lines no wider than `width`; a word that is wider alone is broken by letters."""
    return [line for paragraph in text.split("\n") for line in _wrap(paragraph, width, size, widths)]


def text_appearance(
    text: str, box: tuple[float, float], size: float, multiline: bool, paint: bytes, widths: Widths
) -> bytes:
    """The content stream of a text field of `box` (width, height): `paint` is the DA string's colour operators.

    Text that does not fit at `size` is set smaller until it does: what was entered prints.
    """
    if not text:
        return b"/Tx BMC EMC"
    width, height = box
    shown = drawable(text.replace("\r\n", "\n").replace("\r", "\n"), widths)
    if not multiline:
        shown = shown.replace("\n", " ")
    lines, size, pitch = _fitted(shown, width - 2 * SIDE, height, size, multiline, widths)
    first = height - pitch - pitch * DESCENT / (ASCENT - DESCENT)
    if not multiline:
        first = height / 2 - size * (ASCENT + DESCENT) / 2000
    shows = (b" 0 %.3f Td " % -pitch).join(b"<%s> Tj" % line.encode("utf-16-be").hex().upper().encode() for line in lines)
    clip = b"q 0 0 %.3f %.3f re W n" % (width, height)
    type_ = b"%s %s %.3f Tf %.3f %.3f Td" % (paint, FONT, size, SIDE, first)
    return b"/Tx BMC %s BT %s %s ET Q EMC" % (clip, type_, shows)


def line_count(height: float, size: float) -> int:
    """How many lines of `size` a multi-line field of `height` has: pdf.js's own rounding."""
    return max(1, round(height / (LINE_FACTOR * size)))


def tick_appearance(width: float, height: float, paint: bytes) -> bytes:
    """The content stream of a ticked box: a tick of two strokes with round ends; `paint` sets the stroke colour."""
    return b"q %s %.3f w 1 J 1 j %.3f %.3f m %.3f %.3f l %.3f %.3f l S Q" % (
        paint,
        min(width, height) * 0.12,
        width * 0.2,
        height * 0.5,
        width * 0.42,
        height * 0.24,
        width * 0.82,
        height * 0.8,
    )


def disc_appearance(width: float, height: float, paint: bytes) -> bytes:
    """The content stream of a chosen radio button: a dot; `paint` sets the stroke colour."""
    return b"q %s %.3f w 1 J %.3f %.3f m %.3f %.3f l S Q" % (
        paint,
        min(width, height) * 0.55,
        width / 2,
        height / 2,
        width / 2,
        height / 2,
    )


def _add_missing(font: TTFont) -> None:
    """Latin Extended-A is asked for whole: a font without the long s shows an s, one without ŉ composes it."""
    cmap = font.getBestCmap()
    tables = [table for table in font["cmap"].tables if table.isUnicode()]
    if 0x17F not in cmap:
        for table in tables:
            table.cmap[0x17F] = cmap[ord("s")]
    if 0x149 not in cmap:
        pen = TTGlyphPen(font.getGlyphSet())
        quote, n = cmap[0x2019], cmap[ord("n")]
        advance = font["hmtx"][quote][0]
        pen.addComponent(quote, (1, 0, 0, 1, 0, 0))
        pen.addComponent(n, (1, 0, 0, 1, advance, 0))
        font.setGlyphOrder([*font.getGlyphOrder(), "napostrophe"])
        font["glyf"]["napostrophe"] = pen.glyph()
        font["hmtx"]["napostrophe"] = (advance + font["hmtx"][n][0], font["hmtx"][quote][1])
        for table in tables:
            table.cmap[0x149] = "napostrophe"


def _drawable(char: str, widths: Widths) -> str:
    if char == "\n":
        return char
    if char.isspace():
        return " "
    parts = _parts(char, widths)
    return "?" if parts is None else parts


def _parts(char: str, widths: Widths) -> str | None:
    if ord(char) in widths:
        return char
    parts = unicodedata.normalize("NFKC", char)
    return parts if all(ord(part) in widths for part in parts) else None


def _wrap(paragraph: str, width: float, size: float, widths: Widths) -> Iterator[str]:
    line = ""
    for word in paragraph.split(" "):
        longer = f"{line} {word}" if line else word
        if text_width(longer, size, widths) <= width:
            line = longer
            continue
        if line:
            yield line
        *full, line = _broken(word, width, size, widths)
        yield from full
    yield line


def _broken(word: str, width: float, size: float, widths: Widths) -> list[str]:
    pieces = [""]
    for char in word:
        if pieces[-1] and text_width(pieces[-1] + char, size, widths) > width:
            pieces.append("")
        pieces[-1] += char
    return pieces


def _fitted(
    text: str, width: float, height: float, size: float, multiline: bool, widths: Widths
) -> tuple[list[str], float, float]:
    """The lines, the size and the pitch at which they fit."""
    if not multiline:
        across = text_width(text, size, widths)
        size = max(_SMALLEST, size * width / across) if across > width else size
        return [text], size, size * LINE_FACTOR
    while True:
        count = line_count(height, size)
        lines = wrap(text, width, size, widths)
        if len(lines) <= count or size <= _SMALLEST:
            return lines, size, height / count
        size = max(_SMALLEST, size * 0.93)
