"""Makes the fields of a typeset form stand on their own: font, appearances, type size, lengths, order.

What goes in is WeasyPrint's tagged PDF with fields; each field keeps its Form structure element (ISO 14289-1,
7.18.4). Afterwards no viewer has to draw a field before somebody types in it (ISO 32000-1, 12.7.3.3).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf

from invulposter.errors import TypesetError
from invulposter.finish import appearance, formfont
from invulposter.pdfbytes import saved

if TYPE_CHECKING:
    from invulposter.kit import FieldSpec

FONT = appearance.FONT.decode()
#: The key, in the form and in the document's information, that says what the file is.
IDENTITY = "/Invulposter"

MULTILINE = 1 << 12
DO_NOT_SPELL_CHECK = 1 << 22
DO_NOT_SCROLL = 1 << 23
_PRINT = 1 << 2

#: Width of an average letter of Dutch in the type size (Alegreya Sans: 0.44, names a little more),
#: and the part of a line that wrapping leaves usable.
_LETTER, _USED = 0.46, 0.9
#: One line of type: no smaller than this (pt), room for so many letters, and where nothing is ruled no larger.
_SMALLEST, _ONE_LINE, _LARGEST = 8.0, 14, 28.0
#: Names nest no deeper than this; a damaged file's may go in circles.
_DEEPEST = 32
_COLOUR = re.compile(rb"(?:[\d.]+ ){1,4}(?:rg|g|k)\b")


@dataclass(frozen=True)
class Identity:
    """What a form is: the layout, the rayon and the network (or empty) it was made for, and its edition code."""

    product: str
    rayon: str
    subject: str
    edition: str

    def __str__(self) -> str:
        return ";".join((self.product, self.rayon, self.subject, self.edition))

    @classmethod
    def parse(cls, text: str) -> Identity | None:
        """Read what `str` wrote; None for anything else."""
        parts = text.split(";")
        return cls(*parts) if len(parts) == 4 and parts[0] else None


def finish_forms(pdf: bytes, specs: Sequence[FieldSpec], font_path: Path, identity: Identity) -> bytes:
    """Give the form its font, and each field its appearance, type size, maximum length and place in the order.

    `specs` are the fields as declared; sizes are taken relative to each field's rectangle, so the pages may have
    been scaled. `font_path` is a TrueType font. Raises TypesetError that names the fields where the PDF and `specs`
    do not have the same ones, or where one's name is the beginning of another's.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        by_name = {spec.name: spec for spec in specs}
        widgets = list(_widgets(document))
        _same_fields({_name(widget) for widget in widgets}, set(by_name))
        if not widgets:
            return pdf
        fonts = pikepdf.Dictionary({FONT: formfont.embed(document, font_path)})
        shared = document.make_indirect(pikepdf.Dictionary(Font=fonts))
        for widget in widgets:
            _finish_widget(document, widget, by_name[_name(widget)], shared)
        _finish_form(document, widgets, shared, identity)
        # Whoever fills it in then has a cross-reference table to add to (ISO 32000-1, 7.5.6).
        return saved(document, pikepdf.ObjectStreamMode.disable)


def identify(*places: Any) -> Identity | None:
    """What a file says it is, None for one that is not ours. `places` are its form and its information, where there."""
    for place in places:
        if place is not None and IDENTITY in place:
            return Identity.parse(str(place[IDENTITY]))
    return None


def maximum_length(width: float, lines: int, size: float) -> int:
    """How many letters of average text fit: width and size in points. What fits is what prints."""
    return max(12, int(lines * (width - 2 * appearance.SIDE) / (_LETTER * size) * (_USED if lines > 1 else 1)))


def type_size(spec: FieldSpec, width: float, height: float) -> float:
    """The type size (pt) of a field of `width` and `height` points.

    Several lines: as the pitch has it. One line: smaller where that makes room for a name or a date.
    """
    by_height = height / spec.lines / appearance.LINE_FACTOR
    if spec.lines > 1:
        return by_height
    largest = by_height if spec.pitch else min(by_height, _LARGEST)
    return max(min(_SMALLEST, by_height), min(largest, width / (_ONE_LINE * _LETTER)))


def _same_fields(drawn: set[str], declared: set[str]) -> None:
    if drawn != declared:
        raise TypesetError(
            f"fields in the PDF and in the layout differ: {', '.join(sorted(drawn ^ declared))}: "
            "show every writing area, without display: none"
        )


def _widgets(document: pikepdf.Pdf) -> Iterator[Any]:
    for page in document.pages:
        annotations: Any = page.get("/Annots", ())
        for annotation in annotations:
            if annotation.get("/Subtype") == "/Widget":
                yield annotation


def full_name(field: Any) -> str:
    """A field's name with its ancestors' before it (ISO 32000-1, 12.7.3.2)."""
    parts: list[str] = []
    node: Any = field
    while node is not None and len(parts) < _DEEPEST:
        if "/T" in node:
            parts.append(str(node["/T"]))
        # pypdf's get, unlike this, gives the reference.
        node = node["/Parent"] if "/Parent" in node else None  # noqa: SIM401
    return ".".join(reversed(parts))


def _name(widget: Any) -> str:
    # WeasyPrint gives a radio button its group's name again.
    return str(widget["/Parent"]["/T"] if "/Parent" in widget else widget["/T"])


def _finish_widget(document: pikepdf.Pdf, widget: Any, spec: FieldSpec, resources: pikepdf.Object) -> None:
    box = _rectangle(widget, spec)
    widget.Rect = _rounded(*box)
    widget.F = _PRINT
    # Without these two, viewers draw a border of 1 pt round the field, and leave room for it.
    widget.Border = pikepdf.Array([0, 0, 0])
    widget.BS = pikepdf.Dictionary(W=0)
    if "/MK" in widget:
        del widget.MK
    size = (box[2] - box[0], box[3] - box[1])
    if widget.get("/FT") == "/Btn":
        _finish_button(document, widget, size, resources)
    else:
        _finish_text(document, widget, spec, size, resources)


def _rectangle(widget: Any, spec: FieldSpec) -> tuple[float, float, float, float]:
    """Normalised, and over ruled lines exactly as many pitches high."""
    xs, ys = zip(*[(float(x), float(y)) for x, y in zip(*[iter(widget["/Rect"])] * 2, strict=True)], strict=True)
    left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
    return left, bottom, right, bottom + (top - bottom) * spec.ruled


def _rounded(*lengths: float) -> pikepdf.Array:
    return pikepdf.Array([round(length, 3) for length in lengths])


def _finish_button(document: pikepdf.Pdf, widget: Any, size: tuple[float, float], resources: pikepdf.Object) -> None:
    radio = "/Parent" in widget
    draw = appearance.disc_appearance if radio else appearance.tick_appearance
    on = next(state for state in sorted(widget.AP.N.keys()) if state != "/Off")
    states = {on: draw(*size, b"0 g 0 G"), "/Off": b"q Q"}
    normal = {state: _appearance(document, content, size, resources) for state, content in states.items()}
    widget.AP = pikepdf.Dictionary(N=pikepdf.Dictionary(normal))
    if radio and "/T" in widget:
        del widget.T


def _finish_text(
    document: pikepdf.Pdf,
    widget: Any,
    spec: FieldSpec,
    size: tuple[float, float],
    resources: pikepdf.Object,
) -> None:
    points = type_size(spec, *size)
    colour = _COLOUR.search(str(widget.get("/DA", "")).encode())
    paint = colour[0].decode() if colour else "0 g"
    multiline = spec.lines > 1
    widget.DA = f"{paint} {FONT} {points:.3f} Tf"
    widget.Ff = DO_NOT_SCROLL | DO_NOT_SPELL_CHECK | (MULTILINE if multiline else 0)
    widget.MaxLen = maximum_length(size[0], spec.lines, points)
    widget.V = ""
    widget.AP = pikepdf.Dictionary(N=_appearance(document, b"/Tx BMC EMC", size, resources))


def _finish_form(document: pikepdf.Pdf, widgets: list[Any], resources: pikepdf.Object, identity: Identity) -> None:
    form: Any = document.Root.AcroForm
    # A radio button is reached through its group; WeasyPrint lists it a second time beside it.
    fields = {_name(widget): widget.get("/Parent", widget) for widget in widgets}
    form.Fields = _name_tree(document, fields)
    form.DR = resources
    form.DA = f"0 g {FONT} 12 Tf"
    form.NeedAppearances = False
    form[IDENTITY] = str(identity)
    document.docinfo[IDENTITY] = str(identity)
    for page in document.pages:
        page.Tabs = pikepdf.Name.S


def _name_tree(document: pikepdf.Pdf, fields: Mapping[str, Any]) -> pikepdf.Array:
    """Hang fields with dotted names under nodes: a field's own name has no full stop (ISO 32000-1, 12.7.3.2)."""
    tops = pikepdf.Array()
    nodes: dict[str, Any] = {}

    def hang(field: Any, name: str) -> None:
        above, _, last = name.rpartition(".")
        field.T = last
        kids = tops
        if above:
            field.Parent = node(above)
            kids = field.Parent.Kids
        kids.append(field)

    def node(name: str) -> Any:
        if name in fields:
            raise TypesetError(f"'{name}' is a writing area: let no other name start with '{name}.'")
        if name not in nodes:
            nodes[name] = document.make_indirect(pikepdf.Dictionary(Kids=pikepdf.Array()))
            hang(nodes[name], name)
        return nodes[name]

    for name, field in fields.items():
        hang(field, name)
    return tops


def _appearance(
    document: pikepdf.Pdf, content: bytes, size: tuple[float, float], resources: pikepdf.Object
) -> pikepdf.Stream:
    name = pikepdf.Name
    entries = {"/Type": name.XObject, "/Subtype": name.Form, "/BBox": _rounded(0, 0, *size), "/Resources": resources}
    return document.make_stream(content, entries)
