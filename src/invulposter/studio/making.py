"""The place Maken: choose, see every page at once, download."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from invulposter.edition import Edition
from invulposter.errors import WorkspaceError
from invulposter.library import Library
from invulposter.paper import PaperWish, Printer
from invulposter.pictures import page_jpeg
from invulposter.printers import printers_file, read_printers
from invulposter.studio.lastrayon import last_rayon, remembering
from invulposter.studio.leftout import LeftOut, left_out, rayon_choices
from invulposter.studio.pages import attachment, get, page, picture, post, stream
from invulposter.studio.printing import paper_wish, printer_choices
from invulposter.studio.selection import (
    ALL,
    CARDS,
    PAPERS,
    SIZES,
    Planned,
    Selection,
    networks,
    planned,
    products,
    selected,
)
from invulposter.studio.sights import Card, Sight, sights, waiting
from invulposter.studio.state import Place, Studio
from invulposter.studio.tasks import event
from invulposter.workshop.oneside import prints_one_side

#: Pixels on the longest side of a page to read, from the whole page to its smallest type.
ZOOMS = (1000, 1600, 3200)
#: Files in one zip.
_MOST_FILES = 200
_EDITIONS = {
    Edition.OFFICE: "zelf printen",
    Edition.SCREEN: "op het scherm lezen en invullen",
    Edition.PRESS: "naar een drukker",
}


def _routes(studio: Studio) -> Sequence[BaseRoute]:
    async def show(request: Request) -> Response:
        library = (await asyncio.to_thread(studio.stock)).library
        left = await asyncio.to_thread(left_out, studio.stockroom.workspace, library)
        printers = _printers()
        selection = selected(request.query_params, library, printers, last_rayon(request, library))
        plan = planned(selection, library, printers)
        shown = _choices(library, left, selection, printers) | _shown(plan, request)
        return remembering(page(request, "making.html", **shown), selection.rayon, library)

    async def follow(request: Request) -> Response:
        stock = await asyncio.to_thread(studio.stock)
        printers = _printers()
        selection = selected(request.query_params, stock.library, printers, last_rayon(request, stock.library))
        jobs = planned(selection, stock.library, printers).jobs
        wish = paper_wish(selection.printer, printers)
        return stream(_events(request, sights(jobs, stock, studio), wish))

    async def enlarged(request: Request) -> Response:
        pixels = request.path_params["pixels"]
        pdf = studio.shelf.read(request.path_params["file"]) if pixels in ZOOMS else None
        return picture(await asyncio.to_thread(_drawn, studio, pdf, request.path_params["number"], pixels))

    async def small(request: Request) -> Response:
        return picture(studio.shelf.read(request.path_params["file"]))

    async def zipped(request: Request, form: FormData) -> Response:
        files = [str(key) for key in form.getlist("bestand")][:_MOST_FILES]
        made = await asyncio.to_thread(_zip, studio, files)
        rayon = str(form.get("rayon", ""))
        known = rayon in (await asyncio.to_thread(studio.stock)).library.rayons
        return attachment(f"{rayon}-bestanden.zip" if known else "bestanden.zip", made, "application/zip")

    return [
        get("/maken", show),
        get("/maken/stroom", follow),
        get("/maken/blad/{file}/{number:int}-{pixels:int}.jpg", enlarged),
        get("/maken/klein/{file}.jpg", small),
        post("/maken/zip", zipped),
    ]


def _printers() -> dict[str, Printer]:
    try:
        return read_printers(printers_file())
    except WorkspaceError:
        return {}


def _choices(library: Library, left: LeftOut, selection: Selection, printers: dict[str, Printer]) -> dict[str, Any]:
    """What the form offers, and what of it was chosen."""
    return {
        "selection": selection,
        "left_out": left,
        "there": selection.rayon in library.rayons,
        "rayons": rayon_choices(library, left),
        "products": products(library, selection.rayon),
        "all": ALL,
        "networks": [library.networks[key] for key in networks(library, selection.rayon)],
        "editions": [(edition.value, name) for edition, name in _EDITIONS.items()],
        "sizes": [(size, "100 × 70 mm, kaarten" if size == CARDS else size) for size in SIZES],
        "papers": _pairs(PAPERS),
        "printers": printer_choices(printers),
    }


def _pairs(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, name) for name in names]


def _shown(plan: Planned, request: Request) -> dict[str, Any]:
    return {
        "cards": [waiting(job) for job in plan.jobs],
        "problems": plan.problems,
        "address": f"/maken/stroom?{urlencode(request.query_params.multi_items())}",
        "zooms": ZOOMS,
    }


async def _events(request: Request, made: AsyncIterator[Sight], wish: PaperWish) -> AsyncIterator[str]:
    """A card for each file as it gets further, and an end; the advice is for the printer that was chosen."""
    template = request.app.state.environment.get_template("made.html")
    done: dict[int, Card] = {}
    async for number, sight in made:
        card = sight.on_one_side() if prints_one_side(wish) else sight
        if card.ended:
            done[number] = card
        html = template.render(card=card, zooms=ZOOMS)
        yield event({"number": number, "html": html, "done": len(done)}, "card")
    yield event([card.file.id for _, card in sorted(done.items()) if card.file], "end")


def _drawn(studio: Studio, pdf: bytes | None, number: int, pixels: int) -> bytes | None:
    if pdf is None:
        return None
    try:
        with studio.drawing:
            return page_jpeg(pdf, number, pixels)
    except IndexError:
        return None


def _zip(studio: Studio, files: Sequence[str]) -> bytes:
    """A zip of what lies on the shelf under these ids. Raises 404 where one is no longer there."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for key in dict.fromkeys(files):
            kept, data = studio.shelf.find(key), studio.shelf.read(key)
            if kept is None or data is None:
                raise HTTPException(404)
            archive.writestr(kept.name, data)
    return file.getvalue()


PLACE = Place("Maken", "/maken", _routes)
