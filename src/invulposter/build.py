"""The line, read → plan → render → typeset → finish → preflight → write, for one job."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from invulposter.drawing.type import Typecase
from invulposter.edition import Edition
from invulposter.errors import InvulposterError, TypesetError
from invulposter.findings import Finding, errors
from invulposter.finish.job import Finished, finish
from invulposter.finish.order import order_sheet
from invulposter.library import Library
from invulposter.pictures import check_ink, seen
from invulposter.plan import PRESS_BLEED, Job
from invulposter.preflight import Expectation, preflight
from invulposter.product import Product
from invulposter.render import Rendered, render
from invulposter.report import Artefact, PageReport, artefact_of, order_path
from invulposter.shop import Shop
from invulposter.typeset import Typeset, typeset
from invulposter.typesetter import use_fonts
from invulposter.write import holds, inside, write_file, write_spare

#: Folder of the thumbnails below the output folder.
PICTURES = PurePosixPath("miniaturen")


def make(job: Job, shop: Shop) -> Artefact:
    """Make one job and say how it went. Never raises for what is wrong with the job itself.

    What the cache holds of the same page is not made again.
    """
    started = time.perf_counter()
    artefact = artefact_of(job)
    try:
        rendered = shop.pages.of(job)
        product = shop.made_before(job, rendered)
        cached = product is not None
        if product is None:
            document = typeset(rendered, job, shop.kept)
            finished = finish(document, rendered, job, shop.fonts[-1])
            product = judged(document, finished, rendered, job)
            shop.keep(job, rendered, product)
        artefact = replace(described(artefact, product), code=rendered.code, page_codes=rendered.page_codes)
        artefact = replace(_written(artefact, product, job, shop), cached=cached)
    except InvulposterError as error:
        artefact = replace(artefact, error=str(error))
    return replace(artefact, seconds=round(time.perf_counter() - started, 3))


def produce(job: Job, rendered: Rendered, fonts: Path) -> Product:
    """The same for a rendered job that is not written; `fonts` is the folder that marks are set from."""
    document = typeset(rendered, job)
    return judged(document, finish(document, rendered, job, fonts), rendered, job)


def judged(document: Typeset, finished: Finished, rendered: Rendered, job: Job) -> Product:
    """A finished file with what preflight has to say of it, and a picture of every page."""
    expect = expected(job, finished, rendered)
    shown = seen(finished.typeset or finished.pdf, read=expect.words is not None)
    # On sheets of tiles or cards stands something else than a page of the layout.
    inked = check_ink(shown.pictures, job.layout.facts.ink_limit if finished.page == job.size else None)
    return Product(
        pdf=finished.pdf,
        pages=document.pages,
        sheets=finished.sheets,
        cuts=finished.cuts,
        duplex=finished.duplex,
        notes=finished.notes,
        tiles=finished.tiles,
        order=order_sheet(job, finished) if job.edition is Edition.PRESS else "",
        findings=(*document.findings, *preflight(finished.pdf, expect, shown.text), *inked),
        pictures=shown.pictures,
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
        pages=finished.pages,
        tagged=job.edition is Edition.SCREEN,
        min_dpi=300 if job.layout.facts.duplex else 150,
        words=rendered.printed if finished.page == job.size else None,
        ink_limit=job.printshop.ink_limit,
    )


def described(artefact: Artefact, product: Product) -> Artefact:
    """The artefact of a job that was made: with what the product tells of itself."""
    return replace(
        artefact,
        pages=product.pages,
        sheets=product.sheets,
        cuts=product.cuts,
        duplex=product.duplex or "",
        notes=product.notes,
        tiles=product.tiles,
        sha256=hashlib.sha256(product.pdf).hexdigest(),
        findings=product.findings,
    )


def _written(artefact: Artefact, product: Product, job: Job, shop: Shop) -> Artefact:
    """The artefact of a product that was written, or that has errors and was not."""
    wrong = errors(product.findings)
    if wrong and not shop.draft:
        return replace(artefact, error=_most_telling(wrong))
    files = {job.path: product.pdf, order_path(job.path): product.order.encode()}
    for name, data in files.items():
        path = inside(shop.out, name)
        if data and not holds(path, data):
            write_file(path, data)
    return replace(artefact, pictures=tuple(_write_pictures(product, job, shop.out)))


def _most_telling(found: tuple[Finding, ...]) -> str:
    """The error that says most: one that names a line of the content, and of those one that names a character.

    A box that is measured comes next: a character that no font has is as wide as can be.
    """
    order = ("text-clipped", "text-overflow", "glyph-borrowed", "glyph-missing")
    telling = max(found, key=lambda one: (bool(one.place.path), order.index(one.code) if one.code in order else -1))
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return f"{telling}{more}"


def _write_pictures(product: Product, job: Job, out: Path) -> Iterator[PageReport]:
    first = PICTURES / job.path.with_name(f"{job.path.stem}-1.jpg")
    folder = inside(out, first).parent
    for number, picture in enumerate(product.pictures, 1):
        name = first.with_name(f"{job.path.stem}-{number}.jpg")
        if not holds(folder / name.name, picture.jpeg):
            write_spare(folder / name.name, picture.jpeg)
        yield PageReport(name.as_posix(), picture.width, picture.height, round(picture.ink, 4))
