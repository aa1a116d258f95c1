"""Long work beside the pages: it tells how far it is, can be stopped, and keeps its result under an id of its own."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import Any

from invulposter.errors import InvulposterError
from invulposter.studio.dutch import sentence
from invulposter.web import SIGN_OF_LIFE

#: Pieces of work that go on at the same time; others wait for their turn.
_AT_ONCE = 3
#: Pieces of work that are remembered, with their results.
_KEPT = 40
#: Seconds between looks at how far the work is.
_LOOK = 0.05


class State(StrEnum):
    """Where a piece of work stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


class StoppedError(Exception):
    """Somebody asked the work to stop."""


class Task:
    """One piece of work. `result` is what it gave, `problem` a Dutch sentence where it failed.

    `back` is the address of the form that asked for it, filled in as it was.
    """

    def __init__(self, title: str, back: str = "/") -> None:
        self.id = secrets.token_urlsafe(12)
        self.title, self.back = title, back
        self.state = State.RUNNING
        self.result: Any = None
        self.problem = ""
        self.done, self.of, self.text = 0, 0, ""
        self.changes = 0
        self._stop = threading.Event()

    def tell(self, done: int, of: int, text: str) -> None:
        """Say how far it is: `done` of `of`, and in Dutch what is being done. Raises StoppedError when asked to stop.

        Called by the work itself, at least once a second where it can.
        """
        if self._stop.is_set():
            raise StoppedError
        self.done, self.of, self.text = done, of, text
        self.changes += 1

    def stop(self) -> None:
        """Ask the work to stop; it does so when it next tells how far it is."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """Whether it was asked to stop: what fails then does so because of that."""
        return self._stop.is_set()

    def told(self) -> dict[str, Any]:
        """How it stands, as the page's script reads it."""
        return {"state": self.state, "done": self.done, "of": self.of, "text": self.text, "problem": self.problem}


class Tasks:
    """The work that goes on, and the latest that was done."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="studio")
        self._tasks: OrderedDict[str, Task] = OrderedDict()

    def start(self, title: str, work: Callable[[Task], Any], back: str = "/") -> Task:
        """Begin work in a thread of its own. `work` is given its task, to tell how far it is; it returns a result.

        An InvulposterError becomes the task's `problem`; of any other error the page says only that it failed.
        """
        task = Task(title, back)
        self._tasks[task.id] = task
        for key, old in list(self._tasks.items()):
            if len(self._tasks) > _KEPT and old.state is not State.RUNNING:
                del self._tasks[key]
        self._threads.submit(_work, task, work)
        return task

    def find(self, key: str) -> Task | None:
        """The task of that id, or None."""
        return self._tasks.get(key)

    async def events(self, task: Task) -> AsyncIterator[str]:
        """Server-sent events of how it stands, until it has ended."""
        seen: tuple[State, int] | None = None
        told_at = time.monotonic()
        while True:
            now = (task.state, task.changes)
            if now != seen:
                seen, told_at = now, time.monotonic()
                yield event(task.told())
            elif time.monotonic() - told_at > SIGN_OF_LIFE:
                told_at = time.monotonic()
                yield ": waiting\n\n"
            if task.state is not State.RUNNING:
                return
            await asyncio.sleep(_LOOK)

    def close(self) -> None:
        """Stop everything."""
        for task in self._tasks.values():
            task.stop()
        self._threads.shutdown(wait=False, cancel_futures=True)


def event(data: Any, name: str = "message") -> str:
    """A server-sent event with data as JSON (HTML Living Standard, 9.2)."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _work(task: Task, work: Callable[[Task], Any]) -> None:
    try:
        task.tell(0, 0, "Wordt voorbereid …")
        task.result = work(task)
        task.state = State.DONE
    except StoppedError:
        task.state = State.STOPPED
    except InvulposterError as error:
        task.problem = sentence(error)
        task.state = State.FAILED
    except Exception:  # a page has to end its wait whatever happened; the reason is for the terminal
        if task.stopping:
            task.state = State.STOPPED
            return
        logging.getLogger("invulposter.studio").exception("%s failed", task.title)
        task.problem = "Dit ging mis door een fout in het programma. Probeer het nog eens."
        task.state = State.FAILED
