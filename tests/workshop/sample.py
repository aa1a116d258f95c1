"""A kit without its typesetting: what the finishing would say of each file."""

import datetime

from invulposter.geometry import Size
from invulposter.library import Library
from invulposter.paper import Duplex, Kind
from invulposter.workshop.listing import MadeItem
from invulposter.workshop.plan import KitItem, KitPlan, KitRequest, plan_kit

TODAY = datetime.date(2027, 1, 1)
UPRIGHT, LYING = Size(210, 297), Size(297, 210)
#: Columns and rows of a poster of this size on this paper, and how the sheets lie.
TILES = {
    ("A1", "A4"): ((3, 4), LYING),
    ("A2", "A4"): ((4, 2), UPRIGHT),
    ("A3", "A4"): ((2, 2), LYING),
    ("A1", "A3"): ((3, 2), Size(297, 420)),
    ("A2", "A3"): ((2, 2), Size(420, 297)),
}


def planned(library: Library, request: KitRequest | None = None) -> KitPlan:
    return plan_kit(library, request or KitRequest("lindezoom", "oop", 24, 6), TODAY)


def made(plan: KitPlan) -> list[MadeItem]:
    return [_made(item) for item in plan.items]


def _made(item: KitItem) -> MadeItem:
    job = item.job
    if job.kind is Kind.TILES:
        (columns, rows), lying = TILES[job.size.name, job.paper.name]
        # In front lies the map.
        return MadeItem(item, columns * rows + 1, lying, pages=1, tiles=(columns, rows))
    if job.kind is Kind.CARDS:
        return MadeItem(item, item.pieces, UPRIGHT, pages=16, cuts=6, duplex=Duplex.LONG_EDGE)
    if job.layout.facts.per == "workshop" and not job.phase:
        return MadeItem(item, 6, job.size, pages=12, duplex=Duplex.LONG_EDGE)
    return MadeItem(item, 1, job.size, pages=1)
