"""Only a profile of a press with four inks is printed by; anything else is refused with one sentence."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import ImageCms

from invulposter.cli import main
from invulposter.edition import Edition
from invulposter.errors import RequestError
from invulposter.finish.inks import FOGRA39
from invulposter.library import Library
from invulposter.plan import plan
from invulposter.printshop import COATED, PrintShop, read_printshop
from invulposter.request import Request


def test_nothing_asked_is_coated_paper() -> None:
    assert read_printshop(None, None) == COATED
    assert read_printshop(None, 330) == PrintShop(ink_limit=330)


def test_a_profile_is_read_with_its_own_name() -> None:
    shop = read_printshop(FOGRA39, None)
    assert shop.profile == FOGRA39.read_bytes()
    assert "FOGRA39" in shop.name.upper().replace(" ", "")
    assert shop.key != COATED.key != read_printshop(None, 330).key


def profile(folder: Path, what: str) -> Path:
    path = folder / f"{what}.icc"
    data = {
        "rgb": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
        # The class of a profile stands in bytes 12 to 15 (ICC.1:2022, 7.2.5).
        "scanner": FOGRA39.read_bytes()[:12] + b"scnr" + FOGRA39.read_bytes()[16:],
        # Without its tables from colours to inks, by another name, it only tells what inks look like.
        "one way": FOGRA39.read_bytes().replace(b"B2A", b"B2X"),
        "words": b"geen profiel",
        "empty": b"",
    }
    if what in data:
        path.write_bytes(data[what])
    return path


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("missing", "No such file"),
        ("words", "not an ICC profile"),
        ("empty", "not an ICC profile"),
        ("rgb", "a profile for RGB"),
        ("scanner", "not an output profile"),
        ("one way", "not an output profile"),
    ],
)
def test_any_other_file_is_refused(what: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=sentence) as caught:
        read_printshop(profile(tmp_path, what), None)
    assert "\n" not in str(caught.value)


def test_the_command_offers_and_checks_it(tmp_path: Path) -> None:
    words = profile(tmp_path, "words")
    done = CliRunner().invoke(main, ["build", "--edition", "press", "--icc", str(words), "-o", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert done.output == f"invulposter: --icc {words}: this is not an ICC profile\n"
    told = CliRunner().invoke(main, ["build", "--help"]).output
    assert "--icc FILE" in told
    assert "--ink-limit [300|330]" in told


def test_a_print_shop_without_a_press_edition_is_refused(library: Library) -> None:
    shop = PrintShop(ink_limit=330)
    with pytest.raises(RequestError, match="--edition press"):
        plan(library, Request(layouts=("faseposter",), printshop=shop))
    editions = (Edition.OFFICE, Edition.PRESS)
    jobs = plan(library, Request(layouts=("faseposter",), rayons=("lindezoom",), editions=editions, printshop=shop))
    assert {(job.edition, job.printshop.ink_limit) for job in jobs} == {(Edition.OFFICE, 300), (Edition.PRESS, 330)}
