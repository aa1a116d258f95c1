"""What goes to paper keeps its pages and loses what only a screen can use."""

import io

import pikepdf

from invulposter.finish.boxes import Document, bare
from invulposter.paper import Duplex
from tests.collect.sample import form

SCREEN_ONLY = {"/Annot", "/StructElem", "/StructTreeRoot", "/Metadata", "/Outlines", "/OBJR"}


def printed(document: Document) -> pikepdf.Pdf:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(form())) as pdf:
        bare(pdf, document)
        pdf.save(file)
    return pikepdf.open(file)


def kinds(pdf: pikepdf.Pdf) -> set[str]:
    dictionaries = (held for held in pdf.objects if isinstance(held, pikepdf.Dictionary | pikepdf.Stream))
    return {str(held.get("/Type")) for held in dictionaries}


def test_nothing_that_only_a_screen_can_use_is_dragged_along() -> None:
    with pikepdf.open(io.BytesIO(form())) as before:
        assert kinds(before) >= {"/Annot", "/StructElem"}
    made = printed(Document("Poster"))
    assert not kinds(made) & SCREEN_ONLY
    assert set(made.Root.keys()) == {"/Type", "/Pages", "/Lang", "/ViewerPreferences"}
    assert not made.pages[0].obj.keys() & {"/Annots", "/StructParents", "/Tabs"}


def test_pages_are_drawn_as_they_were() -> None:
    with pikepdf.open(io.BytesIO(form())) as before:
        drawn = before.pages[0].Contents.read_bytes()
    made = printed(Document("Poster"))
    assert made.pages[0].Contents.read_bytes() == drawn


def test_file_says_how_it_is_printed() -> None:
    made = printed(Document("Poster · één", duplex=Duplex.SHORT_EDGE))
    assert {key: str(value) for key, value in made.docinfo.items()} == {"/Title": "Poster · één"}
    assert made.Root.Lang == "nl-NL"
    settings = {key: str(value) for key, value in made.Root.ViewerPreferences.items()}
    assert settings == {"/PrintScaling": "/None", "/Duplex": "/DuplexFlipShortEdge", "/DisplayDocTitle": "True"}


def test_file_without_a_title_shows_none() -> None:
    made = printed(Document())
    assert not made.docinfo.keys()
    assert "/DisplayDocTitle" not in made.Root.ViewerPreferences
