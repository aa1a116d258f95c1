"""The preview's web server: a page, an event for every saved change, pictures of pages. Only this machine sees it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from invulposter.preview.proof import Proof
from invulposter.preview.proofpress import ProofPress
from invulposter.preview.view import View
from invulposter.web import HOST, SIGN_OF_LIFE, SafeHeaders, content_policy, packaged, typeface
from invulposter.workspace import Workspace

_FILES = files("invulposter") / "templates" / "preview"
_HEADERS = {
    "Content-Security-Policy": content_policy("'none'"),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
#: Pixels on the longest side of a page's picture, at least and at most.
_PIXELS = (200, 3000)


def application(press: ProofPress, fonts: Path) -> Starlette:
    """The web application on a proof press; its letters come from the folder `fonts`."""

    async def page(request: Request) -> Response:
        return packaged(_FILES, "preview.html")

    async def part(request: Request) -> Response:
        return packaged(_FILES, request.path_params["name"])

    async def letter(request: Request) -> Response:
        return typeface(fonts, request.path_params["name"])

    async def events(request: Request) -> Response:
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(_events(press, _view(request)), media_type="text/event-stream", headers=headers)

    async def picture(request: Request) -> Response:
        key, number = request.path_params["key"], request.path_params["number"]
        longest = request.path_params["pixels"]
        if not _PIXELS[0] <= longest <= _PIXELS[1]:
            return Response(status_code=404)
        jpeg = await asyncio.to_thread(press.page, key, number, longest)
        if jpeg is None:
            return Response(status_code=404)
        return Response(jpeg, media_type="image/jpeg", headers={"Cache-Control": "max-age=3600, immutable"})

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(press.watch())
        try:
            yield
        finally:
            watching.cancel()
            press.close()

    return Starlette(
        routes=[
            Route("/", page),
            Route("/events", events),
            Route("/pages/{key}/{number:int}-{pixels:int}.jpg", picture),
            Route("/letters/{name}", letter),
            Route("/{name}", part),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"]),
            Middleware(SafeHeaders, headers=_HEADERS),
        ],
        lifespan=lifespan,
    )


def _view(request: Request) -> View:
    query = request.query_params
    return View(
        layout=query.get("layout", ""),
        rayon=query.get("rayon", ""),
        subject=query.get("subject", ""),
        on_screen=query.get("on_screen") == "true",
        thrifty=query.get("thrifty") == "true",
    )


async def _events(press: ProofPress, view: View) -> AsyncIterator[str]:
    """A proof of the view as it stands, and another after every saved change, as server-sent events."""
    while not press.ended:
        revision = press.revision
        async for made in press.proofs(view):
            # What was chosen for the first proof stays chosen, also while a mistake leaves it out of the workspace.
            view = made.view
            yield f"data: {json.dumps(_told(made))}\n\n"
        while not await press.newer(revision, SIGN_OF_LIFE):
            yield ": waiting\n\n"


def _told(made: Proof) -> Mapping[str, Any]:
    """A proof as the page's script reads it."""
    return {
        "key": made.key,
        "title": made.title,
        "view": asdict(made.view),
        "choices": asdict(made.choices) if made.choices else None,
        "pages": made.pages,
        "total": made.total,
        "width": made.size.width,
        "height": made.size.height,
        "bleed": made.bleed,
        "safe": made.safe,
        "findings": [{"severity": finding.severity, "text": str(finding)} for finding in made.findings],
        "errors": made.errors,
        "seconds": made.seconds,
    }


async def serve(workspace: Workspace, start: Path, listening: socket.socket) -> None:
    """Serve previews of the workspace around `start` until interrupted."""
    press = ProofPress(workspace, start)
    app = application(press, workspace.fonts[-1])
    config = uvicorn.Config(app, log_level="warning", ws="none", lifespan="on", timeout_graceful_shutdown=2)
    await _Server(config, press).serve(sockets=[listening])


class _Server(uvicorn.Server):
    """A server that lets open pages go before it stops."""

    def __init__(self, config: uvicorn.Config, press: ProofPress) -> None:
        super().__init__(config)
        self.press = press

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self.press.end()
        await super().shutdown(sockets)
