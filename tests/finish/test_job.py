"""What each edition's file shows, beside the typeset pages that it was made from."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from invulposter.build import judged
from invulposter.drawing.type import Typecase
from invulposter.edition import Edition
from invulposter.finish.job import finish
from invulposter.library import Library
from invulposter.pdfbytes import saved
from invulposter.pictures import seen
from invulposter.plan import plan
from invulposter.render import render
from invulposter.request import Request
from invulposter.typeset import typeset
from invulposter.typesetter import use_fonts
from invulposter.workspace import Workspace


@pytest.mark.parametrize("rayon", ["lindezoom", "heuvelrand"])
def test_files_that_show_the_typeset_pages_look_and_read_as_they_do(
    workspace: Workspace, library: Library, rayon: str
) -> None:
    use_fonts(workspace.fonts)
    alike = set()
    for job in plan(library, Request(rayons=(rayon,), networks=("mr",))):
        rendered = render(job, library, Typecase(*workspace.fonts))
        document = typeset(rendered, job)
        finished = finish(document, rendered, job, workspace.fonts[-1])
        if finished.typeset is not None:
            assert seen(finished.pdf) == seen(finished.typeset), job.path
            alike.add((job.layout.name, job.edition.value))
    assert alike == {
        *((name, "screen") for name in ("brochure", "faseposter", "handleiding", "handout", "invulposter")),
        *((name, "office") for name in ("brochure", "handleiding", "handout")),
    }


@pytest.mark.parametrize(
    ("layout", "edition", "size"),
    [
        ("handout", Edition.SCREEN, None),
        ("handout", Edition.OFFICE, None),
        ("handout", Edition.PRESS, None),
        ("handout", Edition.OFFICE, "A3"),
        ("tipkaarten", Edition.OFFICE, None),
        ("handleiding", Edition.OFFICE, "A5"),
    ],
)
def test_a_file_has_as_many_pages_as_were_finished(
    workspace: Workspace, library: Library, layout: str, edition: Edition, size: str | None
) -> None:
    use_fonts(workspace.fonts)
    asked = Request((layout,), ("lindezoom",), ("mr",), (edition,), size=size, paper="A4" if size else None)
    (job,) = plan(library, asked)
    rendered = render(job, library, Typecase(*workspace.fonts))
    document = typeset(rendered, job)
    finished = finish(document, rendered, job, workspace.fonts[-1])
    with pikepdf.open(BytesIO(finished.pdf)) as pdf:
        assert len(pdf.pages) == finished.pages
        pdf.pages.append(pdf.pages[-1])
        damaged = replace(finished, pdf=saved(pdf))
    assert "page-count" in {finding.code for finding in judged(document, damaged, rendered, job).findings}


@pytest.mark.parametrize(("size", "grid"), [("A3", (2, 2)), ("A2", (4, 2)), ("A4", (0, 0))])
def test_what_is_glued_tells_its_columns_and_rows(
    workspace: Workspace, library: Library, size: str, grid: tuple[int, int]
) -> None:
    use_fonts(workspace.fonts)
    (job,) = plan(library, Request(("invulposter",), ("lindezoom",), size=size, paper="A4"))
    rendered = render(job, library, Typecase(*workspace.fonts))
    finished = finish(typeset(rendered, job), rendered, job, workspace.fonts[-1])
    assert finished.tiles == grid
    # In front lies the map.
    assert finished.sheets == grid[0] * grid[1] + 1
