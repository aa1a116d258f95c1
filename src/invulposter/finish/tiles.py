"""A poster on several sheets that are glued together. Arithmetic only, in mm.

Every sheet is cut along its left and upper side only and laid over the sheet before it: the picture goes on for
`overlap` mm beyond each seam on the sheet below, so a cut that is a little off never shows white.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from invulposter.errors import RequestError
from invulposter.finish.schemes import TOUCH, Rect, printable, scale_between
from invulposter.geometry import A_SIZES, Size
from invulposter.paper import OFFICE_MARGINS, Margins

#: Height in mm under each tile for its label and ruler; the sheet below covers it.
LABEL_BAND = 7.0
#: Seams stay this far from what they must not cross, in mm.
CLEARANCE = 1.0
#: Seams are looked for on a raster of this many mm.
STEP = 2.0
#: More sheets than this is a slip of the pen, not a poster.
MOST_SHEETS = 400
#: A smaller overlap leaves nothing to put glue on, in mm.
LEAST_OVERLAP = 5.0


@dataclass(frozen=True)
class Tiles:
    """What is asked: the poster's finished size, what the printer leaves white, and mm of shared picture.

    Seams should stay out of the rectangles in `avoid`, and rather out of those in `text` too (mm, at the finished
    size, from the lower left).
    """

    finished: Size
    margins: Margins = OFFICE_MARGINS
    overlap: float = 10.0
    avoid: tuple[Rect, ...] = ()
    text: tuple[Rect, ...] = ()


@dataclass(frozen=True)
class Tile:
    """One sheet's part of the poster: `window` is what it shows, from the poster's lower left; rows from the top."""

    column: int
    row: int
    window: Rect


@dataclass(frozen=True)
class Tiling:
    """A poster cut up: the paper as it lies, seams from the left and from the bottom, tiles in glueing order.

    `crossed` are the avoided rectangles that a seam runs through all the same, `split` the texts; `overlap` is the
    one chosen.
    """

    paper: Size
    finished: Size
    overlap: float
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    tiles: tuple[Tile, ...]
    crossed: tuple[Rect, ...] = ()
    split: tuple[Rect, ...] = ()

    @property
    def grid(self) -> tuple[int, int]:
        """How many columns and rows of sheets there are."""
        return len(self.columns) + 1, len(self.rows) + 1

    @property
    def cut_through(self) -> int:
        """How many places that had better stay whole a seam runs through."""
        return len(self.crossed) + len(self.split)

    @property
    def waste(self) -> float:
        """The share of the paper that the poster does not cover, 0 to 1."""
        area = self.finished.width * self.finished.height
        return 1 - area / (len(self.tiles) * self.paper.width * self.paper.height)


def tile(tiles: Tiles, paper: Size) -> Tiling:
    """Cut the poster up for paper that lies whichever way takes fewer sheets.

    Seams stay out of `tiles.avoid` where they can: they move within the room the last sheets leave, and if that
    is not enough a smaller overlap is tried. Raises RequestError for paper with no room or far too many sheets.
    """
    lying = [_on(tiles, size, tiles.overlap) for size in _fewest(tiles, paper)]
    best = min(lying, key=lambda tiling: tiling.cut_through)
    if best.cut_through:
        narrower = [tiles.overlap - less for less in (2.5, 5.0) if tiles.overlap - less >= LEAST_OVERLAP]
        tried = [_on(tiles, best.paper, overlap) for overlap in narrower]
        # Less to glue on is worth it only where far less is cut through.
        best = next((other for other in tried if 2 * other.cut_through <= best.cut_through), best)
    return best


def lying_as(tiles: Tiles, design: Size) -> Tiles:
    """The same request with the poster as its design lies and in its proportions."""
    scale = scale_between(design, tiles.finished.like(design))
    return replace(tiles, finished=Size(design.width * scale, design.height * scale))


def picture_area(paper: Size, margins: Margins) -> Rect:
    """Where on the sheet a tile's picture comes: inside the margins, above the label band."""
    return printable(margins, paper).grown(0, -LABEL_BAND, 0, 0)


def _fewest(tiles: Tiles, paper: Size) -> tuple[Size, ...]:
    """The ways the paper may lie that take the fewest sheets."""
    found: dict[Size, int] = {}
    for size in dict.fromkeys((paper, paper.turned())):
        area = picture_area(size, tiles.margins)
        if min(area.width, area.height) < tiles.overlap + 20:
            continue
        sheets = seams_needed(tiles.finished.width, area.width, tiles.overlap) + 1
        sheets *= seams_needed(tiles.finished.height, area.height, tiles.overlap) + 1
        if sheets <= MOST_SHEETS:
            found[size] = sheets
    if not found:
        raise RequestError(
            f"{tiles.finished.width:g} x {tiles.finished.height:g} mm can't be made of {paper.name} sheets: margins"
            f" and overlap leave too little of each, or it takes more than {MOST_SHEETS} sheets"
        )
    return tuple(size for size, sheets in found.items() if sheets == min(found.values()))


def _on(tiles: Tiles, paper: Size, overlap: float) -> Tiling:
    area = picture_area(paper, tiles.margins)
    finished = tiles.finished
    kept_whole = tiles.avoid + tiles.text
    columns = seams(finished.width, area.width, overlap, [(r.x, r.right) for r in kept_whole])
    rows = seams(finished.height, area.height, overlap, [(r.y, r.top) for r in kept_whole], from_end=True)
    crossed, split = _cut(tiles.avoid, columns, rows), _cut(tiles.text, columns, rows)
    return Tiling(paper, finished, overlap, columns, rows, _cut_up(finished, columns, rows, overlap), crossed, split)


def _cut(rects: Sequence[Rect], columns: Sequence[float], rows: Sequence[float]) -> tuple[Rect, ...]:
    """Those that a seam runs through."""
    return tuple(
        rect
        for rect in rects
        if any(rect.x < x < rect.right for x in columns) or any(rect.y < y < rect.top for y in rows)
    )


def _cut_up(finished: Size, columns: Sequence[float], rows: Sequence[float], overlap: float) -> tuple[Tile, ...]:
    """Windows: each goes on for `overlap` to the right and downwards, under the sheet that comes after it."""
    across = [(left, min(right + overlap, finished.width)) for left, right in pairwise((0.0, *columns, finished.width))]
    upwards = [(max(low - overlap, 0.0), high) for low, high in pairwise((0.0, *rows, finished.height))]
    return tuple(
        Tile(column, row, Rect(left, low, right - left, high - low))
        for row, (low, high) in enumerate(reversed(upwards))
        for column, (left, right) in enumerate(across)
    )


def seams_needed(length: float, reach: float, overlap: float) -> int:
    """How many seams a side of `length` mm needs when a sheet shows `reach` mm and shares `overlap`."""
    if length <= reach + TOUCH:
        return 0
    return -int(-(length - reach - TOUCH) // (reach - overlap))


def seams(
    length: float,
    reach: float,
    overlap: float,
    avoid: Sequence[tuple[float, float]] = (),
    *,
    from_end: bool = False,
) -> tuple[float, ...]:
    """Where the seams come along one side, from its start, in mm.

    Evenly spread when nothing is to be avoided; else moved to cross as little of `avoid` (start, end) as can be.
    With `from_end` the picture goes on before a seam instead of behind it, as it does for rows.
    """
    if from_end:
        mirrored = [(length - end, length - start) for start, end in avoid]
        return tuple(length - seam for seam in reversed(seams(length, reach, overlap, mirrored)))
    count = seams_needed(length, reach, overlap)
    # All windows alike: n steps and one more overlap make the whole length.
    pitch = (length - overlap) / (count + 1)
    even = tuple(pitch * (number + 1) for number in range(count))
    if not count or not any(start < seam < end for seam in even for start, end in avoid):
        return even
    return _least_crossing(length, reach, overlap, avoid, even)


def _least_crossing(
    length: float, reach: float, overlap: float, avoid: Sequence[tuple[float, float]], even: Sequence[float]
) -> tuple[float, ...]:
    """Shortest path over a raster: a seam costs what it crosses, then a little for being off its even place."""
    raster = [STEP * number for number in range(1, int(length / STEP) + 1)]
    places = sorted({*even, *(place for place in raster if place < length)})
    starts_at, ends_at = sorted(a - CLEARANCE for a, _ in avoid), sorted(b + CLEARANCE for _, b in avoid)
    crossings = {place: bisect_left(starts_at, place) - bisect_right(ends_at, place) for place in places}
    pitch = reach - overlap
    starts: list[float] = [0.0]
    paths: list[tuple[float, tuple[float, ...]]] = [(0.0, ())]
    for number, target in enumerate(even, 1):
        reached: list[float] = []
        longer: list[tuple[float, tuple[float, ...]]] = []
        # Nearer the start, the sheets that remain would not reach the end; farther on, those before would not reach it.
        first, last = length - reach - (len(even) - number) * pitch, number * pitch
        for place in places[bisect_left(places, first - TOUCH) : bisect_right(places, last + TOUCH)]:
            nearby = slice(bisect_left(starts, place - pitch - TOUCH), bisect_right(starts, place - overlap))
            if before := paths[nearby]:
                cost, chosen = min(before)
                off = abs(place - target) / length / 1000
                reached.append(place)
                longer.append((cost + crossings[place] + off, (*chosen, place)))
        starts, paths = reached, longer
    ends = [path for seam, path in zip(starts, paths, strict=True) if overlap <= length - seam <= reach + TOUCH]
    return min(ends)[1] if ends else tuple(even)


@dataclass(frozen=True)
class PossibleSize:
    """A finished size that a number of sheets can make; `waste` is the share of paper it does not cover."""

    size: Size
    sheets: int
    waste: float


def possible_sizes(design: Size, paper: Size, most: int, tiles: Tiles) -> tuple[PossibleSize, ...]:
    """Every A size and every largest size for 1 to `most` sheets, the largest first.

    `design` gives the proportions; margins and overlap are those of `tiles` (its finished size does not matter).
    A size that fewer sheets make as well is named once, with those.
    """
    standard = {design.scale_to(a_size.like(design)) for a_size in _a_sizes() if _same_shape(design, a_size)}
    largest = {_largest(design, size, grid, tiles) for size in (paper, paper.turned()) for grid in _grids(most)}
    kept: list[PossibleSize] = []
    fewest = most + 1
    for factor in sorted({*standard, *largest} - {0.0}, reverse=True):
        size = Size(design.width * factor, design.height * factor)
        tiling = tile(Tiles(size, tiles.margins, tiles.overlap), paper)
        made = PossibleSize(size, len(tiling.tiles), tiling.waste)
        # A smaller size that takes as many sheets as a larger one is of use only when it has a name.
        if made.sheets < fewest or (made.sheets <= most and factor in standard):
            kept.append(made)
            fewest = min(fewest, made.sheets)
    return tuple(kept)


def _grids(most: int) -> tuple[tuple[int, int], ...]:
    return tuple((columns, rows) for columns in range(1, most + 1) for rows in range(1, most // columns + 1))


def _largest(design: Size, paper: Size, grid: tuple[int, int], tiles: Tiles) -> float:
    """The largest factor for a grid, rounded down to whole millimetres of width."""
    area = picture_area(paper, tiles.margins)
    columns, rows = grid
    room = Size(
        columns * (area.width - tiles.overlap) + tiles.overlap, rows * (area.height - tiles.overlap) + tiles.overlap
    )
    if min(room.width, room.height) <= 0:
        return 0.0
    return int(design.width * design.scale_to(room)) / design.width


def _a_sizes() -> tuple[Size, ...]:
    return tuple(Size(*measures) for measures in A_SIZES.values())


def _same_shape(design: Size, size: Size) -> bool:
    lying = size.like(design)
    return abs(lying.width / lying.height - design.width / design.height) < 0.01
