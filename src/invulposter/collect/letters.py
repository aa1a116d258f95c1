"""The letters on the pages of a PDF, each with its place: what is printed there, and what was added to it."""

import ctypes
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

#: Letters that lie this near, as a share of the page, lie in the same place: 0.2 mm on A4.
_NEAR = 0.001
#: Of what is printed on a form, at least this share stands on a copy of its pages too.
_RECOGNISED = 0.5
#: What PDFium makes of a hyphen that ends a line.
_HYPHEN = {"\x02": "-", "\ufffe": "-"}


@dataclass(frozen=True)
class Letter:
    """A letter on a page (from 0): its middle, `x` and `y`, and its baseline, as shares of the page's width and height.

    What only keeps words apart is `between` them: it has no place of its own.
    """

    sign: str
    page: int
    x: float
    y: float
    baseline: float
    between: bool = False


def letters(pdf: bytes, pages: Collection[int]) -> tuple[Letter, ...]:
    """The letters in the contents of `pages`, without fields, in the order in which they are drawn.

    Raises PdfiumError for a file that PDFium can't read, IndexError where a page isn't there.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        return tuple(letter for number in sorted(pages) for letter in _on_page(document[number], number))


def added(there: Sequence[Letter], printed: Sequence[Letter]) -> tuple[Letter, ...] | None:
    """What stands on pages beside what is printed on them; None where `printed` is elsewhere, or not there at all."""
    near = {
        (letter.page, letter.sign, column + across, row + up)
        for letter in printed
        for column, row in (_cell(letter),)
        for across in (-1, 0, 1)
        for up in (-1, 0, 1)
    }
    own = [letter.between or (letter.page, letter.sign, *_cell(letter)) not in near for letter in there]
    found = sum(not mine for mine in own)
    if found < _RECOGNISED * sum(not letter.between for letter in printed):
        return None
    return tuple(letter for letter, mine in zip(there, own, strict=True) if mine)


def text_in(there: Sequence[Letter], page: int, area: tuple[float, float, float, float]) -> str:
    """The text of the letters whose middle lies in an area: left, bottom, right and top as shares of the page."""
    left, bottom, right, top = area
    text, baseline, apart = "", 0.0, False
    for letter in there:
        if letter.between or letter.page != page or not (left <= letter.x <= right and bottom <= letter.y <= top):
            apart = True
            continue
        lower = abs(letter.baseline - baseline) > _NEAR
        # PDFium puts nothing between the halves of a word that a line end broke.
        if text and (apart or (lower and not text.endswith("-"))):
            text += "\n" if lower else " "
        text, baseline, apart = text + letter.sign, letter.baseline, False
    return text


def _on_page(page: pypdfium2.PdfPage, number: int) -> Iterator[Letter]:
    width, height = page.get_size()
    text = page.get_textpage()
    x, baseline = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(text.raw, index))
        between = sign.isspace() or bool(pdfium.FPDFText_IsGenerated(text.raw, index))
        pdfium.FPDFText_GetCharOrigin(text.raw, index, x, baseline)
        # The box of the line, not of the ink: of a comma or a g the ink hangs below it.
        left, bottom, right, top = text.get_charbox(index, loose=True)
        middle = ((left + right) / 2 / width, (bottom + top) / 2 / height)
        yield Letter(_HYPHEN.get(sign, sign), number, *middle, baseline.value / height, between)


def _cell(letter: Letter) -> tuple[int, int]:
    return round(letter.x / _NEAR), round(letter.y / _NEAR)
