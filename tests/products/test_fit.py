"""Text that grows: it is set smaller, or an error says which text, in which file, runs out of which box."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pydantic import BaseModel

from invulposter.build import make, produce
from invulposter.drawing.type import Typecase
from invulposter.edition import Edition
from invulposter.findings import Finding, errors
from invulposter.library import Library, read_library
from invulposter.plan import Job, plan
from invulposter.render import render
from invulposter.request import Request
from invulposter.shop import Shop
from invulposter.typesetter import use_fonts
from invulposter.words import lost
from invulposter.workspace import Workspace, find_workspace
from tests.conftest import edit
from tests.judges import poppler

RAYON, NETWORK = "lindezoom", "mr"
SAID = (
    "wie nodig je uit voor een bijeenkomst van het netwerk en wat leg je daar samen op tafel zodat iedereen verder kan"
)

Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Grown:
    """A text of the content that a layout shows: where it stands in the library, and the box that shows it."""

    layout: str
    path: Keys
    box: str
    phase: int = 0
    network: bool = False

    def __str__(self) -> str:
        return f"{self.layout}-{'.'.join(map(str, self.path))}"


def texts_of(layout: str, boxes: Mapping[str, str], phase: int = 0, network: bool = False) -> Iterator[Grown]:
    for path, box in boxes.items():
        keys = tuple(int(part) if part.isdecimal() else part for part in path.split("/"))
        yield Grown(layout, keys, box, phase, network)


TEXTS = (
    *texts_of(
        "tipkaarten",
        {
            "phases/0/name": "kop van de tip",
            "phases/0/tips/0/heading": "kop van de tip",
            "phases/0/tips/0/text": "tip",
            "phases/0/questions/0/text": "vraag",
            "networks/mr/tips/0/example": "voorbeeld",
            "networks/mr/channels/0/label": "kanaal",
            "networks/mr/channels/0/short": "kanaal",
            "rayons/lindezoom/name": "stempel",
        },
    ),
    *texts_of(
        "handout",
        {
            "phases/0/name": "fase",
            "phases/0/tips/0/heading": "kop",
            "phases/0/tips/0/text": "tip",
            "phases/0/questions/0/text": "vraag",
            "networks/mr/name": "naam",
            "networks/mr/audience": "doelgroep",
            "networks/mr/themes/0": "thema's",
            "networks/mr/tips/0/example": "tip",
            "networks/mr/channels/0/label": "kanaal",
            "networks/mr/channels/0/short": "kanaal",
            "networks/mr/meetings/0/time": "bijeenkomsten",
            "networks/mr/meetings/0/place": "bijeenkomsten",
            "networks/mr/contact": "contactpersoon",
            "rayons/lindezoom/name": "adres",
            "rayons/lindezoom/address/0": "adres",
            "rayons/lindezoom/phone": "adres",
            "rayons/lindezoom/footer": "voetregel",
        },
    ),
    *texts_of(
        "faseposter",
        {
            "phases/0/name": "titel",
            "phases/0/lead": "inleiding",
            "phases/0/tips/0/heading": "tip",
            "phases/0/tips/0/text": "tip",
            "phases/0/tips/3/text": "tip",
            "phases/0/questions/0/text": "vraag",
            "phases/0/voice/text": "stem",
            "phases/1/name": "fase",
            "brochure/title": "titel van de brochure",
            "rayons/lindezoom/name": "rayon",
            "rayons/lindezoom/footer": "voetregel",
            "rayons/lindezoom/phone": "adresregel",
        },
    ),
    *texts_of("faseposter", {"phases/1/tips/3/link/label": "link", "phases/1/tips/3/link/short": "link"}, phase=1),
    *texts_of(
        "invulposter",
        {
            "poster/title": "titel",
            "poster/owner/text": "naam",
            "poster/date/text": "datum",
            "poster/steps/0/title": "stap",
            "poster/steps/0/question": "vraag",
            "poster/steps/0/parts/0/text": "opdracht",
            "poster/steps/0/parts/1/text": "opdracht",
            "poster/steps/0/parts/1/rings/0/text": "ring",
            "poster/steps/0/parts/1/hint": "hint",
            "poster/steps/1/parts/0/text": "opdracht",
            "poster/steps/1/parts/0/options/0/text": "optie",
            "poster/steps/1/parts/0/options/5/text": "optie",
            "poster/steps/1/parts/1/text": "opdracht",
            "poster/steps/2/parts/0/text": "groep",
            "poster/steps/2/parts/0/prompts/0/text": "opdracht",
            "poster/steps/3/parts/0/text": "opdracht",
            "poster/steps/3/parts/0/columns/0/text": "kolom",
            "poster/steps/4/parts/0/text": "opdracht",
            "poster/steps/4/parts/2/text": "opdracht",
            "poster/steps/4/parts/2/date": "datum",
            "rayons/lindezoom/name": "voet",
            "rayons/lindezoom/footer": "voet",
        },
    ),
    *texts_of("invulposter", {"networks/mr/short": "netwerk"}, network=True),
    *texts_of(
        "brochure",
        {
            "brochure/title": "titel",
            "phases/0/lead": "inleiding van de fase",
            "phases/0/tips/1/text": "tip",
            "phases/0/voice/text": "stem",
            "phases/0/questions/0/text": "vraag",
            "networks/mr/audience": "doelgroep",
            "rayons/lindezoom/address/0": "adres",
        },
    ),
    *texts_of(
        "handleiding",
        {
            "guide/about/lead": "inleiding",
            "guide/preparation/cards/0/items/0": "punten",
            "guide/printing/items/0": "punt",
            "guide/afterwards/note": "noot",
            "poster/steps/0/question": "vraag",
            "poster/steps/3/guide/explanation": "uitleg",
            "poster/steps/1/guide/activities/0/text": "aanpak",
            "poster/steps/0/guide/cards/0/items/0": "kaart",
        },
    ),
)


def text_of(length: int) -> str:
    """Dutch words, about `length` characters of them."""
    said = ""
    for word in cycle(SAID.split()):
        if len(said) >= length:
            return said
        said = f"{said} {word}".strip()
    raise AssertionError


def replaced(value: Any, path: Keys, new: object) -> Any:
    """The same value with `new` at the path: models by attribute, tuples by index, mappings by key."""
    if not path:
        return new
    first, rest = path[0], path[1:]
    if isinstance(value, tuple):
        return tuple(replaced(one, rest, new) if i == first else one for i, one in enumerate(value))
    if isinstance(value, Mapping):
        return {key: replaced(one, rest, new) if key == first else one for key, one in value.items()}
    changed = {str(first): replaced(getattr(value, str(first)), rest, new)}
    return value.model_copy(update=changed) if isinstance(value, BaseModel) else replace(value, **changed)


def found_at(value: Any, path: Keys) -> str:
    """The text at the path."""
    return str(
        reduce(lambda one, key: one[key] if isinstance(one, tuple | Mapping) else getattr(one, key), path, value)
    )


def with_text(library: Library, path: Keys, text: str) -> tuple[Library, str]:
    """The library with another text at the path, and where that stands in the content."""
    folder = f"content/netwerken/{NETWORK}" if path[0] == "networks" else "content/"
    place = next(one for one in library.origins[found_at(library, path)] if one.startswith(folder))
    changed: Library = replaced(library, path, text)
    return replace(changed, origins={**library.origins, text: (place,)}), place


def job_of(library: Library, grown: Grown, edition: Edition = Edition.OFFICE) -> Job:
    """The one document that shows the text. Cards are judged on screen: on office sheets they lie side by side."""
    edition = Edition.SCREEN if grown.layout == "tipkaarten" else edition
    asked = Request(layouts=(grown.layout,), rayons=(RAYON,), networks=(NETWORK,), editions=(edition,), style="draad")
    jobs = plan(library, asked)
    return jobs[-1] if grown.network else jobs[grown.phase]


def often(grown: Grown) -> tuple[pytest.MarkDecorator, ...]:
    """What offices type themselves is tried in every run, the rest in the long one."""
    own = grown.network or grown.path[0] == "networks"
    return () if own else (pytest.mark.long,)


@pytest.fixture(scope="module")
def fonts(workspace: Workspace) -> Path:
    use_fonts(workspace.fonts)
    return workspace.fonts[-1]


@pytest.fixture(scope="module")
def few_tips(library: Library) -> Library:
    """The library with three tips in the network: its cards are soon made."""
    tips = tuple(tip for tip in library.networks[NETWORK].tips if tip.id.endswith(("kanalen", "doel")))
    return replaced(library, ("networks", NETWORK, "tips"), tips)


def judge(job: Job, library: Library, fonts: Path, folder: Path) -> tuple[tuple[Finding, ...], set[str]]:
    """The errors of a document, and the words that another reader misses in its file."""
    rendered = render(job, library, Typecase(fonts))
    product = produce(job, rendered, fonts)
    file = folder / "product.pdf"
    file.write_bytes(product.pdf)
    read = " ".join(word for page in poppler.words(file) for word in page)
    return errors(product.findings), set(lost(rendered.printed, read))


def names(finding: Finding, place: str, box: str) -> bool:
    """Whether the finding says in which file and line, which box, how much is over and how much to cut."""
    told = f"{finding.place.path}:{finding.place.line}" == place and f"van het vak '{box}'" in finding.message
    return told and " mm te veel " in finding.message and " tekens " in finding.advice


@pytest.mark.parametrize("grown", [pytest.param(one, marks=often(one)) for one in TEXTS], ids=str)
def test_text_without_end_is_an_error_that_names_its_line_and_its_box(
    grown: Grown, few_tips: Library, fonts: Path, tmp_path: Path
) -> None:
    library, place = with_text(few_tips, grown.path, text_of(1500))
    found, _ = judge(job_of(library, grown), library, fonts, tmp_path)
    assert any(names(finding, place, grown.box) for finding in found), "\n".join(map(str, found))


@pytest.mark.long
@pytest.mark.parametrize("grown", TEXTS, ids=str)
def test_word_without_end_is_an_error_that_names_its_line(
    grown: Grown, few_tips: Library, fonts: Path, tmp_path: Path
) -> None:
    library, place = with_text(few_tips, grown.path, "x" * 400)
    found, _ = judge(job_of(library, grown), library, fonts, tmp_path)
    assert any(f"{finding.place.path}:{finding.place.line}" == place for finding in found), "\n".join(map(str, found))


@pytest.mark.long
@pytest.mark.parametrize("length", [1, 8, 25, 50, 80, 120, 170, 240, 350, 500])
@pytest.mark.parametrize("grown", TEXTS, ids=str)
def test_growing_text_fits_or_is_an_error_that_names_its_line(
    grown: Grown, length: int, few_tips: Library, fonts: Path, tmp_path: Path
) -> None:
    library, place = with_text(few_tips, grown.path, text_of(length))
    found, missing = judge(job_of(library, grown), library, fonts, tmp_path)
    named = [finding for finding in found if f"{finding.place.path}:{finding.place.line}" == place]
    assert named if found else not missing, ("\n".join(map(str, found)), missing)


@pytest.mark.long
@pytest.mark.parametrize("layout", ["tipkaarten", "handout", "faseposter", "invulposter"])
def test_a_little_more_of_everything_fits(layout: str, few_tips: Library, fonts: Path, tmp_path: Path) -> None:
    shared = (one for one in TEXTS if one.layout == layout and one.path[0] in {"phases", "poster"})
    # Beside a code there is room for a few words only.
    for grown in (one for one in shared if "link" not in one.path):
        old = found_at(few_tips, grown.path)
        longer, _ = with_text(few_tips, grown.path, f"{old} {text_of(len(old) // 5)}")
        found, missing = judge(job_of(longer, grown), longer, fonts, tmp_path)
        assert (found, missing) == ((), set()), grown


@pytest.mark.parametrize("layout", ["tipkaarten", "handout"])
def test_character_that_no_font_has_is_an_error_that_names_it(
    layout: str, few_tips: Library, fonts: Path, tmp_path: Path
) -> None:
    path = ("networks", NETWORK, "tips", 0, "example")
    library, place = with_text(few_tips, path, "Vraag het in de koffiepauze \U0001f680 aan iedereen")
    found, _ = judge(job_of(library, Grown(layout, path, "voorbeeld")), library, fonts, tmp_path)
    (missing,) = (finding for finding in found if finding.code == "glyph-missing")
    assert f"{missing.place.path}:{missing.place.line}" == place
    assert "U+1F680" in missing.message


def test_build_names_file_line_and_box_of_text_that_was_typed_too_long(own: Path, tmp_path: Path) -> None:
    file = own / "content" / "netwerken" / "mr.yaml"
    edit(file, "Stuur de uitnodiging vlak na de MR-verkiezingen.", text_of(900))
    line = next(number for number, text in enumerate(file.read_text().splitlines(), 1) if "wie nodig" in text)
    workspace = find_workspace(own)
    use_fonts(workspace.fonts)
    shop = Shop(library=read_library(workspace), fonts=workspace.fonts, out=tmp_path / "out")
    asked = Request(
        layouts=("tipkaarten",), rayons=(RAYON,), networks=("mr",), editions=(Edition.SCREEN,), style="draad"
    )
    (job,) = plan(shop.library, asked)
    artefact = make(job, shop)
    assert not (shop.out / job.path).exists()
    assert artefact.error.startswith(f"content/netwerken/mr.yaml:{line} p. 1: ")
    assert "mm te veel aan de onderkant van het vak 'voorbeeld'" in artefact.error
    assert "tekens" in artefact.error


LETTERS = "aeioubcdfghjklmnprstvwz" * 4 + "áàâäãåæçéèêëíîïñóòôöøœßúùûüýÿŁłŠšŽžĐđİıĲĳŐőŢţΑβЖя"
STRANGE = (
    "\U0001f600\U0001f44d\U0001f3fd\U0001f468\u200d\U0001f469\U0001f1f3\U0001f1f1\u2764\ufe0f\u0301\u200b\u00ad"
    "漢字שלוםعربي½№™€…–—“”‘’«»¿¡&<>{}%$#@"
)


def strange_text(random: Random) -> str:
    """A text of one to a few hundred characters: diacritics, now and then an emoji or a word without end."""
    made = []
    for _ in range(random.choice((1, 1, 2, 3, 5, 8, 13, 30))):
        length = random.choice((1, 2, 3, 5, 6, 8, 12, 20)) if random.random() < 0.97 else random.choice((45, 90, 300))
        made.append("".join(random.choice(LETTERS) for _ in range(length)))
        if random.random() < 0.06:
            made[-1] += random.choice(STRANGE)
    return " ".join(made).strip() or "a"


@pytest.mark.long
@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("layout", ["tipkaarten", "handout"])
def test_generated_texts_are_on_the_pages_or_in_an_error(
    layout: str, seed: int, few_tips: Library, fonts: Path, tmp_path: Path
) -> None:
    random = Random(f"{layout} {seed}")
    library = few_tips
    paths = [grown.path for grown in TEXTS if grown.layout == layout and grown.path[0] != "rayons"]
    calm = seed % 3 == 0
    for path in paths:
        text = strange_text(random)
        library, _ = with_text(library, path, text[:40] if calm else text)
    found, missing = judge(job_of(library, Grown(layout, (), "")), library, fonts, tmp_path)
    assert found or not missing, missing
