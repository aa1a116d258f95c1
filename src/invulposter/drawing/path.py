"""SVG path data in mm: number format, smooth lines and the scissor cut that makes every paper shape."""

import math
import random
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, wraps
from typing import Any, ParamSpec

Point = tuple[float, float]
_Measures = ParamSpec("_Measures")

#: Catmull-Rom tangents are a sixth of the chord between a node's neighbours.
_TANGENT = 1 / 6
#: How far the handles of a cut reach along its segment.
_REACH = 0.34


def recurring(shape: Callable[_Measures, str]) -> Callable[_Measures, str]:
    """Draw a shape, a pure function of numbers and points, once: it recurs for every network and every office."""
    drawn = lru_cache(maxsize=1024, typed=True)(shape)

    @wraps(shape)
    def drawn_once(*args: _Measures.args, **named: _Measures.kwargs) -> str:
        return drawn(*map(_frozen, args), **{name: _frozen(value) for name, value in named.items()})

    return drawn_once


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list | tuple) else value


def mm(value: float) -> str:
    """Write a length for SVG or CSS: two decimals at most, without closing zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def coordinates(*points: Point) -> str:
    """Write points as path data: `x y x y`."""
    return " ".join(f"{mm(x)} {mm(y)}" for x, y in points)


def as_points(points: Iterable[Sequence[float]]) -> list[Point]:
    """Take points as layouts write them (lists or tuples) and give tuples."""
    return [(float(x), float(y)) for x, y in points]


def _turned(vector: Point, degrees: float) -> Point:
    a = math.radians(degrees)
    x, y = vector
    return x * math.cos(a) - y * math.sin(a), x * math.sin(a) + y * math.cos(a)


def _along(start: Point, direction: Point, distance: float) -> Point:
    length = math.hypot(*direction) or 1
    return start[0] + direction[0] / length * distance, start[1] + direction[1] / length * distance


@recurring
def cut(points: Iterable[Sequence[float]], seed: int = 1, kink: float = 5) -> str:
    """Draw a closed scissor line through `points`, in mm.

    Smooth arcs with a tiny turn of the scissors, at most `kink` degrees, at each point: that makes it paper.
    """
    nodes = as_points(points)
    count = len(nodes)
    rng = random.Random(seed)
    turns = [rng.uniform(-kink, kink) for _ in nodes]
    tangents = []
    for i in range(count):
        before, after = nodes[i - 1], nodes[(i + 1) % count]
        tangents.append((after[0] - before[0], after[1] - before[1]))
    parts = [f"M{coordinates(nodes[0])}"]
    for i, start in enumerate(nodes):
        j = (i + 1) % count
        end = nodes[j]
        reach = math.dist(start, end) * _REACH
        leave = _along(start, _turned(tangents[i], turns[i]), reach)
        arrive = _along(end, _turned(tangents[j], -turns[j]), -reach)
        parts.append(f"C{coordinates(leave, arrive, end)}")
    return "".join(parts) + "Z"


def smooth(points: Sequence[Point]) -> str:
    """Draw an open Catmull-Rom line through `points`; the caller has moved to the first of them."""
    last = len(points) - 1
    parts = []
    for i in range(last):
        before, start, end, after = points[max(i - 1, 0)], points[i], points[i + 1], points[min(i + 2, last)]
        leave = (start[0] + (end[0] - before[0]) * _TANGENT, start[1] + (end[1] - before[1]) * _TANGENT)
        arrive = (end[0] - (after[0] - start[0]) * _TANGENT, end[1] - (after[1] - start[1]) * _TANGENT)
        parts.append(f"C{coordinates(leave, arrive, end)}")
    return "".join(parts)


def arc_to(cx: float, cy: float, r: float, start: float, end: float) -> str:
    """Draw an arc around a centre, angles in radians, clockwise from three o'clock when `end` > `start`.

    Split in pieces of at most 45 degrees: WeasyPrint 70 draws longer arcs with too few curves (measured).
    """
    turn = end - start
    pieces = max(1, math.ceil(abs(turn) / (math.pi / 4) - 1e-9))
    sweep = 1 if turn > 0 else 0
    angles = (start + turn * i / pieces for i in range(1, pieces + 1))
    return "".join(
        f"A{mm(r)} {mm(r)} 0 0 {sweep} {coordinates((cx + r * math.cos(a), cy + r * math.sin(a)))}" for a in angles
    )
