"""Form fields and annotations drawn into the page, so that nothing somebody typed is lost in imposition."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pikepdf
from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
)

from invulposter.finish.boxes import written
from invulposter.finish.fieldtext import FieldText, appearance, set_text
from invulposter.finish.operators import numbers
from invulposter.finish.source import understood
from invulposter.finish.typeface import REGULAR, Typeface

#: Annotations that have no ink: they lead somewhere or belong to another one.
_INKLESS = {"/Link", "/Popup", "/FileAttachment", "/Sound", "/Movie", "/Screen"}
_HIDDEN = 1 << 1
_MULTILINE, _PASSWORD, _COMB = 1 << 12, 1 << 13, 1 << 24
#: Smaller than this on the design, what was typed gets hard to read: worth telling. In points.
_HARD_TO_READ = 6.0
_SHOWS_TEXT = re.compile(rb"(?:\bT[jJ]\b|[)>]\s*['\"])")


@dataclass(frozen=True)
class Flattened:
    """A PDF without fields and annotations that looks the same, and what to tell about it."""

    pdf: bytes
    notes: tuple[str, ...] = ()


def needs_flattening(pdf: pikepdf.Pdf) -> bool:
    """Whether anything that can be seen on a page is not in its contents."""
    with understood():
        return any(_has_ink(page.obj.get("/Annots")) for page in pdf.pages)


def _has_ink(annotations: pikepdf.Object | None) -> bool:
    """Whether an annotation may show; what is no list of them is for who reads it in full to judge."""
    if not isinstance(annotations, pikepdf.Array):
        return annotations is not None
    return any(
        not isinstance(one, pikepdf.Dictionary) or str(one.get("/Subtype")) not in _INKLESS for one in annotations
    )


def flatten(pdf: bytes, fonts_dir: Path) -> Flattened:
    """Draw every visible field and annotation into its page, then drop them (ISO 32000-2, 12.5.5 and 12.7.4.3).

    Text that has no appearance stream yet, or a stale one, is set in an embedded font, smaller where it would not
    fit. Raises RequestError for a damaged file.
    """
    with understood():
        flattener = _Flattener(PdfWriter(clone_from=io.BytesIO(pdf)), Typeface(fonts_dir / REGULAR))
        return flattener.run(pdf)


class _Flattener:
    def __init__(self, writer: PdfWriter, face: Typeface) -> None:
        self._writer = writer
        self._face = face
        self._font: IndirectObject | None = None
        self._notes: list[str] = []
        form = writer.root_object.get("/AcroForm")
        self._form = form.get_object() if form is not None else DictionaryObject()

    def run(self, seed: bytes) -> Flattened:
        for page in self._writer.pages:
            drawn = [
                (form, placing(form, annotation["/Rect"]))
                for annotation in self._visible(page)
                if (form := self._appearance(annotation)) is not None
            ]
            _draw(self._writer, page, drawn)
            page.pop(NameObject("/Annots"), None)
        self._writer.root_object.pop(NameObject("/AcroForm"), None)
        if self._font is not None:
            self._writer._replace_object(self._font, self._face.embedded(self._writer._add_object))
        return Flattened(written(self._writer, seed), tuple(dict.fromkeys(self._notes)))

    def _visible(self, page: PageObject) -> Iterator[DictionaryObject]:
        found = page.get("/Annots", NullObject()).get_object()
        for item in found if isinstance(found, ArrayObject) else ():
            annotation = item.get_object()
            if not isinstance(annotation, DictionaryObject) or annotation.get("/Subtype") in _INKLESS:
                continue
            if not int(annotation.get("/F", 0)) & _HIDDEN and "/Rect" in annotation:
                yield annotation

    def _appearance(self, annotation: DictionaryObject) -> StreamObject | None:
        there = _normal_appearance(annotation)
        kind = self._inherited(annotation, "/FT")
        if annotation.get("/Subtype") != "/Widget" or kind not in {"/Tx", "/Ch"}:
            if there is None and kind == "/Btn":
                return self._tick(annotation)
            return there
        text = self._typed(annotation, kind)
        stale = bool(self._form.get("/NeedAppearances", False)) or (
            there is not None and not _SHOWS_TEXT.search(there.get_data())
        )
        if text and (there is None or stale):
            return self._set(annotation, text)
        return there

    def _inherited(self, annotation: DictionaryObject, key: str) -> Any:
        """A field's value, or its parent's (ISO 32000-2, 12.7.4.1), or the form's default."""
        node, seen = annotation, 0
        while key not in node and "/Parent" in node and seen < 50:
            node, seen = node["/Parent"].get_object(), seen + 1  # type: ignore[assignment]
        value = node.get(key, self._form.get(key) if key in {"/DA", "/Q"} else None)
        return value.get_object() if value is not None else None

    def _typed(self, annotation: DictionaryObject, kind: str) -> str:
        value = self._inherited(annotation, "/V")
        if isinstance(value, StreamObject):
            return value.get_data().decode("utf-8", "replace")
        chosen = list(value) if isinstance(value, ArrayObject) else [value]
        shown = self._shown_choices(annotation) if kind == "/Ch" else {}
        words = [str(one) for one in chosen if one is not None and not isinstance(one, NullObject)]
        text = "\n".join(shown.get(word, word) for word in words)
        if kind == "/Tx" and self._flags(annotation) & _PASSWORD:
            return "*" * len(text)
        return text

    def _shown_choices(self, annotation: DictionaryObject) -> dict[str, str]:
        options = self._inherited(annotation, "/Opt") or ()
        pairs = (option.get_object() for option in options)
        return {str(pair[0]): str(pair[1]) for pair in pairs if isinstance(pair, ArrayObject)}

    def _flags(self, annotation: DictionaryObject) -> int:
        return int(self._inherited(annotation, "/Ff") or 0)

    def _set(self, annotation: DictionaryObject, text: str) -> StreamObject:
        width, height = _extent(annotation)
        size, colour = appearance(str(self._inherited(annotation, "/DA") or ""))
        flags = self._flags(annotation)
        comb = int(self._inherited(annotation, "/MaxLen") or 0) if flags & _COMB else 0
        lines_allowed = bool(flags & _MULTILINE) or (self._inherited(annotation, "/FT") == "/Ch" and "\n" in text)
        align = int(self._inherited(annotation, "/Q") or 0)
        field = FieldText(text, width, height, size, colour, align, lines_allowed, comb)
        done = set_text(field, self._face.width)
        self._tell(annotation, text, field, done.size)
        self._font = self._font or self._writer._add_object(DictionaryObject())
        shown = "\n".join(
            f"1 0 0 1 {numbers(line.x, line.y)} Tm {self._face.encoded(line.text)} Tj" for line in done.lines
        )
        fonts = DictionaryObject({NameObject("/F0"): self._font})
        content = f"BT {colour} /F0 {numbers(done.size)} Tf\n{shown}\nET"
        return _form_of(content, width, height, DictionaryObject({NameObject("/Font"): fonts}))

    def _tell(self, annotation: DictionaryObject, text: str, field: FieldText, size: float) -> None:
        name = str(self._inherited(annotation, "/TU") or self._inherited(annotation, "/T") or "een veld zonder naam")
        if size < min(field.size or _HARD_TO_READ, _HARD_TO_READ):
            points = f"{size:.1f}".replace(".", ",")
            self._notes.append(f"Wat in '{name}' is getypt, is lang en staat er klein: {points} punt.")
        lacking = self._face.lacks(re.sub(r"\s", "", text))
        if lacking:
            self._notes.append(f"In '{name}' staan tekens die de letter niet heeft: {lacking}")

    def _tick(self, annotation: DictionaryObject) -> StreamObject | None:
        """A cross in a box that is ticked but has no drawing of its own."""
        state = annotation.get("/AS", self._inherited(annotation, "/V"))
        if state is None or str(state) in {"/Off", ""}:
            return None
        width, height = _extent(annotation)
        far_x, far_y = width * 0.8, height * 0.8
        near_x, near_y = width * 0.2, height * 0.2
        strokes = f"{numbers(near_x, near_y)} m {numbers(far_x, far_y)} l {numbers(near_x, far_y)} m"
        content = f"0 G {numbers(max(width, height) * 0.08)} w {strokes} {numbers(far_x, near_y)} l S"
        return _form_of(content, width, height, DictionaryObject())


def _normal_appearance(annotation: DictionaryObject) -> StreamObject | None:
    found = annotation.get("/AP", DictionaryObject()).get_object().get("/N")
    normal = found.get_object() if found is not None else None
    if isinstance(normal, StreamObject):
        return normal
    if isinstance(normal, DictionaryObject):
        state = normal.get(annotation.get("/AS", "/Off"))
        drawn = state.get_object() if state is not None else None
        return drawn if isinstance(drawn, StreamObject) else None
    return None


def _extent(annotation: DictionaryObject) -> tuple[float, float]:
    rect = cast(ArrayObject, annotation["/Rect"])
    left, bottom, right, top = (float(side) for side in rect)
    return abs(right - left), abs(top - bottom)


def _form_of(content: str, width: float, height: float, resources: DictionaryObject) -> StreamObject:
    plain = DecodedStreamObject()
    plain.set_data(content.encode("latin-1"))
    form = plain.flate_encode()
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject([FloatObject(side) for side in (0, 0, width, height)])
    form[NameObject("/Resources")] = resources
    return form


def placing(form: StreamObject, rect: Any) -> str:
    """The operator that puts an appearance in its annotation's rectangle (ISO 32000-2, algorithm 8.1)."""
    box = [float(side) for side in form.get("/BBox", (0, 0, 1, 1))]
    a, b, c, d, e, f = (float(part) for part in form.get("/Matrix", (1, 0, 0, 1, 0, 0)))
    corners = [(x * a + y * c + e, x * b + y * d + f) for x in box[::2] for y in box[1::2]]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    bottom, top = min(y for _, y in corners), max(y for _, y in corners)
    x1, y1, x2, y2 = (float(side) for side in rect)
    wide = abs(x2 - x1) / (right - left) if right > left else 1.0
    high = abs(y2 - y1) / (top - bottom) if top > bottom else 1.0
    return f"{numbers(wide, 0, 0, high, min(x1, x2) - left * wide, min(y1, y2) - bottom * high)} cm"


def _draw(writer: PdfWriter, page: PageObject, drawn: list[tuple[StreamObject, str]]) -> None:
    """Add the appearances behind a page's own operators, whose graphics state they must not inherit."""
    if not drawn:
        return
    resources = _copied(page, "/Resources")
    xobjects = _copied(resources, "/XObject")
    operators = ["Q"]
    for number, (form, matrix) in enumerate(drawn):
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        name = f"/Flat{number}"
        reference = getattr(form, "indirect_reference", None) or writer._add_object(form)
        xobjects[NameObject(name)] = reference
        operators.append(f"q {matrix} {name} Do Q")
    resources[NameObject("/XObject")] = xobjects
    page[NameObject("/Resources")] = resources
    page[NameObject("/Contents")] = ArrayObject(
        [_operators(writer, "q"), *_own_contents(page), _operators(writer, "\n".join(operators))]
    )


def _copied(holder: DictionaryObject, key: str) -> DictionaryObject:
    """A dictionary that can be added to without changing the pages it is shared with."""
    return DictionaryObject(cast(DictionaryObject, holder[key]) if key in holder else {})


def _own_contents(page: PageObject) -> list[Any]:
    if "/Contents" not in page:
        return []
    contents = page.raw_get("/Contents")
    resolved = contents.get_object()
    if isinstance(resolved, ArrayObject):
        return list(resolved)
    return [contents] if isinstance(resolved, StreamObject) else []


def _operators(writer: PdfWriter, text: str) -> IndirectObject:
    plain = DecodedStreamObject()
    plain.set_data(text.encode("ascii"))
    return writer._add_object(plain.flate_encode())
