"""The values that attributes of a clean SVG may have.

Each function takes one as written and returns it as it will stand in the clean drawing, or raises ValueError.

Numbers, path data and transforms are taken apart and written out anew, so that no renderer has to guess.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import cycle

from tinycss2.color5 import parse_color  # type: ignore[import-untyped]

MAX_NUMBER = 1e6
MAX_CSS_CHARACTERS = 20_000
MAX_COLOUR_CHARACTERS = 80

Value = Callable[[str], str]
Declarations = tuple[tuple[str, str], ...]

_NUMERAL = r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?"
_NUMBER = re.compile(rf"[\s,]*({_NUMERAL})")
_FLAG = re.compile(r"[\s,]*([01])")
_LENGTH = re.compile(rf"({_NUMERAL})(px|pt|pc|mm|cm|in|%)?")
_REFERENCE = re.compile(r"""url\(\s*(["']?)#([A-Za-z_][\w.:-]*)\1\s*\)""")
_ID = re.compile(r"[A-Za-z_][\w.:-]*")
_SEGMENT = re.compile(r"\s*([MmLlHhVvCcSsQqTtAaZz])([0-9eE.,+\-\s]*)")
_TRANSFORM = re.compile(r"[\s,]*(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)")
_RULE = re.compile(r"\s*([^{}]+)\{([^{}]*)\}")
_CLASS = re.compile(r"\.([A-Za-z_][\w-]*)")

_SEGMENT_SIZE = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7}
_ARC = (_NUMBER, _NUMBER, _NUMBER, _FLAG, _FLAG, _NUMBER, _NUMBER)
_TRANSFORM_SIZES = {
    "matrix": {6},
    "translate": {1, 2},
    "scale": {1, 2},
    "rotate": {1, 3},
    "skewX": {1},
    "skewY": {1},
}
PIXELS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


def _scan(text: str, kinds: Sequence[re.Pattern[str]]) -> list[str]:
    """Read the values in `text`, which match `kinds` in turn and over again, each of a sane size."""
    found: list[str] = []
    position = 0
    for kind in cycle(kinds):
        match = kind.match(text, position)
        if match is None:
            break
        found.append(match[1])
        position = match.end()
    if text[position:].strip():
        raise ValueError(text[position : position + 20])
    if any(abs(float(value)) > MAX_NUMBER for value in found):
        raise ValueError("a number that is too large")
    return found


def floats(text: str) -> tuple[float, ...]:
    """Read a list of numbers."""
    return tuple(float(value) for value in _scan(text, (_NUMBER,)))


def number_list(text: str) -> str:
    """Check a list of numbers, such as a dash pattern."""
    return " ".join(_scan(text, (_NUMBER,)))


def points(text: str) -> str:
    """Check the corners of a polygon: an even list of numbers."""
    values = _scan(text, (_NUMBER,))
    if len(values) % 2:
        raise ValueError("half a point")
    return " ".join(values)


def length(text: str) -> str:
    """Check a number, with or without a unit that does not depend on a font."""
    match = _LENGTH.fullmatch(text.strip())
    if match is None or abs(float(match[1])) > MAX_NUMBER:
        raise ValueError(text)
    return match[0]


def pixels(text: str) -> float:
    """Convert a length to CSS pixels (1/96 inch); ValueError for a percentage, which has no size."""
    match = _LENGTH.fullmatch(length(text))
    if match is None or match[2] == "%":
        raise ValueError(text)
    return float(match[1]) * PIXELS[match[2] or ""]


def colour(text: str) -> str:
    """Write a colour as `#rrggbb`, or `#rrggbbaa` where it is translucent."""
    if text == "inherit":
        return text
    # Parsed as WeasyPrint does; colours that are not sRGB or HSL are not implemented there.
    parsed = parse_color(text) if len(text) <= MAX_COLOUR_CHARACTERS else None
    if parsed is None:
        raise ValueError(text)
    if parsed == "currentcolor":
        return "currentColor"
    try:
        channels = [round(255 * min(max(channel or 0, 0), 1)) for channel in parsed.to("srgb")]
    except NotImplementedError as error:
        raise ValueError(text) from error
    visible = channels[:3] if channels[3] == 255 else channels
    return "#" + "".join(f"{channel:02x}" for channel in visible)


def paint(text: str) -> str:
    """Check a colour, `none`, or a reference to a gradient in the same drawing."""
    value = text.strip()
    if value in {"none", "transparent"}:
        return "none"
    return reference(value) if value.startswith("url(") else colour(value)


def reference(text: str) -> str:
    """Check `url(#id)`; a fallback for a missing id is left out, since a missing id is refused."""
    match = _REFERENCE.match(text.strip())
    if match is None:
        raise ValueError(text)
    return f"url(#{match[2]})"


def clip_reference(text: str) -> str:
    """Check `none` or `url(#id)`."""
    return "none" if text.strip() == "none" else reference(text)


def identifier(text: str) -> str:
    """Check an id that can be referred to."""
    if not _ID.fullmatch(text):
        raise ValueError(text)
    return text


def path_data(text: str) -> str:
    """Check path data by the grammar of SVG 1.1, 8.3.9, and write every command letter out."""
    segments = list(_segments(text))
    if segments and segments[0][0] not in "Mm":
        raise ValueError("a path that does not begin with a move")
    return "".join(segments)


def _segments(text: str) -> Iterator[str]:
    position = 0
    while match := _SEGMENT.match(text, position):
        position = match.end()
        letter, size = match[1], _SEGMENT_SIZE.get(match[1].lower(), 0)
        values = _scan(match[2], _ARC if letter in "Aa" else (_NUMBER,))
        if bool(values) != bool(size) or (size and len(values) % size):
            raise ValueError(match[0][:20])
        if not size:
            yield letter
        for start in range(0, len(values), size or 1):
            yield letter + " ".join(values[start : start + size])
            letter = {"M": "L", "m": "l"}.get(letter, letter)
    if text[position:].strip():
        raise ValueError(text[position : position + 20])


def transform(text: str) -> str:
    """Check a list of transformations, each with as many numbers as it takes."""
    found, position = [], 0
    while match := _TRANSFORM.match(text, position):
        position = match.end()
        values = _scan(match[2], (_NUMBER,))
        if len(values) not in _TRANSFORM_SIZES[match[1]]:
            raise ValueError(match[0][:20])
        found.append(f"{match[1]}({' '.join(values)})")
    if text[position:].strip():
        raise ValueError(text[position : position + 20])
    return " ".join(found)


def _keyword(*words: str) -> Value:
    def keyword(text: str) -> str:
        if text.strip() not in {*words, "inherit"}:
            raise ValueError(text)
        return text.strip()

    return keyword


_DASHES: Value = lambda text: "none" if text.strip() == "none" else number_list(text)  # noqa: E731
_UNITS = _keyword("userSpaceOnUse", "objectBoundingBox")
_FILL_RULE = _keyword("nonzero", "evenodd")

VALUES: Mapping[str, Value] = {
    "id": identifier,
    "d": path_data,
    "points": points,
    "transform": transform,
    "gradientTransform": transform,
    "fill": paint,
    "stroke": paint,
    "clip-path": clip_reference,
    "stroke-dasharray": _DASHES,
    "fill-rule": _FILL_RULE,
    "clip-rule": _FILL_RULE,
    "stroke-linecap": _keyword("butt", "round", "square"),
    "stroke-linejoin": _keyword("miter", "round", "bevel"),
    "display": _keyword("none", "inline", "block"),
    "visibility": _keyword("visible", "hidden", "collapse"),
    "gradientUnits": _UNITS,
    "clipPathUnits": _UNITS,
    # A repeated gradient with a tiny step makes a renderer write millions of stops.
    "spreadMethod": _keyword("pad"),
    **dict.fromkeys(("color", "stop-color"), colour),
    **dict.fromkeys(("x", "y", "width", "height", "rx", "ry", "cx", "cy", "r"), length),
    **dict.fromkeys(("x1", "y1", "x2", "y2", "fx", "fy", "fr", "offset"), length),
    **dict.fromkeys(("stroke-width", "stroke-miterlimit", "stroke-dashoffset"), length),
    **dict.fromkeys(("opacity", "fill-opacity", "stroke-opacity", "stop-opacity"), length),
}


def declarations(css: str) -> Declarations:
    """Split the pairs in a `style` attribute or between the braces of a rule, `!important` left out."""
    pairs = []
    for declaration in _without_comments(css).split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            pairs.append((name.strip().lower(), value.replace("!important", "").strip()))
        elif name.strip():
            raise ValueError(name.strip())
    return tuple(pairs)


def class_rules(css: str) -> Iterator[tuple[str, Declarations]]:
    """Read a style sheet that speaks of classes only, as drawing programs write it: (class, declarations).

    ValueError, with the piece that is not such a rule, for any other style sheet.
    """
    text = _without_comments(css)
    position = 0
    while match := _RULE.match(text, position):
        position = match.end()
        for selector in match[1].split(","):
            name = _CLASS.fullmatch(selector.strip())
            if name is None:
                raise ValueError(selector.strip())
            yield name[1], declarations(match[2])
    if text[position:].strip():
        raise ValueError(text[position:].strip())


def _without_comments(css: str) -> str:
    if len(css) > MAX_CSS_CHARACTERS:
        raise ValueError("a style sheet that is too long")
    first, *rest = css.split("/*")
    return first + "".join(part.partition("*/")[2] for part in rest)
