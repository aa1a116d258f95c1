"""Checks across files: ids that stand twice, and ids that are named but do not exist. Pure."""

import difflib
from collections.abc import Collection, Iterator, Mapping

from invulposter.content import Network, Phase, Poster
from invulposter.findings import Finding
from invulposter.rayon import Rayon
from invulposter.yamlsource import Path, Source


def phase_ids(phase: Phase) -> Iterator[tuple[str, Path]]:
    """Every id in a phase with its path in the file."""
    for index, tip in enumerate(phase.tips):
        yield tip.id, ("tips", index, "id")
    for index, question in enumerate(phase.questions):
        yield question.id, ("vragen", index, "id")
    yield phase.voice.id, ("stem", "id")
    if phase.message:
        yield phase.message.id, ("kern", "id")
    if phase.checklist:
        yield phase.checklist.id, ("checklist", "id")


def poster_ids(poster: Poster) -> Iterator[tuple[str, Path]]:
    """The ids of the steps, and of the parts within a step as `step.part`."""
    for index, step in enumerate(poster.steps):
        yield step.id, ("stappen", index, "id")
        for number, part in enumerate(step.parts):
            yield f"{step.id}.{part.id}", ("stappen", index, "onderdelen", number, "id")


def duplicates(ids: Collection[tuple[str, Source, Path]]) -> Iterator[Finding]:
    """A finding for each id that was used before; ids name form fields, so each may stand once."""
    first: dict[str, str] = {}
    for own_id, source, path in ids:
        place = source.place(path)
        if own_id in first:
            yield Finding(place, "duplicate", f"id '{own_id}' is used already at {first[own_id]}")
        first.setdefault(own_id, str(place))


def unknown_in_network(network: Network, source: Source, phases: Collection[Phase]) -> Iterator[Finding]:
    """A finding for each tip or question that a network names and no phase has, and for a phase without any."""
    tips = {tip.id: phase.id for phase in phases for tip in phase.tips}
    questions = {question.id: phase.id for phase in phases for question in phase.questions}
    for index, tip in enumerate(network.tips):
        if tip.id not in tips:
            yield _unknown(source, ("tips", index, "id"), "tip", tip.id, tips)
    for index, question in enumerate(network.questions):
        if question not in questions:
            yield _unknown(source, ("vragen", index), "vraag", question, questions)
    for phase in phases:
        for key, known, named in (
            ("tips", tips, [tip.id for tip in network.tips]),
            ("vragen", questions, list(network.questions)),
        ):
            if phase.id not in {known.get(one) for one in named}:
                message = f"{key} has nothing from phase '{phase.id}'; add at least one"
                yield Finding(source.place((key,)), "phase-without-choice", message, about=phase.id)


def unknown_in_rayon(
    rayon: Rayon, source: Source, networks: Collection[str], styles: Collection[str]
) -> Iterator[Finding]:
    """A finding for each network or style that a rayon names and that does not exist."""
    for index, network in enumerate(rayon.networks or ()):
        if network not in networks:
            yield _unknown(source, ("netwerken", index), "network", network, networks)
    if rayon.style not in styles:
        yield _unknown(source, ("stijl",), "style", rayon.style, styles)


def _unknown(source: Source, path: Path, kind: str, name: str, known: Collection[str] | Mapping[str, str]) -> Finding:
    message = f"{kind} '{name}' does not exist; {expected(name, known)}"
    return Finding(source.place(path), f"unknown-{kind}", message, about=name)


def expected(name: str, known: Collection[str] | Mapping[str, str]) -> str:
    """A clause that says which names there are, the nearest first."""
    near = difflib.get_close_matches(name, list(known), n=1)
    if near:
        return f"did you mean '{near[0]}'?"
    return "expected one of " + ", ".join(sorted(known)) if known else "there is none"
