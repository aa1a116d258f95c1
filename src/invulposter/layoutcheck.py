"""Checks on a laid-out document: text that is cut off, runs out of its box, collides or changed its font.

WeasyPrint says nothing of these: a box with a fixed height simply overruns or clips. So the laid-out page
tree is measured. The fonts that were really used are known only after `write_pdf`, so that `check_document`
is run after it.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter, itemgetter
from typing import Any

from invulposter import words
from invulposter.findings import Finding, Place, Severity
from invulposter.laidout import (
    MM_PER_PX,
    PT_PER_PX,
    Frame,
    Rectangle,
    Text,
    colliding,
    page_texts,
    sticking_out,
)

#: Less than this, in mm, is a matter of rounding and of ink that is measured by the type size alone.
TOLERANCE = 0.3

#: So many letters in a row are found in one text only.
_TELLING = 60

_SIDES = {"right": "rechts", "left": "links", "bottom": "onder", "top": "boven"}
_SHORTEN = "Kort de tekst in of maak er meer ruimte voor."


@dataclass(frozen=True)
class Limits:
    """What a layout asks of its pages.

    `safe` (mm) is the distance that text keeps from the trim. `smallest_type` (pt) is judged at the finished
    size, which is the laid-out one times `scale`. `words` are those that must be on the pages (None: not
    known), `origins` where in the content a text stands, as `path:line`.
    """

    safe: float = 0
    smallest_type: float = 0
    scale: float = 1
    words: Counter[str] | None = None
    origins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Overflow:
    """A box on a page (from 1) that its text runs out of: by how much (mm), at which side, and what text.

    `element` is the box's HTML element; `characters` are about as many as have to go.
    """

    page: int
    element: Any
    side: str
    over: float
    text: Text
    characters: int
    clipped: bool


def check_layers(below: list[list[Text]], above: list[list[Text]], origins: Mapping[str, str]) -> tuple[Finding, ...]:
    """Find, page by page, the texts of one layer that those of the next run over."""
    found: list[Finding] = []
    for number, (under, over) in enumerate(zip(below, above, strict=True), 1):
        apart = [text._replace(block=-text.block) for text in under]
        pairs = colliding([*apart, *over], TOLERANCE / MM_PER_PX)
        across = [sorted(pair, key=attrgetter("block")) for pair in pairs if (pair[0].block < 0) != (pair[1].block < 0)]
        told = _with_sources([text for _, text in across], origins) if across else []
        found += _collisions(number, [(one, text) for (one, _), text in zip(across, told, strict=True)])
    return tuple(sorted(set(found)))


def check_sizes(layers: Iterable[tuple[int, list[Text]]], limits: Limits) -> Iterator[Finding]:
    """Find text that is smaller than a layout's smallest: one finding for a whole document, at the smallest of all.

    `layers` are the texts of one layer of a page, with the page's number (from 1).
    """
    small: list[tuple[float, int, Text]] = []
    for page, texts in layers:
        smallest: dict[int, tuple[float, Text]] = {}
        for text in texts:
            size = round(text.style["font_size"] * PT_PER_PX * text.scale * limits.scale, 1)
            if size < min(limits.smallest_type, smallest.get(text.block, (math.inf,))[0]):
                smallest[text.block] = (size, text)
        small += [(size, page, text) for size, text in smallest.values()]
    if not small:
        return
    size, page, text = min(small, key=itemgetter(0, 1))
    least = _number(limits.smallest_type)
    yield _finding(
        page,
        "type-too-small",
        text,
        f"{{text}} is {_number(size)} punt groot, het kleinste is {least}"
        if len(small) == 1
        else f"{len(small)} teksten zijn kleiner dan {least} punt; {{text}} is met {_number(size)} punt de kleinste",
        "Zet de tekst groter of druk het werk groter af.",
        Severity.WARNING,
    )


def check_document(document: Any, limits: Limits) -> tuple[Finding, ...]:
    """Check every page of WeasyPrint's `document` (after `write_pdf`); gives findings sorted by page."""
    pages = [page_texts(page) for page in document.pages]
    found = _findings(document, pages, limits)
    if found and limits.origins:
        # Looking up where each text comes from is slow, and most documents have nothing to say.
        found = _findings(document, [_with_sources(texts, limits.origins) for texts in pages], limits)
    return tuple(sorted(found))


def _findings(document: Any, pages: list[list[Text]], limits: Limits) -> set[Finding]:
    found: list[Finding] = []
    for number, (page, texts) in enumerate(zip(document.pages, pages, strict=True), 1):
        found += _overflow_findings(number, texts)
        found += _page_edges(number, texts, page, limits)
        found += _collisions(number, colliding(texts, TOLERANCE / MM_PER_PX))
        found += _cut_lines(number, texts)
    found += _fonts(document, pages)
    if limits.words is not None:
        found += _lost_words(pages, limits.words)
    return set(found)


def _with_sources(texts: list[Text], origins: Mapping[str, str]) -> list[Text]:
    """Tell each text that names no source where in the content its block's words stand."""
    blocks: dict[int, str] = {}
    for text in texts:
        blocks[text.block] = blocks.get(text.block, "") + text.text
    known = {words.letters(text): place for text, place in origins.items() if len(text) > 3}
    places = {block: _origin(words.letters(said), known) for block, said in blocks.items()}
    return [text if text.source else text._replace(source=places[text.block]) for text in texts]


def _origin(said: str, known: Mapping[str, str]) -> str:
    """The place of the longest known text in a block, or of one that the block is a part of; empty where none is."""
    inside = max((text for text in known if text in said), key=len, default="")
    # What runs off the page is not laid out: then the last words that are have to do.
    around = min((text for text in known if len(said) > 3 and said[-_TELLING:] in text), key=len, default="")
    best = inside if len(inside) * 2 > len(said) or not around else around
    return known.get(best, "")


def laid_out_text(pages: list[list[Text]]) -> str:
    """Give the text on the pages, one line of type a line."""
    parts: list[str] = []
    line = 0
    for texts in pages:
        for text in texts:
            if text.line != line:
                parts.append("\n")
            parts.append(text.text)
            line = text.line
    return "".join(parts)


def _overflows(page: int, texts: list[Text]) -> Iterator[Overflow]:
    worst: dict[int, tuple[float, str]] = {}
    first: dict[int, tuple[Text, Frame]] = {}
    characters: Counter[int] = Counter()
    for text in texts:
        for frame in text.frames:
            over = sticking_out(text, frame)
            if over[0] * MM_PER_PX > TOLERANCE:
                key = id(frame)
                first.setdefault(key, (text, frame))
                worst[key] = max(over, worst.get(key, over))
                characters[key] += _too_many(text, over)
    for key, (text, frame) in first.items():
        length, side = worst[key]
        told = _telling(text, texts, frame) if side in {"bottom", "top"} else text
        yield Overflow(page, frame.element, side, length * MM_PER_PX, told, characters[key], frame.clips)


def _telling(out: Text, texts: list[Text], frame: Frame) -> Text:
    """The text to name where `out` is pushed out of a box: where a block begins that is longer than its own."""
    inside = [text for text in texts if any(frame is own for own in text.frames)]
    lengths: Counter[int] = Counter()
    for text in inside:
        lengths[text.block] += len(text.text)
    longest = max(lengths.values())
    if lengths[out.block] * 2 > longest:
        return out
    return next(text for text in inside if lengths[text.block] == longest)


def _too_many(text: Text, over: tuple[float, str]) -> int:
    """About how many characters of a line are out: all of a line too low or too high, the end of one too wide."""
    length, side = over
    if side in {"bottom", "top"}:
        return len(text.text)
    return max(1, math.ceil(len(text.text) * min(1, length / (text.area.right - text.area.left or 1))))


def _overflow_findings(page: int, texts: list[Text]) -> Iterator[Finding]:
    innermost = {id(overflow.text): overflow for overflow in _overflows(page, texts)}
    for overflow in innermost.values():
        code, what = ("text-clipped", "wordt afgesneden") if overflow.clipped else ("text-overflow", "past niet")
        found = _finding(
            page,
            code,
            overflow.text,
            f"{{text}} {what}: {_mm(overflow.over)} te veel aan de {_edge(overflow.side)} "
            f"van het vak{_named(overflow.element)}",
            f"Kort de tekst met ongeveer {overflow.characters} tekens in of maak het vak groter.",
        )
        yield replace(found, excess=overflow.characters)


def _page_edges(page: int, texts: list[Text], laid_out: Any, limits: Limits) -> Iterator[Finding]:
    told: set[tuple[int, bool]] = set()
    for text in texts:
        edge, side = beyond_trim(text.on_page, laid_out)
        over = edge * MM_PER_PX
        outside = over > TOLERANCE
        if over + limits.safe <= TOLERANCE or (text.block, outside) in told:
            continue
        told.add((text.block, outside))
        if outside:
            what = f"{{text}} valt {_mm(over)} buiten de pagina, aan de {_edge(side)}"
            yield _finding(page, "text-outside-page", text, what, _SHORTEN)
        else:
            yield _finding(
                page,
                "text-outside-safe",
                text,
                f"{{text}} staat {_mm(max(-over, 0))} van de {_edge(side)}; {_mm(limits.safe)} is veilig",
                "Zet de tekst verder van de rand: bij het snijden kan er iets af gaan.",
                Severity.WARNING,
            )


def beyond_trim(area: Rectangle, page: Any) -> tuple[float, str]:
    """How far an area passes the page's edge (px, negative when inside), and at which side."""
    return max(
        (area.right - page.width, "right"),
        (-area.left, "left"),
        (area.bottom - page.height, "bottom"),
        (-area.top, "top"),
    )


def _collisions(page: int, pairs: Iterable[tuple[Text, Text]]) -> Iterator[Finding]:
    told: set[frozenset[int]] = set()
    for one, other in pairs:
        pair = frozenset((one.block, other.block))
        if pair not in told:
            told.add(pair)
            what = f"{{text}} staat over '{first_words(one.text)}' heen"
            yield _finding(page, "text-collision", other, what, "Geef beide teksten meer ruimte of kort er een in.")


def _cut_lines(page: int, texts: list[Text]) -> Iterator[Finding]:
    ends = {text.line: text for text in texts if text.cut}
    for text in ends.values():
        yield _finding(page, "text-cut", text, "Na {text} is de rest van de tekst weggelaten", _SHORTEN)


def _fonts(document: Any, pages: list[list[Text]]) -> Iterator[Finding]:
    """Compare the fonts that are in the PDF with those that the style asks for first."""
    used = {font.family.casefold(): font for font in document.fonts.values()}
    asked: dict[str, tuple[int, Text]] = {}
    for number, texts in enumerate(pages, 1):
        for text in texts:
            asked.setdefault(text.style["font_family"][0].casefold(), (number, text))
    for name, (number, text) in asked.items():
        family = text.style["font_family"][0]
        if used and name not in used:
            what = f"Het lettertype '{family}' ontbreekt; {{text}} staat in een ander"
            yield _finding(number, "font-replaced", text, what, "Zet het als .ttf in fonts/<naam>/ of kies een ander.")
    missing = {chr(code) for font in document.fonts.values() for code in font.missing} | {"\ufffd"}
    yield from _characters(pages, missing, "glyph-missing", "kan niet worden afgedrukt")
    # Where a whole font was replaced, each of its characters would be named again.
    if asked.keys() <= used.keys():
        strange = [font for name, font in used.items() if name not in asked]
        borrowed = {char for font in strange for run in font.to_unicode.values() for char in run}
        yield from _characters(pages, borrowed - missing, "glyph-borrowed", "komt uit een ander lettertype")


def _characters(pages: list[list[Text]], wanted: set[str], code: str, what: str) -> Iterator[Finding]:
    wanted = {char for char in wanted if not char.isspace()}
    for number, texts in enumerate(pages, 1):
        told: set[str] = set()
        for text in texts if wanted else ():
            for char in sorted(wanted.intersection(text.text) - told):
                told.add(char)
                sentence = f"Het teken '{char}' (U+{ord(char):04X}) in {{text}} {what}"
                yield _finding(number, code, text, sentence, "Vervang het teken door een gewone letter.")


def _lost_words(pages: list[list[Text]], expected: Counter[str]) -> Iterator[Finding]:
    lost = words.lost(expected, laid_out_text(pages))
    if lost:
        what = f"{words.told(lost)} niet op de pagina's."
        yield Finding(Place(page=1), "word-lost", what, advice=_SHORTEN)


def _finding(
    page: int, code: str, text: Text, sentence: str, advice: str, severity: Severity = Severity.ERROR
) -> Finding:
    """Make a finding of a sentence in which `{text}` stands for the text's first words."""
    area = text.on_page
    where = f"{area.left * MM_PER_PX:.0f} mm van links, {area.top * MM_PER_PX:.0f} mm van boven"
    source = f", uit {text.source}" if text.source else ""
    said = sentence.replace("{text}", f"'{first_words(text.text)}'", 1)
    path, line = _source_line(text.source)
    return Finding(Place(path, line, page=page), code, f"{said} ({where}{source}).", severity, advice)


def _source_line(source: str) -> tuple[str, int]:
    """Split `fasen/werven.yaml:12`; a source without a line is all path."""
    path, _, line = source.partition(":")
    number = line.split(":")[0]
    return (path, int(number)) if number.isdecimal() else (source, 0)


def first_words(text: str, most: int = 40) -> str:
    """The words by which a text is named in a message, of at most so many characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most + 1].rsplit(" ", 1)[0][:most] + "…"


def _named(element: Any) -> str:
    """Give the name in `data-vak`, ` 'id'` or ` 'class'` of an HTML element: how a layout's maker knows the box."""
    if element is None:
        return ""
    name = element.get("data-vak") or element.get("id") or (element.get("class") or "").split(" ")[0]
    return f" '{name}'" if name else ""


def _edge(side: str) -> str:
    return f"{_SIDES[side]}kant"


def _mm(length: float) -> str:
    return f"{_number(length)} mm"


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
