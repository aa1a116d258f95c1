"""The overview of Inhoud: everything that can be edited, and what was done last."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from invulposter.editing.files import ContentFile, content_files
from invulposter.editing.forms import describe
from invulposter.editing.parts import parts_of
from invulposter.editing.saving import Opened, library_of, open_file, redoable, undoable
from invulposter.errors import WorkspaceError
from invulposter.findings import errors
from invulposter.studio.content_desk import Desk
from invulposter.studio.content_forms import KINDS, address, name_of
from invulposter.studio.pages import page


def overview(request: Request, desk: Desk, **more: Any) -> Response:
    """Everything that can be edited, by kind; a long file with its parts."""
    rows: dict[str, list[dict[str, Any]]] = {title: [] for title in KINDS.values()}
    library = library_of(desk.workspace)
    wrong = {one.place.path for one in errors(library.problems)} if library else set()
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
                "wrong": file.path.as_posix() in wrong,
            }
        )
    for found in rows.values():
        found.sort(key=lambda row: (row["order"], row["name"].casefold()))
    return page(
        request,
        "inhoud.html.j2",
        rows=rows,
        samples=desk.samples,
        undo=undoable(desk.workspace),
        redo=redoable(desk.workspace),
        said=request.query_params.get("gedaan", ""),
        healthy=library is not None and not wrong,
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
