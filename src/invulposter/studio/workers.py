"""Warm processes that typeset for the pages: what hangs or grows too large costs itself, never the studio."""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from concurrent.futures import TimeoutError as WorkTimeout
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple
from weakref import WeakSet

from pebble import ProcessExpired, ProcessPool

from invulposter.errors import TypesetError
from invulposter.typesetter import use_fonts
from invulposter.workers import WORKER_MEMORY

Arguments = TypeVarTuple("Arguments")
Result = TypeVar("Result")
#: Seconds that one document may take.
PATIENCE = 60


class Workers:
    """A pool of processes that have imported the line once and stay."""

    def __init__(self, fonts: tuple[Path, ...], count: int) -> None:
        self.count = count
        self._fonts = fonts
        self._pool = self._processes()
        self._lock = threading.Lock()
        self._turns = asyncio.Semaphore(count)
        self._begun: WeakSet[Future[Any]] = WeakSet()

    async def run(self, function: Callable[[*Arguments], Result], *args: *Arguments) -> Result:
        """Run a function of a module in a worker, when it is its turn.

        Its arguments and result are pickled. Raises what it raises, and TypesetError where it takes too long or too
        much memory.
        """
        await self._turns.acquire()
        # What has begun is finished though nobody waits any more: a process that is ended in the middle is slow to
        # replace, and what it made is kept.
        with _told():
            try:
                begun = asyncio.wrap_future(self._scheduled(function, args))
            except BaseException:
                self._turns.release()
                raise
            begun.add_done_callback(self._ended)
            return await asyncio.shield(begun)

    def call(self, function: Callable[[*Arguments], Result], *args: *Arguments) -> Result:
        """As `run`, for a thread that waits for it."""
        with _told():
            return self._scheduled(function, args).result()

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """Begin a call, as a batch asks of its executor."""
        return self._scheduled(function, args)

    def _scheduled(self, function: Callable[..., Result], args: Sequence[Any]) -> Future[Result]:
        with self._lock:
            if not self._pool.active:
                # A pool whose processes can't be replaced ends; the next may have better luck.
                self._pool = self._processes()
            future: Future[Result] = self._pool.schedule(function, args=list(args), timeout=PATIENCE)
            self._begun.add(future)
            return future

    def _processes(self) -> ProcessPool:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__, "invulposter.studio.proofs", "invulposter.warm"])
        return ProcessPool(self.count, context=context, initializer=_prepare, initargs=(self._fonts,))

    def _ended(self, work: asyncio.Future[Any]) -> None:
        self._turns.release()
        if not work.cancelled():
            # Looked at, so that asyncio does not report an error that nobody waits for.
            work.exception()

    def close(self) -> None:
        """End the processes."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
        # A pool that is stopped leaves its futures as they are: a thread that waits for one would wait for ever.
        for begun in list(self._begun):
            begun.cancel()


@contextmanager
def _told() -> Iterator[None]:
    """What happened to a worker, as an error of its work."""
    try:
        yield
    except (TimeoutError, WorkTimeout):
        raise TypesetError(f"not ready after {PATIENCE} seconds") from None
    except (ProcessExpired, BrokenExecutor, MemoryError):
        raise TypesetError("too much memory was needed") from None


def _prepare(fonts: tuple[Path, ...]) -> None:
    use_fonts(fonts)
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (WORKER_MEMORY, WORKER_MEMORY))
