"""Pages in two halves, in colours bound afterwards, look and read as if they had been typeset in one go."""

from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest
from PIL import ImageChops

from invulposter.drawing.type import Typecase
from invulposter.edition import Edition
from invulposter.halves import halves
from invulposter.library import read_library
from invulposter.plan import Job, plan
from invulposter.render import Rendered, render
from invulposter.request import Request
from invulposter.typeset import typeset
from invulposter.typesetter import use_fonts
from invulposter.workspace import Workspace, built_in, find_workspace

LIBRARY = read_library(find_workspace(built_in()))


QUICK = (
    ("lindezoom", "tipkaarten"),
    ("lindezoom", "brochure"),
    ("heuvelrand", "handout"),
    ("heuvelrand", "invulposter"),
)


def jobs(rayon: str) -> Iterator[Job]:
    """Every layout and edition of a rayon, for one network and one phase."""
    seen = set()
    for job in plan(LIBRARY, Request(rayons=(rayon,), networks=("oop",))):
        kind = (job.layout.name, job.edition)
        if kind not in seen:
            seen.add(kind)
            yield job


CASES = [
    pytest.param(
        job,
        id=job.path.stem + "-" + job.rayon.id,
        marks=() if job.edition is Edition.SCREEN and (job.rayon.id, job.layout.name) in QUICK else pytest.mark.long,
    )
    for rayon in LIBRARY.rayons
    for job in jobs(rayon)
]


def directly(rendered: Rendered) -> Rendered:
    """The same document with the office's own colours in it, and nothing to set apart."""

    def coloured(text: str) -> str:
        for stand_in, colour in rendered.colours.items():
            text = text.replace(stand_in[1:], colour[1:])
        return text

    drawn = {name: coloured(drawing.decode()).encode() for name, drawing in rendered.drawings.items()}
    return replace(rendered, html=coloured(rendered.html), drawings=drawn, colours={}, own=())


def pictures(pdf: bytes) -> list[pypdfium2.PdfBitmap]:
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        return [page.render(scale=1000 / max(page.get_size())).to_pil() for page in document]


def text(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


@pytest.mark.parametrize("job", CASES)
def test_pages_look_as_if_typeset_in_one_go(job: Job, workspace: Workspace) -> None:
    use_fonts(workspace.fonts)
    rendered = render(job, LIBRARY, Typecase(*workspace.fonts))
    made, direct = typeset(rendered, job), typeset(directly(rendered), job)
    assert halves(rendered).own
    for one, other in zip(pictures(made.pdf), pictures(direct.pdf), strict=True):
        assert ImageChops.difference(one, other).getbbox() is None
    assert text(made.pdf) == text(direct.pdf)
    assert made.findings == direct.findings == ()
