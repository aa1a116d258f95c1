"""`invulposter new` says how to see what it wrote."""

from pathlib import Path

from click.testing import CliRunner

from invulposter.cli import main
from invulposter.library import read_library
from invulposter.plan import plan
from invulposter.request import Request
from invulposter.workspace import find_workspace


def test_a_new_style_tells_how_it_is_built(own: Path) -> None:
    told = CliRunner().invoke(main, ["new", "style", "krijt", "-w", str(own)], catch_exceptions=False).stdout
    assert "  invulposter build voorbeeld --style krijt\n" in told
    assert "'stijl: krijt'" in told
    assert plan(read_library(find_workspace(own)), Request(layouts=("voorbeeld",), style="krijt"))
