"""What a form field looks like: its font, its typed lines, its tick. Pure; lengths in PDF points.

Viewers typeset what is typed themselves, and AcroForm has no line spacing. Measured in what they save, the
distance between lines of a multi-line field is

- pdf.js 5.6 (6.5 has the same arithmetic): (height - 2 pt) / round((height - 2 pt) / (1.35 x size));
- PDFium (Chrome): (ascent - descent) of the font descriptor x size;
- Poppler 22.12: 1 x size; MuPDF 1.21: 1.12 x size, in its own Helvetica, which has no ŷ.

Acrobat was not at hand; PDFBox and iText write that it goes by the height of the descriptor's FontBBox.
So the form's font declares ascent 1000, descent -350 and a box as high, and the size is pitch / 1.35: in the
first two (and in this module) every typed line sits on the drawn one, within 0.3 mm.
"""

import unicodedata
from collections.abc import Iterator, Mapping

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

#: Advances by character, in thousandths of the type size.
Widths = Mapping[str, float]


def drawable(text: str, widths: Widths) -> str:
    """`text` in characters the font has: composed, else by compatible parts, else a question mark."""
    composed = unicodedata.normalize("NFC", text)
    if all(map(widths.__contains__, composed)):
        return composed
    return "".join(_drawable(char, widths) for char in composed)


def undrawable(text: str, widths: Widths) -> str:
    """The characters of `text` that the font does not have, each once."""
    characters = dict.fromkeys(unicodedata.normalize("NFC", text))
    return "".join(char for char in characters if not char.isspace() and _parts(char, widths) is None)


def text_width(text: str, widths: Widths) -> float:
    """The width of one line of drawable text, in thousandths of the type size."""
    return sum(map(widths.__getitem__, text))


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
    shows = (b" 0 %.3f Td " % -pitch).join(
        b"<%s> Tj" % line.encode("utf-16-be").hex().upper().encode() for line in lines
    )
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


def _drawable(char: str, widths: Widths) -> str:
    if char == "\n":
        return char
    if char.isspace():
        return " "
    parts = _parts(char, widths)
    return "?" if parts is None else parts


def _parts(char: str, widths: Widths) -> str | None:
    if char in widths:
        return char
    parts = unicodedata.normalize("NFKC", char)
    return parts if all(map(widths.__contains__, parts)) else None


def _measured(text: str, widths: Widths) -> list[list[tuple[str, float]]]:
    """Each paragraph's words with their widths, so that trying a smaller size measures nothing again."""
    return [[(word, text_width(word, widths)) for word in line.split(" ")] for line in text.split("\n")]


def _wrapped(paragraphs: list[list[tuple[str, float]]], width: float, widths: Widths) -> list[str]:
    return [line for words in paragraphs for line in _wrap(words, width, widths)]


def _wrap(words: list[tuple[str, float]], width: float, widths: Widths) -> Iterator[str]:
    """Lines no wider than `width`, in thousandths of the type size; a word that is wider alone is broken by letters."""
    line, reached = "", -widths[" "]
    for word, across in words:
        if reached + widths[" "] + across <= width:
            line, reached = f"{line} {word}" if reached >= 0 else word, reached + widths[" "] + across
            continue
        if reached >= 0:
            yield line
        line, reached = word, across
        if across > width:
            *full, line = _broken(word, width, widths)
            yield from full
            reached = text_width(line, widths)
    yield line


def _broken(word: str, width: float, widths: Widths) -> list[str]:
    pieces, reached = [""], 0.0
    for char in word:
        if pieces[-1] and reached + widths[char] > width:
            pieces.append("")
            reached = 0.0
        pieces[-1] += char
        reached += widths[char]
    return pieces


def _fitted(
    text: str, width: float, height: float, size: float, multiline: bool, widths: Widths
) -> tuple[list[str], float, float]:
    """The lines, the size and the pitch at which they fit."""
    if not multiline:
        across = text_width(text, widths) * size / 1000
        size = max(_SMALLEST, size * width / across) if across > width else size
        return [text], size, size * LINE_FACTOR
    paragraphs = _measured(text, widths)
    while True:
        count = line_count(height, size)
        lines = _wrapped(paragraphs, width * 1000 / size, widths)
        if len(lines) <= count or size <= _SMALLEST:
            return lines, size, height / count
        size = max(_SMALLEST, size * 0.93)
