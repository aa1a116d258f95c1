"""What is pictured: every layout, in two rayons, with short and with long texts, and once as it saves ink."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image
from pydantic import BaseModel

from invulposter.drawing.type import Typecase
from invulposter.edition import Edition
from invulposter.harvest import harvest
from invulposter.library import Library, read_library
from invulposter.plan import Job, plan, plan_harvest
from invulposter.render import render
from invulposter.request import Request
from invulposter.typeset import typeset
from invulposter.typesetter import use_fonts
from invulposter.workspace import built_in, find_workspace

APPROVED = Path(__file__).parents[1] / "pictures"
#: A rayon with usual colours and the one whose main colour is the lightest.
RAYONS = ("lindezoom", "zonnedal")
#: Pixels on the longest side of a page's picture, and between two pages.
LONGEST, GAP = 180, 4
#: Pages of one document that are pictured: cards repeat themselves after those.
_MOST = 12
#: Texts shorter than this are titles, which a longer text hardly changes: they stay as they are.
_TITLE = 28
#: How much longer a long text is: what every layout has room for, all texts at once.
_LONGER = 0.12
_READ = {"text", "lead", "example", "explanation", "items", "note", "hint", "closing", "voices", "audience", "themes"}
_SAID = "wie nodig je uit en wat leg je daar samen op tafel zodat iedereen weer verder kan"


@dataclass(frozen=True)
class Case:
    """A layout in a rayon's colours with one kind of text; `text` is kort, lang or zuinig."""

    style: str
    layout: str
    rayon: str
    text: str

    @property
    def file(self) -> Path:
        """Its approved picture, relative to the folder of all."""
        return Path(self.style, f"{self.layout}-{self.rayon}-{self.text}.webp")

    def __str__(self) -> str:
        return self.file.with_suffix("").as_posix()


def cases(library: Library) -> Iterator[Case]:
    """Every case, by style and layout; a print list, which shows a workshop and no content, is none."""
    for style, name in sorted(library.layouts):
        facts = library.layouts[style, name].facts
        if "workshop" in facts.for_each:
            continue
        for rayon in RAYONS:
            yield Case(style, name, rayon, "kort")
            yield Case(style, name, rayon, "lang")
        if facts.thrifty:
            yield Case(style, name, RAYONS[0], "zuinig")


def picture(case: Case) -> Image.Image:
    """The pages of a case, in rows on one sheet."""
    library = _library(case.text)
    typecase = Typecase(*_fonts())
    pages = [page for job in _jobs(case, library) for page in _drawn(job, library, typecase)]
    return _sheet(pages[:_MOST])


def _jobs(case: Case, library: Library) -> tuple[Job, ...]:
    thrifty = case.text == "zuinig"
    layout = library.layouts[case.style, case.layout]
    if "harvest" in layout.facts.for_each:
        form = {
            "stap-wat.woorden": "koffie, elkaar helpen, gedoe",
            "stap-wat.kaart.dichtbij.1": "Kim",
            "stap-waarom.reden.leren": True,
            "stap-waarom.doel": "Vijf scholen kennen waar het al lukt"
            + ", en horen wat het kostte" * (case.text != "kort"),
            "stap-duurzaam.afspraak": "Ik bel morgen",
        }
        shown = harvest([form] * (1 if case.text == "kort" else 9), library.poster, library.phases)
        return (replace(plan_harvest(library, shown, library.rayons[case.rayon]), layout=layout, thrifty=thrifty),)
    network = "mr" if case.text == "kort" else "oop"
    return plan(
        library,
        Request((case.layout,), (case.rayon,), (network,), (Edition.OFFICE,), style=case.style, thrifty=thrifty),
    )[:3]


def _drawn(job: Job, library: Library, typecase: Typecase) -> Iterator[Image.Image]:
    with pypdfium2.PdfDocument(typeset(render(job, library, typecase), job).pdf) as document:
        for page in document:
            yield page.render(scale=LONGEST / max(page.get_size())).to_pil().convert("RGB")


def _sheet(pages: list[Image.Image]) -> Image.Image:
    """Pages side by side, four in a row, on gray."""
    across = min(4, len(pages))
    width, height = max(page.width for page in pages) + GAP, max(page.height for page in pages) + GAP
    rows = math.ceil(len(pages) / across)
    sheet = Image.new("RGB", (across * width - GAP, rows * height - GAP), (160, 160, 160))
    for index, page in enumerate(pages):
        sheet.paste(page, (index % across * width, index // across * height))
    return sheet


@cache
def _fonts() -> tuple[Path, ...]:
    fonts = find_workspace(built_in()).fonts
    use_fonts(fonts)
    return fonts


@cache
def _library(text: str) -> Library:
    """The sample content, its texts cut or grown."""
    library = read_library(find_workspace(built_in()))
    change: Mapping[str, Callable[[str], str]] = {"kort": _cut, "lang": _grown}
    if text not in change:
        return library
    changed = {
        name: _changed(getattr(library, name), change[text])
        for name in ("phases", "poster", "guide", "brochure", "networks")
    }
    return replace(library, **changed)


def _changed(value: Any, change: Callable[[str], str], read: bool = False) -> Any:
    """The same models with each text that is read changed."""
    if isinstance(value, str):
        return change(value) if read else value
    if isinstance(value, tuple):
        return tuple(_changed(one, change, read) for one in value)
    if isinstance(value, Mapping):
        return {key: _changed(one, change) for key, one in value.items()}
    if isinstance(value, BaseModel):
        fields = {name: _changed(one, change, name in _READ) for name, one in value if name != "photo"}
        return value.model_copy(update=fields)
    return value


def _cut(text: str) -> str:
    words = text.split()
    return " ".join(words[: max(1, len(words) // 3)])


def _grown(text: str) -> str:
    if len(text) < _TITLE:
        return text
    longest = len(text) * (1 + _LONGER)
    for word in cycle(_SAID.split()):
        if len(text) + len(word) >= longest:
            return text
        text = f"{text} {word}"
    raise AssertionError
