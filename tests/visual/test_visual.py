"""Pages look as they did when somebody approved of them. `make approve` shows what changed and approves it."""

import pytest
from PIL import Image, ImageDraw

from invulposter.library import Library, read_library
from invulposter.workspace import built_in, find_workspace
from tests.visual.approve import PAGE, changed, write_page
from tests.visual.cases import APPROVED, Case, cases
from tests.visual.compare import difference

CASES = tuple(cases(read_library(find_workspace(built_in()))))
#: Drawn in every run of the tests: a page of each style.
QUICK = {f"{case.style}/oogst-lindezoom-kort" for case in CASES}
#: Bytes that all approved pictures may take.
_ROOM = 6_000_000


def often(case: Case) -> tuple[pytest.MarkDecorator, ...]:
    return () if str(case) in QUICK else (pytest.mark.long,)


@pytest.mark.parametrize("case", [pytest.param(case, marks=often(case)) for case in CASES], ids=str)
def test_pages_look_as_approved(case: Case) -> None:
    found = changed(case)
    if found:
        page = write_page([found], PAGE / str(case))
        pytest.fail(f"{found.difference.share:.1%} of {case} changed: look at {page}; 'make approve' approves it")


def test_every_case_has_a_picture_and_every_picture_a_case(library: Library) -> None:
    approved = {path.relative_to(APPROVED) for path in APPROVED.rglob("*.webp")}
    assert approved == {case.file for case in cases(library)}
    assert sum((APPROVED / path).stat().st_size for path in approved) < _ROOM


def test_a_word_that_moves_is_seen_and_noise_is_not() -> None:
    page = Image.new("RGB", (180, 127), "white")
    ImageDraw.Draw(page).rectangle((20, 20, 90, 30), fill="black")
    moved = Image.new("RGB", page.size, "white")
    ImageDraw.Draw(moved).rectangle((20, 26, 90, 36), fill="black")
    noisy = page.point(lambda value: max(0, value - 12))
    assert difference(page, page).share == 0
    assert difference(page, noisy).accepted
    assert not difference(page, moved).accepted
    assert not difference(page, page.resize((90, 63))).accepted
