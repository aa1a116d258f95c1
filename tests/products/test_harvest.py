"""The harvest as a poster, from nobody's answers to a thousand people's."""

import io
import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from invulposter.build import make_one
from invulposter.drawing.printable import printable
from invulposter.errors import RequestError
from invulposter.findings import Severity
from invulposter.harvest import Harvest, harvest
from invulposter.library import Library
from invulposter.plan import plan, plan_harvest
from invulposter.product import Product
from invulposter.request import Request
from invulposter.words import lost, words
from invulposter.workspace import Workspace
from tests.judges import poppler, verapdf

WORDS = ("koffie", "elkaar helpen", "gedoe", "vertrouwen", "LinkedIn", "samenwerken", "ongemakkelijk", "tijd", "lunch")
ANSWER = "Voor de zomer wil ik vijf scholen kennen waar het al lukt, en horen wat het hun heeft gekost"


def forms(people: int, seed: int = 1) -> list[dict[str, str | bool]]:
    """What so many people could have filled in, each goal and agreement their own."""
    rng = random.Random(seed)
    return [
        {
            "naam": f"Deelneemster {number}",
            "stap-wat.woorden": ", ".join([*rng.sample(WORDS, 3), f"eigen{number}"]),
            "stap-wat.kaart.dichtbij.1": "Kim",
            "stap-waarom.reden.leren": rng.random() < 0.7,
            "stap-waarom.doel": f"{ANSWER[: rng.randint(12, len(ANSWER))]} doel{number}",
            "stap-hoe-waar.contact.1.wie": "Noor",
            "stap-duurzaam.afspraak": f"Ik bel morgen afspraak{number}",
            "handout.oop.vraag.werven-vraag-thema": f"Werkdruk thema{number}",
        }
        for number in range(people)
    ]


@pytest.fixture(scope="module")
def poster(workspace: Workspace, library: Library) -> "Maker":
    return Maker(workspace, library)


class Maker:
    """Makes harvest posters, each once."""

    def __init__(self, workspace: Workspace, library: Library) -> None:
        self.workspace, self.library = workspace, library
        self.of = cache(self._of)

    def shown(self, people: int, names: bool = False) -> Harvest:
        return harvest(forms(people), self.library.poster, self.library.phases, names)

    def _of(self, people: int, rayon: str = "lindezoom", names: bool = False) -> Product:
        job = plan_harvest(self.library, self.shown(people, names), self.library.rayons[rayon])
        return make_one(job, self.library, self.workspace.fonts)


def text(product: Product, folder: Path) -> str:
    (folder / "oogst.pdf").write_bytes(product.pdf)
    return " ".join(word for page in poppler.words(folder / "oogst.pdf") for word in page)


def missing(found: str, people: Sequence[dict[str, str | bool]]) -> list[str]:
    said = words(found)
    own = ("eigen{}", "doel{}", "afspraak{}", "thema{}")
    return [form.format(number) for number in range(len(people)) for form in own if form.format(number) not in said]


@pytest.mark.parametrize(
    ("people", "pages", "rayon"),
    [(0, 1, "lindezoom"), (1, 2, "lindezoom"), (40, 3, "lindezoom"), (0, 1, "heuvelrand"), (7, 2, "heuvelrand")],
)
def test_every_answer_is_there_and_no_name(poster: Maker, tmp_path: Path, people: int, pages: int, rayon: str) -> None:
    product = poster.of(people, rayon)
    assert [str(one) for one in product.findings if one.severity is not Severity.NOTE] == []
    assert product.pages <= pages
    found = text(product, tmp_path)
    assert missing(found, forms(people)) == []
    assert "Deelneemster" not in found
    for form in forms(people):
        assert not lost(words(str(form["stap-waarom.doel"])), found)


def test_names_are_shown_where_asked(poster: Maker, tmp_path: Path) -> None:
    assert "Deelneemster 0" in text(poster.of(1, names=True), tmp_path)


@pytest.mark.filterwarnings("ignore:.*sRGB2014")
@pytest.mark.parametrize(("people", "rayon"), [(0, "lindezoom"), (40, "lindezoom"), (1, "zonnedal"), (7, "heuvelrand")])
def test_harvest_is_accessible(poster: Maker, people: int, rayon: str) -> None:
    pdf = poster.of(people, rayon).pdf
    assert [str(one) for one in verapdf.violations(pdf, "ua1")] == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert "/AcroForm" not in document.Root


def test_whatever_people_type_is_shown_without_harm(poster: Maker, tmp_path: Path) -> None:
    drawn = printable(poster.workspace.fonts[-1])
    typed = {
        "stap-wat.woorden": f"😀, 漢字, <b>vet</b>, {{{{ x }}}}, {'W' * 30}, {'m' * 80}",
        "stap-waarom.doel": f"Ik 😀 wil <script>alert(1)</script> {'x' * 300}",
        "stap-duurzaam.afspraak": "lang " * 400 + "slot",
        "stap-waarom.reden.anders-tekst": "& < > woord " * 60 + "einde",
    }
    form = {key: drawn(value) for key, value in typed.items()}
    job = plan_harvest(
        poster.library, harvest([form], poster.library.poster), next(iter(poster.library.rayons.values()))
    )
    product = make_one(job, poster.library, poster.workspace.fonts)
    assert [str(one) for one in product.findings if one.severity is not Severity.NOTE] == []
    found = text(product, tmp_path)
    assert found.count("lang") == 400
    assert found.count("x") >= 300
    assert "<script>alert(1)</script>" in found
    assert "slot" in found
    assert "einde" in found


@pytest.mark.long
@pytest.mark.parametrize("rayon", ["lindezoom", "merelveld"])
def test_a_thousand_people_flow_over_pages(poster: Maker, tmp_path: Path, rayon: str) -> None:
    product = poster.of(1000, rayon)
    assert missing(text(product, tmp_path), forms(1000)) == []


def test_build_leaves_the_harvest_out_and_says_how_it_is_made(library: Library) -> None:
    made = {job.layout.name for job in plan(library, Request(rayons=("lindezoom",)))}
    shows = {layout.name for layout in library.layouts.values() if "harvest" in layout.facts.for_each}
    assert shows
    assert not shows & made
    with pytest.raises(RequestError, match="invulposter collect"):
        plan(library, Request(layouts=tuple(shows)))
