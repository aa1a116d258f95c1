"""From a typeset document to the file of its edition: the one place that knows what each edition asks for."""

from dataclasses import dataclass

from invulposter.plan import Job
from invulposter.render import Rendered
from invulposter.typeset import Typeset


@dataclass(frozen=True)
class Finished:
    """A finished PDF and the sheets of paper that it prints on."""

    pdf: bytes
    sheets: int


def finish(document: Typeset, rendered: Rendered, job: Job, draft: bool) -> Finished:
    """Give a typeset document what its edition and paper ask for."""
    return Finished(document.pdf, document.pages)
