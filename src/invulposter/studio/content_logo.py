"""A rayon's logo in Inhoud: handed in, compared with what became of it, used."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from invulposter.editing.files import ContentFile, find_file
from invulposter.editing.logos import Logo, taken_in, use_logo
from invulposter.editing.saving import open_file
from invulposter.errors import WorkspaceError
from invulposter.intake import IntakeError
from invulposter.rayon import Rayon
from invulposter.schema import MODELS
from invulposter.studio.content_desk import Desk
from invulposter.studio.pages import get, page, post, see, studio_of

_RAYON = next(kind for kind, model in MODELS.items() if model is Rayon)
#: A picture that somebody handed in is shown and nothing else: as a page of its own it runs no script.
_PICTURE_ONLY = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}


def logo_routes(desk: Desk) -> Sequence[BaseRoute]:
    """The routes of this module."""

    async def hand_in(request: Request, form: FormData) -> Response:
        return await _hand_in(request, form, desk)

    async def compare(request: Request) -> Response:
        return await asyncio.to_thread(_compare, request, desk)

    async def use(request: Request, form: FormData) -> Response:
        return await asyncio.to_thread(_use, request, desk)

    async def side(request: Request) -> Response:
        return await asyncio.to_thread(_side, request)

    async def present(request: Request) -> Response:
        return await asyncio.to_thread(_present, request, desk)

    return [
        post("/inhoud/logo/{rayon}", hand_in, most_files=1),
        get("/inhoud/logo/{rayon}/nu", present),
        get("/inhoud/logo/{rayon}/{upload}", compare),
        post("/inhoud/logo/{rayon}/{upload}", use, most_files=0),
        get("/inhoud/upload/{upload}/{side}", side),
    ]


def chosen_logo(request: Request, form: FormData) -> str:
    """The logo that came with a form, or with an earlier one, on the shelf; empty where there is none."""
    sent, shelf = form.get("logo-bestand"), studio_of(request).shelf
    if isinstance(sent, UploadFile) and sent.filename:
        return shelf.put("logo", sent.file.read()).id
    kept = shelf.find(str(form.get("gekozen", "")))
    return kept.id if kept else ""


def logo_address(file: ContentFile, logo: str) -> str:
    """The address of the page that shows a logo on the shelf before a rayon uses it."""
    return f"/inhoud/logo/{file.id}/{logo}"


def _rayon(request: Request, desk: Desk) -> ContentFile:
    file = find_file(desk.workspace, f"{_RAYON}/{request.path_params['rayon']}")
    if file is None:
        raise HTTPException(404)
    return file


async def _hand_in(request: Request, form: FormData, desk: Desk) -> Response:
    """Take another logo in, after one that can't be used."""
    file = _rayon(request, desk)
    chosen = await asyncio.to_thread(chosen_logo, request, form)
    if not chosen:
        return _refused(request, file, "Kies eerst een bestand.", "Een logo is een svg-, png-, jpg- of webp-bestand.")
    return see(logo_address(file, chosen))


def _refused(request: Request, file: ContentFile, message: str, advice: str) -> Response:
    said = request.query_params.get("gedaan", "")
    shown = {"file": file, "upload": "", "notes": (), "message": message, "advice": advice, "said": said}
    return page(request, "inhoud_logo.html.j2", 422, **shown)


def _data(request: Request) -> bytes:
    data = studio_of(request).shelf.read(request.path_params["upload"])
    if data is None:
        raise HTTPException(404)
    return data


def _uploaded(request: Request) -> tuple[bytes, Logo]:
    data = _data(request)
    try:
        return data, taken_in(data)
    except IntakeError:
        raise HTTPException(404) from None


def _compare(request: Request, desk: Desk) -> Response:
    """Show what became of a logo, or why it can't be used."""
    file = _rayon(request, desk)
    upload, said = request.path_params["upload"], request.query_params.get("gedaan", "")
    try:
        logo = taken_in(_data(request))
    except IntakeError as error:
        return _refused(request, file, error.message, error.advice)
    told = {"notes": logo.notes, "message": "", "advice": logo.advice}
    shown = {"file": file, "upload": upload, "said": said, **told}
    return page(request, "inhoud_logo.html.j2", **shown)


def _use(request: Request, desk: Desk) -> Response:
    file = _rayon(request, desk)
    _, logo = _uploaded(request)
    try:
        desk.make_own()
        use_logo(desk.workspace, file, logo)
    except WorkspaceError:
        return _refused(
            request, file, "Het logo kon niet worden bewaard.", "Is de map te beschrijven? Probeer het nog eens."
        )
    return see(f"/inhoud/bewerk/{file.slug}?gedaan=logo")


def _side(request: Request) -> Response:
    """A logo as it was handed in (`voor`) or as it became (`na`)."""
    raw, logo = _uploaded(request)
    if request.path_params["side"] == "na":
        return Response(logo.data, media_type=logo.media_type, headers=_PICTURE_ONLY)
    return Response(raw, media_type=logo.media_type, headers=_PICTURE_ONLY)


def _present(request: Request, desk: Desk) -> Response:
    """The logo that a rayon has now, as it is printed."""
    file = _rayon(request, desk)
    opened = open_file(desk.workspace, file)
    name = opened.data.get("logo", "") if isinstance(opened.data, dict) else ""
    path = (desk.workspace.root / file.path).parent / str(name)
    try:
        logo = taken_in(path.read_bytes()) if path.parent == (desk.workspace.root / file.path).parent else None
    except (OSError, IntakeError):
        logo = None
    if logo is None:
        return Response(status_code=404)
    return Response(logo.data, media_type=logo.media_type, headers=_PICTURE_ONLY)
