"""Nothing changed: the report answers, and whatever did change is seen."""

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from invulposter import untouched
from invulposter.cache import Cache
from invulposter.edition import Edition
from invulposter.findings import Finding, Place, Severity
from invulposter.printshop import PrintShop
from invulposter.report import BUILD_FILE, INDEX_FILE, Artefact, PageReport, read_report, to_json
from invulposter.request import Request
from invulposter.untouched import Memory, memory_of
from invulposter.workspace import find_workspace
from invulposter.write import write_file
from tests.conftest import edit

ASKED = Request(layouts=("handout",), rayons=("lindezoom",), networks=("po",))
NOTE = Finding(Place("content/x.yaml", 1, 1), "picture-changed", "a note", Severity.NOTE)


@pytest.fixture
def office(own: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a layout and a font of its own, and what a build left; its files count as old."""
    monkeypatch.setattr(untouched, "SETTLED", 0.0)
    for name in ("layouts/krijt/kaart/page.css", "fonts/eigen/Eigen.ttf"):
        write_file(own / name, b"old")
    screen, press = (_artefact(own / "out", edition) for edition in (Edition.SCREEN, Edition.PRESS))
    write_file(own / "out" / INDEX_FILE, b"gallery")
    write_file(own / "out" / BUILD_FILE, to_json((screen, press)).encode())
    memory(own).remember((screen, press), (NOTE,))
    return own


def _artefact(out: Path, edition: Edition) -> Artefact:
    """An artefact as a build makes it, with its files."""
    name = f"handout-po-{edition}"
    told = ("handout", "Handout", "po", "po", "lindezoom", "Lindezoom", "draad", edition.value)
    made = Artefact(f"lindezoom/{name}.pdf", *told, fillable=False, size="A4", paper="A4", pages=1, seconds=1.5)
    picture = PageReport(f"miniaturen/lindezoom/{name}-1.jpg", 100, 140, 0.1)
    made = replace(made, pictures=(picture,), sha256=hashlib.sha256(name.encode()).hexdigest())
    for file in made.files:
        write_file(out / file, name.encode())
    return made


def memory(office: Path, request: Request = ASKED, out: str = "out") -> Memory:
    return memory_of(request, find_workspace(office), office / out, Cache(office / "cache"))


def test_the_report_answers_as_a_build_would_that_makes_nothing(office: Path) -> None:
    known = memory(office).recall()
    assert known is not None
    assert known.problems == (NOTE,)
    assert [(one.edition, one.cached, one.seconds) for one in known.artefacts] == [
        ("screen", True, 0.0),
        ("press", True, 0.0),
    ]
    assert read_report(office / "out") == known.artefacts
    report = office / "out" / BUILD_FILE
    before = report.stat()
    assert memory(office).recall() == known
    assert report.stat() == before


CHANGES: dict[str, Callable[[Path], object]] = {
    "an edited text": lambda office: edit(office / "content/netwerken/hbo.yaml", "mei", "mij"),
    "a new file": lambda office: (office / "content/netwerken/nieuw.yaml").write_text("id: nieuw"),
    "a new folder": lambda office: (office / "content/rayons/nieuw").mkdir(),
    "a file less": lambda office: (office / "content/netwerken/hbo.yaml").unlink(),
    "a layout": lambda office: (office / "layouts/krijt/kaart/page.css").write_text("new"),
    "a font": lambda office: (office / "fonts/eigen/Eigen.ttf").write_text("new"),
    "an edited PDF": lambda office: (office / "out/lindezoom/handout-po-screen.pdf").write_text("handout-po-scream"),
    "a thumbnail less": lambda office: (office / "out/miniaturen/lindezoom/handout-po-screen-1.jpg").unlink(),
    "an order sheet less": lambda office: (office / "out/lindezoom/handout-po-press-drukorder.txt").unlink(),
    "a gallery less": lambda office: (office / "out" / INDEX_FILE).unlink(),
    "a report less": lambda office: (office / "out" / BUILD_FILE).unlink(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_changed_is_seen(office: Path, change: Callable[[Path], object]) -> None:
    change(office)
    assert memory(office).recall() is None


def test_a_file_that_keeps_its_size_and_time_is_seen_to_be_another(office: Path) -> None:
    path = office / "fonts/eigen/Eigen.ttf"
    before = path.stat()
    write_file(path, b"new")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert memory(office).recall() is None


@pytest.mark.parametrize(
    "request_",
    [
        replace(ASKED, networks=("mr",)),
        replace(ASKED, thrifty=True),
        replace(ASKED, printshop=PrintShop(b"another profile")),
        replace(ASKED, printshop=PrintShop(ink_limit=330)),
    ],
)
def test_another_command_knows_nothing(office: Path, request_: Request) -> None:
    assert memory(office, request_).recall() is None


def test_another_folder_knows_nothing(office: Path) -> None:
    assert memory(office, out="elders").recall() is None


def test_another_engine_is_seen(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (office / "installed/weasyprint-71.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(office / "installed")
    assert memory(office).recall() is None


def test_a_change_during_a_build_is_not_missed(office: Path) -> None:
    before = memory(office)
    edit(office / "content/netwerken/hbo.yaml", "mei", "mij")
    before.remember(read_report(office / "out"), ())
    assert memory(office).recall() is None


def test_a_file_that_has_just_changed_is_not_known_by_its_times(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(untouched, "SETTLED", 3600.0)
    memory(office).remember(read_report(office / "out"), ())
    assert memory(office).recall() is None


@pytest.mark.parametrize(("written", "remembered"), [("during the build", False), ("before the build", True)])
def test_what_another_build_put_there_meanwhile_is_not_remembered(office: Path, written: str, remembered: bool) -> None:
    """A build looks at what is there when it begins; afterwards it looks again at what came since then."""
    (office / "out/lindezoom/handout-po-screen.pdf").write_text("of another build")
    began = time.time() + (60 if written == "before the build" else -60)
    replace(memory(office), since=began).remember(read_report(office / "out"), ())
    assert (memory(office).recall() is not None) is remembered


def test_a_build_with_errors_is_not_remembered(office: Path) -> None:
    elsewhere = replace(memory(office), key="elsewhere")
    elsewhere.remember(read_report(office / "out"), (replace(NOTE, severity=Severity.ERROR),))
    assert elsewhere.recall() is None


def test_a_file_of_another_command_that_is_gone_leaves_the_report_in_the_ordinary_way(office: Path) -> None:
    mine, other = read_report(office / "out")
    memory(office).remember((mine,), ())
    assert memory(office).recall() is not None
    (office / "out" / other.path).unlink()
    assert memory(office).recall() is None


def command(office: Path, *options: str, cache: str = "cache") -> subprocess.CompletedProcess[str]:
    """Run the real command on this office, telling what it imports."""
    program = (sys.executable, "-X", "importtime", "-m", "invulposter", "build", *options)
    environment = {**os.environ, "XDG_CACHE_HOME": str(office / cache)}
    folders = ("-w", str(office), "-o", str(office / "out"))
    return subprocess.run([*program, *folders], env=environment, capture_output=True, text=True, check=False)


#: What reads content.
HEAVY = {"pydantic", "PIL", "ruamel.yaml", "invulposter.content", "invulposter.plan"}


def test_the_command_imports_nothing_that_reads_before_it_has_to() -> None:
    program = "import sys, invulposter.cli.build; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert not HEAVY & {*told.split()}


def imported(result: subprocess.CompletedProcess[str]) -> set[str]:
    return {line.rpartition("|")[2].strip() for line in result.stderr.splitlines() if line.startswith("import time:")}


def settle(office: Path) -> None:
    """Wait until the files of this office are old enough to be known by their times."""
    while memory(office).inputs is None:
        time.sleep(0.1)


@pytest.mark.long
def test_the_command_says_the_same_in_both_ways(own: Path) -> None:
    asked = ("handout", "--rayon", "lindezoom", "--network", "po", "--edition", "screen")
    settle(own)
    assert command(own, *asked).returncode == 0
    for options in (asked, (*asked, "--json")):
        quick, ordinary = (command(own, *options, cache=cache) for cache in ("cache", f"another{len(options)}"))
        assert quick.stdout == ordinary.stdout
        assert quick.returncode == ordinary.returncode == 0
        assert not imported(quick) & HEAVY
        assert "invulposter.content" in imported(ordinary)
    edit(own / "content/netwerken/hbo.yaml", "sector:", "sektor:")
    settle(own)
    for _ in range(2):
        wrong = command(own, *asked)
        assert wrong.returncode == 1
        assert "content/netwerken/hbo.yaml:" in wrong.stderr
    edit(own / "content/netwerken/hbo.yaml", "sektor:", "sector:")
    (before,) = json.loads((own / "out/build.json").read_text("utf-8"))
    edit(own / "content/rayons/lindezoom/rayon.yaml", "naam: ", "naam: Groot-")
    assert command(own, *asked).returncode == 0
    (after,) = json.loads((own / "out/build.json").read_text("utf-8"))
    assert before["sha256"] != after["sha256"]
    assert hashlib.sha256((own / "out" / after["path"]).read_bytes()).hexdigest() == after["sha256"]
