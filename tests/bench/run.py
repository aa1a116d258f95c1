"""`make bench`: what a build costs beside what the typesetter alone costs for the same pages, in one run.

These figures depend on the machine; the ratios much less so. Each comparison is repeated in turn, A B A B, and the
median is given.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from invulposter.build import Shop
from invulposter.plan import Job, Request, plan
from invulposter.render import Rendered, render
from invulposter.typeset import typeset_plainly, use_fonts
from invulposter.workspace import find_workspace, read_library
from tests.bench.measure import adopt_orphans, cost_of

ROUNDS = 3
COMMAND = str(Path(sys.executable).with_name("invulposter"))


def rendered_set(rayon: str) -> list[tuple[Job, Rendered]]:
    """The whole set of one rayon, screen and office, as HTML that is ready for the typesetter."""
    workspace = find_workspace(Path.cwd())
    use_fonts(workspace.fonts)
    library = read_library(workspace)
    shop = Shop(library=library, fonts=workspace.fonts, out=Path())
    return [(job, render(job, library, shop.typecase)) for job in plan(library, Request(rayons=(rayon,)))]


def typesetter_alone(documents: list[tuple[Job, Rendered]]) -> float:
    """Processor seconds that WeasyPrint takes for these documents in this process, warm."""
    started = time.process_time()
    for job, rendered in documents:
        typeset_plainly(rendered, job)
    return time.process_time() - started


def main(rayon: str = "lindezoom") -> None:
    """Print the table."""
    adopt_orphans()
    documents = rendered_set(rayon)
    typesetter_alone(documents[:4])
    ratios = []
    for number in range(1, ROUNDS + 1):
        with tempfile.TemporaryDirectory() as out:
            whole = cost_of([COMMAND, "build", "--rayon", rayon, "--no-cache", "-o", out])
        alone = typesetter_alone(documents)
        ratios.append(whole.cpu / alone)
        print(
            f"round {number}: build {whole.cpu:.1f} s CPU, {whole.wall:.1f} s wall; typesetter alone {alone:.1f} s CPU"
        )
    print(
        f"{len(documents)} documents of {rayon}: build / typesetter alone = {statistics.median(ratios):.2f} (aim: 1.3)"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
