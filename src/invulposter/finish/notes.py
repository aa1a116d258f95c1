"""What is worth telling who prints and cuts, in Dutch. Pure."""

from collections.abc import Sequence
from math import floor

from invulposter.finish.booklet import signature
from invulposter.finish.marks import SHORTEST, cut_positions
from invulposter.finish.nup import Cards, Grid
from invulposter.finish.schemes import Line, Rect, Sheet, Side, printable
from invulposter.finish.tiles import Tiles, Tiling
from invulposter.finish.trimmed import Trimmed
from invulposter.geometry import Size
from invulposter.paper import NO_MARGINS, OFFICE_MARGINS, Duplex

Notes = tuple[str, ...]


def cards(grid: Grid, asked: Cards, sheets: Sequence[Sheet]) -> Notes:
    """Where to cut when there is no room for marks, and which cards a printer does print to their edges."""
    cells = grid.cells + grid.folded
    field = printable(OFFICE_MARGINS if asked.margins == NO_MARGINS else asked.margins, grid.size)
    marks = [mark for mark in sheets[0].marks if isinstance(mark, Line) and not mark.dash and _seen(mark, field)]
    columns = cut_positions(((cell.x, cell.right) for cell in cells), grid.size.width)
    rows = cut_positions(((cell.y, cell.top) for cell in cells), grid.size.height)
    unmarked = (
        (columns, "links", any(mark.x1 == mark.x2 for mark in marks)),
        (rows, "onder", any(mark.y1 == mark.y2 for mark in marks)),
    )
    places = [f"op {_listed(cuts)} van {side}" for cuts, side, marked in unmarked if cuts and not marked]
    cut = f"Er is geen ruimte voor alle snijtekens: snijd {' en '.join(places)}."
    smaller = _inside_margins(grid, asked)
    lost = f"{_LOST} Kaarten van {smaller.name.replace('x', ' x ')} mm passen er wel heel op." if smaller else ""
    return tuple(note for note in (cut if places else "", lost) if note)


def _seen(mark: Line, field: Rect) -> bool:
    """Whether enough of a level or upright mark comes out of the printer, which prints inside `field`."""
    across = min(max(mark.x1, mark.x2), field.right) - max(min(mark.x1, mark.x2), field.x)
    upwards = min(max(mark.y1, mark.y2), field.top) - max(min(mark.y1, mark.y2), field.y)
    return min(across, upwards) >= 0 and max(across, upwards) >= SHORTEST


_LOST = "De meeste printers laten 5 mm langs de papierrand wit, ook van deze kaarten."


def _inside_margins(grid: Grid, asked: Cards) -> Size | None:
    """The largest card in whole mm with as many on a sheet inside the usual margins; None where these are."""
    columns, rows = len({cell.x for cell in grid.cells}), len({cell.y for cell in grid.cells})
    if grid.fold is not None:
        return None
    room = printable(OFFICE_MARGINS, grid.size)
    largest = Size(
        (room.width - (columns - 1) * asked.gutter) / columns, (room.height - (rows - 1) * asked.gutter) / rows
    )
    factor = asked.finished.scale_to(largest)
    if factor >= 1:
        return None
    return Size(floor(asked.finished.width * factor), floor(asked.finished.height * factor))


def _listed(lengths: Sequence[float]) -> str:
    *first, last = (_number(length) for length in lengths)
    return f"{', '.join(first)} en {last} mm" if first else f"{last} mm"


def _number(length: float) -> str:
    """A length to a tenth of a mm, with a comma where it has one."""
    return f"{round(length, 1):g}".replace(".", ",")


def tiles(tiling: Tiling, asked: Tiles) -> Notes:
    """Where seams are not where they should be, and why."""
    found = []
    if tiling.overlap != asked.overlap:
        found.append(
            f"De vellen overlappen {_number(tiling.overlap)} mm in plaats van {_number(asked.overlap)} mm:"
            " zo blijven de naden uit wat heel moet blijven."
        )
    for count, one, many in (
        (len(tiling.crossed), "plek om in te schrijven of te scannen", "plekken om in te schrijven of te scannen"),
        (len(tiling.split), "regel kleine tekst", "regels kleine tekst"),
    ):
        if count:
            found.append(f"Er loopt een naad door {count} {one if count == 1 else many}: daar was geen ruimte omheen.")
    return tuple(found)


def booklet(pages: int) -> Notes:
    """How many pages stay blank."""
    blanks = 4 * len(signature(pages)) - pages
    if not blanks:
        return ()
    what = "blijft 1 bladzijde" if blanks == 1 else f"blijven {blanks} bladzijden"
    return (f"Achterin {what} leeg: een boekje heeft een viervoud van bladzijden.",)


def backs(duplex: Duplex, sheets: Sequence[Sheet]) -> Notes:
    """How to print a file that has all fronts before all backs."""
    if duplex is not Duplex.BY_HAND:
        return ()
    half = sum(sheet.side is Side.FRONT for sheet in sheets)
    return (
        f"Print eerst pagina 1 tot en met {half}, leg de stapel terug, omgeslagen over de lange kant,"
        f" en print dan pagina {half + 1} tot en met {2 * half}.",
    )


def trimmed(asked: Trimmed, thinnest: float) -> Notes:
    """Whether the pages have the bleed that is asked; `thinnest` is what they have at the finished size, in mm."""
    if thinnest >= asked.bleed - 0.01:
        return ()
    return (f"De pagina's hebben {_number(thinnest)} mm afloop op dit formaat; gevraagd is {_number(asked.bleed)} mm.",)
