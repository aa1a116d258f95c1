"""A rayon with few networks, and one with as many as a country has: what lists them takes the pages that it needs."""

from collections import Counter
from dataclasses import replace
from html import escape
from itertools import cycle, islice

import pytest

from invulposter.build import produce
from invulposter.drawing.type import Typecase
from invulposter.edition import Edition
from invulposter.library import Library
from invulposter.plan import plan
from invulposter.render import render
from invulposter.request import Request
from invulposter.typesetter import use_fonts
from invulposter.workspace import Workspace


def with_networks(library: Library, count: int) -> Library:
    """The library with so many networks, which are those of the sample over and over."""
    many = enumerate(islice(cycle(library.networks.values()), count))
    networks = [network.model_copy(update={"id": f"{network.id}-{number}"}) for number, network in many]
    return replace(library, networks={network.id: network for network in networks})


@pytest.mark.parametrize("rayon", ["lindezoom", "heuvelrand"])
@pytest.mark.parametrize(
    ("count", "pages"),
    [
        (1, 12),
        (19, 14),
        (60, 16),
        *(pytest.param(*case, marks=pytest.mark.long) for case in ((5, 12), (12, 12), (15, 12), (36, 14), (61, 18))),
    ],
)
def test_a_brochure_tells_of_every_network_and_ends_on_the_right(
    workspace: Workspace, library: Library, rayon: str, count: int, pages: int
) -> None:
    use_fonts(workspace.fonts)
    many = with_networks(library, count)
    (job,) = plan(many, Request(layouts=("brochure",), rayons=(rayon,), editions=(Edition.SCREEN,)))
    rendered = render(job, many, Typecase(*workspace.fonts))
    product = produce(job, rendered, workspace.fonts[-1])
    assert [str(finding) for finding in product.findings] == []
    # The end and the back follow: with an even number of pages in all the end stands on the right.
    assert product.pages == pages
    ways_in = Counter(escape(network.channels[0].url) for network in many.networks.values())
    assert {url: rendered.html.count(f'href="{url}"') for url in ways_in} == ways_in
