"""What was filled in at Workshop: from a form to a request for a kit, and in Dutch what is wrong with it. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from invulposter.errors import RequestError
from invulposter.library import Library
from invulposter.paper import Printer
from invulposter.prefill import Table
from invulposter.studio.leftout import NOTHING, LeftOut
from invulposter.studio.printing import paper_wish
from invulposter.studio.selection import networks
from invulposter.workshop.plan import (
    LONGEST_PLACE,
    MOST_PARTICIPANTS,
    PAPERS,
    KitPlan,
    KitRequest,
    parse_date,
    parse_time,
    plan_kit,
)


@dataclass(frozen=True)
class Filled:
    """The form as it was filled in, text by text; what was never filled in has what is usual."""

    rayon: str = ""
    network: str = ""
    date: str = ""
    start: str = ""
    place: str = ""
    participants: str = "12"
    groups: str = "3"
    paper: str = PAPERS[0]
    printer: str = ""
    thrifty: bool = False


@dataclass(frozen=True)
class Wanted:
    """What a form asks for: a plan, or else by field what is wrong."""

    filled: Filled
    plan: KitPlan | None = None
    problems: Mapping[str, str] = field(default_factory=dict)


def filled(form: Mapping[str, str], library: Library, left: LeftOut = NOTHING, usual_rayon: str = "") -> Filled:
    """The form with its choices; what does not exist, or not any more, is passed over, but for the rayon."""
    rayon = form.get("rayon") or usual_rayon
    usual = Filled()
    return Filled(
        rayon=rayon,
        network=_known(form.get("netwerk"), (*networks(library, rayon), *left.networks)),
        date=form.get("datum", "").strip(),
        start=form.get("aanvang", "").strip(),
        place=form.get("plaats", "").strip(),
        participants=form.get("deelnemers", usual.participants).strip(),
        groups=form.get("groepen", usual.groups).strip(),
        paper=_known(form.get("papier"), PAPERS),
        printer=form.get("printer", ""),
        thrifty=form.get("zuinig") == "ja",
    )


def address(form: Filled) -> str:
    """The address of the form with this in it."""
    texts = {
        "rayon": form.rayon,
        "netwerk": form.network,
        "datum": form.date,
        "aanvang": form.start,
        "plaats": form.place,
        "deelnemers": form.participants,
        "groepen": form.groups,
        "papier": form.paper,
        "printer": form.printer,
        "zuinig": "ja" if form.thrifty else "",
    }
    return f"/workshop?{urlencode({key: text for key, text in texts.items() if text})}"


def _known(value: str | None, known: tuple[str, ...]) -> str:
    """The value where it is one of these, else the first."""
    return value if value in known else next(iter(known), "")


def wanted(
    form: Filled, library: Library, printers: Mapping[str, Printer], today: datetime.date, people: Table | None = None
) -> Wanted:
    """Plan the kit that a form asks for, or say field by field what is wrong."""
    problems = _not_there(form, library) | _problems(form, today, people)
    if problems:
        return Wanted(form, problems=problems)
    request = KitRequest(
        rayon=form.rayon,
        network=form.network,
        participants=int(form.participants),
        groups=int(form.groups),
        paper=form.paper,
        sheets=paper_wish(form.printer, printers),
        date=parse_date(form.date) if form.date else None,
        place=form.place,
        start=parse_time(form.start) if form.start else None,
        people=people,
        thrifty=form.thrifty,
    )
    try:
        return Wanted(form, plan_kit(library, request, today))
    except RequestError:
        return Wanted(form, problems={"netwerk": "Voor deze keuze kan geen kit worden gemaakt. Kies iets anders."})


def _not_there(form: Filled, library: Library) -> dict[str, str]:
    """Of a rayon or network that can't be made now: another one's kit is not what was asked for."""
    found = {}
    if form.rayon not in library.rayons:
        found["rayon"] = "Voor dit rayon kan nu niets worden gemaakt. Verbeter het bij Inhoud, of kies een ander."
    if form.network not in library.networks:
        found["netwerk"] = "Voor dit netwerk kan nu niets worden gemaakt. Verbeter het bij Inhoud, of kies een ander."
    return found


def _problems(form: Filled, today: datetime.date, people: Table | None) -> dict[str, str]:
    found = {}
    participants, groups = _number(form.participants), _number(form.groups)
    if participants is None or not 1 <= participants <= MOST_PARTICIPANTS:
        found["deelnemers"] = f"Vul een aantal in van 1 tot en met {MOST_PARTICIPANTS}."
    elif groups is None or not 1 <= groups <= participants:
        found["groepen"] = f"Vul een aantal in van 1 tot en met {participants}: in elke groep zit iemand."
    elif people and len(people.rows) > participants:
        found["lijst"] = f"Op de lijst staan {len(people.rows)} namen, meer dan de {participants} deelnemers."
    if form.date:
        found |= _date_problem(form.date, today)
    if form.start and not _is_time(form.start):
        found["aanvang"] = "Schrijf de tijd als 13:30."
    if len(form.place) > LONGEST_PLACE or not form.place.isprintable():
        found["plaats"] = f"Houd het bij één regel van hoogstens {LONGEST_PLACE} tekens."
    return found


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= 6 else None


def _date_problem(text: str, today: datetime.date) -> dict[str, str]:
    try:
        past = parse_date(text) < today
    except RequestError:
        return {"datum": "Schrijf de datum als 2027-03-12."}
    return {"datum": "Deze datum is geweest: kies een dag die nog komt."} if past else {}


def _is_time(text: str) -> bool:
    try:
        parse_time(text)
    except RequestError:
        return False
    return True
