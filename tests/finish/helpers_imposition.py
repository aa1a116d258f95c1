"""PDFs to impose, sheets as letters, and what finished PDFs measure."""

import io
import re
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image
from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from invulposter.finish.schemes import TOUCH, Rect, Sheet
from invulposter.geometry import Size, mm, pt

FONTS = Path(__file__).parents[2] / "fonts"
A4, A3, A1 = Size(210, 297), Size(297, 420), Size(841, 594)
CARD, A5 = Size(105, 74), Size(148, 210)

Draw = Callable[[Canvas, int, Size], None]


def overlap(one: Rect, other: Rect) -> bool:
    """Whether they share more than a side."""
    shared = one.within(other)
    return min(shared.width, shared.height) > TOUCH


def numbered(canvas: Canvas, page: int, size: Size) -> None:
    """A tint, a diagonal and the page's number: shows at once what lies where and which way up."""
    canvas.setFillColorRGB(0.85, 0.92, (page % 5) / 5)
    canvas.rect(-20, -20, pt(size.width) + 40, pt(size.height) + 40, fill=1, stroke=0)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.line(0, 0, pt(size.width), pt(size.height))
    canvas.setFont("Helvetica", pt(size.height) / 4)
    canvas.drawString(pt(size.width) / 8, pt(size.height) / 8, f"p{page + 1}")


def plaid(canvas: Canvas, page: int, size: Size) -> None:
    """Lines and words everywhere, so that two places that look alike are the same place."""
    for step in range(0, int(size.width), 7):
        canvas.setStrokeColorRGB((step * 37 % 100) / 100, 0.4, 0.5)
        canvas.line(pt(step), 0, pt(step * 0.7 + 40), pt(size.height))
    canvas.setFont("Helvetica", 14)
    for row in range(5, int(size.height), 11):
        canvas.drawString(pt(3), pt(row), " ".join(f"{row}:{column}" for column in range(0, int(size.width), 9)))


def pdf(pages: int, size: Size, draw: Draw = numbered, bleed: float = 0.0) -> bytes:
    """A PDF of `pages` pages with that trim, and where asked a bleed around it."""
    out = io.BytesIO()
    page_size = (pt(size.width + 2 * bleed), pt(size.height + 2 * bleed))
    # Compressed as WeasyPrint does, without reportlab's turn through ASCII.
    rl_config.useA85 = 0
    canvas = Canvas(out, pagesize=page_size, invariant=1, pageCompression=1)
    for page in range(pages):
        canvas.translate(pt(bleed), pt(bleed))
        draw(canvas, page, size)
        if bleed:
            trim = (pt(bleed), pt(bleed), pt(bleed + size.width), pt(bleed + size.height))
            canvas.setTrimBox(trim)
            canvas.setBleedBox((0, 0, *page_size))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def letters(sheet: Sheet, sizes: Sequence[Size], columns: int, rows: int) -> str:
    """The sheet as text: a letter per page where its trim lies, small where it stands on its head, `.` for paper."""
    return "\n".join(
        "".join(
            _letter(sheet, sizes, (column + 0.5) / columns * sheet.size.width, (row + 0.5) / rows * sheet.size.height)
            for column in range(columns)
        )
        for row in reversed(range(rows))
    )


def _letter(sheet: Sheet, sizes: Sequence[Size], x: float, y: float) -> str:
    for placement in sheet.placements:
        trim = placement.trim(sizes[placement.page]).within(placement.clip)
        if trim.x < x < trim.right and trim.y < y < trim.top:
            letter = chr(ord("A") + placement.page)
            return letter.lower() if placement.rotation == 180 else letter
    return "."


def drawn(text: str) -> str:
    """A drawing in a test, without its indentation."""
    return "\n".join(line.strip() for line in text.strip().splitlines())


@dataclass(frozen=True)
class Found:
    """A page as it was found in a finished PDF: its number from 0, where its trim came (mm), its rotation."""

    page: int
    trim: Rect
    rotation: int
    scale: float
    clip: Rect


def placements_in(data: bytes, sizes: Sequence[Size]) -> list[list[Found]]:
    """What each page of a finished PDF shows, measured from its own operators by another library."""
    with pikepdf.open(io.BytesIO(data)) as found:
        return [[*_placements(page, sizes)] for page in found.pages]


def _placements(page: pikepdf.Page, sizes: Sequence[Size]) -> list[Found]:
    result = []
    clip: Rect | None = None
    matrix = pikepdf.Matrix()
    stack: list[pikepdf.Matrix] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "q":
            stack.append(matrix)
        elif name == "Q":
            matrix = stack.pop()
        elif name == "re":
            clip = Rect(*(mm(float(value)) for value in operands))
        elif name == "cm":
            matrix = pikepdf.Matrix(*(float(value) for value in operands)) @ matrix
        elif name == "Do" and str(operands[0]).startswith("/P"):
            number = int(re.sub(r"\D", "", str(operands[0])))
            assert clip is not None
            result.append(_found(number, sizes[number], matrix, clip))
    return result


def _found(number: int, size: Size, matrix: pikepdf.Matrix, clip: Rect) -> Found:
    corners = [matrix.transform((x, y)) for x in (0, pt(size.width)) for y in (0, pt(size.height))]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    bottom, top = min(y for _, y in corners), max(y for _, y in corners)
    trim = Rect(mm(left), mm(bottom), mm(right - left), mm(top - bottom))
    a, b = matrix.a, matrix.b
    rotation = 0 if a > 1e-9 else 180 if a < -1e-9 else 90 if b > 0 else 270
    return Found(number, trim, rotation, (a * a + b * b) ** 0.5, clip)


def check_with_qpdf(data: bytes, folder: Path) -> None:
    """No error and no warning from an independent reader."""
    path = folder / "checked.pdf"
    path.write_bytes(data)
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr


def text_of(data: bytes, folder: Path) -> str:
    """The words Poppler finds."""
    path = folder / "words.pdf"
    path.write_bytes(data)
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return done.stdout


def picture(data: bytes, page: int, pixels_per_mm: float) -> Image.Image:
    """A page rasterised."""
    document = pypdfium2.PdfDocument(data)
    try:
        # A hair less, so that 210.0001 mm does not become a pixel more than 210 mm.
        scale = pixels_per_mm / pt(1) * (1 - 1e-6)
        return document[page].render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()
