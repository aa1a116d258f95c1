"""What filled-in posters say together: counted, grouped and ordered for a poster of its own. Pure.

The answers come as one mapping a form, by question id, as the fields of the poster are named after its content.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from invulposter.content import Agreement, Choices, ContactTable, NetworkMap, Phase, Poster, Prompt, Step, WriteArea

Value = str | bool
Form = Mapping[str, Value]
Kind = TypeVar("Kind", bound=Prompt)

#: What stands between loose words, and what people put before them in a list.
_BETWEEN = re.compile(r"[\n,;/•·|]+|\s[-–—]\s")
_AROUND = " \t.:!?-–—*'\"“”‘’()"
#: More letters than this is no loose word: it is told as a quote.
_LONGEST_WORD = 30
#: What was typed as one run of at most so many words is a row of loose words and no sentence.
_FEW = 4


@dataclass(frozen=True)
class Count:
    """Something and how often it was said."""

    text: str
    count: int


@dataclass(frozen=True)
class Quote:
    """What somebody wrote; `who` is empty where names are left out, `count` how many wrote just this."""

    text: str
    who: str = ""
    count: int = 1

    @property
    def line(self) -> str:
        """The quote as a poster shows it, with who said it or how many did."""
        times = f" ({self.count}×)" if self.count > 1 and not self.who else ""
        return f"{self.text}{times}{' — ' + self.who if self.who else ''}"


@dataclass(frozen=True)
class Part:
    """A part of the poster that was answered: its step's number (from 1) and title, and its own heading."""

    number: int
    title: str
    heading: str


@dataclass(frozen=True)
class Words(Part):
    """Loose words, the most frequent first; `sentences` are what is longer than a word."""

    words: tuple[Count, ...]
    sentences: tuple[Quote, ...]


@dataclass(frozen=True)
class Reasons(Part):
    """How often each option was ticked, in the poster's order, and what was written behind an open one."""

    options: tuple[Count, ...]
    own: tuple[Quote, ...]


@dataclass(frozen=True)
class Rings(Part):
    """How many names stand in each ring of the map, from near to far."""

    rings: tuple[Count, ...]


@dataclass(frozen=True)
class Contacts(Part):
    """Rows of the table of people: how many each poster has, how many were started, and filled in to the end."""

    rows: int
    planned: int
    complete: int


@dataclass(frozen=True)
class Quotes(Part):
    """Answers in people's own words, each text once, in the order in which the forms came."""

    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Harvest:
    """Everything the harvest poster shows; a part is None where the poster to fill in does not ask for it.

    `people` is the number of posters that were filled in, `voices` what handouts add: a part for each question.
    """

    people: int
    words: Words | None
    rings: Rings | None
    reasons: Reasons | None
    goals: Quotes | None
    contacts: Contacts | None
    agreements: Quotes | None
    voices: tuple[Quotes, ...] = ()


def harvest(forms: Sequence[Form], poster: Poster, phases: Sequence[Phase] = (), names: bool = False) -> Harvest:
    """Bring forms together; with `names` each quote says whose it is, otherwise no name is taken over."""
    return Harvest(
        people=len([form for form in forms if _is_poster(form, poster)]) or len(forms),
        words=_words(forms, poster, names),
        rings=_rings(forms, poster),
        reasons=_reasons(forms, poster, names),
        goals=_goals(forms, poster, names),
        contacts=_contacts(forms, poster),
        agreements=_agreements(forms, poster, names),
        voices=tuple(_voices(forms, phases, poster, names)),
    )


def is_answered(form: Form, poster: Poster) -> bool:
    """Whether anything was filled in beside whose form it is and the date, which may come with the form."""
    return any(value for key, value in form.items() if key not in {poster.owner.id, poster.date.id})


def is_name(question_id: str, poster: Poster) -> bool:
    """Whether the answer to a question is a person's name: the owner's, one on the map, or who will be met."""
    if question_id == poster.owner.id:
        return True
    rings = _first(poster, NetworkMap)
    if rings and question_id.startswith(f"{rings[1].id}.{rings[2].id}."):
        return True
    contacts = _first(poster, ContactTable)
    if contacts is None:
        return False
    _, step, table = contacts
    return question_id in {f"{step.id}.{table.id}.{row + 1}.{table.columns[0].id}" for row in range(table.rows)}


def loose_words(answer: str) -> tuple[str, ...]:
    """The words of one answer: a list's entries, or each word where a few were typed without anything between."""
    pieces = [piece.strip(_AROUND) for piece in _BETWEEN.split(answer)]
    found = [piece for piece in pieces if piece]
    if len(found) == 1 and 1 < len(found[0].split()) <= _FEW:
        found = [word.strip(_AROUND) for word in found[0].split()]
    return tuple(" ".join(word.split()) for word in found if word)


def counted(groups: Iterable[Iterable[str]]) -> tuple[Count, ...]:
    """How many groups hold each word, whatever its capitals; most first, as it is written most often."""
    times: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = {}
    for group in groups:
        for folded, word in {word.casefold(): word for word in group}.items():
            times[folded] += 1
            spellings.setdefault(folded, Counter())[word] += 1
    ordered = sorted(times.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Count(spellings[folded].most_common(1)[0][0], count) for folded, count in ordered)


def _first(poster: Poster, kind: type[Kind]) -> tuple[int, Step, Kind] | None:
    """The first part of a kind, with its step and the step's number."""
    for number, step in enumerate(poster.steps, 1):
        for part in step.parts:
            if isinstance(part, kind):
                return number, step, part
    return None


def _beside(poster: Poster, kind: type[Prompt]) -> tuple[int, Step, WriteArea] | None:
    """The first writing area in the step that has a part of `kind`."""
    found = _first(poster, kind)
    for part in found[1].parts if found else ():
        if found and isinstance(part, WriteArea):
            return found[0], found[1], part
    return None


def _is_poster(form: Form, poster: Poster) -> bool:
    starts = tuple(f"{step.id}." for step in poster.steps)
    return any(value and key.startswith(starts) for key, value in form.items())


def _text(form: Form, key: str) -> str:
    value = form.get(key, "")
    return value.strip() if isinstance(value, str) else ""


def _words(forms: Sequence[Form], poster: Poster, names: bool) -> Words | None:
    # Loose words are asked for beside the map: the step that looks round, before anybody says why.
    found = _beside(poster, NetworkMap)
    if found is None:
        return None
    number, step, part = found
    said = [(form, loose_words(_text(form, f"{step.id}.{part.id}"))) for form in forms]
    words = counted((word for word in words if len(word) <= _LONGEST_WORD) for _, words in said)
    long = ((form, word) for form, words in said for word in words if len(word) > _LONGEST_WORD)
    return Words(number, step.title, part.text, words, _once(long, poster, names))


def _rings(forms: Sequence[Form], poster: Poster) -> Rings | None:
    found = _first(poster, NetworkMap)
    if found is None:
        return None
    number, step, part = found
    rings = tuple(
        Count(ring.text, sum(_filled(form, f"{step.id}.{part.id}.{ring.id}.") for form in forms)) for ring in part.rings
    )
    return Rings(number, step.title, part.text, rings)


def _filled(form: Form, prefix: str) -> int:
    return sum(bool(value) for key, value in form.items() if key.startswith(prefix))


def _reasons(forms: Sequence[Form], poster: Poster, names: bool) -> Reasons | None:
    found = _first(poster, Choices)
    if found is None:
        return None
    number, step, part = found
    options, own = [], []
    for option in part.options:
        key = f"{step.id}.{part.id}.{option.id}"
        written = [(form, _text(form, f"{key}-tekst")) for form in forms]
        # Whoever writes a reason and forgets the box has that reason too.
        count = sum(bool(form.get(key)) or bool(text) for form, text in written)
        options.append(Count(option.text.rstrip(" :"), count))
        own += written
    return Reasons(number, step.title, part.text, tuple(options), _once(own, poster, names))


def _goals(forms: Sequence[Form], poster: Poster, names: bool) -> Quotes | None:
    found = _beside(poster, Choices)
    return _quotes(forms, poster, names, *found) if found else None


def _agreements(forms: Sequence[Form], poster: Poster, names: bool) -> Quotes | None:
    found = _first(poster, Agreement)
    return _quotes(forms, poster, names, *found) if found else None


def _quotes(forms: Sequence[Form], poster: Poster, names: bool, number: int, step: Step, part: Prompt) -> Quotes:
    said = ((form, _text(form, f"{step.id}.{part.id}")) for form in forms)
    return Quotes(number, step.title, part.text, _once(said, poster, names))


def _contacts(forms: Sequence[Form], poster: Poster) -> Contacts | None:
    found = _first(poster, ContactTable)
    if found is None:
        return None
    number, step, part = found
    rows = [
        [_text(form, f"{step.id}.{part.id}.{row + 1}.{column.id}") for column in part.columns]
        for form in forms
        for row in range(part.rows)
    ]
    return Contacts(number, step.title, part.text, part.rows, sum(map(any, rows)), sum(map(all, rows)))


def _voices(forms: Sequence[Form], phases: Sequence[Phase], poster: Poster, names: bool) -> Iterator[Quotes]:
    """The answers to questions of the phases, wherever they were asked: ids end in the question's own."""
    said: dict[str, list[tuple[Form, str]]] = {}
    for form in forms:
        for key in form:
            said.setdefault(key.rpartition(".")[2], []).append((form, _text(form, key)))
    for number, phase in enumerate(phases, 1):
        for question in phase.questions:
            quotes = _once(said.get(question.id, ()), poster, names)
            if quotes:
                yield Quotes(number, phase.name, question.text, quotes)


def _once(said: Iterable[tuple[Form, str]], poster: Poster, names: bool) -> tuple[Quote, ...]:
    """Each text once, on one line, with who wrote it or how many did."""
    found: dict[str, list[tuple[str, str]]] = {}
    for form, text in said:
        line = " ".join(text.split())
        if line:
            found.setdefault(line.casefold().rstrip(".!"), []).append((line, _text(form, poster.owner.id)))
    return tuple(
        Quote(those[0][0], ", ".join(dict.fromkeys(who for _, who in those if who)) if names else "", len(those))
        for those in found.values()
    )
