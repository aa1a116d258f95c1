"""Type measured outside the renderer: widths, exact baselines, even lines, the dots of i and j.

HarfBuzz shapes here as Pango does when the page is set, with the lining figures that every layout asks for:
what is measured is what is printed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import uharfbuzz as hb
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import RecordingPen

from invulposter.drawing.breaking import Line, Piece, broken, even, greedy, whole
from invulposter.errors import RequestError

_FEATURES = {"lnum": True}
_LANGUAGE = "nl"
_TYPOGRAPHIC_FAMILY, _FAMILY = 16, 1
_DOTTED = frozenset("ijĳ")


class UnknownFaceError(RequestError, LookupError):
    """A layout asks for a face that the fonts folder does not hold; names those it does."""


@dataclass(frozen=True)
class Fitted:
    """Text fitted in a box: size (mm), its lines, their height together (mm), and whether it does fit.

    `room` is the height of the box (mm). A layout that gives the element the height `taken` has it measured: text
    that does not fit then runs out of its box, and what stands below it stays where it is.
    """

    size: float
    lines: tuple[str, ...]
    height: float
    fits: bool
    room: float

    @property
    def taken(self) -> float:
        """The height (mm) that the text may take: its own, at most that of its box."""
        return max(0.0, min(self.height, self.room))

    @property
    def shown(self) -> int:
        """How many of the lines the box holds; one at least."""
        leading = self.height / len(self.lines)
        return len(self.lines) if self.height <= self.room else max(1, int(self.room / leading))


def _font(path: Path) -> hb.Font:
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))


class Face:
    """One font file. Sizes and lengths are mm; `ascent`, `descent`, `cap` and `xheight` are in em."""

    def __init__(self, path: Path) -> None:
        self._font = _font(path)
        self._em: int = self._font.face.upem
        extents = self._font.get_font_extents("ltr")
        self.ascent: float = extents.ascender / self._em
        self.descent: float = -extents.descender / self._em
        self.cap: float = self._font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT) / self._em
        self.xheight: float = self._font.get_metric_position_with_fallback(hb.OTMetricsTag.X_HEIGHT) / self._em
        self._advance = lru_cache(maxsize=8192)(self._shaped_advance)
        # The same texts come for both editions and, most of them, for every office.
        self._balanced = lru_cache(maxsize=2048, typed=True)(self._lines)
        self._fitting = lru_cache(maxsize=2048, typed=True)(self._first_that_fits)
        self._tittles = lru_cache(maxsize=64)(self._contours_above_xheight)

    def _shaped(self, text: str) -> hb.Buffer:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.language = _LANGUAGE
        hb.shape(self._font, buffer, _FEATURES)
        return buffer

    def _shaped_advance(self, text: str) -> float:
        advance = sum(int(glyph.x_advance) for glyph in self._shaped(text).glyph_positions or ())
        return advance / self._em

    def width(self, text: str, size: float = 1.0) -> float:
        """Width of `text` on one line at `size` mm, kerning included; soft hyphens take no room."""
        return self._advance(text.replace("\u00ad", "")) * size

    def top(self, baseline: float, size: float) -> float:
        """CSS `top` (mm) of a box with `line-height: 1` whose baseline must lie at `baseline`."""
        return baseline - size * (1 + self.ascent - self.descent) / 2

    def _contours_above_xheight(self, glyph: int) -> tuple[tuple[float, float, float], ...]:
        """Centre and radius, in font units, of each part of a glyph that floats above the x-height."""
        pen = RecordingPen()
        self._font.draw_glyph_with_pen(glyph, pen)
        found = []
        for contour in _contours(pen):
            left, bottom, right, top = contour
            if bottom > self.xheight * self._em * 0.9:
                found.append(((left + right) / 2, (bottom + top) / 2, (right - left) / 2))
        return tuple(found)

    def dots(self, text: str, x0: float, baseline: float, size: float) -> list[tuple[float, float, float]]:
        """Centre x, centre y and radius (mm) of the dots of i and j in a line that starts at `x0`.

        A glyph without a dot of its own, as in a ligature, gives none.
        """
        buffer = self._shaped(text)
        scale = size / self._em
        clusters = sorted({info.cluster for info in buffer.glyph_infos} | {len(text)})
        ends = dict(pairwise(clusters))
        pen, found = 0.0, []
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if _DOTTED.intersection(text[info.cluster : ends[info.cluster]]):
                for cx, cy, r in self._tittles(info.codepoint):
                    x = x0 + (pen + position.x_offset + cx) * scale
                    found.append((x, baseline - (cy + position.y_offset) * scale, r * scale))
            pen += position.x_advance
        return found

    def _joints(self) -> tuple[float, float]:
        return self._advance(" "), self._advance("-")

    def _even(self, pieces: Sequence[Piece], limit: float) -> list[Line]:
        return even(pieces, limit, *self._joints())

    def _lines(self, text: str, limit: float) -> tuple[str, ...]:
        return tuple(line.text for line in self._even(broken(text, self._advance, limit), limit))

    def _attempts(self, text: str, sizes: Sequence[float], width: float) -> Iterator[tuple[int, list[Piece]]]:
        """The place of every size with its words whole, then of every size with the words broken that are too wide."""
        unbroken = whole(text, self._advance)
        yield from ((place, unbroken) for place in range(len(sizes)))
        yield from ((place, broken(text, self._advance, width / size)) for place, size in enumerate(sizes))

    def _first_that_fits(
        self, text: str, sizes: tuple[float, ...], width: float, height: float, leading: float
    ) -> tuple[int, tuple[str, ...], bool]:
        """The place of the size at which a text is set, its lines, and whether it does fit; see `fit`."""
        for place, pieces in self._attempts(text, sizes, width):
            size = sizes[place]
            lines = greedy(pieces, width / size, *self._joints())
            fits = len(lines) * size * leading <= height and max(line.width for line in lines) <= width / size
            if fits:
                break
        return place, tuple(line.text for line in self._even(pieces, width / size)), fits

    def balance(self, text: str, size: float, width: float) -> list[str]:
        """Break `text` in the fewest lines of `width` mm, as even as possible.

        Words stay whole as long as each fits on a line of its own. One that does not is broken, with a
        hyphen, at its soft hyphens; a part that is still too wide as Dutch breaks it.
        """
        return list(self._balanced(text, width / size))

    def fit(self, text: str, sizes: Sequence[float], width: float, height: float, leading: float = 1.24) -> Fitted:
        """Set `text` at the first (largest) of `sizes` (mm) at which it fits in `width` x `height` mm.

        `leading` is the distance between lines in em. A size that keeps every word whole goes before a larger
        one that breaks words. Where none fits, the last size is given with `fits` false.
        """
        place, lines, fits = self._fitting(text, tuple(sizes), width, height, leading)
        return Fitted(sizes[place], lines, len(lines) * sizes[place] * leading, fits, height)


def _contours(pen: RecordingPen) -> Iterator[tuple[float, float, float, float]]:
    """Bounds of each closed contour of a recorded glyph: left, bottom, right, top."""
    bounds = BoundsPen(None)
    for operator, arguments in pen.value:
        getattr(bounds, operator)(*arguments)
        if operator in ("closePath", "endPath") and bounds.bounds:
            yield bounds.bounds
            bounds = BoundsPen(None)


Style = tuple[str, int, bool]


@lru_cache(maxsize=8)
def faces(folder: Path) -> dict[Style, Path]:
    """Font files (.ttf) under `folder` by family name, weight (100 to 900) and whether they are italic."""
    found = {}
    for path in sorted(folder.rglob("*.ttf")):
        font = _font(path)
        family = font.face.get_name(_TYPOGRAPHIC_FAMILY) or font.face.get_name(_FAMILY) or path.stem
        weight = round(font.get_style_value(hb.StyleTag.WEIGHT))
        found[family, weight, font.get_style_value(hb.StyleTag.ITALIC) > 0] = path
    return found


@lru_cache(maxsize=64)
def _face(path: Path) -> Face:
    return Face(path)


class Typecase:
    """The faces of some folders of fonts, an earlier folder first; call it as a layout does: `type('Young Serif')`."""

    def __init__(self, *folders: Path) -> None:
        self.folders = folders

    def __call__(self, family: str, weight: int = 400, italic: bool = False) -> Face:
        """Give a face; raises UnknownFaceError, which names the faces there are."""
        for folder in self.folders:
            path = faces(folder).get((family, weight, italic))
            if path is not None:
                return _face(path)
        known = {style: path for folder in reversed(self.folders) for style, path in faces(folder).items()}
        there = ", ".join(f"{name} {heavy}{' italic' if slanted else ''}" for name, heavy, slanted in known)
        asked = f"{family} {weight}{' italic' if italic else ''}"
        raise UnknownFaceError(f"There is no face '{asked}' among the fonts; there are: {there}.")
