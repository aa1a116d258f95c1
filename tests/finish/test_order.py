"""What goes to a print shop with a file."""

from dataclasses import replace

from invulposter.edition import Edition
from invulposter.finish.job import Finished
from invulposter.finish.order import order_sheet
from invulposter.geometry import Size
from invulposter.layout import LayoutFacts
from invulposter.library import Library
from invulposter.plan import Job, plan
from invulposter.printshop import PrintShop
from invulposter.request import Request

A5 = Size(148, 210)


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


def row(made: Job, pages: int, name: str) -> str:
    """What the order sheet says after a name."""
    lines = order_sheet(made, Finished(b"", pages, pages, made.size)).splitlines()
    return next(line for line in lines if line.startswith(f"{name}:")).partition(":")[2].strip()


def changed(made: Job, size: Size = A5, **facts: object) -> Job:
    """A designer's own layout, of which nothing more is known than this."""
    known = {"title": "Kaart", "description": "Een kaart.", "size": size.name}
    return replace(made, size=size, layout=replace(made.layout, facts=LayoutFacts.model_validate(known | facts)))


def test_what_a_layout_does_not_tell_is_left_open(library: Library) -> None:
    made = job(library, "faseposter")
    for pages in (1, 3, 12):
        own = changed(made)
        assert (row(own, pages, "Papier"), row(own, pages, "Afwerking")) == ("............", "............")
    poster = changed(made, Size(420, 594))
    assert row(poster, 1, "Papier") == "150 g/m² mat gestreken"
    assert row(poster, 1, "Afwerking") == "schoongesneden; vlak of gerold leveren, niet gevouwen"


def test_what_a_layout_tells_is_asked_for(library: Library) -> None:
    made = job(library, "faseposter")
    booklet = changed(made, press={"stitched": True})
    assert row(booklet, 11, "Afwerking") == "gevouwen en geniet in de rug, met 1 blanco pagina achterin"
    assert row(booklet, 12, "Papier").startswith("omslag 170 g/m²")
    asked = changed(made, duplex=True, press={"paper": "250 g/m² gerecycled", "finishing": "ronde hoeken"})
    assert (row(asked, 2, "Papier"), row(asked, 2, "Afwerking")) == ("250 g/m² gerecycled", "ronde hoeken")


def test_one_card_is_a_card(library: Library) -> None:
    cards = job(library, "tipkaarten")
    assert row(cards, 2, "Pagina's") == "2 pagina's: 1 kaart, voor- en achterkant om en om"
    assert row(cards, 4, "Pagina's") == "4 pagina's: 2 kaarten, voor- en achterkant om en om"


def test_the_order_sheet_names_the_print_shops_own_profile_and_limit(library: Library) -> None:
    made = replace(job(library, "invulposter"), printshop=PrintShop(b"profiel", "PSO Uncoated v3", 330))
    sheet = order_sheet(made, Finished(b"", 1, 1, made.size))
    assert "PSO Uncoated v3" in sheet
    assert "330 %" in sheet
    assert "FOGRA39" not in sheet
