"""What is wrong with typed data, by field, in Dutch: the model's own limits and what other files say. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from invulposter.content import Network, Phase, Poster
from invulposter.editing.files import ContentFile
from invulposter.editing.forms import Field, Kind, Path, at, describe, told
from invulposter.editing.overlay import numbered, overlaid
from invulposter.findings import Finding
from invulposter.library import Library
from invulposter.rayon import Rayon
from invulposter.references import duplicates, phase_ids, poster_ids, unknown_in_network, unknown_in_rayon
from invulposter.yamlsource import Source

_SHAPES = {
    Kind.COLOUR: "Schrijf de kleur als een hekje met zes cijfers of letters, zoals #1F4A43.",
    Kind.EMAIL: "Dit is geen e-mailadres. Schrijf het als info@rayon.example.",
    Kind.SHORT: "Gebruik alleen letters, cijfers, punten en streepjes, zonder spaties.",
    Kind.FIXED: "Gebruik alleen kleine letters, cijfers en streepjes.",
    Kind.CHOICE: "Maak een keuze.",
}
_NUMBERS = "Vul vier hele getallen van 0 tot 100 in, met een spatie ertussen."
#: What a network names by id, by the code of a finding that it isn't there: its key, and one of it.
_NAMED = {"unknown-tip": ("tips", "tip"), "unknown-vraag": ("vragen", "vraag")}


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong: at which path, what people call that place, and what to do about it."""

    path: Path
    place: str
    message: str


def checked(file: ContentFile, data: Any) -> BaseModel | tuple[Mistake, ...]:
    """The model of a file's data, or every mistake in it."""
    try:
        return file.model.model_validate(data)
    except ValidationError as error:
        return tuple(dict.fromkeys(_own(describe(file.model), data, error)))


def _own(form: Field, data: Any, error: ValidationError) -> Iterator[Mistake]:
    for one in error.errors(include_url=False):
        path = _path(data, one)
        field = _field(form, path, data)
        if field and field.kind is Kind.NUMBERS:
            yield Mistake(path[: _place(path)], told(form, path[: _place(path)], data), _NUMBERS)
        else:
            yield Mistake(path, told(form, path, data), _sentence(field, one))


def _place(path: Path) -> int:
    """How long a path to numbers is without the place of one of them."""
    return len(path) - (1 if path and isinstance(path[-1], int) else 0)


def _path(data: Any, mistake: ErrorDetails) -> Path:
    """Where in the data: pydantic's location without the names of a union's members."""
    path: Path = ()
    for place, part in enumerate(mistake["loc"], 1):
        inside = isinstance(data, Mapping) and part in data
        if inside or (isinstance(data, list) and isinstance(part, int) and part < len(data)):
            path, data = (*path, part), data[part]
        elif mistake["type"] == "missing" and place == len(mistake["loc"]):
            path = (*path, part)
    return path


def _field(form: Field, path: Path, data: Any) -> Field | None:
    try:
        return at(form, path, data)
    except KeyError:
        return None


def _sentence(field: Field | None, mistake: ErrorDetails) -> str:
    context = mistake.get("ctx", {})
    kind = mistake["type"]
    if kind in {"missing", "string_too_short"} or mistake["input"] == "":
        return _fill_in(field)
    if kind == "string_pattern_mismatch":
        return _SHAPES.get(field.kind if field else Kind.SHORT, "Dit klopt niet.")
    if kind == "value_error":
        return str(context["error"])
    said = _SENTENCES.get(kind)
    return said(context) if said else _of_number(field, kind)


_SENTENCES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "string_too_long": lambda context: f"Dit is te lang: hoogstens {context['max_length']} tekens.",
    "too_short": lambda context: f"Hier {_are(context['min_length'])} er minstens {context['min_length']} nodig.",
    "too_long": lambda context: f"Hier kunnen er hoogstens {context['max_length']} staan.",
    "extra_forbidden": lambda context: (
        "Dit onderdeel hoort hier niet. Haal het uit het bestand met een tekstverwerker."
    ),
    "hidden_character": lambda context: (
        f"Hier staat een onzichtbaar teken in ({context['character']}). Typ de tekst eromheen opnieuw."
    ),
    "not_a_link": lambda context: "Dit is geen link. Begin met https://, mailto: of tel:, en gebruik geen spaties.",
    "named_twice": lambda context: f"Kies elke {context['what']} één keer; dubbel: {context['ids']}.",
}


def _are(count: int) -> str:
    return "is" if count == 1 else "zijn"


def _fill_in(field: Field | None) -> str:
    chosen = field is not None and field.kind is Kind.CHOICE
    return "Maak een keuze." if chosen else "Vul dit in."


def _of_number(field: Field | None, kind: str) -> str:
    if kind.startswith("date"):
        return "Vul een datum in, als jaar, maand, dag: 2027-03-11."
    limits = field.limits if field else None
    if limits and limits.least is not None and limits.most is not None:
        return f"Vul een heel getal in van {limits.least} tot en met {limits.most}."
    if limits and limits.least is not None:
        return f"Vul een heel getal in, {limits.least} of meer."
    return "Dit klopt niet."


def linked(file: ContentFile, model: BaseModel, data: Any, library: Library) -> tuple[Mistake, ...]:
    """Every mistake that the library's other files make of data that is right by itself."""
    own = numbered(file, data)
    form = describe(file.model)
    changed = overlaid(library, file, model, own.source)
    found: list[Mistake] = []
    for finding in _across(file, model, own.source, changed):
        path = own.path(finding.place.line)
        found.append(Mistake(path, told(form, path, data), _link_sentence(finding, changed)))
    if isinstance(model, Phase):
        found += _missed(library, changed)
    return tuple(dict.fromkeys(found))


def _across(file: ContentFile, model: BaseModel, source: Source, library: Library) -> Iterator[Finding]:
    match model:
        case Network():
            yield from unknown_in_network(model, source, library.phases)
        case Rayon():
            yield from unknown_in_rayon(model, source, library.networks, library.styles)
        case Phase() | Poster():
            others = Source("", {}, {})
            # The file's own ids come last: whatever was there already keeps its id.
            ids = [(own, others, path) for one in library.phases if one.id != file.id for own, path in phase_ids(one)]
            if isinstance(model, Phase):
                ids += [(own, others, path) for own, path in poster_ids(library.poster)]
                ids += [(own, source, path) for own, path in phase_ids(model)]
            else:
                ids += [(own, source, path) for own, path in poster_ids(model)]
            yield from (finding for finding in duplicates(ids) if finding.place.path)


def _link_sentence(finding: Finding, library: Library) -> str:
    match finding.code:
        case "duplicate":
            return "Dit is er al eens, onder dezelfde id. Haal het weg en voeg het opnieuw toe."
        case "phase-without-choice":
            phase = next((one.name for one in library.phases if one.id == finding.about), "elke fase")
            return f"Kies er minstens één uit de fase {phase}."
        case _:
            return f"‘{finding.about}’ bestaat niet (meer). Maak een andere keuze."


def _missed(before: Library, after: Library) -> Iterator[Mistake]:
    """What networks would miss that they had: they name tips and questions by id."""
    for network in before.networks.values():
        source = Source("", {}, {})
        missed = {(finding.code, finding.about) for finding in unknown_in_network(network, source, before.phases)}
        for finding in unknown_in_network(network, source, after.phases):
            if finding.code in _NAMED and (finding.code, finding.about) not in missed:
                key, one = _NAMED[finding.code]
                message = (
                    f"Het netwerk {network.name} gebruikt ‘{finding.about}’ nog. Kies daar eerst een andere {one}."
                )
                yield Mistake((key,), key.capitalize(), message)
