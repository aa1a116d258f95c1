"""Paper-cut shapes as SVG path data: one unit is one mm, y points down.

Each shape takes a seed, so a shape never changes between two renders of the same product.
"""

import math
import random
from collections.abc import Iterable, Sequence

from invulposter.drawing.path import Point, arc_to, as_points, coordinates, cut, mm, recurring, smooth

_DISC_NODES = 7
_DISC_IRREGULARITY = 0.016
_DISC_KINK = 2.2
#: A share of the hour from which a pie is drawn whole: a sliver that thin would print as a scratch.
_WHOLE = 0.999


@recurring
def pebble(
    cx: float,
    cy: float,
    rx: float,
    ry: float | None = None,
    seed: int = 1,
    nodes: int = 8,
    irregularity: float = 0.07,
    kink: float = 5,
) -> str:
    """Draw an irregular cut ellipse; `irregularity` is a share of the radius, `ry` is `rx` when left out."""
    ry = rx if ry is None else ry
    rng = random.Random(seed)
    phase = rng.uniform(0, math.tau)
    points = []
    for i in range(nodes):
        angle = phase + math.tau * (i + rng.uniform(-0.16, 0.16)) / nodes
        scale = 1 + rng.uniform(-irregularity, irregularity)
        points.append((cx + rx * scale * math.cos(angle), cy + ry * scale * math.sin(angle)))
    return cut(points, seed + 7, kink)


@recurring
def disc(cx: float, cy: float, r: float, seed: int = 1) -> str:
    """Draw a person: nearly a true circle of radius `r`, cut by a steady hand (1.6 % off at most)."""
    rng = random.Random(seed * 31 + 5)
    phase = rng.uniform(0, math.tau)
    angles = [phase + math.tau * (i + rng.uniform(-0.12, 0.12)) / _DISC_NODES for i in range(_DISC_NODES)]
    radii = [r * (1 + rng.uniform(-_DISC_IRREGULARITY, _DISC_IRREGULARITY)) for _ in angles]
    kinks = [math.radians(rng.uniform(-_DISC_KINK, _DISC_KINK)) for _ in angles]
    nodes = [(cx + s * math.cos(a), cy + s * math.sin(a)) for a, s in zip(angles, radii, strict=True)]
    parts = [f"M{coordinates(nodes[0])}"]
    for i, start in enumerate(nodes):
        j = (i + 1) % _DISC_NODES
        handle = 4 / 3 * math.tan((angles[j] - angles[i]) % math.tau / 4) * r
        leave, arrive = angles[i] + math.pi / 2 + kinks[i], angles[j] + math.pi / 2 - kinks[j]
        first = (start[0] + handle * math.cos(leave), start[1] + handle * math.sin(leave))
        second = (nodes[j][0] - handle * math.cos(arrive), nodes[j][1] - handle * math.sin(arrive))
        parts.append(f"C{coordinates(first, second, nodes[j])}")
    return "".join(parts) + "Z"


@recurring
def ring(
    cx: float,
    cy: float,
    r: float,
    seed: int = 1,
    a2: float = 0.035,
    a3: float = 0.025,
    nodes: int = 14,
    kink: float = 3,
    stretch: float = 1.0,
) -> str:
    """Draw a ring of a map. The same seed bends every radius alike, so nested rings stay parallel.

    `a2` and `a3` are the oval and the triangular part of the bend as shares of `r`; `stretch` widens it.
    """
    rng = random.Random(seed)
    p2, p3, p5 = (rng.uniform(0, math.tau) for _ in range(3))
    points = []
    for i in range(nodes):
        a = math.tau * i / nodes
        scale = 1 + a2 * math.cos(2 * a + p2) + a3 * math.cos(3 * a + p3) + 0.008 * math.cos(5 * a + p5)
        points.append((cx + stretch * r * scale * math.cos(a), cy + r * scale * math.sin(a)))
    return cut(points, seed + int(r), kink)


@recurring
def sheet(x: float, y: float, w: float, h: float, seed: int = 1, slack: float = 1.6, r: float = 4) -> str:
    """Draw a rectangle cut by hand: straight enough to set text on, crooked enough to be paper.

    Corners lie at most `slack` mm off and are rounded by about `r` mm.
    """
    rng = random.Random(seed)

    def off() -> float:
        return rng.uniform(-slack, slack)

    corners: list[Point] = [
        (x + off(), y + off()),
        (x + w + off(), y + off()),
        (x + w + off(), y + h + off()),
        (x + off(), y + h + off()),
    ]
    starts, rests = [], []
    for i, corner in enumerate(corners):
        start, rest = _edge(corner, corners[(i + 1) % 4], r, slack, rng)
        starts.append(start)
        rests.append(rest)
    turns = [f"{rests[i]}Q{coordinates(corners[(i + 1) % 4], starts[(i + 1) % 4])}" for i in range(4)]
    return f"M{coordinates(starts[0])}{''.join(turns)}Z"


def _edge(p: Point, q: Point, r: float, slack: float, rng: random.Random) -> tuple[Point, str]:
    """One side of a sheet between two corners: where it starts, and its path up to the next rounding."""
    length = math.dist(p, q)
    ux, uy = (q[0] - p[0]) / length, (q[1] - p[1]) / length
    first, second = (min(r * rng.uniform(0.7, 1.25), length * 0.4) for _ in range(2))
    middle = rng.uniform(0.35, 0.65) * length
    swerve = rng.uniform(-slack, slack) * 0.45
    start = (p[0] + ux * first, p[1] + uy * first)
    bend = (p[0] + ux * middle - uy * swerve, p[1] + uy * middle + ux * swerve)
    end = (q[0] - ux * second, q[1] - uy * second)
    return start, f"L{coordinates(bend)}L{coordinates(end)}"


@recurring
def thread(points: Iterable[Sequence[float]]) -> str:
    """Draw the thread: one open smooth line through `points`, drawn in one breath.

    Each bend depends on its neighbours, so a part of the points gives another curve: pass them all.
    """
    nodes = as_points(points)
    return f"M{coordinates(nodes[0])}{smooth(nodes)}"


@recurring
def strip(x0: float, x1: float, top: float, bottom: float, seed: int = 1, amplitude: float = 3, nodes: int = 7) -> str:
    """Draw a torn band: a wavy upper edge around `top`, at most `amplitude` mm off, straight elsewhere."""
    rng = random.Random(seed)
    step = (x1 - x0) / nodes
    points = []
    for i in range(nodes + 1):
        shift = rng.uniform(-0.2, 0.2) * step if 0 < i < nodes else 0
        points.append((x0 + step * i + shift, top + rng.uniform(-amplitude, amplitude)))
    return f"M{mm(x0)} {mm(bottom)}L{coordinates(points[0])}{smooth(points)}L{mm(x1)} {mm(bottom)}Z"


@recurring
def pie(cx: float, cy: float, r: float, share: float) -> str:
    """Draw a slice of a clock face from twelve o'clock, clockwise; `share` (0 to 1) of the whole turn."""
    noon = -math.pi / 2
    if share >= _WHOLE:
        return f"M{coordinates((cx, cy - r))}{arc_to(cx, cy, r, noon, noon + math.tau)}Z"
    edge = arc_to(cx, cy, r, noon, noon + math.tau * share)
    return f"M{coordinates((cx, cy))}L{coordinates((cx, cy - r))}{edge}Z"


def tick(x: float, y: float, size: float) -> str:
    """Draw a tick in one stroke, in a box of `size` mm whose upper left corner is (x, y)."""
    steps = ((0, 0.55), (0.22, 0.7), (0.36, 0.95), (0.6, 0.35), (1.08, -0.05))
    start, bend, foot, swing, end = ((x + size * dx, y + size * dy) for dx, dy in steps)
    return f"M{coordinates(start)}Q{coordinates(bend, foot)}Q{coordinates(swing, end)}"


@recurring
def arc(cx: float, cy: float, r: float, start_deg: float, end_deg: float) -> str:
    """Draw an open arc of a circle; degrees from three o'clock, clockwise when `end_deg` is the larger."""
    start, end = math.radians(start_deg), math.radians(end_deg)
    first = (cx + r * math.cos(start), cy + r * math.sin(start))
    return f"M{coordinates(first)}{arc_to(cx, cy, r, start, end)}"


def orthogonal(points: Iterable[Sequence[float]], radius: float) -> str:
    """Draw an open line whose corners are rounded by `radius` mm, or less where a part is too short."""
    nodes = as_points(points)
    corners = (_rounded(*three, radius) for three in zip(nodes, nodes[1:], nodes[2:], strict=False))
    return f"M{coordinates(nodes[0])}{''.join(corners)}L{coordinates(nodes[-1])}"


def _rounded(before: Point, corner: Point, after: Point, radius: float) -> str:
    arrive = math.atan2(corner[1] - before[1], corner[0] - before[0])
    leave = math.atan2(after[1] - corner[1], after[0] - corner[0])
    turn = (leave - arrive + math.pi) % math.tau - math.pi
    half = math.tan(abs(turn) / 2)
    room = min(math.dist(before, corner), math.dist(corner, after)) / 2
    r = min(radius, room / half) if half > 1e-9 else 0
    if r < 0.005 or abs(turn) > math.pi - 1e-6:
        return f"L{coordinates(corner)}"
    start = (corner[0] - math.cos(arrive) * r * half, corner[1] - math.sin(arrive) * r * half)
    side = math.copysign(math.pi / 2, turn)
    centre = (start[0] + r * math.cos(arrive + side), start[1] + r * math.sin(arrive + side))
    return f"L{coordinates(start)}{arc_to(*centre, r, arrive - side, arrive - side + turn)}"
