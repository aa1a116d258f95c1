"""From the bytes of a filled-in PDF to its answers. Performs no I/O.

The file may have been saved by any program: the answers are found by the fields' names, whatever edition they
are from, and the values of a later update go before those of an earlier one (ISO 32000-1, 7.5.6).
"""

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from typing import Any

import pikepdf
import pypdfium2

from invulposter.collect.letters import added, letters, text_in
from invulposter.findings import Finding, Place, Severity
from invulposter.finish.forms import Identity, full_name, identify

#: A filled-in poster is far below this.
MOST_BYTES = 100_000_000
_DEEPEST = 32
#: The stamp in the foot of a page ends in its edition code.
_STAMP = re.compile(r"· (\d{10})\b")
#: What hides or turns text, and what no XML document may hold (XML 1.0, 2.2), so no spreadsheet.
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")

Value = str | bool


@dataclass(frozen=True)
class Question:
    """A field as a question: its id, its text, whether it is ticked, and where it stands.

    `page` counts from 0; `area` is left, bottom, right and top as shares of the page's width and height.
    """

    id: str
    text: str
    tick: bool
    page: int
    area: tuple[float, float, float, float]


@dataclass(frozen=True)
class Answers:
    """One filled-in form: what it is, its questions in reading order, and the values by question id."""

    path: str
    identity: Identity
    questions: tuple[Question, ...]
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Flattened:
    """A form whose answers are drawn on the page and no longer fields. `edition` is the code in its stamp."""

    path: str
    edition: str
    pdf: bytes


def read_answers(pdf: bytes, path: str) -> Answers | Flattened | Finding:
    """Read one file; a finding, named by `path`, says in one sentence why it is not one of the forms."""
    if len(pdf) > MOST_BYTES:
        return _skipped(path, "collect-size", f"is larger than {MOST_BYTES // 1_000_000} MB, so no filled-in form")
    if b"%PDF-" not in pdf[:1024]:
        return _skipped(path, "collect-foreign", "is not a PDF")
    if b"%%EOF" not in pdf[-1024:]:
        return _skipped(path, "collect-damaged", "is cut off before its end", "Ask for the file again.")
    try:
        with pikepdf.Pdf.open(io.BytesIO(pdf)) as opened:
            return _read(opened, pdf, path)
    except pikepdf.PasswordError:
        return _encrypted(path)
    # A damaged file may hold anything anywhere, and one file must not stop the rest.
    except (pikepdf.PikepdfError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return _skipped(path, "collect-damaged", "is damaged and can't be read", "Ask for the file again.")


def read_flattened(flat: Flattened, sibling: Answers, sibling_pdf: bytes) -> Answers | Finding:
    """Read what lies where the fields of the same edition are, and isn't printed there on the sibling's own pages.

    Ticks are drawings and can't be read. Of pages that are laid out otherwise, nothing is.
    """
    pages = {question.page for question in sibling.questions}
    try:
        typed = added(letters(flat.pdf, pages), letters(sibling_pdf, pages))
    except (pypdfium2.PdfiumError, IndexError, ValueError):
        return _skipped(flat.path, "collect-damaged", "is damaged and can't be read", "Ask for the file again.")
    if typed is None:
        message = "is flattened onto other pages than the form has, so its answers can't be found"
        return _skipped(flat.path, "collect-moved", message, "Ask for the form itself.")
    values: dict[str, Value] = {
        question.id: clean(text_in(typed, question.page, question.area))
        for question in sibling.questions
        if not question.tick
    }
    return Answers(flat.path, sibling.identity, sibling.questions, values)


def _read(opened: pikepdf.Pdf, pdf: bytes, path: str) -> Answers | Flattened | Finding:
    if opened.is_encrypted:
        return _encrypted(path)
    identity = _identity(opened)
    found = list(_fields(opened)) if identity else []
    if identity and found:
        questions = tuple(question for question, _ in found)
        return Answers(path, identity, questions, {question.id: value for question, value in found})
    edition = identity.edition if identity else _stamped(pdf)
    if edition:
        return Flattened(path, edition, pdf)
    return _skipped(path, "collect-foreign", "is not one of our forms")


def _identity(opened: pikepdf.Pdf) -> Identity | None:
    found = identify(opened.Root.get("/AcroForm"), opened.trailer.get("/Info"))
    return found and Identity(*map(clean, astuple(found)))


def _fields(opened: pikepdf.Pdf) -> Iterator[tuple[Question, Value]]:
    seen: set[str] = set()
    for number, page in enumerate(opened.pages):
        media = [float(side) for side in page.mediabox.as_list()]
        width, height = abs(media[2] - media[0]), abs(media[3] - media[1])
        annotations: Iterable[Any] = page.get("/Annots") or ()
        for field in annotations:
            name = full_name(field) if field.get("/Subtype") == "/Widget" else ""
            if not name or name in seen:
                continue
            seen.add(name)
            left, bottom, right, top = (float(value) for value in field["/Rect"].as_list())
            area = (left / width, bottom / height, right / width, top / height)
            tick = _inherited(field, "/FT") == "/Btn"
            label = clean(str(_inherited(field, "/TU") or name))
            yield Question(name, label, tick, number, area), _ticked(field) if tick else _text(field)


def clean(text: str) -> str:
    """One kind of newline, composed letters, and nothing that hides or turns text or that no spreadsheet holds."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", unicodedata.normalize("NFC", lines.replace("\t", " "))).strip()


def _text(field: Any) -> str:
    value = _inherited(field, "/V")
    if isinstance(value, pikepdf.Stream):
        data = value.read_bytes()
        return clean(data.decode("utf-16" if data[:2] in (b"\xfe\xff", b"\xff\xfe") else "utf-8", "replace"))
    return "" if value is None else clean(str(value))


def _ticked(field: Any) -> bool:
    value = _inherited(field, "/V")
    return str(value if value is not None else field.get("/AS", "/Off")) not in ("/Off", "Off", "")


def _inherited(field: Any, key: str) -> Any:
    """A field's entry, else that of the nearest ancestor that has one (ISO 32000-1, 12.7.3.1)."""
    node = field
    for _ in range(_DEEPEST):
        if node is None:
            break
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def _stamped(pdf: bytes) -> str:
    """The edition code in the stamp on the first page, as far as it is there as text."""
    try:
        with pypdfium2.PdfDocument(pdf) as document:
            found = _STAMP.findall(document[0].get_textpage().get_text_range())
    except (pypdfium2.PdfiumError, IndexError):
        return ""
    return found[-1] if found else ""


def _encrypted(path: str) -> Finding:
    return _skipped(path, "collect-encrypted", "is protected with a password", "Ask for a copy without one.")


def _skipped(path: str, code: str, message: str, advice: str = "") -> Finding:
    return Finding(Place(path), code, f"{message}." if advice else message, Severity.WARNING, advice)
