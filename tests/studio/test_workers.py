"""Workers that hang or die cost their own work and nothing else."""

import asyncio
import os
import time
from collections.abc import Iterator

import pytest

from invulposter.errors import RequestError, TypesetError
from invulposter.studio.workers import Workers
from invulposter.workspace import Workspace


@pytest.fixture(scope="module")
def workers(workspace: Workspace) -> Iterator[Workers]:
    made = Workers(workspace.fonts, 1)
    yield made
    made.close()


def double(number: int) -> int:
    return 2 * number


def refuse() -> None:
    raise RequestError("zo niet")


def die() -> None:
    os._exit(3)


def slow(path: str) -> None:
    time.sleep(0.2)
    with open(path, "w") as file:  # noqa: PTH123
        file.write("af")


def test_work_comes_back_and_so_does_its_error(workers: Workers) -> None:
    assert workers.call(double, 21) == 42
    assert asyncio.run(workers.run(double, 21)) == 42
    with pytest.raises(RequestError, match="zo niet"):
        workers.call(refuse)


def test_one_that_dies_is_replaced(workers: Workers) -> None:
    async def thrice() -> list[object]:
        return [await asyncio.gather(workers.run(die), return_exceptions=True) for _ in range(3)]

    assert all(isinstance(found, TypesetError) for (found,) in asyncio.run(thrice()))  # type: ignore[misc]
    assert workers.call(double, 4) == 8


def test_what_nobody_waits_for_any_more_is_finished(workers: Workers, tmp_path: os.PathLike[str]) -> None:
    path = os.path.join(tmp_path, "af")  # noqa: PTH118

    async def left() -> int:
        task = asyncio.create_task(workers.run(slow, path))
        await asyncio.sleep(0.1)
        task.cancel()
        return await workers.run(double, 1)

    assert asyncio.run(left()) == 2
    assert os.path.exists(path)  # noqa: PTH110


def test_a_pool_that_ended_is_followed_by_another(workers: Workers) -> None:
    workers._pool.stop()  # type: ignore[no-untyped-call]
    assert asyncio.run(workers.run(double, 5)) == 10
