"""Who may enter, judged on the running application."""

import dataclasses
import re

import pytest

from invulposter.studio.app import PLACES
from invulposter.studio.guard import KEY, Gate
from invulposter.studio.server import gate_of
from tests.studio.conftest import Served


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": ""}, 200),
        ({"Cookie": ""}, 403),
        ({"Cookie": "studio-0=niets"}, 403),
        ({"Host": "kwaad.example"}, 400),
        ({"Host": "kwaad.example:80"}, 400),
        ({"Host": "127.0.0.1"}, 400),
        ({"Sec_Fetch_Site": "same-origin", "Sec_Fetch_Mode": "cors"}, 200),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}, 200),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"}, 403),
        ({"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "no-cors"}, 403),
    ],
)
def test_a_page_is_shown_to_who_has_the_key(served: Served, headers: dict[str, str], status: int) -> None:
    assert served.ask("/maken", **headers).status == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Origin": ""}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://kwaad.example"}, 403),
        ({"Origin": "http://127.0.0.1"}, 403),
    ],
)
def test_a_form_needs_our_origin_and_its_token(served: Served, headers: dict[str, str], status: int) -> None:
    form = b"csrf=" + (served.studio.gate.csrf.encode() if headers else b"verkeerd")
    kind = {"Content_Type": "application/x-www-form-urlencoded"}
    assert served.ask("/maken/zip", "POST", form, **kind, **headers).status == status


def test_a_form_with_its_token_is_taken(served: Served) -> None:
    form = f"csrf={served.studio.gate.csrf}".encode()
    answer = served.ask("/maken/zip", "POST", form, Content_Type="application/x-www-form-urlencoded")
    assert answer.status == 200
    assert answer.getheader("Content-Type") == "application/zip"


def test_every_form_goes_through_the_same_check(served: Served) -> None:
    app_routes = [route for place in PLACES for route in place.routes(served.studio)]
    posted = [route for route in app_routes if "POST" in (getattr(route, "methods", None) or ())]
    assert posted
    for route in posted:
        path = re.sub(r"\{[^}]*\}", "x", getattr(route, "path", ""))
        answer = served.ask(path, "POST", b"csrf=verkeerd", Content_Type="application/x-www-form-urlencoded")
        assert answer.status == 403, path


def test_the_key_in_the_address_becomes_a_cookie_and_leaves_the_address(served: Served) -> None:
    answer = served.ask(f"/maken?rayon=duinrand&{KEY}={served.studio.gate.token}", Cookie="")
    assert answer.status == 303
    assert answer.getheader("Location") == "/maken?rayon=duinrand"
    cookie = answer.getheader("Set-Cookie") or ""
    assert served.cookie in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


@pytest.mark.parametrize("path", ["//kwaad.example/", "/%2F%2Fkwaad.example/"])
def test_the_key_never_leads_to_another_server(served: Served, path: str) -> None:
    answer = served.ask(f"{path}?{KEY}={served.studio.gate.token}", Cookie="")
    assert not (answer.getheader("Location") or "/").startswith("//")


def test_every_answer_says_what_a_browser_may_load(served: Served) -> None:
    for path, cookie in (("/maken", served.cookie), ("/maken", ""), ("/er-is-niets", served.cookie)):
        answer = served.ask(path, Cookie=cookie)
        policy = answer.getheader("Content-Security-Policy") or ""
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer.getheader("X-Content-Type-Options") == "nosniff"
        assert answer.getheader("Cache-Control") == "no-store"


def test_pages_have_nothing_inline_and_no_path_of_this_machine(served: Served) -> None:
    for path in ("/maken?product=handout", "/oogsten", "/er-is-niets", "/taak/x"):
        text = served.ask(path).text  # type: ignore[attr-defined]
        assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", text), path
        assert str(served.folder) not in text
        assert "Traceback" not in text


def test_a_public_studio_asks_for_its_password() -> None:
    gate = gate_of(8000, "https://studio.example", "correct paard")
    assert gate.hosts == {"studio.example"}
    assert gate.origins == {"https://studio.example"}
    assert gate.right_password("correct paard")
    assert not gate.right_password("")
    assert not dataclasses.replace(gate, password="").right_password("")


def test_two_studios_have_cookies_of_their_own() -> None:
    one, other = gate_of(8000), gate_of(8000)
    assert one.cookie != other.cookie
    assert not one.admits(other.token)
    assert one.token not in Gate.csrf.fget(one)  # type: ignore[attr-defined]
