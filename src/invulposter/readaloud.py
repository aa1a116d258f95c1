"""Checks on what a laid-out page says to who has it read aloud: what PDF/UA-1 asks and WeasyPrint leaves to the page.

Headings come in order (ISO 14289-1, 7.4.2), a picture has a description (7.3), and text and pictures are tagged (7.1):
WeasyPrint draws what is less than opaque apart, where its tags are lost.
"""

from collections.abc import Iterator
from typing import Any

from invulposter.findings import Finding, Place
from invulposter.laidout import MM_PER_PX
from invulposter.layoutcheck import first_words

#: The codes of what is wrong in a file that claims PDF/UA-1 alone.
CODES = frozenset({"heading-skipped", "picture-undescribed", "see-through"})

_LEVELS = {f"h{level}": level for level in range(1, 7)}
_SVG = "{http://www.w3.org/2000/svg}"


def check_read_aloud(document: Any) -> tuple[Finding, ...]:
    """Find, in WeasyPrint's `document`, headings that skip a level, pictures undescribed, and what shines through."""
    level, heading = 0, None
    found: list[Finding] = []
    for number, page in enumerate(document.pages, 1):
        see_through: dict[int, Finding] = {}
        for box, faint in _boxes(page._page_box, None):
            tag = box.element_tag
            if tag in _LEVELS and box.element is not heading:
                if _LEVELS[tag] > level + 1:
                    found.append(_skipped(number, box, level))
                level, heading = _LEVELS[tag], box.element
            if _undescribed(box):
                found.append(_picture(number, box))
            if faint is not None and _shows(box):
                see_through.setdefault(id(faint), _faint(number, box, faint.style["opacity"]))
        found += see_through.values()
    return tuple(found)


def _boxes(parent: Any, faint: Any) -> Iterator[tuple[Any, Any]]:
    """Every box below another in the order of the tag tree, with the box that makes it less than opaque, or None."""
    for child in getattr(parent, "children", ()):
        # An absolutely placed box stands in the tree as a placeholder that holds it; margins are not in the tag tree.
        box = getattr(child, "_box", child)
        if type(box).__name__ != "MarginBox":
            within = box if faint is None and box.style["opacity"] < 1 else faint
            yield box, within
            yield from _boxes(box, within)


def _shows(box: Any) -> bool:
    kind = type(box).__name__
    return kind.endswith("ReplacedBox") or (kind == "TextBox" and bool(box.text.strip()))


def _undescribed(box: Any) -> bool:
    if not type(box).__name__.endswith("ReplacedBox"):
        return False
    if box.element_tag == f"{_SVG}svg":
        return not box.element.findtext(f"{_SVG}title")
    return box.element_tag == "img" and not box.element.get("alt")


def _skipped(page: int, box: Any, level: int) -> Finding:
    after = f"na een h{level}" if level else "en de eerste"
    what = f"De kop '{first_words(_said(box))}' is een {box.element_tag}, {after}"
    advice = f"Maak er een h{level + 1} van, voor wie het voorgelezen krijgt; hoe groot hij is, zegt de css."
    return _finding(page, "heading-skipped", box, what, advice)


def _picture(page: int, box: Any) -> Finding:
    drawn = box.element_tag != "img"
    what = "Een <svg>" if drawn else f"De afbeelding '{first_words(box.element.get('src') or '')}'"
    remedy = "Maak er een bestand van en toon dat met" if drawn else "Geef haar"
    advice = f'{remedy} <img alt="…">, voor wie het voorgelezen krijgt; wat versiering is hoort in drawing().'
    return _finding(page, "picture-undescribed", box, f"{what} heeft geen omschrijving", advice)


def _faint(page: int, box: Any, opacity: float) -> Finding:
    text = type(box).__name__ == "TextBox"
    told = f"'{first_words(box.text)}'" if text else "Een afbeelding"
    share = f"{opacity:g}".replace(".", ",")
    what = f"{told} schijnt door (opacity {share}) en wordt dan niet voorgelezen"
    advice = "Neem een kleur met rgba()." if text else "Sla de afbeelding lichter op."
    return _finding(page, "see-through", box, what, advice)


def _said(box: Any) -> str:
    return "".join(inner.text for inner, _ in _boxes(box, None) if type(inner).__name__ == "TextBox")


def _finding(page: int, code: str, box: Any, what: str, advice: str) -> Finding:
    left, top = box.position_x * MM_PER_PX, box.position_y * MM_PER_PX
    where = f"{left:.0f} mm van links, {top:.0f} mm van boven"
    return Finding(Place(page=page), code, f"{what} ({where}).", advice=advice)
