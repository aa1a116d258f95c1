"""Proofs on demand: a warm process that makes them, and the last ones at hand to draw pages from."""

from __future__ import annotations

import asyncio
import multiprocessing
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator
from concurrent.futures import TimeoutError as ProofTimeout
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from invulposter.pictures import page_jpeg
from invulposter.preview.changes import changes
from invulposter.preview.proof import Proof, proof, start_worker
from invulposter.preview.view import View
from invulposter.workspace import Workspace

#: A proof that takes longer, in seconds, is given up: a template may run in circles.
PROOF_SECONDS = 40
#: Pages of a long document that are made first: those that are looked at.
_FIRST = 6
_ALL = 10_000
#: Proofs whose pages can still be drawn.
_KEPT = 12
_FONTS = {".ttf", ".otf"}


class ProofPress:
    """Makes proofs of one workspace and tells when there is something new to make.

    `revision` goes up with every saved change; a proof that takes more than `seconds` is given up.
    """

    def __init__(self, workspace: Workspace, start: Path, seconds: float = PROOF_SECONDS) -> None:
        self.workspace = workspace
        self.start = start
        self.seconds = seconds
        self.revision = 1
        self.ended = False
        self._changed = asyncio.Condition()
        self._proofs: OrderedDict[str, Proof] = OrderedDict()
        self._drawing = threading.Lock()
        self._pool = self._warm()

    def _warm(self) -> ProcessPool:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["invulposter.preview.proof", "invulposter.warm"])
        pool = ProcessPool(max_workers=1, context=context, initializer=start_worker, initargs=(self.workspace.fonts,))
        # A first proof, that nobody waits for, loads what every proof needs.
        pool.schedule(proof, args=[self.start, View(), _FIRST])
        return pool

    async def watch(self) -> None:
        """Follow the workspace's files until cancelled."""
        async for saved in changes(self.workspace):
            if any(path.suffix.lower() in _FONTS for path in saved):
                # A process that has seen the fonts keeps them as they were.
                self.close()
                self._pool = self._warm()
            async with self._changed:
                self.revision += 1
                self._changed.notify_all()

    async def newer(self, revision: int, seconds: float) -> bool:
        """Wait for something newer than `revision`, or the end; false where that takes longer than `seconds`."""
        try:
            async with asyncio.timeout(seconds), self._changed:
                await self._changed.wait_for(lambda: self.ended or self.revision > revision)
        except TimeoutError:
            return False
        return True

    async def proofs(self, view: View) -> AsyncIterator[Proof]:
        """Proofs of the workspace as it stands: the first pages, then all of them where there are more."""
        made = await self._proof(view, _FIRST)
        yield made
        if made.pages < made.total:
            yield await self._proof(made.view, _ALL)

    async def _proof(self, view: View, most: int) -> Proof:
        """A proof; what goes wrong is in its `errors`."""
        try:
            made = await asyncio.wrap_future(
                self._pool.schedule(proof, args=[self.start, view, most], timeout=self.seconds)
            )
        except (TimeoutError, ProofTimeout):
            made = Proof(view, errors=(f"Niet klaar na {self.seconds:g} seconden: loopt een sjabloon in een kring?",))
        except (ProcessExpired, MemoryError):
            made = Proof(view, errors=("Er was te veel geheugen nodig: is er een maat of een beeld veel te groot?",))
        except Exception as error:  # whatever went wrong, the page says so and waits for the next change
            made = Proof(view, errors=(f"{type(error).__name__}: {error}",))
        if made.pdf:
            self._proofs[made.key] = made
            self._proofs.move_to_end(made.key)
            while len(self._proofs) > _KEPT:
                self._proofs.popitem(last=False)
        return made

    def page(self, key: str, number: int, longest: int) -> bytes | None:
        """A page (from 1) of an earlier proof as JPEG, `longest` pixels long; None where it is not there."""
        made = self._proofs.get(key)
        if made is None or not 1 <= number <= made.pages:
            return None
        with self._drawing:
            return page_jpeg(made.pdf, number, longest)

    async def end(self) -> None:
        """Tell whoever waits that nothing newer will come."""
        async with self._changed:
            self.ended = True
            self._changed.notify_all()

    def close(self) -> None:
        """End the worker process."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
