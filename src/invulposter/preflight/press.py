"""What a press can't print: other colours than its inks, more ink than dries, strokes thinner than a hairline.

Looks through all that a page draws with: forms, patterns, shadings, pictures, masks.
"""

from collections.abc import Iterator

from pypdf.generic import DictionaryObject, StreamObject

from invulposter.errors import RequestError
from invulposter.findings import Severity
from invulposter.finish.content import Instruction, Pen, area_scale, draws_stroke, instructions, matrix_of
from invulposter.finish.inks import total_ink
from invulposter.finish.objects import dictionary, entry, members, numbers
from invulposter.finish.recolour import HAIRLINE
from invulposter.finish.repaint import is_stencil, picture_of
from invulposter.finish.spaces import space_of
from invulposter.preflight.expectation import Fault
from invulposter.preflight.pictures import content

_OTHER_COLOURS = Fault(
    "press-colour",
    "Er staan kleuren in die niet uit de vier drukinkten zijn opgebouwd",
    "Maak het bestand opnieuw als drukwerkversie.",
)
_THIN = Fault(
    "hairline",
    "Een lijn is dunner dan een kwart punt en kan bij het drukken wegvallen",
    "Maak de lijn dikker of druk de poster groter af.",
)
_UNREADABLE_PICTURE = Fault(
    "press-picture",
    "Een afbeelding is opgeslagen op een manier die hier niet is na te kijken",
    "Gebruik een gewone JPEG of PNG.",
    Severity.WARNING,
)
#: What rounding and a JPEG's ripple may add to a total (percent), and take off a stroke (points).
_INK_SLACK, _STROKE_SLACK = 2.0, 0.001
_DEEPEST = 12


def check_press(page: DictionaryObject, ink_limit: float, judged: set[tuple[int, float]]) -> Iterator[Fault]:
    """Check one page with its inherited entries; `ink_limit` is in percent.

    `judged` remembers the objects that were looked at before, each at the scale it is drawn at.
    """
    yield from _mixed_in(page, mask=False)
    yield from _Judge(ink_limit, judged).content(content(page), dictionary(page, "/Resources"), Pen(), 0, False)


def _mixed_in(owner: DictionaryObject, mask: bool) -> Iterator[Fault]:
    space = entry(dictionary(owner, "/Group"), "/CS")
    if space is not None and not _of_the_press(space, mask):
        yield _OTHER_COLOURS


def _of_the_press(space: object, mask: bool) -> bool:
    try:
        # A gray is a tint of black ink; in a mask it is no colour at all.
        components = space_of(space).components
    except RequestError:
        return False
    return components in {0, 1} or (components == 4 and not mask)


class _Judge:
    def __init__(self, ink_limit: float, judged: set[tuple[int, float]]) -> None:
        self._limit = ink_limit
        self._judged = judged

    def content(self, data: bytes, resources: DictionaryObject, pen: Pen, depth: int, mask: bool) -> Iterator[Fault]:
        """What is wrong with a content stream; `pen` is how it starts."""
        if depth > _DEEPEST:
            return
        yield from self._resources(resources, Pen(pen.scale), depth, mask)
        drawn = dictionary(resources, "/XObject")
        for instruction in instructions(data):
            pen.follow(instruction)
            yield from self._colour(instruction, dictionary(resources, "/ColorSpace"), mask)
            if draws_stroke(instruction) and pen.points < HAIRLINE - _STROKE_SLACK:
                yield _THIN
            if instruction.operator == b"Do":
                yield from self._form(entry(drawn, instruction.name), Pen(pen.scale, pen.width), depth, mask)

    def _colour(self, instruction: Instruction, spaces: DictionaryObject, mask: bool) -> Iterator[Fault]:
        match instruction.operator:
            case b"rg" | b"RG" | b"BI":
                yield _OTHER_COLOURS
            case b"k" | b"K":
                if mask:
                    yield _OTHER_COLOURS
                yield from self._total(sum(instruction.numbers) * 100)
            case b"cs" | b"CS":
                if not _of_the_press(entry(spaces, instruction.name) or instruction.name, mask):
                    yield _OTHER_COLOURS

    def _total(self, percent: float) -> Iterator[Fault]:
        if percent > self._limit + _INK_SLACK:
            yield Fault(
                "total-ink",
                f"Op een plek ligt {percent:.0f} % inkt over elkaar; {self._limit:g} % droogt op tijd",
                "Kies een kleur met minder inkt of laat de drukkerij de inkt beperken.",
            )

    def _resources(self, resources: DictionaryObject, pen: Pen, depth: int, mask: bool) -> Iterator[Fault]:
        for _, _, item in members(resources, "/XObject"):
            if isinstance(item, StreamObject) and entry(item, "/Subtype") == "/Image" and self._first(item, 0):
                yield from self._picture(item, mask)
        shadings = [item for _, _, item in members(resources, "/Shading")]
        for _, _, pattern in members(resources, "/Pattern"):
            if "/Shading" in pattern:
                shadings.append(dictionary(pattern, "/Shading"))
            yield from self._form(pattern, Pen(pen.scale), depth, mask)
        if not all(_of_the_press(entry(shading, "/ColorSpace"), mask) for shading in shadings):
            yield _OTHER_COLOURS
        for _, _, state in members(resources, "/ExtGState"):
            lit = entry(dictionary(state, "/SMask"), "/S") == "/Luminosity"
            yield from self._form(entry(dictionary(state, "/SMask"), "/G"), Pen(pen.scale), depth, mask or lit)

    def _picture(self, picture: StreamObject, mask: bool) -> Iterator[Fault]:
        if is_stencil(picture):
            return
        if not _of_the_press(entry(picture, "/ColorSpace"), mask):
            yield _OTHER_COLOURS
            return
        try:
            yield from self._total(total_ink(picture_of(picture)))
        except RequestError:
            yield _UNREADABLE_PICTURE

    def _form(self, form: object, pen: Pen, depth: int, mask: bool) -> Iterator[Fault]:
        if not isinstance(form, StreamObject) or entry(form, "/Subtype") == "/Image":
            return
        pen.scale *= area_scale(matrix_of(numbers(form, "/Matrix")))
        if self._first(form, pen.points):
            yield from _mixed_in(form, mask)
            yield from self.content(form.get_data(), dictionary(form, "/Resources"), pen, depth + 1, mask)

    def _first(self, item: DictionaryObject, scale: float) -> bool:
        key = id(item), round(scale, 6)
        known = key in self._judged
        self._judged.add(key)
        return not known
