"""What each edition's file shows, beside the typeset pages that it was made from."""

import pytest

from invulposter.drawing.type import Typecase
from invulposter.finish.job import finish
from invulposter.library import Library
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
