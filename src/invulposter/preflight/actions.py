"""What a file may do behind the reader's back: scripts, programs, sending data, other files."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from pypdf.generic import DictionaryObject

from invulposter.edition import Edition
from invulposter.findings import Severity
from invulposter.finish.objects import dictionary, entry, items, resolved
from invulposter.preflight.expectation import Expectation, Fault

_SAFE_SCHEMES = {"https", "http", "mailto", "tel"}
_REMOVE = "Verwijder dit uit het bestand of maak het opnieuw."
#: Actions (ISO 32000-1, 12.6.4) that do more than go to a place in the file.
_ACTIONS = {
    "/JavaScript": ("javascript", "Het bestand bevat een programmaatje (JavaScript)"),
    "/Launch": ("launch", "Het bestand kan een programma op de computer starten"),
    "/SubmitForm": ("submit", "Het bestand kan ingevulde gegevens versturen"),
    "/ImportData": ("external-file", "Het bestand haalt gegevens uit een ander bestand"),
    "/GoToR": ("external-file", "Het bestand verwijst naar een ander bestand op de computer"),
    "/GoToE": ("embedded-file", "Het bestand verwijst naar een bijlage"),
    "/Rendition": ("media", "Het bestand speelt beeld of geluid af"),
    "/Movie": ("media", "Het bestand speelt beeld of geluid af"),
    "/Sound": ("media", "Het bestand speelt beeld of geluid af"),
    "/RichMediaExecute": ("media", "Het bestand speelt beeld of geluid af"),
}
_ANNOTATIONS = {
    "/FileAttachment": ("embedded-file", "Er zit een bijlage in het bestand"),
    "/RichMedia": ("media", "Het bestand speelt beeld of geluid af"),
    "/Screen": ("media", "Het bestand speelt beeld of geluid af"),
    "/Movie": ("media", "Het bestand speelt beeld of geluid af"),
    "/Sound": ("media", "Het bestand speelt beeld of geluid af"),
    "/3D": ("media", "Het bestand bevat een driedimensionaal model"),
}


def check_catalog(catalog: DictionaryObject) -> Iterator[Fault]:
    """Check what starts when the file is opened, what it carries along, and its bookmarks."""
    yield from check_actions(catalog, ("/OpenAction",))
    names = dictionary(catalog, "/Names")
    if entry(names, "/JavaScript") is not None:
        yield _fault(*_ACTIONS["/JavaScript"])
    if entry(names, "/EmbeddedFiles") is not None or any(items(catalog, "/AF")):
        yield _fault(*_ANNOTATIONS["/FileAttachment"])
    if entry(dictionary(catalog, "/AcroForm"), "/XFA") is not None:
        yield _fault("javascript", "Het formulier is van een soort (XFA) dat de meeste programma's weigeren")
    yield from _bookmarks(dictionary(catalog, "/Outlines"))


def check_annotations(page: DictionaryObject, expect: Expectation | None) -> Iterator[Fault]:
    """Check a page's own actions and its links, buttons and attachments."""
    yield from check_actions(page, ())
    links = False
    for _, annotation in items(page, "/Annots"):
        kind = entry(annotation, "/Subtype")
        if isinstance(kind, str) and kind in _ANNOTATIONS:
            yield _fault(*_ANNOTATIONS[kind])
        yield from check_actions(annotation, ("/A", "/PA"))
        links = links or (kind == "/Link" and _leads_out(annotation))
    if links and expect and expect.edition is not Edition.SCREEN:
        yield Fault(
            "links-on-paper",
            "Er staan koppelingen in die op papier niet werken",
            "Zet het adres er leesbaar bij of gebruik een QR-code.",
            Severity.WARNING,
        )


def _leads_out(link: DictionaryObject) -> bool:
    """Whether a link goes to an address; to another page of the document, paper has the page's number."""
    return "/Dest" not in link and entry(dictionary(link, "/A"), "/S") != "/GoTo"


def check_actions(owner: Any, keys: tuple[str, ...]) -> Iterator[Fault]:
    """Check the actions under these keys of `owner`, the ones on its events (`/AA`) and what follows each."""
    events = dictionary(owner, "/AA")
    waiting = [entry(owner, key) for key in keys] + [entry(events, key) for key in events]
    seen: set[int] = set()
    while waiting:
        action = waiting.pop()
        if not isinstance(action, DictionaryObject) or id(action) in seen:
            continue
        seen.add(id(action))
        kind = entry(action, "/S")
        if isinstance(kind, str) and kind in _ACTIONS:
            yield _fault(*_ACTIONS[kind])
        elif entry(action, "/JS") is not None:
            yield _fault(*_ACTIONS["/JavaScript"])
        elif kind == "/URI":
            yield from _address(entry(action, "/URI"))
        following = entry(action, "/Next")
        waiting += [resolved(item) for item in following] if isinstance(following, list) else [following]


def _address(address: Any) -> Iterator[Fault]:
    text = address.decode("latin-1") if isinstance(address, bytes) else str(address)
    try:
        scheme = urlsplit(text).scheme.lower()
    except ValueError:
        scheme = ""
    if scheme not in _SAFE_SCHEMES:
        yield Fault(
            "link",
            f"De koppeling '{text[:60]}' gaat niet naar een webadres, mailadres of telefoonnummer",
            "Begin het adres met https:, mailto: of tel:.",
        )


def _bookmarks(outlines: DictionaryObject) -> Iterator[Fault]:
    waiting = [entry(outlines, "/First")]
    seen: set[int] = set()
    while waiting:
        bookmark = waiting.pop()
        if isinstance(bookmark, DictionaryObject) and id(bookmark) not in seen:
            seen.add(id(bookmark))
            yield from check_actions(bookmark, ("/A",))
            waiting += [entry(bookmark, "/First"), entry(bookmark, "/Next")]


def _fault(code: str, message: str) -> Fault:
    return Fault(code, message, _REMOVE)
