"""One typeset document laid over another: what it shows, what it says aloud, where its links lead."""

import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from invulposter.overlay import lay_over
from invulposter.pdfbytes import saved
from invulposter.typesetter import FileKind, LaidOut, laid_out, use_fonts
from invulposter.workspace import Workspace
from tests.judges import poppler, verapdf

STYLE = """
@page { size: 100mm 80mm; margin: 0 }
html { font: 12pt "Alegreya Sans" } body { margin: 0 }
section { position: relative; width: 100mm; height: 80mm }
h1, p, a, div { position: absolute; margin: 0; left: 10mm }
h1 { top: 8mm } .b { top: 20mm } .c { top: 40mm } .d { top: 50mm }
.wash { background: linear-gradient(to right, #147, #e74); top: 60mm; width: 30mm; height: 8mm }
.faint { background: rgba(20, 80, 40, .4); top: 64mm; left: 30mm; width: 30mm; height: 8mm }
"""
#: In both halves: type in the same fonts, a gradient and something to see through, so names of resources are the same.
BELOW = '<h1>Wie ken je?</h1><p class="b">Begin <b>bij</b> drie</p><div class="wash"></div><div class="faint"></div>'
ABOVE = (
    '<p class="c">Rayon <b>Zuid</b></p><a class="d" href="https://zuid.example/">zuid.example</a>'
    '<div class="wash" style="left:60mm"></div><div class="faint" style="left:80mm"></div>'
)


@pytest.fixture(autouse=True, scope="module")
def fonts(workspace: Workspace) -> None:
    use_fonts(workspace.fonts)


@cache
def typeset(*pages: str, kind: FileKind = FileKind.TAGGED) -> bytes:
    body = "".join(f'<section class="page">{page}</section>' for page in pages)
    made = laid_out(f'<html lang="nl"><body>{body}</body></html>', (("style.css", STYLE),), (), kind)
    assert isinstance(made, LaidOut)
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        return saved(pdf)


@cache
def overlaid(
    below: tuple[str, ...], above: tuple[str, ...], places: tuple[int | None, ...], kind: FileKind = FileKind.TAGGED
) -> bytes:
    file = BytesIO()
    with (
        pikepdf.open(BytesIO(typeset(*below, kind=kind))) as pdf,
        pikepdf.open(BytesIO(typeset(*above, kind=kind))) as over,
    ):
        lay_over(pdf, over, places)
        pdf.save(file)
    return file.getvalue()


#: Three pages of which the first and the last have the same laid over them.
SHARED = (BELOW, "<h1>Twee</h1>", "<h1>Drie</h1>")


def one_page() -> bytes:
    return overlaid((BELOW,), (ABOVE,), (0,))


def three_pages() -> bytes:
    return overlaid(SHARED, (ABOVE,), (0, None, 0))


def pictures(pdf: bytes) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=3).to_pil() for page in document]


def texts(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def same_pictures(one: bytes, other: bytes) -> bool:
    pairs = zip(pictures(one), pictures(other), strict=True)
    return all(ImageChops.difference(left, right).getbbox() is None for left, right in pairs)


@pytest.mark.parametrize("kind", [FileKind.TAGGED, FileKind.PLAIN])
def test_it_looks_as_if_typeset_in_one_go(kind: FileKind) -> None:
    """The halves name their fonts, gradients and transparencies alike: each has to keep its own."""
    made = overlaid((BELOW,), (ABOVE,), (0,), kind)
    assert same_pictures(made, typeset(BELOW + ABOVE, kind=kind))
    assert not same_pictures(made, typeset(BELOW, kind=kind))


def test_another_reader_sees_the_same(tmp_path: Path) -> None:
    """Poppler takes instructions by the letter; what it can't draw it tells."""
    for name, pdf in (("one", one_page()), ("other", typeset(BELOW + ABOVE))):
        (tmp_path / f"{name}.pdf").write_bytes(pdf)
        drawn = ["pdftoppm", "-r", "72", "-singlefile", str(tmp_path / f"{name}.pdf"), str(tmp_path / name)]
        assert subprocess.run(drawn, capture_output=True, check=True).stderr == b""
    assert (tmp_path / "one.ppm").read_bytes() == (tmp_path / "other.ppm").read_bytes()


def test_each_page_has_its_own_over_it_and_the_others_none() -> None:
    made = overlaid(SHARED, (ABOVE, '<p class="d">Rayon Noord</p>'), (1, None, 0))
    assert same_pictures(made, typeset(SHARED[0] + '<p class="d">Rayon Noord</p>', SHARED[1], SHARED[2] + ABOVE))


def test_the_text_of_both_is_read_in_order(tmp_path: Path) -> None:
    assert texts(one_page()) == ["Wie ken je? Begin bij drie Rayon Zuid zuid.example"]
    assert texts(three_pages())[1:] == ["Twee", "Drie Rayon Zuid zuid.example"]
    (tmp_path / "made.pdf").write_bytes(one_page())
    (words,) = poppler.words(tmp_path / "made.pdf")
    assert " ".join(words) == "Wie ken je? Begin bij drie Rayon Zuid zuid.example"


def marked_ids(page: Any) -> list[int]:
    """The numbers of the marked content in a page's stream, in order."""
    return [
        int(one.operands[1].MCID)
        for one in pikepdf.parse_content_stream(page)
        if str(one.operator) == "BDC" and "/MCID" in one.operands[1]
    ]


def parents(pdf: pikepdf.Pdf) -> dict[int, Any]:
    """The parent tree: what it says under each number."""
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    keys = [int(key) for key in numbers[::2]]
    assert keys == sorted(set(keys))
    return dict(zip(keys, numbers[1::2], strict=True))


def structure(element: Any) -> Any:
    """An element with what is in it, as names: content by its number, a link's annotation as `link`."""
    kids: list[Any] = []
    for kid in element.K:
        if isinstance(kid, int):
            kids.append(int(kid))
        elif kid.get("/Type") == "/OBJR":
            kids.append("link")
        else:
            assert kid.P.objgen == element.objgen
            kids.append(structure(kid))
    return (str(element.S), *kids)


@pytest.mark.parametrize("make", [one_page, three_pages])
def test_every_piece_of_content_belongs_to_an_element_that_holds_it(make: Any) -> None:
    with pikepdf.open(BytesIO(make())) as pdf:
        tree = parents(pdf)
        for page in pdf.pages:
            numbers = marked_ids(page)
            assert numbers == sorted(set(numbers))
            listed = tree[int(page.obj.StructParents)]
            assert len(listed) == len(numbers)
            for number, element in zip(numbers, listed, strict=True):
                assert number in [kid for kid in element.K if isinstance(kid, int)]
                assert element.Pg.objgen == page.obj.objgen


@pytest.mark.parametrize(
    ("below", "above"),
    [
        (BELOW, ABOVE),
        ("", ABOVE),
        (BELOW, '<div class="wash"></div>'),
        (BELOW, '<div class="c"><ul><li>Een</li><li lang="en">Two <b>three</b></li></ul></div>'),
    ],
    ids=["both", "nothing below", "a drawing alone above", "elements in elements"],
)
def test_what_is_laid_over_is_read_after_what_was_there(below: str, above: str) -> None:
    made, direct = overlaid((below,), (above,), (0,)), typeset(below + above)
    assert same_pictures(made, direct)
    with pikepdf.open(BytesIO(made)) as one, pikepdf.open(BytesIO(direct)) as other:
        assert structure(one.Root.StructTreeRoot.K[0]) == structure(other.Root.StructTreeRoot.K[0])


@pytest.mark.parametrize("make", [one_page, three_pages])
def test_a_link_is_there_and_belongs_to_its_element(make: Any) -> None:
    with pikepdf.open(BytesIO(make())) as pdf:
        tree = parents(pdf)
        linked = [page for page in pdf.pages if "/Annots" in page.obj]
        assert linked
        for page in linked:
            (link,) = page.obj.Annots
            element = tree[int(link.StructParent)]
            assert (str(element.S), str(link.A.URI)) == ("/Link", "https://zuid.example/")
            (reference,) = (kid for kid in element.K if not isinstance(kid, int))
            assert (reference.Obj.objgen, reference.Pg.objgen) == (link.objgen, page.obj.objgen)
            assert element.Pg.objgen == page.obj.objgen


def test_a_page_that_is_laid_over_twice_has_a_link_on_each() -> None:
    with pikepdf.open(BytesIO(three_pages())) as pdf:
        links = [link for page in pdf.pages for link in page.obj.get("/Annots", ())]
        assert len({link.objgen for link in links}) == len({int(link.StructParent) for link in links}) == 2


def test_a_link_is_where_the_reader_clicks() -> None:
    with pikepdf.open(BytesIO(one_page())) as made, pikepdf.open(BytesIO(typeset(BELOW + ABOVE))) as direct:
        (one,), (other,) = (pdf.pages[0].obj.Annots for pdf in (made, direct))
        assert [float(edge) for edge in one.Rect] == pytest.approx([float(edge) for edge in other.Rect])


def test_links_of_both_halves_stay() -> None:
    below = BELOW.replace("drie", '<a href="https://een.example/">een</a>')
    with pikepdf.open(BytesIO(overlaid((below,), (ABOVE,), (0,)))) as pdf:
        tree = parents(pdf)
        links = list(pdf.pages[0].obj.Annots)
        assert [str(link.A.URI) for link in links] == ["https://een.example/", "https://zuid.example/"]
        assert all(tree[int(link.StructParent)].S == "/Link" for link in links)


def test_untagged_files_get_no_tags() -> None:
    with pikepdf.open(BytesIO(overlaid((BELOW,), (ABOVE,), (0,), FileKind.PLAIN))) as pdf:
        assert "/StructTreeRoot" not in pdf.Root
        (link,) = pdf.pages[0].obj.Annots
        assert link.A.URI == "https://zuid.example/"
    assert texts(overlaid((BELOW,), (ABOVE,), (0,), FileKind.PLAIN)) == texts(one_page())


def test_nothing_laid_over_changes_nothing() -> None:
    assert same_pictures(overlaid(SHARED, (ABOVE,), (None, None, None)), typeset(*SHARED))


@pytest.mark.parametrize("profile", ["ua1", "2a"])
@pytest.mark.parametrize("make", [one_page, three_pages])
def test_verapdf_finds_nothing(make: Any, profile: verapdf.Profile) -> None:
    assert verapdf.violations(make(), profile) == verapdf.violations(typeset(BELOW + ABOVE), profile)
