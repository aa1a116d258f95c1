"""A layout: one product in one style, described by the `layout.toml` in its folder."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from invulposter.content import Model, Text
from invulposter.findings import Finding, Place
from invulposter.geometry import A_SIZES, Size, parse_size
from invulposter.yamlsource import Source, validate

#: The files of a layout: its facts, and the template of its pages.
FACTS, PAGE = "layout.toml", "page.html.j2"
_TOML_LINE = re.compile(r"line (\d+), column (\d+)")


def _size(text: str) -> str:
    parse_size(text)
    return text


def _paper(text: str) -> str:
    if text not in A_SIZES:
        raise ValueError(f"'{text}' is not a paper size: expected {', '.join(A_SIZES)}")
    return text


def _falling(scales: dict[str, tuple[float, ...]]) -> dict[str, tuple[float, ...]]:
    for name, sizes in scales.items():
        if not sizes or sorted(set(sizes), reverse=True) != list(sizes) or sizes[-1] <= 0:
            raise ValueError(f"the sizes of '{name}' have to fall, such as [8, 7.2, 6.4]")
    return scales


class OfficeFacts(Model):
    """What the office edition makes when nothing else is asked for."""

    size: Annotated[str, AfterValidator(_size)] | None = Field(None, description="Finished size; absent: as designed")
    paper: Annotated[str, AfterValidator(_paper)] = Field("A4", description="What is in the printer")
    scheme: Literal["plain", "n-up", "booklet"] = Field("plain", description="When the paper is larger than the page")


class PressFacts(Model):
    """What the order sheet asks a print shop for; what is absent is left open to be written in."""

    stitched: bool = Field(False, description="Are its pages folded and stapled in the spine?")
    paper: Text | None = Field(None, description="The paper; absent: what suits, where that is known")
    finishing: Text | None = Field(None, description="What is done after printing; absent: what suits, where known")


class LayoutFacts(Model):
    """The facts in `layout.toml`."""

    title: Text = Field(description="The product's name, as the gallery shows it")
    description: Text = Field(description="One sentence: what it is for")
    for_each: tuple[Literal["rayon", "phase", "network", "harvest", "workshop"], ...] = Field(
        ("rayon",),
        description="One document for each rayon, for each phase or network where named; or of something made",
    )
    also_for: tuple[Literal["network"], ...] = Field((), description="Extra documents, only where they are asked for")
    size: Annotated[str, AfterValidator(_size)] = Field(description="The size it is designed at: A1, or 105x74 in mm")
    orientation: Literal["portrait", "landscape"] = "portrait"
    fillable: bool = Field(False, description="Does the screen edition have fields?")
    duplex: bool = Field(False, description="Are the pages fronts and backs in turn?")
    thrifty: bool = Field(False, description="Is there a drawing of it that saves ink?")
    per: Literal["person", "group", "workshop"] = Field("workshop", description="How many a workshop needs")
    safe: float = Field(5, ge=0, le=50, description="Distance from the trim, in mm, that text keeps")
    smallest_type: float = Field(8, ge=4, le=40, description="Smallest type in pt, at the office edition's size")
    scales: Annotated[dict[str, tuple[float, ...]], AfterValidator(_falling)] = Field(
        default_factory=dict, description="For each box that may be set smaller: its type sizes in mm, largest first"
    )
    ink_limit: float | None = Field(None, ge=1, le=100, description="Most ink on a page, in % of its area")
    office: OfficeFacts = OfficeFacts()
    press: PressFacts = PressFacts()
    avoid: tuple[tuple[float, float, float, float], ...] = Field(
        (), description="Areas (x, y, width, height in mm) that a seam between tiles keeps out of"
    )


@dataclass(frozen=True)
class Layout:
    """A layout with its place in the workspace: the name of its folder, its style and its files."""

    name: str
    style: str
    folder: Path
    facts: LayoutFacts

    @property
    def size(self) -> Size:
        """The designed size in mm, as it lies."""
        return oriented(self.facts.size, self.facts.orientation)

    @property
    def office_scale(self) -> float:
        """How many times as large as designed the office's printer makes it, unless something else is asked for."""
        wanted = self.facts.office.size
        return self.size.scale_to(parse_size(wanted).like(self.size)) if wanted else 1.0

    @property
    def from_content(self) -> bool:
        """Whether it needs nothing but content: no harvest that was collected, no workshop that was planned."""
        return not {"harvest", "workshop"} & set(self.facts.for_each)

    @property
    def subject_kind(self) -> Literal["phase", "network"] | None:
        """What there is one document of within a rayon, where it is not the rayon alone."""
        for kind in ("phase", "network"):
            if kind in self.facts.for_each:
                return kind
        return None


def oriented(size: str, orientation: str) -> Size:
    """A named size laid as asked for; a size in millimetres lies as it is written."""
    parsed = parse_size(size)
    if size.upper() in A_SIZES and parsed.landscape != (orientation == "landscape"):
        return parsed.turned()
    return parsed


def parse_facts(text: str, path: str) -> LayoutFacts | tuple[Finding, ...]:
    """Read a `layout.toml`; `path` is what messages call it. Gives the facts or every mistake in them."""
    try:
        data = tomllib.loads(text)
    # Beside its own error, of a number of thousands of figures or thousands of brackets.
    except (ValueError, RecursionError) as error:
        found = _TOML_LINE.search(str(error))
        place = Place(path, int(found[1]), int(found[2])) if found else Place(path, 1, 1)
        return (Finding(place, "layout", f"this is not TOML: {str(error).split(' (at')[0]}"),)
    return validate(Source(path, data, _positions(text)), LayoutFacts)


def _positions(text: str) -> dict[tuple[str | int, ...], tuple[int, int]]:
    """Where each key stands. TOML's own parser keeps no positions; keys stand at the start of a line."""
    positions: dict[tuple[str | int, ...], tuple[int, int]] = {(): (1, 1)}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[+\s*([\w.-]+)\s*\]", line):
            table = tuple(header[1].split("."))
            positions[table] = (number, 1)
        elif key := re.match(r"\s*([\w-]+)\s*=", line):
            positions[*table, key[1]] = (number, key.start(1) + 1)
    return positions
