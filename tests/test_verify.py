"""What changed since a print: rendered for real, from a report as a build writes it."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from invulposter.cli import main
from invulposter.drawing.type import Typecase
from invulposter.edition import Edition
from invulposter.errors import RequestError
from invulposter.library import Library, read_library
from invulposter.plan import Job, plan
from invulposter.render import render
from invulposter.report import Artefact, artefact_of, to_json
from invulposter.request import Request
from invulposter.verify import Changes, compare, find, verify
from invulposter.workspace import Workspace, find_workspace
from tests.conftest import edit


@pytest.fixture(scope="module")
def typecase(workspace: Workspace) -> Typecase:
    return Typecase(*workspace.fonts)


def printed(job: Job, library: Library, typecase: Typecase) -> Artefact:
    rendered = render(job, library, typecase)
    return replace(artefact_of(job), code=rendered.code, page_codes=rendered.page_codes)


def cards(library: Library) -> Job:
    """A product of cards, fronts and backs, about a network."""
    jobs = plan(library, Request(editions=(Edition.OFFICE,)))
    return next(job for job in jobs if job.layout.facts.duplex and job.network)


@pytest.mark.parametrize(
    ("printed", "now", "expected"),
    [
        ("abcd", "abcd", Changes()),
        ("abcd", "abxd", Changes(changed=(3,))),
        ("abcd", "abd", Changes(gone=(3,))),
        ("abd", "abcd", Changes(added=(3,))),
        ("abcd", "axyzd", Changes(changed=(2, 3), added=(4,))),
        ("", "ab", Changes(added=(1, 2))),
    ],
)
def test_a_page_that_came_between_leaves_the_others_as_they_were(printed: str, now: str, expected: Changes) -> None:
    assert compare(printed, now) == expected


def test_what_did_not_change_is_still_the_same(library: Library, typecase: Typecase) -> None:
    jobs = plan(library, Request(rayons=(next(iter(library.rayons)),), editions=tuple(Edition)))
    products = {job.layout.name: job for job in jobs}.values()
    for job in products:
        verdict = verify(printed(job, library, typecase), library, typecase)
        assert verdict.same, verdict
        assert verdict.changes == Changes()
        assert str(verdict).endswith("still the same")


def test_a_changed_tip_is_named_by_its_card(own: Path, library: Library, typecase: Typecase) -> None:
    job = cards(library)
    artefact = printed(job, library, typecase)
    assert job.network is not None
    second = job.network.tips[1]
    phase = next(phase for phase in library.phases if any(tip.id == second.id for tip in phase.tips))
    heading = next(tip.heading for tip in phase.tips if tip.id == second.id)
    edit(own / f"content/fasen/{phase.id}.yaml", f"kop: {heading}", f"kop: {heading} nu")
    verdict = verify(artefact, read_library(find_workspace(own)), typecase)
    assert verdict.changes == Changes(changed=(3,))
    assert "changed card 2 front (now " in str(verdict)
    assert f"{job.network.name} · {job.rayon.name}" in str(verdict)


def test_another_look_is_another_print(own: Path, library: Library, typecase: Typecase) -> None:
    job = cards(library)
    artefact = printed(job, library, typecase)
    colours = job.rayon.colours
    edit(own / f"content/rayons/{job.rayon.id}/rayon.yaml", colours.primary, "#223344")
    assert not verify(artefact, read_library(find_workspace(own)), typecase).same


def test_what_is_gone_is_named(own: Path, library: Library, typecase: Typecase) -> None:
    job = cards(library)
    artefact = printed(job, library, typecase)
    assert job.network is not None
    (own / f"content/netwerken/{job.network.id}.yaml").unlink()
    verdict = verify(artefact, read_library(find_workspace(own)), typecase)
    assert not verdict.same
    assert "can't be made any more: " in str(verdict)


def test_a_code_that_nothing_has_is_refused(library: Library, typecase: Typecase) -> None:
    artefact = printed(cards(library), library, typecase)
    assert find([artefact], [artefact.code.upper()]) == (artefact,)
    assert find([artefact], []) == (artefact,)
    with pytest.raises(RequestError, match="no product in this report has edition code 'abc'"):
        find([artefact], ["abc"])
    with pytest.raises(RequestError, match="names no product"):
        find([], [])


def test_the_command_says_it_with_its_exit_status(own: Path, library: Library, typecase: Typecase) -> None:
    artefact = printed(cards(library), library, typecase)
    saved = own / "print.json"
    saved.write_text(to_json([artefact]), encoding="utf-8")
    ask = ["verify", artefact.code, "--report", str(saved), "-w", str(own)]
    same = CliRunner().invoke(main, ask)
    assert (same.exit_code, same.output.strip().endswith("still the same")) == (0, True)
    edit(own / f"content/rayons/{artefact.rayon}/rayon.yaml", "primair: ", "primair: '#112233' #")
    assert CliRunner().invoke(main, ask).exit_code == 1
    assert CliRunner().invoke(main, ["verify", "0", *ask[2:]]).exit_code == 2
    saved.write_bytes(b"\xff{")
    assert CliRunner().invoke(main, ask).exit_code == 2
