"""What WeasyPrint 70 logs, told as findings: in which file it is, in Dutch, and what to do. Pure.

A message that is not known here passes as it is, with the file that it is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import unquote

from invulposter.fetcher import as_written
from invulposter.findings import Finding, Place, Severity

#: What a page's own style sheets and attributes are called: which template they stand in is not known any more.
PAGE = "page.html.j2"

_POSITION = re.compile(r"\bat (\d+):(\d+)")
_IGNORED = re.compile(r"Ignored `(?P<what>.*)` at \d+:\d+, (?P<reason>.*)\.", re.DOTALL)
_REASONS = {
    "unknown property": "deze eigenschap kent de zetter niet",
    "property not supported yet": "deze eigenschap kent de zetter niet",
    "descriptor not supported": "deze eigenschap kent de zetter niet",
    "invalid value": "deze waarde kan hier niet",
    "no value": "er staat geen waarde",
}
#: What the fetcher refused says so itself.
_TOLD = "RefusedError: "
#: A variable that is asked for with nothing to take its place, and one that is given a value.
_ASKED = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
_GIVEN = re.compile(r"(--[\w-]+)\s*:")
#: The name of a property, at the end of what stands before its value.
_NAME = re.compile(r"[\w-]\s*:\s*$")
#: Of two variables that are alike so far one was meant: all begin with the same two hyphens.
_NEAR = 0.75
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class _Known:
    """A message as WeasyPrint words it, and as we do: what stands in the groups goes into the braces."""

    pattern: str
    sentence: str
    advice: str
    severity: Severity = Severity.WARNING
    written: Callable[[str], str] = str.strip


_KNOWN = (
    _Known(
        r"Failed to load image at '(.*?)': .*",
        "De afbeelding '{}' kan niet worden gelezen.",
        "Bewaar haar opnieuw als png, jpg of svg.",
        Severity.ERROR,
        as_written,
    ),
    _Known(
        r"Failed to render SVG image (.*)",
        "De tekening '{}' kan niet worden getekend.",
        "Kijk na wat er in 'transform' en 'viewBox' staat.",
        Severity.ERROR,
        as_written,
    ),
    _Known(
        r"Anchor defined twice: '(.*)'",
        "Het id '{}' staat er meer dan eens.",
        "Geef elk element een eigen id.",
    ),
    _Known(
        r"No anchor #(.*) for internal URI reference",
        "De koppeling '#{}' gaat nergens heen.",
        "Geef het element waar zij heen gaat dat id.",
    ),
    _Known(
        r"Invalid or unsupported selector, '(.*?)'.*",
        "De selector '{}' kent de zetter niet: wat erbij staat is genegeerd.",
        "",
    ),
)


def findings(
    html: str,
    sheets: Mapping[str, str],
    reading: Iterable[tuple[str, str]],
    laying_out: Iterable[str],
) -> tuple[Finding, ...]:
    """What was logged of a document with these style sheets (by name), each thing once.

    `reading` are the messages from when a sheet was read, each with the sheet's name; `laying_out` are all others.
    """
    unknown = tuple(unknown_variables(html, sheets))
    # What an unknown variable leaves without a value: it is told already, by its name.
    later = (message for message in laying_out if not (unknown and message.endswith(", no value.")))
    said = (told(message, sheet) for message, sheet in (*reading, *((one, _standing(one, sheets)) for one in later)))
    return tuple(dict.fromkeys((*unknown, *filter(None, said))))


def told(message: str, sheet: str = "") -> Finding | None:
    """A log message as a finding, None where what was refused says it; `sheet` is the style sheet that it is about."""
    if _TOLD in message:
        return None
    if ignored := _IGNORED.fullmatch(message):
        reason = _REASONS.get(ignored["reason"], ignored["reason"])
        what = " ".join(ignored["what"].split())
        return _finding(_place(message, sheet or PAGE), f"'{what}' is genegeerd: {reason}.")
    for known in _KNOWN:
        if found := re.fullmatch(known.pattern, message, re.DOTALL):
            sentence = known.sentence.format(known.written(found[1]))
            return _finding(_place(message, sheet), sentence, known.severity, known.advice)
    return _finding(_place(message, sheet), message)


def _place(message: str, sheet: str) -> Place:
    """The position in a style sheet. In an attribute lines are counted from its own beginning, which helps nobody."""
    found = _POSITION.search(message)
    return Place(sheet, int(found[1]), int(found[2])) if found and sheet not in ("", PAGE) else Place(sheet)


def _finding(place: Place, message: str, severity: Severity = Severity.WARNING, advice: str = "") -> Finding:
    return Finding(place, "typesetter", message, severity, advice)


def _standing(message: str, sheets: Mapping[str, str]) -> str:
    """The sheet with the value that a message is about by its position; empty where none has one there.

    A value with a variable in it can be judged only when a page is laid out: by then its sheet is forgotten.
    """
    if found := _POSITION.search(message):
        line, column = int(found[1]), int(found[2])
        for name, text in sheets.items():
            said = "".join(text.split("\n")[line - 1 : line])
            if _NAME.search(said[: column - 1]) and "var(" in said[column - 1 :]:
                return name
    return ""


def naming(name: str, html: str, sheets: Mapping[str, str]) -> Place:
    """Where a name stands: on a line of a style sheet, in the page, or nowhere, as in a picture within a picture."""
    for sheet, text in ((sheet, unquote(text)) for sheet, text in sheets.items()):
        if name in text:
            return Place(sheet, _position(sheet, text, text.index(name)).line)
    return Place(PAGE) if name in unquote(html) else Place()


def unknown_variables(html: str, sheets: Mapping[str, str]) -> Iterator[Finding]:
    """A finding for each variable that a style sheet or a page asks for and that nothing gives a value.

    WeasyPrint names none of them, and draws a border without its colour as if nothing were wrong.
    """
    texts = {PAGE: html, **{name: _COMMENT.sub(_blank, text) for name, text in sheets.items()}}
    given = {name for text in texts.values() for name in _GIVEN.findall(text)}
    for name, text in texts.items():
        for asked in _ASKED.finditer(text):
            if asked[1] not in given:
                place = Place(name) if name == PAGE else _position(name, text, asked.start(1))
                near = get_close_matches(asked[1], given, n=1, cutoff=_NEAR)
                advice = f"Bedoel je '{near[0]}'?" if near else ""
                yield _finding(place, f"De variabele '{asked[1]}' bestaat niet.", advice=advice)


def _blank(comment: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", comment[0])


def _position(name: str, text: str, start: int) -> Place:
    return Place(name, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
