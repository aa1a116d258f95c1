"""Ready pieces of SVG and CSS: writing lines, and paper behind text that flows."""

from urllib.parse import quote

from markupsafe import Markup, escape

from invulposter.drawing.path import mm
from invulposter.drawing.shapes import sheet


def writing_lines(
    x: float,
    y: float,
    width: float,
    lines: int,
    pitch: float,
    colour: str,
    weight: float = 0.5,
    dot: float = 1.1,
) -> Markup:
    """Lines to write on, as SVG in mm: the first lies at y + pitch, each starts in a dot of radius `dot`.

    A dot is a person; `dot` 0 draws none.
    """
    heights = [mm(y + pitch * (i + 1)) for i in range(lines)]
    start, end = mm(x + dot * 2.2), mm(x + width)
    strokes = "".join(f"M{start} {height}H{end}" for height in heights)
    ink = escape(colour)
    drawn = f'<path d="{strokes}" fill="none" stroke="{ink}" stroke-width="{mm(weight)}" stroke-linecap="round"/>'
    dots = (f'<circle cx="{mm(x + dot)}" cy="{height}" r="{mm(dot)}" fill="{ink}"/>' for height in heights if dot)
    return Markup(drawn + "".join(dots))


def paper(
    colour: str,
    seed: int = 1,
    w: float = 100,
    h: float = 40,
    slack: float = 0.9,
    r: float = 3,
    stroke: str | None = None,
) -> Markup:
    """CSS `background:` declaration of a cut sheet that stretches with its box; for a style attribute.

    `w` and `h` (mm) are about the size the box will have: they keep corners from stretching out of shape.
    """
    outline = f' stroke="{stroke}" stroke-width="0.5" vector-effect="non-scaling-stroke"' if stroke else ""
    cut = sheet(slack, slack, w - 2 * slack, h - 2 * slack, seed, slack * 0.9, r)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {mm(w)} {mm(h)}" preserveAspectRatio="none"'
        f' width="{mm(w)}mm" height="{mm(h)}mm"><path d="{cut}" fill="{colour}"{outline}/></svg>'
    )
    return Markup("background:url('data:image/svg+xml,{}') no-repeat 0 0/100% 100%").format(quote(svg))
