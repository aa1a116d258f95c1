"""Something of every colour to print, and what other readers find in a press sheet."""

import base64
import io
from collections.abc import Iterator

import pikepdf
import pypdfium2
from PIL import Image

from invulposter.geometry import Size, pt


def picture_uri(image: Image.Image, kind: str) -> str:
    out = io.BytesIO()
    image.save(out, kind)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(out.getvalue()).decode()}"


#: Everything that has a colour: gradients with a hard stop and a fading one, a pattern, a mask, thin strokes.
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 30" width="60mm" height="30mm"><defs>
<linearGradient id="a"><stop offset="0" stop-color="#e00"/><stop offset="0.5" stop-color="#0a0"/>
<stop offset="0.5" stop-color="#00e"/><stop offset="1" stop-color="#fff" stop-opacity="0.2"/></linearGradient>
<radialGradient id="r"><stop offset="0" stop-color="#fa0"/><stop offset="1" stop-color="#104"/></radialGradient>
<pattern id="p" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="2" height="2" fill="#c0f"/>
<path d="M0 3H4" stroke="#0cf" stroke-width="0.02"/></pattern>
<mask id="m"><rect width="60" height="30" fill="#888"/><circle cx="10" cy="25" r="4" fill="#f00"/></mask></defs>
<rect width="20" height="15" fill="url(#a)"/><rect x="20" width="20" height="15" fill="url(#r)"/>
<rect x="40" width="20" height="15" fill="url(#p)"/>
<g mask="url(#m)"><rect y="15" width="30" height="15" fill="#0af"/></g>
<g opacity="0.5"><rect x="30" y="15" width="15" height="15" fill="#a00"/></g>
<path d="M46 16L59 29" stroke="#123456" stroke-width="0.03"/>
<g transform="scale(0.1)"><path d="M460 290L590 160" stroke="#777" stroke-width="0.5"/></g></svg>"""


def near(one: object, other: object) -> bool:
    assert isinstance(one, tuple)
    assert isinstance(other, tuple)
    return max(one) < 250 and all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


def rasterised(data: bytes, pixels_per_mm: float) -> Image.Image:
    document = pypdfium2.PdfDocument(data)
    try:
        return document[0].render(scale=pixels_per_mm / pt(1)).to_pil().convert("RGB")
    finally:
        document.close()


def trimmed(picture: Image.Image, around: float, size: Size, pixels_per_mm: float) -> Image.Image:
    left = round(around * pixels_per_mm)
    width, height = (round(side * pixels_per_mm) for side in (size.width, size.height))
    return picture.crop((left, left, left + width, left + height))


def streams(found: pikepdf.Pdf) -> Iterator[pikepdf.Object | pikepdf.Page]:
    yield from found.pages
    for one in found.objects:
        if isinstance(one, pikepdf.Stream) and (one.get("/Subtype") == "/Form" or "/PatternType" in one):
            yield one


def colour_spaces(one: pikepdf.Object) -> Iterator[str]:
    """Names of colour spaces anywhere in an object: of groups, pictures, shadings and resources."""
    if isinstance(one, pikepdf.Array):
        for item in one:
            if not getattr(item, "is_indirect", False):
                yield from colour_spaces(item)
    elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in one.items():
            if key in {"/CS", "/ColorSpace"}:
                yield from families(value)
            if not getattr(value, "is_indirect", False):
                yield from colour_spaces(value)


def families(value: pikepdf.Object) -> Iterator[str]:
    if isinstance(value, pikepdf.Name):
        yield str(value)
    elif isinstance(value, pikepdf.Array):
        yield str(value[0])
    elif isinstance(value, pikepdf.Dictionary):
        for item in value.values():
            yield from families(item)


def strokes(drawn: pikepdf.Object, scale: float, width: float) -> Iterator[float]:
    stack: list[tuple[float, float]] = []
    start = scale
    for operands, operator in pikepdf.parse_content_stream(drawn):
        match str(operator):
            case "q":
                stack.append((scale, width))
            case "Q":
                scale, width = stack.pop()
            case "cm":
                a, b, c, d, *_ = map(float, operands)
                scale *= abs(a * d - b * c) ** 0.5
            case "w":
                width = float(operands[0])
            case "S" | "s" | "B" | "B*" | "b" | "b*":
                yield scale * width
            case "Do" if drawn.Resources.XObject[operands[0]].Subtype == "/Form":
                yield from strokes(drawn.Resources.XObject[operands[0]], scale, width)
            case "scn" if isinstance(operands[-1], pikepdf.Name):
                pattern = drawn.Resources.Pattern[operands[-1]]
                if pattern.PatternType == 1:
                    a, b, c, d, *_ = map(float, pattern.get("/Matrix", [1, 0, 0, 1, 0, 0]))
                    yield from strokes(pattern, start * abs(a * d - b * c) ** 0.5, 1)
