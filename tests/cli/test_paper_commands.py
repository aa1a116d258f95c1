"""`impose` and `calibrate` as they are used: real PDFs in, files that qpdf accepts out, one sentence for mistakes."""

import io
import re
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from invulposter.cli import main
from invulposter.workspace import built_in
from tests.finish.helpers_imposition import A1, A4, A5, CARD, check_with_qpdf, pdf, placements_in, text_of

DOCUMENTED = (Path(__file__).parents[2] / "docs/printing.md").read_text("utf-8")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Printers of the test's own."""
    file = tmp_path / "settings" / "printers.toml"
    for module in ("invulposter.cli.paper", "invulposter.cli.sheets"):
        monkeypatch.setattr(f"{module}.printers_file", lambda: file)
    return file


@pytest.fixture
def poster(tmp_path: Path) -> Path:
    path = tmp_path / "poster.pdf"
    path.write_bytes(pdf(1, A1))
    return path


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    path = tmp_path / "kaarten.pdf"
    path.write_bytes(pdf(8, CARD))
    return path


def made(result: Result, out: Path) -> bytes:
    assert result.exit_code == 0, result.output
    check_with_qpdf(out.read_bytes(), out.parent)
    return out.read_bytes()


def test_a_poster_larger_than_the_paper_becomes_tiles(poster: Path, tmp_path: Path) -> None:
    out = tmp_path / "uit.pdf"
    result = run("impose", poster, "-o", out)
    with pikepdf.open(io.BytesIO(made(result, out))) as found:
        assert len(found.pages) == 13
    assert f"{out}: 13 sheets of A4, 26 cuts, one side" in result.stdout
    assert "in the print dialogue: A4, actual size (100 %), print on one side" in result.stdout


def test_cards_are_dealt_as_asked(cards: Path, tmp_path: Path) -> None:
    out = tmp_path / "uit.pdf"
    options = ("--copies", 3, "--order", "repeated", "--duplex", "long-edge", "--gutter", 4, "--margin", 5)
    result = run("impose", cards, "--paper", "A3", *options, "-o", out)
    shown = [one.page for page in placements_in(made(result, out), [CARD] * 8) for one in page]
    assert sorted(shown) == sorted([*range(8)] * 3)
    assert shown[:3] == [0, 0, 0]
    assert "2 sheets of A3" in result.stdout
    assert "flip on long edge" in result.stdout


def test_a_booklet_takes_half_the_paper_unless_told(tmp_path: Path) -> None:
    source, out = tmp_path / "verslag.pdf", tmp_path / "uit.pdf"
    source.write_bytes(pdf(8, A4))
    result = run("impose", source, "--booklet", "--weight", 100, "-o", out)
    sheets = placements_in(made(result, out), [A4] * 8)
    assert [[one.page + 1 for one in side] for side in sheets] == [[8, 1], [2, 7], [6, 3], [4, 5]]
    # 100 g/m2 is 0.125 mm thick: the inner sheet's pages lie that much nearer to the fold
    assert sheets[0][1].trim.x - sheets[2][1].trim.x == pytest.approx(0.125, abs=0.001)
    assert "flip on short edge" in result.stdout


def test_what_was_typed_stays(tmp_path: Path) -> None:
    source, out = tmp_path / "vorm.pdf", tmp_path / "uit.pdf"
    source.write_bytes(filled_form())
    result = run("impose", source, "--size", "A2", "-o", out)
    assert "Wie ken jij?" in text_of(made(result, out), tmp_path)


def filled_form() -> bytes:
    """An A4 with a field that has a value and no appearance yet."""
    with pikepdf.open(io.BytesIO(pdf(1, A4))) as form:
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="wie", V="Wie ken jij?",
            Rect=[100, 600, 300, 630], DA="/Helv 12 Tf 0 g",
        )  # fmt: skip
        field = form.make_indirect(field)
        form.pages[0].Annots = form.make_indirect([field])
        form.Root.AcroForm = pikepdf.Dictionary(Fields=[field], NeedAppearances=True)
        out = io.BytesIO()
        form.save(out)
    return out.getvalue()


def test_pages_of_the_papers_own_size_are_made_ready_to_print(tmp_path: Path) -> None:
    source, out = tmp_path / "a.pdf", tmp_path / "uit.pdf"
    source.write_bytes(pdf(3, A4))
    result = run("impose", source, "--size", "A4", "-o", out)
    assert [len(page) for page in placements_in(made(result, out), [A4] * 3)] == [1, 1, 1]
    assert "2 sheets of A4, long-edge" in result.stdout


def test_max_lists_sizes_with_sheets_and_waste(poster: Path) -> None:
    result = run("impose", poster, "--size", "max", "--sheets", 8)
    assert result.exit_code == 0
    rows = [line.split() for line in result.stdout.splitlines()]
    assert rows[0] == ["size", "mm", "sheets", "waste"]
    assert ["A2", "594", "x", "420", "8", "50%"] in rows
    assert all(int(row[-2]) <= 8 for row in rows[1:])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "name the file to write"),
        (("-o", "uit.pdf", "--size", "A99"), "--size: 'A99' is not a size"),
        (("-o", "uit.pdf", "--paper", "3x3"), "--paper: '3x3' is not a usable size"),
        (("-o", "uit.pdf", "--copies", "2"), "--copies is for cards: this makes tiles"),
        (("-o", "uit.pdf", "--size", "A5", "--weight", "80"), "--weight is for a booklet: this makes cards"),
        (("-o", "uit.pdf", "--size", "A5", "--booklet", "--duplex", "none"), "printed on both sides"),
        (("-o", "uit.pdf", "--sheets", "3"), "--sheets goes with --size max"),
        (("--size", "max"), "--size max needs the number of sheets"),
        (("-o", "uit.pdf", "--size", "5000x5000", "--paper", "A5"), "can't be made of A5 sheets"),
        (("-o", "uit.pdf", "--printer", "gang"), "printer 'gang' is not known"),
    ],
)  # fmt: skip
def test_what_can_not_be_made_gets_one_sentence(
    poster: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    refused(run("impose", poster, *arguments), sentence)
    assert not Path("uit.pdf").exists()


def refused(result: Result, sentence: str) -> None:
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert len(result.stderr.splitlines()) == 1


def encrypted() -> bytes:
    with pikepdf.open(io.BytesIO(pdf(1, A4))) as found:
        out = io.BytesIO()
        found.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"geen pdf", "this is not a PDF file"),
        (pdf(1, A4)[:300], "the PDF is damaged"),
        (encrypted(), "protected with a password"),
        (None, "No such file"),
    ],
)
def test_a_file_that_can_not_be_read_gets_one_sentence(tmp_path: Path, content: bytes | None, sentence: str) -> None:
    source = tmp_path / "bron.pdf"
    if content is not None:
        source.write_bytes(content)
    refused(run("impose", source, "-o", tmp_path / "uit.pdf"), sentence)


def test_the_file_itself_is_not_written_over(poster: Path, tmp_path: Path) -> None:
    before = poster.read_bytes()
    link = tmp_path / "zelfde.pdf"
    link.hardlink_to(poster)
    for out in (poster, tmp_path / "settings" / ".." / "poster.pdf", link):
        (tmp_path / "settings").mkdir(exist_ok=True)
        result = run("impose", poster, "--size", "A2", "--paper", "A4", "-o", out)
        assert result.exit_code == 2
        assert "name another one with -o" in result.stderr
        assert poster.read_bytes() == before


def test_a_printer_is_measured_kept_listed_and_used(cards: Path, tmp_path: Path) -> None:
    sheet, out = tmp_path / "kalibratie.pdf", tmp_path / "uit.pdf"
    assert run("calibrate", "--paper", "A5", "-o", sheet).exit_code == 0
    assert "achterkant" in text_of(made(run("calibrate", "-o", sheet), sheet), tmp_path)
    saved = run(
        "calibrate", "--save", "gang", "--shift-front", 0.5, -1, "--shift-back", 0, 0.8, "--scale", 0.99, 1,
        "--margins", 4, 5, 4, 6, "--duplex", "short-edge",
    )  # fmt: skip
    assert saved.exit_code == 0
    told = "gang: shift front 0.5, -1; shift back 0, 0.8; scale 0.99, 1; margins 4, 5, 4, 6; short-edge\n"
    assert run("calibrate", "--list").stdout == saved.stdout == told
    # What is not given stays as it was.
    assert "scale 0.99, 1.001;" in run("calibrate", "--save", "gang", "--scale", 0.99, 1.001).stdout
    assert "short-edge" in run("calibrate", "--list").stdout
    result = run("impose", cards, "--size", "90x60", "--duplex", "short-edge", "--printer", "gang", "-o", out)
    first, *_ = placements_in(made(result, out), [CARD] * 8)
    # The sheet lies, so its height is the paper's width: drawn 1 % higher, this printer prints it as high as asked.
    assert first[0].trim.height == pytest.approx(60 / 0.99, abs=0.01)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "name the sheet to write"),
        (("--scale", "1", "1"), "add --save NAME"),
        (("--save", "gang", "--scale", "3", "1"), "a printer's scale lies between 0.9 and 1.1"),
        (("--save", "gang", "--margins", "5", "5", "5", "99"), "a printer's margins lie between"),
        (("--save", "de gang"), "'de gang' is no name for a printer"),
        (("-o", "uit.pdf", "--paper", "A7"), "needs paper of A5 or larger"),
    ],
)  # fmt: skip
def test_what_no_printer_does_is_refused(arguments: tuple[str, ...], sentence: str) -> None:
    refused(run("calibrate", *arguments), sentence)


def test_a_file_of_printers_that_is_wrong_is_named(settings: Path) -> None:
    settings.parent.mkdir()
    settings.write_text("[gang]\nscale = [1]\n")
    refused(run("calibrate", "--list"), "this file of printers is wrong")


def test_a_build_refuses_what_none_of_its_documents_can_use(tmp_path: Path) -> None:
    handout = ("build", "handout", "--rayon", "lindezoom", "-w", built_in(), "-o", tmp_path / "uit")
    refused(run(*handout, "--copies", 3), "--copies is for cards: this makes plain pages")
    refused(run(*handout, "--edition", "press", "--gutter", 3), "no sheets for an office printer")
    assert not (tmp_path / "uit").exists()


@pytest.mark.parametrize("command", ["impose", "calibrate"])
def test_every_option_is_documented(command: str) -> None:
    names = [parameter.opts[0] for parameter in main.commands[command].params if parameter.param_type_name == "option"]
    assert names
    assert [name for name in names if name not in DOCUMENTED] == []


def test_what_is_documented_exists() -> None:
    known = {name for command in main.commands.values() for one in command.params for name in (*one.opts, "--help")}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", DOCUMENTED)) <= known


def test_a5_goes_twice_on_an_a4(tmp_path: Path) -> None:
    """A sheet of 296 mm of pages on 297 mm of paper: rounding is no reason to make tiles."""
    source, out = tmp_path / "a5.pdf", tmp_path / "uit.pdf"
    source.write_bytes(pdf(2, A5))
    assert "1 sheet of A4" in run("impose", source, "-o", out).stdout
