"""The batch: editions of a document together, results in order, whatever happens to a worker."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from invulposter.batch import build_all, make_all, together
from invulposter.cluster import cluster
from invulposter.edition import Edition
from invulposter.errors import RequestError
from invulposter.library import Library
from invulposter.plan import Job, plan
from invulposter.report import Artefact, read_report
from invulposter.request import Request
from invulposter.shop import Shop
from invulposter.typesetter import use_fonts
from invulposter.workspace import built_in, find_workspace

HANDOUTS = Request(layouts=("handout",), rayons=("lindezoom",), networks=("mr", "oop"))


@pytest.fixture(scope="module")
def jobs(library: Library) -> tuple[Job, ...]:
    return plan(library, HANDOUTS)


def shop(library: Library, out: Path) -> Shop:
    return Shop(library=library, fonts=find_workspace(built_in()).fonts, out=out)


def test_editions_of_one_document_are_made_together(library: Library) -> None:
    jobs = plan(library, Request(layouts=("handout", "brochure"), rayons=("lindezoom",), networks=("mr", "oop")))
    told = [
        " ".join(f"{job.subject.id if job.subject else job.layout.name}/{job.edition}" for job in group)
        for group in together(jobs)
    ]
    assert told == ["mr/screen mr/office", "oop/screen oop/office", "brochure/screen brochure/office"]


class Here:
    """An executor that works at once, in this process; a job whose name is `bad` takes its worker with it."""

    def __init__(self, bad: str) -> None:
        self.bad = bad
        self.calls: list[int] = []

    def submit(self, function: Any, /, *arguments: Any) -> Future[Any]:
        future: Future[Any] = Future()
        group = arguments[-1]
        self.calls.append(len(group))
        if any(self.bad in str(job.path) for job in group):
            future.set_exception(RuntimeError("gone"))
        else:
            future.set_result(function(*arguments))
        return future


def test_a_worker_that_dies_costs_its_own_job_only(library: Library, jobs: tuple[Job, ...], tmp_path: Path) -> None:
    use_fonts(find_workspace(built_in()).fonts)
    executor = Here(bad="mr-screen")
    made = list(make_all(jobs, shop(library, tmp_path), 1, executor))
    assert [artefact.path for artefact in made] == [str(job.path) for job in jobs]
    assert [artefact.error for artefact in made if not artefact.made] == [
        "lindezoom/handout-mr-screen.pdf: its worker stopped: RuntimeError: gone"
    ]
    assert executor.calls == [2, 2, 1, 1]


def test_what_was_made_before_an_interruption_is_reported(
    library: Library, jobs: tuple[Job, ...], tmp_path: Path
) -> None:
    use_fonts(find_workspace(built_in()).fonts)
    batch = build_all(jobs[:2], shop(library, tmp_path), 1, Here(bad="none"))
    first = next(batch)
    batch.close()
    assert [artefact.path for artefact in read_report(tmp_path)] == [first.path]


@pytest.mark.long
def test_control_c_says_what_is_left_and_the_next_build_goes_on(tmp_path: Path) -> None:
    """With a cache of its own: what was made before would all be there before anybody could stop it."""
    out, environment = tmp_path / "out", {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "invulposter", "build", "--rayon", "lindezoom", "-o", str(out)]
    build = subprocess.Popen(
        [*command, "--jobs", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        bufsize=1,
        env=environment,
    )
    assert build.stdout is not None
    build.stdout.readline()
    build.send_signal(signal.SIGINT)
    _, told = build.communicate(timeout=60)
    assert build.returncode == 130
    assert "Stopped: " in told
    assert "of 60 files made" in told
    assert all(artefact.made for artefact in read_report(out))
    assert subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=environment).returncode == 0


@pytest.mark.long
def test_no_cluster_there_is_one_sentence() -> None:
    with (
        pytest.raises(RequestError, match="no Dask scheduler answers"),
        cluster("tcp://127.0.0.1:1"),
    ):
        pass


@contextmanager
def two_workers() -> Iterator[tuple[str, list[int]]]:
    """A real cluster on this machine: its address, and the process numbers of its two workers."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as local:
        yield local.scheduler_address, [worker.pid for worker in local.workers.values()]


def contents(artefacts: list[Artefact]) -> dict[str, str]:
    assert [artefact.error for artefact in artefacts] == [""] * len(artefacts)
    return {artefact.path: artefact.sha256 for artefact in artefacts}


@pytest.mark.long
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_cluster_makes_the_same_bytes_though_one_of_its_workers_is_killed(library: Library, tmp_path: Path) -> None:
    jobs = plan(library, Request(layouts=("handout",), rayons=("lindezoom",), editions=(Edition.SCREEN,)))
    here = contents(list(make_all(jobs, shop(library, tmp_path / "hier"), 2)))
    with two_workers() as (address, pids), cluster(address) as executor:
        there = []
        for artefact in make_all(jobs, shop(library, tmp_path / "daar"), 2, executor):
            there.append(artefact)
            if len(there) == 1:
                os.kill(pids[0], signal.SIGKILL)
    assert contents(there) == here
    assert {path.name for path in (tmp_path / "daar/lindezoom").iterdir()} == {job.path.name for job in jobs}


def test_the_report_of_another_build_in_the_same_folder_stays(
    library: Library, jobs: tuple[Job, ...], tmp_path: Path
) -> None:
    """The other one ends while this one works."""
    made = shop(library, tmp_path)
    one, *others = jobs
    batch = build_all(others, made, 1, Here("none"))
    next(batch)
    list(build_all([one], made, 1, Here("none")))
    list(batch)
    assert {artefact.path for artefact in read_report(tmp_path)} == {job.path.as_posix() for job in jobs}
