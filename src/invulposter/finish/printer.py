"""What one printer does to a sheet, and what to draw so that it comes out right. Always vectors, never pixels."""

from dataclasses import dataclass

from invulposter.finish.operators import IDENTITY, Matrix
from invulposter.finish.schemes import OFFICE_MARGINS, Duplex, Margins, Side
from invulposter.geometry import Size, pt


@dataclass(frozen=True)
class Printer:
    """What was read from a calibration sheet.

    `margins` stay white (mm); `shift_front` and `shift_back` are how far the picture lands to the right and
    upwards of where it should (mm, each side seen upright); `scale_x` and `scale_y` are printed length divided by
    drawn length (0.995 when 200 mm measures 199 mm); `duplex` is the edge it turns over, or by hand.
    All is read from paper that stands upright; for one that lies see `Margins.on`.
    """

    name: str = ""
    margins: Margins = OFFICE_MARGINS
    shift_front: tuple[float, float] = (0.0, 0.0)
    shift_back: tuple[float, float] = (0.0, 0.0)
    scale_x: float = 1.0
    scale_y: float = 1.0
    duplex: Duplex = Duplex.LONG_EDGE

    def __post_init__(self) -> None:
        """Refuse what no printer does: a slip in reading off the sheet would spoil every print."""
        if not all(0.9 <= scale <= 1.1 for scale in (self.scale_x, self.scale_y)):
            raise ValueError("a printer's scale lies between 0.9 and 1.1 (printed length divided by drawn length)")
        if any(abs(shift) > 20 for shift in (*self.shift_front, *self.shift_back)):
            raise ValueError("a printer's shift is at most 20 mm")
        sides = (self.margins.left, self.margins.bottom, self.margins.right, self.margins.top)
        if not all(0 <= margin <= 50 for margin in sides):
            raise ValueError("a printer's margins lie between 0 and 50 mm")

    def printed(self, side: Side, size: Size) -> Matrix:
        """What the printer does to a sheet: scale around its middle, then shift. Points."""
        dx, dy = self.shift_front if side is Side.FRONT else self.shift_back
        across, upwards = self.scale_x, self.scale_y
        if size.landscape:
            dx, dy, across, upwards = dy, -dx, upwards, across
        x, y = pt(size.width) / 2 * (1 - across) + pt(dx), pt(size.height) / 2 * (1 - upwards) + pt(dy)
        return (across, 0, 0, upwards, x, y)

    def correction(self, side: Side, size: Size) -> Matrix:
        """The exact inverse of what the printer does."""
        a, _, _, d, e, f = self.printed(side, size)
        return (1 / a, 0, 0, 1 / d, -e / a, -f / d)


def corrects(matrix: Matrix) -> bool:
    """Whether a correction changes anything."""
    return any(abs(got - same) > 1e-9 for got, same in zip(matrix, IDENTITY, strict=True))
