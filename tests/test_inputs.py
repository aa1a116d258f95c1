"""The keys that tell whether something has to be made again."""

from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from invulposter.drawing.type import Typecase
from invulposter.edition import Edition
from invulposter.geometry import Size
from invulposter.inputs import Inputs, read_inputs
from invulposter.library import Library, read_library
from invulposter.paper import PaperWish
from invulposter.plan import Job, plan
from invulposter.printshop import PrintShop
from invulposter.render import render
from invulposter.request import Request
from invulposter.workspace import Workspace, find_workspace
from tests.conftest import edit

INPUTS = Inputs("program", {"draad": "style"})


@pytest.fixture(scope="module")
def job(library: Library) -> Job:
    return plan(library, Request(layouts=("tipkaarten",), rayons=("lindezoom",), networks=("mr",)))[0]


def test_the_same_job_has_the_same_key(job: Job) -> None:
    assert INPUTS.job_key(job) == INPUTS.job_key(replace(job))


@pytest.mark.parametrize(
    "change",
    [
        {"size": Size(100, 70)},
        {"paper": Size(297, 420)},
        {"edition": Edition.PRESS},
        {"sheets": PaperWish(gutter=4)},
        {"printshop": PrintShop(ink_limit=330)},
        {"printshop": PrintShop(b"another profile")},
        {"path": PurePosixPath("elders.pdf")},
        {"network": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_shapes_a_file_changes_its_key(change: dict[str, object], job: Job) -> None:
    assert INPUTS.job_key(replace(job, **change)) != INPUTS.job_key(job)


def test_program_and_style_change_the_key(job: Job) -> None:
    assert Inputs("program", {"draad": "other"}).job_key(job) != INPUTS.job_key(job)


def test_a_product_has_a_new_key_when_its_page_has(job: Job, library: Library, workspace: Workspace) -> None:
    rendered = render(job, library, Typecase(*workspace.fonts))
    key = INPUTS.product_key(job, rendered)
    assert key == INPUTS.product_key(job, replace(rendered))
    changed = [
        replace(rendered, html=rendered.html + " "),
        replace(rendered, stylesheets={**rendered.stylesheets, "meer.css": "p {}"}),
        replace(rendered, assets={**rendered.assets, "foto": b"1"}),
    ]
    assert len({key, *(INPUTS.product_key(job, one) for one in changed)}) == 4
    assert Inputs("newer", INPUTS.styles).product_key(job, rendered) != key


def test_a_changed_text_changes_every_style(own: Path) -> None:
    before = read_inputs(find_workspace(own), read_library(find_workspace(own)))
    edit(own / "content" / "fasen" / "werven.yaml", "Ga zelf", "Ga vandaag zelf")
    after = read_inputs(find_workspace(own), read_library(find_workspace(own)))
    assert all(after.styles[style] != key for style, key in before.styles.items())


def job_keys(folder: Path) -> dict[str, str]:
    """The key of every job of two rayons."""
    workspace = find_workspace(folder)
    library = read_library(workspace)
    inputs = read_inputs(workspace, library)
    jobs = plan(library, Request(rayons=("lindezoom", "heuvelrand"), editions=(Edition.SCREEN,)))
    return {job.path.as_posix(): inputs.job_key(job) for job in jobs}


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {path.removesuffix("-screen.pdf") for path, key in before.items() if after[path] != key}


def test_a_network_s_own_text_changes_what_it_is_on_and_what_shows_all_networks(own: Path) -> None:
    before = job_keys(own)
    edit(own / "content/netwerken/hbo.yaml", "Plaats in mei", "Plaats in juni")
    # The poster takes in its steps by computed names, so it may show any network.
    names = ("tipkaarten-hbo", "handout-hbo", "brochure", "invulposter")
    assert changed(before, job_keys(own)) == {
        f"{rayon}/{name}" for rayon in ("lindezoom", "heuvelrand") for name in names
    }


def test_a_rayon_s_logo_changes_its_own_files_alone(own: Path) -> None:
    before = job_keys(own)
    folder = own / "content/rayons/lindezoom"
    logo = next(folder.glob("*.svg"))
    logo.write_text(logo.read_text("utf-8").replace("</svg>", "<path d='M0 0h1'/></svg>"), "utf-8")
    paths = changed(before, job_keys(own))
    assert paths
    assert {path.partition("/")[0] for path in paths} == {"lindezoom"}
