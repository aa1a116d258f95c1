"""What is seen of every file that is being made: at once what was made before, the rest as it comes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from invulposter.build import described
from invulposter.edition import Edition
from invulposter.errors import InvulposterError
from invulposter.findings import errors
from invulposter.gallery import print_advice
from invulposter.geometry import Size
from invulposter.plan import Job
from invulposter.product import Product
from invulposter.report import Artefact, artefact_of, order_path
from invulposter.studio.dutch import sentence
from invulposter.studio.proofs import Proof, made_before, prove
from invulposter.studio.shelf import Shelf, Shelved
from invulposter.studio.state import Studio
from invulposter.studio.stock import Stock
from invulposter.workshop.oneside import on_one_side

#: Seconds between looks whether a first page is there.
_LOOK = 0.02


@dataclass(frozen=True)
class Picture:
    """A page's small picture: its id on the shelf, its number (from 1) and its pixels."""

    id: str
    number: int
    width: int
    height: int


@dataclass(frozen=True)
class Card:
    """One file as its card shows it. `ended` says that nothing more will come.

    `size` is that of its page as designed and `look` that page; `pages` is the PDF to look at, `file` the same to
    download and `order` its order sheet, where they are there; `problem` says why not.
    """

    artefact: Artefact
    size: Size
    look: Shelved | None = None
    pictures: tuple[Picture, ...] = ()
    pages: Shelved | None = None
    file: Shelved | None = None
    order: Shelved | None = None
    advice: str = ""
    problem: str = ""
    seconds: float = 0.0
    typesetting: float = 0.0

    def on_one_side(self) -> Card:
        """The same card for a printer that prints one side of the paper."""
        artefact = on_one_side(self.artefact)
        return replace(self, artefact=artefact, advice=print_advice(artefact) if self.advice else "")

    @property
    def ended(self) -> bool:
        """Whether it is finished, or will not be."""
        return bool(self.file or self.problem)

    @property
    def imposed(self) -> bool:
        """Whether its sheets of paper look otherwise than the pages as designed."""
        return self.artefact.edition == Edition.OFFICE and self.artefact.size != self.artefact.paper


#: The number of a job (from 0) and its card as it is now.
Sight = tuple[int, Card]


async def sights(jobs: Sequence[Job], stock: Stock, studio: Studio) -> AsyncIterator[Sight]:
    """Cards as they come: those that were made before first. What was begun when nobody looks any more is finished."""
    left = []
    for number, job in enumerate(jobs):
        proof = await asyncio.to_thread(made_before, job, stock.inputs, studio.cache)
        if proof:
            yield number, await asyncio.to_thread(finished, job, proof, studio.shelf)
        else:
            left.append((number, job))
    queue: asyncio.Queue[Sight | None] = asyncio.Queue()
    pending = iter(left)
    lanes = [
        asyncio.create_task(_lane(pending, stock, studio, queue)) for _ in range(min(len(left), studio.workers.count))
    ]
    try:
        for _ in lanes:
            while (sight := await queue.get()) is not None:
                yield sight
    finally:
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)


async def _lane(
    pending: Iterator[tuple[int, Job]], stock: Stock, studio: Studio, queue: asyncio.Queue[Sight | None]
) -> None:
    """Make one job after another: each tab has few lanes, so that another tab's first job comes soon."""
    for number, job in pending:
        async for card in _cards(job, stock, studio):
            await queue.put((number, card))
    await queue.put(None)


async def _cards(job: Job, stock: Stock, studio: Studio) -> AsyncIterator[Card]:
    """The card of a job that has to be made: with its first page, then finished."""
    first = studio.shelf.scratch()
    making = asyncio.create_task(studio.workers.run(prove, job, stock.file, stock.fonts, studio.cache, first))
    try:
        while not making.done():
            await asyncio.wait({making}, timeout=_LOOK)
            look = _taken(first)
            if look and not making.done():
                yield replace(waiting(job), look=studio.shelf.put("look.jpg", look))
        yield await asyncio.to_thread(finished, job, await making, studio.shelf)
    except InvulposterError as error:
        yield replace(waiting(job), problem=sentence(error))
    except Exception:  # one file that fails leaves the others; the reason is for the terminal
        logging.getLogger("invulposter.studio").exception("%s failed", job.path)
        yield replace(waiting(job), problem="Dit bestand kon door een fout in het programma niet worden gemaakt.")
    finally:
        making.cancel()
        first.unlink(missing_ok=True)


def _taken(first: Path) -> bytes | None:
    """What a worker left there, which is removed; None where it is not there."""
    try:
        data = first.read_bytes()
    except FileNotFoundError:
        return None
    first.unlink(missing_ok=True)
    return data


def waiting(job: Job) -> Card:
    """The card of a job of which nothing is there yet."""
    return Card(artefact_of(job), job.layout.size)


def finished(job: Job, proof: Proof, shelf: Shelf) -> Card:
    """The card of a job that was made, with everything to look at and to download on the shelf."""
    product = proof.product
    artefact = described(artefact_of(job), product)
    look = shelf.put("look.jpg", proof.look)
    pages = shelf.put(_download(job, job.path.name), product.pdf)
    made = replace(
        waiting(job),
        artefact=artefact,
        look=look,
        pictures=_pictures(product, shelf),
        pages=pages,
        seconds=proof.seconds,
        typesetting=proof.typesetting,
    )
    if errors(product.findings):
        return replace(made, problem="Er staat een fout op de pagina’s: zo gaat dit niet naar de printer.")
    order = _download(job, order_path(job.path).name)
    return replace(
        made,
        file=pages,
        order=shelf.put(order, product.order.encode()) if product.order else None,
        advice=print_advice(artefact),
    )


def _download(job: Job, name: str) -> str:
    """The name that a file is downloaded under: with its rayon, as it leaves the rayon's folder."""
    return f"{job.rayon.id}-{name}"


def _pictures(product: Product, shelf: Shelf) -> tuple[Picture, ...]:
    """Pictures of the pages of the file."""
    return tuple(
        Picture(shelf.put(f"{number}.jpg", one.jpeg).id, number, one.width, one.height)
        for number, one in enumerate(product.pictures, 1)
    )
