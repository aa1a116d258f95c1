"""The batch around the line: many jobs, in worker processes, with one report and one gallery."""

from __future__ import annotations

import contextlib
import itertools
import pickle
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING

from invulposter.errors import InvulposterError, WorkspaceError
from invulposter.plan import Job
from invulposter.report import BUILD_FILE, INDEX_FILE, Artefact, artefact_of, merged, read_report, stands, to_json
from invulposter.shop import Shop
from invulposter.write import remove_unfinished, write_file

if TYPE_CHECKING:
    from invulposter.workers import Executor


def build_all(
    jobs: Sequence[Job], shop: Shop, workers: int, executor: Executor | None = None
) -> Generator[Artefact, None, None]:
    """Make every job, giving artefacts in the order of the jobs; then write the gallery and `build.json`.

    What the report of an earlier build shows to be made from the same, and still stands there, is left alone. What
    was made before an interruption is in the report too.
    """
    remove_unfinished(shop.out)
    earlier = {artefact.path: artefact for artefact in read_report(shop.out)}
    standing = {job.path: found for job in jobs if (found := _standing(job, shop, earlier)) is not None}
    missing = [job for job in jobs if job.path not in standing]
    fresh = make_all(missing, shop, workers, executor)
    artefacts: list[Artefact] = []
    try:
        for job in jobs:
            artefact = standing.get(job.path) or replace(next(fresh), key=shop.inputs.job_key(job))
            artefact = _with_copies(artefact, job, shop)
            artefacts.append(artefact)
            yield artefact
    finally:
        _tell(artefacts, shop)
    if shop.cache and missing:
        shop.cache.trim()


def _tell(artefacts: Sequence[Artefact], shop: Shop) -> None:
    """Write the report and the gallery, where those of other builds do not say so already.

    The report is read anew: another build may have written to the same folder. Raises WorkspaceError where the disk
    is full; the report is then there as long as it fits, and the next build writes the gallery.
    """
    reported = {artefact.path: artefact for artefact in read_report(shop.out)}
    everything = merged(artefacts, reported, shop.out)
    index = shop.out / INDEX_FILE
    if everything == tuple(reported.values()) and index.is_file():
        return
    from invulposter.gallery import write_gallery

    write_file(shop.out / BUILD_FILE, to_json(everything).encode())
    try:
        write_gallery(everything, shop.out, shop.fonts[-1])
    except WorkspaceError:
        with contextlib.suppress(OSError):
            index.unlink()
        raise


def _with_copies(artefact: Artefact, job: Job, shop: Shop) -> Artefact:
    """The artefact with a filled copy for each row of the data, where it is a form."""
    if shop.data is None or not job.fillable or not artefact.made:
        return replace(artefact, copies=0, refused=())
    from invulposter.copies import write_copies

    try:
        copies = write_copies(job.path, shop.data, shop.out)
    except (InvulposterError, ValueError) as error:
        return replace(artefact, error=str(error))
    return replace(artefact, copies=copies.count, refused=copies.refused)


def _standing(job: Job, shop: Shop, earlier: Mapping[str, Artefact]) -> Artefact | None:
    """The artefact of an earlier build that this job would make again, byte for byte."""
    artefact = earlier.get(job.path.as_posix())
    if shop.cache is None or artefact is None or not artefact.made or artefact.key != shop.inputs.job_key(job):
        return None
    return replace(artefact, cached=True, seconds=0.0) if stands(artefact, shop.out) else None


def make_all(jobs: Sequence[Job], shop: Shop, workers: int, executor: Executor | None = None) -> Iterator[Artefact]:
    """Make every job with an executor, or else in warm processes; artefacts come in the order of the jobs.

    A job that takes too long, or whose worker is killed, becomes an artefact with an error; the others go on.
    """
    if not jobs:
        return
    if executor is not None:
        yield from _made(jobs, shop, executor)
        return
    from invulposter.workers import Workers

    with Workers(min(workers, len(jobs)), shop.job_seconds) as own:
        yield from _made(jobs, shop, own)


def _made(jobs: Sequence[Job], shop: Shop, executor: Executor) -> Iterator[Artefact]:
    from invulposter.workers import make_there

    packed = pickle.dumps(shop)
    groups = together(jobs)
    futures = {number: executor.submit(make_there, packed, groups[number]) for number in firsts_first(groups)}
    for number, group in enumerate(groups):
        found = _result(group, futures[number], shop)
        if found is None:
            # One of them was too much for its worker: each gets one of its own, so that the others are made.
            alone = [(job, executor.submit(make_there, packed, [job])) for job in group]
            yield from (made for job, own in alone for made in _result([job], own, shop) or ())
        else:
            yield from found


def together(jobs: Sequence[Job]) -> list[tuple[Job, ...]]:
    """The jobs in their order, the editions of one document together: they often share their typeset pages."""
    return [tuple(group) for _, group in itertools.groupby(jobs, key=_document)]


def firsts_first(groups: Sequence[tuple[Job, ...]]) -> list[int]:
    """The numbers of the groups, the first one of each layout before the others.

    Each worker then compiles the templates of other layouts, which all find compiled from then on.
    """
    layouts = [(group[0].layout.style, group[0].layout.name) for group in groups]
    firsts = {layout: number for number, layout in reversed([*enumerate(layouts)])}
    return sorted(range(len(groups)), key=lambda number: firsts[layouts[number]] != number)


def _document(job: Job) -> tuple[str, ...]:
    return (job.rayon.id, job.layout.style, job.layout.name, job.subject.id if job.subject else "")


def _result(group: Sequence[Job], future: Future[tuple[Artefact, ...]], shop: Shop) -> Sequence[Artefact] | None:
    """What came of a group; of a job alone an artefact in any case, of several together None where they failed."""
    try:
        return future.result()
    except Exception as error:  # whatever went wrong with one job, the others are made
        if len(group) > 1:
            return None
        return [replace(artefact_of(group[0]), error=f"{group[0].path}: {_why(error, shop)}")]


def _why(error: Exception, shop: Shop) -> str:
    if isinstance(error, TimeoutError):
        return f"not ready after {shop.job_seconds:g} seconds"
    return f"its worker stopped: {type(error).__name__}: {error}"
