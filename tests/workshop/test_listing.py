"""From what was made to what the list says: sheets, minutes, and sketches that a person can read."""

from dataclasses import replace

import pytest

from invulposter.library import Library
from invulposter.paper import Duplex, Kind
from invulposter.printlist import Sketch
from invulposter.workshop.listing import print_list
from invulposter.workshop.plan import KitRequest
from tests.workshop.sample import made, planned

ASKED = KitRequest("lindezoom", "oop", 24, 6)


def test_sheets_are_those_of_all_copies(library: Library) -> None:
    plan = planned(library)
    printlist = print_list(plan, made(plan), library)
    assert [(row.copies, row.sheets_each, row.sheets) for row in printlist.rows] == [
        (6, 9, 54),
        (1, 5, 5),
        (1, 5, 5),
        (1, 5, 5),
        (1, 24, 24),
        (24, 1, 24),
        (1, 6, 6),
        (1, 6, 6),
    ]
    assert printlist.sheets == 129
    assert printlist.paper == {"A4": 129}


def test_two_papers_are_counted_apart(library: Library) -> None:
    plan = planned(library, replace(ASKED, paper="A3"))
    printlist = print_list(plan, made(plan), library)
    assert printlist.paper == {"A3": 33, "A4": 60}
    assert sum(printlist.paper.values()) == printlist.sheets


def test_settings_say_paper_scale_sides_and_copies(library: Library) -> None:
    plan = planned(library)
    settings = {row.title: row.settings for row in print_list(plan, made(plan), library).rows}
    assert settings["Invulposter"] == ("A4", "100 %", "enkelzijdig", "6 exemplaren, gesorteerd")
    assert settings["Tipkaarten"] == ("A4", "100 %", "dubbelzijdig, omslaan over de lange kant")
    assert settings["Handout"] == ("A4", "100 %", "enkelzijdig", "24 exemplaren")


def test_minutes_follow_the_work(library: Library) -> None:
    plan = planned(library)
    printlist = print_list(plan, made(plan), library)
    # Six times nine sheets at fifteen a minute, and a minute to start.
    assert printlist.rows[0].minutes == 5
    # Six posters of eight tiles, three of four, at a minute and a half.
    glued = [work.minutes for work in printlist.works if work.verb == "Plakken"]
    assert glued == [72, 18]


def test_the_reckoning_is_said(library: Library) -> None:
    plan = planned(library)
    said = " ".join(print_list(plan, made(plan), library).reckoned)
    for words in ("15 bladzijden", "1,5 minuten per geplakt vel", "30 seconden per snede", "op A2"):
        assert words in said


def test_work_names_its_files_and_every_file_with_work_is_named(library: Library) -> None:
    plan = planned(library)
    printlist = print_list(plan, made(plan), library)
    assert [(work.verb, work.files) for work in printlist.works] == [
        ("Plakken", (1,)),
        ("Plakken", (2, 3, 4)),
        ("Snijden", (5,)),
        ("Nieten", (7, 8)),
    ]


def test_copies_of_one_sheet_in_one_file_are_not_stapled(library: Library) -> None:
    plan = planned(library, replace(ASKED, participants=5, groups=1))
    files = [
        replace(one, item=replace(one.item, copies=1), sheets=5) if one.item.copies == 5 else one for one in made(plan)
    ]
    stapled = [work for work in print_list(plan, files, library).works if work.verb == "Nieten"]
    assert stapled[0].title == "Brochure en Handleiding"


def test_backs_that_are_printed_by_hand_come_before_the_knife(library: Library) -> None:
    plan = planned(library)
    notes = ("Snijd op 105 mm van links.", "Print eerst pagina 1 tot en met 24.")
    files = [replace(one, duplex=Duplex.BY_HAND, notes=notes) if one.cuts else one for one in made(plan)]
    (cutting,) = (work for work in print_list(plan, files, library).works if work.verb == "Snijden")
    assert cutting.steps[0] == notes[1]
    assert cutting.steps[-1] == notes[0]


def test_on_a_printer_of_one_side_each_page_has_a_sheet(library: Library) -> None:
    files = [one.on_one_side() for one in made(planned(library))]
    assert not [one for one in files if one.duplex in {Duplex.LONG_EDGE, Duplex.SHORT_EDGE}]
    assert [one.sheets for one in files if one.item.job.kind is Kind.PLAIN and one.pages == 12] == [12, 12]


def drawn(sketch: Sketch, columns: int, rows: int) -> list[str]:
    """The names of a sketch's pieces on a raster, where their middles are."""
    raster = [["."] * columns for _ in range(rows)]
    for cell in sketch.cells:
        column = int((cell.x + cell.width / 2) / sketch.width * columns)
        row = int((cell.y + cell.height / 2) / sketch.height * rows)
        raster[row][column] = cell.name
    return [" ".join(names) for names in raster]


def sketches(library: Library, request: KitRequest) -> dict[str, Sketch]:
    plan = planned(library, request)
    return {work.title: work.sketch for work in print_list(plan, made(plan), library).works if work.sketch}


@pytest.mark.parametrize(
    ("paper", "people", "title", "expected"),
    [
        ("A4", 24, "Invulposter, A2", ["A1 B1 C1 D1", "A2 B2 C2 D2"]),
        ("A4", 60, "Invulposter, A1", ["A1 B1 C1", "A2 B2 C2", "A3 B3 C3", "A4 B4 C4"]),
        ("A3", 24, "Invulposter, A2", ["A1 B1", "A2 B2"]),
        ("A3", 60, "Invulposter, A1", ["A1 B1 C1", "A2 B2 C2"]),
        ("A4", 24, "Faseposter, A3", ["A1 B1", "A2 B2"]),
        ("A4", 24, "Tipkaarten", ["1 2", "3 4", "5 6", "7 8"]),
    ],
)
def test_sketches_show_the_pieces_where_they_lie(
    library: Library, paper: str, people: int, title: str, expected: list[str]
) -> None:
    sketch = sketches(library, replace(ASKED, participants=people, paper=paper))[title]
    columns, rows = len(expected[0].split()), len(expected)
    assert drawn(sketch, columns, rows) == expected
    assert len(sketch.cells) == columns * rows
    assert all(cell.x + cell.width <= sketch.width + 0.01 for cell in sketch.cells)
    assert all(cell.y + cell.height <= sketch.height + 0.01 for cell in sketch.cells)


def test_cuts_lie_between_the_cards(library: Library) -> None:
    sketch = sketches(library, ASKED)["Tipkaarten"]
    assert sketch.across == (105,)
    assert [round(cut, 1) for cut in sketch.down] == [0.5, 74.5, 148.5, 222.5, 296.5]


def test_sides_count_backs(library: Library) -> None:
    files = {one.item.job.layout.name + one.item.file[:2]: one for one in made(planned(library))}
    for one in files.values():
        backs = one.duplex in {Duplex.LONG_EDGE, Duplex.SHORT_EDGE, Duplex.BY_HAND}
        assert one.sides == one.sheets * (1 + backs)
