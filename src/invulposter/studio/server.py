"""Starting and stopping the studio's web server."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket

import uvicorn

from invulposter.cache import Cache
from invulposter.errors import InvulposterError
from invulposter.studio.app import application
from invulposter.studio.guard import Gate
from invulposter.studio.proofs import warm
from invulposter.studio.state import Studio, open_studio
from invulposter.web import HOST
from invulposter.workspace import Workspace

#: Connections at once: a browser keeps some open, and so does whoever wants to keep us busy.
_CONNECTIONS = 100


def gate_of(port: int, public: str = "", password: str = "") -> Gate:
    """The gate of a studio on this port with a fresh key.

    Where it is reached from other machines, `public` is the address people use (`https://studio.example`).
    """
    origins = frozenset({public} if public else {f"http://{name}:{port}" for name in (HOST, "localhost")})
    return Gate(
        token=secrets.token_urlsafe(32),
        hosts=frozenset(origin.partition("//")[2] for origin in origins),
        origins=origins,
        password=password,
    )


async def serve(workspace: Workspace, gate: Gate, listening: socket.socket, workers: int) -> None:
    """Serve the studio of a workspace until interrupted; then nothing that was made stays but what was saved."""
    studio = open_studio(workspace, gate, Cache.of_user(), workers)
    config = uvicorn.Config(
        application(studio),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="on",
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=2,
    )
    warming = asyncio.create_task(_warm(studio))
    await _Server(config, studio).serve(sockets=[listening])
    warming.cancel()


async def _warm(studio: Studio) -> None:
    """Let the workers load what they need while the browser opens, and the cache make room."""
    if studio.cache:
        await asyncio.to_thread(studio.cache.trim)
    with contextlib.suppress(InvulposterError):
        stock = await asyncio.to_thread(studio.stock)
        await asyncio.gather(*(studio.workers.run(warm, stock.file, stock.fonts) for _ in range(studio.workers.count)))


class _Server(uvicorn.Server):
    """A server that ends its work before it waits for open pages."""

    def __init__(self, config: uvicorn.Config, studio: Studio) -> None:
        super().__init__(config)
        self.studio = studio

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.studio.tasks.close()
        await super().shutdown(sockets)
