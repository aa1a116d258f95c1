"""The options that say how paper is filled, printed and cut: the same wherever they are given."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from invulposter.cli.common import sentences
from invulposter.paper import Duplex, Order, PaperWish, Printer
from invulposter.printers import find_printer, printers_file
from invulposter.printshop import INK_LIMIT, MOST_INK, read_printshop


class Measure(click.FloatRange):
    """A number within a range, with a point or with a decimal comma."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Give the number; one that is not finite is in no range."""
        number: float = super().convert(str(value).replace(",", "."), param, ctx)  # type: ignore[arg-type]
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return number


_OPTIONS = (
    click.option(
        "--overlap", type=Measure(0, 100), metavar="MM", help="Tiles: what two sheets share.  [default: 10]"
    ),
    click.option(
        "--margin", type=Measure(0, 50), metavar="MM",
        help="Tiles and cards: what stays white along the paper's edges.  [default: the printer's; else 5 and 0]",
    ),
    click.option(
        "--gutter", type=Measure(0, 100), metavar="MM", help="Cards: paper between them.  [default: 0]"
    ),
    click.option("--copies", type=click.IntRange(1, 10_000), metavar="N", help="Cards: how many sets.  [default: 1]"),
    click.option(
        "--order", type=click.Choice([order.value for order in Order]),
        help="Cards: how sets are dealt over the sheets.  [default: collated]",
    ),
    click.option(
        "--duplex", type=click.Choice([duplex.value for duplex in Duplex]),
        help="Cards and booklets: how backs are made.  [default: the printer's; else the edge that suits]",
    ),
    click.option(
        "--weight", type=Measure(40, 400), metavar="GSM",
        help="Booklets: the paper's weight, to make up for creep.  [default: 80]",
    ),
    click.option("--printer", metavar="NAME", help="A printer saved with 'invulposter calibrate --save'."),
)  # fmt: skip


_PRINTSHOP = (
    click.option(
        "--icc", type=click.Path(path_type=Path), metavar="FILE",
        help="Press: the print shop's own ICC profile, for four inks.  [default: coated paper, FOGRA39]",
    ),
    click.option(
        "--ink-limit", type=click.Choice([INK_LIMIT, MOST_INK]),
        help=f"Press: the most ink on one spot, in percent.  [default: {INK_LIMIT}]",
    ),
)  # fmt: skip


def printshop_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command these options, as one argument: `printshop`, a `PrintShop`."""

    @sentences
    @functools.wraps(command)
    def run(icc: Path | None, ink_limit: int | None, **given: Any) -> Any:
        return command(printshop=read_printshop(icc, ink_limit), **given)

    return functools.reduce(lambda made, option: option(made), reversed(_PRINTSHOP), run)


def sheet_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command these options, as one argument: `sheets`, a `PaperWish`."""

    @sentences
    @functools.wraps(command)
    def run(**given: Any) -> Any:
        asked = {one.name: given.pop(one.name) for one in fields(PaperWish)}
        return command(sheets=_wish(**asked), **given)

    return functools.reduce(lambda made, option: option(made), reversed(_OPTIONS), run)


def _wish(order: str | None, duplex: str | None, printer: str | None, **numbers: Any) -> PaperWish:
    return PaperWish(
        order=Order(order) if order else None,
        duplex=Duplex(duplex) if duplex else None,
        printer=_printer(printer) if printer else None,
        **numbers,
    )


def _printer(name: str) -> Printer:
    return find_printer(name, printers_file())
