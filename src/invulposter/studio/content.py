"""The place Inhoud: what can be edited, a form for each, saving and undoing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from invulposter.editing.compare import Difference, differences, merged, summary
from invulposter.editing.files import ContentFile, content_files, find_file
from invulposter.editing.forms import Field, describe, named, path_of
from invulposter.editing.look import Ask, Standing
from invulposter.editing.mistakes import Mistake
from invulposter.editing.parts import Part, part_named, parts_of
from invulposter.editing.posted import collect, known_ids, reshaped, with_ids
from invulposter.editing.saving import (
    ChangedError,
    MistakesError,
    Opened,
    library_of,
    open_file,
    redo,
    redoable,
    save,
    undo,
    undoable,
)
from invulposter.errors import WorkspaceError
from invulposter.studio.content_desk import Desk
from invulposter.studio.content_extra import extra_routes, palette_of
from invulposter.studio.content_view import Choices, anchor, draw
from invulposter.studio.pages import get, page, picture, post, see
from invulposter.studio.state import Place, Studio
from invulposter.workspace import Library

_START = "/inhoud"
#: The kinds of files in the order of the overview, with what people call them.
KINDS = {
    "fase": "Fasen",
    "netwerk": "Netwerken",
    "rayon": "Rayons",
    "invulposter": "Poster en stappen",
    "handleiding": "Handleiding",
    "brochure": "Brochure",
}


@dataclass(frozen=True)
class Editing:
    """A form that is open: the file as it stands, the part of it, what the form began with and what is in it now."""

    opened: Opened
    form: Field
    part: Part
    base: Any
    data: Any
    seal: str

    @property
    def file(self) -> ContentFile:
        """The file that is edited."""
        return self.opened.file

    @property
    def address(self) -> str:
        """The address of this form."""
        return address(self.file, self.part.name)

    @property
    def title(self) -> str:
        """What is edited, as people call it."""
        return name_of(self.file, self.data)


def address(file: ContentFile, part: str = "") -> str:
    """The address of the form of a file, or of a part of it."""
    return f"{_START}/bewerk/{file.slug}" + (f"?deel={part}" if part else "")


def name_of(file: ContentFile, data: Any) -> str:
    """What people call a file: the name in it, else what its kind is called."""
    named_so = data.get("naam") if isinstance(data, dict) else None
    return named_so if isinstance(named_so, str) and named_so else (file.id or KINDS[file.kind])


def _routes(studio: Studio) -> Sequence[BaseRoute]:
    desk = Desk(studio)

    async def overview(request: Request) -> Response:
        return await asyncio.to_thread(_overview, request, desk)

    async def show(request: Request) -> Response:
        return await asyncio.to_thread(_show, request, desk)

    async def take(request: Request, form: FormData) -> Response:
        return await asyncio.to_thread(_take, request, form, desk)

    async def choose(request: Request, form: FormData) -> Response:
        return await asyncio.to_thread(_choose, request, form, desk)

    async def turn(request: Request, form: FormData) -> Response:
        return await asyncio.to_thread(_turn, request, form, desk)

    async def look(request: Request, form: FormData) -> Response:
        return await _look(request, form, desk)

    async def drawn(request: Request) -> Response:
        return picture(desk.picture(request.path_params["key"]))

    return [
        get(_START, overview),
        get(f"{_START}/bewerk/{{slug:path}}", show),
        post(f"{_START}/bewerk/{{slug:path}}", take, most_files=0),
        post(f"{_START}/kies/{{slug:path}}", choose, most_files=0),
        post(f"{_START}/kijk/{{slug:path}}", look, most_files=0),
        post(f"{_START}/terug", turn, most_files=0),
        get(f"{_START}/beeld/{{key}}", drawn),
        *extra_routes(desk),
    ]


PLACE = Place("Inhoud", _START, _routes)


def _file(request: Request, desk: Desk) -> ContentFile:
    file = find_file(desk.workspace, request.path_params["slug"])
    if file is None:
        raise HTTPException(404)
    return file


def _overview(request: Request, desk: Desk, **more: Any) -> Response:
    """Everything that can be edited, by kind; a long file with its parts."""
    rows: dict[str, list[dict[str, Any]]] = {title: [] for title in KINDS.values()}
    for file in content_files(desk.workspace):
        opened = _opened(desk, file)
        parts = parts_of(describe(file.model), opened.data) if opened and opened.data is not None else ()
        rows[KINDS[file.kind]].append(
            {
                "name": name_of(file, opened.data if opened else None),
                "address": address(file),
                "parts": [(part.title, address(file, part.name)) for part in parts] if len(parts) > 1 else [],
                "order": _order(opened.data if opened else None),
                "broken": opened is None or opened.problem is not None,
            }
        )
    for found in rows.values():
        found.sort(key=lambda row: (row["order"], row["name"].casefold()))
    library = library_of(desk.workspace)
    return page(
        request,
        "inhoud.html.j2",
        rows=rows,
        samples=desk.samples,
        undo=undoable(desk.workspace),
        redo=redoable(desk.workspace),
        said=request.query_params.get("gedaan", ""),
        healthy=library is not None and not [one for one in library.problems if one.severity == "error"],
        **({"problem": ""} | more),
    )


def _order(data: Any) -> int:
    """The place that a file gives itself among others of its kind."""
    order = data.get("volgorde") if isinstance(data, dict) else None
    return order if isinstance(order, int) else 0


def _opened(desk: Desk, file: ContentFile) -> Opened | None:
    try:
        return open_file(desk.workspace, file)
    except WorkspaceError:
        return None


def _show(request: Request, desk: Desk) -> Response:
    opened = open_file(desk.workspace, _file(request, desk))
    form = describe(opened.file.model)
    if opened.data is None:
        return page(
            request,
            "inhoud_stuk.html.j2",
            title=opened.file.id or opened.file.kind,
            problem=opened.problem,
            undo=undoable(desk.workspace, opened.file.path.as_posix()),
            back=address(opened.file),
        )
    part = part_named(form, opened.data, request.query_params.get("deel", ""))
    if part is None:
        raise HTTPException(404)
    said = request.query_params.get("gedaan", "")
    return _form(request, desk, Editing(opened, form, part, opened.data, opened.data, opened.seal), said=said)


def _form(
    request: Request, desk: Desk, editing: Editing, *, mistakes: Sequence[Mistake] = (), status: int = 200, **more: Any
) -> Response:
    """The page of a form; `more` tells what was just done."""
    library = library_of(desk.workspace)
    path = editing.file.path.as_posix()
    nodes = draw(editing.form, editing.data, editing.part, Choices.of(library), mistakes)
    context = {
        "editing": editing, "nodes": nodes,
        "undo": undoable(desk.workspace, path), "redo": redoable(desk.workspace, path),
        "delen_lijst": [(part.title, address(editing.file, part.name), part == editing.part)
                  for part in parts_of(editing.form, editing.data)],
        "summary": [(mistake, anchor(mistake, nodes)) for mistake in mistakes],
        "was": json.dumps(editing.base, ensure_ascii=False), "now": json.dumps(editing.data, ensure_ascii=False),
        "dirty": editing.data != editing.opened.data, "kind": KINDS[editing.file.kind],
        "whom": _whom(editing.file, library), "products": _products(library), "palette": _palette(editing),
        "samples": desk.samples, "said": "", "focus": "", "problem": "",
    }  # fmt: skip
    return page(request, "inhoud_formulier.html.j2", status, **(context | more))


def _whom(file: ContentFile, library: Library | None) -> dict[str, list[tuple[str, str]]]:
    """The rayons and networks for which a page can be shown, where the file is not one itself."""
    if library is None:
        return {"rayon": [], "netwerk": []}
    return {
        "rayon": [] if file.kind == "rayon" else [(key, one.name) for key, one in library.rayons.items()],
        "netwerk": [] if file.kind == "netwerk" else [(key, one.name) for key, one in library.networks.items()],
    }


def _products(library: Library | None) -> list[tuple[str, str]]:
    """The products on which a text can be looked at, by the names of their layouts."""
    layouts = library.layouts.values() if library else ()
    return sorted({one.name: one.facts.title for one in layouts if one.from_content}.items(), key=lambda pair: pair[1])


def _palette(editing: Editing) -> dict[str, object] | None:
    """The palette of the colours in a form, where it has them."""
    colours = editing.data.get("kleuren") if isinstance(editing.data, dict) else None
    if not isinstance(colours, dict):
        return None
    return palette_of(str(colours.get("primair", "")), str(colours.get("accent", "")))


def _typed(request: Request, form: FormData, desk: Desk) -> Editing:
    """The form as it was sent. Raises 400 where it is none of ours."""
    file = _file(request, desk)
    opened = open_file(desk.workspace, file)
    described = describe(file.model)
    try:
        base, now = (json.loads(str(form.get(name, ""))) for name in ("was", "nu"))
        part = part_named(described, now, str(form.get("deel", "")))
        if part is None:
            raise HTTPException(404)
        posted = {name: [str(value) for value in form.getlist(name)] for name in form}
        data = collect(described, posted, now, part.path, part.keys)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise HTTPException(400) from None
    return Editing(opened, described, part, base, data, str(form.get("zegel", "")))


def _take(request: Request, form: FormData, desk: Desk) -> Response:
    """Save what was typed, or change the form's shape where that was asked."""
    editing = _typed(request, form, desk)
    step = str(form.get("doe", ""))
    if not step:
        return _save(request, desk, editing)
    try:
        data, place = reshaped(editing.form, editing.data, step)
    except KeyError:
        raise HTTPException(400) from None
    changed = Editing(editing.opened, editing.form, editing.part, editing.base, data, editing.seal)
    return _form(request, desk, changed, focus=f"v-{named(place).replace('.', '-')}")


def _save(request: Request, desk: Desk, editing: Editing) -> Response:
    library = library_of(desk.workspace)
    data = with_ids(editing.form, editing.data, known_ids(library))
    what = f"{name_of(editing.file, data)}: {summary(editing.form, editing.base, data)}"
    try:
        desk.make_own()
        save(desk.workspace, editing.file, data, editing.seal, what)
    except MistakesError as error:
        return _form(request, desk, editing, mistakes=error.mistakes, status=422)
    except ChangedError as error:
        return _conflict(
            request, desk, Editing(error.now, editing.form, editing.part, editing.base, data, error.now.seal)
        )
    except WorkspaceError:
        return _form(request, desk, editing, problem=_NOT_WRITTEN, status=409)
    return see(_with(editing.address, "bewaard"))


_NOT_WRITTEN = (
    "Bewaren lukte niet: er kan niet in de map worden geschreven, of de schijf is vol. Wat je typte staat hier nog."
)


def _with(where: str, said: str) -> str:
    return f"{where}{'&' if '?' in where else '?'}gedaan={said}"


def _conflict(request: Request, desk: Desk, editing: Editing) -> Response:
    """What differs between what was typed and what stands in the file now; each can be chosen."""
    found: tuple[Difference, ...] = ()
    if editing.opened.data is not None:
        found = differences(editing.form, editing.data, editing.opened.data, editing.base)
        if not found:
            return see(_with(editing.address, "bewaard"))
    return page(
        request,
        "inhoud_verschil.html.j2",
        409,
        editing=editing,
        differences=tuple(zip(found, map(named, (one.path for one in found)), strict=True)),
        mine=json.dumps(editing.data, ensure_ascii=False),
        was=json.dumps(editing.opened.data, ensure_ascii=False),
    )


def _choose(request: Request, form: FormData, desk: Desk) -> Response:
    """Save the choice between what was typed and what stands in the file."""
    file = _file(request, desk)
    opened = open_file(desk.workspace, file)
    described = describe(file.model)
    try:
        mine, base = (json.loads(str(form.get(name, ""))) for name in ("mijn", "was"))
        chosen = [
            path_of(name.removeprefix("keus:")) for name in form if name.startswith("keus:") and form[name] == "mijn"
        ]
        data = merged(mine, base, chosen)
        part = part_named(described, data, str(form.get("deel", ""))) or parts_of(described, data)[0]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise HTTPException(400) from None
    return _save(request, desk, Editing(opened, described, part, base, data, str(form.get("zegel", ""))))


def _turn(request: Request, form: FormData, desk: Desk) -> Response:
    """Undo a change or do it again, and go back to where that was asked."""
    number, back = str(form.get("nummer", "")), str(form.get("naar", _START))
    action = redo if form.get("hoe") == "opnieuw" else undo
    try:
        action(desk.workspace, int(number) if number.isdecimal() else 0)
    except WorkspaceError:
        return _overview(
            request,
            desk,
            problem="Ongedaan maken kan niet meer: het bestand is daarna veranderd, of iets anders heeft het nodig.",
        )
    slug = back.removeprefix(f"{_START}/bewerk/").partition("?")[0]
    known = back.startswith(f"{_START}/bewerk/") and find_file(desk.workspace, slug) is not None
    return see(_with(back if known else _START, "opnieuw" if action is redo else "ongedaan"))


async def _look(request: Request, form: FormData, desk: Desk) -> Response:
    """The page that shows what is being typed, and how it stands there, for the page's script."""
    editing = await asyncio.to_thread(_typed, request, form, desk)
    asked = {
        name: str(form.get(name, "")) for name in ("veld", "voor-rayon", "voor-netwerk", "product", "tab", "overal")
    }
    ask = Ask(
        editing.file,
        editing.data,
        path_of(asked["veld"]),
        asked["voor-rayon"],
        asked["voor-netwerk"],
        asked["product"],
        bool(asked["overal"]),
    )
    made = await desk.look(asked["tab"], ask)
    if made is None:
        return JSONResponse({"stale": True})
    return JSONResponse(
        {
            "picture": f"{_START}/beeld/{desk.keep(made.picture)}" if made.picture else "",
            "alt": made.alt,
            "problem": made.problem,
            "mistakes": [(named(mistake.path), mistake.message) for mistake in made.mistakes],
            "standings": [_told(one) for one in made.standings],
        }
    )


def _told(one: Standing) -> dict[str, Any]:
    sentence = one.problem or (one.room.sentence if one.room else "Past.")
    state = "too-long" if one.problem else one.room.state if one.room else "fits"
    return {"layout": one.layout, "title": one.title, "shown": one.shown, "state": state, "sentence": sentence}
