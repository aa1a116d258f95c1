"""Templates: Jinja2 in a sandbox that reads a style's files alone, with the drawing kit's functions at hand."""

from __future__ import annotations

import contextlib
import difflib
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    FileSystemBytecodeCache,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from platformdirs import user_cache_path

from invulposter.drawing import balloon, flow, oklab, paper, path, shapes, text
from invulposter.drawing.qr import qr
from invulposter.drawing.standin import real
from invulposter.layout import Layout
from invulposter.workspace import lies_in

#: Where the classes come from that are neither Python's internals nor collections that change.
_WITHOUT_INTERNALS = ("invulposter.", "jinja2.")
#: What Jinja says of a name that stands alone.
_ALONE = re.compile(r"'(\w+)' is undefined")


class _StyleLoader(BaseLoader):
    """Gives a layout's templates and its style's shared ones, and nothing that lies elsewhere, by whatever path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        found = self._find(template)
        if found is None:
            raise TemplateNotFound(template)
        path, changed = found
        # What was read lies in the style: while nothing changes, that need not be asked again.
        return path.read_text(encoding="utf-8"), str(path), lambda: next(self._files(template), None) == (path, changed)

    def _find(self, template: str) -> tuple[Path, int] | None:
        """A template's file, the layout's own before the style's, and when it was last changed."""
        inside = (found for found in self._files(template) if lies_in(found[0], self.folder.parent))
        return next(inside, None)

    def _files(self, template: str) -> Iterator[tuple[Path, int]]:
        for base in (self.folder, self.folder.parent):
            path = base / template
            if path.is_file():
                yield path, path.stat().st_mtime_ns


class _Missing(StrictUndefined):
    """What does not exist; says which names do."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint or self._undefined_obj is missing:
            return super()._undefined_message
        return no_such_field(self._undefined_obj, str(self._undefined_name))


def no_such_field(value: object, name: str) -> str:
    """That a value has no field of this name, and which it has; a Dutch key of the content leads to its own field."""
    if value is None:
        return f"there is nothing to read '{name}' from: ask with {{% if %}} first, or see 'for_each' in layout.toml"
    there = fields(value)
    keys = {field.alias: own for own, field in getattr(type(value), "model_fields", {}).items()}
    return f"'{name}' does not exist here{_meant(keys.get(name) or _nearest(name, there), there)}"


def _nearest(name: str, there: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(name, list(there), n=1)), "")


def _meant(near: str, there: Iterable[str]) -> str:
    names = ", ".join(there)
    return (f"; did you mean '{near}'?" if near else "") + (f" (there is: {names})" if names else "")


def fields(value: object) -> tuple[str, ...]:
    """The names that a template may read of a value, sorted: its keys, or what a model of ours holds and tells."""
    if isinstance(value, Mapping):
        return tuple(sorted(map(str, value)))
    kinds = (kind for kind in type(value).__mro__ if kind.__module__.startswith("invulposter."))
    names = {*getattr(value, "__dict__", {}), *(name for kind in kinds for name in vars(kind))}
    return tuple(sorted(name for name in names if not name.startswith(("_", "model_"))))


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's own, quick with what a template asks most: attributes of the content, the kit and Jinja itself.

    Its rules for Python's internals and for collections that change, which take their time, are not about those.
    """

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read an attribute."""
        if type(obj).__module__.startswith(_WITHOUT_INTERNALS):
            return not attr.startswith("_")
        return super().is_safe_attribute(obj, attr, value)


@functools.lru_cache(maxsize=64)
def environment(folder: Path) -> Environment:
    """Where a layout's templates are found and run; `folder` is the layout's own."""
    sandbox = _Sandbox(
        loader=_StyleLoader(folder),
        undefined=_Missing,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.loopcontrols", "jinja2.ext.do"],
        bytecode_cache=_compiled(),
        # Working out constants beforehand takes a seventh of the time to compile, and saves next to nothing.
        optimized=False,
    )
    sandbox.globals.update(_DRAWING_FUNCTIONS)
    sandbox.filters.update(_FILTERS)
    return sandbox


class _Compiled(FileSystemBytecodeCache):
    """Jinja's own, for which a disk that is full or closed is no reason to fail: templates are compiled again."""

    def load_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


@functools.cache
def _compiled() -> BytecodeCache | None:
    """Templates as they were compiled before, in the user's cache folder; None where it can't be written."""
    folder = user_cache_path("invulposter") / "templates"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return _Compiled(str(folder))


_DRAWING_FUNCTIONS: Mapping[str, Any] = {
    "balloon": balloon.balloon,
    "cloud": flow.cloud,
    "cut": path.cut,
    "flow": flow.flow,
    "mix": lambda one, other, share: oklab.mix(real(one), real(other), share),
    "mm": path.mm,
    "paper": paper.paper,
    # For a macro that is imported without its context; elsewhere the kit's own, which remembers what it drew.
    "qr": qr,
    "writing_lines": paper.writing_lines,
    **{
        name: getattr(shapes, name)
        for name in ("arc", "disc", "orthogonal", "pebble", "pie", "ring", "sheet", "strip", "thread", "tick")
    },
    **{function.__name__: function for function in (enumerate, len, max, min, round, sum, zip)},
}
_FILTERS: Mapping[str, Any] = {
    name: getattr(text, name) for name in ("br", "datum", "datum_lang", "kort", "md", "md_inline", "orphan")
}


def template_message(layout: Layout, error: TemplateError, names: Iterable[str] = ()) -> str:
    """What is wrong with a template, after its file and line; `names` are those that it was given."""
    if isinstance(error, TemplateSyntaxError):
        file = Path(error.filename or error.name or "")
        return f"{layout.style}/{file.parent.name or layout.name}/{file.name}:{error.lineno}: {error.message}"
    return f"{template_place(layout, error)}: {_reason(layout, error, names)}"


def _reason(layout: Layout, error: TemplateError, names: Iterable[str]) -> str:
    if isinstance(error, SecurityError):
        return f"not allowed in a template: {error}"
    if isinstance(error, TemplateNotFound):
        return _no_template(str(error.name), _templates(layout.folder))
    if alone := _ALONE.fullmatch(str(error)):
        near = _nearest(alone[1], (*names, *_DRAWING_FUNCTIONS))
        meant = f"did you mean '{near}'?" if near else "layouts/LEESMIJ.md tells what there is"
        return f"'{alone[1]}' does not exist here; {meant}"
    return str(error)


def _no_template(name: str, there: list[str]) -> str:
    """That there is no such template; most often its folder or the end of its name was left out."""
    stems = {_stem(path): path for path in there}
    near = stems.get(_nearest(_stem(name), stems), "")
    return f"there is no template '{name}'{_meant(near, there)}"


def _stem(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]


def _templates(folder: Path) -> list[str]:
    """The templates that a layout can name: its own and its style's shared ones."""
    places = ((folder, folder), (folder.parent / "_shared", folder.parent))
    return sorted(path.relative_to(base).as_posix() for place, base in places for path in place.rglob("*.j2"))


def template_place(layout: Layout, error: Exception | None = None) -> str:
    """The innermost line of a template in the traceback of an error; without an error the layout's own template."""
    place = f"{layout.style}/{layout.name}/page.html.j2"
    trace = error.__traceback__ if error else None
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.suffix == ".j2":
            place = f"{layout.style}/{file.parent.name}/{file.name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def place_of(layout: Layout, sign: str) -> str:
    """The first line that has `sign` in a layout's templates or its style's shared ones; else its page, by name."""
    page = layout.folder / "page.html.j2"
    folders = (layout.folder, layout.folder.parent / "_shared")
    others = (file for folder in folders for file in sorted(folder.glob("*.j2")) if file != page)
    for file in (page, *others):
        if not lies_in(file, layout.folder.parent):
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if sign.casefold() in line.casefold():
                return f"{layout.style}/{file.parent.name}/{file.name}:{number}"
    return f"{layout.style}/{layout.name}/{page.name}"
