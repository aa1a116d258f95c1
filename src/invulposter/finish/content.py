"""Content streams taken apart: instructions, and how thick a stroke is where it stands.

For files of our own making: strings hold at most one level of bare brackets (ISO 32000-2, 7.3.4.2 and 7.8.2).
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from invulposter.finish.operators import IDENTITY, Matrix

_STRING = rb"\((?:\\.|[^()\\]|\((?:\\.|[^()\\])*\))*\)"
_HEX = rb"<[0-9A-Fa-f\s]*>"
_TOKEN = re.compile(
    rb"%[^\r\n]*"
    rb"|(?P<picture>\bBI\s.*?\sEI(?=\s|$))"
    rb"|(?P<operand>" + _STRING + rb"|<<.*?>>|" + _HEX + rb"|\[(?:" + _STRING + rb"|[^\[\]()])*\]"
    rb"|/[^\s/()<>\[\]{}%]*|[-+.\d][^\s/()<>\[\]{}%]*|\b(?:true|false|null)\b)"
    rb"|(?P<operator>[A-Za-z'\"][^\s/()<>\[\]{}%]*)",
    re.DOTALL,
)
_STROKES = frozenset({b"S", b"s", b"B", b"B*", b"b", b"b*"})


class Instruction(NamedTuple):
    """An operator with the operands before it; an inline picture is one operator, `BI`, with all of its bytes."""

    operator: bytes
    operands: tuple[bytes, ...] = ()

    @property
    def numbers(self) -> tuple[float, ...]:
        """The operands as numbers. Raises ValueError where one is none."""
        return tuple(map(float, self.operands))

    @property
    def name(self) -> str:
        """The last operand, a name, with its slash; empty where there is none."""
        last = self.operands[-1] if self.operands else b""
        return last.decode("latin-1") if last.startswith(b"/") else ""

    def __bytes__(self) -> bytes:
        return b" ".join(self.operands) if self.operator == b"BI" else b" ".join((*self.operands, self.operator))


def instructions(data: bytes) -> Iterator[Instruction]:
    """The instructions of a content stream, in order, without comments."""
    operands: list[bytes] = []
    for token in _TOKEN.finditer(data):
        if token.lastgroup == "operand":
            operands.append(token[0])
        elif token.lastgroup == "operator":
            yield Instruction(token[0], tuple(operands))
            operands.clear()
        elif token.lastgroup == "picture":
            yield Instruction(b"BI", (token[0],))


def area_scale(matrix: Matrix) -> float:
    """How much longer lengths become, on average over all directions."""
    a, b, c, d, _, _ = matrix
    return math.sqrt(abs(a * d - b * c))


@dataclass
class Pen:
    """Follows how large a unit is (`scale`, in points) and the width of strokes, in units (ISO 32000-2, 8.4.3.2)."""

    scale: float = 1.0
    width: float = 1.0
    _stack: list[tuple[float, float]] = field(default_factory=list)

    def follow(self, instruction: Instruction) -> None:
        """Take one instruction into account."""
        match instruction.operator:
            case b"q":
                self._stack.append((self.scale, self.width))
            case b"Q" if self._stack:
                self.scale, self.width = self._stack.pop()
            case b"cm" if len(instruction.operands) == 6:
                self.scale *= area_scale(matrix_of(instruction.numbers))
            case b"w" if instruction.operands:
                self.width = instruction.numbers[0]

    @property
    def points(self) -> float:
        """How thick a stroke is, in points on paper."""
        return self.width * self.scale


def draws_stroke(instruction: Instruction) -> bool:
    """Whether it paints the outline of a path."""
    return instruction.operator in _STROKES


def matrix_of(values: tuple[float, ...]) -> Matrix:
    """Six numbers as a matrix; nothing changes where there are not six."""
    if len(values) != 6:
        return IDENTITY
    a, b, c, d, e, f = values
    return a, b, c, d, e, f
