"""Leaving names out: of who filled a form in, of whom they know, and of whom they will meet."""

from collections.abc import Sequence
from dataclasses import replace

from invulposter.collect.read import Answers
from invulposter.content import Poster
from invulposter.harvest import is_name


def without_names(answers: Sequence[Answers], poster: Poster) -> tuple[Answers, ...]:
    """The same forms without the answers that are names, and numbered: a file is often called after its owner."""
    return tuple(_nameless(one, f"formulier {number}", poster) for number, one in enumerate(answers, 1))


def _nameless(one: Answers, path: str, poster: Poster) -> Answers:
    questions = tuple(question for question in one.questions if not is_name(question.id, poster))
    values = {key: value for key, value in one.values.items() if not is_name(key, poster)}
    return replace(one, path=path, questions=questions, values=values)
