"""The line, read → plan → render → typeset → finish → preflight → write, and the batch around it."""

from __future__ import annotations

import hashlib
import multiprocessing
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import TimeoutError as JobTimeout
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from pebble import ProcessExpired, ProcessPool

from invulposter.drawing.type import Typecase
from invulposter.errors import InvulposterError
from invulposter.findings import errors
from invulposter.finish.job import Finished, finish
from invulposter.gallery import write_gallery
from invulposter.layout import Edition
from invulposter.pictures import page_pictures
from invulposter.plan import Job
from invulposter.preflight import Expectation, preflight
from invulposter.render import Rendered, render
from invulposter.report import BUILD_FILE, Artefact, PageReport, artefact_of, merged, to_json
from invulposter.typeset import typeset, use_fonts
from invulposter.workspace import Library
from invulposter.write import inside, remove_unfinished, write_file

#: Folder of the thumbnails below the output folder.
PICTURES = PurePosixPath("miniaturen")
#: A job that takes longer than this, in seconds, is given up.
JOB_SECONDS = 120
#: Address space of a worker in bytes: an image or drawing that explodes costs its job, not the machine.
WORKER_MEMORY = 3 * 1024**3


@dataclass(frozen=True)
class Shop:
    """What every job of a batch is made with: what was read, the folders of fonts, where the files go."""

    library: Library
    fonts: tuple[Path, ...]
    out: Path
    draft: bool = False

    @cached_property
    def typecase(self) -> Typecase:
        """The typefaces, to measure with."""
        return Typecase(*self.fonts)


def make(job: Job, shop: Shop) -> Artefact:
    """Make one job and say how it went. Never raises for what is wrong with the job itself."""
    started = time.perf_counter()
    artefact = artefact_of(job)
    try:
        rendered = render(job, shop.library, shop.typecase)
        document = typeset(rendered, job)
        finished = finish(document, rendered, job, shop.fonts[-1])
        findings = document.findings + preflight(finished.pdf, expected(job, finished, rendered))
        refused = errors(findings) and not shop.draft
        if not refused:
            write_file(inside(shop.out, job.path), finished.pdf)
            artefact = replace(artefact, pictures=tuple(_pictures(finished.pdf, job, shop.out)))
        artefact = replace(
            artefact,
            pages=document.pages,
            sheets=finished.sheets,
            sha256=hashlib.sha256(finished.pdf).hexdigest(),
            code=rendered.code,
            findings=findings,
            error=str(errors(findings)[0]) if refused else "",
        )
    except InvulposterError as error:
        artefact = replace(artefact, error=str(error))
    return replace(artefact, seconds=round(time.perf_counter() - started, 3))


def expected(job: Job, finished: Finished, rendered: Rendered) -> Expectation:
    """What the preflight holds the finished file against."""
    return Expectation(
        edition=job.edition,
        trim=finished.page if finished.page == job.size else None,
        bleed=job.bleed,
        tagged=job.edition is Edition.SCREEN,
        min_dpi=300 if job.layout.facts.duplex else 150,
        words=rendered.words if finished.page == job.size else None,
    )


def _pictures(pdf: bytes, job: Job, out: Path) -> Iterator[PageReport]:
    for number, picture in enumerate(page_pictures(pdf), 1):
        name = PICTURES / job.path.with_name(f"{job.path.stem}-{number}.webp")
        write_file(inside(out, name), picture.webp)
        yield PageReport(name.as_posix(), picture.width, picture.height, round(picture.ink, 4))


def build_all(jobs: Sequence[Job], shop: Shop, workers: int) -> Iterator[Artefact]:
    """Make every job, giving artefacts in the order of the jobs; then write the gallery and `build.json`."""
    remove_unfinished(shop.out)
    artefacts = []
    for artefact in make_all(jobs, shop, workers):
        artefacts.append(artefact)
        yield artefact
    standing = merged(artefacts, shop.out)
    write_file(shop.out / BUILD_FILE, to_json(standing).encode())
    write_gallery(standing, shop.out)


def make_all(jobs: Sequence[Job], shop: Shop, workers: int) -> Iterator[Artefact]:
    """Make every job in warm worker processes; artefacts come in the order of the jobs.

    A job that takes too long, or whose worker is killed, becomes an artefact with an error; the others go on.
    """
    use_fonts(shop.fonts)
    with ProcessPool(
        max_workers=min(workers, len(jobs)),
        context=_context(),
        initializer=_open_shop,
        initargs=(shop,),
    ) as pool:
        futures = [pool.schedule(_make_in_worker, args=[job], timeout=JOB_SECONDS) for job in jobs]
        try:
            for job, future in zip(jobs, futures, strict=True):
                try:
                    yield future.result()
                except JobTimeout:
                    yield replace(artefact_of(job), error=f"{job.path}: not ready after {JOB_SECONDS} seconds")
                except (ProcessExpired, MemoryError) as error:
                    yield replace(artefact_of(job), error=f"{job.path}: its worker stopped: {error}")
                except Exception as error:  # whatever went wrong with one job, the others are made
                    yield replace(artefact_of(job), error=f"{job.path}: {type(error).__name__}: {error}")
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def _context() -> multiprocessing.context.BaseContext:
    """Workers are forked from a server that has imported the line once: warm, and safe beside threads."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["invulposter.build", "weasyprint"])
    return context


_shop: Shop


def _open_shop(shop: Shop) -> None:
    global _shop  # noqa: PLW0603 - a worker process serves one shop for its whole life
    _shop = shop
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (WORKER_MEMORY, WORKER_MEMORY))


def _make_in_worker(job: Job) -> Artefact:
    return make(job, _shop)
