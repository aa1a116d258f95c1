"""From collected answers to the job of their poster."""

from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

from invulposter.collect.read import Answers
from invulposter.drawing.printable import printable
from invulposter.harvest import harvest
from invulposter.library import Library
from invulposter.plan import Job, plan_harvest


def rayons_of(answers: Sequence[Answers], known: Collection[str]) -> tuple[str, ...]:
    """The known rayons that forms are of, the one with the most forms first."""
    times = Counter(one.identity.rayon for one in answers if one.identity.rayon in known)
    return tuple(name for name, _ in times.most_common())


def poster_job(answers: Sequence[Answers], names: bool, rayon: str, library: Library, fonts: Path) -> Job:
    """The poster of these answers for a rayon, with whose they are where `names`.

    Signs that the typefaces in the folder `fonts` do not have are left out. Raises RequestError where no style shows
    a harvest.
    """
    drawn = printable(fonts)
    forms = [
        {key: drawn(value) if isinstance(value, str) else value for key, value in one.values.items()} for one in answers
    ]
    return plan_harvest(library, harvest(forms, library.poster, library.phases, names), library.rayons[rayon])
