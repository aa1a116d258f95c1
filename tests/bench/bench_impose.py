"""Imposition beside plakativ, pdfposter and pdfimpose on the same input: seconds, bytes and the ratios.

Run with this package's Python; the peers (dependency group `bench`) may live in other environments, whose Pythons
follow as arguments: pdfposter 0.9.1 needs a pypdf below 7, which this package can't have. A peer that is in none of
them is named and left out. Every run is a process of its own; of the best of three, the time of the work itself
(imports done) and of the whole process are told. What a card and a copy cost on their own follows.
"""

import io
import subprocess
import sys
import tempfile
import time
import tracemalloc
from dataclasses import dataclass
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from invulposter.finish.impose import ImposeRequest, impose
from invulposter.finish.nup import Cards
from invulposter.geometry import Size
from invulposter.paper import Duplex

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "fonts"
PT = 72 / 25.4
RUNS = 3

#: What each run imports (not counted as work) and does; `source` and `target` are paths.
OURS = (
    f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r})\n"
    "from pathlib import Path\n"
    "import pypdf.xmp\n"  # which pypdf otherwise imports while it opens a file
    "from invulposter.finish.impose import ImposeRequest, impose\n"
    "from invulposter.finish.nup import Cards\n"
    "from invulposter.paper import Duplex\n"
    "from invulposter.finish.tiles import Tiles\n"
    "from invulposter.geometry import Size\n"
    "A4 = Size(210, 297)\n"
    "def run(request):\n"
    f"    Path(target).write_bytes(impose(Path(source).read_bytes(), request, Path({str(FONTS)!r})).pdf)\n"
)
TASKS = {
    "A1 poster to A4 tiles": {
        "invulposter": (OURS, "run(ImposeRequest(Tiles(Size(841, 594)), A4))"),
        "plakativ": (
            "import plakativ",
            "plan = plakativ.Plakativ(plakativ.fitz.open(source))\n"
            "plan.compute_layout('size', (841, 594), border=(5, 5, 15, 15))\n"
            "plan.render(target, cover=True, guides=True, numbers=True)",
        ),
        "pdfposter": (
            "from pdfposter.cmd import run as poster",
            "poster(['-m', 'a4', '-p', 'a1', source, target])",
        ),
    },
    "400 cards 8-up duplex": {
        "invulposter": (OURS, "run(ImposeRequest(Cards(Size(105, 74)), A4, Duplex.LONG_EDGE))"),
        "pdfimpose": (
            "from pdfimpose.schema import cards",
            "cards.impose([source], target, signature=(2, 4))",
        ),
    },
}


@dataclass(frozen=True)
class Result:
    """One peer's best run."""

    work: float
    whole: float
    size: int


def poster() -> bytes:
    """An A1 with much type and many lines."""
    return _drawn(1, 841, 594, lines=400)


def cards() -> bytes:
    """400 cards of two faces, each with its own text."""
    return _drawn(800, 105, 74, lines=8)


def _drawn(pages: int, width: float, height: float, lines: int) -> bytes:
    out = io.BytesIO()
    rl_config.useA85 = 0
    pdfmetrics.registerFont(TTFont("Alegreya", str(FONTS / "alegreya-sans/AlegreyaSans_400Regular.ttf")))
    canvas = Canvas(out, pagesize=(width * PT, height * PT), invariant=1, pageCompression=1)
    for page in range(pages):
        canvas.setFont("Alegreya", 11)
        for line in range(lines):
            y = height * PT * (line + 0.5) / lines
            canvas.drawString(12, y, f"Pagina {page + 1}, regel {line + 1}: wie ken jij die wij nog niet kennen?")
            canvas.line(12, y - 3, width * PT - 12, y - 3)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def compared(name: str, setup: str, work: str, source: Path) -> Result | None:
    """The best result of any environment; None, with a word about it, for a peer that runs in none."""
    problem = ""
    for python in (sys.executable, *sys.argv[1:]):
        found = measured(python, name, setup, work, source)
        if isinstance(found, Result):
            return found
        problem = found if "No module" in problem or not problem else problem
    print(f"  {name:<12} not measured: {problem}")
    return None


def measured(python: str, name: str, setup: str, work: str, source: Path) -> Result | str:
    """The best of some runs with one Python, or what went wrong."""
    target = source.with_name(f"{name}.pdf")
    body = "\n".join(f"    {line}" for line in work.splitlines())
    script = (
        f"import time\nsource, target = {str(source)!r}, {str(target)!r}\n{setup}\n"
        f"def main():\n{body}\nstart = time.perf_counter()\nmain()\n"
        "import sys; sys.__stdout__.write(f'\\n{time.perf_counter() - start}')\n"
    )
    results = []
    for _ in range(RUNS):
        start = time.perf_counter()
        done = subprocess.run([python, "-c", script], capture_output=True, text=True, check=False)
        whole = time.perf_counter() - start
        if done.returncode:
            return (done.stderr.strip().splitlines() or ["?"])[-1]
        results.append(Result(float(done.stdout.strip().splitlines()[-1]), whole, target.stat().st_size))
    return min(results, key=lambda result: result.work)


def two_sided(copies: int = 1) -> ImposeRequest:
    """Cards of A7 on A4."""
    return ImposeRequest(Cards(Size(105, 74), copies=copies), Size(210, 297), Duplex.LONG_EDGE)


def a_card() -> float:
    """Processor milliseconds for each of a thousand cards that all differ, two faces each; the best of some runs."""
    source, taken = _drawn(2000, 105, 74, lines=8), []
    for _ in range(RUNS):
        started = time.process_time()
        impose(source, two_sided(), FONTS)
        taken.append(time.process_time() - started)
    return min(taken)


def a_copy() -> float:
    """Bytes of memory for each printed side more, from ten sets of eight cards to a thousand."""
    source, peaks = _drawn(16, 105, 74, lines=8), []
    for copies in (10, 1000):
        tracemalloc.start()
        impose(source, two_sided(copies), FONTS)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    return (peaks[1] - peaks[0]) / (2 * 990)


def main() -> None:
    """Print a table for each task."""
    with tempfile.TemporaryDirectory() as folder:
        for task, make in zip(TASKS, (poster, cards), strict=True):
            source = Path(folder) / "source.pdf"
            source.write_bytes(make())
            print(f"{task} (source {source.stat().st_size / 1000:.0f} kB)")
            found = {name: compared(name, setup, work, source) for name, (setup, work) in TASKS[task].items()}
            own = found["invulposter"]
            for name, result in found.items():
                if result and own:
                    print(
                        f"  {name:<12} {result.work:7.3f} s work {result.whole:7.3f} s in all"
                        f" {result.size / 1000:8.0f} kB   x{result.work / own.work:.1f} time"
                        f" x{result.size / own.size:.2f} size"
                    )
    print(f"1000 cards, two sides each: {a_card():.2f} ms a card (bound 0.5)")
    print(f"a printed side more of the same cards: {a_copy():.0f} bytes of memory")


if __name__ == "__main__":
    main()
