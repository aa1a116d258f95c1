"""Saving in Inhoud: what was typed, the choice between two versions, going back and forth."""

from __future__ import annotations

import json
from dataclasses import replace

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from invulposter.editing.compare import Difference, differences, merged, summary
from invulposter.editing.files import find_file
from invulposter.editing.forms import describe, named, path_of
from invulposter.editing.parts import part_named, parts_of
from invulposter.editing.posted import known_ids, reshaped, with_ids
from invulposter.editing.saving import ChangedError, MistakesError, library_of, mistakes_in, redo, save, undo
from invulposter.errors import WorkspaceError
from invulposter.studio.content_desk import Desk
from invulposter.studio.content_forms import START, Editing, file_of, form_page, name_of, opened_of, typed
from invulposter.studio.content_logo import chosen_logo, logo_address
from invulposter.studio.content_overview import overview
from invulposter.studio.pages import page, see


def take(request: Request, form: FormData, desk: Desk) -> Response:
    """Save what was typed, or change the form's shape where that was asked."""
    editing = typed(request, form, desk)
    step = str(form.get("doe", ""))
    if not step:
        return _save(request, desk, editing)
    try:
        data, place = reshaped(editing.form, editing.data, step)
    except (KeyError, TypeError, AttributeError, IndexError):
        raise HTTPException(400) from None
    return form_page(request, desk, replace(editing, data=data), focus=f"v-{named(place).replace('.', '-')}")


def _save(request: Request, desk: Desk, editing: Editing) -> Response:
    library = library_of(desk.workspace)
    data = with_ids(editing.form, editing.data, known_ids(library))
    what = f"{name_of(editing.file, data)}: {summary(editing.form, editing.base, data)}"
    mistakes = mistakes_in(desk.workspace, editing.file, data, library) if desk.samples else ()
    try:
        if not mistakes:
            desk.make_own()
        save(desk.workspace, editing.file, data, editing.seal, what)
    except MistakesError as error:
        return form_page(request, desk, editing, mistakes=error.mistakes, status=422)
    except ChangedError as error:
        return _conflict(request, desk, replace(editing, opened=error.now, data=data, seal=error.now.seal))
    except WorkspaceError:
        return form_page(request, desk, editing, problem=_NOT_WRITTEN, status=409)
    return _saved(editing, "teksten" if data != editing.opened.data else "")


def _saved(editing: Editing, said: str) -> Response:
    """Go on after saving: with a logo that was chosen to the page that shows it, where `said` tells of the texts."""
    if editing.logo:
        return see(_with(logo_address(editing.file, editing.logo), said))
    return see(_with(editing.address, "bewaard"))


_NOT_WRITTEN = (
    "Bewaren lukte niet: er kan niet in de map worden geschreven, of de schijf is vol. Wat je typte staat hier nog."
)


def _with(where: str, said: str) -> str:
    return f"{where}{'&' if '?' in where else '?'}gedaan={said}" if said else where


def _conflict(request: Request, desk: Desk, editing: Editing) -> Response:
    """What differs between what was typed and what stands in the file now; each can be chosen."""
    found: tuple[Difference, ...] = ()
    if editing.opened.data is not None:
        found = differences(editing.form, editing.data, editing.opened.data, editing.base)
        if not found:
            return _saved(editing, "")
        if not any(one.changed_here for one in found):
            return see(_with(editing.address, "vers"))
    return page(
        request,
        "inhoud_verschil.html.j2",
        409,
        editing=editing,
        differences=tuple(zip(found, map(named, (one.path for one in found)), strict=True)),
        mine=json.dumps(editing.data, ensure_ascii=False),
        was=json.dumps(editing.opened.data, ensure_ascii=False),
    )


def choose(request: Request, form: FormData, desk: Desk) -> Response:
    """Save the choice between what was typed and what stands in the file."""
    file = file_of(request, desk)
    opened = opened_of(desk, file)
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
    chosen_too = chosen_logo(request, form)
    return _save(request, desk, Editing(opened, described, part, base, data, str(form.get("zegel", "")), chosen_too))


def turn(request: Request, form: FormData, desk: Desk) -> Response:
    """Undo a change or do it again, and go back to where that was asked."""
    number, back = str(form.get("nummer", "")), str(form.get("naar", START))
    action = redo if form.get("hoe") == "opnieuw" else undo
    try:
        action(desk.workspace, int(number) if number.isdecimal() and len(number) < 9 else 0)
    except WorkspaceError:
        return overview(
            request,
            desk,
            problem="Ongedaan maken kan niet meer: het bestand is daarna veranderd, of iets anders heeft het nodig.",
        )
    slug = back.removeprefix(f"{START}/bewerk/").partition("?")[0]
    known = back.startswith(f"{START}/bewerk/") and find_file(desk.workspace, slug) is not None
    return see(_with(back if known else START, "opnieuw" if action is redo else "ongedaan"))
