from dataclasses import replace

import pytest

from invulposter.edition import Edition
from invulposter.errors import RequestError
from invulposter.findings import Finding, Place
from invulposter.geometry import Size
from invulposter.inputs import Inputs
from invulposter.library import Library
from invulposter.paper import Kind, PaperWish
from invulposter.plan import Job, plan
from invulposter.request import Request


def paths(library: Library, request: Request) -> list[str]:
    return [str(job.path) for job in plan(library, request)]


def one(library: Library, **asked: object) -> Job:
    (job,) = plan(library, Request(rayons=("lindezoom",), **asked))  # type: ignore[arg-type]
    return job


def test_the_whole_set_of_a_rayon(library: Library) -> None:
    found = paths(library, Request(rayons=("lindezoom",)))
    assert len(found) == len(set(found)) == 2 * (1 + 3 + 1 + 12 + 12 + 1)
    assert "lindezoom/invulposter-screen.pdf" in found
    assert "lindezoom/invulposter-office-A3-op-A3.pdf" in found
    assert "lindezoom/faseposter-werven-screen.pdf" in found
    assert "lindezoom/tipkaarten-oop-office-A7-op-A4.pdf" in found


def test_the_same_request_gives_the_same_jobs_in_the_same_order(library: Library) -> None:
    assert plan(library, Request()) == plan(library, Request())


def test_wildcards_choose_many_and_the_rest_is_left_out(library: Library) -> None:
    found = paths(library, Request(layouts=("hand*",), rayons=("duin*",), networks=("m*",), editions=(Edition.SCREEN,)))
    assert found == [
        "duinrand/handleiding-screen.pdf",
        "duinrand/handout-mbo-screen.pdf",
        "duinrand/handout-mr-screen.pdf",
    ]


def test_a_layout_may_be_made_for_a_network_where_that_is_asked_for(library: Library) -> None:
    asked = Request(layouts=("invulposter",), rayons=("lindezoom",), networks=("mr",), editions=(Edition.SCREEN,))
    assert paths(library, asked) == [
        "lindezoom/invulposter-screen.pdf",
        "lindezoom/invulposter-mr-screen.pdf",
    ]


def test_the_office_edition_takes_the_layouts_own_size_and_paper(library: Library) -> None:
    job = one(library, layouts=("invulposter",), editions=(Edition.OFFICE,))
    assert (job.size, job.paper) == (Size(420, 297), Size(420, 297))
    assert not job.fillable


def test_a_size_or_paper_is_a_matter_of_the_office_edition(library: Library) -> None:
    assert paths(library, Request(layouts=("invulposter",), rayons=("lindezoom",), size="A1", paper="A4")) == [
        "lindezoom/invulposter-office-A1-op-A4.pdf"
    ]


def test_the_screen_edition_is_as_designed(library: Library) -> None:
    job = one(library, layouts=("invulposter",), editions=(Edition.SCREEN,))
    assert job.size == job.layout.size == Size(841, 594)
    assert job.fillable


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (Request(layouts=("invulpster",)), "layout 'invulpster' does not exist; did you mean 'invulposter'?"),
        (Request(rayons=("nergens",)), "rayon 'nergens' does not exist; expected one of duinrand"),
        (Request(networks=("opo",)), "network 'opo' does not exist; did you mean"),
        (Request(style="drad"), "style 'drad' does not exist; did you mean 'draad'?"),
        (Request(size="A9"), "--size: 'A9' is not a size"),
        (Request(paper="brief"), "--paper: 'brief' is not a size"),
        (Request(editions=(Edition.SCREEN,), size="A3"), "ask for --edition office with --size or --paper"),
    ],
)
def test_what_can_not_be_made_is_refused_with_what_there_is(library: Library, asked: Request, message: str) -> None:
    with pytest.raises(RequestError) as caught:
        plan(library, asked)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        (Request(layouts=("kaart",)), "layouts/krijt/kaart/layout.toml"),
        (Request(rayons=("westrand",)), "content/rayons/westrand/rayon.yaml"),
        (Request(networks=("vmbo",)), "content/netwerken/vmbo.yaml"),
        (Request(style="krijt"), "layouts/krijt/kaart/page.html.j2"),
    ],
)
def test_what_was_left_out_for_a_mistake_is_told_with_its_place(library: Library, asked: Request, path: str) -> None:
    wrong = replace(library, problems=(Finding(Place(path, 5, 1), "content", "dit klopt niet"),))
    with pytest.raises(RequestError, match=f"can't be used: mend what is wrong at {path}:5:1"):
        plan(wrong, asked)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (Request(), "none of the rayons uses: add --style krijt, or 'stijl: krijt' in a rayon.yaml"),
        (Request(rayons=("lindezoom",)), "rayon 'lindezoom' does not use: add --style krijt, or"),
        (Request(style="draad"), "not in draad: ask for --style krijt"),
    ],
)
@pytest.mark.parametrize("names", [("kaart",), ("k??rt",), ("handout", "kaart")])
def test_a_layout_in_a_style_that_is_not_used_is_told(
    library: Library, asked: Request, why: str, names: tuple[str, ...]
) -> None:
    with_own = with_layout(library, "krijt", "kaart")
    with pytest.raises(RequestError) as caught:
        plan(with_own, replace(asked, layouts=names))
    assert str(caught.value).startswith("layout 'kaart' is in style krijt, ")
    assert why in str(caught.value)


def test_a_layout_in_a_style_that_is_not_used_stops_nothing_else(library: Library) -> None:
    with_own = with_layout(library, "krijt", "kaart")
    assert plan(with_own, Request(rayons=("lindezoom",))) == plan(library, Request(rayons=("lindezoom",)))
    made = plan(with_own, Request(layouts=("*",), rayons=("lindezoom",), style="krijt"))
    assert {job.layout.name for job in made} == {"kaart"}


def with_layout(library: Library, style: str, name: str) -> Library:
    """The same library with one layout more."""
    like = library.layouts["draad", "brochure"]
    return replace(library, layouts={**library.layouts, (style, name): replace(like, style=style, name=name)})


def test_what_is_cut_out_of_a_sheet_has_bleed_in_the_office_too(library: Library) -> None:
    cards = one(library, layouts=("tipkaarten",), networks=("mr",), editions=(Edition.OFFICE,))
    assert (cards.kind, cards.bleed) == (Kind.CARDS, 3.0)
    poster = one(library, layouts=("invulposter",), size="A1", paper="A4")
    assert (poster.kind, poster.bleed) == (Kind.TILES, 0.0)


def test_wishes_about_sheets_reach_the_documents_that_can_use_them(library: Library) -> None:
    asked = PaperWish(copies=25)
    jobs = plan(library, Request(rayons=("lindezoom",), networks=("mr",), sheets=asked))
    assert {job.edition for job in jobs} == {Edition.OFFICE}
    cards = next(job for job in jobs if job.layout.name == "tipkaarten")
    assert cards.sheets == asked
    other = replace(cards, sheets=PaperWish(copies=24))
    assert Inputs().job_key(cards) != Inputs().job_key(other)


def test_a_wish_that_no_document_can_use_is_refused(library: Library) -> None:
    with pytest.raises(RequestError, match="--copies is for cards: this makes scaled pages"):
        plan(library, Request(layouts=("invulposter",), rayons=("lindezoom",), sheets=PaperWish(copies=25)))
