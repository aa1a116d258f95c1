"""The products themselves: one rayon's whole set, and a difficult rayon's, made as the command makes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from invulposter.batch import build_all
from invulposter.edition import Edition
from invulposter.library import Library
from invulposter.plan import Job, plan
from invulposter.report import Artefact
from invulposter.request import Request
from invulposter.shop import Shop
from invulposter.workspace import Workspace

#: The rayon of which every network is made.
WHOLE = "lindezoom"
#: What is made for every run of the tests: all layouts of both styles, and every network on screen.
QUICK = (
    Request(rayons=(WHOLE,), networks=("oop", "mr")),
    Request(layouts=("tipkaarten", "handout"), rayons=(WHOLE,), editions=(Edition.SCREEN,)),
    Request(rayons=("heuvelrand",), networks=("mr",)),
)
#: Everything, and the lightest and darkest colours and another rayon of the second style as well.
THOROUGH = (
    Request(rayons=(WHOLE,)),
    Request(rayons=("zonnedal", "veenmeer", "merelveld"), networks=("oop", "mr")),
)


@dataclass(frozen=True)
class Made:
    """A product that was made: its job, what the build says of it, and its file."""

    job: Job
    artefact: Artefact
    path: Path


@pytest.fixture(scope="session", params=[QUICK, pytest.param(THOROUGH, marks=pytest.mark.long)], ids=["quick", "all"])
def products(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    workspace: Workspace,
    library: Library,
) -> Mapping[str, Made]:
    """Products in editions screen and office, by path."""
    out = tmp_path_factory.mktemp("out")
    shop = Shop(library=library, fonts=workspace.fonts, out=out)
    jobs = {job.path: job for asked in request.param for job in plan(library, asked)}
    artefacts = build_all(tuple(jobs.values()), shop, workers=2)
    return {
        artefact.path: Made(job, artefact, out / artefact.path)
        for job, artefact in zip(jobs.values(), artefacts, strict=True)
    }


@pytest.fixture(scope="session")
def screens(products: Mapping[str, Made]) -> Mapping[str, Made]:
    """The screen editions."""
    return {path: made for path, made in products.items() if made.artefact.edition == "screen"}
