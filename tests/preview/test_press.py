"""The warm process behind a preview."""

import asyncio
from pathlib import Path

from invulposter.preview.press import ProofPress
from invulposter.preview.view import View
from invulposter.scaffold import new_style
from invulposter.workspace import find_workspace, read_library
from tests.conftest import edit


def test_a_template_in_a_circle_is_stopped(own: Path) -> None:
    workspace = find_workspace(own)
    new_style(workspace, read_library(workspace), "krijt")
    circle = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    edit(own / "layouts/krijt/voorbeeld/page.html.j2", "{% call drawing() %}", circle + "{% call drawing() %}")

    async def ask() -> tuple[str, ...]:
        press = ProofPress(find_workspace(own), own, seconds=3)
        try:
            return (await press.proof(View(layout="krijt/voorbeeld"))).errors
        finally:
            press.close()

    (message,) = asyncio.run(ask())
    assert message.startswith("Niet klaar na 3 seconden")
