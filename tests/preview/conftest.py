"""A preview as the command serves it, a browser to look at it, and a workspace of one's own behind it."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from invulposter.scaffold import FIRST_LAYOUT, new_style
from invulposter.workspace import built_in, find_workspace, read_library

#: What keeps a browser in a test to itself: no sandbox inside a container, nothing sent to anybody.
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@dataclass(frozen=True)
class Served:
    """The workspace that is shown and the address of its preview."""

    folder: Path
    address: str
    layout: Path


# Playwright runs an event loop of its own: other modules' tests may need theirs.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium, "the tests need Debian's chromium: run scripts/setup-system.sh"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workspace with a style of its own, served until the tests are done."""
    folder = tmp_path_factory.mktemp("kantoor")
    shutil.copytree(built_in() / "content", folder / "content")
    workspace = find_workspace(folder)
    new_style(workspace, read_library(workspace), "krijt")
    command = [sys.executable, "-m", "invulposter", "preview", "--no-browser", "-w", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        address = server.stdout.readline().split()[0]
        yield Served(folder, address, folder / "layouts/krijt" / FIRST_LAYOUT)
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 0


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test where the browser had something to say."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    assert said == []
