"""The place Inhoud: its routes, opening a form, and the page that shows what is typed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from invulposter.editing.files import ContentFile
from invulposter.editing.forms import describe, named, path_of
from invulposter.editing.look import Ask, Look, Standing
from invulposter.editing.other import Other
from invulposter.editing.parts import part_named
from invulposter.editing.saving import library_of, mistakes_in, undoable
from invulposter.errors import InvulposterError
from invulposter.findings import errors
from invulposter.library import Library
from invulposter.rayon import Rayon
from invulposter.studio import content_overview, content_save
from invulposter.studio.content_desk import Desk
from invulposter.studio.content_forms import START, Editing, address, file_of, form_page, opened_of, typed
from invulposter.studio.content_logo import logo_routes
from invulposter.studio.content_new import new_route
from invulposter.studio.content_palette import palette_route
from invulposter.studio.pages import get, page, picture, post
from invulposter.studio.state import Place, Studio


def _routes(studio: Studio) -> Sequence[BaseRoute]:
    desk = Desk(studio)

    async def overview(request: Request) -> Response:
        return await asyncio.to_thread(content_overview.overview, request, desk)

    async def show(request: Request) -> Response:
        return await asyncio.to_thread(_show, request, desk)

    async def take(request: Request, form: FormData) -> Response:
        return await asyncio.to_thread(content_save.take, request, form, desk)

    async def choose(request: Request, form: FormData) -> Response:
        return await asyncio.to_thread(content_save.choose, request, form, desk)

    async def turn(request: Request, form: FormData) -> Response:
        return await asyncio.to_thread(content_save.turn, request, form, desk)

    async def look(request: Request, form: FormData) -> Response:
        return await _look(request, form, desk)

    async def drawn(request: Request) -> Response:
        return picture(desk.picture(request.path_params["key"]))

    return [
        get(START, overview),
        get(f"{START}/bewerk/{{slug:path}}", show),
        post(f"{START}/bewerk/{{slug:path}}", take, most_files=1),
        post(f"{START}/kies/{{slug:path}}", choose, most_files=0),
        post(f"{START}/kijk/{{slug:path}}", look, most_files=0),
        post(f"{START}/terug", turn, most_files=0),
        get(f"{START}/beeld/{{key}}", drawn),
        palette_route(),
        new_route(desk),
        *logo_routes(desk),
    ]


PLACE = Place("Inhoud", START, _routes)


def _show(request: Request, desk: Desk) -> Response:
    opened = opened_of(desk, file_of(request, desk))
    form = describe(opened.file.model)
    if opened.data is None:
        return page(
            request,
            "inhoud_stuk.html.j2",
            title=opened.file.id or opened.file.kind,
            problem=opened.problem,
            undo=undoable(desk.workspace, opened.file.path.as_posix()),
            back=address(opened.file),
        )
    part = part_named(form, opened.data, request.query_params.get("deel", ""))
    if part is None:
        raise HTTPException(404)
    said = request.query_params.get("gedaan", "")
    editing = Editing(opened, form, part, opened.data, opened.data, opened.seal)
    library = library_of(desk.workspace)
    mistakes = mistakes_in(desk.workspace, opened.file, opened.data, library)
    problem = "" if mistakes or library is None else _beside(opened.file, library)
    return form_page(request, desk, editing, mistakes=mistakes, on_disk=True, problem=problem, said=said)


def _beside(file: ContentFile, library: Library) -> str:
    """What is wrong with a file whose texts are right: its id, or the picture that it names."""
    found = [one.code for one in errors(library.problems) if one.place.path == file.path.as_posix()]
    if "id" in found:
        return "De id in dit bestand is niet de naam van het bestand: maak ze gelijk in een tekstverwerker."
    if found and file.model is Rayon:
        return "Het logo ontbreekt of kan niet worden gebruikt: kies een ander."
    return "De foto ontbreekt of kan niet worden gebruikt: zet een andere in de map ‘fotos’." if found else ""


async def _look(request: Request, form: FormData, desk: Desk) -> Response:
    """The page that shows what is being typed, and how it stands there, for the page's script."""
    editing = await asyncio.to_thread(typed, request, form, desk)
    asked = {
        name: str(form.get(name, "")) for name in ("veld", "voor-rayon", "voor-netwerk", "product", "tab", "overal")
    }
    ask = Ask(
        editing.file,
        editing.data,
        path_of(asked["veld"]),
        asked["voor-rayon"],
        asked["voor-netwerk"],
        asked["product"],
        bool(asked["overal"]),
    )
    try:
        made = await desk.look(asked["tab"], ask)
    except InvulposterError:
        made = Look(problem="Dit voorbeeld kon niet worden gemaakt.")
    if made is None:
        return JSONResponse({"stale": True})
    return JSONResponse(
        {
            "picture": f"{START}/beeld/{desk.keep(made.picture)}" if made.picture else "",
            "detail": f"{START}/beeld/{desk.keep(made.detail)}" if made.detail else "",
            "alt": made.alt,
            "problem": made.problem,
            "mistakes": [(named(mistake.path), mistake.message) for mistake in made.mistakes],
            "standings": [_told(one, editing) for one in made.standings],
        }
    )


def _told(one: Standing, editing: Editing) -> dict[str, Any]:
    sentence = one.problem or (one.room.sentence if one.room else "Past.")
    state = "too-long" if one.problem else one.room.state if one.room else "fits"
    other = one.room.other if one.room else None
    return {
        "layout": one.layout,
        "title": one.title,
        "shown": one.shown,
        "state": state,
        "sentence": sentence,
        "other": _way_to(other, editing) if other else "",
    }


def _way_to(other: Other, editing: Editing) -> str:
    """The address of the field of another text; in the same form it leads there without leaving the page."""
    here = other.file == editing.file and other.part == editing.part.name
    field = f"#v-{other.field.replace('.', '-')}"
    return field if here else address(other.file, other.part) + field
