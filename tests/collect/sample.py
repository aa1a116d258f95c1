"""A form of poster size to fill in, and two programs that fill it in: pypdf, and PDFium as Chrome does."""

import ctypes
import functools
import io
from collections.abc import Mapping
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfWriter
from weasyprint import HTML

from invulposter.finish.fill import FormTemplate
from invulposter.finish.forms import Identity, finish_forms
from invulposter.kit import FieldSpec

FONT = Path(__file__).parents[2] / "fonts" / "alegreya-sans" / "AlegreyaSans_400Regular.ttf"
IDENTITY = Identity("proefposter", "noord", "", "abc1234")

SPECS = (
    FieldSpec("naam", "Hoe heet je?", "line", 50, 100, 200, 12, 12, 1),
    FieldSpec("school", "Van welke school kom je?", "line", 50, 120, 200, 12, 12, 1),
    FieldSpec("stap-waarom.reden", "Wat is je reden?", "lines", 50, 150, 200, 48, 12, 4),
    FieldSpec("stap-doel.doel", "Wat is je doel?", "lines", 300, 150, 120, 68, 8.5, 8),
    FieldSpec("stap-waarom.leren", "Wil je leren?", "tick", 50, 220, 8, 8),
    FieldSpec("stap-waarom.delen", "Wil je delen?", "tick", 70, 220, 8, 8),
    *(
        FieldSpec(f"contact.{row}.{part}", f"Contact {row}: {part}?", "box", 300 + 60 * column, 250 + 14 * row, 55, 12)
        for row in range(1, 9)
        for column, part in enumerate(("wie", "waar", "wanneer", "hoe"))
    ),
)
TEXTS = {
    "naam": "Zoë Çelik-Łukasz ŷ € “echt”",
    "school": "Señor Straße Œuvre Ŵŵ",
    "stap-waarom.reden": "Hé, één regel\nregel twee: ŷ\nregel drie “€ 5”\nen vier",
    "stap-doel.doel": "een\ntwee",
    "contact.1.wie": "Çelik",
    "contact.8.hoe": "Zoë",
}
TICKS = {"stap-waarom.leren": True}


@functools.cache
def typeset(specs: tuple[FieldSpec, ...] = SPECS, extra: str = "") -> bytes:
    areas = "".join(_area(spec) for spec in specs)
    style = (
        "@page {size: 841mm 594mm; margin: 0} body {margin: 0; font-family: P}"
        f"@font-face {{font-family: P; src: url({FONT.as_uri()})}}"
        ".area {position: absolute} .area > * {position: absolute; left: 0; top: 0; border: 0; padding: 0; margin: 0;"
        "background: none; font: 18pt P; color: #224}"
    )
    html = f"<!doctype html><html lang=nl><title>Proef</title><style>{style}</style><h1>Proef</h1>{areas}{extra}"
    pdf: bytes = HTML(string=html).write_pdf(pdf_forms=True, pdf_variant="pdf/ua-1")
    return pdf


@functools.cache
def form(identity: Identity = IDENTITY) -> bytes:
    return finish_forms(typeset(), SPECS, FONT, identity)


def _area(spec: FieldSpec) -> str:
    size = f"width:{spec.width}mm;height:{spec.height}mm"
    names = f'name="{spec.name}" id="{spec.name}" title="{spec.tooltip}" style="{size}"'
    control = f"<textarea {names}></textarea>" if spec.lines > 1 else f"<input type=text {names}>"
    if spec.kind == "tick":
        control = f"<input type=checkbox {names}>"
    return f'<div class=area style="left:{spec.x}mm;top:{spec.y}mm;{size}">{control}</div>'


def filled_by_pypdf(pdf: bytes, values: Mapping[str, str | bool]) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    texts = {name: "/on" if value is True else str(value) for name, value in values.items()}
    for page in writer.pages:
        writer.update_page_form_field_values(page, texts, auto_regenerate=False)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def appended_by_pypdf(pdf: bytes, values: Mapping[str, str | bool]) -> bytes:
    """As Acrobat saves: the old file, and an update behind it."""
    writer = PdfWriter(io.BytesIO(pdf), incremental=True)
    texts = {name: "/on" if value is True else str(value) for name, value in values.items()}
    writer.update_page_form_field_values(writer.pages[0], texts, auto_regenerate=False)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def filled(pdf: bytes, values: Mapping[str, str | bool]) -> bytes:
    """Filled in as `build --data` does."""
    return FormTemplate(pdf).fill(values)


def filled_by_pdfium(pdf: bytes, values: Mapping[str, str | bool]) -> bytes:
    """Type and click in PDFium's own form filler, and save."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    environment = document.formenv.raw
    for kept_open in document:
        page = kept_open.raw
        for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
            annotation = pdfium.FPDFPage_GetAnnot(page, index)
            value = values.get(_field_name(environment, annotation))
            if value is True:
                _click(environment, page, annotation)
            elif value:
                _type(environment, page, annotation, str(value))
            pdfium.FPDFPage_CloseAnnot(annotation)
    file = io.BytesIO()
    document.save(file)
    document.close()
    return file.getvalue()


def _field_name(environment: object, annotation: object) -> str:
    length = pdfium.FPDFAnnot_GetFormFieldName(environment, annotation, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pointer = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFAnnot_GetFormFieldName(environment, annotation, pointer, length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def _click(environment: object, page: object, annotation: object) -> None:
    rect = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(rect))
    middle = ((rect.left + rect.right) / 2, (rect.bottom + rect.top) / 2)
    pdfium.FORM_OnLButtonDown(environment, page, 0, *middle)
    pdfium.FORM_OnLButtonUp(environment, page, 0, *middle)
    pdfium.FORM_ForceToKillFocus(environment)


def _type(environment: object, page: object, annotation: object, text: str) -> None:
    assert pdfium.FORM_SetFocusedAnnot(environment, annotation)
    keys = ctypes.create_string_buffer((text.replace("\n", "\r") + "\0").encode("utf-16-le"))
    pdfium.FORM_ReplaceSelection(environment, page, ctypes.cast(keys, pdfium.FPDF_WIDESTRING))
    pdfium.FORM_ForceToKillFocus(environment)


def filled_forms(count: int, folder: Path) -> list[Path]:
    """So many forms in a folder, every text field of each filled in, by number."""
    template = FormTemplate(form())
    texts = [name for name, slot in template.slots.items() if not slot.tick]
    paths = [folder / f"{number:04}.pdf" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(template.fill(dict.fromkeys(texts, f"Zoë {number}")))
    return paths
