"""Gives every colour in a PDF other inks: operators, forms, patterns, shadings, pictures, masks.

What it can't turn into the press's inks it refuses, so that nothing of another colour slips through. Strokes that are
thinner on paper than a press holds are made thicker on the way.
"""

from collections.abc import Iterator

from pypdf import PageObject, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from invulposter.errors import RequestError
from invulposter.finish.content import Instruction, Pen, area_scale, instructions, matrix_of
from invulposter.finish.inks import Colour, Inks, Shades
from invulposter.finish.objects import dictionary, entry, members, numbers
from invulposter.finish.operators import number
from invulposter.finish.repaint import repainted, replace_data
from invulposter.finish.shadings import reshaded
from invulposter.finish.spaces import Space, space_of

#: The thinnest stroke a press holds, in points.
HAIRLINE = 0.25
#: The operators that set a colour outright: how many numbers each takes, and whether it is for strokes.
_OUTRIGHT = {b"g": 1, b"rg": 3, b"k": 4, b"G": 1, b"RG": 3, b"K": 4}
_FILLS = {1: b"g", 3: b"rg", 4: b"k"}
_REGISTRATION = "/Registration"


class Recolouring:
    """One file's change of inks. `hairline` is the thinnest stroke, in points on paper."""

    def __init__(self, writer: PdfWriter, inks: Inks, hairline: float = HAIRLINE) -> None:
        self._writer = writer
        self._inks = inks
        self._hairline = hairline
        self._done: dict[int, float] = {}

    def sheet(self, page: PageObject, registration: IndirectObject) -> None:
        """Change an imposed sheet: what it places, and its own marks.

        Its black strokes are cut and registration marks: they are drawn in `registration`, the space of all inks.
        """
        resources = dictionary(page, "/Resources")
        data = _content(page)
        marks = b"\n".join(map(bytes, _in_all_inks(instructions(data))))
        if marks != data:
            spaces = dictionary(resources, "/ColorSpace") or DictionaryObject()
            spaces[NameObject(_REGISTRATION)] = registration
            resources[NameObject("/ColorSpace")] = spaces
        contents = StreamObject()
        replace_data(contents, self._changed(marks, resources, 1.0, self._inks))
        page[NameObject("/Contents")] = self._writer._add_object(contents)
        self._group(page, self._inks)

    def _changed(self, data: bytes, resources: DictionaryObject, scale: float, inks: Inks | Shades) -> bytes:
        """The content in other inks, and all that it draws with; `scale` is what a unit measures in points."""
        self._resources(resources, scale, inks)
        painter = _Painter(inks, Pen(scale), self._hairline, dictionary(resources, "/ColorSpace"))
        changed: list[Instruction] = []
        for instruction in instructions(data):
            changed += painter.change(instruction)
            if instruction.operator == b"Do":
                drawn = entry(dictionary(resources, "/XObject"), instruction.name)
                self._form(drawn, painter.pen.scale, inks)
        return b"\n".join(map(bytes, changed))

    def _resources(self, resources: DictionaryObject, scale: float, inks: Inks | Shades) -> None:
        for _, _, item in members(resources, "/XObject"):
            if isinstance(item, StreamObject) and entry(item, "/Subtype") == "/Image" and self._first(item, scale):
                repainted(item, inks)
        for _, _, shading in members(resources, "/Shading"):
            if self._first(shading, scale):
                reshaded(shading, inks, self._writer)
        for _, _, pattern in members(resources, "/Pattern"):
            self._pattern(pattern, scale, inks)
        for _, _, state in members(resources, "/ExtGState"):
            mask = entry(dictionary(state, "/SMask"), "/G")
            self._form(mask, scale, Shades() if entry(dictionary(state, "/SMask"), "/S") == "/Luminosity" else inks)
        for _, _, font in members(resources, "/Font"):
            if entry(font, "/Subtype") == "/Type3":
                raise RequestError("a font that is drawn by the file itself (Type 3) can't be printed in four inks")

    def _pattern(self, pattern: DictionaryObject, scale: float, inks: Inks | Shades) -> None:
        if entry(pattern, "/PatternType") == 2:
            shading = dictionary(pattern, "/Shading")
            if self._first(shading, scale):
                reshaded(shading, inks, self._writer)
        else:
            self._form(pattern, scale, inks)

    def _form(self, form: object, scale: float, inks: Inks | Shades) -> None:
        """A form or a tiling pattern, once more where it comes out smaller than before."""
        if not isinstance(form, StreamObject) or entry(form, "/Subtype") == "/Image":
            return
        inner = scale * area_scale(matrix_of(numbers(form, "/Matrix")))
        if not self._first(form, inner):
            return
        replace_data(form, self._changed(form.get_data(), dictionary(form, "/Resources"), inner, inks))
        self._group(form, inks)

    def _group(self, owner: DictionaryObject, inks: Inks | Shades) -> None:
        """The space that transparent things are mixed in (ISO 32000-2, 11.6.6)."""
        if "/Group" in owner and "/CS" in dictionary(owner, "/Group"):
            dictionary(owner, "/Group")[NameObject("/CS")] = NameObject(inks.space)

    def _first(self, item: DictionaryObject, scale: float) -> bool:
        """Whether an object is met for the first time, or at a smaller scale than before."""
        smallest = self._done.get(id(item))
        if smallest is not None and scale >= smallest - 1e-9:
            return False
        self._done[id(item)] = scale
        return smallest is None or (isinstance(item, StreamObject) and entry(item, "/Subtype") != "/Image")


class _Painter:
    """Changes the instructions of one content stream."""

    def __init__(self, inks: Inks | Shades, pen: Pen, hairline: float, spaces: DictionaryObject) -> None:
        self.pen = pen
        self._inks = inks
        self._hairline = hairline
        self._spaces = spaces
        self._current: dict[bool, Space] = {}
        self._stack: list[dict[bool, Space]] = []

    def change(self, instruction: Instruction) -> Iterator[Instruction]:
        """What stands in the place of an instruction."""
        operator = instruction.operator
        self.pen.follow(instruction)
        if operator in _OUTRIGHT:
            self._current.pop(operator.isupper(), None)
            yield self._painted(instruction.numbers, operator.isupper())
        elif operator in {b"cs", b"CS"}:
            yield from self._chosen(instruction)
        elif operator in {b"sc", b"SC", b"scn", b"SCN"}:
            yield self._set(instruction)
        elif operator == b"BI":
            raise RequestError("a picture inside a content stream can't be printed in four inks")
        else:
            self._nest(operator)
            if operator != b"w":
                yield instruction
            yield from self._width(operator)

    def _nest(self, operator: bytes) -> None:
        if operator == b"q":
            self._stack.append(dict(self._current))
        elif operator == b"Q" and self._stack:
            self._current = self._stack.pop()

    def _width(self, operator: bytes) -> Iterator[Instruction]:
        """The width of strokes after it was set or the scale changed, not thinner than a hairline."""
        thin = self.pen.points < self._hairline and self.pen.scale > 0
        if thin:
            # A little more, as what is written is rounded.
            self.pen.width = self._hairline / self.pen.scale + 2e-5
        if operator == b"w" or (thin and operator == b"cm"):
            yield Instruction(b"w", (number(self.pen.width).encode(),))

    def _chosen(self, instruction: Instruction) -> Iterator[Instruction]:
        stroke = instruction.operator == b"CS"
        space = space_of(entry(self._spaces, instruction.name) or instruction.name)
        self._current[stroke] = space
        if space.components:
            yield self._painted((0.0,) * (space.components - 1) + (float(space.components == 4),), stroke)
        else:
            yield instruction

    def _set(self, instruction: Instruction) -> Instruction:
        stroke = instruction.operator.isupper()
        space = self._current.get(stroke)
        if space is None or not space.components:
            return instruction
        return self._painted(instruction.numbers, stroke)

    def _painted(self, values: Colour, stroke: bool) -> Instruction:
        inks = self._inks.colour(values)
        operator = _FILLS[len(inks)]
        operands = tuple(number(ink).encode() for ink in inks)
        return Instruction(operator.upper() if stroke else operator, operands)


def _in_all_inks(content: Iterator[Instruction]) -> Iterator[Instruction]:
    for instruction in content:
        if instruction == (b"G", (b"0",)):
            yield Instruction(b"CS", (_REGISTRATION.encode(),))
            yield Instruction(b"SCN", (b"1",))
        else:
            yield instruction


def _content(page: PageObject) -> bytes:
    """A page's operators; those of an array with white space between (ISO 32000-2, 7.8.2)."""
    contents = page["/Contents"].get_object() if "/Contents" in page else None
    parts = contents if isinstance(contents, ArrayObject) else [contents]
    streams = [part.get_object() for part in parts if part is not None]
    return b"\n".join(stream.get_data() for stream in streams if isinstance(stream, StreamObject))
