"""A studio as the command opens it, on a workspace of one's own."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from invulposter.cache import Cache
from invulposter.studio.app import application
from invulposter.studio.guard import Limits
from invulposter.studio.server import gate_of
from invulposter.studio.state import Studio, open_studio
from invulposter.web import bind
from invulposter.workspace import built_in, find_workspace
from tests.browsing import browser, page

__all__ = ["Served", "browser", "opened", "page", "served", "sheet"]

#: Small enough to reach in a test.
LIMITS = Limits(body=400_000, seconds=0.8, pause=0.25)


@dataclass(frozen=True)
class Opened:
    """The workspace behind a studio, its address with the key, and without: `http://127.0.0.1:8123`."""

    folder: Path
    address: str

    @property
    def origin(self) -> str:
        return self.address.partition("/?")[0]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """A studio with nothing made yet, open until the module's tests are done."""
    folder = tmp_path_factory.mktemp("kantoor")
    shutil.copytree(built_in() / "content", folder / "content")
    command = [sys.executable, "-m", "invulposter", "studio", "--no-browser", "-w", str(folder)]
    # What can be undone is remembered in the user's own folder for such things.
    own = os.environ | {"XDG_STATE_HOME": str(tmp_path_factory.mktemp("state"))}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=own) as server:
        assert server.stdout
        yield Opened(folder, server.stdout.readline().split()[0])
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 0


@dataclass(frozen=True)
class Served:
    """A studio in this process, with small limits: what it holds can be looked at while it is asked things."""

    studio: Studio
    folder: Path
    port: int

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def origin(self) -> str:
        return f"http://{self.host}"

    @property
    def cookie(self) -> str:
        return f"{self.studio.gate.cookie}={self.studio.gate.token}"

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> HTTPResponse:
        """Ask as our own page does, but for the `headers` given (`_` for `-`); the whole answer has been read."""
        own = {"Host": self.host, "Cookie": self.cookie, "Origin": self.origin}
        asked = own | {name.replace("_", "-"): value for name, value in headers.items()}
        connection = HTTPConnection(self.host, timeout=10)
        connection.request(method, path, body, {name: value for name, value in asked.items() if value})
        answer = connection.getresponse()
        answer.text = answer.read().decode("utf-8", "replace")  # type: ignore[attr-defined]
        connection.close()
        return answer


@contextlib.contextmanager
def serving(folder: Path, password: str = "") -> Iterator[Served]:
    """A studio in a thread of this process, on a workspace in `folder`."""
    listening = bind(0)
    port = listening.getsockname()[1]
    gate = replace(gate_of(port), limits=LIMITS, password=password)
    studio = open_studio(find_workspace(folder), gate, Cache(folder / "cache"), 1)
    config = uvicorn.Config(application(studio), log_level="critical", ws="none", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield Served(studio, folder, port)
    server.should_exit = True
    thread.join(timeout=10)
    listening.close()
    assert not thread.is_alive()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("kantoor")
    shutil.copytree(built_in() / "content", folder / "content")
    with serving(folder) as made:
        yield made


@pytest.fixture
def sheet(browser: Browser, opened: Opened) -> Iterator[Page]:
    """A page in the studio, for what is refused too: of that the browser's own console says something as well."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.set_default_timeout(20_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(opened.address)
    yield page
    context.close()
    assert wrong == []
