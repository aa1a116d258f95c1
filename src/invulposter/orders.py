"""An order list: a table with a column `rayon`, each row of which asks for some files of a build.

Rows and columns count from 1, as a spreadsheet shows them. An empty cell means what the command itself asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from invulposter.edition import Edition
from invulposter.errors import RequestError
from invulposter.findings import Finding, Place
from invulposter.library import Library
from invulposter.plan import Job, plan
from invulposter.prefill import Table
from invulposter.references import expected
from invulposter.request import Request

#: The columns, and what of a request each sets; several ids in a cell stand apart by a comma or a space.
COLUMNS: Mapping[str, str] = {
    "rayon": "rayons",
    "netwerk": "networks",
    "product": "layouts",
    "editie": "editions",
    "stijl": "style",
    "formaat": "size",
    "papier": "paper",
}
_SEVERAL = {"rayons", "networks", "layouts", "editions"}


@dataclass(frozen=True)
class Orders:
    """The jobs that the good rows ask for, each file once, and what is wrong with the others."""

    jobs: tuple[Job, ...]
    refused: tuple[Finding, ...]


def is_order_list(table: Table) -> bool:
    """Whether a table orders files: its first column is the rayon. Any other holds what to fill forms with."""
    return table.header[:1] == ("rayon",)


def read_orders(table: Table, library: Library, asked: Request) -> Orders:
    """The jobs of an order list. Raises RequestError for a column that is not known."""
    for column in table.header:
        if column not in COLUMNS:
            raise RequestError(f"{table.path}:1: there is no column '{column}' here; {expected(column, COLUMNS)}")
    jobs: dict[str, Job] = {}
    refused = []
    for number, cells in table.rows:
        try:
            request = replace(asked, **_wishes(dict(zip(table.header, cells, strict=False))))
            jobs |= {str(job.path): job for job in plan(library, request)}
        except RequestError as error:
            refused.append(Finding(Place(table.path, number), "order", str(error)))
    return Orders(tuple(jobs.values()), tuple(refused))


def _wishes(cells: Mapping[str, str]) -> dict[str, Any]:
    """What a row asks for, as fields of a request. Raises RequestError for an edition that does not exist."""
    wishes: dict[str, Any] = {}
    for column, cell in cells.items():
        field, text = COLUMNS[column], cell.strip()
        if text:
            wishes[field] = tuple(text.replace(",", " ").split()) if field in _SEVERAL else text
    for name in wishes.get("editions", ()):
        if name not in set(Edition):
            raise RequestError(f"edition '{name}' does not exist; {expected(name, [one.value for one in Edition])}")
    if "editions" in wishes:
        wishes["editions"] = tuple(map(Edition, wishes["editions"]))
    return wishes
