"""From a job to HTML: Jinja2 in a sandbox, with the content, the palette and the drawing kit at hand."""

from __future__ import annotations

import functools
import html
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
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
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import escape
from platformdirs import user_cache_path

from invulposter.cache import key_of
from invulposter.content import Phase, Question, Tip
from invulposter.drawing import balloon, flow, oklab, paper, path, shapes, text
from invulposter.drawing import palette as palettes
from invulposter.drawing.concept import concept
from invulposter.drawing.qr import qr
from invulposter.drawing.standin import bindings, real, stand_ins
from invulposter.drawing.type import Typecase
from invulposter.errors import TypesetError
from invulposter.kit import OWN, FieldSpec, Kit
from invulposter.layout import Edition, Layout
from invulposter.plan import Job
from invulposter.rayon import Rayon
from invulposter.words import words
from invulposter.workspace import Library

#: Tags that may stand inside a word, and all others, which end one.
_INSIDE_WORDS = re.compile(r"</?(?:b|i|em|strong|small|sup|sub)\b[^>]*>")
_BETWEEN = re.compile(r"<[^>]*>")
#: Stands in the page while its hash, the edition code, is not known yet; as wide as the code.
_CODE_PLACEHOLDER = "0000000"

#: Where each page begins.
_PAGE = re.compile(r'<section\b[^>]*\bclass="page\b')

#: A drawing over every page: outlines, so that no check takes it for text.
_DRAFT = f"<style>.page::after{{content:'';position:absolute;left:0;top:0;width:100%;height:100%;{concept()}}}</style>"


#: Where the classes come from that are neither Python's internals nor collections that change.
_WITHOUT_INTERNALS = ("invulposter.", "jinja2.")
#: What Jinja passes along with each call inside a loop or a block, for functions that ask for the context.
_JINJA_PASSES = frozenset(("_loop_vars", "_block_vars"))

#: With bleed, drawings are not cut off at the trim; outside the bleed the page itself ends.
_RUNNING_PAST = ".page{overflow:visible}"


@dataclass(frozen=True)
class Rendered:
    """A document ready for typesetting: HTML, its style sheets, and the fields that were declared in it.

    `code` is its edition code and `page_codes` those of its pages; `origins` tells where in the content a text stands,
    so that a finding can name it. `colours` are what the stand-ins in it are bound to; `own` are the texts, as in HTML,
    by which an element is known to show something of the rayon (none where the pages have to stay whole).
    """

    html: str
    stylesheets: tuple[str, ...]
    assets: Mapping[str, bytes]
    fields: tuple[FieldSpec, ...]
    code: str
    page_codes: tuple[str, ...]
    origins: Mapping[str, str]
    colours: Mapping[str, str]
    own: tuple[str, ...]

    def opening(self, pages: int) -> Rendered:
        """The same document, ended after its first `pages`; itself where there are no more."""
        starts = [page.start() for page in _PAGE.finditer(self.html)]
        if len(starts) <= pages:
            return self
        return replace(self, html=f"{self.html[: starts[pages]]}</body></html>")

    @functools.cached_property
    def words(self) -> Counter[str]:
        """The words that have to come out on the pages."""
        text = _BETWEEN.sub(" ", _INSIDE_WORDS.sub("", self.html.partition("<body>")[2]))
        return words(html.unescape(text))


@dataclass(frozen=True)
class TipInPhase:
    """A tip with the phase it belongs to and its number there (from 1)."""

    tip: Tip
    phase: Phase
    number: int


@dataclass(frozen=True)
class QuestionInPhase:
    """A question with the phase it belongs to and its number there (from 1)."""

    question: Question
    phase: Phase
    number: int


@dataclass(frozen=True)
class Page:
    """The trim size and bleed in mm that a template draws for."""

    width: float
    height: float
    bleed: float


def render(job: Job, library: Library, typecase: Typecase, draft: bool = False) -> Rendered:
    """Render one job; a draft says CONCEPT across every page.

    Raises TypesetError with the template's file and line where the template is wrong.
    """
    palette = palettes.derive(job.rayon.colours.primary, job.rayon.colours.accent)
    named = stand_ins(palette)
    kit = Kit(
        size=job.layout.size,
        palette=named,
        typecase=typecase,
        logo_data_uri=library.logos[job.rayon.id],
        website=job.rayon.website,
        fillable=job.fillable,
        bleed=job.bleed,
    )
    environment = _environment(job.layout.folder)
    try:
        template = environment.get_template("page.html.j2")
        body = template.render(_context(job, library, kit))
    except TemplateError as error:
        raise TypesetError(_template_message(job.layout, error)) from error
    except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise TypesetError(f"{_template_place(job.layout, error)}: {error}") from error
    head = _head(job, named) + (_DRAFT if draft else "")
    stylesheets = _stylesheets(job.layout.folder)
    assets = {**_assets(job.layout.folder), **library.photos}
    texts = (head, body, *stylesheets)
    shown = (data for name, data in sorted(assets.items()) if any(name in text for text in texts))
    look = palettes.css_variables(palette)
    code = _code(job.title, look, *texts, *shown)
    document = f'<!doctype html><html lang="nl"><head>{head}</head><body>{body}</body></html>'
    return Rendered(
        html=document.replace(f"«{_CODE_PLACEHOLDER}»", code),
        stylesheets=stylesheets,
        assets=assets,
        fields=tuple(kit.fields),
        code=code,
        page_codes=tuple(_code(look, page) for page in _PAGE.split(body)[1:]),
        origins=_origins(job, library),
        colours=bindings(palette),
        own=() if draft else _own(job.rayon, code),
    )


def forget_files() -> None:
    """Let what stands beside templates be read anew, for a process that stays while files change.

    Templates that change are seen by themselves.
    """
    _assets.cache_clear()
    _stylesheets.cache_clear()


def _code(*parts: str | bytes) -> str:
    return key_of(*parts)[: len(_CODE_PLACEHOLDER)]


def _origins(job: Job, library: Library) -> dict[str, str]:
    """Where each text stands; one that several files hold, in the first that this job is made from."""
    others = [f"content/rayons/{key}/" for key in library.rayons if key != job.rayon.id]
    if job.network:
        others += [f"content/netwerken/{key}.yaml:" for key in library.networks if key != job.network.id]
    foreign = tuple(others)
    return {
        text: place
        for text, places in library.origins.items()
        for place in reversed(places)
        if not place.startswith(foreign)
    }


def _own(rayon: Rayon, code: str) -> tuple[str, ...]:
    """What only this rayon's pages say, as HTML has it; a drawing of its logo is marked by the kit."""
    said = (rayon.name, *rayon.address, rayon.email, rayon.website, rayon.site, rayon.phone, rayon.footer, code)
    return (OWN, *(str(escape(text)) for text in said))


def _head(job: Job, palette: palettes.Palette) -> str:
    size, bleed = job.layout.size, job.bleed
    page = f"@page{{size:{size.width}mm {size.height}mm;margin:0;bleed:{bleed}mm}}"
    return (
        '<meta charset="utf-8">'
        f"<style>:root{{{palettes.css_variables(palette)}}}{page}"
        f".page{{position:relative;width:{size.width}mm;height:{size.height}mm}}"
        f"{_RUNNING_PAST if bleed else ''}</style>"
    )


def _context(job: Job, library: Library, kit: Kit) -> dict[str, Any]:
    size = job.layout.size
    networks = [
        network for key, network in library.networks.items() if job.rayon.networks is None or key in job.rayon.networks
    ]
    stamp = f"{job.layout.facts.title} · {job.rayon.name} · «{_CODE_PLACEHOLDER}»"
    return {
        "rayon": job.rayon,
        "network": job.network,
        "phase": job.phase,
        "phases": library.phases,
        "poster": library.poster,
        "guide": library.guide,
        "brochure": library.brochure,
        "networks": networks,
        "harvest": job.harvest,
        "workshop": job.workshop,
        "printlist": job.printlist,
        "tips": {one.tip.id: one for one in _tips(library.phases)},
        "questions": {one.question.id: one for one in _questions(library.phases)},
        "edition": job.edition.value,
        "on_screen": job.edition is Edition.SCREEN,
        "thrifty": job.thrifty,
        "photos": tuple(library.photos),
        "scales": job.layout.facts.scales,
        "stamp": stamp,
        "page": Page(size.width, size.height, job.bleed),
        "c": kit.palette,
        "type": kit.typecase,
        **{name: getattr(kit, name) for name in _KIT_FUNCTIONS},
    }


_KIT_FUNCTIONS = ("drawing", "logo", "line", "write", "cell", "person", "tickbox")


def _tips(phases: tuple[Phase, ...]) -> Iterator[TipInPhase]:
    for phase in phases:
        for number, tip in enumerate(phase.tips, 1):
            yield TipInPhase(tip, phase, number)


def _questions(phases: tuple[Phase, ...]) -> Iterator[QuestionInPhase]:
    for phase in phases:
        for number, question in enumerate(phase.questions, 1):
            yield QuestionInPhase(question, phase, number)


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


def lies_in(path: Path, folder: Path) -> bool:
    """Whether a path lies in a folder when every link on the way is followed."""
    return path.resolve().is_relative_to(folder.resolve())


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's own, quick with what a template asks most: lengths, and attributes of the content, the kit and Jinja.

    Its rules for Python's internals and for collections that change, which take their time, are not about those.
    """

    def call(self, context: Context, function: Any, /, *args: Any, **named: Any) -> Any:
        """Call what a template calls; `mm`, most of all calls, without asking what else it might want."""
        if function is path.mm and named.keys() <= _JINJA_PASSES:
            return path.mm(*args)
        return super().call(context, function, *args, **named)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read an attribute."""
        if type(obj).__module__.startswith(_WITHOUT_INTERNALS):
            return not attr.startswith("_")
        return super().is_safe_attribute(obj, attr, value)


@functools.lru_cache(maxsize=64)
def _environment(folder: Path) -> Environment:
    environment = _Sandbox(
        loader=_StyleLoader(folder),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.loopcontrols", "jinja2.ext.do"],
        bytecode_cache=_compiled(),
    )
    environment.globals.update(_DRAWING_FUNCTIONS)
    environment.filters.update(_FILTERS)
    return environment


@functools.cache
def _compiled() -> BytecodeCache | None:
    """Templates as they were compiled before, in the user's cache folder; None where it can't be written."""
    folder = user_cache_path("invulposter") / "templates"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder))


_DRAWING_FUNCTIONS: Mapping[str, Any] = {
    "balloon": balloon.balloon,
    "cloud": flow.cloud,
    "cut": path.cut,
    "flow": flow.flow,
    "mix": lambda one, other, share: oklab.mix(real(one), real(other), share),
    "mm": path.mm,
    "paper": paper.paper,
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


@functools.lru_cache(maxsize=64)
def _assets(folder: Path) -> dict[str, bytes]:
    """The pictures that stand beside a layout or in its style's shared folder, by file name."""
    kinds = (".png", ".jpg", ".jpeg", ".svg")
    return {
        path.name: path.read_bytes()
        for place in (folder.parent / "_shared", folder)
        if place.is_dir()
        for path in sorted(place.iterdir())
        if path.suffix in kinds and lies_in(path, folder.parent)
    }


@functools.lru_cache(maxsize=64)
def _stylesheets(folder: Path) -> tuple[str, ...]:
    files = (folder.parent / "_shared" / "base.css", folder / "style.css")
    return tuple(path.read_text(encoding="utf-8") for path in files if path.is_file() and lies_in(path, folder.parent))


def _template_message(layout: Layout, error: TemplateError) -> str:
    if isinstance(error, TemplateSyntaxError):
        file = Path(error.filename or error.name or "")
        return f"{layout.style}/{file.parent.name or layout.name}/{file.name}:{error.lineno}: {error.message}"
    if isinstance(error, SecurityError):
        return f"{_template_place(layout, error)}: not allowed in a template: {error}"
    return f"{_template_place(layout, error)}: {error}"


def _template_place(layout: Layout, error: Exception) -> str:
    """The innermost line of a template in the traceback of an error."""
    place = f"{layout.style}/{layout.name}/page.html.j2"
    trace = error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.suffix == ".j2":
            place = f"{layout.style}/{file.parent.name}/{file.name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
