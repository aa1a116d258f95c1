"""Whether a phone can read the QR codes that were drawn: their modules at the finished size, and their colour. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from PIL import ImageColor

from invulposter.drawing.oklab import luminance
from invulposter.drawing.qr import code_of
from invulposter.findings import Finding, Place, Severity

#: The least width of a module, in mm, that the GS1 General Specifications (5.12.3.1) allow a QR code that is scanned in
#: a shop. DENSO asks for four dots of the printer a module: at 300 dots an inch 0.34 mm.
LEAST_MODULE = 0.396
#: The least symbol contrast: what paper reflects more than a dark module, of all light. Grade C of ISO/IEC 15415 begins
#: here, and GS1 asks for no less.
LEAST_CONTRAST = 0.4
#: So much of a code's text tells which one it is.
_TELLING = 60


@dataclass(frozen=True)
class DrawnCode:
    """A QR code as a template draws it: its text, side in mm at the designed size, colour as in CSS, and where."""

    text: str
    size: float
    colour: str
    place: Place

    @property
    def count(self) -> int:
        """Its modules per side."""
        return code_of(self.text).count

    def module(self, scale: float) -> float:
        """The width of a module in mm at the finished size, which is the designed one times `scale`."""
        return self.size * scale / self.count

    @property
    def contrast(self) -> float:
        """Its symbol contrast on white paper, 0 to 1; 1 for a colour that is not known."""
        try:
            red, green, blue, *_ = ImageColor.getrgb(self.colour)
        except ValueError:
            return 1.0
        return 1 - luminance(f"#{red:02X}{green:02X}{blue:02X}")


def check_codes(codes: Iterable[DrawnCode], scale: float) -> Iterator[Finding]:
    """Codes that may not be read at `scale` times the designed size: of each place in a template the worst one.

    What a code is drawn over is not known: it is taken to be white paper.
    """
    codes = tuple(codes)
    for code in _worst(codes, lambda code: code.module(scale)):
        module = code.module(scale)
        if module < LEAST_MODULE:
            yield _finding(
                code,
                "qr-too-small",
                f"heeft op dit formaat blokjes van {_number(module)} mm, en {_number(LEAST_MODULE)} is het kleinste",
                f"Maak de code ten minste {math.ceil(LEAST_MODULE / scale * code.count)} mm groot of de tekst korter.",
            )
    enough = _share(LEAST_CONTRAST)
    for code in _worst(codes, lambda code: code.contrast):
        if code.contrast < LEAST_CONTRAST:
            yield _finding(
                code,
                "qr-too-pale",
                f"is te licht: {code.colour} scheelt {_share(code.contrast)} van wit, en {enough} is nodig",
                "Neem een donkere kleur, zoals c.inkt.",
            )


def _worst(codes: Iterable[DrawnCode], good: Callable[[DrawnCode], float]) -> Iterable[DrawnCode]:
    worst: dict[Place, DrawnCode] = {}
    for code in codes:
        worst[code.place] = min(worst.get(code.place, code), code, key=good)
    return worst.values()


def _finding(code: DrawnCode, kind: str, what: str, advice: str) -> Finding:
    text = code.text if len(code.text) <= _TELLING else f"{code.text[:_TELLING]}…"
    return Finding(code.place, kind, f"De QR-code van '{text}' {what}.", Severity.WARNING, advice)


def _share(value: float) -> str:
    return f"{100 * value:.0f} %"


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".").replace(".", ",")
