"""The picture in docs/architecture.md, held against the code: imports go one way, along the line."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import invulposter
from invulposter.library import Library
from invulposter.schema import MODELS

SOURCE = Path(invulposter.__file__).parent

#: What may not import what comes after it. Modules that are not named here are found by their package.
LINE = (
    ("findings", "errors", "geometry", "paper", "edition", "workspace", "drawing", "words", "write", "cache"),
    ("yamlsource", "content", "rayon", "layout", "references", "intake", "harvest", "printlist"),
    ("library", "schema", "printers", "printshop", "request"),
    ("plan",),
    ("kit", "render"),
    ("fetcher", "laidout", "layoutcheck", "typeset"),
    ("finish",),
    ("preflight", "pictures", "prefill", "copies", "collect"),
    ("inputs", "product", "report", "gallery", "untouched"),
    ("build",),
    ("web",),
    ("preview", "verify", "workshop", "editing"),
    ("studio",),
    ("cli",),
)
PLACE = {name: number for number, names in enumerate(LINE) for name in names}
MODULES = sorted(SOURCE.rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """The project's own modules that a module imports, by the first name below the package."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = (
                [f"{node.module}.{alias.name}" for alias in node.names]
                if node.module == "invulposter"
                else [node.module]
            )
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "invulposter" and len(parts) > 1:
                yield parts[1]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_imports_go_one_way(path: Path) -> None:
    own = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    if own not in PLACE:
        return
    backwards = {name for name in imports(path) if PLACE.get(name, 0) > PLACE[own]}
    assert not backwards, f"{own} imports {backwards}, which come later on the line"


def test_one_module_imports_the_typesetter() -> None:
    importers = {
        path.stem for path in MODULES if re.search(r"^\s*(import|from) weasyprint", path.read_text("utf-8"), re.M)
    }
    assert importers <= {"typesetter", "fetcher"}


def test_no_layout_or_style_is_named_in_the_code(library: Library) -> None:
    # Some layouts are called after what they show: that word may name the content.
    names = {name for key in library.layouts for name in key} - set(MODELS)
    for path in MODULES:
        strings = {
            node.value
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        # Also as a part of a path or an address.
        assert not names & {part for string in strings for part in re.split(r"[/?=&]", string)}, path
    for path in (path for path in (SOURCE / "templates").rglob("*") if path.is_file()):
        quoted = re.findall(r"""["'/]([\w-]+)["'/]""", path.read_text(encoding="utf-8"))
        assert not names & set(quoted), path


def test_functions_and_modules_keep_to_their_sizes() -> None:
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 400, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                assert node.end_lineno - node.lineno < 60, f"{path}:{node.name}"
