"""The place Workshop: a form becomes a plan at once, and then one zip and a print list."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from invulposter.errors import InvalidInputError, WorkspaceError
from invulposter.library import Library
from invulposter.paper import Printer
from invulposter.prefill import Table, parse_table
from invulposter.printers import printers_file, read_printers
from invulposter.studio.lastrayon import last_rayon, remembering
from invulposter.studio.leftout import LeftOut, left_out, network_choices, rayon_choices
from invulposter.studio.pages import following, get, page, picture, post, see, task_of
from invulposter.studio.printing import printer_choices
from invulposter.studio.selection import networks
from invulposter.studio.state import Place, Studio
from invulposter.studio.workshop_form import Filled, Wanted, address, filled, wanted
from invulposter.studio.workshop_kit import Packed, packed
from invulposter.workshop.plan import LONGEST_PLACE, MOST_PARTICIPANTS, PAPERS

#: Bytes of a list of participants.
MOST_IN_LIST = 2_000_000


@dataclass(frozen=True)
class Answer:
    """What was filled in and what came of it."""

    form: Filled
    kit: Packed


def _routes(studio: Studio) -> Sequence[BaseRoute]:
    async def show(request: Request) -> Response:
        library = (await asyncio.to_thread(studio.stock)).library
        left = await _left_out(studio, library)
        form = filled(request.query_params, library, left, last_rayon(request, library))
        asked = wanted(form, library, _printers(), _today())
        return remembering(_shown(request, asked, library, left), form.rayon, library)

    async def take(request: Request, form: FormData) -> Response:
        stock = await asyncio.to_thread(studio.stock)
        left = await _left_out(studio, stock.library)
        texts = {key: value for key, value in form.items() if isinstance(value, str)}
        people, problem = await _people(form.get("lijst"))
        asked = wanted(filled(texts, stock.library, left), stock.library, _printers(), _today(), people)
        plan = asked.plan
        if problem or plan is None:
            both = {**asked.problems, **({"lijst": problem} if problem else {})}
            return _shown(request, Wanted(asked.filled, plan, both), stock.library, left, 400)
        own = asked.filled
        task = studio.tasks.start("De kit", lambda task: Answer(own, packed(task, plan, stock, studio)), address(own))
        return see(f"/workshop/{task.id}")

    async def result(request: Request) -> Response:
        task = task_of(request)
        waiting = following(request, task)
        if waiting:
            return waiting
        answer: Answer = task.result
        if not answer.kit.problem:
            return page(request, "workshop_kit.html", made=answer.kit, back=task.back)
        library = (await asyncio.to_thread(studio.stock)).library
        asked = wanted(answer.form, library, _printers(), _today())
        both = {**asked.problems, "lijst": f"{answer.kit.problem} Kies de lijst daarna opnieuw."}
        return _shown(request, Wanted(asked.filled, asked.plan, both), library, await _left_out(studio, library))

    async def small(request: Request) -> Response:
        return picture(studio.shelf.read(request.path_params["file"]))

    return [
        get("/workshop", show),
        post("/workshop", take, most_files=1),
        get("/workshop/klein/{file}.jpg", small),
        get("/workshop/{task}", result),
    ]


async def _left_out(studio: Studio, library: Library) -> LeftOut:
    return await asyncio.to_thread(left_out, studio.stockroom.workspace, library)


def _today() -> datetime.date:
    return datetime.date.today()


def _printers() -> dict[str, Printer]:
    try:
        return read_printers(printers_file())
    except WorkspaceError:
        return {}


async def _people(upload: object) -> tuple[Table | None, str]:
    """The list that came with the form, if one did, or in Dutch why it can't be read."""
    if not isinstance(upload, UploadFile) or not upload.filename:
        return None, ""
    name = PurePath(upload.filename.replace("\\", "/")).name[:80]
    if (upload.size or 0) > MOST_IN_LIST:
        return None, f"De lijst is groter dan {MOST_IN_LIST // 1_000_000} MB: dat is geen lijst van deelnemers."
    data = await upload.read()
    try:
        return await asyncio.to_thread(parse_table, name, data), ""
    except InvalidInputError as error:
        return None, _unread(error)


def _unread(error: InvalidInputError) -> str:
    """Why a list can't be used: a cell without a value, or the whole of it."""
    place = error.findings[0].place
    if place.line:
        return (
            f"In de lijst staat een fout in rij {place.line}, kolom {place.column}. Verbeter die of maak de cel leeg."
        )
    return "De lijst kan niet worden gelezen. Bewaar hem als Excel (xlsx) zonder wachtwoord, of als csv."


def _shown(request: Request, asked: Wanted, library: Library, left: LeftOut, status: int = 200) -> Response:
    return page(request, "workshop.html", status, **_choices(asked, library, left))


def _choices(asked: Wanted, library: Library, left: LeftOut) -> Mapping[str, Any]:
    """What the form offers, what of it was filled in, and what comes of it."""
    return {
        "left_out": left,
        "filled": asked.filled,
        "plan": asked.plan,
        "problems": asked.problems,
        "rayons": rayon_choices(library, left),
        "networks": network_choices(library, networks(library, asked.filled.rayon), left),
        "papers": [("A4", "A4"), ("A3", "A4 en A3")],
        "printers": printer_choices(_printers()),
        "most": {"people": MOST_PARTICIPANTS, "place": LONGEST_PLACE},
        "today": _today().isoformat(),
    }


assert {"A4", "A3"} == set(PAPERS)
PLACE = Place("Workshop", "/workshop", _routes)
