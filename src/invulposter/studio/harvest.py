"""The place Oogst: filled-in forms go in, a table and a poster come out."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from invulposter.library import Library
from invulposter.studio.gathering import Upload, gathered
from invulposter.studio.leftout import NOTHING, left_out, rayon_choices
from invulposter.studio.pages import following, get, page, post, see, task_of
from invulposter.studio.state import Place, Studio

#: Forms that are taken in at once, and the bytes of one and of all together.
MOST_FORMS = 200
MOST_BYTES, MOST_ALTOGETHER = 20_000_000, 200_000_000


def _routes(studio: Studio) -> Sequence[BaseRoute]:
    async def show(request: Request) -> Response:
        library = (await asyncio.to_thread(studio.stock)).library
        return await _empty(request, studio, library)

    async def take(request: Request, form: FormData) -> Response:
        stock = await asyncio.to_thread(studio.stock)
        uploads = [part for part in form.getlist("formulier") if isinstance(part, UploadFile) and part.filename]
        problem = _too_much(uploads)
        if problem:
            return await _empty(request, studio, stock.library, problem)
        files = [Upload(_name(one.filename), await one.read()) for one in uploads]
        rayon, names = str(form.get("rayon", "")), form.get("namen") == "ja"
        rayon = rayon if rayon in stock.library.rayons else ""
        task = studio.tasks.start(
            "De oogst", lambda task: gathered(task, files, rayon, names, stock, studio), PLACE.path
        )
        return see(f"/oogsten/{task.id}")

    async def result(request: Request) -> Response:
        task = task_of(request)
        return following(request, task) or page(request, "harvested.html", made=task.result)

    return [
        get("/oogsten", show),
        post("/oogsten", take, most_files=MOST_FORMS),
        get("/oogsten/{task}", result),
    ]


async def _empty(request: Request, studio: Studio, library: Library, problem: str = "") -> Response:
    left = await asyncio.to_thread(left_out, studio.stockroom.workspace, library)
    context = {"rayons": rayon_choices(library, NOTHING), "left_out": left, "problem": problem, "most": MOST_FORMS}
    return page(request, "harvest.html", 400 if problem else 200, **context)


def _too_much(uploads: Sequence[UploadFile]) -> str:
    """Why these are not taken in; empty where they are."""
    if not uploads:
        return "Kies eerst de ingevulde formulieren: pdf-bestanden."
    if any((one.size or 0) > MOST_BYTES for one in uploads):
        return f"Een van de bestanden is groter dan {MOST_BYTES // 1_000_000} MB: dat is geen ingevuld formulier."
    if sum(one.size or 0 for one in uploads) > MOST_ALTOGETHER:
        return f"Samen is dit meer dan {MOST_ALTOGETHER // 1_000_000} MB. Doe het in twee keer."
    return ""


def _name(name: str | None) -> str:
    """The file's own name, without folders and short enough to show."""
    own = (name or "").replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in own if letter.isprintable())[:80] or "formulier.pdf"


PLACE = Place("Oogst", "/oogsten", _routes)
