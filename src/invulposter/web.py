"""What our web servers share: where they listen, their letters and files, what a browser may load from them."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from invulposter.errors import RequestError
from invulposter.gallery import FONTS

HOST = "127.0.0.1"
#: The pages' own typefaces, below the folder of fonts.
_TYPEFACES = (*FONTS, "alegreya-sans/AlegreyaSans_700Bold.ttf")
#: Seconds between signs of life, by which a server notices that a page was closed.
SIGN_OF_LIFE = 15
_KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def content_policy(forms: str) -> str:
    """A Content-Security-Policy: nothing but what this server gives, nothing inline; `forms` go where it says."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        f"connect-src 'self'; base-uri 'none'; form-action {forms}; frame-ancestors 'none'"
    )


class SafeHeaders:
    """Adds headers to every answer that does not have them of its own."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self.app = app
        self.headers = {name.lower().encode(): value.encode() for name, value in headers.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name.lower() for name, _ in message.get("headers", ())}
                added = [pair for pair in self.headers.items() if pair[0] not in own]
                message["headers"] = [*message.get("headers", ()), *added]
            await send(message)

        await self.app(scope, receive, with_headers)


def typeface(fonts: Path, name: str) -> Response:
    """One of the pages' own typefaces, from the folder `fonts`."""
    found = [fonts / font for font in _TYPEFACES if PurePosixPath(font).name == name]
    return Response(found[0].read_bytes(), media_type="font/ttf") if found else Response(status_code=404)


def packaged(folder: Traversable, name: str) -> Response:
    """A file that comes with the program; only what stands in this folder itself."""
    known = {entry.name: entry for entry in folder.iterdir() if entry.is_file()}
    if name not in known:
        return Response(status_code=404)
    headers = {"Cache-Control": "no-store"}
    return Response(known[name].read_bytes(), media_type=_KINDS[PurePosixPath(name).suffix], headers=headers)


def bind(port: int, host: str = HOST) -> socket.socket:
    """A listening socket; port 0 takes any that is free. Raises RequestError for one that can't be had."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise RequestError(f"port {port} can't be used ({error.strerror}); choose another with --port") from None
    return listening
