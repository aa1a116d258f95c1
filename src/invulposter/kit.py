"""The drawing kit as a template calls it, bound to one job: its page, palette, typefaces and logo.

Everything a template draws is decoration: it becomes a CSS background, so that it stays out of the tag tree.
A writing area is declared once: the lines on paper and the field on screen come from the same numbers.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

from markupsafe import Markup, escape

from invulposter.called import template_line
from invulposter.codecheck import DrawnCode
from invulposter.drawing import qr
from invulposter.drawing.palette import Palette
from invulposter.drawing.paper import writing_lines
from invulposter.drawing.path import mm
from invulposter.drawing.shapes import disc, sheet
from invulposter.drawing.standin import real
from invulposter.drawing.svg import flaw
from invulposter.drawing.type import Face
from invulposter.geometry import Size
from invulposter.intake import legible

#: Marks an element that shows something of the rayon that can't be read in its HTML.
OWN = "data-rayon"
#: What a drawing's file is called.
DRAWN = re.compile(r"[0-9a-f]{24}\.svg")
#: Room below the last writing line for descenders, as a share of the pitch.
_DESCENDER_ROOM = 0.22


@dataclass(frozen=True)
class FieldSpec:
    """A form field as declared in a template: position and size in mm from the page's top left corner.

    `pitch` is the distance between writing lines in mm, 0 where nothing is ruled.
    """

    name: str
    tooltip: str
    kind: Literal["line", "lines", "box", "tick"]
    x: float
    y: float
    width: float
    height: float
    pitch: float = 0.0
    lines: int = 1

    @property
    def ruled(self) -> float:
        """The part of its height, from the foot up, that people type in: over ruled lines exactly as many pitches."""
        return self.pitch * self.lines / self.height if self.pitch else 1.0


@dataclass
class Kit:
    """The functions that a page template calls. Collects fields, drawings and QR codes of a page while it renders.

    A drawing is a file, named after what is in it. One of the logo or of the code of `website` is marked as the rayon's
    own. A field is known by its name: a second one of that name is refused with a ValueError, as a form would keep one
    of their two answers. `controls` are the opening tags of form elements, by the same names.
    """

    size: Size
    palette: Palette
    typecase: Callable[..., Face]
    logo_data_uri: str
    website: str
    fillable: bool
    bleed: float = 0.0
    fields: dict[str, FieldSpec] = field(default_factory=dict)
    controls: dict[str, str] = field(default_factory=dict)
    drawings: dict[str, bytes] = field(default_factory=dict)
    codes: list[DrawnCode] = field(default_factory=list)

    def drawing(
        self,
        x: float | None = None,
        y: float | None = None,
        width: float | None = None,
        height: float | None = None,
        local: bool = False,
        caller: Callable[[], str] = str,
    ) -> Markup:
        """A block of SVG as decoration; by default the page with its bleed (3 mm at least), in the page's millimetres.

        With `local` the coordinates start at the drawing's own top left corner. Raises ValueError where it is no
        XML, or holds letters or a writing area.
        """
        around = max(3.0, self.bleed)
        x = -around if x is None else x
        y = -around if y is None else y
        width = self.size.width + 2 * around if width is None else width
        height = self.size.height + 2 * around if height is None else height
        origin = "0 0" if local else f"{mm(x)} {mm(y)}"
        view_box = f"{origin} {mm(width)} {mm(height)}"
        svg = caller()
        for name, tag in self.controls.items():
            if tag in svg:
                raise ValueError(f"writing area '{name}' stands in a drawing: show it on the page, beside the drawing")
        own = f" {OWN}" if self.logo_data_uri in svg or escape(self.website) in svg else ""
        style = _box(x, y, width, height) + self._background(svg, view_box, width, height)
        return Markup(f'<div class="drawing" style="{style}"{own}></div>')

    def logo(self, x: float, y: float, size: float) -> Markup:
        """The rayon's logo inside a square of `size` mm, for use in a drawing."""
        box = f'x="{mm(x)}" y="{mm(y)}" width="{mm(size)}" height="{mm(size)}"'
        return Markup(f'<image {box} href="{escape(self.logo_data_uri)}"/>')

    def qr(self, text: str, x: float, y: float, size: float, colour: str = "#000000") -> Markup:
        """The QR code of a text, for use in a drawing: as `drawing.qr` draws it."""
        code = qr.qr(text, x, y, size, colour)
        self.codes.append(DrawnCode(text, size, real(colour), template_line()))
        return code

    def line(
        self,
        x: float,
        baseline: float,
        size: float,
        text: object,
        family: str,
        tag: str = "p",
        cls: str = "",
        extra: str = "",
        weight: int = 400,
        room: float | None = None,
        box: str = "",
    ) -> Markup:
        """One display line on an exact baseline, its left edge at `x`; sizes in mm.

        `room` is the width that it may take, in mm: where it takes more, a finding names `box`.
        """
        top = self.typecase(family, weight).top(baseline, size)
        style = (
            f"left:{mm(x)}mm;top:{mm(top)}mm;font-size:{mm(size)}mm;font-family:'{family}';font-weight:{weight};{extra}"
        )
        if room is not None:
            style += f"width:{mm(room)}mm;"
        named = f' data-vak="{escape(box)}"' if box else ""
        begin = f'<{escape(tag)} class="line {escape(cls)}"{named} style="{escape(style)}">'
        return Markup(f"{begin}{escape(text)}</{escape(tag)}>")

    def write(
        self,
        name: str,
        tooltip: str,
        x: float,
        y: float,
        width: float,
        lines: int = 1,
        pitch: float = 8.5,
        colour: str | None = None,
        weight: float = 0.5,
        dot: float = 1.1,
    ) -> Markup:
        """Writing lines, the first at `y + pitch`, each starting in a dot (none where `dot` is 0)."""
        height = pitch * (lines + _DESCENDER_ROOM)
        ruled = writing_lines(0, 0, width, lines, pitch, colour or self.palette.primair_lijn, weight, dot)
        indent = dot * 2.6
        spec = FieldSpec(
            name,
            tooltip,
            "lines" if lines > 1 else "line",
            x + indent,
            y,
            width - indent,
            height,
            pitch,
            lines,
        )
        return self._area(x, y, width, height, ruled, spec)

    def cell(self, name: str, tooltip: str, x: float, y: float, width: float, height: float, lines: int = 1) -> Markup:
        """Room to write without ruled lines: a table's cell, the inside of a balloon."""
        return self._area(x, y, width, height, "", FieldSpec(name, tooltip, "box", x, y, width, height, 0, lines))

    def person(
        self,
        name: str,
        tooltip: str,
        cx: float,
        cy: float,
        r: float,
        seed: int = 1,
        stroke: str | None = None,
        weight: float = 0.9,
    ) -> Markup:
        """A circle to write a name in."""
        edge = r + weight
        circle = (
            f'<path d="{disc(edge, edge, r, seed)}" fill="#fff" '
            f'stroke="{stroke or self.palette.primair_rand}" stroke-width="{weight}"/>'
        )
        # The widest rectangle of text in a circle keeps the corners of a line of 0.6 r high inside it.
        half = r * 0.92
        spec = FieldSpec(name, tooltip, "box", cx - half, cy - r * 0.32, 2 * half, r * 0.64)
        return self._area(cx - edge, cy - edge, 2 * edge, 2 * edge, circle, spec)

    def tickbox(
        self,
        name: str,
        tooltip: str,
        x: float,
        y: float,
        size: float,
        seed: int = 1,
        stroke: str | None = None,
        weight: float = 1,
    ) -> Markup:
        """A box to tick."""
        box = (
            f'<path d="{sheet(weight, weight, size, size, seed, size * 0.03, size * 0.14)}" fill="#fff" '
            f'stroke="{stroke or self.palette.primair_rand}" stroke-width="{weight}"/>'
        )
        spec = FieldSpec(name, tooltip, "tick", x, y, size, size)
        return self._area(x - weight, y - weight, size + 2 * weight, size + 2 * weight, box, spec)

    def _area(self, x: float, y: float, width: float, height: float, svg: str, spec: FieldSpec) -> Markup:
        if spec.name in self.fields:
            raise ValueError(
                f"two writing areas are named '{spec.name}': give each a name of its own, "
                "in a loop by adding ~ '.' ~ loop.index"
            )
        self.fields[spec.name] = spec
        view_box = f"0 0 {mm(width)} {mm(height)}"
        background = self._background(svg, view_box, width, height) if svg else ""
        inside = self._control(spec, spec.x - x, spec.y - y) if self.fillable else ""
        return Markup(f'<div class="area" style="{_box(x, y, width, height)}{background}">{inside}</div>')

    def _background(self, svg: str, view_box: str, width: float, height: float) -> str:
        document = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{escape(view_box)}" preserveAspectRatio="none" '
            f'width="{mm(width)}mm" height="{mm(height)}mm">{svg}</svg>'
        ).encode()
        _check(document, svg)
        name = f"{sha256(document).hexdigest()[:24]}.svg"
        self.drawings[name] = document
        return f"background:url({name}) no-repeat 0 0/100% 100%;"

    def _control(self, spec: FieldSpec, x: float, y: float) -> str:
        style = _box(x, y, spec.width, spec.height)
        name = escape(spec.name)
        names = f'name="{name}" id="{name}" title="{escape(spec.tooltip)}" style="{style}"'
        if spec.kind == "tick":
            tag, end = f'<input type="checkbox" {names}>', ""
        elif spec.lines > 1:
            tag, end = f"<textarea {names}>", "</textarea>"
        else:
            tag, end = f'<input type="text" {names}>', ""
        self.controls[spec.name] = tag
        return tag + end


def _check(document: bytes, svg: str) -> None:
    """Refuse a drawing that would be left out whole, or whose letters would come from any typeface."""
    wrong = flaw(document)
    if wrong is None:
        return
    if wrong.lettered:
        raise ValueError(f"there is no text in a drawing: take <{wrong.lettered}> out, and write it in HTML beside it")
    line = svg.split("\n")[wrong.line - 1].strip() or svg.strip()
    raise ValueError(
        f"this drawing is not valid XML: {wrong.reason}, at '{legible(line, 80)}'; "
        "close every element, and write &amp; for &"
    )


def _box(x: float, y: float, width: float, height: float) -> str:
    parts = (
        f"{key}:{mm(value)}mm"
        for key, value in zip(("left", "top", "width", "height"), (x, y, width, height), strict=True)
    )
    return ";".join(parts) + ";"
