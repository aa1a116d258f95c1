"""The printer that is chosen in the studio: any, one that prints one side only, or one that was measured. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from invulposter.paper import Duplex, PaperWish, Printer

#: How an address says that the printer prints one side only: no printer that was measured can have this name.
ONE_SIDE = "-"


def printer_choices(printers: Iterable[str]) -> list[tuple[str, str]]:
    """The printers to choose from: what it can, then those that were measured."""
    return [("", "dubbelzijdig"), (ONE_SIDE, "alleen enkelzijdig"), *((name, name) for name in sorted(printers))]


def paper_wish(choice: str, printers: Mapping[str, Printer]) -> PaperWish:
    """What a choice asks of sheets: backs are printed apart where the printer does one side."""
    return PaperWish(printer=printers.get(choice), duplex=Duplex.BY_HAND if choice == ONE_SIDE else None)
