"""A new network or rayon in Inhoud."""

from __future__ import annotations

import asyncio

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from invulposter.content import Network
from invulposter.editing.files import ContentFile, find_file
from invulposter.editing.saving import library_of, start_new
from invulposter.errors import InvulposterError
from invulposter.rayon import Rayon
from invulposter.schema import MODELS
from invulposter.studio.content_desk import Desk
from invulposter.studio.pages import page, post, see
from invulposter.words import slug

#: What can be made here, as content calls it.
_KINDS = frozenset(kind for kind, model in MODELS.items() if model in {Network, Rayon})


def new_route(desk: Desk) -> BaseRoute:
    """The route of this module."""

    async def new(request: Request, form: FormData) -> Response:
        return await asyncio.to_thread(_new, request, form, desk)

    return post("/inhoud/nieuw", new, most_files=0)


def _new(request: Request, form: FormData, desk: Desk) -> Response:
    """Make a network or a rayon to start from, and open its form."""
    kind, name = str(form.get("soort", "")), str(form.get("naam", "")).strip()
    if kind not in _KINDS:
        raise HTTPException(400)
    own_id = slug(name)
    library = library_of(desk.workspace)
    problem = ""
    if not own_id:
        problem = "Geef een naam van letters of cijfers."
    elif library is None:
        problem = "Er staat een fout in de teksten: verbeter die eerst."
    elif find_file(desk.workspace, f"{kind}/{own_id}"):
        problem = f"Er is al een {kind} dat zo heet. Kies een andere naam."
    if problem or library is None:
        return page(request, "inhoud_nieuw.html.j2", 422, kind=kind, name=name, problem=problem)
    try:
        desk.make_own()
        start_new(desk.workspace, library, ContentFile(kind, own_id), name)
    except InvulposterError:
        return page(
            request,
            "inhoud_nieuw.html.j2",
            409,
            kind=kind,
            name=name,
            problem="Dit kon niet worden gemaakt: is de map te beschrijven?",
        )
    return see(f"/inhoud/bewerk/{kind}/{own_id}?gedaan=nieuw")
