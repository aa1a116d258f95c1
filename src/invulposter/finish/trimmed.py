"""One finished page to a sheet, with bleed and everything a print shop needs around it. Arithmetic only, in mm."""

from collections.abc import Sequence
from dataclasses import dataclass

from invulposter.finish.marks import cut_marks, registration_mark, slug_line
from invulposter.finish.schemes import Box, Mark, Rect, Sheet, fit
from invulposter.geometry import Size

#: Room outside the bleed for marks and the slug.
SLUG = 12.0
_PATCH = 4.0
#: Where the slug begins: below every mark, so that it has the whole width of a small page's sheet.
_SLUG_AT = (8.0, 0.9)
#: Full cyan, magenta, yellow and black, then their half tones.
_BAR = tuple(tuple(value if ink == full else 0.0 for ink in range(4)) for value in (1.0, 0.5) for full in range(4))


@dataclass(frozen=True)
class Trimmed:
    """What is asked: the finished size, its bleed (mm, at the finished size) and what the slug says.

    `slug` may hold `{sheet}` and `{sheets}`.
    """

    finished: Size
    bleed: float = 3.0
    slug: str = ""


def impose_trimmed(pages: Sequence[Size], trimmed: Trimmed) -> tuple[Sheet, ...]:
    """A sheet for every page: trim in the middle, bleed around it, marks and slug outside the bleed."""
    sheets = []
    for page, design in enumerate(pages):
        around = trimmed.bleed + SLUG
        lying = trimmed.finished.like(design)
        size = Size(lying.width + 2 * around, lying.height + 2 * around)
        trim = Rect(around, around, lying.width, lying.height)
        bleed = trim.grown(*[trimmed.bleed] * 4)
        words = trimmed.slug.format(sheet=page + 1, sheets=len(pages))
        marks = _marks(trim, bleed, size, words, trimmed.bleed)
        placement = fit(page, design, trim, bleed)
        sheets.append(Sheet(size, (placement,), marks, trim=trim, bleed=bleed))
    return tuple(sheets)


def _marks(trim: Rect, bleed: Rect, size: Size, words: str, gap: float) -> tuple[Mark, ...]:
    middle_x, middle_y = size.width / 2, size.height / 2
    off = SLUG / 2
    crosses = (
        (middle_x, off),
        (middle_x, size.height - off),
        (off, middle_y),
        (size.width - off, middle_y),
    )
    registration = [mark for x, y in crosses for mark in registration_mark(x, y)]
    slug = [slug_line(words, *_SLUG_AT)] if words else []
    return (*cut_marks([trim], size, gap=max(gap, 1.0)), *registration, *_colour_bar(bleed, size), *slug)


def _colour_bar(bleed: Rect, size: Size) -> tuple[Box, ...]:
    """Above the bleed, right of the middle; left out where the page is too small to hold it."""
    left, bottom = size.width / 2 + 6, bleed.top + SLUG - _PATCH - 2
    if left + len(_BAR) * _PATCH > bleed.right - 8:
        return ()
    return tuple(Box(Rect(left + at * _PATCH, bottom, _PATCH, _PATCH), ink) for at, ink in enumerate(_BAR))
