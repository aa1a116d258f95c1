"""What becomes of pages on a printer that prints one side of the paper. Pure."""

from __future__ import annotations

from dataclasses import replace

from invulposter.paper import Duplex, PaperWish
from invulposter.report import Artefact
from invulposter.workshop.listing import BOTH_SIDES


def prints_one_side(wish: PaperWish) -> bool:
    """Whether backs are printed apart, as was asked or as was measured."""
    duplex = wish.duplex or (wish.printer.duplex if wish.printer else None)
    return duplex is Duplex.BY_HAND


def on_one_side(artefact: Artefact) -> Artefact:
    """The same file with each page on a sheet of its own.

    Cards and booklets say for themselves how their backs are made; what else has backs is pages after each other.
    """
    if artefact.duplex not in BOTH_SIDES:
        return artefact
    return replace(artefact, duplex="", sheets=artefact.pages)
