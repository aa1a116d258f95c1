"""The web application: the places, the guard around them, and what goes wrong told in Dutch."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from importlib.resources import files

from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from invulposter.errors import InvalidInputError
from invulposter.studio import content, harvest, making, workshop
from invulposter.studio.entry import entry_routes
from invulposter.studio.guard import Guard
from invulposter.studio.pages import attachment, environment, get, page, post, see, stream, task_of
from invulposter.studio.state import Studio
from invulposter.web import SafeHeaders, content_policy, packaged, typeface

PLACES = (making.PLACE, workshop.PLACE, content.PLACE, harvest.PLACE)
_FILES = files("invulposter") / "templates" / "studio" / "static"
_HEADERS = {
    "Content-Security-Policy": content_policy("'self'"),
    "X-Content-Type-Options": "nosniff",
    # Without a referrer a browser sends no Origin with a form either.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
_PROBLEMS = {
    400: "Dit formulier kon niet worden gelezen: het heeft te veel of te grote onderdelen.",
    403: "Dit formulier is niet meer geldig. Ga terug, laad de pagina opnieuw en probeer het nog eens.",
    404: "Deze pagina is er niet, of niet meer: wat je maakt blijft bewaard tot je de studio sluit.",
    408: "Het versturen duurde te lang. Probeer het nog eens.",
    413: "Dit is te groot om te ontvangen. Verstuur minder of kleinere bestanden tegelijk.",
}


def application(studio: Studio) -> Starlette:
    """The web application on an open studio, which is closed when the application ends."""

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            studio.close()

    app = Starlette(
        routes=[*_shared(studio), *entry_routes(), *(route for place in PLACES for route in place.routes(studio))],
        middleware=[Middleware(SafeHeaders, headers=_HEADERS), Middleware(Guard, gate=studio.gate)],
        exception_handlers={HTTPException: _refused, InvalidInputError: _mistaken, Exception: _failed},
        lifespan=lifespan,
    )
    app.state.studio = studio
    app.state.places = PLACES
    app.state.environment = environment()
    return app


def _shared(studio: Studio) -> list[BaseRoute]:
    async def start(request: Request) -> Response:
        return see(PLACES[0].path)

    async def static(request: Request) -> Response:
        return packaged(_FILES, request.path_params["name"])

    async def letters(request: Request) -> Response:
        return typeface(studio.workspace.fonts[-1], request.path_params["name"])

    async def download(request: Request) -> Response:
        kept = studio.shelf.find(request.path_params["file"])
        data = studio.shelf.read(kept.id) if kept else None
        if kept is None or data is None:
            raise HTTPException(404)
        return attachment(kept.name, data)

    async def follow(request: Request) -> Response:
        return stream(studio.tasks.events(task_of(request)))

    async def stop(request: Request, form: FormData) -> Response:
        task = task_of(request)
        task.stop()
        return see(task.back)

    return [
        get("/", start),
        get("/static/{name}", static),
        get("/letters/{name}", letters),
        get("/bestand/{file}", download),
        get("/taak/{task}", follow),
        post("/taak/{task}/stop", stop),
    ]


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    sentence = _PROBLEMS.get(error.status_code, "Dit kan de studio niet.")
    answer = page(request, "problem.html", error.status_code, sentence=sentence)
    answer.headers.update(error.headers or {})
    return answer


async def _mistaken(request: Request, error: Exception) -> Response:
    assert isinstance(error, InvalidInputError)
    return page(request, "mistaken.html", 409, findings=error.findings)


async def _failed(request: Request, error: Exception) -> Response:
    return page(request, "problem.html", 500, sentence="Er ging iets mis in het programma. Probeer het nog eens.")
