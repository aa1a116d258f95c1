"""A check's result, and nothing else: whoever runs a check decides what to print or refuse."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How bad a finding is: an error keeps a file from being written, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, order=True)
class Place:
    """Where something was found: a line and column in a source file (both from 1), or a page (from 1)."""

    path: str = ""
    line: int = 0
    column: int = 0
    page: int = 0

    def __str__(self) -> str:
        """`path:line:column`, as editors and terminals turn it into a link."""
        parts = [self.path, *(str(number) for number in (self.line, self.column) if number)]
        place = ":".join(part for part in parts if part)
        if self.page:
            place = f"{place} p. {self.page}" if place else f"p. {self.page}"
        return place


@dataclass(frozen=True, order=True)
class Finding:
    """One thing a check found.

    `code` is stable and short (`text-outside-page`); `message` says in one sentence what is wrong and where,
    `advice` what to do about it. `about` is the id that it is about, `excess` about how many characters are too many,
    for who has to tell it in other words.
    """

    place: Place
    code: str
    message: str
    severity: Severity = field(default=Severity.ERROR)
    advice: str = ""
    about: str = ""
    excess: int = 0

    def __str__(self) -> str:
        """`path:line:column: message`, the advice behind it."""
        where = f"{self.place}: " if str(self.place) else ""
        return f"{where}{self.message}" + (f" {self.advice}" if self.advice else "")


def errors(findings: tuple[Finding, ...] | list[Finding]) -> tuple[Finding, ...]:
    """Give the findings of severity error, in their order."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def finding_from(data: dict[str, Any]) -> Finding:
    """The finding that `asdict` was given."""
    return Finding(**{**data, "place": Place(**data["place"]), "severity": Severity(data["severity"])})
