"""The only door between typesetting and the rest of the world, and it opens on memory alone.

Typesetting gets the names it may use as bytes; every other address is refused, and the refusal is kept here,
because WeasyPrint swallows the exception where the address stands in a nested drawing.
"""

import re
from base64 import b64decode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, unquote_to_bytes
from urllib.request import OpenerDirector

from weasyprint.urls import URLFetcher, URLFetcherResponse

from invulposter.drawing.svg import flaw
from invulposter.intake import IntakeError, legible
from invulposter.intake.raster import check_header
from invulposter.kit import DRAWN

# RFC 6761, 6.4: no name below .invalid ever resolves, so even a leak could not reach a server.
BASE_URL = "https://workspace.invalid/"
MAX_DATA_BYTES = 5_000_000
MAX_DOCUMENT_BYTES = 50_000_000
MAX_REFUSALS = 100
MAX_URL_CHARACTERS = 120

_DATA_TYPES = frozenset({"image/svg+xml", "image/png", "image/jpeg"})
_TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "css": "text/css",
}
# What does not come by here when WeasyPrint 70 meets it in a drawing: entities are the XML parser's, `@import`
# ends in an AttributeError, a clone from elsewhere is passed over without a word.
_UNSAFE_DRAWING = re.compile(
    rb"""<(?:!DOCTYPE|!ENTITY|\?xml-stylesheet|script|use\s[^<>]*href\s*=\s*["'](?!\#))|@(?i:import)"""
)
#: An address where letters are to be had.
_FONT = re.compile(r"\bfonts?\b|\.(?:ttf|otf|woff2?)$", re.IGNORECASE)
_PUT_FONT = "zet een lettertype als .ttf in fonts/<naam>/ en noem het met font-family, zonder @import of @font-face"
#: So many names are told of what there is.
_MOST_NAMES = 8


@dataclass(frozen=True)
class Refusal:
    """An address that typesetting asked for and did not get, as written, and why (Dutch: it reaches the report)."""

    url: str
    reason: str


class RefusedError(ValueError):
    """Tells WeasyPrint that there is nothing to be had; the refusal itself is on record."""


class WorkspaceFetcher(URLFetcher):  # type: ignore[misc]
    """Serves `BASE_URL` + name from `assets` and bounded `data:` images; refuses and records everything else.

    Make one for each document: the total of MAX_DOCUMENT_BYTES and `refusals` are a document's own. Give the
    document `base_url=BASE_URL`, so that relative addresses come here as well.
    """

    _fail_on_errors = False

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        # Passes over URLFetcher's own __init__, which installs the handlers that open files and connections.
        OpenerDirector.__init__(self)
        self._assets = assets
        self._served = 0
        self.refusals: list[Refusal] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the bytes behind an allowed address; raise RefusedError for any other."""
        try:
            body, media_type = self._asset(url) if url.startswith(BASE_URL) else _data(url)
            _check(body, media_type)
            self._served += len(body)
            if self._served > MAX_DOCUMENT_BYTES:
                raise RefusedError(f"de afbeeldingen zijn samen meer dan {MAX_DOCUMENT_BYTES // 1_000_000} MB")
        except RefusedError as error:
            self._record(Refusal(as_written(url), str(error)))
            raise
        return URLFetcherResponse(url, body, {"Content-Type": media_type})

    def _asset(self, url: str) -> tuple[bytes, str]:
        name = unquote(url.removeprefix(BASE_URL).partition("#")[0])
        media_type = _TYPES.get(name.rpartition(".")[2].lower())
        if name not in self._assets or media_type is None:
            raise RefusedError(f"dit bestand hoort niet bij het ontwerp; {_where_to_put(name, self._assets)}")
        return self._assets[name], media_type

    def _record(self, refusal: Refusal) -> None:
        if refusal not in self.refusals and len(self.refusals) < MAX_REFUSALS:
            self.refusals.append(refusal)


def as_written(url: str) -> str:
    """An address as a layout has it, fit for a message; what the kit drew has no name there."""
    name = unquote(url.removeprefix(BASE_URL)) if url.startswith(BASE_URL) else url
    return "drawing()" if DRAWN.fullmatch(name) else legible(name, MAX_URL_CHARACTERS)


def _where_to_put(name: str, assets: Iterable[str]) -> str:
    """Where a file goes that a layout asks for, and which there are."""
    if _FONT.search(name):
        return _PUT_FONT
    if name.endswith(".css"):
        return "zet de regels in style.css of in _shared/base.css"
    there = sorted(one for one in assets if not DRAWN.fullmatch(one))
    names = ", ".join(there[:_MOST_NAMES]) + (" …" if len(there) > _MOST_NAMES else "")
    where = "zet een afbeelding (png, jpg of svg) naast page.html.j2 of in _shared/ en noem alleen haar naam"
    return f"{where} (er is: {names})" if there else where


def _data(url: str) -> tuple[bytes, str]:
    """Body and media type of a `data:` address (RFC 2397)."""
    scheme, _, rest = url.partition(":")
    if scheme.lower() != "data":
        outside = "alleen bestanden van het ontwerp zelf mogen, geen adressen daarbuiten"
        raise RefusedError(f"{outside}; {_PUT_FONT}" if _FONT.search(url) else outside)
    # Base64 is a third longer than what it stands for, percent-encoding at most three times as long.
    if len(url) > 3 * MAX_DATA_BYTES:
        raise RefusedError(f"de afbeelding is groter dan {MAX_DATA_BYTES // 1_000_000} MB")
    kind, comma, payload = rest.partition(",")
    media_type, *parameters = (part.strip().lower() for part in kind.split(";"))
    if not comma or media_type not in _DATA_TYPES:
        raise RefusedError(f"data van het soort {legible(media_type) or 'onbekend'} mag niet")
    body = unquote_to_bytes(payload)
    if "base64" in parameters:
        try:
            body = b64decode(body, validate=True)
        except ValueError as error:
            raise RefusedError("de data is beschadigd (base64)") from error
    if len(body) > MAX_DATA_BYTES:
        raise RefusedError(f"de afbeelding is groter dan {MAX_DATA_BYTES // 1_000_000} MB")
    return body, media_type


def _check(body: bytes, media_type: str) -> None:
    """Refuse a drawing that reaches outside itself, is no XML or has letters, and pixels: damaged ones, too many."""
    if media_type == "image/svg+xml":
        if found := _UNSAFE_DRAWING.search(body):
            raise RefusedError(f"de tekening bevat {legible(found[0].decode(errors='replace'))}")
        if wrong := flaw(body):
            raise RefusedError(
                f"de tekening bevat letters (<{wrong.lettered}>): maak er contouren van, of schrijf ze in HTML"
                if wrong.lettered
                else f"de tekening is geen geldige XML (regel {wrong.line}: {legible(wrong.reason)})"
            )
    elif media_type.startswith("image/"):
        try:
            check_header(body)
        except IntakeError as error:
            raise RefusedError(error.message) from error
