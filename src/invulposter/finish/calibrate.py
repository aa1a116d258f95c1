"""The two-sided sheet from which a printer's shift, scale and margins are read, in Dutch."""

import io
from collections.abc import Iterable
from pathlib import Path

from pypdf import PdfWriter

from invulposter.finish.boxes import Document
from invulposter.finish.compose import compose
from invulposter.finish.marks import cross
from invulposter.finish.schemes import Anchor, Circle, Line, Mark, Sheet, Side, Text
from invulposter.finish.source import read_source
from invulposter.geometry import Size
from invulposter.paper import Duplex

#: Scales run this far (mm) from the paper's edge inwards, and this far around a cross.
_EDGE_SCALE = 20
_VERNIER = 5


def calibration_sheets(paper: Size) -> tuple[Sheet, Sheet]:
    """Front and back: edge scales for margins and shift, rulers for the scale error, a cross to hold to the light."""
    front = Sheet(paper, (), _drawing(paper, _FRONT_WORDS), Side.FRONT)
    back = Sheet(paper, (), _drawing(paper, _BACK_WORDS), Side.BACK)
    return front, back


def calibration_pdf(paper: Size, fonts_dir: Path) -> bytes:
    """The calibration sheet as a PDF that asks the printer for its own size and to turn over the long edge."""
    nothing = read_source(_empty())
    document = Document(f"Printer meten op {paper.name}", duplex=Duplex.LONG_EDGE)
    return compose(nothing, calibration_sheets(paper), fonts_dir, document)


def _empty() -> bytes:
    out = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    writer.write(out)
    return out.getvalue()


_FRONT_WORDS = (
    "Printer meten: voorkant",
    "Print dit blad dubbelzijdig, op 100 % (werkelijke grootte), en vul in wat je meet.",
    "1. Rand: lees aan elke kant het kleinste getal dat je nog ziet. Dat is de witrand van je printer in mm.",
    "2. Schaal: meet beide lange lijnen. Ze zijn getekend op de lengte die erbij staat; deel gemeten door getekend.",
    "3. Plaats: meet van de linkerrand en de onderrand van het papier tot het midden van het kruis.",
    "    Trek daar de getallen af die bij het kruis staan: dat is de verschuiving van de voorkant.",
)
_BACK_WORDS = (
    "Printer meten: achterkant",
    "4. Meet hier hetzelfde: dat is de verschuiving van de achterkant.",
    "5. Houd het blad tegen het licht: liggen de kruisen op elkaar, dan passen voor- en achterkant.",
    "6. Staat deze tekst rechtop als je het blad omslaat als een boek? Dan draait je printer over de lange kant.",
    "    Staat hij op zijn kop, dan over de korte kant. Bleef dit blad leeg: dan print hij enkelzijdig.",
    "7. Bewaar wat je mat: invulposter calibrate --save NAAM --shift-front X Y --shift-back X Y --scale X Y",
    "    --margins LINKS ONDER RECHTS BOVEN --duplex long-edge (of short-edge of by-hand). Schrijf 0.5, geen 0,5.",
)


def _drawing(paper: Size, words: Iterable[str]) -> tuple[Mark, ...]:
    title, *lines = words
    middle_x, middle_y = paper.width / 2, paper.height / 2
    unit = min(1.0, min(paper.width, paper.height) / 210)
    top = paper.height - 35 * unit
    text = [Text(30 * unit, top, title, size=19 * unit)]
    text += [Text(30 * unit, top - (8 + 6 * at) * unit, line, size=9 * unit) for at, line in enumerate(lines)]
    return (*text, *_target(middle_x, middle_y), *_edges(paper), *_long_rulers(paper))


def _target(x: float, y: float) -> tuple[Mark, ...]:
    where = Text(x + 12, y + 8, f"{x:g} mm van links, {y:g} mm van onder".replace(".", ","), size=8)
    rings = [Circle(x, y, radius) for radius in (1.0, _VERNIER)]
    return (*cross(x, y, 10), *rings, where)


def _edges(paper: Size) -> tuple[Mark, ...]:
    """A staircase from every edge: a tick each mm, a number each 5."""
    marks: list[Mark] = []
    side_x, side_y = paper.width / 4, paper.height / 3
    for at in range(1, _EDGE_SCALE + 1):
        long = 6.0 if at % 5 == 0 else 3.0
        marks += [
            Line(at, side_y, at, side_y + long),
            Line(paper.width - at, side_y, paper.width - at, side_y + long),
            Line(side_x, at, side_x + long, at),
            Line(side_x, paper.height - at, side_x + long, paper.height - at),
        ]
        if at % 5 == 0:
            marks += [
                Text(at, side_y + 7, str(at), 6, anchor=Anchor.MIDDLE),
                Text(paper.width - at, side_y + 7, str(at), 6, anchor=Anchor.MIDDLE),
                Text(side_x + 7, at - 0.7, str(at), 6),
                Text(side_x + 7, paper.height - at - 0.7, str(at), 6),
            ]
    return tuple(marks)


def _long_rulers(paper: Size) -> tuple[Mark, ...]:
    """One level and one upright line, as long as whole centimetres allow, with a bar at both ends."""
    across = int((paper.width - 50) // 10 * 10)
    upwards = int((paper.height - 50) // 10 * 10)
    left, bottom = (paper.width - across) / 2, (paper.height - upwards) / 2
    y, x = bottom + 25, paper.width - 25.5
    return (
        Line(left, y, left + across, y),
        *(Line(left + end, y - 2, left + end, y + 2) for end in (0, across)),
        Text(paper.width / 2 + 10, y + 1.5, f"{across} mm", 8),
        Line(x, bottom, x, bottom + upwards),
        *(Line(x - 2, bottom + end, x + 2, bottom + end) for end in (0, upwards)),
        Text(x - 1.5, paper.height / 2 + 15, f"{upwards} mm", 8, rotation=90),
    )
