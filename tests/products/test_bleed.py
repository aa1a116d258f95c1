"""What runs off the page runs on to the end of the bleed, also where a product is printed smaller than designed."""

import pytest

from invulposter.build import make_one
from invulposter.edition import Edition
from invulposter.library import Library
from invulposter.plan import plan
from invulposter.request import Request
from invulposter.workspace import Workspace

SMALLER = {"faseposter": "A4", "handleiding": "A6", "handout": "A6", "brochure": "A6", "tipkaarten": "74x52"}


@pytest.mark.long
@pytest.mark.parametrize("thrifty", [False, True], ids=["ordinary", "thrifty"])
@pytest.mark.parametrize("layout", SMALLER)
@pytest.mark.parametrize("style", ["draad", "affiche"])
def test_colour_runs_on_to_the_end_of_the_bleed(
    workspace: Workspace, library: Library, style: str, layout: str, thrifty: bool
) -> None:
    for size in (None, SMALLER[layout]):
        asked = Request((layout,), ("merelveld",), ("mr",), (Edition.PRESS,), style, size, thrifty=thrifty)
        product = make_one(plan(library, asked)[0], library, workspace.fonts)
        assert [str(one) for one in product.findings if one.code == "bleed-empty"] == []
