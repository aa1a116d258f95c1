"""From a job to HTML: a layout's template gets the content, the palette and the drawing kit."""

from __future__ import annotations

import functools
import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jinja2 import TemplateError
from markupsafe import escape

from invulposter.bind import CODE
from invulposter.cache import key_of
from invulposter.codecheck import DrawnCode
from invulposter.compact import compact
from invulposter.content import Phase, Question, Tip
from invulposter.controls import Mistake, control_mistake
from invulposter.drawing import palette as palettes
from invulposter.drawing.concept import concept
from invulposter.drawing.standin import bindings, in_own_colours, mixes, stand_ins
from invulposter.drawing.type import Typecase
from invulposter.edition import Edition
from invulposter.errors import TypesetError
from invulposter.kit import OWN, FieldSpec, Kit
from invulposter.layout import Layout
from invulposter.library import Library
from invulposter.plan import Job
from invulposter.rayon import Rayon
from invulposter.templating import environment, place_of, template_message, template_place
from invulposter.words import words
from invulposter.workspace import lies_in

#: Tags that may stand inside a word, and all others, which end one.
_INSIDE_WORDS = re.compile(r"</?(?:b|i|em|strong|small|sup|sub)\b[^>]*>")
_BETWEEN = re.compile(r"<[^>]*>")
#: The edition code in a stamp, and what it becomes: figures of one width, so that all codes take the same room.
_STAMPED = f"«{CODE}»"
_FIGURES = (
    f'<span style="font-kerning:none;font-variant-numeric:lining-nums tabular-nums;white-space:nowrap">{CODE}</span>'
)

#: Where each page begins.
_PAGE = re.compile(r'<section\b[^>]*\bclass="page\b')

#: A drawing over every page: outlines, so that no check takes it for text.
_DRAFT = f"<style>.page::after{{content:'';position:absolute;left:0;top:0;width:100%;height:100%;{concept()}}}</style>"


#: With bleed, drawings are not cut off at the trim; outside the bleed the page itself ends.
_RUNNING_PAST = ".page{overflow:visible}"


@dataclass(frozen=True, eq=False)
class Rendered:
    """A document ready for typesetting: HTML, its style sheets, and the fields that were declared in it.

    Each is equal to itself alone: whatever is made of one can be remembered without comparing pages.

    `stylesheets` are named after their files, `assets` are the pictures that it may show, by name, `drawings` are the
    kit's own, each named after what is in it, and `codes` the QR codes in those. `code` is its edition code, for which
    CODE stands in the HTML, and `page_codes` are those of its pages. `origins` tells where in the content a text
    stands, so that a finding can name it. `colours` are what the stand-ins in it are bound to; `own` are the texts, as
    in HTML, by which an element is known to show something of the rayon (none where the pages have to stay whole).
    """

    html: str
    stylesheets: Mapping[str, str]
    assets: Mapping[str, bytes]
    drawings: Mapping[str, bytes]
    fields: tuple[FieldSpec, ...]
    code: str
    page_codes: tuple[str, ...]
    origins: Mapping[str, str]
    colours: Mapping[str, str]
    own: tuple[str, ...]
    codes: tuple[DrawnCode, ...] = ()

    def opening(self, pages: int) -> Rendered:
        """The same document, ended after its first `pages`; itself where there are no more."""
        starts = [page.start() for page in _PAGE.finditer(self.html)]
        if len(starts) <= pages:
            return self
        return replace(self, html=f"{self.html[: starts[pages]]}</body></html>")

    def in_own_colours(self) -> Rendered:
        """The same document with the office's colours written in it: nothing is left to bind."""
        written = functools.partial(in_own_colours, bound=self.colours)
        return replace(
            self,
            html=written(self.html),
            stylesheets={name: written(text) for name, text in self.stylesheets.items()},
            drawings={name: written(drawing.decode()).encode() for name, drawing in self.drawings.items()},
            colours={},
        )

    @functools.cached_property
    def words(self) -> Counter[str]:
        """The words that are laid out, CODE among them."""
        text = _BETWEEN.sub(" ", _INSIDE_WORDS.sub("", self.html.partition("<body>")[2]))
        return words(html.unescape(text))

    @functools.cached_property
    def printed(self) -> Counter[str]:
        """The words that have to come out on the finished pages."""
        return Counter({self.code if word == CODE else word: times for word, times in self.words.items()})


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
        fillable=job.typeset_with_fields,
        bleed=job.bleed,
    )
    templates, context = environment(job.layout.folder), _context(job, library, kit)
    try:
        template = templates.get_template("page.html.j2")
        body = compact(template.render(context))
    except TemplateError as error:
        raise TypesetError(template_message(job.layout, error, context)) from error
    except RecursionError as error:
        raise TypesetError(f"{template_place(job.layout, error)}: includes or calls itself without end") from error
    except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise TypesetError(f"{template_place(job.layout, error)}: {error}") from error
    if not body.strip():
        place = template_place(job.layout)
        raise TypesetError(f'{place}: there is no page in it: write <section class="page">…</section>')
    _refuse_mistake(job.layout, control_mistake(body, kit.controls))
    head = _head(job, named) + (_DRAFT if draft else "")
    stylesheets = _stylesheets(job.layout.folder)
    assets = {**_assets(job.layout.folder), **library.photos}
    texts = (head, body, *stylesheets.values())
    said = "\n".join((*texts, *map(bytes.decode, kit.drawings.values())))
    shown = (data for name, data in sorted(assets.items()) if name in said)
    look = palettes.css_variables(palette)
    code = _code(job.title, look, *texts, *shown)
    document = f'<!doctype html><html lang="nl"><head>{head}</head><body>{body}</body></html>'
    rendered = Rendered(
        html=document.replace(_STAMPED, _FIGURES),
        stylesheets=stylesheets,
        assets=assets,
        drawings=kit.drawings,
        fields=tuple(kit.fields.values()),
        code=code,
        page_codes=tuple(_code(look, page) for page in _PAGE.split(body)[1:]),
        origins=_origins(job, library),
        colours=bindings(palette),
        own=() if draft else _own(job.rayon),
        codes=tuple(kit.codes),
    )
    return rendered.in_own_colours() if mixes(said) else rendered


def _refuse_mistake(layout: Layout, mistake: Mistake | None) -> None:
    if mistake:
        raise TypesetError(f"{place_of(layout, mistake.sign)}: {mistake.sentence}")


def forget_files() -> None:
    """Let what stands beside templates be read anew, for a process that stays while files change.

    Templates that change are seen by themselves.
    """
    _assets.cache_clear()
    _stylesheets.cache_clear()


def _code(*parts: str | bytes) -> str:
    figures = len(CODE)
    return f"{int(key_of(*parts), 16) % 10**figures:0{figures}}"


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


def _own(rayon: Rayon) -> tuple[str, ...]:
    """What only this rayon's pages say, as HTML has it; a drawing of its logo is marked by the kit."""
    said = (rayon.name, *rayon.address, rayon.email, rayon.website, rayon.site, rayon.phone, rayon.footer, CODE)
    return (OWN, *(str(escape(text)) for text in said))


def _head(job: Job, palette: palettes.Palette) -> str:
    size, bleed = job.layout.size, job.bleed
    page = f"@page{{size:{size.width}mm {size.height}mm;margin:0;bleed:{bleed}mm}}"
    return (
        '<meta charset="utf-8">'
        f"<style>:root{{{palettes.css_variables(palette)}}}{page}"
        f".page{{position:relative;width:{size.width}mm;height:{size.height}mm}}"
        ".lines{white-space:pre-line}"
        f"{_RUNNING_PAST if bleed else ''}</style>"
    )


def _context(job: Job, library: Library, kit: Kit) -> dict[str, Any]:
    size = job.layout.size
    stamp = f"{job.layout.facts.title} · {job.rayon.name} · {_STAMPED}"
    return {
        "rayon": job.rayon,
        "network": job.network,
        "phase": job.phase,
        "phases": library.phases,
        "poster": library.poster,
        "guide": library.guide,
        "brochure": library.brochure,
        "networks": library.networks_of(job.rayon),
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


_KIT_FUNCTIONS = ("drawing", "logo", "qr", "line", "write", "cell", "person", "tickbox")


def _tips(phases: tuple[Phase, ...]) -> Iterator[TipInPhase]:
    for phase in phases:
        for number, tip in enumerate(phase.tips, 1):
            yield TipInPhase(tip, phase, number)


def _questions(phases: tuple[Phase, ...]) -> Iterator[QuestionInPhase]:
    for phase in phases:
        for number, question in enumerate(phase.questions, 1):
            yield QuestionInPhase(question, phase, number)


@functools.lru_cache(maxsize=64)
def _assets(folder: Path) -> dict[str, bytes]:
    """The pictures that stand beside a layout or in its style's shared folder, by file name."""
    kinds = (".png", ".jpg", ".jpeg", ".svg")
    return {
        path.name: path.read_bytes()
        for place in (folder.parent / "_shared", folder)
        if place.is_dir()
        for path in sorted(place.iterdir())
        if path.suffix.lower() in kinds and lies_in(path, folder.parent)
    }


@functools.lru_cache(maxsize=64)
def _stylesheets(folder: Path) -> dict[str, str]:
    """The style sheets of a layout, each by the name of its file below `layouts/`."""
    files = (folder.parent / "_shared" / "base.css", folder / "style.css")
    return {
        path.relative_to(folder.parents[1]).as_posix(): _text(path)
        for path in files
        if path.is_file() and lies_in(path, folder.parent)
    }


def _text(path: Path) -> str:
    """A style sheet's text. Raises TypesetError where it can't be read."""
    shown = "/".join(path.parts[-3:])
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise TypesetError(f"{shown}: the file is not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    except OSError as error:
        raise TypesetError(f"{shown}: can't be read: {error.strerror}") from error
