"""A form of Inhoud: from what was sent to the file it is for, and the page that shows it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from invulposter.editing.files import ContentFile, find_file
from invulposter.editing.forms import Field, describe
from invulposter.editing.mistakes import Mistake
from invulposter.editing.parts import Part, part_named, parts_of
from invulposter.editing.posted import collect
from invulposter.editing.saving import Opened, library_of, open_file, redoable, undoable
from invulposter.errors import WorkspaceError
from invulposter.library import Library
from invulposter.studio.content_desk import Desk
from invulposter.studio.content_logo import chosen_logo
from invulposter.studio.content_palette import palette_of
from invulposter.studio.content_view import Choices, anchor, draw
from invulposter.studio.pages import page

#: The address of the place.
START = "/inhoud"
#: The kinds of files in the order of the overview, with what people call them.
KINDS = {
    "fase": "Fasen",
    "invulposter": "Poster en stappen",
    "netwerk": "Netwerken",
    "rayon": "Rayons",
    "handleiding": "Handleiding",
    "brochure": "Brochure",
}


@dataclass(frozen=True)
class Editing:
    """A form that is open: the file as it stands, the part of it, what the form began with and what is in it now.

    `logo` is the logo that was chosen with it, as it lies on the shelf.
    """

    opened: Opened
    form: Field
    part: Part
    base: Any
    data: Any
    seal: str
    logo: str = ""

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
        return name_of(self.file, self.opened.data if self.opened.data is not None else self.data)


def address(file: ContentFile, part: str = "") -> str:
    """The address of the form of a file, or of a part of it."""
    return f"{START}/bewerk/{file.slug}" + (f"?deel={part}" if part else "")


def name_of(file: ContentFile, data: Any) -> str:
    """What people call a file: the name in it, else what its kind is called."""
    named_so = data.get("naam") if isinstance(data, dict) else None
    return named_so if isinstance(named_so, str) and named_so else (file.id or KINDS[file.kind])


def file_of(request: Request, desk: Desk) -> ContentFile:
    """The file in the address. Raises 404 where there is none."""
    file = find_file(desk.workspace, request.path_params["slug"])
    if file is None:
        raise HTTPException(404)
    return file


def opened_of(desk: Desk, file: ContentFile) -> Opened:
    """The file as it stands. Raises 404 where it can't be opened."""
    try:
        return open_file(desk.workspace, file)
    except WorkspaceError:
        raise HTTPException(404) from None


def form_page(
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
        "dirty": bool(editing.logo) or editing.data != editing.opened.data, "kind": KINDS[editing.file.kind],
        "whom": _whom(editing.file, library), "products": _products(library), "palette": _palette(editing),
        "samples": desk.samples, "said": "", "focus": "", "problem": "", "on_disk": False,
    }  # fmt: skip
    return page(request, "inhoud_formulier.html.j2", status, **(context | more))


def _whom(file: ContentFile, library: Library | None) -> dict[str, list[tuple[str, str]]]:
    """The rayons and networks for which a page can be shown, where the file is not one itself."""
    if library is None:
        return {"rayon": [], "netwerk": []}
    return {
        "rayon": [] if file.kind == "rayon" else [(key, one.name) for key, one in library.rayons.items()],
        "netwerk": [(key, one.name) for key, one in library.networks.items()] if file.kind in {"fase", "rayon"} else [],
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


def typed(request: Request, form: FormData, desk: Desk) -> Editing:
    """The form as it was sent. Raises 400 where it is none of ours."""
    file = file_of(request, desk)
    opened = opened_of(desk, file)
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
    return Editing(opened, described, part, base, data, str(form.get("zegel", "")), chosen_logo(request, form))
