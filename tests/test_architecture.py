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

#: Every module and package, each after all that it imports. A line here is a step, or what stands around the steps.
LINE = (
    ("__init__", "edition", "geometry", "findings", "workspace", "errors", "paper", "words", "write", "cache"),
    ("naming", "pdfbytes", "drawing"),
    (
        "patterns",
        "yamlsource",
        "cautions",
        "content",
        "rayon",
        "layout",
        "references",
        "schema",
        "intake",
        "harvest",
        "printlist",
        "library",
    ),
    ("printers", "printshop", "request", "plan"),
    ("called", "codecheck", "kit", "templating", "templatecheck", "controls", "bind", "compact", "render", "pages"),
    (
        "halves",
        "codes",
        "overlay",
        "useragent",
        "fetcher",
        "logged",
        "laidout",
        "layoutcheck",
        "fieldcheck",
        "readaloud",
        "typesetter",
        "kept",
        "typeset",
    ),
    ("finish",),
    ("preflight", "pictures"),
    ("prefill", "copies", "collect", "orders"),
    ("report", "product", "gallery", "inputs", "untouched", "shop"),
    ("build", "warm", "workers", "cluster", "batch"),
    ("listing", "doctor", "scaffold", "verify", "web"),
    ("preview", "workshop", "editing", "studio", "cli", "__main__"),
)
PLACE = {name: number for number, name in enumerate(name for names in LINE for name in names)}
MODULES = sorted(SOURCE.rglob("*.py"))


def own_name(path: Path) -> str:
    """The first name below the package that a module is found by."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


NAMES = {own_name(path) for path in MODULES}


def imports(path: Path) -> Iterator[str]:
    """The project's own modules that a module imports, by the first name below the package.

    Also those imported in a function, or for types alone: who reads a module has to know what its types are.
    """
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: name the module from the package on"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            package, _, below = name.partition(".")
            if package == "invulposter":
                first = below.partition(".")[0]
                # What is no module stands in the package's own.
                yield first if first in NAMES else "__init__"


def test_every_module_has_a_place() -> None:
    assert PLACE.keys() == NAMES
    assert len(PLACE) == sum(map(len, LINE))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_imports_go_one_way(path: Path) -> None:
    own = own_name(path)
    backwards = {name for name in imports(path) if PLACE[name] > PLACE[own]}
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
