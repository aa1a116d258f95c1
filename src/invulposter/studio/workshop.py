"""The place Workshop."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from invulposter.studio.pages import get, page
from invulposter.studio.state import Place, Studio


def _routes(studio: Studio) -> Sequence[BaseRoute]:
    async def show(request: Request) -> Response:
        return page(request, "workshop.html")

    return [get("/workshop", show)]


PLACE = Place("Workshop", "/workshop", _routes)
