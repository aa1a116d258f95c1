"""What a build made: one artefact for each PDF, as `build.json` and the gallery tell it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from invulposter.edition import Edition
from invulposter.findings import Finding, errors, finding_from

if TYPE_CHECKING:
    from invulposter.plan import Job

BUILD_FILE = "build.json"
INDEX_FILE = "index.html"


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

    `seconds` is the time it took to make, `code` the edition code that is printed on it, `page_codes` tell which pages
    changed since, `key` stands for all that it was made from. `copies` is the number of filled copies, `refused` what
    was wrong with the rows of the others. `thrifty` says that it was drawn to save ink; then `ordinary_ink` is
    what each page takes in the ordinary edition, if that is there too. `tiles` are columns and rows of sheets to glue.
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
    fillable: bool
    size: str
    paper: str
    pages: int = 0
    sheets: int = 0
    cuts: int = 0
    duplex: str = ""
    notes: tuple[str, ...] = ()
    sha256: str = ""
    code: str = ""
    page_codes: tuple[str, ...] = ()
    key: str = ""
    cached: bool = False
    seconds: float = 0.0
    findings: tuple[Finding, ...] = ()
    error: str = ""
    pictures: tuple[PageReport, ...] = field(default=())
    copies: int = 0
    refused: tuple[Finding, ...] = ()
    thrifty: bool = False
    ordinary_ink: tuple[float, ...] = ()
    tiles: tuple[int, int] = (0, 0)

    @property
    def most_ink(self) -> float:
        """The ink of the page that takes most, as a share of it."""
        return max((page.ink for page in self.pictures), default=0.0)

    @property
    def files(self) -> tuple[str, ...]:
        """All that is written for it: the PDF, the order sheet of a press edition, the thumbnails."""
        path = PurePosixPath(self.path)
        order = (order_path(path).as_posix(),) if self.edition == Edition.PRESS else ()
        return (self.path, *order, *(page.picture for page in self.pictures))

    @property
    def made(self) -> bool:
        """Whether the file was written."""
        return not self.error

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that kept it from being written, or that a draft was written in spite of."""
        return errors(self.findings)


def order_path(path: PurePosixPath) -> PurePosixPath:
    """Where the order sheet of the PDF at `path` lies: beside it."""
    return path.with_name(f"{path.stem}-drukorder.txt")


def stands(artefact: Artefact, out: Path) -> bool:
    """Whether all its files are in the output folder, and its PDF as it was made."""
    try:
        # Of a thousand documents it is asked for ten thousand files: a Path for each would take as long as asking.
        there = all(os.path.isfile(f"{out}/{file}") for file in artefact.files)  # noqa: PTH113
        return there and hashlib.sha256((out / artefact.path).read_bytes()).hexdigest() == artefact.sha256
    except OSError:
        return False


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
        fillable=job.fillable,
        size=job.size.name,
        paper=job.paper.name,
        thrifty=job.thrifty,
    )


def to_json(artefacts: Iterable[Artefact]) -> str:
    """The text of `build.json`: a list with an object for each artefact, a line each."""
    lines = ",\n".join(map(to_json_line, artefacts))
    return f"[\n{lines}\n]\n"


def to_json_line(artefact: Artefact) -> str:
    """One artefact as a line of JSON, for programs that follow a build."""
    return json.dumps(vars(artefact), default=vars, ensure_ascii=False)


def from_json(text: str) -> Iterator[Artefact]:
    """Read what `to_json` wrote; objects that are not understood are left out."""
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError):
        return
    for entry in entries if isinstance(entries, list) else []:
        try:
            yield _artefact(entry)
        except (TypeError, KeyError, ValueError, AttributeError):
            continue


def _artefact(entry: dict[str, Any]) -> Artefact:
    if not isinstance(entry["path"], str):
        raise TypeError("a path is a text")
    findings = tuple(finding_from(one) for one in entry.pop("findings"))
    pictures = tuple(PageReport(**one) for one in entry.pop("pictures"))
    refused = tuple(finding_from(one) for one in entry.pop("refused", ()))
    notes = tuple(entry.pop("notes"))
    pages = tuple(entry.pop("page_codes", ()))
    ordinary = tuple(entry.pop("ordinary_ink", ()))
    columns, rows = entry.pop("tiles", (0, 0))
    made = Artefact(**entry, notes=notes, page_codes=pages, ordinary_ink=ordinary, tiles=(columns, rows))
    return replace(made, findings=findings, pictures=pictures, refused=refused)


def read_report(out: Path) -> tuple[Artefact, ...]:
    """The artefacts in the `build.json` of an output folder; none where there is none."""
    try:
        return tuple(from_json((out / BUILD_FILE).read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError):
        return ()


def merged(new: Iterable[Artefact], earlier: Mapping[str, Artefact], out: Path) -> tuple[Artefact, ...]:
    """The artefacts of this build, and those of earlier ones whose files still stand in the output folder."""
    found = {artefact.path: artefact for artefact in new}
    for path, artefact in earlier.items():
        if artefact.made and (out / path).is_file():
            found.setdefault(path, artefact)
    return tuple(_beside_ordinary(found.values()))


def _beside_ordinary(artefacts: Iterable[Artefact]) -> Iterator[Artefact]:
    """The same artefacts; those that save ink know how much the ordinary ones take."""
    known = tuple(artefacts)
    ordinary = {_what(artefact): artefact for artefact in known if artefact.made and not artefact.thrifty}
    for artefact in known:
        beside = ordinary.get(_what(artefact)) if artefact.thrifty else None
        yield replace(artefact, ordinary_ink=tuple(page.ink for page in beside.pictures)) if beside else artefact


def _what(artefact: Artefact) -> tuple[str, ...]:
    of = (artefact.rayon, artefact.style, artefact.layout, artefact.subject)
    return (*of, artefact.edition, artefact.size, artefact.paper)
