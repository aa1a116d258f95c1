"""`python -m tests.bench.bench_preview LAYOUT...`: from saving a file to seeing the page, in a real browser.

The clock starts before the file is written and stops when the browser has the picture of the first new page. Beside it
stands what reading, rendering and typesetting took, as the preview reports it.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from invulposter.workspace import built_in
from tests.browsing import ARGUMENTS

ROUNDS = 7
_SHOWN = """key => { const pages = document.querySelector("#pages");
  const image = pages.querySelector(".page img:only-of-type");
  return pages.dataset.key !== key && image && image.complete && image.naturalWidth > 0; }"""


def seconds_to_see(page: Page, file: Path) -> float:
    """Save a change of the first colour in `file` and wait for the page that shows it."""
    key = page.locator("#pages").get_attribute("data-key")
    text = file.read_text(encoding="utf-8")
    started = time.perf_counter()
    file.write_text(text.replace("#2D3182", "#2D3183") if "#2D3182" in text else text.replace("#2D3183", "#2D3182"))
    page.wait_for_function(_SHOWN, arg=key, polling=10, timeout=60_000)
    return time.perf_counter() - started


def measured(page: Page, address: str, layout: str, file: Path) -> Iterator[tuple[float, float]]:
    """For each round the seconds until the page is seen, and those of reading, rendering and typesetting."""
    page.goto(f"{address}?layout={layout}")
    page.wait_for_function(_SHOWN, arg="", polling=10, timeout=120_000)
    for _ in range(ROUNDS):
        seen = seconds_to_see(page, file)
        status = page.locator("#status").inner_text()
        yield seen, float(status.split(" in ")[1].split(" ")[0].replace(",", "."))
        page.wait_for_function("() => !document.querySelector('#status').innerText.includes(' van ')", timeout=60_000)


def main(*layouts: str) -> None:
    """Print a line for each layout."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(built_in() / "content", Path(folder) / "content")
        file = next(path for path in sorted(Path(folder).rglob("rayon.yaml")))
        text = file.read_text(encoding="utf-8")
        lines = ['  primair: "#2D3182"' if "primair:" in line else line for line in text.splitlines()]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "invulposter", "preview", "--no-browser", "-w", folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server, sync_playwright() as playwright:
            assert server.stdout
            address = server.stdout.readline().split()[0]
            chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
            page = chromium.new_page(viewport={"width": 1280, "height": 900})
            for layout in layouts:
                rounds = list(measured(page, address, layout, file))
                seen, made = (statistics.median(column) for column in zip(*rounds, strict=True))
                print(f"{layout}: seen {seen:.2f} s after saving, made in {made:.1f} s (median of {ROUNDS})")
            chromium.close()
            server.terminate()


if __name__ == "__main__":
    main(*sys.argv[1:])
