"""What one printer does to a sheet, and what to draw so that it comes out right. Always vectors, never pixels."""

from invulposter.finish.operators import IDENTITY, Matrix
from invulposter.finish.schemes import Side
from invulposter.geometry import Size, pt
from invulposter.paper import Printer


def printed(printer: Printer, side: Side, size: Size) -> Matrix:
    """What the printer does to a sheet that lies as `size`: scale around its middle, then shift. Points."""
    dx, dy = printer.shift_front if side is Side.FRONT else printer.shift_back
    across, upwards = printer.scale_x, printer.scale_y
    if size.landscape:
        dx, dy, across, upwards = dy, -dx, upwards, across
    x, y = pt(size.width) / 2 * (1 - across) + pt(dx), pt(size.height) / 2 * (1 - upwards) + pt(dy)
    return (across, 0, 0, upwards, x, y)


def correction(printer: Printer, side: Side, size: Size) -> Matrix:
    """The exact inverse of what the printer does."""
    a, _, _, d, e, f = printed(printer, side, size)
    return (1 / a, 0, 0, 1 / d, -e / a, -f / d)


def corrects(matrix: Matrix) -> bool:
    """Whether a correction changes anything."""
    return any(abs(got - same) > 1e-9 for got, same in zip(matrix, IDENTITY, strict=True))
