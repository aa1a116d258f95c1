"""Typesetting on more machines than this one: a Dask cluster as the executor of a batch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from invulposter.errors import RequestError
from invulposter.workers import Executor

#: Seconds in which a scheduler has to answer.
_PATIENCE = 10


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """An executor on the cluster whose scheduler listens at `address`, such as tcp://10.0.0.5:8786.

    Its workers have one thread each, the same invulposter, and the workspace and the output folder under the same
    names as here. Raises RequestError where `distributed` is not installed or no scheduler answers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise RequestError("--dask needs a package that is not there: pip install 'invulposter[dask]'") from error
    try:
        client: Any = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise RequestError(
            f"no Dask scheduler answers at '{address}': is it running, and is this its address?"
        ) from error
    try:
        yield client.get_executor(pure=False)
    finally:
        client.close()
