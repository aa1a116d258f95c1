"""What a build made: one artefact for each PDF, as `build.json` and the gallery tell it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from invulposter.findings import Finding, Place, Severity, errors
from invulposter.plan import Job

BUILD_FILE = "build.json"


@dataclass(frozen=True)
class PageReport:
    """A page's thumbnail (relative to the output folder), its pixels, and its ink as a share of the page."""

    picture: str
    width: int
    height: int
    ink: float


@dataclass(frozen=True)
class Artefact:
    """One PDF of a build: what it is, how large, what was found, and why it is not there if it is not.

    `seconds` is the time it took to make; `code` the edition code that is printed on it.
    """

    path: str
    layout: str
    title: str
    subject: str
    subject_name: str
    rayon: str
    rayon_name: str
    style: str
    edition: str
    size: str
    paper: str
    pages: int = 0
    sheets: int = 0
    sha256: str = ""
    code: str = ""
    cached: bool = False
    seconds: float = 0.0
    findings: tuple[Finding, ...] = ()
    error: str = ""
    pictures: tuple[PageReport, ...] = field(default=())

    @property
    def made(self) -> bool:
        """Whether the file was written."""
        return not self.error

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that kept it from being written, or that a draft was written in spite of."""
        return errors(self.findings)


def artefact_of(job: Job) -> Artefact:
    """The artefact of a job that is still to be made."""
    return Artefact(
        path=job.path.as_posix(),
        layout=job.layout.name,
        title=job.layout.facts.title,
        subject=job.subject.id if job.subject else "",
        subject_name=job.subject.name if job.subject else "",
        rayon=job.rayon.id,
        rayon_name=job.rayon.name,
        style=job.layout.style,
        edition=job.edition.value,
        size=job.size.name,
        paper=job.paper.name,
    )


def to_json(artefacts: Iterable[Artefact]) -> str:
    """The text of `build.json`: a list with an object for each artefact."""
    return json.dumps([asdict(artefact) for artefact in artefacts], ensure_ascii=False, indent=1) + "\n"


def to_json_line(artefact: Artefact) -> str:
    """One artefact as a line of JSON, for programs that follow a build."""
    return json.dumps(asdict(artefact), ensure_ascii=False)


def from_json(text: str) -> Iterator[Artefact]:
    """Read what `to_json` wrote; objects that are not understood are left out."""
    try:
        entries = json.loads(text)
    except ValueError:
        return
    for entry in entries if isinstance(entries, list) else []:
        try:
            yield _artefact(entry)
        except (TypeError, KeyError, ValueError):
            continue


def _artefact(entry: dict[str, Any]) -> Artefact:
    findings = tuple(
        Finding(Place(**one["place"]), one["code"], one["message"], Severity(one["severity"]), one["advice"])
        for one in entry.pop("findings")
    )
    pictures = tuple(PageReport(**one) for one in entry.pop("pictures"))
    return replace(Artefact(**entry), findings=findings, pictures=pictures)


def merged(new: Iterable[Artefact], out: Path) -> tuple[Artefact, ...]:
    """The artefacts of this build and those of earlier ones that still stand in the output folder."""
    found = {artefact.path: artefact for artefact in new}
    build_file = out / BUILD_FILE
    if build_file.is_file():
        for artefact in from_json(build_file.read_text(encoding="utf-8")):
            if artefact.made and (out / artefact.path).is_file():
                found.setdefault(artefact.path, artefact)
    return tuple(found[path] for path in sorted(found))
