"""Colours that are bound after typesetting: pages are typeset in stand-ins, so that offices can share them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from invulposter.drawing.palette import Palette

#: How all stand-ins begin: red and green of a pink that nobody chooses.
ALIKE = "#FD02"
#: Where WeasyPrint 70 makes colours of other colours before it writes them: borders with depth, and gradients that
#: begin before their first colour or come round again.
_MIXING = re.compile(r"\b(?:inset(?!\s*:)|outset|groove|ridge)(?![\w-])|radial-?gradient|repeating-|spreadmethod")
#: One of these is in whatever that finds: in a page's drawings, which are long, they are looked for ten times as fast.
_TELLING = ("inset", "outset", "groove", "ridge", "radial", "repeating-", "spreadmethod")


class StandIn(str):
    """A colour that writes itself as its stand-in, and compares as the colour it stands for.

    So a template that asks whether two colours are the same gets the office's own answer.
    """

    real: str

    def __new__(cls, stand_in: str, real: str) -> StandIn:
        """Stand in for `real`; both are `#RRGGBB`."""
        made = super().__new__(cls, stand_in)
        made.real = real
        return made

    def __eq__(self, other: object) -> bool:
        """Whether both are, or stand for, the same colour."""
        return isinstance(other, str) and self.real == real(other)

    def __ne__(self, other: object) -> bool:
        """Whether they are not."""
        return not self == other

    def __hash__(self) -> int:
        """The same as that of the colour it stands for."""
        return hash(self.real)


def real(colour: str) -> str:
    """The colour that a stand-in stands for; any other as it is."""
    return colour.real if isinstance(colour, StandIn) else colour


def stand_ins(palette: Palette) -> Palette:
    """The palette with a stand-in for each of its colours: for a name the same one in every palette.

    Paper stays white, as it is for every office.
    """
    return replace(palette, **{name: StandIn(stand_in, colour) for name, stand_in, colour in _paired(palette)})


def bindings(palette: Palette) -> Mapping[str, str]:
    """The colour that each stand-in is bound to, both as `#RRGGBB`."""
    return {stand_in: colour for _, stand_in, colour in _paired(palette)}


def mixes(said: str) -> bool:
    """Whether pages of these style sheets, HTML and drawings may show a mix of stand-ins, which nothing binds."""
    lowered = said.lower()
    return any(word in lowered for word in _TELLING) and _MIXING.search(lowered) is not None


def in_own_colours(text: str, bound: Mapping[str, str]) -> str:
    """The same text with the colours of an office written in it, in place of their stand-ins."""
    for stand_in, colour in bound.items():
        text = text.replace(stand_in, colour)
    return text


def _paired(palette: Palette) -> Iterator[tuple[str, str, str]]:
    """Each name with its stand-in, told from the others by its blue, and its colour."""
    for place, (name, colour) in enumerate(vars(palette).items()):
        if name != "wit":
            yield name, f"{ALIKE}{place:02X}", colour
