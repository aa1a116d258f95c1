"""The zip file itself, and the list in it: read by others, and held against each other."""

import datetime
import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from invulposter.build import make_one
from invulposter.cli import main
from invulposter.errors import InvalidInputError, RequestError
from invulposter.findings import Severity
from invulposter.geometry import mm
from invulposter.library import Library
from invulposter.paper import PaperWish, Printer
from invulposter.plan import plan_printlist
from invulposter.prefill import Table
from invulposter.product import Product
from invulposter.shop import Shop
from invulposter.workers import Workers
from invulposter.workshop.kit import Kit, make_kit
from invulposter.workshop.listing import print_list
from invulposter.workshop.plan import KitPlan, KitRequest
from invulposter.workspace import Workspace
from tests.judges import poppler, qpdf, verapdf
from tests.workshop.sample import made, planned

DAY = {"date": datetime.date(2027, 3, 12), "place": "De Linde, Lindelaan 12", "start": datetime.time(13, 30)}
ASKED = KitRequest("lindezoom", "oop", 24, 6, **DAY)  # type: ignore[arg-type]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["kit", *map(str, arguments)], catch_exceptions=False)


#: A list in each style, of everything that can be said and of as little.
FULL, BARE = ASKED, KitRequest("heuvelrand", "mr", 1, 1, paper="A3")


@pytest.fixture(scope="module", params=[FULL, pytest.param(BARE, marks=pytest.mark.long)], ids=["full", "bare"])
def printed(request: pytest.FixtureRequest, workspace: Workspace, library: Library) -> tuple[KitRequest, Product]:
    """A print list of files that were not made."""
    return request.param, listed(planned(library, request.param), library, workspace)


def listed(plan: KitPlan, library: Library, workspace: Workspace) -> Product:
    printlist = print_list(plan, made(plan), library)
    network = library.networks[plan.request.network]
    return make_one(plan_printlist(library, printlist, plan.workshop, plan.rayon, network), library, workspace.fonts)


def text_of(pdf: bytes, folder: Path, *options: str) -> str:
    (folder / "lijst.pdf").write_bytes(pdf)
    command = ["pdftotext", *options, str(folder / "lijst.pdf"), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_nothing_is_wrong_with_the_print_list(printed: tuple[KitRequest, Product]) -> None:
    assert [str(one) for one in printed[1].findings if one.severity is not Severity.NOTE] == []


@pytest.mark.long
@pytest.mark.filterwarnings("ignore:.*sRGB2014")
def test_the_print_list_is_accessible_and_to_be_archived(printed: tuple[KitRequest, Product]) -> None:
    assert [str(one) for one in verapdf.violations(printed[1].pdf, "ua1")] == []
    assert [str(one) for one in verapdf.violations(printed[1].pdf, "2a")] == []


def test_the_list_says_when_where_and_for_whom(printed: tuple[KitRequest, Product], tmp_path: Path) -> None:
    said = " ".join(text_of(printed[1].pdf, tmp_path).split())
    expected = {
        FULL: (
            "Onderwijsondersteuners",
            "12 maart 2027",
            "13.30–15.00 uur",
            "24 deelnemers 6 groepen",
            "129 vellen A4",
        ),
        BARE: ("Medezeggenschap", "nog invullen", "1 deelnemer 1 groep"),
    }
    for words in expected[printed[0]]:
        assert words in said


def test_the_readme_names_options_that_there_are() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    section = readme.partition("## Everything for one workshop")[2].partition("\n## ")[0]
    named = set(re.findall(r"--[a-z][\w-]*", section))
    assert len(named) > 8
    assert named <= set(re.findall(r"--[a-z][\w-]*", run("--help").stdout))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("-o", "kit.pdf"), "kit.pdf: expected a name that ends in .zip"),
        (("--date", "12 maart"), "'12 maart' is not a date"),
        (("--date", "2020-03-12"), "2020-03-12 is past"),
        (("--start", "kwart over twee"), "is not a time of day"),
        (("--groups", 0), "can't be divided over 0 groups"),
        (("--groups", 30), "more groups (30) than participants (24)"),
        (("--network", "xyz"), "network 'xyz' does not exist"),
        (("--printer", "nergens"), "printer 'nergens' is not known"),
        (("--paper", "A5"), "a kit is printed on A4 or A3"),
    ],
)
def test_a_wrong_request_is_one_sentence_and_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[object, ...], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("invulposter.cli.kit.printers_file", lambda: tmp_path / "printers.toml")
    usual = ("--rayon", "lindezoom", "--network", "oop", "--participants", 24, "--groups", 6, "-o", "kit.zip")
    result = run(*usual, *arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@dataclass(frozen=True)
class Packed:
    """A kit, and its files on disk."""

    kit: Kit
    folder: Path
    data: bytes

    @property
    def files(self) -> list[Path]:
        return sorted(self.folder.glob("[0-9][0-9]-*.pdf"))


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory, workspace: Workspace, library: Library) -> Packed:
    """The kit of one rayon, made as the command makes it, for three of its people by name."""
    folder = tmp_path_factory.mktemp("kit")
    people = Table("deelnemers.csv", ("naam", "e-mail"), ((2, ("Zoë Çelik", "")), (3, ("Sam", "")), (4, ("Noor", ""))))
    shop = Shop(library=library, fonts=workspace.fonts, out=folder)
    with Workers(2, shop.job_seconds) as executor:
        kit = make_kit(planned(library, replace(ASKED, people=people)), shop, executor)
    data = kit.to_zip()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
    return Packed(kit, folder, data)


def sheets_in(file: Path) -> int:
    """Sheets of paper, from the number of pages and what the file itself says of its backs."""
    with pikepdf.open(file) as pdf:
        wishes = pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary())
        simplex = str(wishes.get("/Duplex", "/Simplex")) == "/Simplex"
        return len(pdf.pages) if simplex else -(-len(pdf.pages) // 2)


def rows_in(listing: str) -> Iterator[tuple[str, int, str]]:
    """What the list says: each file's name, the sheets of all copies, and the paper."""
    for match in re.finditer(r"(\d\d-[\w-]+\.pdf)(.*?)\b(\d+) ?(A\d)\b", listing, re.DOTALL):
        yield match[1], int(match[3]), match[4]


@pytest.mark.long
def test_the_list_agrees_with_what_is_in_the_zip(packed: Packed, tmp_path: Path) -> None:
    first, *others = packed.files
    listing = text_of(first.read_bytes(), tmp_path, "-raw")
    rows = list(rows_in(listing))
    assert [name for name, _, _ in rows] == [file.name for file in others]
    copies = {row.file: row.copies for row in packed.kit.printlist.rows}
    for (name, sheets, paper), file in zip(rows, others, strict=True):
        assert sheets == sheets_in(file) * copies[name], name
        with pikepdf.open(file) as pdf:
            short = min(mm(float(pdf.pages[0].mediabox[2])), mm(float(pdf.pages[0].mediabox[3])))
            assert short == pytest.approx({"A4": 210, "A3": 297}[paper], abs=0.5)
        if copies[name] > 1:
            row = listing.partition(name)[2].partition(".pdf")[0]
            assert f"{copies[name]} exemplaren" in row
    assert f"Samen {sum(sheets for _, sheets, _ in rows)} vellen A4" in " ".join(listing.split())


@pytest.mark.long
def test_every_count_is_right_for_24_people_in_6_groups(packed: Packed, library: Library) -> None:
    pieces = {row.file: (row.pieces, row.copies) for row in packed.kit.printlist.rows}
    assert set(pieces.values()) == {(6, 6), (1, 1), (24, 1)}
    with pikepdf.open(next(packed.folder.glob("*tipkaarten*.pdf"))) as pdf:
        # A set is a card for every tip of the network, eight to a sheet with two sides.
        cards = -(-24 * len(library.networks["oop"].tips) // 8)
        assert len(pdf.pages) == 2 * cards
    with pikepdf.open(next(packed.folder.glob("*op-naam*.pdf"))) as pdf:
        assert len(pdf.pages) == 24


@pytest.mark.long
def test_tiles_are_named_as_the_sketch_names_them(packed: Packed) -> None:
    for work in packed.kit.printlist.works:
        if work.verb == "Plakken" and work.sketch:
            for number in work.files:
                file = next(packed.folder.glob(f"{number:02d}-*.pdf"))
                _, *pages = poppler.words(file)
                assert len(pages) == len(work.sketch.cells)
                for page, cell in zip(pages, work.sketch.cells, strict=True):
                    assert cell.name in page


@pytest.mark.long
def test_names_are_on_the_sheets_and_the_rest_is_blank(packed: Packed) -> None:
    pages = poppler.words(next(packed.folder.glob("*op-naam*.pdf")))
    assert [" ".join(page).count("Çelik") for page in pages] == [1, *[0] * 23]
    assert ["Sam" in page for page in pages].index(True) == 1
    assert ["Noor" in page for page in pages].index(True) == 2


@pytest.mark.long
def test_the_guide_tells_the_day_and_the_time(packed: Packed) -> None:
    cover, _, glance, *_ = poppler.words(next(packed.folder.glob("*handleiding*.pdf")))
    for words in ("vrijdag 12 maart 2027", "De Linde, Lindelaan 12", "Onderwijsondersteuners", "24 deelnemers"):
        assert words in " ".join(cover)
    times = [word for word in glance if re.fullmatch(r"\d+\.\d\d", word)]
    assert times == ["13.30", "13.40", "13.55", "14.05", "14.25", "14.45", "14.55", "15.00"]


@pytest.mark.long
def test_every_file_is_sound_and_the_same_kit_gives_the_same_bytes(packed: Packed) -> None:
    for file in packed.files:
        assert qpdf.check(file) == []
    with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
        assert archive.namelist() == sorted(archive.namelist())
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert packed.kit.to_zip() == packed.data


@pytest.mark.long
def test_on_a_printer_that_was_measured_everybody_has_a_sheet(
    tmp_path: Path, workspace: Workspace, library: Library
) -> None:
    people = Table("deelnemers.csv", ("naam",), ((2, ("Zoë",)), (3, ("Sam",))))
    printer = Printer("gang", shift_back=(1, 0))
    plan = planned(library, KitRequest("lindezoom", "oop", 5, 2, sheets=PaperWish(printer=printer), people=people))
    only = replace(plan, items=tuple(item for item in plan.items if item.people))
    shop = Shop(library=library, fonts=workspace.fonts, out=tmp_path)
    with Workers(1, shop.job_seconds) as executor:
        kit = make_kit(only, shop, executor)
    (row,) = kit.printlist.rows
    assert (row.sheets, row.settings[2]) == (5, "enkelzijdig")
    (tmp_path / row.file).write_bytes(kit.files[row.file])
    assert sheets_in(tmp_path / row.file) == 5


@pytest.mark.long
def test_a_list_of_people_with_a_mistake_makes_nothing(tmp_path: Path, workspace: Workspace, library: Library) -> None:
    shop = Shop(library=library, fonts=workspace.fonts, out=tmp_path)
    wrong = Table("deelnemers.csv", ("naam",), ((2, ("Zoë\nÇelik",)),))
    other = Table("deelnemers.csv", ("schoenmaat",), ((2, ("39",)),))
    for people, error, sentence in (
        (wrong, InvalidInputError, "deelnemers.csv:2:1: naam: .* more than one line"),
        (other, RequestError, "no column has the name of a field; there are .*naam"),
    ):
        plan = planned(library, replace(ASKED, people=people))
        only = replace(plan, items=tuple(item for item in plan.items if item.people))
        with pytest.raises(error, match=sentence), Workers(1, shop.job_seconds) as executor:
            make_kit(only, shop, executor)
