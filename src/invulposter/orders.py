"""An order list: a table with a column `rayon`, each row of which asks for some files of a build.

Rows and columns count from 1, as a spreadsheet shows them; capitals and the order of columns are of no account. An
empty cell means what the command itself asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from invulposter.edition import Edition
from invulposter.errors import RequestError
from invulposter.findings import Finding, Place
from invulposter.layout import Layout
from invulposter.library import Library
from invulposter.plan import Job, plan
from invulposter.prefill import Table
from invulposter.references import expected
from invulposter.request import Request
from invulposter.words import folded

#: The columns, and what of a request each sets.
COLUMNS: Mapping[str, str] = {
    "rayon": "rayons",
    "netwerk": "networks",
    "product": "layouts",
    "editie": "editions",
    "stijl": "style",
    "formaat": "size",
    "papier": "paper",
}
#: What a cell may name several of, apart by a comma, a semicolon or a space.
_SEVERAL = {"rayons", "networks", "layouts", "editions"}
#: In such a cell: all there are, whatever the command asked for.
_ALL = {"alle", "alles"}
_BETWEEN = re.compile(r"[,;\n]")

#: Of what there is, by the field of a request: ids by each name that they go by.
Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Orders:
    """The jobs that the good rows ask for, each file once, and what is wrong with the others."""

    jobs: tuple[Job, ...]
    refused: tuple[Finding, ...]


def is_order_list(table: Table) -> bool:
    """Whether a table orders files: its first column is the rayon, or one of them is and the others go with it.

    Any other holds what to fill forms with.
    """
    columns = [folded(heading) for heading in table.header if heading]
    return columns[:1] == ["rayon"] or ("rayon" in columns and COLUMNS.keys() >= set(columns))


def read_orders(table: Table, library: Library, asked: Request) -> Orders:
    """The jobs of an order list. Raises RequestError for a column that is not known, or stands there twice."""
    columns, names = _columns(table), _names(library)
    jobs: dict[str, Job] = {}
    refused = []
    for number, cells in table.rows:
        wishes = {column: cells[index] for column, index in columns.items() if index < len(cells)}
        try:
            request = replace(asked, **_wishes(wishes, names))
            jobs |= {str(job.path): job for job in plan(library, request)}
        except RequestError as error:
            refused.append(Finding(Place(table.path, number), "order", str(error)))
    return Orders(tuple(jobs.values()), tuple(refused))


def _columns(table: Table) -> dict[str, int]:
    """Where each column stands."""
    found: dict[str, int] = {}
    for index, heading in enumerate(table.header):
        column, place = folded(heading), f"{table.path}:{table.top}:{index + 1}"
        if column and column not in COLUMNS:
            raise RequestError(f"{place}: there is no column '{heading}' here; {expected(column, COLUMNS)}")
        if column in found:
            raise RequestError(f"{place}: column '{heading}' stands here twice; leave one of them out")
        if column:
            found[column] = index
    return found


def _names(library: Library) -> Names:
    layouts = library.layouts.values()
    return {
        "rayons": _by_name((id_, [rayon.name]) for id_, rayon in library.rayons.items()),
        "networks": _by_name((id_, [network.name, network.short]) for id_, network in library.networks.items()),
        "layouts": _by_name((name, titles) for name, titles in _titles(layouts).items()),
        "editions": _by_name((edition.value, ()) for edition in Edition),
        "style": _by_name((style, ()) for style in library.styles),
    }


def _titles(layouts: Iterable[Layout]) -> dict[str, set[str]]:
    titles: dict[str, set[str]] = {}
    for layout in layouts:
        titles.setdefault(layout.name, set()).add(layout.facts.title)
    return titles


def _by_name(things: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Ids by everything that they go by; a name that several have stands for none of them."""
    known = [(id_, {folded(name) for name in names}) for id_, names in things]
    times = Counter(name for _, names in known for name in names)
    named = {name: id_ for id_, names in known for name in names if times[name] == 1}
    return named | {folded(id_): id_ for id_, _ in known}


def _wishes(cells: Mapping[str, str], names: Names) -> dict[str, Any]:
    """What a row asks for, as fields of a request. Raises RequestError for an edition that does not exist."""
    wishes: dict[str, Any] = {}
    for column, cell in cells.items():
        field, text = COLUMNS[column], cell.strip()
        if text and field in _SEVERAL:
            wishes[field] = () if folded(text) in _ALL else tuple(_ids(text, names[field]))
        elif text:
            wishes[field] = names.get(field, {}).get(folded(text), text)
    for name in wishes.get("editions", ()):
        if name not in set(Edition):
            raise RequestError(f"edition '{name}' does not exist; {expected(name, [one.value for one in Edition])}")
    if "editions" in wishes:
        wishes["editions"] = tuple(map(Edition, wishes["editions"]))
    return wishes


def _ids(text: str, known: Mapping[str, str]) -> Iterator[str]:
    """The ids that a cell names; a word that names nothing is given as it stands, as it may be a pattern."""
    for piece in _BETWEEN.split(text):
        if folded(piece) in known:
            yield known[folded(piece)]
        else:
            yield from (known.get(folded(word), word) for word in piece.split())
