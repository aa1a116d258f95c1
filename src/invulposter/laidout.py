"""The page tree that WeasyPrint lays out, flattened to the texts on a page and what holds each.

Boxes are known by their class names and WeasyPrint is not imported, so that a command which does not
typeset never loads it. Lengths are CSS pixels here, as in the tree; `MM_PER_PX` takes them out.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

MM_PER_PX = 25.4 / 96
PT_PER_PX = 72 / 96

#: Ink above and below the baseline as parts of the type size: the ascenders and descenders of the
#: project's fonts (Alegreya Sans .70 and .20, Young Serif .74 and .21, Shantell Sans .72 and .21).
ASCENDER = 0.70
DESCENDER = 0.20

_DESCENDING = frozenset("gjpqyçşţ,;()[]{}|/@QJµþ")

#: A height on these is the page's own, and their fragments on later pages keep none of it.
_ROOTS = frozenset({"html", "body"})


class Rectangle(NamedTuple):
    """Left, top, right and bottom in px."""

    left: float
    top: float
    right: float
    bottom: float


class Frame(NamedTuple):
    """A box that its text has to stay inside: `tall` when its height is a limit too, `clips` when it cuts."""

    area: Rectangle
    matrix: Any
    tall: bool
    clips: bool
    element: Any


class Text(NamedTuple):
    """A run of text in one line: its ink area as laid out (before `matrix` turns it), and what holds it."""

    text: str
    area: Rectangle
    matrix: Any
    frames: tuple[Frame, ...]
    block: int
    line: int
    source: str
    style: Any
    cut: bool

    @property
    def on_page(self) -> Rectangle:
        """The upright rectangle that holds the ink on the page."""
        return bounds(corners(self.area, self.matrix)) if self.matrix else self.area

    @property
    def scale(self) -> float:
        """How much its transforms enlarge it, in height."""
        if not self.matrix:
            return 1.0
        (_, _, _), (c, d, _), _ = self.matrix
        return float((c * c + d * d) ** 0.5)


#: The corners of a rectangle, in order around it.
_Ring = tuple[tuple[float, float], ...]


class _Scope(NamedTuple):
    matrix: Any = None
    frames: tuple[Frame, ...] = ()
    #: How many of the frames hold an absolutely placed child: those of its containing block.
    anchored: int = 0
    block: int = 0
    line: int = 0
    source: str = ""
    cut: bool = False


def page_texts(page: Any) -> list[Text]:
    """Flatten one of a document's `pages`: every visible text on it, in the order of the tree."""
    found: list[Text] = []
    _walk(page._page_box.children, _Scope(), found)
    return found


def corners(area: Rectangle, matrix: Any) -> tuple[tuple[float, float], ...]:
    """Give the area's four corners on the page, in order around it."""
    left, top, right, bottom = area
    ring = ((left, top), (right, top), (right, bottom), (left, bottom))
    return tuple(_moved(corner, matrix) for corner in ring) if matrix else ring


def _moved(point: tuple[float, float], matrix: Any) -> tuple[float, float]:
    """Where a point comes by a matrix of three rows, as the page tree has them."""
    (a, b, _), (c, d, _), (e, f, _) = matrix
    x, y = point
    return (x * a + y * c + e, x * b + y * d + f)


def bounds(points: Iterable[tuple[float, float]]) -> Rectangle:
    """Give the upright rectangle around the points."""
    across, down = zip(*points, strict=True)
    return Rectangle(min(across), min(down), max(across), max(down))


def stand_free(page: Any) -> bool:
    """Tell whether a page shows nothing but its outermost elements, each in a place of its own."""
    root, *margins = page._page_box.children
    bodies = root.children
    sections = [box for body in bodies for box in body.children]
    return (
        not margins
        and all(map(_bare, (page._page_box, root, *bodies, *sections)))
        and all(section.style["height"] != "auto" for section in sections)
        and all(_placed(child) for section in sections for child in section.children)
    )


def _bare(box: Any) -> bool:
    """Tell whether a box draws nothing of itself."""
    style, ground = box.style, box.background
    painted = ground is not None and (ground.color.alpha or any(layer.image for layer in ground.layers))
    bordered = any(style[f"border_{side}_width"] for side in ("top", "right", "bottom", "left"))
    return not (painted or bordered or getattr(box, "canvas_background", None)) and style["opacity"] == 1


def _placed(child: Any) -> bool:
    """Tell whether an element is placed from the edges of its page; what a style sheet adds to a page is no element."""
    box = getattr(child, "_box", child)
    style = box.style
    return (
        "::" not in (box.element_tag or "")
        and style["position"] == "absolute"
        and all(style[start] != "auto" or style[end] != "auto" for start, end in (("left", "right"), ("top", "bottom")))
    )


def _walk(boxes: Iterable[Any], scope: _Scope, found: list[Text]) -> None:
    for child in boxes:
        # An absolutely placed box stands in the tree as a placeholder that holds it.
        box = getattr(child, "_box", child)
        kind = type(box).__name__
        if kind == "TextBox":
            _add(box, scope, found)
        elif kind == "LineBox":
            cut = box.block_ellipsis != "none"
            _walk(box.children, scope._replace(line=id(box), cut=cut), found)
        elif kind == "InlineBox":
            _walk(box.children, _sourced(box, scope), found)
        elif box.children:
            _walk(box.children, _inside(box, kind, _sourced(box, scope)), found)


def _add(box: Any, scope: _Scope, found: list[Text]) -> None:
    text, style = box.text, box.style
    if not text.strip():
        if found and found[-1].line == scope.line:
            found[-1] = found[-1]._replace(text=found[-1].text + " ")
        return
    if style["visibility"] != "visible":
        return
    size = style["font_size"]
    spacing = style["letter_spacing"]
    left = box.position_x
    right = left + box.width - (spacing if isinstance(spacing, int | float) else 0)
    baseline = box.position_y + box.baseline
    below = 0.0 if _DESCENDING.isdisjoint(text) else DESCENDER * size
    area = Rectangle(left, baseline - ASCENDER * size, right, baseline + below)
    found.append(Text(text, area, scope.matrix, scope.frames, scope.block, scope.line, scope.source, style, scope.cut))


def _sourced(box: Any, scope: _Scope) -> _Scope:
    element = box.element
    source = element.get("data-bron") if element is not None else None
    return scope._replace(source=source) if source and source != scope.source else scope


def _inside(box: Any, kind: str, scope: _Scope) -> _Scope:
    """Give the scope of a block's children: what it limits, and which outer limits still hold."""
    style = box.style
    absolute = style["position"] in {"absolute", "fixed"}
    turned = bool(style["transform"])
    frames, matrix = scope.frames, scope.matrix
    if absolute:
        frames = tuple(frame for frame in frames[: scope.anchored] if frame.clips)
    elif turned or box.is_outside_marker:
        frames = tuple(frame for frame in frames if frame.clips)
    if turned:
        matrix = box.transformation_matrix @ matrix if matrix else box.transformation_matrix
    frame = _frame(box, kind, matrix, absolute)
    if frame:
        frames = (*frames, frame)
    holds = turned or style["position"] != "static"
    return scope._replace(
        matrix=matrix,
        frames=frames,
        anchored=len(frames) if holds else min(scope.anchored, len(frames)),
        block=id(box),
    )


def _frame(box: Any, kind: str, matrix: Any, absolute: bool) -> Frame | None:
    if box.element_tag in _ROOTS or kind.startswith("Table") or kind == "MarginBox" or box.is_outside_marker:
        return None
    style = box.style
    clips = style["overflow"] != "visible"
    tall = (
        clips
        or style["height"] != "auto"
        or style["max_height"].value != float("inf")
        or (absolute and style["top"] != "auto" and style["bottom"] != "auto")
    )
    # A block always has a width, and a word too long for the line is out of it.
    lines = type(box.children[0]).__name__ == "LineBox"
    if not (tall or lines or style["width"] != "auto"):
        return None
    # Across, the padding counts as room: hanging indents and list numbers live there.
    left, top = box.padding_box_x(), box.content_box_y()
    area = Rectangle(left, top, left + box.padding_width(), top + box.height)
    return Frame(area, matrix, tall, clips, box.element)


def simplified(texts: Iterable[Text]) -> list[list[Any]]:
    """Give of each text what tells whether another one runs into it, as plain data."""
    blocks: dict[int, int] = {}
    return [
        [
            text.text,
            list(text.area),
            text.matrix and [list(row) for row in text.matrix],
            blocks.setdefault(text.block, 1 + len(blocks)),
            text.source,
            text.style["font_size"],
        ]
        for text in texts
    ]


def from_simplified(data: Iterable[Sequence[Any]]) -> list[Text]:
    """Give the texts that `simplified` was given, without what holds them."""
    return [
        Text(said, Rectangle(*area), matrix, (), block, 0, source, {"font_size": size}, False)
        for said, area, matrix, block, source, size in data
    ]


def sticking_out(text: Text, frame: Frame) -> tuple[float, str]:
    """Give how far the text's ink passes the frame (px, negative when inside) and at which side."""
    same = text.matrix is frame.matrix
    area = text.area if same else text.on_page
    limit = frame.area if same else bounds(corners(frame.area, frame.matrix))
    over = [(area.right - limit.right, "right"), (limit.left - area.left, "left")]
    if frame.tall:
        over += [(area.bottom - limit.bottom, "bottom"), (limit.top - area.top, "top")]
    return max(over)


def colliding(texts: list[Text], tolerance: float) -> Iterator[tuple[Text, Text]]:
    """Give the pairs of texts from different blocks whose ink overlaps by more than `tolerance` (px).

    The areas are swept from top to bottom, so that only texts at the same height are compared. A text
    without a letter or digit, such as a large quotation mark, has too little ink to collide.
    """
    said = (text for text in texts if any(map(str.isalnum, text.text)))
    areas = sorted(((_core(text), text) for text in said), key=lambda pair: pair[0].top)
    open_areas: list[tuple[Rectangle, Text]] = []
    for area, text in areas:
        open_areas = [pair for pair in open_areas if pair[0].bottom - area.top > tolerance]
        for other, earlier in open_areas:
            if (
                earlier.block != text.block
                and min(area.right, other.right) - max(area.left, other.left) > tolerance
                and min(area.bottom, other.bottom) - area.top > tolerance
                and _overlap(text, earlier, tolerance)
            ):
                yield earlier, text
        open_areas.append((area, text))


def running_into(texts: Iterable[Text], areas: Sequence[Rectangle], tolerance: float) -> Iterator[tuple[int, Text]]:
    """Give each text whose ink overlaps an upright area by more than `tolerance` (px), with that area's number.

    What has too little ink to collide is left out, as in `colliding`.
    """
    for text in texts:
        core = _core(text)
        for at, area in enumerate(areas):
            if (
                min(core.bottom, area.bottom) - max(core.top, area.top) > tolerance
                and min(core.right, area.right) - max(core.left, area.left) > tolerance
                and any(map(str.isalnum, text.text))
                and _rings_overlap(corners(_core_area(text), text.matrix), corners(area, None), tolerance)
            ):
                yield at, text


def _core_area(text: Text) -> Rectangle:
    """Give the band from baseline to ascender: descenders that reach into the next line do no harm."""
    baseline = text.area.top + ASCENDER * text.style["font_size"]
    return text.area._replace(bottom=baseline)


def _core(text: Text) -> Rectangle:
    area = _core_area(text)
    return bounds(corners(area, text.matrix)) if text.matrix else area


def _overlap(one: Text, other: Text, tolerance: float) -> bool:
    """Tell whether two areas overlap as they are turned (separating axes), not only their upright bounds."""
    if one.matrix is other.matrix:
        a, b = _core_area(one), _core_area(other)
        across = min(a.right, b.right) - max(a.left, b.left)
        return min(across, min(a.bottom, b.bottom) - max(a.top, b.top)) > tolerance
    ring, other_ring = (corners(_core_area(text), text.matrix) for text in (one, other))
    return _rings_overlap(ring, other_ring, tolerance)


def _rings_overlap(one: _Ring, other: _Ring, tolerance: float) -> bool:
    """Tell whether two rectangles, turned as they may be, overlap along each of their sides."""
    shapes = (one, other)
    for shape in shapes:
        for (x0, y0), (x1, y1) in ((shape[0], shape[1]), (shape[1], shape[2])):
            length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 or 1.0
            across, down = (x1 - x0) / length, (y1 - y0) / length
            first, second = ([x * across + y * down for x, y in points] for points in shapes)
            if min(max(first), max(second)) - max(min(first), min(second)) <= tolerance:
                return False
    return True
