"""A whole catalogue beside one WeasyPrint command per document; what a second build, one tip or one rayon costs.

Everything runs in one go on the same content, each build with a cache of its own in which nothing is kept, unless it
says otherwise. Of the commands per document three of each layout, style and edition are run, counted as often as there
are documents of that kind: all of them take most of an hour.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from invulposter.untouched import SETTLED
from invulposter.workspace import built_in
from tests.bench.run import Documents, rendered_set

COMMAND = str(Path(sys.executable).with_name("invulposter"))
WEASYPRINT = str(Path(sys.executable).with_name("weasyprint"))
RAYONS = ("lindezoom", "duinrand", "heuvelrand", "merelveld", "veenmeer", "zonnedal")
ROUNDS = 3
MB = 1024 * 1024


@dataclass(frozen=True)
class Run:
    """What a build took: wall-clock seconds, and the largest resident memory (MB) of the command and of a worker."""

    seconds: float
    parent: float = 0.0
    worker: float = 0.0


class Office:
    """A workspace of its own with a cache of its own, both thrown away afterwards.

    Nothing is thrown away before: for a minute after thousands of files were removed, ext4 takes ten times as long to
    make one (measured: 0.2 ms in place of 0.02), and that would count as time of the next build.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._place = folder / "0"
        shutil.copytree(built_in() / "content", folder / "content")

    def build(self, *arguments: str, fresh: bool = False) -> Run:
        """Build; a fresh one starts with nothing made and nothing kept, but templates as they were compiled before."""
        if fresh:
            self._move()
        command = [COMMAND, "build", *arguments, "-w", str(self.folder), "-o", str(self._place / "out")]
        environment = {**os.environ, "XDG_CACHE_HOME": str(self._place / "cache")}
        return watched(command, environment)

    def _move(self) -> None:
        """To a folder where nothing was made or kept yet."""
        before, self._place = self._place, self.folder / str(int(self._place.name) + 1)
        compiled = Path("cache", "invulposter", "templates")
        if (before / compiled).is_dir():
            shutil.copytree(before / compiled, self._place / compiled)

    def change(self, name: str, before: str, after: str) -> None:
        """Change a text in a content file."""
        path = self.folder / "content" / name
        text = path.read_text("utf-8")
        assert before in text, f"{name} does not say '{before}'"
        path.write_text(text.replace(before, after), "utf-8")

    def add_rayon(self, like: str, name: str, colour: str) -> None:
        """Another rayon: another first colour, another name, everything else as the one it is like."""
        folder = self.folder / "content" / "rayons" / name
        shutil.copytree(self.folder / "content" / "rayons" / like, folder)
        path = f"rayons/{name}/rayon.yaml"
        self.change(path, f"id: {like}", f"id: {name}")
        self.change(path, like.capitalize(), name.capitalize())
        text = (folder / "rayon.yaml").read_text("utf-8")
        self.change(path, re.findall('"#[0-9A-F]{6}"', text)[0], f'"{colour}"')

    def multiply_networks(self, times: int, kept_networks: int) -> None:
        """Some networks, and as many others like them as make `times` their number."""
        folder = self.folder / "content" / "netwerken"
        kept = sorted(folder.glob("*.yaml"))[:kept_networks]
        for path in set(folder.glob("*.yaml")) - set(kept):
            path.unlink()
        for number in range(2, times + 1):
            for path in kept:
                text = path.read_text("utf-8").replace(f"id: {path.stem}\n", f"id: {path.stem}-{number}\n", 1)
                (folder / f"{path.stem}-{number}.yaml").write_text(text, "utf-8")


def watched(command: list[str], environment: Mapping[str, str]) -> Run:
    """Run a command to its end, looking five times a second at what memory it and its workers hold."""
    started = time.perf_counter()
    process = subprocess.Popen(command, env=dict(environment), stdout=subprocess.DEVNULL)
    peaks = {"parent": 0.0, "worker": 0.0}

    def look() -> None:
        while process.poll() is None:
            try:
                parent = psutil.Process(process.pid)
                peaks["parent"] = max(peaks["parent"], parent.memory_info().rss / MB)
                for child in parent.children(recursive=True):
                    peaks["worker"] = max(peaks["worker"], child.memory_info().rss / MB)
            except psutil.Error:
                pass
            time.sleep(0.2)

    watcher = threading.Thread(target=look)
    watcher.start()
    status = process.wait()
    seconds = time.perf_counter() - started
    watcher.join()
    assert status == 0, f"{command} ended with {status}"
    return Run(seconds, peaks["parent"], peaks["worker"])


def commands(documents: Documents) -> list[float]:
    """Seconds that one WeasyPrint command takes for each of these documents."""
    taken = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for _, rendered in documents:
            (folder / "page.html").write_text(rendered.html, "utf-8")
            sheets = []
            for number, text in enumerate(rendered.stylesheets.values()):
                (folder / f"{number}.css").write_text(text, "utf-8")
                sheets += ["-s", str(folder / f"{number}.css")]
            for asset, data in {**rendered.assets, **rendered.drawings}.items():
                (folder / asset).write_bytes(data)
            command = [WEASYPRINT, *sheets, str(folder / "page.html"), str(folder / "page.pdf")]
            started = time.perf_counter()
            subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
            taken.append(time.perf_counter() - started)
    return taken


def by_kind(documents: Documents) -> list[Documents]:
    """The documents by layout, style and edition."""
    kinds: dict[tuple[str, str, str], Documents] = {}
    for job, rendered in documents:
        kinds.setdefault((job.layout.style, job.layout.name, job.edition), []).append((job, rendered))
    return list(kinds.values())


def catalogue() -> None:
    """The whole sample catalogue, and then builds where little or nothing changed.

    Rounds of commands and builds take turns: machines are now faster, now slower.
    """
    kinds = by_kind([one for rayon in RAYONS for one in rendered_set(rayon)])
    rounds, builds = [], []
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        first = office.build().seconds
        for number in range(ROUNDS):
            rounds.append(commands([kind[number % len(kind)] for kind in kinds]))
            builds.append(office.build(fresh=True).seconds)
        cold = statistics.median(builds)
        again = statistics.median(office.build().seconds for _ in range(5))
        office.change("netwerken/hbo.yaml", "Plaats in mei", "Plaats half mei")
        example = office.build().seconds
        office.change("fasen/werven.yaml", "Ga zelf", "Ga vandaag zelf")
        tip = office.build().seconds
    counts = [len(kind) for kind in kinds]
    naive = sum(count * statistics.median(taken) for count, *taken in zip(counts, *rounds, strict=True))
    print(f"| whole catalogue, {sum(counts)} documents | {cold:.0f} s | |")
    print(f"| the same, the very first build on a machine | {first:.0f} s | |")
    print(f"| one WeasyPrint command per document | {naive:.0f} s | x{naive / cold:.1f}, x{naive / first:.1f} |")
    print(f"| nothing changed | {again:.2f} s | {again / cold:.1%} |")
    print(f"| one network's tip changed | {example:.1f} s | {example / cold:.0%} |")
    print(f"| one tip changed | {tip:.1f} s | {tip / cold:.0%} |")


def another_rayon() -> None:
    """One rayon; one more that differs in its colours and its name, in the same build and in a later one."""
    rounds = []
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        office.add_rayon("lindezoom", "essenpad", "#2B3F7A")
        for _ in range(ROUNDS):
            both = office.build("--rayon", "lindezoom", "--rayon", "essenpad", fresh=True).seconds
            first = office.build("--rayon", "lindezoom", fresh=True).seconds
            later = office.build("--rayon", "essenpad").seconds
            rounds.append((first, both - first, later))
    first, more, later = (statistics.median(times) for times in zip(*rounds, strict=True))
    print(f"| one rayon | {first:.1f} s | |")
    print(f"| one more in the same build, other colours and name | {more:.1f} s more | {more / first:.0%} |")
    print(f"| one more in a build of its own | {later:.1f} s | {later / first:.0%} |")


def curve() -> None:
    """Cards and handouts of one rayon for 1 to 16 times as many networks."""
    once = Run(1)
    for times in (1, 2, 4, 8, 16):
        with tempfile.TemporaryDirectory() as folder:
            office = Office(Path(folder))
            office.multiply_networks(times, kept_networks=3)
            run = office.build("tipkaarten", "handout", "--rayon", "lindezoom", fresh=True)
        once = run if times == 1 else once
        memory = f"parent {run.parent:.0f} MB (x{run.parent / once.parent:.2f}), largest worker {run.worker:.0f} MB"
        print(f"| {times} times the networks | {run.seconds:.1f} s | x{run.seconds / once.seconds:.1f}; {memory} |")


def country() -> None:
    """Seventeen rayons with sixty networks each: everything that a country prints, and the same once more."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        office.multiply_networks(5, kept_networks=12)
        for number, like in enumerate((*RAYONS, *RAYONS[:5]), 1):
            office.add_rayon(like, f"{like}-{number}", f"#{number * 0x152535 % 0x808080:06X}")
        run = office.build()
        time.sleep(SETTLED)
        again = statistics.median(office.build().seconds for _ in range(5))
        office.change("netwerken/hbo.yaml", "Plaats in mei", "Plaats half mei")
        example = office.build().seconds
        files = len([*Path(folder).glob("*/out/*/*.pdf")])
    memory = f"parent {run.parent:.0f} MB, largest worker {run.worker:.0f} MB"
    print(f"| a country, {files} documents | {run.seconds:.0f} s | {memory} |")
    print(f"| nothing changed there | {again:.2f} s | {again / run.seconds:.1%} |")
    print(f"| one network's tip changed there | {example:.1f} s | {example / run.seconds:.1%} |")


def main() -> None:
    """Print the table that docs/performance.md holds."""
    print(f"{os.cpu_count()} cores\n\n| build | time | beside the first |\n| --- | --- | --- |")
    catalogue()
    another_rayon()
    curve()
    country()


if __name__ == "__main__":
    main()
