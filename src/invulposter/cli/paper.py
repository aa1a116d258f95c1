"""The commands about paper and printers, for anybody's PDF files: impose, calibrate."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from invulposter.cli.common import count, main, sentences
from invulposter.cli.sheets import Measure, sheet_options
from invulposter.errors import RequestError
from invulposter.geometry import Size, parse_size
from invulposter.paper import OFFICE_MARGINS, Duplex, Margins, PaperWish, Printer, paper_name, rounded
from invulposter.printers import find_printer, printers_file, read_printers, save_printer
from invulposter.workspace import built_in
from invulposter.write import write_file

if TYPE_CHECKING:
    from invulposter.finish.impose import Imposed

#: What to choose in the print dialogue.
_DIALOGUE = {
    None: "print on one side",
    Duplex.LONG_EDGE: "print on both sides, flip on long edge",
    Duplex.SHORT_EDGE: "print on both sides, flip on short edge",
    Duplex.BY_HAND: "print on one side: all fronts, then all backs",
    Duplex.FOLD_OVER: "print on one side; fold between front and back",
}
_SIZE_COLUMNS = ("size", "mm", "sheets", "waste")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--size", metavar="SIZE", help="Finished size: A0 to A7, 105x74 in mm, or max.  [default: the page's own]"
)
@click.option("--paper", default="A4", show_default=True, metavar="PAPER", help="What is in the printer.")
@click.option("--booklet", is_flag=True, help="Pages become a saddle-stitched booklet.")
@click.option(
    "--sheets", "most", type=click.IntRange(1, 400), metavar="N", help="With --size max: how many sheets there are."
)
@sheet_options
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT", help="The PDF to write.")
@sentences
def impose(
    file: Path, size: str | None, paper: str, booklet: bool, most: int | None, sheets: PaperWish, out: Path | None
) -> None:
    """Put the pages of FILE, any PDF, on the paper that is in the printer.

    A finished size larger than the paper becomes tiles to glue together; a smaller one cards, or with --booklet a
    booklet. Form fields keep what was typed in them. With --size max nothing is made: the sizes that --sheets
    sheets can make are listed. Exit status: 0 made; 2 FILE or the request is wrong and nothing was made.
    """
    data = _read(file)
    on = _size("--paper", paper)
    if size == "max":
        _list_sizes(data, on, most, sheets)
        return
    if most is not None:
        raise RequestError("--sheets goes with --size max: any other size takes as many sheets as it needs")
    if out is None:
        raise RequestError("name the file to write with -o OUT.pdf")
    if out.exists() and out.samefile(file):
        raise RequestError(f"{out}: is the file that is read, and would be written over; name another one with -o")
    made = _imposed(data, _size("--size", size) if size else None, on, booklet, sheets, out.stem)
    write_file(out, made.pdf)
    _tell(made, out, on)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise RequestError(f"{file}: {error.strerror}") from error


def _size(option: str, text: str) -> Size:
    try:
        return parse_size(text)
    except ValueError as error:
        raise RequestError(f"{option}: {error}") from None


def _imposed(data: bytes, size: Size | None, paper: Size, booklet: bool, sheets: PaperWish, title: str) -> Imposed:
    from invulposter.finish.choose import Wanted, choose, largest_booklet_page
    from invulposter.finish.impose import impose as imposed
    from invulposter.finish.source import read_source

    design = read_source(data).pages[0].size
    finished = size or rounded(largest_booklet_page(design, paper) if booklet else design)
    wanted = Wanted(
        design, finished.like(design), paper.like(design), small="booklet" if booklet else "n-up", wish=sheets
    )
    return imposed(data, choose(wanted, title), built_in() / "fonts")


def _tell(made: Imposed, out: Path, paper: Size) -> None:
    duplex = Duplex(made.duplex) if made.duplex else None
    work = f", {count(made.cuts, 'cut')}" if made.cuts else ""
    click.echo(f"{out}: {count(made.sheets, 'sheet')} of {paper.name}{work}, {made.duplex or 'one side'}")
    click.echo(f"  in the print dialogue: {paper.name}, actual size (100 %), {_DIALOGUE[duplex]}")
    for note in made.notes:
        click.echo(f"  {note}")


def _list_sizes(data: bytes, paper: Size, most: int | None, sheets: PaperWish) -> None:
    from invulposter.finish.source import read_source
    from invulposter.finish.tiles import Tiles, possible_sizes

    if most is None:
        raise RequestError("--size max needs the number of sheets: --sheets 8")
    design = read_source(data).pages[0].size
    margins = Margins.all_round(sheets.margin) if sheets.margin is not None else OFFICE_MARGINS
    if sheets.margin is None and sheets.printer:
        margins = sheets.printer.margins
    tiles = Tiles(design, margins, 10.0 if sheets.overlap is None else sheets.overlap)
    table = Table(*_SIZE_COLUMNS, box=None, pad_edge=False)
    for found in possible_sizes(design, paper, most, tiles):
        measures = f"{found.size.width:.0f} x {found.size.height:.0f}"
        table.add_row(paper_name(found.size), measures, str(found.sheets), f"{found.waste:.0%}")
    Console(width=None if sys.stdout.isatty() else 80).print(table, highlight=False)


@main.command()
@click.option("--paper", default="A4", show_default=True, metavar="PAPER", help="What is in the printer.")
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT", help="The sheet to write.")
@click.option("--save", "name", metavar="NAME", help="Keep what was measured, under this name.")
@click.option(
    "--shift-front", type=Measure(), nargs=2, metavar="X Y", help="How far fronts land to the right and up, mm."
)
@click.option("--shift-back", type=Measure(), nargs=2, metavar="X Y", help="The same for backs.")
@click.option("--scale", type=Measure(), nargs=2, metavar="X Y", help="Measured length divided by drawn length.")
@click.option(
    "--margins", type=Measure(), nargs=4, metavar="L B R T", help="What stays white left, below, right, above, mm."
)
@click.option("--duplex", type=click.Choice([str(Duplex.LONG_EDGE), str(Duplex.SHORT_EDGE), str(Duplex.BY_HAND)]),
              help="Over which edge the printer turns the paper.")  # fmt: skip
@click.option("--list", "listed", is_flag=True, help="List the printers that were saved.")
@sentences
def calibrate(
    paper: str,
    out: Path | None,
    name: str | None,
    shift_front: tuple[float, float] | None,
    shift_back: tuple[float, float] | None,
    scale: tuple[float, float] | None,
    margins: tuple[float, float, float, float] | None,
    duplex: str | None,
    listed: bool,
) -> None:
    """Measure a printer once, so that fronts and backs line up on it and 100 mm is 100 mm.

    Write the sheet with -o, print it on both sides, measure as it says, and keep the results with --save NAME;
    'build' and 'impose' use them with --printer NAME. What is not given with --save stays as it was.
    """
    measured = (shift_front, shift_back, scale, margins, duplex)
    if name is None and any(one is not None for one in measured):
        raise RequestError("measurements are kept under a name: add --save NAME")
    if not (out or name or listed):
        raise RequestError("name the sheet to write with -o, or keep measurements with --save NAME")
    if out:
        _write_sheet(_size("--paper", paper), out)
    if name:
        before = read_printers(printers_file()).get(name, Printer(name))
        save_printer(_changed(before, *measured), printers_file())
        click.echo(_described(find_printer(name, printers_file())))
    if listed:
        for printer in read_printers(printers_file()).values():
            click.echo(_described(printer))


def _write_sheet(paper: Size, out: Path) -> None:
    from invulposter.finish.calibrate import calibration_pdf

    if min(paper.width, paper.height) < 140:
        raise RequestError("a calibration sheet needs paper of A5 or larger")
    write_file(out, calibration_pdf(paper, built_in() / "fonts"))
    click.echo(f"{out}: print it on both sides at actual size (100 %), and measure as it says")


def _changed(
    before: Printer,
    shift_front: tuple[float, float] | None,
    shift_back: tuple[float, float] | None,
    scale: tuple[float, float] | None,
    margins: tuple[float, float, float, float] | None,
    duplex: str | None,
) -> Printer:
    across, upwards = scale or (before.scale_x, before.scale_y)
    try:
        return replace(
            before,
            shift_front=shift_front or before.shift_front,
            shift_back=shift_back or before.shift_back,
            scale_x=across,
            scale_y=upwards,
            margins=Margins(*margins) if margins else before.margins,
            duplex=Duplex(duplex) if duplex else before.duplex,
        )
    except ValueError as error:
        raise RequestError(str(error)) from None


def _described(printer: Printer) -> str:
    margins = printer.margins
    sides = ", ".join(f"{side:g}" for side in (margins.left, margins.bottom, margins.right, margins.top))
    front, back = (f"{x:g}, {y:g}" for x, y in (printer.shift_front, printer.shift_back))
    return (
        f"{printer.name}: shift front {front}; shift back {back}; scale {printer.scale_x:g}, {printer.scale_y:g};"
        f" margins {sides}; {printer.duplex}"
    )
