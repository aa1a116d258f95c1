"""Makes a kit for the place Workshop, in a task's thread with the studio's own workers."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from invulposter.errors import InvalidInputError, RequestError
from invulposter.pictures import page_pictures
from invulposter.printlist import PrintList
from invulposter.report import Artefact
from invulposter.shop import Shop
from invulposter.studio.shelf import Shelved
from invulposter.studio.state import Studio
from invulposter.studio.stock import Stock
from invulposter.studio.tasks import Task
from invulposter.studio.workers import Workers
from invulposter.workshop.kit import make_kit
from invulposter.workshop.plan import KitPlan


@dataclass(frozen=True)
class Packed:
    """A kit on the shelf, or in Dutch why there is none: `problem`. `pages` are pictures of the print list."""

    plan: KitPlan
    problem: str = ""
    printlist: PrintList | None = None
    zip: Shelved | None = None
    listed: Shelved | None = None
    files: tuple[Shelved, ...] = ()
    pages: tuple[Shelved, ...] = ()


def packed(task: Task, plan: KitPlan, stock: Stock, studio: Studio) -> Packed:
    """Make the kit, telling how far it is. Raises StoppedError when asked to stop."""
    shop = Shop(
        library=stock.library, fonts=stock.fonts, out=studio.shelf.folder, inputs=stock.inputs, cache=studio.cache
    )
    of, done = len(plan.items) + 1, 0

    def told(artefact: Artefact) -> None:
        nonlocal done
        done += 1
        task.tell(done, of, f"{artefact.title} is klaar.")

    task.tell(0, of, "De bestanden worden gemaakt …")
    try:
        with _Borrowed(studio.workers) as executor:
            kit = make_kit(plan, shop, executor, told)
    except InvalidInputError as error:
        return Packed(plan, _of_list(error))
    except RequestError:
        return Packed(plan, "Geen kolom van de lijst past bij een veld: zet boven de kolom met namen ‘naam’.")
    name = f"kit-{plan.rayon.id}-{plan.request.network}.zip"
    return Packed(
        plan=plan,
        printlist=kit.printlist,
        zip=studio.shelf.put(name, kit.to_zip()),
        listed=studio.shelf.put(kit.list_file, kit.files[kit.list_file]),
        files=tuple(studio.shelf.put(row.file, kit.files[row.file]) for row in kit.printlist.rows),
        pages=_pictures(kit.files[kit.list_file], studio),
    )


def _of_list(error: InvalidInputError) -> str:
    """Where the list of participants is wrong: rows and columns as a spreadsheet counts them."""
    places = [f"rij {one.place.line}, kolom {one.place.column}" for one in error.findings]
    more = f" en nog {len(places) - 5}" if len(places) > 5 else ""
    return f"In de lijst staat iets wat niet in het veld past: {'; '.join(places[:5])}{more}. Maak het korter."


def _pictures(pdf: bytes, studio: Studio) -> tuple[Shelved, ...]:
    with studio.drawing:
        return tuple(studio.shelf.put("blad.jpg", one.jpeg) for one in page_pictures(pdf))


class _Borrowed:
    """The studio's own workers as an executor: of what was asked, what has not begun is dropped at the end."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._asked: list[Future[Any]] = []

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
        self._asked.append(self._workers.submit(function, *arguments))
        return self._asked[-1]

    def __enter__(self) -> _Borrowed:
        return self

    def __exit__(self, *_: object) -> None:
        for asked in self._asked:
            if not asked.running():
                asked.cancel()
