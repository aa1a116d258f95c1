"""A designer's own layout comes out as it was drawn, whether its pages can be halved or not."""

import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from invulposter.cache import Cache
from invulposter.codecheck import DrawnCode
from invulposter.drawing.type import Typecase
from invulposter.edition import Edition
from invulposter.findings import Place
from invulposter.geometry import Size
from invulposter.kept import Kept
from invulposter.kit import FieldSpec
from invulposter.layout import OfficeFacts
from invulposter.library import Library, read_library
from invulposter.plan import Job, plan
from invulposter.render import Rendered, render
from invulposter.request import Request
from invulposter.typeset import Typeset, forget_typeset, typeset
from invulposter.typesetter import use_fonts
from invulposter.workspace import Workspace, built_in, find_workspace

FACTS = 'title = "Wandkaart"\ndescription = "Voor aan de wand."\nfor_each = ["rayon"]\nsize = "105x74"\n'
BASE = """\
html { font: 500 4mm "Alegreya Sans"; color: var(--inkt); }
body, h1, p { margin: 0; }
.drawing, .at, .line { position: absolute; }
"""
PAGE = """\
<section class="page">
{% call drawing() %}<path d="{{ pebble(80, 30, 20, seed=2) }}" fill="{{ c.accent }}"/>{% endcall %}
<h1 class="at" style="left:20mm;top:15mm">Van de wand</h1>
BEFORE
<p class="own at" style="left:20mm;top:45mm">{{ rayon.name }}</p>
<p class="at" style="left:20mm;top:60mm;font-size:3mm">{{ stamp }}</p>
</section>
"""
#: Layouts whose pages have to stay whole: their style sheet, and what stands before what is the rayon's own.
WHOLE = {
    "own in the flow": (".own { position: static; }", ""),
    "own beside something in the flow": (".own { position: static; }", "<p>In de loop van de tekst</p>"),
    "own without a height to stand at": (".own { top: auto !important; }", "<p>In de loop van de tekst</p>"),
    "one page too many": (".page { height: auto !important; }", '<p style="break-after: page">Een</p><p>Twee</p>'),
    "own pushed to another page": (".own { position: static; height: 70mm; }", "<p>In de loop</p>"),
    "in front by number": ("h1 { z-index: 2; }", ""),
    "counted": ("p { counter-increment: alinea; }", ""),
    "page with a ground": (".page { background: #eee; }", ""),
    "body with a ground": ("body { background: #eee; }", ""),
    "paper with a ground": ("@page { background: #eee; }", ""),
    "page that shines through": (".page { opacity: .5; } .own { left: 70mm !important; background: #abc; }", ""),
    "something after all": (".page::after { content: 'Sluit'; position: absolute; left: 5mm; top: 5mm; }", ""),
    "text in the margin": ("@page { @bottom-center { content: 'Voet'; margin-top: -20mm; } }", ""),
    "counted from the first": (".page > :nth-child(3) { color: #c00; }", ""),
    "last of all": ("h1:last-child { color: #c00; }", ""),
    "page that holds another": (".page:has(.own) h1 { color: #c00; }", ""),
    "page as high as what flows": (
        ".page { height: auto !important; } .own { top: auto !important; bottom: 2mm; }",
        '<p style="padding: 5mm 5mm 40mm">In de loop van de tekst</p>',
    ),
}
#: Layouts that may be halved, and have to look the same.
ALIKE = {
    "each in its place": ("", ""),
    "a rule for a page that holds another": (".page .own { color: var(--primair-inkt); }", ""),
    "own placed from the other side": (
        ".own { inset: auto 5mm 5mm auto !important; }",
        "<p>In de loop van de tekst</p>",
    ),
    "own over something": (
        ".vel { left: 15mm; top: 40mm; width: 40mm; height: 12mm; background: var(--primair-12); }",
        '<div class="vel at"></div>',
    ),
    "own that shines through": (
        ".own { opacity: .4; } .vel { left: 15mm; top: 40mm; width: 40mm; height: 12mm; background: #abc; }",
        '<div class="vel at"></div>',
    ),
    "own moved by a transform": (".own { transform: rotate(-8deg); }", ""),
    "own on a gradient": (".own { background: linear-gradient(to right, var(--primair-12), var(--accent-12)); }", ""),
}
#: Grounds and borders in which the typesetter mixes colours, for `COLOUR`.
MIXED = {
    "border with depth": "border: 4mm inset COLOUR",
    "ridge as an outline": "outline: 2mm ridge COLOUR",
    "gradient that begins outside": "background: radial-gradient(circle at 0 0, COLOUR -5mm, #fff 50mm)",
    "gradient that comes again": "background: repeating-radial-gradient(circle, COLOUR 5mm, #fff 9mm)",
    "gradient of no length": "background: repeating-linear-gradient(to right, COLOUR 5mm, #fff 5mm)",
}
#: As what colour it stands in the style sheet, and what lindezoom has chosen for it.
IN_COLOUR = {"named": "var(--primair)", "written": "#1F4A43"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Library]:
    """A workspace in which every case is a layout."""
    folder = tmp_path_factory.mktemp("kantoor")
    shutil.copytree(built_in() / "content", folder / "content")
    shutil.copytree(built_in() / "layouts", folder / "layouts", ignore=shutil.ignore_patterns("*.png"))
    style = folder / "layouts/kalk"
    for case, (css, before) in {**WHOLE, **ALIKE}.items():
        write(
            style / named(case),
            {"layout.toml": FACTS, "page.html.j2": PAGE.replace("BEFORE", before), "style.css": css},
        )
    for case, rule in MIXED.items():
        for how, colour in IN_COLOUR.items():
            css = f"h1 {{ width: 60mm; height: 20mm; {rule.replace('COLOUR', colour)} }}"
            page = PAGE.replace("BEFORE", "")
            write(style / f"{named(case)}-{how}", {"layout.toml": FACTS, "page.html.j2": page, "style.css": css})
    write(style / "_shared", {"base.css": BASE})
    workspace = find_workspace(folder)
    use_fonts(workspace.fonts)
    return workspace, read_library(workspace)


def write(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def named(case: str) -> str:
    return case.replace(" ", "-")


def drawn(office: tuple[Workspace, Library], case: str, rayon: str = "lindezoom") -> tuple[Rendered, Job]:
    workspace, library = office
    asked = Request(layouts=(named(case),), style="kalk", rayons=(rayon,), editions=(Edition.SCREEN,))
    (job,) = plan(library, asked)
    return render(job, library, Typecase(*workspace.fonts)), job


def in_one_go(rendered: Rendered, job: Job) -> Typeset:
    return typeset(replace(rendered, own=()), job)


def pictures(pdf: bytes) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=2).to_pil() for page in document]


def alike(one: Typeset, other: Typeset) -> bool:
    pairs = zip(pictures(one.pdf), pictures(other.pdf), strict=True)
    same = all(ImageChops.difference(left, right).getbbox() is None for left, right in pairs)
    return same and one.findings == other.findings


@pytest.mark.parametrize("case", WHOLE)
def test_what_can_not_be_halved_stays_whole(office: tuple[Workspace, Library], case: str) -> None:
    rendered, job = drawn(office, case)
    assert rendered.own
    assert typeset(rendered, job) == in_one_go(rendered, job)


@pytest.mark.parametrize("case", ALIKE)
def test_halved_pages_look_as_if_typeset_in_one_go(office: tuple[Workspace, Library], case: str) -> None:
    rendered, job = drawn(office, case)
    halved, direct = typeset(rendered, job), in_one_go(rendered, job)
    assert alike(halved, direct)
    assert halved.pdf != direct.pdf


@pytest.mark.parametrize("case", MIXED)
def test_a_colour_that_the_typesetter_mixes_is_the_offices_own(office: tuple[Workspace, Library], case: str) -> None:
    by_name, in_figures = (typeset(*drawn(office, f"{case} {how}")) for how in IN_COLOUR)
    (one,), (other,) = pictures(by_name.pdf), pictures(in_figures.pdf)
    # Below it stands the edition code, which differs.
    top = (0, 0, one.width, one.height * 3 // 4)
    assert ImageChops.difference(one.crop(top), other.crop(top)).getbbox() is None


def test_what_was_laid_over_is_compressed_with_the_rest(office: tuple[Workspace, Library]) -> None:
    """All but the metadata, which qpdf leaves legible for programs that know no PDF."""
    with pikepdf.open(BytesIO(typeset(*drawn(office, "each in its place")).pdf)) as document:
        streams = [item for item in document.objects if isinstance(item, pikepdf.Stream)]
        assert {str(item.get("/Type")) for item in streams if "/Filter" not in item} == {"/Metadata"}


def test_a_half_that_was_kept_gives_the_same_document(office: tuple[Workspace, Library], tmp_path: Path) -> None:
    """The first rayon's shared half serves the second, each has one of its own."""
    kept = Kept(Cache(tmp_path), "program")
    typeset(*drawn(office, "each in its place"), kept)
    second = drawn(office, "each in its place", "duinrand")
    assert typeset(*second, kept) == typeset(*second)
    assert len(list(tmp_path.glob("*/*.zip"))) == 3


def test_editions_that_show_the_same_page_share_its_typesetting(office: tuple[Workspace, Library]) -> None:
    rendered, job = drawn(office, "each in its place")
    screen = typeset(rendered, job)
    assert typeset(rendered, replace(job, edition=Edition.OFFICE)) is screen
    assert typeset(rendered, replace(job, edition=Edition.PRESS)).pdf != screen.pdf
    assert typeset(replace(rendered, code="1234567890"), job).pdf != screen.pdf
    forget_typeset()
    again = typeset(rendered, job)
    assert again is not screen
    assert again == screen


def test_own_text_over_a_shared_one_is_found(office: tuple[Workspace, Library]) -> None:
    rendered, job = drawn(office, "each in its place")
    over = replace(rendered, html=rendered.html.replace("top:45mm", "top:16mm"))
    (finding,) = typeset(over, job).findings
    assert (finding.code, finding.place.page) == ("text-collision", 1)
    assert finding.place.path == "content/rayons/lindezoom/rayon.yaml"


def test_a_code_is_judged_at_the_finished_size(office: tuple[Workspace, Library]) -> None:
    rendered, job = drawn(office, "each in its place")
    coded = replace(rendered, codes=(DrawnCode("https://netwerk.example", 11, "#123456", Place("kalk/kaart/a.j2", 3)),))
    assert typeset(coded, job).findings == ()
    assert "qr-too-small" in {finding.code for finding in typeset(coded, replace(job, size=Size(90, 63))).findings}


def test_small_type_is_told_once_for_both_halves_and_typeset_once_for_all_sizes(
    office: tuple[Workspace, Library], tmp_path: Path
) -> None:
    rendered, job = drawn(office, "each in its place")
    kept = Kept(Cache(tmp_path), "program")
    assert typeset(rendered, job, kept).findings == ()
    halves = sorted(tmp_path.glob("*/*.zip"))
    halved = typeset(rendered, replace(job, size=Size(35, 25)), kept)
    (finding,) = halved.findings
    assert "3 teksten zijn kleiner dan 8,0 punt; 'Wandkaart" in finding.message
    assert "is met 2,8 punt de kleinste" in finding.message
    assert sorted(tmp_path.glob("*/*.zip")) == halves
    assert in_one_go(rendered, replace(job, size=Size(35, 25))).findings == (finding,)


def with_field(rendered: Rendered, top: float) -> Rendered:
    """The same page with a field before what is the rayon's own."""
    style = f"position:absolute;appearance:auto;left:18mm;top:{top}mm;width:60mm;height:8mm"
    html = rendered.html.replace("<h1", f'<input name="naam" title="Naam?" style="{style}"><h1', 1)
    return replace(rendered, html=html, fields=(FieldSpec("naam", "Naam?", "box", 18, top, 60, 8),))


def test_own_text_over_a_shared_field_is_found(office: tuple[Workspace, Library], tmp_path: Path) -> None:
    """Also where the shared half was kept."""
    rendered, job = drawn(office, "each in its place")
    form = replace(job, layout=replace(job.layout, facts=job.layout.facts.model_copy(update={"fillable": True})))
    kept = Kept(Cache(tmp_path), "program")
    assert not typeset(with_field(rendered, 30), form, kept).findings
    for _ in range(2):
        forget_typeset()
        (finding,) = typeset(with_field(rendered, 43), form, kept).findings
        assert (finding.code, finding.place.page) == ("field-over-text", 1)
        assert finding.message.startswith(f"Veld 'naam' ligt over de tekst '{job.rayon.name}' heen")


def test_lines_are_judged_at_the_size_that_the_office_makes(office: tuple[Workspace, Library]) -> None:
    rendered, job = drawn(office, "each in its place")
    ruled = replace(rendered, fields=(FieldSpec("naam", "Naam?", "line", 5, 30, 60, 10, 8.2),))
    small = job.layout.facts.model_copy(update={"office": OfficeFacts(size="A7")})
    assert not typeset(ruled, job).findings
    assert not typeset(ruled, replace(job, layout=replace(job.layout, facts=small))).findings
    smaller = job.layout.facts.model_copy(update={"office": OfficeFacts(size="52x37")})
    (finding,) = typeset(ruled, replace(job, layout=replace(job.layout, facts=smaller))).findings
    assert finding.code == "lines-too-close"


def test_what_is_not_read_aloud_is_told_of_the_screen_edition_alone(office: tuple[Workspace, Library]) -> None:
    rendered, job = drawn(office, "own that shines through")
    assert [finding.code for finding in typeset(rendered, job).findings] == ["see-through"]
    for edition in (Edition.OFFICE, Edition.PRESS):
        assert not typeset(rendered, replace(job, edition=edition)).findings
