"""The warm process behind a preview."""

import asyncio
from pathlib import Path

from invulposter.library import read_library
from invulposter.preview.proof import Proof
from invulposter.preview.proofpress import ProofPress
from invulposter.preview.view import View
from invulposter.scaffold import new_style
from invulposter.workspace import find_workspace
from tests.conftest import edit


def test_a_template_in_a_circle_is_stopped(own: Path) -> None:
    workspace = find_workspace(own)
    new_style(workspace, read_library(workspace), "krijt")
    circle = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    edit(own / "layouts/krijt/voorbeeld/page.html.j2", "{% call drawing() %}", circle + "{% call drawing() %}")

    async def ask() -> tuple[str, ...]:
        press = ProofPress(find_workspace(own), own, seconds=3)
        try:
            async for made in press.proofs(View(layout="krijt/voorbeeld")):
                return made.errors
            return ()
        finally:
            press.close()

    (message,) = asyncio.run(ask())
    assert message.startswith("Niet klaar na 3 seconden")


def test_of_a_long_document_the_first_pages_come_first(own: Path) -> None:
    library = read_library(find_workspace(own))
    style, name = next(key for key, layout in library.layouts.items() if layout.facts.duplex)

    async def ask() -> list[Proof]:
        press = ProofPress(find_workspace(own), own)
        try:
            return [made async for made in press.proofs(View(layout=f"{style}/{name}"))]
        finally:
            press.close()

    first, whole = asyncio.run(ask())
    assert (first.errors, whole.errors) == ((), ())
    assert first.pages < first.total == whole.total == whole.pages
    assert first.findings == whole.findings
