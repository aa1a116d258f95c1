"""The PDF that is to be imposed: opened with care, its pages measured."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

import pikepdf
from pypdf.errors import DependencyError, PyPdfError

from invulposter.errors import InvulposterError, RequestError
from invulposter.finish.operators import Matrix
from invulposter.geometry import Size, mm

#: Outside these (mm), a page is a mistake in the file and not a design.
SMALLEST, LARGEST = 10.0, 5000.0
#: More pages than this is a wrong file.
MOST_PAGES = 5000

_PROTECTED = "the PDF is protected with a password: save a copy without it first"


#: Left, bottom, right and top of a page box, in a page's own coordinates.
Corners = tuple[float, float, float, float]


@dataclass(frozen=True)
class SourcePage:
    """One page as it is seen: upright, its trim's size in mm and the bleed it has on all sides.

    `matrix` takes the page's own coordinates to points from the lower left corner of the upright trim;
    `box` is the page's media box in its own coordinates.
    """

    size: Size
    bleed: float
    matrix: Matrix
    box: Corners


@dataclass(frozen=True)
class Source:
    """A PDF that is open: its pages, and what they measure."""

    pdf: pikepdf.Pdf
    sheets: tuple[pikepdf.Object, ...]
    pages: tuple[SourcePage, ...]

    @property
    def numbers(self) -> int:
        """How many numbers its objects may have, 0 counted in: the first that is free."""
        return self.pdf.make_indirect(pikepdf.Dictionary()).objgen[0]


@contextmanager
def understood() -> Iterator[None]:
    """Turn whatever a broken file makes the PDF library raise into one sentence (RequestError)."""
    try:
        yield
    except InvulposterError:
        raise
    except DependencyError as error:
        # Only pypdf's ciphers need a package that is not there.
        raise RequestError(_PROTECTED) from error
    except (
        PyPdfError,
        pikepdf.PikepdfError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
        AssertionError,
        OverflowError,
        NotImplementedError,
    ) as error:
        raise RequestError(
            "the PDF is damaged and can't be read: save it again from the program that made it"
        ) from error


def open_pdf(data: bytes) -> pikepdf.Pdf:
    """A PDF that has pages, no password and no unusable sizes; else RequestError."""
    with understood():
        if b"%PDF-" not in data[:1024]:
            raise RequestError("this is not a PDF file")
        try:
            pdf = pikepdf.Pdf.open(io.BytesIO(data))
        except pikepdf.PasswordError as error:
            raise RequestError(_PROTECTED) from error
        if pdf.is_encrypted:
            raise RequestError(_PROTECTED)
        form = pdf.Root.get("/AcroForm", ())
        if "/XFA" in form and "/Fields" not in form:
            raise RequestError("the PDF is a dynamic form (XFA): print it to a PDF first")
        if not pdf.pages:
            raise RequestError("the PDF has no pages")
        if len(pdf.pages) > MOST_PAGES:
            raise RequestError(f"the PDF has {len(pdf.pages)} pages, more than {MOST_PAGES}")
        return pdf


def read_source(data: bytes) -> Source:
    """A PDF opened and measured; RequestError as in `open_pdf` and `measured`."""
    return source_of(open_pdf(data))


def source_of(pdf: pikepdf.Pdf) -> Source:
    """An open PDF measured."""
    with understood():
        sheets = tuple(page.obj for page in pdf.pages)
    return Source(pdf, sheets, tuple(measured(page) for page in sheets))


def measured(page: pikepdf.Object) -> SourcePage:
    """What a page measures (ISO 32000-2, 14.11.2: boxes default to the crop box, that to the media box)."""
    with understood():
        media, crop, trim, bleed = (_corners(page, name) for name in ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox"))
        unit = float(page["/UserUnit"]) if "/UserUnit" in page else 1.0
        rotation = int(page["/Rotate"]) % 360 if "/Rotate" in page else 0
        if media is None:
            raise ValueError("a page has no media box")
        return _measured(media, crop, trim, bleed, unit, rotation)


@lru_cache(maxsize=64)
def _measured(
    media: Corners, crop: Corners | None, trim: Corners | None, bleed: Corners | None, unit: float, rotation: int
) -> SourcePage:
    crop = _common(crop or media, media)
    trim = _common(trim or crop, crop)
    bleed = _common(bleed or trim, media)
    width, height = trim[2] - trim[0], trim[3] - trim[1]
    size = Size(mm(width * unit), mm(height * unit))
    if not (min(size.width, size.height) >= SMALLEST and max(size.width, size.height) <= LARGEST):
        raise RequestError(
            f"a page of the PDF measures {size.width:.4g} x {size.height:.4g} mm:"
            f" each side must be between {SMALLEST:g} and {LARGEST:g} mm"
        )
    around = min(trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3])
    upright = size.turned() if rotation % 180 else size
    return SourcePage(upright, max(0.0, mm(around * unit)), _upright(trim, rotation, unit), media)


def _corners(page: pikepdf.Object, name: str) -> Corners | None:
    found = page.get(name)
    if not isinstance(found, pikepdf.Array):
        return None
    x1, y1, x2, y2 = map(float, found.as_list())
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _common(box: Corners, outer: Corners) -> Corners:
    """A box never reaches outside the one it is defined in; one that lies elsewhere is taken as that one."""
    left, bottom = max(box[0], outer[0]), max(box[1], outer[1])
    right, top = min(box[2], outer[2]), min(box[3], outer[3])
    return (left, bottom, right, top) if right > left and top > bottom else outer


def _upright(trim: Corners, rotation: int, unit: float) -> Matrix:
    """Undo /Rotate (clockwise) and /UserUnit, and put the trim's lower left corner in the origin."""
    left, bottom, right, top = (side * unit for side in trim)
    turned: dict[int, Matrix] = {
        0: (unit, 0, 0, unit, -left, -bottom),
        90: (0, -unit, unit, 0, -bottom, right),
        180: (-unit, 0, 0, -unit, right, top),
        270: (0, unit, -unit, 0, top, -left),
    }
    return turned.get(rotation, turned[0])
