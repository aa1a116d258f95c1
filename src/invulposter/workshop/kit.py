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
from invulposter.build import make
from invulposter.drawing.printable import printable
from invulposter.errors import TypesetError
from invulposter.geometry import Size, mm
from invulposter.paper import Duplex
from invulposter.plan import plan_printlist
from invulposter.printlist import PrintList
from invulposter.report import Artefact
from invulposter.shop import Shop
from invulposter.typeset import use_fonts
from invulposter.workshop.listing import MadeItem, print_list
from invulposter.workshop.named import named_copies
from invulposter.workshop.plan import KitItem, KitPlan

#: The list comes before what it lists.
LIST_NUMBER = "00"
#: The oldest time a zip file can hold: the same files give the same bytes, whenever they are made.
_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Kit:
    """A kit as it was made: what the print list says, and every file by its name, in print order, the list first."""

    plan: KitPlan
    printlist: PrintList
    files: dict[str, bytes]

    def to_zip(self) -> bytes:
        """One zip file; PDFs are packed already, so they are stored as they are."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            for name, data in self.files.items():
                archive.writestr(zipfile.ZipInfo(name, _TIME), data)
        return packed.getvalue()


def make_kit(plan: KitPlan, shop: Shop, workers: int, told: Callable[[Artefact], None] = lambda _: None) -> Kit:
    """Make every file of a plan with `workers` at once; each that is ready is `told`.

    Where the files go that `shop` names is of no account: they are made in a folder that is removed afterwards.
    Raises TypesetError for the first file that could not be made, InvalidInputError for a list of people with a
    mistake in it; whatever `told` raises ends the work.
    """
    plan = _drawable(plan, shop.fonts[-1])
    with TemporaryDirectory(prefix="invulposter-") as folder:
        bench = replace(shop, out=Path(folder), data=None)
        made, files = [], {}
        artefacts = make_all([item.job for item in plan.items], bench, workers)
        for item, artefact in zip(plan.items, artefacts, strict=True):
            told(artefact)
            one, files[item.file] = _finished(item, artefact, bench)
            made.append(one)
        printlist = print_list(plan, made, shop.library)
        name, data = _listed(plan, printlist, bench)
        told(data)
        return Kit(plan, printlist, {name: (bench.out / data.path).read_bytes(), **files})


def _drawable(plan: KitPlan, fonts: Path) -> KitPlan:
    """The same plan with the place in letters that every typeface has."""
    workshop = replace(plan.workshop, place=printable(fonts)(plan.workshop.place))
    items = (replace(item, job=replace(item.job, workshop=workshop)) for item in plan.items)
    return replace(plan, workshop=workshop, items=tuple(items))


def _finished(item: KitItem, artefact: Artefact, shop: Shop) -> tuple[MadeItem, bytes]:
    """The file that goes into the kit, and what the list has to know of it."""
    if not artefact.made:
        raise TypesetError(f"{artefact.path}: {artefact.error}")
    pdf = (shop.out / artefact.path).read_bytes()
    duplex = Duplex(artefact.duplex) if artefact.duplex else Duplex.NONE
    made = MadeItem(item, artefact.sheets, _lying(pdf), artefact.pages, artefact.cuts, duplex, artefact.notes)
    if item.people is None:
        return made, pdf
    named = named_copies(item, item.people, pdf, shop.fonts[-1])
    return replace(made, sheets=named.sheets, duplex=named.duplex, notes=named.notes), named.pdf


def _lying(pdf: bytes) -> Size:
    """The size of a file's last page, in mm as it lies: in front may be a map of the others."""
    box = PdfReader(io.BytesIO(pdf)).pages[-1].mediabox
    return Size(round(mm(float(box.width)), 1), round(mm(float(box.height)), 1))


def _listed(plan: KitPlan, printlist: PrintList, shop: Shop) -> tuple[str, Artefact]:
    """The print list's name and artefact; its file stands in the shop's folder."""
    network = shop.library.networks[plan.request.network]
    job = plan_printlist(shop.library, printlist, plan.workshop, plan.rayon, network)
    use_fonts(shop.fonts)
    artefact = make(job, shop)
    if not artefact.made:
        raise TypesetError(f"{artefact.path}: {artefact.error}")
    return f"{LIST_NUMBER}-{job.layout.name}.pdf", artefact
