"""The card or page that shows a text as it is being typed, made in a warm process; and how the text stands there."""

from __future__ import annotations

import copy
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from invulposter.content import Network, Phase
from invulposter.editing.detail import detail_jpeg
from invulposter.editing.files import ContentFile
from invulposter.editing.forms import Kind, Path, at, describe, value_at
from invulposter.editing.mistakes import Mistake, checked
from invulposter.editing.other import other_text
from invulposter.editing.overlay import Numbered, numbered, overlaid
from invulposter.editing.room import OVER, Room, State, Watched, WatchedTypecase, longer, over_full, room
from invulposter.editing.unprintable import unprintable
from invulposter.edition import Edition
from invulposter.errors import InvulposterError, RequestError
from invulposter.findings import Finding
from invulposter.intake import IntakeError
from invulposter.intake.logo import logo_data_uri
from invulposter.layout import Layout
from invulposter.library import Library, read_library
from invulposter.pictures import page_jpeg
from invulposter.plan import Job, plan
from invulposter.rayon import Rayon
from invulposter.render import Rendered, forget_files, render
from invulposter.request import Request
from invulposter.typeset import typeset
from invulposter.words import letters
from invulposter.workspace import Workspace

#: Pages with the text that are judged where none is drawn, and pixels on the longest side of a picture.
_PAGES, PIXELS = 2, 1100
#: What is read on the page as it is typed.
_TEXTS = {Kind.SHORT, Kind.LONG, Kind.MARKDOWN, Kind.EMAIL}
#: Times that a number of characters is tried on the whole product, half of it each time.
_TRIALS = 4
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
    #: On a large page: the part of it around the text.
    detail: bytes = b""
    alt: str = ""
    mistakes: tuple[Mistake, ...] = ()
    problem: str = ""


def look(workspace: Workspace, revision: str, ask: Ask) -> Look:
    """Make what was asked, for a workspace whose files stand as `revision` says."""
    model = checked(ask.file, ask.data)
    if isinstance(model, tuple):
        return Look(mistakes=model)
    strange = unprintable(ask.file, ask.data, workspace.fonts)
    if strange:
        return Look(mistakes=strange)
    try:
        library = _library(workspace, revision)
        own = numbered(ask.file, ask.data)
        library = overlaid(library, ask.file, model, own.source)
        if isinstance(model, Rayon):
            library = _with_logo(library, workspace, model)
        jobs = _jobs(library, ask, model)
    except InvulposterError:
        return Look(problem="Er is nog geen voorbeeld: in een ander bestand staat een fout, of er is nog geen logo.")
    desk = _Desk(library, workspace, own, ask)
    return Look(tuple(_standing(desk, job) for job in jobs)) if ask.all_products else _one(desk, jobs)


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
    own = library.networks_of(library.rayons[rayon]) if rayon else library.networks.values()
    networks = sorted(own, key=lambda one: one.id != ask.network)
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


@dataclass(frozen=True)
class _Desk:
    """What products are looked at with: the library as it is typed, and the field that is being typed in."""

    library: Library
    workspace: Workspace
    own: Numbered
    ask: Ask

    @property
    def text(self) -> str:
        """The text that is being typed; empty where the field asks for something else."""
        try:
            kind = at(describe(self.ask.file.model), self.ask.field, self.ask.data).kind
        except KeyError:
            return ""
        value = value_at(self.ask.data, self.ask.field)
        return value if kind in _TEXTS and isinstance(value, str) else ""

    @property
    def wanted(self) -> str:
        """The text by which the page is found: what is typed, or the tip or question that is chosen."""
        chosen = value_at(self.ask.data, self.ask.field)
        said = {tip.id: tip.text for phase in self.library.phases for tip in phase.tips}
        said |= {question.id: question.text for phase in self.library.phases for question in phase.questions}
        return self.text or (said.get(chosen, "") if isinstance(chosen, str) else "")

    def with_text(self, text: str) -> _Desk | None:
        """The same with another text in the field; None where that is not right."""
        data = copy.deepcopy(self.ask.data)
        value_at(data, self.ask.field[:-1])[self.ask.field[-1]] = text
        model = checked(self.ask.file, data)
        if isinstance(model, tuple):
            return None
        own = numbered(self.ask.file, data)
        library = overlaid(self.library, self.ask.file, model, own.source)
        return replace(self, library=library, own=own, ask=replace(self.ask, data=data))

    def seen(self, job: Job) -> _Seen:
        """One product, rendered. Raises TypesetError where that can't be done."""
        typecase = WatchedTypecase(*self.workspace.fonts)
        rendered = render(_renewed(job, self.library), self.library, typecase)
        return _Seen(job, rendered, typecase.watched, tuple(_pages_with(rendered.html, self.wanted)))

    def room(self, seen: _Seen, findings: Sequence[Finding]) -> Room | None:
        """How the text stands in a product of which `findings` are those of its pages."""
        if not self.text:
            return None
        path, field = self.ask.file.path.as_posix(), self.ask.field
        own = [one for one in findings if one.place.path == path and self.own.path(one.place.line) == field]
        found = room(self.text, seen.watched, own)
        others = [one for one in findings if one.code in OVER and one not in own]
        if others and (found is None or found.state is not State.TOO_LONG):
            other = other_text(others[0].place, self.workspace, self.ask.file, self.own)
            return Room(State.TOO_LONG, crowding=True, other=other)
        return self._tried(found, seen) if found and found.characters else found

    def _tried(self, found: Room, seen: _Seen) -> Room:
        """The room with fewer characters, where so many would leave another text on the page too little."""
        full = over_full(seen.watched.attempts)
        characters = found.characters or 0
        for _ in range(_TRIALS):
            desk = self.with_text(longer(self.text, characters))
            if desk is None or over_full(desk.seen(seen.job).watched.attempts) <= full:
                break
            characters //= 2
        return replace(found, characters=characters)


def _renewed(job: Job, library: Library) -> Job:
    """The job about what the library says now."""
    phase = next((one for one in library.phases if job.phase and one.id == job.phase.id), None)
    network = library.networks.get(job.network.id) if job.network else None
    return replace(job, rayon=library.rayons[job.rayon.id], phase=phase, network=network)


@dataclass(frozen=True)
class _Seen:
    """One product, rendered: which of its pages (from 0) show the text, and how a layout tried to fit its texts."""

    job: Job
    rendered: Rendered
    watched: Watched
    pages: tuple[int, ...]

    @property
    def layout(self) -> str:
        """Its layout, as it is asked for."""
        return self.job.layout.name


def _one(desk: _Desk, jobs: Sequence[Job]) -> Look:
    """The first product that shows the text, else the first: its page, drawn."""
    chosen: _Seen | None = None
    problem = "Er is geen product dat dit laat zien."
    for job in jobs:
        try:
            seen = desk.seen(job)
        except InvulposterError:
            problem = "Dit product kan met deze inhoud niet worden gemaakt."
            continue
        chosen = chosen or seen
        if seen.pages or not desk.wanted:
            chosen = seen
            break
    if chosen is None:
        return Look(problem=problem)
    pages = chosen.pages[:1] or (0,)
    try:
        made = typeset(_only(chosen.rendered, pages), chosen.job)
        standing = Standing(chosen.layout, _title(chosen), bool(chosen.pages), desk.room(chosen, made.findings))
    except InvulposterError:
        return Look(problem="Dit kon niet worden opgemaakt.")
    page = f", bladzijde {pages[0] + 1}" if len(chosen.rendered.page_codes) > 1 else ""
    detail = detail_jpeg(made.pdf, desk.wanted, PIXELS) if chosen.pages else b""
    return Look((standing,), page_jpeg(made.pdf, 1, PIXELS), detail, f"{chosen.job.title}{page}")


def _standing(desk: _Desk, job: Job) -> Standing:
    """How the text stands on one product."""
    try:
        seen = desk.seen(job)
        if not seen.pages:
            return Standing(seen.layout, _title(seen), shown=False)
        made = typeset(_only(seen.rendered, seen.pages[:_PAGES]), seen.job)
        return Standing(seen.layout, _title(seen), shown=True, room=desk.room(seen, made.findings))
    except InvulposterError:
        title = job.layout.facts.title
        return Standing(job.layout.name, title, shown=True, problem="Dit kon niet worden opgemaakt.")


def _title(seen: _Seen) -> str:
    return seen.job.layout.facts.title


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
