"""Speech balloon: a soft rounded sheet whose edges swell, with a cut tail that leans over to its tip."""

import math
import random
from collections.abc import Callable, Sequence
from itertools import pairwise

from invulposter.drawing.path import Point, coordinates, recurring, smooth

_SIDES: tuple[Point, ...] = ((1, 0), (0, 1), (-1, 0), (0, -1))
_OUTWARD: tuple[Point, ...] = ((0, -1), (1, 0), (0, 1), (-1, 0))
#: The outline is searched at this many places for the one nearest to the tip, in ever finer steps.
_PLACES = 1440
_STEPS = (24, 6, 1)


class _Outline:
    """Rounded rectangle as a function of arc length, clockwise from the left end of its upper edge."""

    def __init__(self, x: float, y: float, w: float, h: float, r: float, bulge: float) -> None:
        self.r = r = min(r, h / 2 - 0.01, w / 2 - 0.01)
        self.bulge = bulge
        edges = (w - 2 * r, h - 2 * r) * 2
        self.lengths = tuple(length for edge in edges for length in (edge, math.pi * r / 2))
        self.length = sum(self.lengths)
        left, right, top, bottom = x + r, x + w - r, y + r, y + h - r
        self.starts = ((left, y), (x + w, top), (right, y + h), (x, bottom))
        self.centres = ((right, top), (right, bottom), (left, bottom), (left, top))

    def at(self, s: float) -> Point:
        """Give the point `s` mm along the outline; it may go round more than once."""
        s %= self.length
        part = 0
        while s > self.lengths[part] and part < 7:
            s -= self.lengths[part]
            part += 1
        side = part // 2
        return self._corner(side, s) if part % 2 else self._edge(side, s, self.lengths[part])

    def _edge(self, side: int, s: float, length: float) -> Point:
        swell = self.bulge * min(1, length / (2 * self.r)) * math.sin(math.pi * s / length) ** 2 if length else 0
        (x, y), (dx, dy), (ox, oy) = self.starts[side], _SIDES[side], _OUTWARD[side]
        return x + dx * s + ox * swell, y + dy * s + oy * swell

    def _corner(self, side: int, s: float) -> Point:
        cx, cy = self.centres[side]
        angle = (side - 1) * math.pi / 2 + s / self.r
        return cx + self.r * math.cos(angle), cy + self.r * math.sin(angle)

    def knots(self) -> list[float]:
        """List the arc lengths to draw through; closer than half a radius they become one, or it kinks."""
        places: list[float] = []
        start = 0.0
        for part, length in enumerate(self.lengths):
            if part % 2:
                places += [start, start + length / 2, start + length]
            elif length > self.r * 0.4:
                count = max(1, round(length / (2.2 * self.r)))
                places += [start + length * j / (count + 1) for j in range(1, count + 1)]
            start += length
        merged: list[float] = []
        for place in sorted(places):
            if merged and place - merged[-1] < self.r * 0.5:
                merged[-1] = (merged[-1] + place) / 2
            else:
                merged.append(place)
        return merged


def _nearest(at: Callable[[float], Point], length: float, tip: Point) -> float:
    """Arc length of the place nearest to `tip`."""

    def distance(place: int) -> tuple[float, int]:
        index = place % _PLACES
        return math.dist(at(index * length / _PLACES), tip), index

    best = sorted(distance(place) for place in range(0, _PLACES, _STEPS[0]))[:3]
    for step, finer in pairwise(_STEPS):
        best = [min(distance(index + offset) for offset in range(-step, step + 1, finer)) for _, index in best]
    return min(best)[1] * length / _PLACES


def _tail(left: Point, right: Point, middle: Point, tip: Point, bend: float) -> str:
    """Path of a tail from `left` over `tip` to `right`: it leaves square to the outline, then leans over."""
    root = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2)
    ox, oy = right[1] - left[1], left[0] - right[0]
    size = math.hypot(ox, oy) or 1
    ox, oy = ox / size, oy / size
    if (root[0] - middle[0]) * ox + (root[1] - middle[1]) * oy < 0:
        ox, oy = -ox, -oy
    reach = ((tip[0] - root[0]) * ox + (tip[1] - root[1]) * oy) * (0.42 + bend * 0.3)
    first, second = (
        (side[0] * 0.45 + root[0] * 0.55 + ox * reach, side[1] * 0.45 + root[1] * 0.55 + oy * reach)
        for side in (left, right)
    )
    return f"Q{coordinates(first, tip)}Q{coordinates(second, right)}"


@recurring
def balloon(
    x: float,
    y: float,
    w: float,
    h: float,
    tip: Sequence[float],
    seed: int = 1,
    root: float = 14,
    r: float | None = None,
    bulge: float | None = None,
    irregularity: float = 0.25,
    bend: float = 0.25,
) -> str:
    """Draw a balloon in the box x, y, w, h whose tail points to `tip`, as path data in mm.

    `root` is the width of the tail where it leaves, `r` the corner radius, `bulge` the swelling of the edges
    and `irregularity` how far the cut strays, all in mm; `bend` (0 to 1) says how late the tail leans over.
    """
    rng = random.Random(seed)
    r = min(w, h) * 0.42 if r is None else r
    outline = _Outline(x, y, w, h, r, min(w, h) * 0.022 if bulge is None else bulge)
    at, length = outline.at, outline.length
    target = (float(tip[0]), float(tip[1]))
    nearest = _nearest(at, length, target)
    start, end = nearest + root / 2, nearest - root / 2 + length
    places = {round(knot + turn * length, 3) for knot in outline.knots() for turn in range(3)}
    points = [at(start)]
    for place in sorted(s for s in places if start + r * 0.4 < s < end - r * 0.4):
        px, py = at(place)
        points.append((px + rng.uniform(-irregularity, irregularity), py + rng.uniform(-irregularity, irregularity)))
    points.append(at(end))
    tail = _tail(points[-1], points[0], (x + w / 2, y + h / 2), target, bend)
    return f"M{coordinates(points[0])}{smooth(points)}{tail}Z"
