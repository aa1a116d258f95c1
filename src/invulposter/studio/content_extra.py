"""Beside the forms of Inhoud: a new network or rayon, a logo, the palette of two colours."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import asdict

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from invulposter.drawing.palette import Contrast, Palette, derive, grays_too_close, pairs
from invulposter.editing.files import ContentFile, find_file
from invulposter.editing.logos import Logo, taken_in, use_logo
from invulposter.editing.posted import id_from
from invulposter.editing.saving import library_of, open_file, start_new
from invulposter.errors import InvulposterError, WorkspaceError
from invulposter.intake import IntakeError
from invulposter.rayon import Rayon
from invulposter.schema import MODELS
from invulposter.studio.content_desk import Desk
from invulposter.studio.pages import get, page, post, see, studio_of

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_RAYON = next(kind for kind, model in MODELS.items() if model is Rayon)
#: A picture that somebody handed in is shown and nothing else: as a page of its own it runs no script.
_PICTURE_ONLY = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
#: The colours of a palette that are shown, with what people call them.
SHOWN = {
    "primair": "Hoofdkleur", "primair_inkt": "Koppen", "primair_30": "Onderlaag", "primair_12": "Tabel",
    "primair_6": "Schrijfvel", "accent": "Accent", "accent_inkt": "Kleine koppen", "accent_30": "Kraal",
    "accent_12": "Schrijfvel", "primair_diep": "Donkerste vlak", "inkt": "Tekst", "grijs": "Kleine letters",
}  # fmt: skip
_CALLED = {
    **SHOWN, "wit": "wit papier", "op_primair": "Tekst op de hoofdkleur", "op_accent": "Tekst op het accent",
    "accent_lijn": "De draad", "accent_op_primair": "De draad op de hoofdkleur", "primair_lijn": "Schrijflijnen",
    "primair_rand": "Randen van vakken",
}  # fmt: skip


def extra_routes(desk: Desk) -> Sequence[BaseRoute]:
    """The routes of this module."""

    async def palette(request: Request) -> Response:
        return _palette(request)

    async def new(request: Request, form: FormData) -> Response:
        return await asyncio.to_thread(_new, request, form, desk)

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
        get("/inhoud/palet", palette),
        post("/inhoud/nieuw", new, most_files=0),
        post("/inhoud/logo/{rayon}", hand_in, most_files=1),
        get("/inhoud/logo/{rayon}/nu", present),
        get("/inhoud/logo/{rayon}/{upload}", compare),
        post("/inhoud/logo/{rayon}/{upload}", use, most_files=0),
        get("/inhoud/upload/{upload}/{side}", side),
    ]


def palette_of(primary: str, accent: str) -> dict[str, object] | None:
    """What the palette's part of a page shows of two colours; None where one is no colour."""
    if not _COLOUR.fullmatch(primary) or not _COLOUR.fullmatch(accent):
        return None
    made = derive(primary, accent)
    found = pairs(made)
    return {
        "colours": _shown(made),
        "contrasts": _worst(found),
        "kept": made.primair == primary.upper(),
        "passing": sum(one.passes for one in found),
        "of": len(found),
        "grays": _grays(made),
    }


def _shown(palette: Palette) -> list[tuple[str, str]]:
    values = asdict(palette)
    return [(name, values[key]) for key, name in SHOWN.items()]


def _worst(found: Sequence[Contrast]) -> list[tuple[str, str, float, float, bool]]:
    """The pairs that people look at most, each with the ratio it needs and has."""
    shown = {("op_primair", "primair"), ("op_accent", "accent"), ("inkt", "primair_6"), ("primair_inkt", "wit"),
             ("accent_lijn", "wit"), ("accent_op_primair", "primair"), ("primair_lijn", "wit")}  # fmt: skip
    return [
        (_called(one.text), _called(one.ground).lower(), one.needed, one.measured, one.passes)
        for one in found
        if (one.text, one.ground) in shown
    ]


def _called(colour: str) -> str:
    return _CALLED.get(colour, colour)


def _grays(palette: Palette) -> list[str]:
    return [f"{_CALLED[one].lower()} en {_CALLED[other].lower()}" for one, other in grays_too_close(palette)]


def _palette(request: Request) -> Response:
    found = palette_of(request.query_params.get("primair", ""), request.query_params.get("accent", ""))
    if found is None:
        raise HTTPException(400)
    return page(request, "inhoud_palet.html.j2", palette=found)


def _new(request: Request, form: FormData, desk: Desk) -> Response:
    """Make a network or a rayon to start from, and open its form."""
    kind, name = str(form.get("soort", "")), str(form.get("naam", "")).strip()
    if kind not in MODELS or not ContentFile(kind, "x").path.name or kind not in {"netwerk", _RAYON}:
        raise HTTPException(400)
    own_id = id_from(name)
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


def _rayon(request: Request, desk: Desk) -> ContentFile:
    file = find_file(desk.workspace, f"{_RAYON}/{request.path_params['rayon']}")
    if file is None:
        raise HTTPException(404)
    return file


async def _hand_in(request: Request, form: FormData, desk: Desk) -> Response:
    """Take a logo in and show what became of it, or why it can't be used."""
    file = _rayon(request, desk)
    sent = form.get("logo")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return _refused(request, file, "Kies eerst een bestand.", "Een logo is een svg- of png-bestand.")
    data = await sent.read()
    try:
        await asyncio.to_thread(taken_in, data)
    except IntakeError as error:
        return _refused(request, file, error.message, error.advice)
    kept = studio_of(request).shelf.put("logo", data)
    return see(f"/inhoud/logo/{file.id}/{kept.id}")


def _refused(request: Request, file: ContentFile, message: str, advice: str) -> Response:
    return page(request, "inhoud_logo.html.j2", 422, file=file, upload="", notes=(), message=message, advice=advice)


def _uploaded(request: Request) -> tuple[bytes, Logo]:
    data = studio_of(request).shelf.read(request.path_params["upload"])
    if data is None:
        raise HTTPException(404)
    try:
        return data, taken_in(data)
    except IntakeError:
        raise HTTPException(404) from None


def _compare(request: Request, desk: Desk) -> Response:
    file = _rayon(request, desk)
    _, logo = _uploaded(request)
    upload = request.path_params["upload"]
    return page(request, "inhoud_logo.html.j2", file=file, upload=upload, notes=logo.notes, message="", advice="")


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
