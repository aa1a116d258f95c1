"""`out/index.html`: a page with every PDF that was made, its thumbnails, findings and print advice, in Dutch."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from invulposter.geometry import A_SIZES
from invulposter.report import INDEX_FILE, Artefact
from invulposter.write import write_file

EDITION_NAMES = {"screen": "Scherm", "office": "Kantoorprinter", "press": "Drukkerij"}


@dataclass(frozen=True)
class Group:
    """The artefacts of one product within a rayon, those about one subject together."""

    title: str
    subjects: tuple[tuple[Artefact, ...], ...]


@dataclass(frozen=True)
class RayonGroup:
    """A rayon with its products."""

    id: str
    name: str
    groups: tuple[Group, ...]


#: The gallery's own letters, below the folder of fonts; they are copied beside it.
FONTS = ("young-serif/YoungSerif_400Regular.ttf", "alegreya-sans/AlegreyaSans_500Medium.ttf")
FONTS_FOLDER = "letters"


def write_gallery(artefacts: Sequence[Artefact], out: Path, fonts: Path) -> None:
    """Write the gallery of these artefacts into `out`, with its letters from the folder `fonts`."""
    for font in FONTS:
        copy = out / FONTS_FOLDER / Path(font).name
        if not copy.is_file():
            write_file(copy, (fonts / font).read_bytes())
    write_file(out / INDEX_FILE, gallery(artefacts).encode())


def gallery(artefacts: Sequence[Artefact]) -> str:
    """The gallery's HTML: one file, without scripts, that works from the file system."""
    environment = Environment(
        loader=PackageLoader("invulposter"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["print_advice"] = print_advice
    environment.filters["edition"] = EDITION_NAMES.__getitem__
    return environment.get_template("gallery.html.j2").render(rayons=tuple(_rayons(artefacts)), artefacts=artefacts)


def _rayons(artefacts: Sequence[Artefact]) -> Iterator[RayonGroup]:
    # What is about a phase stays in the order in which it was planned.
    ordered = sorted(artefacts, key=lambda one: (one.rayon, one.title))
    for rayon, of_rayon in itertools.groupby(ordered, key=lambda one: one.rayon):
        mine = tuple(of_rayon)
        groups = (
            Group(title, tuple(_by_subject(group)))
            for title, group in itertools.groupby(mine, key=lambda one: one.title)
        )
        yield RayonGroup(rayon, mine[0].rayon_name, tuple(groups))


def _by_subject(artefacts: Iterable[Artefact]) -> Iterator[tuple[Artefact, ...]]:
    subjects: dict[str, list[Artefact]] = {}
    for artefact in artefacts:
        subjects.setdefault(artefact.subject, []).append(artefact)
    return (tuple(found) for found in subjects.values())


#: The print dialogue's words for which edge the paper is turned over.
_DUPLEX = {
    "long-edge": "dubbelzijdig, omslaan over de lange kant",
    "short-edge": "dubbelzijdig, omslaan over de korte kant",
    "by-hand": "eerst de voorkanten, dan de stapel omgekeerd terugleggen voor de achterkanten",
    "fold-over": "enkelzijdig; vouwen tussen voor- en achterkant",
    "": "enkelzijdig",
}


def print_advice(artefact: Artefact) -> str:
    """What to choose in the print dialogue and what to do afterwards, in Dutch."""
    if artefact.edition == "screen":
        return "Om op het scherm te lezen en in te vullen." if artefact.fillable else "Om op het scherm te lezen."
    if artefact.edition == "press":
        return "Voor de drukker: lever dit bestand aan zoals het is, met het orderblad."
    paper = artefact.paper if artefact.paper in A_SIZES else f"{artefact.paper} mm"
    sheets = _count(artefact.sheets, "vel", "vellen")
    advice = f"{sheets} {paper}, {_DUPLEX[artefact.duplex]}, op ware grootte (100 %), niet ‘passend maken’."
    if artefact.cuts:
        advice += f" Daarna {_count(artefact.cuts, 'snede', 'sneden')}."
    return advice


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
