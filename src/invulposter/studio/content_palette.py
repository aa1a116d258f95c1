"""What the palette's part of Inhoud shows of two colours: all that follows from them, and how well they read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from invulposter.drawing.palette import Contrast, Palette, derive, grays_too_close, pairs
from invulposter.studio.pages import get, page

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
#: The colours of a palette that are shown, with what people call them.
SHOWN = {
    "primair": "Hoofdkleur", "primair_inkt": "Koppen", "primair_30": "Onderlaag", "primair_12": "Tabel",
    "primair_6": "Schrijfvel", "accent": "Accent", "accent_inkt": "Kleine koppen", "accent_30": "Kraal",
    "accent_12": "Schrijfvel", "primair_diep": "Donkerste vlak", "inkt": "Tekst", "grijs": "Kleine letters",
}  # fmt: skip
_CALLED = {
    **SHOWN, "wit": "wit papier", "op_primair": "Tekst op de hoofdkleur", "op_accent": "Tekst op het accent",
    "accent_lijn": "De draad", "accent_op_primair": "De draad op de hoofdkleur", "primair_lijn": "Schrijflijnen",
    "primair_rand": "Randen van vakken",
}  # fmt: skip


def palette_route() -> BaseRoute:
    """The route of this module."""

    async def palette(request: Request) -> Response:
        return _palette(request)

    return get("/inhoud/palet", palette)


def palette_of(primary: str, accent: str) -> dict[str, object] | None:
    """What the palette's part of a page shows of two colours; None where one is no colour."""
    if not _COLOUR.fullmatch(primary) or not _COLOUR.fullmatch(accent):
        return None
    made = derive(primary, accent)
    found = pairs(made)
    return {
        "colours": _shown(made),
        "contrasts": _worst(found),
        "kept": made.primair == primary.upper(),
        "passing": sum(one.passes for one in found),
        "of": len(found),
        "grays": _grays(made),
    }


def _shown(palette: Palette) -> list[tuple[str, str]]:
    values = asdict(palette)
    return [(name, values[key]) for key, name in SHOWN.items()]


def _worst(found: Sequence[Contrast]) -> list[tuple[str, str, float, float, bool]]:
    """The pairs that people look at most, each with the ratio it needs and has."""
    shown = {("op_primair", "primair"), ("op_accent", "accent"), ("inkt", "primair_6"), ("primair_inkt", "wit"),
             ("accent_lijn", "wit"), ("accent_op_primair", "primair"), ("primair_lijn", "wit")}  # fmt: skip
    return [
        (_called(one.text), _called(one.ground).lower(), one.needed, one.measured, one.passes)
        for one in found
        if (one.text, one.ground) in shown
    ]


def _called(colour: str) -> str:
    return _CALLED.get(colour, colour)


def _grays(palette: Palette) -> list[str]:
    return [f"{_CALLED[one].lower()} en {_CALLED[other].lower()}" for one, other in grays_too_close(palette)]


def _palette(request: Request) -> Response:
    found = palette_of(request.query_params.get("primair", ""), request.query_params.get("accent", ""))
    if found is None:
        raise HTTPException(400)
    return page(request, "inhoud_palet.html.j2", palette=found)
