"""How much room a text has left in its box: from the attempts to fit it, and what was found on the page. Pure.

The attempts are those of the layout itself, so that a box is what the layout makes of it; how many characters there
is room for is tried out with the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from invulposter.drawing.type import Face, Fitted, Typecase
from invulposter.editing.other import Other
from invulposter.findings import Finding, Severity
from invulposter.words import letters

#: Longest that a text is made to see how much room there is, in characters.
_FAR = 1200
#: What a text that is too long is found to do, on the laid-out page.
OVER = {"text-overflow", "text-clipped", "text-outside-page", "text-cut", "text-collision", "word-lost"}


class State(StrEnum):
    """How a text stands in its box."""

    FITS = "fits"
    SMALLER = "smaller"
    TOO_LONG = "too-long"


@dataclass(frozen=True)
class Room:
    """How a text stands: `characters` are about as many as there is room for, or too many where it is too long.

    None where that is not known. `share` is its size as a part of the largest it could have; `advice` tells what a
    check said. With `crowding` it is another text on the page that does not fit:
    `other`, where that is known.
    """

    state: State
    characters: int | None = None
    share: float = 1.0
    advice: str = ""
    crowding: bool = False
    other: Other | None = None

    @property
    def _counted(self) -> str:
        return "1 teken" if self.characters == 1 else f"{self.characters} tekens"

    @property
    def sentence(self) -> str:
        """It in Dutch."""
        if self.other:
            return f"Dit past, maar op deze bladzijde past ‘{self.other.name}’ niet."
        if self.crowding:
            return "Dit past, maar een andere tekst op deze bladzijde past niet."
        if self.state is State.TOO_LONG:
            return (
                f"Te lang: er moeten ongeveer {self.characters} tekens uit."
                if self.characters
                else "Te lang: kort de tekst in."
            )
        left = f" Nog ruimte voor ongeveer {self._counted}." if self.characters is not None else ""
        if self.characters == 0:
            left = " Meer past er niet bij."
        elif self.characters is not None and self.characters >= _FAR:
            left = " Er is nog veel ruimte."
        if self.state is State.SMALLER:
            return f"Past, maar wordt kleiner gezet: {round(self.share * 100)} % van de grootste letter.{left}"
        return f"Past.{left}"


@dataclass(frozen=True)
class Attempt:
    """One attempt of a layout to fit a text, and a way to try another text in the same box."""

    text: str
    sizes: tuple[float, ...]
    fitted: Fitted
    again: Callable[[str], Fitted]


@dataclass
class Watched:
    """What a layout tried: to fit texts in boxes, and to break them into lines at sizes (mm), in that order."""

    attempts: list[Attempt] = field(default_factory=list)
    broken: list[tuple[str, float]] = field(default_factory=list)


class _WatchedFace:
    """A face that keeps what was tried with it."""

    def __init__(self, face: Face, kept: Watched) -> None:
        self._face = face
        self._kept = kept

    def __getattr__(self, name: str) -> Any:
        return getattr(self._face, name)

    def fit(self, text: str, sizes: Sequence[float], width: float, height: float, leading: float = 1.24) -> Fitted:
        def again(other: str) -> Fitted:
            return self._face.fit(other, sizes, width, height, leading)

        fitted = self._face.fit(text, sizes, width, height, leading)
        self._kept.attempts.append(Attempt(str(text), tuple(sizes), fitted, again))
        return fitted

    def balance(self, text: str, size: float, width: float) -> list[str]:
        self._kept.broken.append((str(text), size))
        return self._face.balance(text, size, width)


class WatchedTypecase(Typecase):
    """A typecase that keeps in `watched` what a layout tries with its faces."""

    def __init__(self, *folders: Path) -> None:
        super().__init__(*folders)
        self.watched = Watched()

    def __call__(self, family: str, weight: int = 400, italic: bool = False) -> Face:
        """Give a face as `Typecase` does, watched."""
        return _WatchedFace(super().__call__(family, weight, italic), self.watched)  # type: ignore[return-value]


def room(text: str, watched: Watched, findings: Sequence[Finding]) -> Room | None:
    """How `text` stands on a page: in the worst of the boxes it was fitted in, or by what was found of it there.

    `findings` are those that name the text. None where nothing was tried and nothing found: then it just stands.
    """
    found = [_in_box(text, box) for box in _boxes(text, watched.attempts)] or list(_in_lines(text, watched.broken))
    order = list(State)
    worst = max(found, key=lambda one: (order.index(one.state), -one.share), default=None)
    over = [one for one in findings if one.code in OVER and one.severity is Severity.ERROR]
    if over and (worst is None or worst.state is not State.TOO_LONG):
        return Room(State.TOO_LONG, over[0].excess or None, advice=f"{over[0].message} {over[0].advice}")
    return worst


def over_full(attempts: Sequence[Attempt]) -> int:
    """How many boxes hold a text that does not fit, whichever text it is."""
    waiting: set[str] = set()
    for attempt in attempts:
        change = waiting.discard if attempt.fitted.fits else waiting.add
        change(letters(attempt.text))
    return len(waiting)


def longer(text: str, characters: int) -> str:
    """A text with about so many characters more, in its own words."""
    more = f" {' '.join(text.split()) or 'netwerk'}" * (characters // (len(text) + 1) + 1)
    return text + more[:characters].rstrip()


def _boxes(text: str, attempts: Sequence[Attempt]) -> Iterator[list[Attempt]]:
    """The attempts to fit the text, those for one box together: a layout stops where it fits."""
    said = letters(text)
    box: list[Attempt] = []
    for attempt in attempts:
        if said and letters(attempt.text) == said:
            box.append(attempt)
            if attempt.fitted.fits:
                yield box
                box = []
    if box:
        yield box


def _in_box(text: str, box: Sequence[Attempt]) -> Room:
    largest, last = box[0].sizes[0], box[-1]
    share = last.fitted.size / largest
    if not last.fitted.fits:
        return Room(State.TOO_LONG, _too_many(text, last), share)
    if share < 1:
        return Room(State.SMALLER, _more(text, lambda more: last.again(more).fits), share)
    return Room(State.FITS, _more(text, lambda more: _at_size(last.again(more), largest)), share)


def _in_lines(text: str, broken: Sequence[tuple[str, float]]) -> Iterator[Room]:
    """How a text stands that shares its room with others: a layout breaks it at ever smaller sizes until all fit."""
    said = letters(text)
    sizes = [size for other, size in broken if said and letters(other).endswith(said)]
    if sizes:
        share = sizes[-1] / max(sizes)
        yield Room(State.SMALLER if share < 1 else State.FITS, share=share)


def _at_size(fitted: Fitted, size: float) -> bool:
    return fitted.fits and fitted.size == size


def _too_many(text: str, attempt: Attempt) -> int:
    """How many characters have to go from the end for the rest to fit."""
    kept = _most(len(text), lambda length: attempt.again(text[:length].rstrip() or ".").fits)
    return max(1, len(text) - kept)


def _more(text: str, fits: Callable[[str], bool]) -> int:
    """How many characters there is room for behind the text, tried with its own words."""
    return _most(_FAR, lambda characters: fits(longer(text, characters)))


def _most(limit: int, holds: Callable[[int], bool]) -> int:
    """The largest number up to `limit` for which it holds, taking it that it holds for all that are smaller."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low
