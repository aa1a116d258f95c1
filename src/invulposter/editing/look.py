"""The card or page that shows a text as it is being typed, made in a warm process; and how the text stands there."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from invulposter.content import Network, Phase
from invulposter.editing.files import ContentFile
from invulposter.editing.forms import Path, value_at
from invulposter.editing.mistakes import Mistake, checked
from invulposter.editing.overlay import Numbered, numbered, overlaid
from invulposter.editing.room import Room, WatchedTypecase, room
from invulposter.errors import InvulposterError, RequestError
from invulposter.findings import Finding
from invulposter.intake import IntakeError
from invulposter.intake.logo import logo_data_uri
from invulposter.layout import Edition, Layout
from invulposter.pictures import page_jpeg
from invulposter.plan import Job, Request, plan
from invulposter.rayon import Rayon
from invulposter.render import Rendered, forget_files, render
from invulposter.typeset import typeset
from invulposter.words import letters
from invulposter.workspace import Library, Workspace, read_library

#: Pages with the text that are judged where none is drawn, and pixels on the longest side of a picture.
_PAGES, PIXELS = 2, 1100
_PAGE = re.compile(r'<section\b[^>]*\bclass="page\b')
_TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Ask:
    """What to look at: a file with what is typed in it, the field that is being typed in, for whom, on what.

    `layout` is the name of a layout, or empty to choose the first that shows the text; `rayon` and `network` are ids
    that count where the file leaves them open. With `all_products` every product is judged, and none drawn.
    """

    file: ContentFile
    data: Any
    field: Path = ()
    rayon: str = ""
    network: str = ""
    layout: str = ""
    all_products: bool = False


@dataclass(frozen=True)
class Standing:
    """How the text stands on one product; `shown` tells whether the product shows it at all."""

    layout: str
    title: str
    shown: bool
    room: Room | None = None
    problem: str = ""


@dataclass(frozen=True)
class Look:
    """A picture of the page, and how the text stands there and elsewhere; or what is wrong with what was typed."""

    standings: tuple[Standing, ...] = ()
    picture: bytes = b""
    alt: str = ""
    mistakes: tuple[Mistake, ...] = ()
    problem: str = ""


def look(workspace: Workspace, revision: str, ask: Ask) -> Look:
    """Make what was asked, for a workspace whose files stand as `revision` says."""
    model = checked(ask.file, ask.data)
    if isinstance(model, tuple):
        return Look(mistakes=model)
    try:
        library = _library(workspace, revision)
        own = numbered(ask.file, ask.data)
        library = overlaid(library, ask.file, model, own.source)
        if isinstance(model, Rayon):
            library = _with_logo(library, workspace, model)
        jobs = _jobs(library, ask, model)
    except InvulposterError:
        return Look(problem="Er is nog geen voorbeeld: in een ander bestand staat een fout, of er is nog geen logo.")
    text = _text(ask)
    if ask.all_products:
        return Look(tuple(_standing(_Seen(job, library, workspace, own, text), ask) for job in jobs))
    return _one(jobs, library, workspace, own, text, ask)


@lru_cache(maxsize=2)
def _library(workspace: Workspace, revision: str) -> Library:
    forget_files()
    return read_library(workspace)


def _with_logo(library: Library, workspace: Workspace, rayon: Rayon) -> Library:
    """The library with the logo that the rayon names as it is typed."""
    try:
        data = (workspace.content / "rayons" / rayon.id / rayon.logo).read_bytes()
        return replace(library, logos={**library.logos, rayon.id: logo_data_uri(data)[0]})
    except (OSError, IntakeError):
        if rayon.id in library.logos:
            return library
        raise RequestError("this rayon has no logo yet") from None


def _text(ask: Ask) -> str:
    value = value_at(ask.data, ask.field)
    return value if isinstance(value, str) else ""


def _jobs(library: Library, ask: Ask, model: object) -> tuple[Job, ...]:
    """A job for every product that may show the file, the smallest first: what people look at beside a field."""
    rayon = model.id if isinstance(model, Rayon) else ask.rayon
    rayon = rayon if rayon in library.rayons else next(iter(library.rayons), "")
    network = model.id if isinstance(model, Network) else _network(library, ask, rayon)
    style = library.rayons[rayon].style if rayon else ""
    layouts = sorted(
        (one for one in library.layouts.values() if one.style == style and one.from_content),
        # A file's own product goes first, then what is closest to the text; for an office what shows most of it.
        key=lambda layout: (
            layout.name != ask.file.kind,
            layout.size.width * layout.size.height * (-1 if isinstance(model, Rayon) else 1),
        ),
    )
    asked = [layout for layout in layouts if layout.name == ask.layout]
    phase = model if isinstance(model, Phase) else library.phases[0]
    return tuple(job for layout in asked or layouts for job in _job(library, layout, rayon, network, phase))


def _network(library: Library, ask: Ask, rayon: str) -> str:
    """The network that was asked for, if it shows the tip or question; else the first that does."""
    own = library.rayons[rayon].networks if rayon else None
    networks = [one for key, one in library.networks.items() if own is None or key in own]
    networks.sort(key=lambda one: one.id != ask.network)
    item = value_at(ask.data, ask.field[:2])
    named = item.get("id") if isinstance(item, dict) else None
    showing = [one for one in networks if named in {tip.id for tip in one.tips} | set(one.questions)]
    return next((one.id for one in showing or networks), "")


def _job(library: Library, layout: Layout, rayon: str, network: str, phase: Phase) -> Iterator[Job]:
    """The job of one layout, on screen: nothing is cut off and links can be read."""
    request = Request((layout.name,), (rayon,), (network,) if network else (), (Edition.SCREEN,), layout.style)
    jobs = plan(library, request)
    about = phase.id if layout.subject_kind == "phase" else network
    if layout.subject_kind is None:
        yield jobs[0]
    else:
        yield from (job for job in jobs if job.subject and job.subject.id == about)


class _Seen:
    """One product, rendered: which of its pages show the text, and how it was fitted."""

    def __init__(self, job: Job, library: Library, workspace: Workspace, own: Numbered, text: str) -> None:
        self.job = job
        self.own = own
        self.text = text
        typecase = WatchedTypecase(*workspace.fonts)
        self.rendered = render(job, library, typecase)
        self.attempts = typecase.attempts
        self.pages = _pages_with(self.rendered.html, text)

    @property
    def layout(self) -> str:
        """Its layout, as it is asked for."""
        return self.job.layout.name


def _one(jobs: Sequence[Job], library: Library, workspace: Workspace, own: Numbered, text: str, ask: Ask) -> Look:
    """The first product that shows the text, else the first: its page, drawn."""
    chosen: _Seen | None = None
    problem = ""
    for job in jobs:
        try:
            seen = _Seen(job, library, workspace, own, text)
        except InvulposterError:
            problem = "Dit product kan met deze inhoud niet worden gemaakt."
            continue
        chosen = chosen or seen
        if seen.pages or not text:
            chosen = seen
            break
    if chosen is None:
        return Look(problem=problem or "Er is geen product dat dit laat zien.")
    pages = chosen.pages[:1] or [0]
    try:
        made = typeset(_only(chosen.rendered, pages), chosen.job)
    except InvulposterError:
        return Look(problem="Dit kon niet worden opgemaakt.")
    standing = Standing(
        chosen.layout, chosen.job.layout.facts.title, bool(chosen.pages), _room(chosen, made.findings, ask)
    )
    page = f", bladzijde {pages[0] + 1}" if len(chosen.rendered.page_codes) > 1 else ""
    alt = f"{chosen.job.title}{page}"
    return Look((standing,), page_jpeg(made.pdf, 1, PIXELS), alt)


def _standing(seen: _Seen, ask: Ask) -> Standing:
    title = seen.job.layout.facts.title
    if not seen.pages:
        return Standing(seen.layout, title, shown=False)
    try:
        made = typeset(_only(seen.rendered, seen.pages[:_PAGES]), seen.job)
    except InvulposterError:
        return Standing(seen.layout, title, shown=True, problem="Dit kon niet worden opgemaakt.")
    return Standing(seen.layout, title, shown=True, room=_room(seen, made.findings, ask))


def _room(seen: _Seen, findings: Sequence[Finding], ask: Ask) -> Room | None:
    path = ask.file.path.as_posix()
    own = [one for one in findings if one.place.path == path and seen.own.path(one.place.line) == ask.field]
    return room(seen.text, seen.attempts, own) if seen.text else None


def _pages_with(document: str, text: str) -> list[int]:
    """The pages (from 0) of a rendered document on which a text stands."""
    said = letters(_plain(text))
    if not said:
        return []
    return [index for index, page in enumerate(_PAGE.split(document)[1:]) if said in letters(_plain(page))]


def _plain(markup: str) -> str:
    return html.unescape(_TAGS.sub(" ", markup.replace("\u00ad", "")))


def _only(rendered: Rendered, pages: Sequence[int]) -> Rendered:
    """The document with these pages alone, in this order."""
    starts = [page.start() for page in _PAGE.finditer(rendered.html)]
    ends = [*starts[1:], rendered.html.rindex("</body>")]
    if len(starts) <= len(pages) or max(pages) >= len(starts):
        return rendered
    body = "".join(rendered.html[starts[page] : ends[page]] for page in pages)
    return replace(rendered, html=f"{rendered.html[: starts[0]]}{body}</body></html>")
