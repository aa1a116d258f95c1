"""`make bench`: what a build costs beside what the typesetter alone costs for the same pages, in one run.

Seconds depend on the machine; ratios much less so. What is compared runs in turn, A B A B, and medians are given.
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from invulposter.fetcher import BASE_URL, WorkspaceFetcher
from invulposter.library import read_library
from invulposter.plan import Job, plan
from invulposter.render import Rendered, render
from invulposter.request import Request
from invulposter.shop import Shop
from invulposter.typeset import forget_typeset, kind_of_file, typeset
from invulposter.typesetter import OPTIONS, use_fonts
from invulposter.workspace import built_in, find_workspace
from tests.bench.measure import Cost, adopt_orphans, cost_of
from tests.collect.sample import filled_forms

ROUNDS = 3
COMMAND = str(Path(sys.executable).with_name("invulposter"))
Documents = list[tuple[Job, Rendered]]


def rendered_set(rayon: str) -> Documents:
    """The whole set of one rayon, screen and office, as HTML that is ready for the typesetter."""
    workspace = find_workspace(built_in())
    use_fonts(workspace.fonts)
    library = read_library(workspace)
    shop = Shop(library=library, fonts=workspace.fonts, out=Path())
    return [(job, render(job, library, shop.typecase)) for job in plan(library, Request(rayons=(rayon,)))]


def seconds(work: Callable[[Job, Rendered], object], documents: Documents) -> float:
    """Processor seconds that `work` takes for these documents in this process, warm."""
    started = time.process_time()
    for job, rendered in documents:
        work(job, rendered)
    return time.process_time() - started


def typesetter_alone() -> Callable[[Job, Rendered], object]:
    """WeasyPrint as anybody would call it for many documents: fonts and style sheets read once."""
    fonts = FontConfiguration()
    parsed: dict[str, weasyprint.CSS] = {}

    def work(job: Job, rendered: Rendered) -> object:
        for text in rendered.stylesheets.values():
            parsed.setdefault(text, weasyprint.CSS(string=text, font_config=fonts))
        options = OPTIONS[kind_of_file(job)]
        sheets = [parsed[text] for text in rendered.stylesheets.values()]
        fetcher = WorkspaceFetcher({**rendered.assets, **rendered.drawings})
        pages = weasyprint.HTML(string=rendered.html, base_url=BASE_URL, url_fetcher=fetcher)
        document = pages.render(stylesheets=sheets, font_config=fonts, **options)
        return document.write_pdf(**options)

    return work


def _typeset_anew(job: Job, rendered: Rendered) -> object:
    """The line's own typesetting, without what it shares between the editions of a document."""
    forget_typeset()
    return typeset(rendered, job)


def build(out: Path, *arguments: object) -> Cost:
    """Run the real command."""
    return cost_of([COMMAND, "build", *map(str, arguments), "-o", str(out)])


def set_against_typesetter(rayon: str) -> None:
    """One rayon's whole set: the command, the line's own typesetting with its checks, and WeasyPrint alone."""
    documents = rendered_set(rayon)
    alone = typesetter_alone()
    seconds(alone, documents[:6])
    whole, checked = [], []
    for _ in range(ROUNDS):
        bare = seconds(alone, documents)
        checked.append(seconds(_typeset_anew, documents) / bare)
        with tempfile.TemporaryDirectory() as out:
            whole.append(build(Path(out), "--rayon", rayon, "--no-cache").cpu / bare)
        print(f"  round: WeasyPrint alone {bare:.1f} s CPU, with checks x{checked[-1]:.2f}, build x{whole[-1]:.2f}")
    print(f"{len(documents)} documents of {rayon}, screen and office, CPU time against WeasyPrint alone:")
    print(f"  typesetting with all layout checks  x{statistics.median(checked):.3f}  (bound 1.05)")
    print(f"  the whole command                   x{statistics.median(whole):.2f}   (bound 1.3)")


def builds_after_the_first(rayon: str) -> None:
    """A first build, one where nothing changed, and one where one tip changed, with a cache of their own."""
    with tempfile.TemporaryDirectory() as folder:
        office, out = Path(folder, "kantoor"), Path(folder, "uit")
        shutil.copytree(built_in() / "content", office / "content")
        arguments = ("--rayon", rayon, "-w", office)
        first = build(out, *arguments)
        same = statistics.median(build(out, *arguments).wall for _ in range(ROUNDS))
        tip = office / "content" / "fasen" / "werven.yaml"
        tip.write_text(tip.read_text("utf-8").replace("Ga zelf", "Ga vandaag zelf"), "utf-8")
        changed = build(out, *arguments)
    print(f"first build {first.wall:.1f} s wall, {first.cpu:.1f} s CPU")
    print(f"  nothing changed  {same:.2f} s wall, {same / first.wall:.1%} of the first")
    print(f"  one tip changed  {changed.wall:.1f} s wall, {changed.cpu / first.cpu:.0%} of the first in CPU")


def harvest(forms: int) -> None:
    """Filled-in forms read by the command, into a table."""
    with tempfile.TemporaryDirectory() as folder:
        filled_forms(forms, Path(folder))
        cost = cost_of([COMMAND, "collect", folder, "-o", str(Path(folder, "oogst.csv"))])
    print(f"{forms} filled-in forms to a table: {cost.wall:.1f} s wall, {cost.cpu:.1f} s CPU")


def main(rayon: str = "lindezoom") -> None:
    """Print the figures."""
    adopt_orphans()
    set_against_typesetter(rayon)
    builds_after_the_first(rayon)
    harvest(1000)


if __name__ == "__main__":
    main(*sys.argv[1:])
