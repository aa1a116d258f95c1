"""The editions that save ink: at most half of it, drawn for any rayon, and as accessible as the others."""

import re
from dataclasses import replace
from functools import cache

import pytest

from invulposter.build import make_one
from invulposter.drawing.type import Typecase
from invulposter.edition import Edition
from invulposter.errors import RequestError
from invulposter.findings import errors
from invulposter.library import Library
from invulposter.pictures import page_pictures
from invulposter.plan import Job, plan
from invulposter.render import Rendered, render
from invulposter.request import Request
from invulposter.typeset import typeset
from invulposter.typesetter import use_fonts
from invulposter.workspace import Workspace
from tests.judges import verapdf

#: The pages that take most ink, and on which half of it is promised: posters, fronts of cards, covers.
PROMISED = {
    "faseposter": slice(None),
    "tipkaarten": slice(None, None, 2),
    "handleiding": slice(1),
    "brochure": slice(1),
}
STYLES = ("draad", "affiche")
_DRAWN = re.compile(r"background:url\(data:image/svg\+xml[^)]*\)[^;\"]*;?")


class Press:
    """Typesets documents, each once, and measures the ink of their pages."""

    def __init__(self, workspace: Workspace, library: Library) -> None:
        self.library, self.typecase = library, Typecase(*workspace.fonts)
        use_fonts(workspace.fonts)
        self.ink = cache(self._ink)

    def jobs(self, style: str, layout: str, rayon: str, thrifty: bool) -> tuple[Job, ...]:
        asked = Request((layout,), (rayon,), ("mr",), (Edition.SCREEN,), style=style, thrifty=thrifty)
        return plan(self.library, asked)

    def _ink(self, asked: tuple[str, str, str, bool], text_alone: bool = False) -> tuple[float, ...]:
        """The ink of each page that half is promised of; of its text alone where that is asked."""
        return tuple(ink for job in self.jobs(*asked) for ink in self.pages(job, text_alone)[PROMISED[asked[1]]])

    def pages(self, job: Job, text_alone: bool = False) -> tuple[float, ...]:
        """The ink of each page of one document."""
        rendered = render(job, self.library, self.typecase)
        document = typeset(without_drawings(rendered) if text_alone else rendered, job)
        return tuple(page.ink for page in page_pictures(document.pdf))


def without_drawings(rendered: Rendered) -> Rendered:
    return replace(rendered, html=_DRAWN.sub("", rendered.html))


@pytest.fixture(scope="module")
def press(workspace: Workspace, library: Library) -> Press:
    return Press(workspace, library)


@pytest.mark.parametrize(("style", "rayon"), [("draad", "lindezoom"), ("affiche", "heuvelrand")])
def test_a_poster_takes_at_most_half_the_ink(press: Press, style: str, rayon: str) -> None:
    ordinary, thrifty = (press.pages(press.jobs(style, "faseposter", rayon, saving)[0])[0] for saving in (False, True))
    assert thrifty <= ordinary / 2


@pytest.mark.long
@pytest.mark.parametrize("layout", PROMISED)
@pytest.mark.parametrize(("style", "rayon"), [("draad", "lindezoom"), ("affiche", "heuvelrand")])
def test_at_most_half_the_ink(press: Press, style: str, rayon: str, layout: str) -> None:
    ordinary, thrifty = (press.ink((style, layout, rayon, saving)) for saving in (False, True))
    assert len(ordinary) == len(thrifty)
    for before, after in zip(ordinary, thrifty, strict=True):
        assert after <= before / 2, (ordinary, thrifty)


@pytest.mark.long
@pytest.mark.parametrize("layout", PROMISED)
@pytest.mark.parametrize("style", STYLES)
def test_at_most_half_of_what_is_drawn_for_any_rayon(press: Press, library: Library, style: str, layout: str) -> None:
    # A pale rayon's ordinary edition takes little more ink than its text, which no edition can leave out.
    for rayon in library.rayons:
        for before, after, text_before, text_after in zip(
            *(press.ink((style, layout, rayon, saving)) for saving in (False, True)),
            *(press.ink((style, layout, rayon, saving), True) for saving in (False, True)),
            strict=True,
        ):
            drawn_before, drawn_after = before - text_before, after - text_after
            assert after <= before / 2 or drawn_after <= drawn_before / 2, (rayon, before, after)


@pytest.mark.long
@pytest.mark.filterwarnings("ignore:.*sRGB2014")
@pytest.mark.parametrize("rayon", ["lindezoom", "zonnedal", "veenmeer"])
@pytest.mark.parametrize("style", STYLES)
def test_thrifty_editions_are_without_errors_and_accessible(
    press: Press, workspace: Workspace, library: Library, style: str, rayon: str
) -> None:
    names = {name for own, name in library.layouts if own == style and library.layouts[own, name].from_content}
    assert {name for name in names if library.layouts[style, name].facts.thrifty} == names
    for name in sorted(names):
        for job in press.jobs(style, name, rayon, thrifty=True):
            product = make_one(job, library, workspace.fonts)
            assert errors(product.findings) == (), job.path
            assert [str(one) for one in verapdf.violations(product.pdf, "ua1")] == [], job.path


def test_its_name_says_so(library: Library) -> None:
    asked = Request(("faseposter",), ("lindezoom",), editions=(Edition.SCREEN, Edition.OFFICE), thrifty=True)
    names = [job.path.name for job in plan(library, asked)][:2]
    assert names == ["faseposter-werven-screen-zuinig.pdf", "faseposter-werven-office-A3-op-A3-zuinig.pdf"]


def test_layout_that_can_not_save_ink_is_refused_by_name_and_else_left_out(library: Library) -> None:
    key = ("draad", "handout")
    layout = library.layouts[key]
    wasteful = replace(layout, facts=layout.facts.model_copy(update={"thrifty": False}))
    changed = replace(library, layouts={**library.layouts, key: wasteful})
    made = {job.layout.name for job in plan(changed, Request(rayons=("lindezoom",), networks=("mr",), thrifty=True))}
    assert "handout" not in made
    assert "tipkaarten" in made
    with pytest.raises(RequestError, match="'draad/handout' can't save ink"):
        plan(changed, Request(("handout",), ("lindezoom",), thrifty=True))
