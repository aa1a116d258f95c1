"""What to take along: the things that the content names for its steps, each once, counted where it says per whom. Pure.

Content says how many in plain words: `per persoon een stift`, `per groep twee scharen`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from invulposter.content import Guide, Poster
from invulposter.printlist import Packed, Workshop

_PER = re.compile(r"per (\w+) (een|één|[1-9]|twee|drie|vier|vijf) (.+)", re.IGNORECASE)
_NUMBERS = {"een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5}
_BETWEEN = re.compile(r", | en ")
#: What makes a Dutch word one of many.
_PLURALS = ("en", "s", "'s", "’s")


@dataclass(frozen=True)
class _Thing:
    """Something that is needed, `number` for each of `per`, and for what."""

    text: str
    use: str
    number: int = 1
    per: str = ""


def materials(guide: Guide, poster: Poster, workshop: Workshop, printed: Sequence[str]) -> tuple[Packed, ...]:
    """Everything but what is `printed` (the products' titles): what is counted first, then in order of use."""
    named: dict[str, list[_Thing]] = {}
    for text, use in _texts(guide, poster):
        # What follows a comma may be a remark on the size of what is printed.
        things = () if _is_printed(text.partition(",")[0], printed) else tuple(_read(text, use))
        for thing in things:
            named.setdefault(_singular(thing.text), []).append(thing)
    packed = [
        _packed(same, workshop, poster) for key, same in named.items() if not _said_already(key, set(named) - {key})
    ]
    return tuple(sorted(packed, key=lambda one: one.count is None))


def _texts(guide: Guide, poster: Poster) -> Iterator[tuple[str, str]]:
    """Everything that is asked for, with what for: a step by its number."""
    steps = ((step.guide.materials, str(number)) for number, step in enumerate(poster.steps, 1))
    opening, closing = guide.opening, guide.closing
    parts = ((opening.materials, opening.title), *steps, (closing.materials, closing.title))
    for texts, use in (*parts, (guide.preparation.items, "")):
        yield from ((text, use) for text in texts)


def _read(text: str, use: str) -> Iterator[_Thing]:
    """The things that one text names: `stiften, pennen en plakbriefjes` are three."""
    counted = _PER.fullmatch(text)
    if counted and _people(counted[1]):
        word = counted[2].lower()
        yield _Thing(counted[3], use, _NUMBERS.get(word) or int(word), counted[1])
    elif counted:
        yield _Thing(text, use)
    else:
        yield from (_Thing(part, use) for part in _BETWEEN.split(text))


def _people(word: str) -> str:
    """Whom a thing is for: a person, two people or a group; empty for another word."""
    for kind, words in (
        ("person", {"persoon", "deelnemer"}),
        ("pair", {"tweetal", "duo"}),
        ("group", {"groep", "groepje", "tafel", "viertal"}),
    ):
        if word.lower() in words:
            return kind
    return ""


def _is_printed(text: str, titles: Iterable[str]) -> bool:
    """Whether a thing is one of the products: `de poster` where there is an Invulposter."""
    words = [_singular(word) for word in re.findall(r"\w+", text)]
    ends = [_singular(title) for title in titles]
    return any(len(word) > 3 and end.endswith(word) for word in words for end in ends)


def _singular(text: str) -> str:
    """A rough key under which a word and its plural are one."""
    key = text.casefold()
    for ending in _PLURALS:
        if key.endswith(ending) and len(key) > len(ending) + 3:
            return key.removesuffix(ending)
    return key


def _said_already(key: str, others: Iterable[str]) -> bool:
    """Whether a single word stands as one of the choices in another thing: `telefoon` in `klok of telefoon`."""
    return any(key in other.split(" of ") for other in others)


def _packed(same: Sequence[_Thing], workshop: Workshop, poster: Poster) -> Packed:
    """One thing, however often it is asked for: it is used again at the next step."""
    counted = [thing for thing in same if thing.per]
    said = counted[0] if counted else same[0]
    numbers = {
        "person": workshop.participants,
        "pair": -(-workshop.participants // 2),
        "group": workshop.groups,
    }
    count = max((thing.number * numbers[_people(thing.per)] for thing in counted), default=None)
    return Packed(said.text, count, _uses([thing.use for thing in same if thing.use], len(poster.steps)))


def _uses(uses: Sequence[str], steps: int) -> str:
    """`Welkom, stap 1, 2, 3`: for what it is needed; `elke stap` for all of them."""
    numbers = [use for use in dict.fromkeys(uses) if use.isdigit()]
    parts = [use for use in dict.fromkeys(uses) if not use.isdigit()]
    if numbers:
        parts.append("elke stap" if len(numbers) == steps > 1 else f"stap {', '.join(numbers)}")
    return ", ".join(parts)
