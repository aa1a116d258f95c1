"""What a workshop's print list shows: the day itself, and what to print, cut, glue and take along. Plain values."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

_DAY = 24 * 60


@dataclass(frozen=True)
class Workshop:
    """One workshop: how many people in how many groups, for which network and, where they are known, when and where."""

    participants: int
    groups: int
    network: str = ""
    date: datetime.date | None = None
    place: str = ""
    start: datetime.time | None = None

    @property
    def group_size(self) -> int:
        """How many people are in the largest group."""
        return -(-self.participants // self.groups)

    def clock(self, minute: int) -> str:
        """The time so many minutes after the start: `13.30`; empty where the start is not known."""
        if self.start is None:
            return ""
        at = (self.start.hour * 60 + self.start.minute + minute) % _DAY
        return f"{at // 60}.{at % 60:02d}"


@dataclass(frozen=True)
class PrintRow:
    """One file of the kit.

    `pieces` of the product come out when the file is printed `copies` times, on `sheets_each` sheets of `paper` each;
    `settings` are what to choose in the print dialogue.
    """

    number: int
    file: str
    title: str
    subject: str
    pieces: int
    size: str
    paper: str
    copies: int
    sheets_each: int
    settings: tuple[str, ...]
    minutes: int

    @property
    def sheets(self) -> int:
        """The sheets of all copies."""
        return self.copies * self.sheets_each


@dataclass(frozen=True)
class Cell:
    """A piece in a sketch, in mm from its upper left corner, and what is written on it."""

    x: float
    y: float
    width: float
    height: float
    name: str = ""


@dataclass(frozen=True)
class Sketch:
    """A poster with its tiles, or a sheet with its cards: measures in mm, and where a knife comes down."""

    kind: Literal["tiles", "cards"]
    width: float
    height: float
    cells: tuple[Cell, ...]
    across: tuple[float, ...] = ()
    down: tuple[float, ...] = ()


@dataclass(frozen=True)
class Work:
    """Something to cut, glue or staple: of which files, how, and the minutes it takes."""

    verb: str
    title: str
    files: tuple[int, ...]
    steps: tuple[str, ...]
    minutes: int
    sketch: Sketch | None = None


@dataclass(frozen=True)
class Packed:
    """Something to take along: how many, where that can be told, of which unit (`sets`), and what it is for."""

    text: str
    count: int | None = None
    use: str = ""
    unit: str = ""


@dataclass(frozen=True)
class PrintList:
    """Everything on the list; `reckoned` says in sentences what the minutes rest on."""

    rows: tuple[PrintRow, ...]
    works: tuple[Work, ...]
    printed: tuple[Packed, ...]
    materials: tuple[Packed, ...]
    reckoned: tuple[str, ...]

    @property
    def sheets(self) -> int:
        """The sheets of all files."""
        return sum(row.sheets for row in self.rows)

    @property
    def paper(self) -> dict[str, int]:
        """How many sheets of which paper."""
        return {name: sum(row.sheets for row in self.rows if row.paper == name) for name in self._papers}

    @property
    def _papers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.paper for row in self.rows))

    @property
    def printing(self) -> int:
        """Minutes at the printer."""
        return sum(row.minutes for row in self.rows)

    @property
    def making(self) -> int:
        """Minutes with knife, glue and stapler."""
        return sum(work.minutes for work in self.works)
