"""What is written on tiles for the trainer who glues them together: labels, rulers and the assembly map, in Dutch."""

from collections.abc import Sequence

from invulposter.finish.marks import MARK_GAP, MARK_LENGTH, cross, ruler
from invulposter.finish.schemes import (
    Anchor,
    Box,
    Line,
    Mark,
    Placement,
    Rect,
    Sheet,
    Text,
    printable,
    scale_between,
)
from invulposter.finish.tiles import Tile, Tiles, Tiling, picture_area
from invulposter.geometry import Size

#: Arms of the crosses where seams meet, in mm: short enough to be missed at arm's length.
SEAM_ARM = 3.0

#: What the ruler and its caption take, in mm.
_RULER_ROOM = 113.0


def tile_name(column: int, row: int) -> str:
    """`A1` is the upper left sheet, `B1` the one to its right."""
    return f"{_letters(column)}{row + 1}"


def _letters(number: int) -> str:
    rest, last = divmod(number, 26)
    return (_letters(rest - 1) if rest else "") + chr(ord("A") + last)


def tile_sheets(tiling: Tiling, tiles: Tiles, page: int, design: Size) -> tuple[Sheet, ...]:
    """The assembly map, then a sheet for every tile in glueing order.

    `page` is the source page (from 0) and `design` its trim size in mm.
    """
    scale = scale_between(design, tiling.finished)
    sheets = tuple(_tile_sheet(tiling, tiles, part, page, scale) for part in tiling.tiles)
    return (assembly_map(tiling, page, scale), *sheets)


def _tile_sheet(tiling: Tiling, tiles: Tiles, part: Tile, page: int, scale: float) -> Sheet:
    picture = _picture(tiling, tiles, part)
    origin_x, origin_y = picture.x - part.window.x, picture.y - part.window.y
    placement = Placement(page, origin_x, origin_y, 0, scale, picture)
    marks: tuple[Mark, ...] = (
        *_seam_crosses(tiling, picture, origin_x, origin_y),
        *_cut_lines(picture),
        *_trim_corners(tiling, part, picture),
        *_label(tiling, tiles, part),
    )
    return Sheet(tiling.paper, (placement,), marks)


def _picture(tiling: Tiling, tiles: Tiles, part: Tile) -> Rect:
    """The window in the upper left of the printable area, so that both cuts lie at the same place on every sheet."""
    area = picture_area(tiling.paper, tiles.margins)
    return Rect(area.x, area.top - part.window.height, part.window.width, part.window.height)


def _seam_crosses(tiling: Tiling, picture: Rect, x: float, y: float) -> tuple[Mark, ...]:
    """A cross wherever seams meet each other or the poster's edge, drawn on every sheet that shows the place.

    They are drawn in the poster's coordinates and clipped with the picture: the same on both sides of a seam.
    """
    across = (0.0, *tiling.columns, tiling.finished.width)
    upwards = (0.0, *tiling.rows, tiling.finished.height)
    lines = [
        line
        for at_x in across
        for at_y in upwards
        if at_x in tiling.columns or at_y in tiling.rows
        for line in cross(x + at_x, y + at_y, SEAM_ARM, gray=0.4)
    ]
    return tuple(kept for line in lines if (kept := _clipped(line, picture)))


def _clipped(line: Line, rect: Rect) -> Line | None:
    """The part of a level or upright line that lies inside a rectangle."""
    x1, x2 = max(line.x1, rect.x), min(line.x2, rect.right)
    y1, y2 = max(line.y1, rect.y), min(line.y2, rect.top)
    if x1 > x2 or y1 > y2:
        return None
    return Line(x1, y1, x2, y2, line.width, line.gray)


def _cut_lines(picture: Rect) -> tuple[Line, ...]:
    """Along the left and upper side, wholly outside the picture."""
    out = 0.05
    return (
        Line(picture.x - out, picture.y, picture.x - out, picture.top + out),
        Line(picture.x - out, picture.top + out, picture.right, picture.top + out),
    )


def _trim_corners(tiling: Tiling, part: Tile, picture: Rect) -> tuple[Line, ...]:
    """Where the poster itself ends to the right or below: marks for the last cut, once all is glued."""
    ends: list[Line] = []
    near, far = MARK_GAP, MARK_GAP + MARK_LENGTH
    if part.column == len(tiling.columns):
        for y in (picture.y, picture.top):
            ends.append(Line(picture.right + near, y, picture.right + far, y))
    if part.row == len(tiling.rows):
        for x in (picture.x, picture.right):
            ends.append(Line(x, picture.y - near, x, picture.y - far + 2))
    return tuple(ends)


def _label(tiling: Tiling, tiles: Tiles, part: Tile) -> tuple[Mark, ...]:
    """Row, column, neighbours and a ruler in the band under the picture."""
    band = printable(tiles.margins, tiling.paper)
    text = (
        f"rij {part.row + 1} van {len(tiling.rows) + 1}, kolom {part.column + 1} van {len(tiling.columns) + 1}"
        f"{neighbours(tiling, part)}"
    )
    name = Text(band.x, band.y + 0.8, tile_name(part.column, part.row), size=12)
    if band.width >= _RULER_ROOM + 9 + 90:
        words = Text(band.x + 9, band.y + 0.8, text, size=9)
        return (name, words, *ruler(band.right - _RULER_ROOM, band.y + 0.6))
    above = Text(band.x + 9, band.y + 3.9, text, size=7)
    return (name, above, *ruler(band.x + 9, band.y + 0.6))


def neighbours(tiling: Tiling, part: Tile) -> str:
    """What lies beside a tile, as its label says it."""
    columns, rows = len(tiling.columns), len(tiling.rows)
    beside = (
        ("links", part.column - 1, part.row, part.column > 0),
        ("rechts", part.column + 1, part.row, part.column < columns),
        ("boven", part.column, part.row - 1, part.row > 0),
        ("onder", part.column, part.row + 1, part.row < rows),
    )
    return "".join(f" · {where} {tile_name(x, y)}" for where, x, y, there in beside if there)


def assembly_map(tiling: Tiling, page: int, scale: float) -> Sheet:
    """The first page: how to make the poster, in Dutch, and the poster small with its seams."""
    paper = tiling.paper
    # Type keeps its size on A4 and shrinks with anything smaller.
    unit = min(1.0, min(paper.width, paper.height) / 210)
    words, below = _words(instructions(tiling), paper, unit)
    edge = 12 * unit
    field = Rect(edge, edge, paper.width - 2 * edge, below - edge)
    placement, drawn = _small_poster(tiling, page, scale, field)
    return Sheet(paper, (placement,), (*words, *drawn))


def _words(lines: Sequence[str], paper: Size, unit: float) -> tuple[list[Text], float]:
    """Heading, what it will be, then numbered steps, in two columns on a sheet that lies; and where they end."""
    heading, summary, *steps = lines
    edge, pitch = 12 * unit, 6.2 * unit
    top = paper.height - edge
    words = [Text(edge, top - 6 * unit, heading, size=22 * unit), Text(edge, top - 14 * unit, summary, size=11 * unit)]
    columns = 2 if paper.landscape else 1
    in_column = -(-len(steps) // columns)
    for at, step in enumerate(steps):
        column, row = divmod(at, in_column)
        x = edge + column * (paper.width - edge) / 2
        y = top - 24 * unit - row * pitch
        words += [Text(x, y, str(at + 1), size=10 * unit, gray=0.45), Text(x + 5 * unit, y, step, size=10 * unit)]
    return words, top - 24 * unit - in_column * pitch - 2 * unit


def instructions(tiling: Tiling) -> tuple[str, ...]:
    """The words on the assembly map, the heading first."""
    count, columns, rows = len(tiling.tiles), len(tiling.columns) + 1, len(tiling.rows) + 1
    size = f"{tiling.finished.width:g} × {tiling.finished.height:g} mm"
    last = tile_name(columns - 1, 0)
    return (
        f"Plakplan: {count} vellen worden één poster",
        f"De poster wordt {size}. Print {count} vellen {tiling.paper.name}: {columns} naast en {rows} onder elkaar.",
        "Kies in het printvenster 100 % (werkelijke grootte), nooit ‘passend maken’, en print enkelzijdig.",
        "Meet op het eerste vel de liniaal na: die is precies 100 mm.",
        "Snijd van elk vel alleen de linkerkant en de bovenkant af, langs de lijnen. De rest blijft zitten.",
        f"Plak eerst elke rij: begin bij A1, leg B1 met de gesneden kant over A1, enzovoort tot {last}."
        if columns > 1
        else "Elke rij is één vel breed.",
        f"Plak dan de rijen: leg rij 2 met de gesneden bovenkant over rij 1, enzovoort tot rij {rows}."
        if rows > 1
        else "Er is maar één rij: na de laatste naad is de poster af.",
        f"De vellen overlappen {tiling.overlap:g} mm. Het ligt goed als de halve kruisjes bij de naden samenkomen.",
        "Snijd tot slot rechts en onder het wit weg, langs de merktekens.",
    )


def _small_poster(tiling: Tiling, page: int, scale: float, field: Rect) -> tuple[Placement, tuple[Mark, ...]]:
    small = tiling.finished.scale_to(field.size)
    x = field.x + (field.width - tiling.finished.width * small) / 2
    y = field.top - tiling.finished.height * small
    poster = Rect(x, y, tiling.finished.width * small, tiling.finished.height * small)
    placement = Placement(page, x, y, 0, scale * small, poster)
    upright = [Line(x + at * small, y, x + at * small, poster.top, 0.25) for at in tiling.columns]
    level = [Line(x, y + at * small, poster.right, y + at * small, 0.25) for at in tiling.rows]
    names = [mark for order, part in enumerate(tiling.tiles) for mark in _named(part, order, small, x, y)]
    return placement, (*_outline(poster), *upright, *level, *names)


def _named(part: Tile, order: int, small: float, x: float, y: float) -> tuple[Mark, ...]:
    """A white tag with the sheet's name and its turn."""
    tag = Rect(x + part.window.x * small, y + part.window.top * small - 5, 12.5, 5)
    return (
        Box(tag),
        Text(tag.x + 1.2, tag.y + 1.3, tile_name(part.column, part.row), size=11),
        Text(tag.right - 1, tag.y + 1.3, str(order + 1), size=7, anchor=Anchor.END, gray=0.3),
    )


def _outline(rect: Rect) -> tuple[Line, ...]:
    corners = ((rect.x, rect.y), (rect.right, rect.y), (rect.right, rect.top), (rect.x, rect.top))
    return tuple(Line(*start, *end, 0.25) for start, end in zip(corners, corners[1:] + corners[:1], strict=True))
