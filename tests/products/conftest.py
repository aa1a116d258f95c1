"""The products themselves: one rayon's whole set, and a difficult rayon's, made as the command makes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from invulposter.build import Shop, build_all
from invulposter.plan import Job, Request, plan
from invulposter.report import Artefact
from invulposter.workspace import Library, Workspace

#: A rayon with everything, and the one with the lightest colours with its longest and its shortest network.
WHOLE, LIGHTEST = "lindezoom", "zonnedal"


@dataclass(frozen=True)
class Made:
    """A product that was made: its job, what the build says of it, and its file."""

    job: Job
    artefact: Artefact
    path: Path


@pytest.fixture(scope="session")
def products(tmp_path_factory: pytest.TempPathFactory, workspace: Workspace, library: Library) -> Mapping[str, Made]:
    """Everything in editions screen and office of two rayons, by path."""
    out = tmp_path_factory.mktemp("out")
    shop = Shop(library=library, fonts=workspace.fonts, out=out)
    jobs = plan(library, Request(rayons=(WHOLE,))) + plan(library, Request(rayons=(LIGHTEST,), networks=("oop", "mr")))
    artefacts = build_all(jobs, shop, workers=2)
    return {
        artefact.path: Made(job, artefact, out / artefact.path) for job, artefact in zip(jobs, artefacts, strict=True)
    }


@pytest.fixture(scope="session")
def screens(products: Mapping[str, Made]) -> Mapping[str, Made]:
    """The screen editions."""
    return {path: made for path, made in products.items() if made.artefact.edition == "screen"}
