"""Who may enter: every request passes here first, and what is not right goes no further.

A page of another site can send requests to this machine too, so each of them has to show that it comes from one of our
own pages: by its Host (DNS rebinding), its cookie, its Origin and what the browser says of its source.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: The part of the address that holds the key.
KEY = "sleutel"
LOGIN = "/aanmelden"
#: What the browser needs before it may enter: the pages' own looks.
_OPEN = ("/static/", "/letters/")
_METHODS = {"GET", "HEAD", "POST"}


@dataclass(frozen=True)
class Limits:
    """What one request may bring: bytes of its body, seconds for all of it and for each part of it."""

    body: int = 210_000_000
    seconds: float = 120.0
    pause: float = 10.0


@dataclass(frozen=True)
class Gate:
    """The key to one studio, and the addresses that it has.

    `hosts` are the values of Host it answers to (`127.0.0.1:8123`), `origins` the sources that may send forms
    (`http://127.0.0.1:8123`). With a `password` the key is not in the address: it is given for the password.
    """

    token: str
    hosts: frozenset[str]
    origins: frozenset[str]
    password: str = ""
    limits: Limits = Limits()

    @property
    def cookie(self) -> str:
        """The cookie's name: cookies are shared between ports, so two studios each have their own."""
        return f"studio-{self._derived('cookie')[:10]}"

    @property
    def csrf(self) -> str:
        """What every form carries."""
        return self._derived("csrf")

    def _derived(self, purpose: str) -> str:
        return hmac.new(self.token.encode(), purpose.encode(), hashlib.sha256).hexdigest()

    def admits(self, token: str) -> bool:
        """Whether this is the key; takes as long for any that is not."""
        return hmac.compare_digest(token.encode(), self.token.encode())

    def right_password(self, password: str) -> bool:
        """Whether this is the password; takes as long for any that is not."""
        return bool(self.password) and hmac.compare_digest(password.encode(), self.password.encode())

    def let_in(self, answer: Response) -> Response:
        """Give the browser the key, for as long as it is open."""
        secure = any(origin.startswith("https:") for origin in self.origins)
        answer.set_cookie(self.cookie, self.token, httponly=True, samesite="strict", secure=secure)
        return answer


class Guard:
    """The middleware around everything: answers what it refuses itself, passes on the rest."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self.app = app
        self.gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that is refused, pass on any other."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            answer = self._answer(Request(scope))
            if answer is None:
                await self.app(scope, _Body(receive, self.gate.limits), send)
            else:
                await answer(scope, receive, send)

    def _answer(self, request: Request) -> Response | None:
        """What to say to a request that goes no further; None for one that may pass."""
        headers, gate = request.headers, self.gate
        if request.headers.getlist("host") not in ([host] for host in gate.hosts):
            return refusal(400, "Dit adres hoort niet bij deze studio.")
        if request.method not in _METHODS:
            return refusal(405, "Dit kan de studio niet.")
        if _elsewhere(headers):
            return refusal(403, "Dit verzoek komt niet uit de studio zelf.")
        if request.method == "POST" and headers.get("origin") not in gate.origins:
            return refusal(403, "Dit formulier komt niet uit de studio zelf.")
        if _announced(headers) > gate.limits.body:
            return refusal(413, "Dit is te groot om te ontvangen.")
        return self._without_key(request)

    def _without_key(self, request: Request) -> Response | None:
        gate, path = self.gate, request.url.path
        if gate.admits(request.cookies.get(gate.cookie, "")) or path.startswith(_OPEN):
            return _tidied(request)
        if gate.password:
            return None if path == LOGIN else RedirectResponse(LOGIN, 303)
        if gate.admits(request.query_params.get(KEY, "")) and request.method == "GET":
            return gate.let_in(_tidied(request) or RedirectResponse("/", 303))
        return refusal(403, "Open de studio met het adres dat in het venster staat waarin je haar startte.")


def _tidied(request: Request) -> Response | None:
    """The same address without the key in it, which would otherwise stay in the history; None where there is none."""
    if KEY not in request.query_params:
        return None
    rest = urlencode([pair for pair in request.query_params.multi_items() if pair[0] != KEY])
    # One slash in front: two would be the address of another server.
    path = "/" + request.url.path.lstrip("/")
    return RedirectResponse(f"{path}?{rest}" if rest else path, 303)


def _elsewhere(headers: Headers) -> bool:
    """Whether the browser says that another site asks, other than by following a link to us."""
    site, mode = headers.get("sec-fetch-site", "none"), headers.get("sec-fetch-mode", "navigate")
    return site not in {"none", "same-origin"} and mode != "navigate"


def _announced(headers: Mapping[str, str]) -> int:
    length = headers.get("content-length", "0")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0


def refusal(status: int, sentence: str) -> Response:
    """A plain answer that ends the connection: what is left of the request is not read."""
    page = (
        '<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Studio</title>'
        '<link rel="stylesheet" href="/static/studio.css"></head>'
        f'<body class="refused"><main><h1>Niet mogelijk</h1><p>{sentence}</p></main></body></html>'
    )
    return Response(page, status, {"Connection": "close"}, "text/html")


class _Body:
    """A request's body as it comes in: never more than the limits, never slower."""

    def __init__(self, receive: Receive, limits: Limits) -> None:
        self.receive = receive
        self.limits = limits
        self.bytes = 0
        self.ended = False
        self.until = time.monotonic() + limits.seconds

    async def __call__(self) -> Message:
        if self.ended:
            return await self.receive()
        patience = min(self.limits.pause, self.until - time.monotonic())
        try:
            async with asyncio.timeout(max(patience, 0)):
                message = await self.receive()
        except TimeoutError:
            raise HTTPException(408, headers={"Connection": "close"}) from None
        self.bytes += len(message.get("body", b""))
        if self.bytes > self.limits.body:
            raise HTTPException(413, headers={"Connection": "close"})
        self.ended = message["type"] != "http.request" or not message.get("more_body", False)
        return message
