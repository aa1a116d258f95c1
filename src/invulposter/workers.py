"""Who makes the jobs of a batch: warm processes on this machine, or any executor of `concurrent.futures` style."""

from __future__ import annotations

import atexit
import contextlib
import functools
import multiprocessing
import os
import pickle
import resource
import signal
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from invulposter.plan import Job
    from invulposter.report import Artefact
    from invulposter.shop import Shop

#: Address space of a worker in bytes: an image or drawing that explodes costs its job, not the machine.
WORKER_MEMORY = 3 * 1024**3


@functools.cache
def warm_up() -> None:
    """Let the server that workers are forked from begin to import the line, and don't wait for it."""
    _context()
    forkserver.ensure_running()
    atexit.register(_end_server)


def _end_server() -> None:
    # While it imports, it doesn't see that we are gone, and holds on to our output: who reads that would wait for it.
    server = getattr(forkserver, "_forkserver", None)
    with contextlib.suppress(ProcessLookupError, TypeError):
        os.kill(getattr(server, "_forkserver_pid", None), signal.SIGTERM)  # type: ignore[arg-type]


def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["invulposter.warm"])
    return context


class Executor(Protocol):
    """What a batch asks of who makes its jobs: to take a call, and to give a future of its result."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
        """Call the function, somewhere, some time."""


class Workers:
    """Warm processes on this machine; a call that takes longer than `seconds` is ended with its process.

    They are forked from a server that has imported the line once: warm, and safe beside threads.
    """

    def __init__(self, count: int, seconds: float) -> None:
        from pebble import ProcessPool

        self._seconds = seconds
        self._pool = ProcessPool(max_workers=count, context=_context(), initializer=_limit_memory)

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
        """Call the function in a process that is free."""
        future: Future[Any] = self._pool.schedule(function, args=arguments, timeout=self._seconds)
        return future

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._pool.close()  # type: ignore[no-untyped-call]
        else:
            self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _limit_memory() -> None:
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (WORKER_MEMORY, WORKER_MEMORY))


def make_there(packed: bytes, jobs: Sequence[Job]) -> tuple[Artefact, ...]:
    """Make some jobs in a worker, one after the other; `packed` is a pickled Shop."""
    from invulposter.build import make

    shop = _unpacked(packed)
    return tuple(make(job, shop) for job in jobs)


@functools.lru_cache(maxsize=1)
def _unpacked(packed: bytes) -> Shop:
    """The shop, once for all jobs of a batch; its fonts are the ones this process sees."""
    from invulposter.typesetter import use_fonts

    shop: Shop = pickle.loads(packed)
    use_fonts(shop.fonts)
    return shop
