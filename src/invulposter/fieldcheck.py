"""Checks on writing areas: off the page or near its edge, over a text, with lines too close to write on.

WeasyPrint makes a field wherever its box is laid out, also where nobody sees it. What is judged is the field as people
type in it. Lengths on the page are CSS pixels, as in `laidout.py`; messages give mm.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from invulposter.findings import Finding, Place, Severity
from invulposter.kit import FieldSpec
from invulposter.laidout import MM_PER_PX, Rectangle, Text, running_into
from invulposter.layoutcheck import TOLERANCE, beyond_trim, first_words

#: Least distance in mm between lines that are written on with a pen (layouts/LEESMIJ.md, "Is het goed?").
SMALLEST_PITCH = 7.0

_SIDES = {"right": "rechterkant", "left": "linkerkant", "bottom": "onderkant", "top": "bovenkant"}


class Area(NamedTuple):
    """A field on a page: its name, and the upright rectangle that people type in (px)."""

    name: str
    place: Rectangle


def page_areas(page: Any, fields: Iterable[FieldSpec]) -> list[Area]:
    """The fields on one of a document's `pages`, of those that were declared."""
    specs = {spec.name: spec for spec in fields}
    laid_out = ((box.element.get("name"), Rectangle(*area)) for boxes in page.forms.values() for box, area in boxes)
    return [Area(name, _typed_in(area, specs[name])) for name, area in laid_out if name in specs]


def _typed_in(area: Rectangle, spec: FieldSpec) -> Rectangle:
    return area._replace(top=area.bottom - (area.bottom - area.top) * spec.ruled)


def check_edges(pages: Iterable[Any], areas: Iterable[Sequence[Area]], safe: float) -> tuple[Finding, ...]:
    """Find the fields that pass the trim, and those that stay less than `safe` mm inside it."""
    return tuple(
        finding
        for number, (page, placed) in enumerate(zip(pages, areas, strict=True), 1)
        for area in placed
        for finding in _edge(number, page, area, safe)
    )


def _edge(number: int, page: Any, area: Area, safe: float) -> Iterator[Finding]:
    edge, side = beyond_trim(area.place, page)
    over = edge * MM_PER_PX
    if over > TOLERANCE:
        what = f"valt {_mm(over)} buiten de pagina, aan de {_SIDES[side]}"
        advice = "Zet het verder naar binnen of maak het kleiner: wat erbuiten valt, kan niemand invullen."
        yield _finding(number, "field-outside-page", area, what, advice)
    elif over + safe > TOLERANCE:
        what = f"ligt {_mm(max(-over, 0))} van de {_SIDES[side]}; {_mm(safe)} is veilig"
        advice = "Zet het verder van de rand: bij het snijden kan er iets af gaan."
        yield _finding(number, "field-outside-safe", area, what, advice, Severity.WARNING)


def check_covered(areas: Iterable[Sequence[Area]], texts: Iterable[Sequence[Text]]) -> tuple[Finding, ...]:
    """Find, page by page, the fields that lie over a text; each is named once, with the first of them."""
    found: list[Finding] = []
    for number, (placed, said) in enumerate(zip(areas, texts, strict=True), 1):
        pairs = running_into(said, [area.place for area in placed], TOLERANCE / MM_PER_PX) if placed else ()
        first = {placed[at].name: (placed[at], text) for at, text in reversed(tuple(pairs))}
        for area, text in first.values():
            what = f"ligt over de tekst '{first_words(text.text)}' heen"
            advice = "Geef het veld of de tekst een andere plaats: wie typt, schrijft door de tekst heen."
            found.append(_finding(number, "field-over-text", area, what, advice, Severity.WARNING))
    return tuple(sorted(found))


def check_pitch(fields: Iterable[FieldSpec], scale: float) -> tuple[Finding, ...]:
    """Find writing lines that are too close together where the page is printed `scale` times as large as designed."""
    ruled = sorted((round(spec.pitch * scale, 1), spec.name) for spec in fields if spec.pitch)
    close = (one for one in ruled if one[0] < SMALLEST_PITCH)
    return tuple(
        _too_close(pitch, [name for _, name in same]) for pitch, same in groupby(close, key=lambda one: one[0])
    )


def _too_close(pitch: float, names: Sequence[str]) -> Finding:
    others = f" (en van nog {len(names) - 1})" if len(names) > 1 else ""
    what = (
        f"De schrijflijnen van veld '{names[0]}'{others} komen {_mm(pitch)} uit elkaar uit de kantoorprinter; "
        f"met een pen is {_mm(SMALLEST_PITCH)} het minste."
    )
    return Finding(Place(), "lines-too-close", what, Severity.WARNING, "Geef ze een grotere pitch.")


def _finding(page: int, code: str, area: Area, what: str, advice: str, severity: Severity = Severity.ERROR) -> Finding:
    left, top = area.place.left * MM_PER_PX, area.place.top * MM_PER_PX
    where = f"{left:.0f} mm van links, {top:.0f} mm van boven"
    return Finding(Place(page=page), code, f"Veld '{area.name}' {what} ({where}).", severity, advice)


def _mm(length: float) -> str:
    return f"{length:.1f} mm".replace(".", ",")
