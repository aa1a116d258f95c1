"""What every place of the studio is made with: pages, forms that are checked, downloads, work that is followed."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from invulposter.studio.state import Studio
from invulposter.studio.tasks import State, Task

#: What a form may hold at most: its fields, its files, the bytes of a field.
MOST_FIELDS, MOST_FILES, MOST_IN_FIELD = 2000, 300, 200_000
_PRIVATE = {"Cache-Control": "no-store"}
#: A file under an id never changes.
_LASTING = {"Cache-Control": "private, max-age=3600, immutable"}

Handler = Callable[[Request, FormData], Awaitable[Response]]


def environment() -> Environment:
    """The studio's templates: everything is escaped, and a name that is not there is an error."""
    made = Environment(
        loader=PackageLoader("invulposter", "templates/studio"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["megabytes"] = megabytes
    return made


def megabytes(size: int) -> str:
    """A number of bytes as people read it: `0,3 MB`, never nothing."""
    return f"{max(size / 1_000_000, 0.1):.1f} MB".replace(".", ",")


def studio_of(request: Request) -> Studio:
    """The studio that a request came to."""
    studio: Studio = request.app.state.studio
    return studio


def page(request: Request, template: str, status: int = 200, **context: Any) -> Response:
    """A page from a template in `templates/studio/`, which extends `base.html`.

    Beside `context` a template knows `places`, `path` (the request's own) and `csrf`.
    """
    made = request.app.state.environment.get_template(template)
    html = made.render(
        places=request.app.state.places,
        path=request.url.path,
        csrf=studio_of(request).gate.csrf,
        **context,
    )
    return HTMLResponse(html, status, _PRIVATE)


def get(path: str, handler: Callable[[Request], Awaitable[Response]]) -> Route:
    """A route that shows something and changes nothing."""
    return Route(path, handler, methods=["GET"])


def post(path: str, handler: Handler, most_files: int = MOST_FILES) -> Route:
    """A route that takes a form: read within bounds, its token checked, then given to the handler.

    A form has `<input type="hidden" name="csrf" value="{{ csrf }}">` in it.
    """

    async def checked(request: Request) -> Response:
        form = request.form(max_files=most_files, max_fields=MOST_FIELDS, max_part_size=MOST_IN_FIELD)
        async with form as data:
            token = data.get("csrf")
            expected = studio_of(request).gate.csrf
            if not isinstance(token, str) or not hmac.compare_digest(token.encode(), expected.encode()):
                raise HTTPException(403)
            return await handler(request, data)

    return Route(path, checked, methods=["POST"])


def see(path: str) -> Response:
    """Go on to another page after a form (303, so that reloading it sends nothing again)."""
    return RedirectResponse(path, 303)


def picture(jpeg: bytes | None) -> Response:
    """A picture at an address whose picture never changes, or 404."""
    return Response(jpeg, media_type="image/jpeg", headers=_LASTING) if jpeg else Response(status_code=404)


def attachment(name: str, data: bytes, kind: str = "application/octet-stream") -> Response:
    """A file to save under `name`."""
    headers = {**_PRIVATE, "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(data, media_type=kind, headers=headers)


def following(request: Request, task: Task) -> Response | None:
    """The page that shows how far work is, until it is done; then None, and the place shows the result.

    For the route `/place/{task}` that a form leads to: reloading, going back and sharing tabs all work by it.
    """
    # Asked once: it may be done while the page is put together, which then follows it for a moment more.
    state = task.state
    return None if state is State.DONE else page(request, "following.html", task=task, state=state)


def task_of(request: Request) -> Task:
    """The task whose id is in the address. Raises 404 where it is not there any more."""
    task = studio_of(request).tasks.find(request.path_params["task"])
    if task is None:
        raise HTTPException(404)
    return task


def stream(events: Any) -> Response:
    """Server-sent events."""
    return StreamingResponse(events, media_type="text/event-stream", headers=_PRIVATE)
