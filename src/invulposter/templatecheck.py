"""Templates that Jinja can't read, found without running any of them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from invulposter.findings import Finding, Place
from invulposter.templating import environment
from invulposter.workspace import lies_in


def check_templates(root: Path) -> Iterator[Finding]:
    """What is wrong in the templates (.j2) of the layouts in a workspace's own folder, each named from `root`."""
    for style in sorted((root / "layouts").glob("*")):
        for path in sorted(path for path in style.rglob("*.j2") if path.is_file()):
            for line, message in _mistakes(path, style):
                yield Finding(Place(path.relative_to(root).as_posix(), line), "template", message)


def _mistakes(path: Path, style: Path) -> Iterator[tuple[int, str]]:
    """The lines of a template that can't be used, and why."""
    if not lies_in(path, style):
        yield 1, f"{path.name} is a link to outside its style; copy the file here instead"
        return
    try:
        source = path.read_text(encoding="utf-8")
        yield from _unreadable(environment(style), source, _name(path, style), str(path))
    except UnicodeDecodeError as error:
        yield 1, f"the file is not UTF-8 text (byte {error.start}); save it as UTF-8"
    except OSError as error:
        yield 1, f"{path.name} can't be read: {error.strerror}"
    except TemplateSyntaxError as error:
        yield error.lineno, str(error.message)
    except RecursionError:
        yield 1, "this is nested too deeply; make it simpler"


def _name(path: Path, style: Path) -> str:
    """What templates call it: one of a layout by its place in the layout's folder, any other by that in the style's."""
    inside = path.relative_to(style)
    folder, *rest = inside.parts
    return "/".join(rest) if rest and not folder.startswith("_") else inside.as_posix()


def _unreadable(templates: Environment, source: str, name: str, path: str) -> Iterator[tuple[int, str]]:
    """What Jinja would find in a template when it compiles it, by its line. Raises TemplateSyntaxError.

    Parsing takes ten milliseconds, compiling four times as long: what only that would tell is looked for here. What
    was compiled before, for a build, is right.
    """
    cache = templates.bytecode_cache
    if cache and cache.get_bucket(templates, name, path, source).code is not None:
        return
    parsed = templates.parse(source, name, path)
    for kind, known, used in (
        ("filter", templates.filters, parsed.find_all(nodes.Filter)),
        ("test", templates.tests, parsed.find_all(nodes.Test)),
    ):
        for node in used:
            if node.name not in known:
                near = difflib.get_close_matches(node.name, known, n=1)
                advice = f"; did you mean '{near[0]}'?" if near else ""
                yield node.lineno, f"there is no {kind} '{node.name}'{advice}"
