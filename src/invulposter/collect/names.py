"""Leaving names out: of who filled a form in, of whom they know, and of whom they will meet."""

from collections.abc import Sequence
from dataclasses import replace

from invulposter.collect.read import Answers
from invulposter.content import Poster
from invulposter.harvest import is_name


def without_names(answers: Sequence[Answers], poster: Poster) -> tuple[Answers, ...]:
    """The same forms without the answers that are names, and numbered: a file is often called after its owner."""
    asked = {key for one in answers for key in (*one.values, *(question.id for question in one.questions))}
    hidden = frozenset(key for key in asked if is_name(key, poster))
    return tuple(_nameless(one, f"formulier {number}", hidden) for number, one in enumerate(answers, 1))


def _nameless(one: Answers, path: str, hidden: frozenset[str]) -> Answers:
    questions = tuple(question for question in one.questions if question.id not in hidden)
    values = {key: value for key, value in one.values.items() if key not in hidden}
    return replace(one, path=path, questions=questions, values=values)
