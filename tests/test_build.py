"""What is told of a product: of the errors that keep it from being written the one that says most, and its ink."""

from dataclasses import replace

from invulposter.build import _most_telling, produce
from invulposter.drawing.type import Typecase
from invulposter.edition import Edition
from invulposter.findings import Finding, Place
from invulposter.library import Library
from invulposter.plan import plan
from invulposter.render import render
from invulposter.request import Request
from invulposter.typesetter import use_fonts
from invulposter.workspace import Workspace

HERE = Place("content/rayons/kade/rayon.yaml", 14)
TOO_LONG = Finding(HERE, "text-overflow", "'😀' past niet.")
NO_GLYPH = Finding(HERE, "glyph-missing", "Het teken '😀' kan niet worden afgedrukt.")
COLLIDING = Finding(HERE, "text-collision", "'😀' staat over 'kade' heen.")
NOWHERE = Finding(Place(page=1), "glyph-missing", "Het teken 'x' kan niet worden afgedrukt.")


def test_a_character_that_no_font_has_comes_before_the_room_it_takes() -> None:
    assert _most_telling((TOO_LONG, NO_GLYPH, COLLIDING)) == f"{NO_GLYPH} (and 2 more)"


def test_a_box_that_is_measured_comes_before_what_it_runs_into() -> None:
    assert _most_telling((COLLIDING, TOO_LONG)) == f"{TOO_LONG} (and 1 more)"


def test_a_line_of_the_content_comes_before_all() -> None:
    assert _most_telling((NOWHERE, COLLIDING)) == f"{COLLIDING} (and 1 more)"
    assert _most_telling((NOWHERE,)) == str(NOWHERE)


def test_ink_is_judged_on_pages_of_the_layout_and_not_on_sheets(workspace: Workspace, library: Library) -> None:
    """A tile in the middle of a poster may be all ink."""
    use_fonts(workspace.fonts)
    asked = Request(("invulposter",), ("lindezoom",), editions=(Edition.OFFICE,))
    for size, told in ((None, True), ("A2", False)):
        (job,) = plan(library, replace(asked, size=size, paper="A4" if size else None))
        facts = job.layout.facts.model_copy(update={"ink_limit": 1})
        job = replace(job, layout=replace(job.layout, facts=facts))
        product = produce(job, render(job, library, Typecase(*workspace.fonts)), workspace.fonts[-1])
        assert ("too-much-ink" in {finding.code for finding in product.findings}) is told
