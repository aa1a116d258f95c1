"""What a finished file has to be, and how a check's result is worded before it has a place."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from invulposter.edition import Edition
from invulposter.findings import Finding, Place, Severity
from invulposter.geometry import Size


@dataclass(frozen=True)
class Expectation:
    """What was planned for the file.

    `trim` is each page's finished size (mm; None: any), `bleed` (mm) what lies around it, `pages` the
    number of pages (None: any). `tagged` asks for a structure that is read aloud. `min_dpi` is what
    pictures have at least at the size of the page: 150, and 300 on what is read from close by. `words`
    are those the text has to hold (None: unknown). `ink_limit` is the most ink a press lays down, in
    percent of one full ink.
    """

    edition: Edition
    trim: Size | None = None
    bleed: float = 0
    pages: int | None = None
    tagged: bool = False
    min_dpi: float = 150
    words: Counter[str] | None = None
    ink_limit: float = 300


class Fault(NamedTuple):
    """A finding without its place: the sentence, and what to do."""

    code: str
    message: str
    advice: str
    severity: Severity = Severity.ERROR


def findings(faults: Iterable[tuple[int, Fault]]) -> Iterator[Finding]:
    """Give each fault once, placed at the first of the pages (from 1; 0 is the whole file) that have it."""
    pages: dict[Fault, set[int]] = {}
    for page, fault in faults:
        pages.setdefault(fault, set()).add(page)
    for fault, numbers in pages.items():
        others = len(numbers) - 1
        also = f" (en op nog {others} pagina{'s' if others > 1 else ''})" if others else ""
        message = f"{fault.message.removesuffix('.')}{also}."
        yield Finding(Place(page=min(numbers)), fault.code, message, fault.severity, fault.advice)
