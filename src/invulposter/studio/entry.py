"""Signing in, for a studio that is reached from other machines and so has a password."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from invulposter.studio.guard import LOGIN
from invulposter.studio.pages import get, page, see, studio_of

#: Seconds that a wrong password takes, one after another whoever tries: guessing goes no faster.
_WRONG = 1.0


def entry_routes() -> list[BaseRoute]:
    """The page that asks for the password."""
    one_by_one = asyncio.Lock()

    async def ask(request: Request) -> Response:
        return page(request, "entry.html", wrong=False)

    async def enter(request: Request) -> Response:
        gate = studio_of(request).gate
        async with request.form(max_files=0, max_fields=4, max_part_size=1000) as form:
            password = str(form.get("wachtwoord", ""))
        async with one_by_one:
            if gate.right_password(password):
                return gate.let_in(see("/"))
            await asyncio.sleep(_WRONG)
        return page(request, "entry.html", 403, wrong=True)

    # Whoever has no key yet has no token either: here the form's Origin is what counts.
    return [get(LOGIN, ask), Route(LOGIN, enter, methods=["POST"])]
