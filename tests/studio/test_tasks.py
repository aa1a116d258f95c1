import asyncio
import json
import threading
import time
from collections.abc import Iterator

import pytest

from invulposter.errors import RequestError, TypesetError
from invulposter.studio.tasks import State, Task, Tasks
from tests.studio.conftest import Served


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def ended(task: Task) -> Task:
    until = time.monotonic() + 5
    while task.state is State.RUNNING and time.monotonic() < until:
        time.sleep(0.005)
    return task


def test_work_gives_its_result(tasks: Tasks) -> None:
    task = ended(tasks.start("Iets", lambda _: 42))
    assert (task.state, task.result, task.problem) == (State.DONE, 42, "")
    assert tasks.find(task.id) is task


def test_an_error_is_told_in_dutch_and_nothing_else_is(tasks: Tasks, caplog: pytest.LogCaptureFixture) -> None:
    def failing(error: Exception) -> Task:
        def work(_: Task) -> None:
            raise error

        return ended(tasks.start("Iets", work))

    for error in (RequestError("--size: /home/x"), TypesetError("/home/x"), ValueError("/home/x")):
        task = failing(error)
        assert task.state is State.FAILED
        assert task.problem
        assert "/home/x" not in task.problem
    assert "/home/x" in caplog.text


def test_work_stops_when_it_next_tells_how_far_it_is(tasks: Tasks) -> None:
    going, steps = threading.Event(), []

    def work(task: Task) -> None:
        for step in range(1000):
            task.tell(step, 1000, "bezig")
            steps.append(step)
            going.set()
            time.sleep(0.002)

    task = tasks.start("Iets", work)
    going.wait(5)
    task.stop()
    assert ended(task).state is State.STOPPED
    assert len(steps) < 1000


def test_events_tell_every_change_and_then_end(tasks: Tasks) -> None:
    gate = threading.Event()

    def work(task: Task) -> None:
        task.tell(1, 2, "halverwege")
        gate.wait(5)

    task = tasks.start("Iets", work)

    async def told() -> list[dict[str, object]]:
        found = []
        async for text in tasks.events(task):
            found.append(json.loads(text.split("data: ")[1]))
            if found[-1]["done"] == 1:
                gate.set()
        return found

    events = asyncio.run(asyncio.wait_for(told(), 5))
    assert {"state": "running", "done": 1, "of": 2, "text": "halverwege", "problem": ""} in events
    assert events[-1]["state"] == "done"


def test_the_latest_are_kept_and_what_runs_is_never_forgotten(tasks: Tasks) -> None:
    gate = threading.Event()
    running = tasks.start("Lang", lambda _: gate.wait(5))
    first = ended(tasks.start("Iets", lambda _: None))
    for _ in range(60):
        ended(tasks.start("Iets", lambda _: None))
    assert tasks.find(first.id) is None
    assert tasks.find(running.id) is running
    gate.set()


class EndsMeanwhile(Task):
    """Work that is done as soon as somebody has seen it running."""

    looks = 0

    @property
    def state(self) -> State:  # type: ignore[override]
        self.looks += 1
        return State.RUNNING if self.looks == 1 else State.DONE

    @state.setter
    def state(self, value: State) -> None: ...


def test_work_that_ends_while_its_page_is_put_together_is_still_followed(served: Served) -> None:
    task = EndsMeanwhile("De oogst")
    served.studio.tasks._tasks[task.id] = task
    page = served.ask(f"/oogsten/{task.id}").text  # type: ignore[attr-defined]
    assert f'data-follow="/taak/{task.id}"' in page
    assert 'role="alert"' not in page
