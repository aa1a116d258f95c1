"""Pictures: how many pixels an inch each has where it stands on the page.

A page's content is only scanned for what moves the coordinates and what draws an object (`q Q cm Do scn`);
inside a drawn form or a pattern the scan goes on with its resources. No operator is carried out.
"""

import re
from collections.abc import Iterator
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from invulposter.finish.objects import dictionary, entry, numbers, resolved

Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
#: Forms in forms go no deeper than this; imposed sheets need three.
_DEEPEST = 12
# A string is matched first, so that letters inside it are no operators; so is an inline picture.
_TOKEN = re.compile(
    rb"\((?:\\.|[^()\\])*\)"
    rb"|\bBI\b.*?\bEI\b"
    rb"|(?P<cm>(?:[-+]?[\d.]+\s+){6})cm\b"
    rb"|/(?P<do>[^\s/()<>\[\]]+)\s+Do\b"
    rb"|/(?P<pattern>[^\s/()<>\[\]]+)\s+(?:scn|SCN)\b"
    rb"|\b(?P<state>[qQ])\b",
    re.DOTALL,
)


def resolutions(page: DictionaryObject, unit: float) -> Iterator[float]:
    """Give the lowest resolution (dpi) of every picture on a page, in each place where it is drawn.

    `unit` is how many points a unit of the page is.
    """
    start: Matrix = (unit, 0, 0, unit, 0, 0)
    yield from _scan(content(page), dictionary(page, "/Resources"), start, 0)


def content(page: DictionaryObject) -> bytes:
    """Give a page's drawing operators, the parts of a divided one joined."""
    value = entry(page, "/Contents")
    parts = [resolved(part) for part in value] if isinstance(value, ArrayObject) else [value]
    return b"\n".join(part.get_data() for part in parts if isinstance(part, StreamObject))


def has_pictures(resources: DictionaryObject, seen: dict[int, bool], depth: int = 0) -> bool:
    """Tell whether anything in the resources, forms and patterns included, is a picture.

    `seen` remembers the objects (by their numbers) that were looked at before.
    """
    if depth > _DEEPEST:
        return False
    for kind in ("/XObject", "/Pattern"):
        for number, held in named(resources, kind):
            if number not in seen or not number:
                seen[number] = False
                item = resolved(held)
                seen[number] = entry(item, "/Subtype") == "/Image" or has_pictures(
                    dictionary(item, "/Resources"), seen, depth + 1
                )
            if seen[number]:
                return True
    return False


def named(resources: DictionaryObject, kind: str) -> Iterator[tuple[int, Any]]:
    """Give what the resources of a kind are, as they are held, each with its object's number (0 for a direct one).

    Many pages often share hundreds of them: a number that is known needn't be followed.
    """
    for held in dictionary(resources, kind).values():
        yield (held.idnum if isinstance(held, IndirectObject) else 0), held


def _scan(data: bytes, resources: DictionaryObject, matrix: Matrix, depth: int) -> Iterator[float]:
    start, stack = matrix, []
    for token in _TOKEN.finditer(data):
        if token["state"] == b"q":
            stack.append(matrix)
        elif token["state"]:
            matrix = stack.pop() if stack else start
        elif token["cm"]:
            matrix = _times(_matrix(token["cm"].split()), matrix)
        elif token["do"]:
            yield from _drawn(dictionary(resources, "/XObject"), token["do"], matrix, depth)
        elif token["pattern"]:
            # A pattern is placed from the start of the content that it stands in, not from where it is used.
            yield from _drawn(dictionary(resources, "/Pattern"), token["pattern"], start, depth)


def _drawn(named: DictionaryObject, name: bytes, matrix: Matrix, depth: int) -> Iterator[float]:
    item = entry(named, "/" + name.decode("latin-1"))
    if not isinstance(item, StreamObject) or depth > _DEEPEST:
        return
    if entry(item, "/Subtype") == "/Image":
        yield from _resolution(item, matrix)
    elif entry(item, "/Resources") is not None:
        own = numbers(item, "/Matrix")
        inner = _times(_matrix(own), matrix) if len(own) == 6 else matrix
        yield from _scan(item.get_data(), dictionary(item, "/Resources"), inner, depth + 1)


def _resolution(image: DictionaryObject, matrix: Matrix) -> Iterator[float]:
    a, b, c, d, _, _ = matrix
    lengths = (a * a + b * b) ** 0.5 / 72, (c * c + d * d) ** 0.5 / 72
    pixels = entry(image, "/Width"), entry(image, "/Height")
    found = [
        count / length
        for count, length in zip(pixels, lengths, strict=True)
        if isinstance(count, int | float) and length > 0
    ]
    # One pixel is a plain colour, whatever its size.
    if found and max(count for count in pixels if isinstance(count, int | float)) > 1:
        yield min(found)


def _matrix(values: list[bytes] | tuple[float, ...]) -> Matrix:
    try:
        a, b, c, d, e, f = map(float, values)
    except ValueError:
        return IDENTITY
    return a, b, c, d, e, f


def _times(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )
