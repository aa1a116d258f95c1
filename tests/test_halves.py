"""Where a document is cut in two: on each page at the first thing that is the rayon's own."""

from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from invulposter.halves import Halves, halves
from invulposter.kit import OWN
from invulposter.render import Rendered

NAME = "Rayon Lindezoom"
HEAD = '<!doctype html><html lang="nl"><head><style>.page{position:relative}</style></head>'


def rendered(*pages: str, style: str = "", own: tuple[str, ...] = (OWN, NAME)) -> Rendered:
    """A document with these elements on its pages."""
    body = "\n".join(f'<section class="page">{page}</section>' for page in pages)
    return Rendered(
        f"{HEAD}<body>{body}</body></html>", {"style.css": style}, {}, {}, (), "4071983562", (), {}, {}, own
    )


def cut(*pages: str) -> tuple[list[str], list[str], tuple[int | None, ...]]:
    """What is on the pages of the shared half, on those of the own half, and which lies over which."""
    made = halves(rendered(*pages))
    return inside(made.shared), inside(made.own) if made.own else [], made.places


def inside(half: Rendered) -> list[str]:
    body = half.html.removeprefix(f"{HEAD}<body>").removesuffix("</body></html>")
    return [page.rpartition("</section>")[0] for page in body.split('<section class="page">')[1:]]


def whole(made: Halves) -> bool:
    return made.own is None and made.places == ()


def test_what_is_own_is_cut_off() -> None:
    assert cut(f"<h1>Wie?</h1><p>Noem er drie.</p><p>{NAME}</p>") == (
        ["<h1>Wie?</h1><p>Noem er drie.</p>"],
        [f"<p>{NAME}</p>"],
        (0,),
    )


def test_from_the_first_own_element_on_everything_is_own() -> None:
    shared, own, _ = cut(f"<p>Een</p><p>{NAME}</p> <p>Twee</p><div {OWN}></div><p>Drie</p>")
    assert shared == ["<p>Een</p>"]
    assert own == [f"<p>{NAME}</p> <p>Twee</p><div {OWN}></div><p>Drie</p>"]


def test_an_own_text_deep_inside_makes_its_outermost_element_own() -> None:
    shared, own, _ = cut(f"<p>Een</p><div><ul><li>Twee</li><li><b>{NAME}</b></li></ul></div><p>Drie</p>")
    assert shared == ["<p>Een</p>"]
    assert own == [f"<div><ul><li>Twee</li><li><b>{NAME}</b></li></ul></div><p>Drie</p>"]


def test_equal_own_pages_become_one_and_a_page_without_own_stays_as_it_is() -> None:
    shared, own, places = cut(f"<p>Een</p><p>{NAME}</p>", "<p>Twee</p>", f"<p>Drie</p><p>{NAME}</p>", f"<b>{NAME}</b>")
    assert shared == ["<p>Een</p>", "<p>Twee</p>", "<p>Drie</p>", ""]
    assert own == [f"<p>{NAME}</p>", f"<b>{NAME}</b>"]
    assert places == (0, None, 0, 1)


def test_the_last_page_is_like_any_other() -> None:
    """There is space between pages, and none after the last."""
    _, own, places = cut(f"<p>Een</p><p>{NAME}</p>", f"<p>Twee</p><p>{NAME}</p>")
    assert own == [f"<p>{NAME}</p>"]
    assert places == (0, 0)


def test_both_halves_keep_all_but_their_elements() -> None:
    document = rendered(f"<p>Een</p><p>{NAME}</p>", style="p { margin: 0 }")
    made = halves(document)
    assert made.own
    for half in (made.shared, made.own):
        assert half.html.startswith(f"{HEAD}<body>")
        assert (half.stylesheets, half.code, half.own) == (document.stylesheets, document.code, document.own)


@pytest.mark.parametrize(
    "document",
    [
        rendered(f"<p>Een</p><p>{NAME}</p>", own=()),
        rendered("<p>Niets van een rayon</p>"),
        rendered(f"<p>Een</p><p>{NAME}</p>", style=".a { z-index: 2 }"),
        rendered(f"<p style='z-index: 1'>Een</p><p>{NAME}</p>"),
        rendered(f"<p>Een</p><p>{NAME}</p>", style="p { counter-increment: a }"),
        rendered(f"<p>Een</p><h2>{NAME}</h2>"),
        rendered(f'<p>Een</p><p>{NAME}</p><h1 class="at">Kop</h1>'),
        rendered(f'<p>Een</p><p id="naam">{NAME}</p>'),
        rendered(f'<p>Een</p><p>{NAME} <a href="#slot">slot</a></p>'),
        rendered(f'<p>Een</p><p>{NAME}</p><input type="text" name="a">'),
        rendered(f'<p>Een</p><p>{NAME}</p><textarea name="a"></textarea>'),
    ],
    ids=[
        "no own texts",
        "none on the pages",
        "z-index in a style sheet",
        "z-index in the page",
        "counter",
        "own heading",
        "heading after",
        "id",
        "link within the document",
        "field",
        "field of more lines",
    ],
)
def test_documents_that_stay_whole(document: Rendered) -> None:
    made = halves(document)
    assert whole(made)
    assert made.shared == document


@pytest.mark.parametrize(
    "listed",
    [
        "<p id='naam'>Naam</p>",
        "<a href='#slot'>slot</a>",
        "<H2>Kop</H2>",
        '<select name="a"><option>Een</option></select>',
        '<button type="button">Kies</button>',
    ],
)
def test_what_is_listed_is_known_however_it_is_written(listed: str) -> None:
    assert whole(halves(rendered(f"<p>Een</p><p>{NAME}</p>{listed}")))


def test_headings_ids_and_fields_may_stand_in_the_shared_half() -> None:
    listed = '<h1 id="a">Een</h1><a href="#a">terug</a><input name="b">'
    assert cut(f"{listed}<p>{NAME}</p>") == ([listed], [f"<p>{NAME}</p>"], (0,))


@pytest.mark.parametrize(
    "first",
    [
        "<p>Een<br>twee<br/>drie</p>",
        '<p>Een <img src="a.png" alt=""> en <input name="a"></p>',
        "<p>Een <!-- <p> niet <b> --> twee</p>",
        '<p title="a > b </p> c">Een</p>',
        "<p title='a \"> <b> c'>Een</p>",
        "<p data-a=1 hidden>Een</p>",
        "<div><svg><path d='M0 0'/><g></g></svg></div>",
        "<p>1 < 2 > 0</p>",
        "<DIV><P>Een</P><BR></DIV>",
        "losse tekst <p>Een</p>",
    ],
)
def test_elements_end_where_they_end(first: str) -> None:
    assert cut(f"{first}<p>{NAME}</p>") == ([first], [f"<p>{NAME}</p>"], (0,))


@pytest.mark.parametrize("own", [f'<img src="a.png" alt="{NAME}">', f"<p title='{NAME}'></p>", f"<div {OWN}></div>"])
def test_an_own_text_in_an_attribute_counts(own: str) -> None:
    shared, cut_off, _ = cut(f"<p>Een</p><p>{own}</p>")
    assert (shared, cut_off) == (["<p>Een</p>"], [f"<p>{own}</p>"])


def test_an_image_goes_with_the_element_before_it() -> None:
    shared, own, _ = cut(f'<p>Een</p><p>Twee</p><img src="a.png" alt="{NAME}"><p>Drie</p>')
    assert (shared, own) == (["<p>Een</p>"], [f'<p>Twee</p><img src="a.png" alt="{NAME}"><p>Drie</p>'])


def test_paragraphs_that_are_not_closed_lose_nothing() -> None:
    """Where an end can't be told, more is own than has to be, and pages that run together are told by their number."""
    assert cut(f"<p>Een<p>Twee<p>{NAME}") == ([""], [f"<p>Een<p>Twee<p>{NAME}"], (0,))
    assert len(halves(rendered(f"<p>Een<p>{NAME}", "<p>Twee</p>")).places) == 1


class Outermost(HTMLParser):
    """The names of a document's elements in order, each with how deep it stands."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name == "data-n" and value]


elements = st.recursive(
    st.sampled_from(
        [
            "<p data-n=#>tekst</p>",
            '<img data-n="#" alt="a > b">',
            f"<b data-n='#'>{NAME}</b>",
            "<br>",
            "<!-- <p> -->",
            " x ",
        ]
    ),
    lambda inner: st.lists(inner, max_size=4).map(lambda kids: f'<div data-n="#" title="</div>">{"".join(kids)}</div>'),
    max_leaves=8,
)


def numbered(pages: list[list[str]]) -> list[str]:
    """The pages with every `#` a number of its own, so that no two are the same."""
    parts = "\n".join("".join(page) for page in pages).split("#")
    return "".join(f"{part}{number}" for number, part in enumerate(parts)).removesuffix(str(len(parts) - 1)).split("\n")


@given(st.lists(st.lists(elements, max_size=5), min_size=1, max_size=4).map(numbered))
@example([f"<p data-n=1>a</p>{NAME}<p data-n=2></p>"])
def test_halves_together_hold_each_element_once_and_in_order(pages: list[str]) -> None:
    made = halves(rendered(*pages))
    if not made.own:
        assert inside(made.shared) == pages
        assert not any(f">{NAME}</b>" in page for page in pages)
        return
    own = inside(made.own)
    assert len(made.places) == len(pages) == len(inside(made.shared))
    for page, shared, place in zip(pages, inside(made.shared), made.places, strict=True):
        both = shared + (own[place] if place is not None else "")
        assert both == page
        assert Outermost(shared).found + Outermost(both.removeprefix(shared)).found == Outermost(page).found
        assert f">{NAME}</b>" not in shared
