"""Page boxes: where the sheet begins, how large the finished page is, how far the bleed reaches."""

from collections.abc import Iterator

from pypdf.generic import DictionaryObject

from invulposter.findings import Severity
from invulposter.finish.objects import entry, numbers
from invulposter.geometry import Size, mm
from invulposter.preflight.expectation import Expectation, Fault

#: Boxes may differ by this many mm from what was planned: less than a printer's register.
TOLERANCE = 0.1
_FEW = 1e-3

Box = tuple[float, float, float, float]


def check_boxes(page: DictionaryObject, expect: Expectation | None) -> Iterator[Fault]:
    """Check one page's boxes (ISO 32000-1, 14.11.2); `page` has its inherited entries."""
    media = box(page, "/MediaBox")
    if media is None:
        yield Fault("page-size", "De pagina heeft geen formaat", "Sla het bestand opnieuw op uit het programma.")
        return
    severity = Severity.ERROR if expect else Severity.NOTE
    if max(abs(media[0]), abs(media[1])) > _FEW:
        yield Fault(
            "page-origin",
            "De pagina begint niet op het nulpunt, waardoor een drukkerij haar kan verschuiven",
            "Sla het bestand opnieuw op met het nulpunt linksonder.",
            severity,
        )
    crop = box(page, "/CropBox") or media
    trim = box(page, "/TrimBox") or crop
    bleed = box(page, "/BleedBox") or crop
    if not (_within(trim, media) and _within(bleed, media) and _within(crop, media)):
        yield Fault(
            "page-boxes",
            "Het snijformaat van de pagina valt buiten het blad",
            "Maak het blad groter of het snijformaat kleiner.",
            severity,
        )
    if expect and expect.trim:
        yield from _check_trim(page, trim, expect.trim)
    if expect and expect.bleed:
        yield from _check_bleed(trim, bleed, expect.bleed)


def box(page: DictionaryObject, key: str) -> Box | None:
    """Give a page box in points, lower left corner first; None where there is none with an area."""
    found = numbers(page, key)
    if len(found) != 4:
        return None
    left, right = sorted((found[0], found[2]))
    bottom, top = sorted((found[1], found[3]))
    return (left, bottom, right, top) if right > left and top > bottom else None


def unit(page: DictionaryObject) -> float:
    """Give how many points a unit of the page is: 1, unless `/UserUnit` says otherwise."""
    value = entry(page, "/UserUnit")
    return float(value) if isinstance(value, int | float) and value > 0 else 1.0


def _check_trim(page: DictionaryObject, trim: Box, expected: Size) -> Iterator[Fault]:
    scale = unit(page)
    size = Size(mm((trim[2] - trim[0]) * scale), mm((trim[3] - trim[1]) * scale))
    turn = entry(page, "/Rotate")
    if isinstance(turn, int) and turn % 180:
        size = size.turned()
    if max(abs(size.width - expected.width), abs(size.height - expected.height)) > TOLERANCE:
        yield Fault(
            "trim-size",
            f"De pagina is {_measures(size)} groot in plaats van {_measures(expected)}",
            "Maak het bestand opnieuw op het gevraagde formaat.",
        )


def _check_bleed(trim: Box, bleed: Box, expected: float) -> Iterator[Fault]:
    sides = (trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3])
    least = mm(min(sides))
    if max(abs(mm(side) - expected) for side in sides) > TOLERANCE:
        yield Fault(
            "bleed",
            f"Het afloopgebied is {_number(least)} mm in plaats van {_number(expected)} mm",
            "Laat kleur en beeld rondom even ver doorlopen buiten de snijlijn.",
        )


def _within(inner: Box, outer: Box) -> bool:
    slack = TOLERANCE
    low = inner[0] >= outer[0] - slack and inner[1] >= outer[1] - slack
    return low and inner[2] <= outer[2] + slack and inner[3] <= outer[3] + slack


def _measures(size: Size) -> str:
    return f"{_number(size.width)} × {_number(size.height)} mm"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")
