"""Gradients in other inks: what lies between two colours is sampled, so that it stays the colour it was.

Axial and radial shadings with exponential functions, alone or stitched (ISO 32000-2, 8.7.4.5 and 7.10), which is what
a typesetter writes.
"""

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, PdfObject, StreamObject

from invulposter.errors import RequestError
from invulposter.finish.inks import Colour, Inks, Shades
from invulposter.finish.objects import entry, items, numbers
from invulposter.finish.repaint import replace_data
from invulposter.finish.spaces import space_of

_SAMPLES = 33


def reshaded(shading: DictionaryObject, inks: Inks | Shades, writer: PdfWriter) -> None:
    """Change a shading in `writer`. Raises RequestError for one of another kind."""
    components = space_of(entry(shading, "/ColorSpace")).components
    function = entry(shading, "/Function")
    if components == inks.components:
        return
    if entry(shading, "/ShadingType") not in {2, 3} or not isinstance(function, DictionaryObject):
        raise _refused()
    shading[NameObject("/ColorSpace")] = NameObject(inks.space)
    shading[NameObject("/Function")] = _function(function, inks, writer)
    if "/Background" in shading:
        shading[NameObject("/Background")] = _array(*inks.colour(numbers(shading, "/Background")))


def _function(function: DictionaryObject, inks: Inks | Shades, writer: PdfWriter) -> PdfObject:
    kind = entry(function, "/FunctionType")
    if kind == 2:
        return writer._add_object(_sampled(function, inks))
    if kind != 3:
        raise _refused()
    parts = [part for _, part in items(function, "/Functions") if isinstance(part, DictionaryObject)]
    same = {key: function.raw_get(key) for key in function if key not in {"/Functions", "/Range"}}
    stitched = DictionaryObject(same)
    stitched[NameObject("/Functions")] = ArrayObject([_function(part, inks, writer) for part in parts])
    return stitched


def _sampled(function: DictionaryObject, inks: Inks | Shades) -> StreamObject:
    first, last = numbers(function, "/C0") or (0.0,), numbers(function, "/C1") or (1.0,)
    exponent = float(entry(function, "/N"))
    start, end = numbers(function, "/Domain") or (0.0, 1.0)
    data = bytearray()
    for at in range(_SAMPLES):
        share = (start + (end - start) * at / (_SAMPLES - 1)) ** exponent
        between = tuple(one + share * (other - one) for one, other in zip(first, last, strict=True))
        data += bytes(round(255 * value) for value in inks.colour(_eighths(between)))
    sampled = StreamObject()
    sampled[NameObject("/FunctionType")] = NumberObject(0)
    sampled[NameObject("/Domain")] = _array(start, end)
    sampled[NameObject("/Range")] = _array(*(0, 1) * inks.components)
    sampled[NameObject("/Size")] = ArrayObject([NumberObject(_SAMPLES)])
    sampled[NameObject("/BitsPerSample")] = NumberObject(8)
    replace_data(sampled, bytes(data))
    return sampled


def _eighths(colour: Colour) -> Colour:
    """The nearest colour that a screen can show."""
    return tuple(round(min(1.0, max(0.0, value)) * 255) / 255 for value in colour)


def _array(*values: float) -> ArrayObject:
    return ArrayObject([FloatObject(round(value, 6)) for value in values])


def _refused() -> RequestError:
    return RequestError("a gradient of this kind can't be printed in four inks")
