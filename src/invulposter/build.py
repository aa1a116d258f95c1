"""The line, read → plan → render → typeset → finish → preflight → write, and the batch around it."""

from __future__ import annotations

import hashlib
import multiprocessing
import resource
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import TimeoutError as JobTimeout
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from pebble import ProcessExpired, ProcessPool

from invulposter.cache import Cache
from invulposter.copies import write_copies
from invulposter.drawing.type import Typecase
from invulposter.errors import InvulposterError, TypesetError
from invulposter.findings import Finding, errors
from invulposter.finish.job import Finished, finish
from invulposter.finish.order import order_sheet
from invulposter.gallery import write_gallery
from invulposter.inputs import Inputs
from invulposter.layout import Edition
from invulposter.pictures import page_pictures
from invulposter.plan import PRESS_BLEED, Job
from invulposter.prefill import Table
from invulposter.preflight import Expectation, preflight
from invulposter.product import Product
from invulposter.render import Rendered, render
from invulposter.report import BUILD_FILE, Artefact, PageReport, artefact_of, merged, read_report, to_json
from invulposter.typeset import Typeset, typeset, use_fonts
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
    """What every job of a batch is made with: what was read, the folders of fonts, where the files go.

    `inputs` are keys for what the jobs are made from; `cache` is None where nothing is kept. Of each form there
    is a filled copy for every row of `data`. A job that takes longer than `job_seconds` is given up.
    """

    library: Library
    fonts: tuple[Path, ...]
    out: Path
    inputs: Inputs = Inputs()  # noqa: RUF009 - frozen, so that it can be shared
    cache: Cache | None = None
    draft: bool = False
    job_seconds: float = JOB_SECONDS
    data: Table | None = None

    @cached_property
    def typecase(self) -> Typecase:
        """The typefaces, to measure with."""
        return Typecase(*self.fonts)


def make(job: Job, shop: Shop) -> Artefact:
    """Make one job and say how it went. Never raises for what is wrong with the job itself."""
    started = time.perf_counter()
    artefact = artefact_of(job)
    try:
        rendered = render(job, shop.library, shop.typecase, shop.draft)
        product, cached = _kept(job, rendered, shop)
        artefact = replace(
            described(artefact, product), code=rendered.code, page_codes=rendered.page_codes, cached=cached
        )
        if errors(product.findings) and not shop.draft:
            artefact = replace(artefact, error=_told(errors(product.findings)))
        else:
            write_file(inside(shop.out, job.path), product.pdf)
            if product.order:
                order = job.path.with_name(f"{job.path.stem}-drukorder.txt")
                write_file(inside(shop.out, order), product.order.encode())
            artefact = replace(artefact, pictures=tuple(_write_pictures(product, job, shop.out)))
    except InvulposterError as error:
        artefact = replace(artefact, error=str(error))
    return replace(artefact, seconds=round(time.perf_counter() - started, 3))


def _told(found: tuple[Finding, ...]) -> str:
    """The error that says most: one that names a line of the content, and of those one that measures a box."""
    telling = max(
        found, key=lambda finding: (bool(finding.place.path), finding.code in {"text-overflow", "text-clipped"})
    )
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return f"{telling}{more}"


def produce(job: Job, rendered: Rendered, fonts: Path) -> Product:
    """Typeset, finish and judge one rendered job."""
    return completed(typeset(rendered, job), rendered, job, fonts)


def completed(document: Typeset, rendered: Rendered, job: Job, fonts: Path) -> Product:
    """Finish and judge a typeset job; `fonts` is the folder that marks are set from."""
    finished = finish(document, rendered, job, fonts)
    findings = document.findings + preflight(finished.pdf, expected(job, finished, rendered))
    return Product(
        pdf=finished.pdf,
        pages=document.pages,
        sheets=finished.sheets,
        cuts=finished.cuts,
        duplex=finished.duplex,
        notes=finished.notes,
        order=order_sheet(job, finished) if job.edition is Edition.PRESS else "",
        findings=findings,
        pictures=tuple(page_pictures(finished.pdf)),
    )


def make_one(job: Job, library: Library, fonts: tuple[Path, ...]) -> Product:
    """Make one job here and now. Raises TypesetError with the first error that was found in it."""
    use_fonts(fonts)
    product = produce(job, render(job, library, Typecase(*fonts)), fonts[-1])
    if errors(product.findings):
        raise TypesetError(str(errors(product.findings)[0]))
    return product


def expected(job: Job, finished: Finished, rendered: Rendered) -> Expectation:
    """What the preflight holds the finished file against."""
    return Expectation(
        edition=Edition.SCREEN if job.typed else job.edition,
        trim=finished.page if finished.page == job.size else None,
        bleed=PRESS_BLEED if job.edition is Edition.PRESS else 0,
        tagged=job.edition is Edition.SCREEN,
        min_dpi=300 if job.layout.facts.duplex else 150,
        words=rendered.words if finished.page == job.size else None,
    )


def _kept(job: Job, rendered: Rendered, shop: Shop) -> tuple[Product, bool]:
    """The product, and whether it came from the cache."""
    if shop.cache is None:
        return produce(job, rendered, shop.fonts[-1]), False
    key = shop.inputs.product_key(job, rendered)
    entry = shop.cache.get(key)
    if entry is not None:
        return Product.from_entry(entry), True
    product = produce(job, rendered, shop.fonts[-1])
    shop.cache.put(key, product.to_entry())
    return product, False


def described(artefact: Artefact, product: Product) -> Artefact:
    """The artefact of a job that was made: with what the product tells of itself."""
    return replace(
        artefact,
        pages=product.pages,
        sheets=product.sheets,
        cuts=product.cuts,
        duplex=product.duplex or "",
        notes=product.notes,
        sha256=hashlib.sha256(product.pdf).hexdigest(),
        findings=product.findings,
    )


def _write_pictures(product: Product, job: Job, out: Path) -> Iterator[PageReport]:
    for number, picture in enumerate(product.pictures, 1):
        name = PICTURES / job.path.with_name(f"{job.path.stem}-{number}.webp")
        write_file(inside(out, name), picture.webp)
        yield PageReport(name.as_posix(), picture.width, picture.height, round(picture.ink, 4))


def build_all(jobs: Sequence[Job], shop: Shop, workers: int) -> Iterator[Artefact]:
    """Make every job, giving artefacts in the order of the jobs; then write the gallery and `build.json`.

    What the report of an earlier build shows to be made from the same, and still stands there, is left alone.
    """
    remove_unfinished(shop.out)
    earlier = {artefact.path: artefact for artefact in read_report(shop.out)}
    standing = {job.path: found for job in jobs if (found := _standing(job, shop, earlier)) is not None}
    fresh = make_all([job for job in jobs if job.path not in standing], shop, workers)
    artefacts = []
    for job in jobs:
        artefact = standing.get(job.path) or replace(next(fresh), key=shop.inputs.job_key(job))
        artefact = _with_copies(artefact, job, shop)
        artefacts.append(artefact)
        yield artefact
    if shop.cache:
        shop.cache.trim()
    everything = merged(artefacts, earlier, shop.out)
    write_file(shop.out / BUILD_FILE, to_json(everything).encode())
    write_gallery(everything, shop.out, shop.fonts[-1])


def _with_copies(artefact: Artefact, job: Job, shop: Shop) -> Artefact:
    """The artefact with a filled copy for each row of the data, where it is a form."""
    if shop.data is None or not job.fillable or not artefact.made:
        return replace(artefact, copies=0, refused=())
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
    try:
        pictures = all((shop.out / page.picture).is_file() for page in artefact.pictures)
        same = hashlib.sha256((shop.out / job.path).read_bytes()).hexdigest() == artefact.sha256
    except OSError:
        return None
    return replace(artefact, cached=True, seconds=0.0) if pictures and same else None


def make_all(jobs: Sequence[Job], shop: Shop, workers: int) -> Iterator[Artefact]:
    """Make every job in warm worker processes; artefacts come in the order of the jobs.

    A job that takes too long, or whose worker is killed, becomes an artefact with an error; the others go on.
    """
    if not jobs:
        return
    use_fonts(shop.fonts)
    with ProcessPool(
        max_workers=min(workers, len(jobs)),
        context=_context(),
        initializer=_open_shop,
        initargs=(shop,),
    ) as pool:
        futures = [pool.schedule(_make_in_worker, args=[job], timeout=shop.job_seconds) for job in jobs]
        try:
            for job, future in zip(jobs, futures, strict=True):
                try:
                    yield future.result()
                except JobTimeout:
                    yield replace(artefact_of(job), error=f"{job.path}: not ready after {shop.job_seconds:g} seconds")
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
