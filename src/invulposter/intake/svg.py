"""A logo as SVG, reduced to shapes: bytes in, a drawing out that no renderer can be led astray with.

What does not show (comments, an editor's own data) is left out with a note; what does show and is not a plain
shape is refused by name, for a logo that silently loses a part is worse than one that is refused.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from invulposter.intake import IntakeError, legible
from invulposter.intake.svgtree import EXPORT, SVG, Log, parse
from invulposter.intake.svgvalues import VALUES, Declarations, class_rules, declarations, floats, pixels

MAX_BYTES = 500_000
# What gradients and clips may add up to when each is drawn anew at every place that refers to it.
MAX_REPEATED_CHARACTERS = 300_000

_XLINK_HREF = "http://www.w3.org/1999/xlink href"
_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_GRADIENTS = frozenset({"linearGradient", "radialGradient"})
_ELEMENTS = frozenset({"svg", "g", "defs", "stop", "clipPath", "title", "desc"}) | _SHAPES | _GRADIENTS
_FRAME = frozenset({"x", "y", "width", "height", "viewBox", "preserveAspectRatio", "version"})
_TEXTS = frozenset({"title", "desc"})
_INVISIBLE = frozenset({"metadata", "style"})
_TARGETS = {
    "fill": _GRADIENTS,
    "stroke": _GRADIENTS,
    "href": _GRADIENTS,
    "clip-path": frozenset({"clipPath"}),
}
# What these say in the values named does not show; anything else does.
_EFFECTS = {
    "filter": {"none"},
    "mask": {"none"},
    "marker": {"none"},
    "marker-start": {"none"},
    "marker-mid": {"none"},
    "marker-end": {"none"},
    "mix-blend-mode": {"normal"},
    "paint-order": {"normal"},
    "vector-effect": {"none"},
    "transform-origin": {"0", "0 0", "0px 0px"},
}
_OUTSIDE = re.compile(r"url\(|//|\b(?:https?|ftp|file|data|javascript):|\\|@import", re.IGNORECASE)

_OUTLINES = "Zet tekst om naar contouren en exporteer het logo opnieuw."
_UNLINK = "Maak van klonen losse vormen (in Inkscape: ontkoppel klonen) en exporteer het logo opnieuw."
_NAMES = {
    **dict.fromkeys(("text", "tspan", "textPath"), ("tekst", _OUTLINES)),
    **dict.fromkeys(("use", "symbol"), ("klonen", _UNLINK)),
    "image": ("een ingesloten afbeelding", "Lever het logo als PNG, of teken het na als vormen."),
    "script": ("een script", EXPORT),
    "foreignObject": ("een stuk webpagina", EXPORT),
}


@dataclass(frozen=True)
class CleanSvg:
    """A drawing of plain shapes. `viewbox` is (x, y, width, height) in the drawing's own units."""

    svg: str
    viewbox: tuple[float, float, float, float]
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> float:
        """Width in the drawing's own units."""
        return self.viewbox[2]

    @property
    def height(self) -> float:
        """Height in the drawing's own units."""
        return self.viewbox[3]


def clean_svg(data: bytes) -> CleanSvg:
    """Reduce a drawing to shapes, gradients and clips with checked values; same bytes in, same text out.

    Raises IntakeError, which names everything that stands in the way, not only the first.
    """
    if len(data) > MAX_BYTES:
        raise IntakeError(
            f"Het logo is te groot: {len(data) // 1000} kB, en {MAX_BYTES // 1000} kB is de grens.",
            "Vereenvoudig de vormen of lever het logo als PNG.",
        )
    log = Log()
    root = parse(data, log)
    viewbox = _viewbox(root)
    classes = _classes(root, log)
    clean = _clean(root, classes, log)
    if clean is not None and not log.refused:
        _check_references(clean, log)
    if clean is None or log.refused:
        named = list(log.refused)
        more = f" en {len(named) - 5} andere" if len(named) > 5 else ""
        raise IntakeError(
            f"Het logo bevat iets dat niet kan worden gebruikt: {', '.join(named[:5])}{more}.",
            " ".join(dict.fromkeys(list(log.refused.values())[:5])),
        )
    return CleanSvg(_serialise(clean, viewbox), viewbox, _notes(log))


def _notes(log: Log) -> tuple[str, ...]:
    if not log.omitted:
        return ()
    names = list(log.omitted)
    more = f" en {len(names) - 8} andere" if len(names) > 8 else ""
    return (f"Weggelaten, zonder gevolg voor het beeld: {', '.join(names[:8])}{more}.",)


def _viewbox(root: Element) -> tuple[float, float, float, float]:
    """Read the drawing's frame; from width and height (in CSS pixels) where it has no viewBox."""
    try:
        if "viewBox" in root.attrib:
            x, y, width, height = floats(root.attrib["viewBox"])
        else:
            x, y, width, height = 0, 0, pixels(root.attrib["width"]), pixels(root.attrib["height"])
    except (KeyError, ValueError) as error:
        raise IntakeError("Het logo zegt niet hoe groot het is (viewBox).", EXPORT) from error
    if min(width, height) < 1e-3 or not 1e-2 <= width / height <= 1e2:
        raise IntakeError("Het logo heeft een onmogelijke maat (viewBox).", EXPORT)
    return x, y, width, height


def _name(element: Element) -> str | None:
    """Return the name of an SVG element, None for one from a namespace of an editor's own."""
    namespace, _, name = element.tag.rpartition(" ")
    return name if namespace in {"", SVG} else None


def _classes(root: Element, log: Log) -> dict[str, Declarations]:
    """Collect the declarations for each class, from every style sheet in the drawing."""
    classes: dict[str, Declarations] = {}
    for element in root.iter():
        if _name(element) != "style":
            continue
        try:
            for name, pairs in class_rules(element.text or ""):
                classes[name] = classes.get(name, ()) + pairs
        except ValueError as error:
            log.refuse(
                f"een opmaakregel ({legible(str(error))})",
                "Exporteer met opmaak als attributen van de vormen.",
            )
    return classes


def _clean(element: Element, classes: dict[str, Declarations], log: Log) -> Element | None:
    """Copy what may stay of the element and what is below it; None where it is left out or refused."""
    name = _name(element)
    if name is None:
        log.omit(element.tag.rpartition(" ")[2])
        return None
    if name in _INVISIBLE:
        if name != "style":
            log.omit(name)
        return None
    clean = Element(name)
    if name not in _ELEMENTS:
        what, advice = _NAMES.get(name, ("een onderdeel dat niet kan", EXPORT))
        log.refuse(f"{what} ({legible(name)})", advice)
    else:
        clean.attrib.update(_attributes(element, name, classes, log))
    if name in _TEXTS:
        clean.text = legible(" ".join((element.text or "").split()), 300)
        return clean
    for child in element:
        if _name(child) == "svg":
            log.refuse("een tekening in een tekening (svg)")
        elif (cleaned := _clean(child, classes, log)) is not None:
            clean.append(cleaned)
    return clean if name in _ELEMENTS else None


def _attributes(element: Element, name: str, classes: dict[str, Declarations], log: Log) -> dict[str, str]:
    clean: dict[str, str] = {}
    for key, value in _declared(element, classes, log):
        if name == "svg" and key in _FRAME:
            if key == "preserveAspectRatio" and value.strip().startswith("none"):
                log.refuse("een uitgerekt beeld (preserveAspectRatio)")
        elif key == "href" and name in _GRADIENTS and value.startswith("#"):
            clean["href"] = value
        elif key == "href":
            log.refuse(f"een verwijzing (href: {legible(value)})")
        elif key.startswith("on"):
            log.refuse(f"een script ({legible(key)}: {legible(value)})")
        elif key in VALUES:
            _take(clean, key, value, log)
        elif key in _EFFECTS and value.strip() not in _EFFECTS[key]:
            log.refuse(f"een effect ({key})")
        elif _OUTSIDE.search(value) and not key.startswith("data-"):
            log.refuse(f"een verwijzing naar buiten ({legible(key)}: {legible(value)})")
        elif key not in _EFFECTS:
            log.omit(key)
    return clean


def _take(clean: dict[str, str], key: str, value: str, log: Log) -> None:
    try:
        clean[key] = VALUES[key](value)
    except ValueError:
        if key == "id":
            return
        what = "een verwijzing naar buiten" if _OUTSIDE.search(value) else "een onbekende waarde"
        log.refuse(f"{what} ({key}: {legible(value)})")


def _declared(element: Element, classes: dict[str, Declarations], log: Log) -> Iterator[tuple[str, str]]:
    """Yield what applies to the element, the weakest first: attributes, classes, its own style."""
    for key, value in element.attrib.items():
        if key == _XLINK_HREF:
            yield "href", value
        elif " " in key:
            log.omit("gegevens van het tekenprogramma")
        elif key not in {"style", "class"}:
            yield key, value
    for name in element.attrib.get("class", "").split():
        yield from classes.get(name, ())
    try:
        yield from declarations(element.attrib.get("style", ""))
    except ValueError as error:
        log.refuse(f"een opmaakregel ({legible(str(error))})")


def _check_references(root: Element, log: Log) -> None:
    """Refuse references to nothing, in a circle, or to what is a flood when it is drawn at every place."""
    targets = {element.attrib["id"]: element for element in root.iter() if "id" in element.attrib}
    uses = Counter(target for element in root.iter() for _, target in _references(element))
    names = Counter(element.attrib.get("id") for element in root.iter())
    if any(names[target] > 1 for target in uses):
        log.refuse("twee onderdelen met dezelfde naam (id)")
    if any("clip-path" in element.attrib for clip in root.iter("clipPath") for element in clip.iter()):
        log.refuse("een uitsnede in een uitsnede (clip-path)")
    repeated = 0
    for element in root.iter():
        for key, target in _references(element):
            if target not in targets or targets[target].tag not in _TARGETS[key]:
                log.refuse(f"een verwijzing naar een onderdeel dat er niet is ({key}: {legible(target)})")
            else:
                heirs = sum(1 for _ in element.iter())
                repeated += heirs * _weight(targets[target], targets, log)
        if repeated > MAX_REPEATED_CHARACTERS:
            log.refuse("te veel herhaalde verlopen of uitsneden", "Vereenvoudig de vormen.")
            break
    for element in root.iter():
        if element.attrib.get("id") not in uses:
            element.attrib.pop("id", None)


def _references(element: Element) -> Iterator[tuple[str, str]]:
    for key in _TARGETS:
        value = element.attrib.get(key, "")
        if "#" in value and (key == "href" or value.startswith("url(")):
            yield key, value.removeprefix("url(").removesuffix(")").removeprefix("#")


def _weight(target: Element, targets: dict[str, Element], log: Log, steps: int = 0) -> int:
    """Count what is written out when the target is drawn, in characters, inherited by `href` included."""
    if steps > 4:
        log.refuse("verlopen die naar elkaar verwijzen (href)")
        return 0
    weight = sum(20 + sum(map(len, element.attrib.values())) for element in target.iter())
    inherited = targets.get(target.attrib.get("href", "").removeprefix("#"))
    return weight if inherited is None else weight + _weight(inherited, targets, log, steps + 1)


def _serialise(root: Element, viewbox: tuple[float, float, float, float]) -> str:
    x, y, width, height = (f"{value:.10g}" for value in viewbox)
    frame = {"xmlns": SVG, "viewBox": f"{x} {y} {width} {height}", "width": width, "height": height}
    root.attrib = {**frame, **root.attrib}
    return ElementTree.tostring(root, encoding="unicode")
