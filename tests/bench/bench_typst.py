"""The same cards and handouts through Typst: the same drawings, and every line of text at the same place.

Typst is given the lines that are already broken, so it does less: it shapes, places and writes. Run with this
package's Python; the Python that has Typst follows as an argument. Times are those of warm processes, of the best
of three, without reading JSON on our side and without start-up on either.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import weasyprint

from invulposter.laidout import MM_PER_PX, page_texts
from invulposter.plan import Job
from invulposter.render import Rendered
from tests.bench.run import rendered_set, seconds, typesetter_alone

ROOT = Path(__file__).parents[2]
RUNS = 3
_DRAWING = re.compile(
    r'class="drawing" style="left:([-\d.]+)mm;top:([-\d.]+)mm;width:([-\d.]+)mm;height:([-\d.]+)mm;'
    r"background:url\(([\w.]+)\)"
)
#: What the other Python runs: compile each folder's pages, and print the processor seconds of the best round.
_COMPILE = """
import sys, time
import typst
root, fonts, *folders = sys.argv[1:]
best = None
for _ in range({runs}):
    started = time.process_time()
    for folder in folders:
        pdf = typst.compile(folder + "/pages.typ", root=root, font_paths=[fonts], ignore_system_fonts=True)
        open(folder + "/pages.pdf", "wb").write(pdf)
    taken = time.process_time() - started
    best = taken if best is None else min(best, taken)
print(best)
"""


def lines_of(page: Any) -> list[dict[str, Any]]:
    """The texts of a laid-out page as Typst places them: baselines in mm, sizes in mm."""
    told = []
    for text in page_texts(page):
        style, size = text.style, text.style["font_size"]
        red, green, blue = (round(255 * part) for part in style["color"].coordinates)
        told.append(
            {
                "x": round(text.area.left * MM_PER_PX, 3),
                "y": round((text.area.top + 0.70 * size) * MM_PER_PX, 3),
                "text": text.text,
                "font": style["font_family"][0],
                "size": round(size * MM_PER_PX, 3),
                "weight": style["font_weight"],
                "style": style["font_style"],
                "colour": f"#{red:02x}{green:02x}{blue:02x}",
            }
        )
    return told


def write_pages(job: Job, rendered: Rendered, folder: Path) -> None:
    """One document for Typst: its template, its drawings, and what stands where."""
    folder.mkdir()
    sheets = [weasyprint.CSS(string=text) for text in rendered.stylesheets.values()]
    document = weasyprint.HTML(string=rendered.html).render(stylesheets=sheets)
    told = []
    sections = re.split(r'<section\b[^>]*\bclass="page\b', rendered.html)[1:]
    for number, (page, section) in enumerate(zip(document.pages, sections, strict=True)):
        drawings = []
        for place, (*box, drawing) in enumerate(_DRAWING.findall(section)):
            file = f"{number}-{place}.svg"
            (folder / file).write_bytes(rendered.drawings[drawing])
            drawings.append(dict(zip(("x", "y", "width", "height"), map(float, box), strict=True), file=file))
        size = job.layout.size
        told.append({"width": size.width, "height": size.height, "drawings": drawings, "lines": lines_of(page)})
    (folder / "pages.json").write_text(json.dumps(told), "utf-8")
    (folder / "pages.typ").write_bytes(Path(__file__).with_name("pages.typ").read_bytes())


def main(python: str = sys.executable) -> None:
    """Print a row for each layout."""
    alone = typesetter_alone()
    for layout in ("tipkaarten", "handout"):
        documents = [
            one for one in rendered_set("lindezoom") if one[0].layout.name == layout and one[0].edition == "office"
        ]
        with tempfile.TemporaryDirectory() as name:
            folders = [str(Path(name, str(number))) for number in range(len(documents))]
            for (job, rendered), folder in zip(documents, folders, strict=True):
                write_pages(job, rendered, Path(folder))
            code = _COMPILE.format(runs=RUNS)
            command = [python, "-c", code, name, str(ROOT / "fonts"), *folders]
            run = subprocess.run(command, check=True, capture_output=True, text=True)
            theirs = float(run.stdout)
            sizes = sum(Path(folder, "pages.pdf").stat().st_size for folder in folders)
        ours = min(seconds(alone, documents) for _ in range(RUNS))
        told = f"| {layout}, {len(documents)} documents: Typst {theirs:.2f} s, {sizes // 1000} kB "
        print(f"{told}| WeasyPrint {ours:.1f} s | x{ours / theirs:.0f} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
