"""Makes a kit: its files through the ordinary line, the list of what was made, and the zip file that holds them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pypdf import PdfReader

from invulposter.batch import make_all
from invulposter.drawing.printable import printable
from invulposter.errors import InvulposterError, TypesetError
from invulposter.geometry import Size, mm
from invulposter.library import Library
from invulposter.paper import Duplex
from invulposter.plan import Job, plan_printlist
from invulposter.prefill import Table
from invulposter.printlist import PrintList
from invulposter.report import Artefact
from invulposter.shop import Shop
from invulposter.workers import Executor
from invulposter.workshop.listing import MadeItem, print_list
from invulposter.workshop.named import Named, named_copies
from invulposter.workshop.oneside import prints_one_side
from invulposter.workshop.plan import KitItem, KitPlan

#: The list comes before what it lists.
LIST_NUMBER = "00"
#: The oldest time a zip file can hold: the same files give the same bytes, whenever they are made.
_TIME = (1980, 1, 1, 0, 0, 0)
#: A file that its owner can write and everybody can read.
_READABLE = 0o100644


@dataclass(frozen=True)
class Kit:
    """A kit as it was made: what the print list says, and every file by its name, in print order, the list first."""

    plan: KitPlan
    printlist: PrintList
    files: dict[str, bytes]

    @property
    def list_file(self) -> str:
        """The print list's name."""
        return next(iter(self.files))

    def to_zip(self) -> bytes:
        """One zip file; PDFs are packed already, so they are stored as they are."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            for name, data in self.files.items():
                entry = zipfile.ZipInfo(name, _TIME)
                entry.external_attr = _READABLE << 16
                archive.writestr(entry, data)
        return packed.getvalue()


def make_kit(plan: KitPlan, shop: Shop, executor: Executor, told: Callable[[Artefact], None] = lambda _: None) -> Kit:
    """Make every file of a plan with an executor; each that is ready is `told`, in print order, the list last.

    Where the files go that `shop` names is of no account: they are made in a folder that is removed afterwards.
    Raises TypesetError for the first file that could not be made, InvalidInputError for a list of people with a
    mistake in it; whatever `told` raises ends the work.
    """
    plan = _drawable(plan, shop.fonts[-1])
    with TemporaryDirectory(prefix="invulposter-") as folder:
        bench = replace(shop, out=Path(folder), data=None)
        made, files = [], {}
        artefacts = make_all([item.job for item in plan.items], bench, 1, executor)
        for item, artefact in zip(plan.items, artefacts, strict=True):
            told(artefact)
            one, files[item.file] = _finished(item, artefact, bench, executor)
            if prints_one_side(plan.request.sheets):
                one = one.on_one_side()
            made.append(one)
        printlist = print_list(plan, made, shop.library)
        job = _list_job(plan, printlist, shop.library)
        (artefact,) = make_all([job], bench, 1, executor)
        told(artefact)
        return Kit(plan, printlist, {_list_name(job): _written(artefact, bench), **files})


def _drawable(plan: KitPlan, fonts: Path) -> KitPlan:
    """The same plan with the place in letters that every typeface has."""
    workshop = replace(plan.workshop, place=printable(fonts)(plan.workshop.place))
    items = (replace(item, job=replace(item.job, workshop=workshop)) for item in plan.items)
    return replace(plan, workshop=workshop, items=tuple(items))


def _finished(item: KitItem, artefact: Artefact, shop: Shop, executor: Executor) -> tuple[MadeItem, bytes]:
    """The file that goes into the kit, and what the list has to know of it."""
    pdf = _written(artefact, shop)
    duplex = Duplex(artefact.duplex) if artefact.duplex else Duplex.NONE
    made = MadeItem(
        item, artefact.sheets, _lying(pdf), artefact.pages, artefact.cuts, duplex, artefact.notes, artefact.tiles
    )
    if item.people is None:
        return made, pdf
    named = _named(item, item.people, pdf, shop, executor)
    return replace(made, sheets=named.sheets, duplex=named.duplex, notes=named.notes), named.pdf


def _named(item: KitItem, people: Table, form: bytes, shop: Shop, executor: Executor) -> Named:
    try:
        named: Named = executor.submit(named_copies, item, people, form, shop.fonts[-1]).result()
    except InvulposterError:
        raise
    except Exception as error:  # whatever became of the worker, the reason is one sentence
        raise TypesetError(f"{item.file}: {type(error).__name__}: {error}") from error
    return named


def _written(artefact: Artefact, shop: Shop) -> bytes:
    if not artefact.made:
        raise TypesetError(f"{artefact.path}: {artefact.error}")
    return (shop.out / artefact.path).read_bytes()


def _lying(pdf: bytes) -> Size:
    """The size of a file's last page, in mm as it lies: in front may be a map of the others."""
    box = PdfReader(io.BytesIO(pdf)).pages[-1].mediabox
    return Size(round(mm(float(box.width)), 1), round(mm(float(box.height)), 1))


def _list_job(plan: KitPlan, printlist: PrintList, library: Library) -> Job:
    network = library.networks[plan.request.network]
    return plan_printlist(library, printlist, plan.workshop, plan.rayon, network)


def _list_name(job: Job) -> str:
    return f"{LIST_NUMBER}-{job.layout.name}.pdf"
