"""`python -m tests.bench.bench_studio LAYOUT...`: how soon the studio shows a page in a browser, and what it keeps.

The clock starts when a product is ticked and stops when the browser has drawn a picture of its first page. Beside it
stands what typesetting and making took in the worker. Then 500 previews, with the memory before and after.
"""

import contextlib
import itertools
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Page, sync_playwright

from invulposter.layout import Layout
from invulposter.library import read_library
from invulposter.workspace import built_in, find_workspace
from tests.browsing import ARGUMENTS

ROUNDS = 5
PREVIEWS = 500
_SHOWN = """() => { const image = document.querySelector("#made img");
  return image && image.complete && image.naturalWidth > 0; }"""
_FINISHED = "() => document.querySelector('#made .ended')"
_TICK = 'product => document.querySelector(`[name=product][value="${product}"]`).click()'


@contextlib.contextmanager
def studio(folder: str) -> Iterator[tuple[str, int]]:
    """A studio with nothing in its cache: its address and the id of its process."""
    shutil.copytree(built_in() / "content", Path(folder) / "content")
    command = [sys.executable, "-m", "invulposter", "studio", "--no-browser", "-w", folder]
    environment = {**os.environ, "XDG_CACHE_HOME": f"{folder}/cache"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stdout
        yield server.stdout.readline().split()[0], server.pid
        server.terminate()


def first_sight(page: Page, origin: str, layout: Layout, **query: str) -> tuple[float, float, float]:
    """Seconds until the first page is seen; of the typesetting and of the making that it took."""
    page.goto(f"{origin}/maken?{urlencode(query)}")
    started = time.perf_counter()
    page.evaluate(_TICK, layout.name)
    page.wait_for_function(_SHOWN, polling=5, timeout=60_000)
    seen = time.perf_counter() - started
    page.wait_for_function(_FINISHED, timeout=60_000)
    facts = page.locator("#made .ended").first.evaluate("card => ({ ...card.dataset })")
    return seen, float(facts["typesetting"]), float(facts["seconds"])


def sights(page: Page, origin: str, names: Sequence[str]) -> None:
    """Medians for each of these layouts, made for the first time and then again."""
    library = read_library(find_workspace(built_in()))
    rayons = list(library.rayons)
    networks = list(library.networks)
    warm = next(layout for layout in library.layouts.values() if layout.from_content)
    first_sight(page, origin, warm, rayon=next(key for key in rayons if library.rayons[key].style == warm.style))
    for name, edition in itertools.product(names, ("office", "screen")):
        fresh, again = [], []
        for round_ in range(ROUNDS):
            rayon, network = rayons[round_ % len(rayons)], networks[round_ % len(networks)]
            layout = library.layouts.get((library.rayons[rayon].style, name))
            if layout is None or not layout.from_content:
                continue
            query = {"rayon": rayon, "uitgave": edition}
            if layout.subject_kind == "network":
                query["netwerk"] = network
            fresh.append(first_sight(page, origin, layout, **query))
            again.append(first_sight(page, origin, layout, **query))
        if fresh:
            seen, typesetting, making = (statistics.median(column) for column in zip(*fresh, strict=True))
            cached = statistics.median(seen for seen, _, _ in again)
            print(
                f"{name}, {edition}: first page seen in {seen:.2f} s (typesetting {typesetting:.2f} s,"
                f" whole file {making:.2f} s); {cached:.2f} s when made before (median of {len(fresh)})"
            )


def resident(process: int) -> int:
    """Bytes in memory of a process and all that descend from it."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(") ")[2].split()
            parents[int(path.parent.name)] = (int(fields[1]), int(fields[21]) * os.sysconf("SC_PAGE_SIZE"))
    family = {process}
    while more := {child for child, (parent, _) in parents.items() if parent in family} - family:
        family |= more
    return sum(parents[one][1] for one in family if one in parents)


def memory(origin: str, address: str, process: int) -> None:
    """Preview PREVIEWS products, half of them for the first time, and print what was in memory before and after."""
    connection = HTTPConnection(urlsplit(origin).netloc)
    connection.request("GET", urlsplit(address)._replace(scheme="", netloc="").geturl())
    answer = connection.getresponse()
    answer.read()
    cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    library = read_library(find_workspace(built_in()))
    kinds = {name for (_, name), layout in library.layouts.items() if layout.subject_kind == "network"}
    every = itertools.product(library.rayons, sorted(kinds), library.networks, ("office", "screen", "press"))
    chosen = list(itertools.islice(every, PREVIEWS // 2))
    started, before = time.perf_counter(), 0
    for number, (rayon, name, network, edition) in enumerate((*chosen, *chosen)):
        if number == PREVIEWS // 10:
            before = resident(process)
        query = urlencode({"rayon": rayon, "product": name, "netwerk": network, "uitgave": edition})
        connection.request("GET", f"/maken/stroom?{query}", headers={"Cookie": cookie})
        assert b"event: end" in connection.getresponse().read()
    after, seconds = resident(process), time.perf_counter() - started
    print(
        f"{2 * len(chosen)} previews in {seconds:.0f} s: {before / 1e6:.0f} MB in memory after the first tenth,"
        f" {after / 1e6:.0f} MB at the end, x{after / before:.2f}"
    )


def main(*names: str) -> None:
    """Print the figures, of these layouts."""
    with (
        tempfile.TemporaryDirectory() as folder,
        studio(folder) as (address, process),
        sync_playwright() as playwright,
    ):
        origin = address.partition("/?")[0]
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address)
        sights(page, origin, names)
        chromium.close()
        memory(origin, address, process)


if __name__ == "__main__":
    main(*sys.argv[1:])
