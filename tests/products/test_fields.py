"""Every form, as it is made: its fields lie on what is drawn, and what is typed in them comes back and shows."""

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from invulposter.build import produce
from invulposter.collect.read import Answers, read_answers
from invulposter.drawing.type import Typecase
from invulposter.edition import Edition
from invulposter.finish.fill import FormTemplate
from invulposter.finish.forms import full_name
from invulposter.geometry import mm
from invulposter.kit import FieldSpec
from invulposter.library import Library, read_library
from invulposter.plan import Job, plan
from invulposter.render import render
from invulposter.request import Request
from invulposter.typesetter import use_fonts
from invulposter.workspace import Workspace, built_in, find_workspace
from tests.collect.sample import filled_by_pdfium, filled_by_pypdf
from tests.products.conftest import WHOLE

#: How far a field may lie from what is drawn, in mm.
CLOSE = 0.3
#: A drawn line is looked for in a picture of this resolution: two and a half dots are 0.3 mm.
DPI = 200
LETTERS = "Zoë Çelik ŷ € “quotes” ‘één’ Łukasz İstanbul – naïef, œuvre & Ğ; 12,50"


@dataclass(frozen=True)
class Form:
    """A form: its job, the fields as its template declares them, and its file."""

    job: Job
    fields: tuple[FieldSpec, ...]
    pdf: bytes


@cache
def read() -> tuple[Workspace, Library]:
    workspace = find_workspace(built_in())
    return workspace, read_library(workspace)


def jobs() -> tuple[Job, ...]:
    """Every fillable layout of every style, with one rayon and one network."""
    _, library = read()
    return tuple(
        job
        for style in library.styles
        for job in plan(library, Request(rayons=(WHOLE,), networks=("oop",), editions=(Edition.SCREEN,), style=style))
        if job.fillable
    )


JOBS = jobs()
NAMES = [f"{job.layout.style}-{job.path.stem}" for job in JOBS]


@cache
def made(index: int) -> Form:
    workspace, library = read()
    use_fonts(workspace.fonts)
    rendered = render(JOBS[index], library, Typecase(*workspace.fonts))
    return Form(JOBS[index], rendered.fields, produce(JOBS[index], rendered, workspace.fonts[-1]).pdf)


@pytest.fixture(params=range(len(JOBS)), ids=NAMES)
def form(request: pytest.FixtureRequest) -> Form:
    return made(request.param)


def widgets(pdf: bytes) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Each field's name and its left, top, width and height in mm from the page's top left corner."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            height = float(page.mediabox[3])
            for annotation in page.get("/Annots", ()):
                if annotation.Subtype == "/Widget":
                    left, bottom, right, top = map(float, annotation.Rect)
                    yield (
                        full_name(_plain(annotation)),
                        (mm(left), mm(height - top), mm(right - left), mm(top - bottom)),
                    )


def _plain(node: pikepdf.Object) -> dict[str, object]:
    """A field's names, as `full_name` reads them."""
    found: dict[str, object] = {}
    if "/T" in node:
        found["/T"] = str(node.T)
    if "/Parent" in node:
        found["/Parent"] = _Node(_plain(node.Parent))
    return found


class _Node(dict[str, object]):
    def get_object(self) -> "_Node":
        return self


def test_every_writing_area_has_one_field_in_its_place(form: Form) -> None:
    placed = list(widgets(form.pdf))
    declared = {spec.name: spec for spec in form.fields}
    assert sorted(name for name, _ in placed) == sorted(spec.name for spec in form.fields)
    for name, (left, top, width, height) in placed:
        spec = declared[name]
        # A field over ruled lines ends below the last of them and is as many pitches high.
        tall = spec.pitch * spec.lines or spec.height
        expected = (spec.x, spec.y + spec.height - tall, spec.width, tall)
        assert (left, top, width, height) == pytest.approx(expected, abs=CLOSE), name


def test_no_writing_area_is_drawn_without_a_field(form: Form) -> None:
    templates = [path for path in form.job.layout.folder.iterdir() if path.suffix == ".j2"]
    assert templates
    assert [path.name for path in templates if "writing_lines" in path.read_text(encoding="utf-8")] == []


def test_ruled_lines_are_drawn_where_the_field_has_its_lines(form: Form) -> None:
    with pypdfium2.PdfDocument(form.pdf) as document:
        picture = document[0].render(scale=DPI / 72).to_pil().convert("L")
    ruled = [spec for spec in form.fields if spec.pitch]
    assert ruled
    for spec in ruled:
        for line in range(1, spec.lines + 1):
            found = darkest(picture, spec.x + spec.width * 0.96, spec.y + spec.pitch * line, spec.pitch * 0.25)
            assert found == pytest.approx(spec.y + spec.pitch * line, abs=CLOSE), (spec.name, line)


def darkest(picture: Image.Image, x: float, y: float, around: float) -> float:
    """The height in mm of the middle of the darkest dots in a column of 2 mm wide, `around` mm up and down from y."""
    scale = DPI / 25.4
    left, top, right, bottom = (round(value * scale) for value in (x - 1, y - around, x + 1, y + around))
    column = picture.crop((left, top, right, bottom)).resize((1, bottom - top), Image.Resampling.BOX)
    rows = [int(column.getpixel((0, row))) for row in range(column.height)]  # type: ignore[arg-type]
    dark = [row for row, value in enumerate(rows) if value <= min(rows) + 8]
    return (top + (dark[0] + dark[-1] + 1) / 2) / scale


def values(form: Form, seed: int) -> dict[str, str | bool]:
    """Something for about two in three fields; some of it as long as the field takes, some on several lines."""
    rng = random.Random(seed)
    found: dict[str, str | bool] = {}
    for slot in FormTemplate(form.pdf).slots.values():
        if rng.random() < 0.35:
            continue
        long = (LETTERS * 9)[: slot.maximum] if rng.random() < 0.4 else rng.choice(LETTERS.split())
        text = long.strip()
        if slot.multiline and len(text) + 8 < slot.maximum:
            text += "\nen “meer”"[: slot.maximum - len(text)]
        found[slot.name] = True if slot.tick else text
    return found


@pytest.mark.parametrize("program", [filled_by_pypdf, filled_by_pdfium])
def test_what_is_filled_in_comes_back_and_shows(form: Form, program: object) -> None:
    typed = values(form, 7)
    filled = program(form.pdf, typed)  # type: ignore[operator]
    read_back = read_answers(filled, "ingevuld.pdf")
    assert isinstance(read_back, Answers)
    assert {key: value for key, value in read_back.values.items() if value} == typed
    assert read_back.identity.product == form.job.layout.name
    assert invisible(form, filled, typed) == []


def invisible(form: Form, filled: bytes, typed: dict[str, str | bool]) -> list[str]:
    """The fields whose place looks as it did when the form was empty."""
    changed = ImageChops.difference(drawn(form.pdf), drawn(filled)).point(lambda value: 255 if value > 40 else 0)
    scale = 50 / 25.4
    return [
        name
        for name, (left, top, width, height) in widgets(form.pdf)
        if name in typed
        and not changed.crop(
            (int(left * scale), int(top * scale), int((left + width) * scale) + 1, int((top + height) * scale) + 1)
        ).getbbox()
    ]


@cache
def drawn(pdf: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        return document[0].render(scale=50 / 72).to_pil().convert("L")


@pytest.mark.long
@pytest.mark.parametrize("program", [filled_by_pypdf, filled_by_pdfium])
def test_a_hundred_forms_of_each_program_come_back_whole(program: object) -> None:
    for seed in range(100):
        form = made(seed % len(JOBS))
        typed = values(form, 1000 + seed)
        read_back = read_answers(program(form.pdf, typed), "ingevuld.pdf")  # type: ignore[operator]
        assert isinstance(read_back, Answers)
        assert {key: value for key, value in read_back.values.items() if value} == typed
