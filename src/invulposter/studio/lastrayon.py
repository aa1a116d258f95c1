"""The rayon that was chosen last, which the browser remembers: most offices make things for one."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from invulposter.library import Library

_COOKIE = "invulposter-rayon"
_A_YEAR = 366 * 24 * 3600


def last_rayon(request: Request, library: Library) -> str:
    """The rayon to begin with: the one that was chosen last if it is there, else the first."""
    last = request.cookies.get(_COOKIE, "")
    return last if last in library.rayons else next(iter(library.rayons), "")


def remembering(answer: Response, rayon: str, library: Library) -> Response:
    """The same answer, after which the browser remembers this rayon, if there is one of that id."""
    if rayon in library.rayons:
        answer.set_cookie(_COOKIE, rayon, max_age=_A_YEAR, httponly=True, samesite="strict")
    return answer
