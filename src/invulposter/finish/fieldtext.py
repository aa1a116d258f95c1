"""How typed text is set in a form field: pure layout, in points."""

import re
from collections.abc import Callable
from dataclasses import dataclass

#: Space between a field's edge and its text, and between baselines as a share of the size.
PADDING = 2.0
LEADING = 1.15
#: Text that does not fit is set smaller, down to this size; below it nobody can read it.
SMALLEST = 2.0

_FONT_SIZE = re.compile(r"([\d.]+)\s+Tf")
_COLOUR = re.compile(r"((?:[\d.]+\s+){4}k|(?:[\d.]+\s+){3}rg|[\d.]+\s+g)\b")

#: Length in points of a text at a size.
Measure = Callable[[str, float], float]


@dataclass(frozen=True)
class FieldText:
    """What was typed, and the field's width and height in points.

    `size` 0 means as large as fits; `align` is 0 left, 1 middle, 2 right; `comb` the number of cells, 0 for none.
    """

    text: str
    width: float
    height: float
    size: float = 0.0
    colour: str = "0 g"
    align: int = 0
    multiline: bool = False
    comb: int = 0


@dataclass(frozen=True)
class SetLine:
    """A piece of text and its baseline's start, from the field's lower left."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class SetText:
    """Lines at the size they came out at; at the smallest they may run out of the field."""

    lines: tuple[SetLine, ...]
    size: float


def appearance(default: str) -> tuple[float, str]:
    """Font size and colour operator of a default appearance string such as `/Helv 12 Tf 0 0 1 rg`."""
    size, colour = _FONT_SIZE.search(default), _COLOUR.search(default)
    return float(size[1]) if size else 0.0, colour[1] if colour else "0 g"


def set_text(field: FieldText, measure: Measure) -> SetText:
    """Set the text at the field's size, or as much smaller as makes all of it fit."""
    size = field.size or _largest(field)
    while size > SMALLEST:
        if _fits(field, _broken(field, size, measure), size, measure):
            return SetText(_positioned(field, size, measure), size)
        size *= 0.96
    return SetText(_positioned(field, SMALLEST, measure), SMALLEST)


def _largest(field: FieldText) -> float:
    return 12.0 if field.multiline else max(SMALLEST, min(field.height * 0.7, 144))


def _broken(field: FieldText, size: float, measure: Measure) -> list[str]:
    paragraphs = re.split(r"\r\n|\r|\n", field.text.expandtabs(4))
    if not field.multiline:
        return [" ".join(paragraphs)]
    room = field.width - 2 * PADDING
    return [line for paragraph in paragraphs for line in wrapped(paragraph, room, size, measure)]


def wrapped(paragraph: str, room: float, size: float, measure: Measure) -> list[str]:
    """Break between words; a word longer than the line is broken where it ends."""
    lines, current = [], ""
    for word in paragraph.split(" "):
        tried = f"{current} {word}" if current else word
        if measure(tried, size) <= room:
            current = tried
            continue
        if current:
            lines.append(current)
        *full, current = _chopped(word, room, size, measure)
        lines += full
    return [*lines, current]


def _chopped(word: str, room: float, size: float, measure: Measure) -> list[str]:
    """A word in pieces that fit, one letter at least."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and measure(pieces[-1] + letter, size) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _fits(field: FieldText, lines: list[str], size: float, measure: Measure) -> bool:
    if field.comb:
        return size <= field.height and all(measure(letter, size) <= field.width / field.comb for letter in lines[0])
    high = len(lines) * size * LEADING <= field.height - PADDING or (len(lines) == 1 and size <= field.height)
    return high and all(measure(line, size) <= field.width - 2 * PADDING for line in lines)


def _positioned(field: FieldText, size: float, measure: Measure) -> tuple[SetLine, ...]:
    lines = _broken(field, size, measure)
    # Half the x-height below the middle for one line; the ascender under the upper edge for several.
    first = field.height - PADDING - 0.8 * size if field.multiline else field.height / 2 - 0.3 * size
    if field.comb:
        cell = field.width / field.comb
        return tuple(
            SetLine(cell * (at + 0.5) - measure(letter, size) / 2, first, letter)
            for at, letter in enumerate(lines[0][: field.comb])
        )
    spare = [field.width - 2 * PADDING - measure(line, size) for line in lines]
    return tuple(
        SetLine(PADDING + spare[at] * field.align / 2, first - at * size * LEADING, line)
        for at, line in enumerate(lines)
    )
