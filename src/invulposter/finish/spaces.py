"""Colour spaces as far as a typesetter writes them (ISO 32000-2, 8.6)."""

from typing import Any, NamedTuple

from pypdf.generic import ArrayObject, DictionaryObject

from invulposter.errors import RequestError
from invulposter.finish.objects import entry, resolved

_NAMED = {
    "/DeviceGray": 1,
    "/CalGray": 1,
    "/G": 1,
    "/DeviceRGB": 3,
    "/CalRGB": 3,
    "/RGB": 3,
    "/DeviceCMYK": 4,
    "/CMYK": 4,
}


class Space(NamedTuple):
    """How many numbers a colour has: 1 gray, 3 red, green and blue, 4 inks; 0 for what is drawn with as it is.

    `palette` holds the colours of an indexed space, a byte for each number, as many as `components` to a colour.
    """

    components: int
    palette: bytes | None = None


def space_of(value: Any) -> Space:
    """The space that a name or an array stands for.

    An ICC space is taken for the device space with as many components: what is typeset is sRGB. Raises RequestError
    for a space that can't be turned into other inks.
    """
    parts = [resolved(part) for part in value] if isinstance(value, ArrayObject) else [value]
    family = str(parts[0]) if parts else ""
    if family in _NAMED:
        return Space(_NAMED[family])
    if family == "/Pattern" and len(parts) == 1:
        return Space(0)
    # A space of all inks is how registration marks are drawn.
    if family == "/Separation" and str(parts[1]) in {"/All", "/None"}:
        return Space(0)
    if family == "/ICCBased" and isinstance(parts[1], DictionaryObject):
        components = entry(parts[1], "/N")
        if components in {1, 3, 4}:
            return Space(components)
    if family in {"/Indexed", "/I"} and len(parts) == 4:
        return Space(space_of(parts[1]).components, _bytes(parts[3]))
    raise RequestError(f"the colour space {family.removeprefix('/')} can't be printed in four inks")


def _bytes(value: Any) -> bytes:
    if hasattr(value, "get_data"):
        return bytes(value.get_data())
    if isinstance(value, bytes):
        return value
    return bytes(getattr(value, "original_bytes", b""))
