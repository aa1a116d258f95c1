"""A studio that others can reach: only with a password, and only behind a proxy that it explains."""

import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from invulposter.cli import main
from invulposter.studio.server import gate_of
from invulposter.workspace import built_in
from tests.studio.axe import violations
from tests.studio.conftest import serving

PASSWORD = "een lang genoeg wachtwoord"
PUBLIC = "https://studio.example"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--host", "0.0.0.0"), "give a --password of at least 10 characters"),
        (("--host", "0.0.0.0", "--password", "kort"), "give a --password of at least 10 characters"),
        (("--host", "0.0.0.0", "--password", PASSWORD), "goes with --public"),
        (("--host", "0.0.0.0", "--password", PASSWORD, "--public", "http://studio.example"), "goes with --public"),
        (("--host", "0.0.0.0", "--password", PASSWORD, "--public", f"{PUBLIC}/pad"), "goes with --public"),
        (("--public", PUBLIC), "it goes with --host"),
    ],
)
def test_what_is_not_safe_is_refused(arguments: tuple[str, ...], sentence: str) -> None:
    result = CliRunner().invoke(main, ["studio", "--no-browser", *arguments])
    assert result.exit_code == 2
    assert sentence in result.output


@pytest.mark.long
def test_the_command_says_what_a_proxy_must_do(tmp_path: Path) -> None:
    shutil.copytree(built_in() / "content", tmp_path / "content")
    command = [sys.executable, "-m", "invulposter", "studio", "-w", tmp_path, "--host", "127.0.0.1",
               "--password", PASSWORD, "--public", PUBLIC]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        said = "".join(server.stdout.readline() for _ in range(7))
        server.terminate()
    assert f"https to {PUBLIC}" in said
    assert "sleutel=" not in said
    assert PASSWORD not in said


def test_only_the_password_opens(tmp_path: Path) -> None:
    shutil.copytree(built_in() / "content", tmp_path / "content")
    with serving(tmp_path, PASSWORD) as served:
        key = urlencode({"sleutel": served.studio.gate.token})
        answer = served.ask(f"/maken?{key}", Cookie="")
        assert (answer.status, answer.getheader("Location")) == (303, "/aanmelden")
        wrong = urlencode({"wachtwoord": "iets anders"}).encode()
        form = {"Content_Type": "application/x-www-form-urlencoded", "Cookie": ""}
        answer = served.ask("/aanmelden", "POST", wrong, **form)
        assert answer.status == 403
        assert answer.getheader("Set-Cookie") is None
        assert served.ask("/aanmelden", "POST", wrong, Origin="https://kwaad.example", **form).status == 403


@pytest.mark.long
def test_signing_in_leads_to_the_first_place(page: Page, tmp_path: Path) -> None:
    shutil.copytree(built_in() / "content", tmp_path / "content")
    with serving(tmp_path, PASSWORD) as served:
        page.goto(f"{served.origin}/maken")
        expect(page).to_have_url(f"{served.origin}/aanmelden")
        assert violations(page) == []
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("button", name="Naar binnen").click()
        expect(page.get_by_role("heading", name="Wat wil je maken?")).to_be_visible()
        # The page follows the server's events: it is left before the server ends.
        page.goto("about:blank")


def test_behind_https_the_cookie_stays_there() -> None:
    from starlette.responses import Response

    for gate, secure in ((gate_of(8000), False), (gate_of(8000, PUBLIC, PASSWORD), True)):
        cookie = gate.let_in(Response()).headers["set-cookie"]
        assert ("Secure" in cookie) == secure
