"""What goes to a print shop with a file."""

from dataclasses import replace

from invulposter.edition import Edition
from invulposter.finish.job import Finished
from invulposter.finish.order import order_sheet
from invulposter.library import Library
from invulposter.plan import Job, plan
from invulposter.printshop import PrintShop
from invulposter.request import Request


def job(library: Library, layout: str) -> Job:
    request = Request(layouts=(layout,), rayons=("lindezoom",), networks=("po",), editions=(Edition.PRESS,))
    return plan(library, request)[0]


def test_the_order_sheet_says_what_a_printer_asks(library: Library) -> None:
    def sheet(layout: str, pages: int) -> str:
        made = job(library, layout)
        return order_sheet(made, Finished(b"", pages, pages, made.size))

    cards = sheet("tipkaarten", 18)
    assert "A7 (105 × 74 mm), afgewerkt, liggend" in cards
    assert "9 kaarten, voor- en achterkant" in cards
    assert "300 g/m²" in cards
    assert "4/4, CMYK" in cards
    booklet = sheet("brochure", 11)
    assert "geniet in de rug, met 1 blanco pagina achterin" in booklet
    poster = sheet("invulposter", 1)
    assert "A1 (841 × 594 mm)" in poster
    assert "4/0" in poster
    assert "te schrijven" in poster
    assert "FOGRA39" in poster


def test_the_order_sheet_names_the_print_shops_own_profile_and_limit(library: Library) -> None:
    made = replace(job(library, "invulposter"), printshop=PrintShop(b"profiel", "PSO Uncoated v3", 330))
    sheet = order_sheet(made, Finished(b"", 1, 1, made.size))
    assert "PSO Uncoated v3" in sheet
    assert "330 %" in sheet
    assert "FOGRA39" not in sheet
