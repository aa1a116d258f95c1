"""The other text on a page, found by the place that a finding names."""

from invulposter.editing.files import ContentFile
from invulposter.editing.other import Other, other_text
from invulposter.editing.overlay import numbered
from invulposter.editing.saving import open_file
from invulposter.findings import Place
from invulposter.workspace import Workspace

WERVEN, POSTER = ContentFile("fase", "werven"), ContentFile("invulposter")


def test_it_is_in_the_form_or_in_another_file_and_part(office: Workspace) -> None:
    own = numbered(WERVEN, open_file(office, WERVEN).data)
    line = own.paths.index(("tips", 1, "tekst")) + 1
    here = other_text(Place(WERVEN.path.as_posix(), line), office, WERVEN, own)
    assert here == Other(WERVEN, "", "tips.1.tekst", "Tips 2 › Tip")
    text = (office.root / POSTER.path).read_text("utf-8").splitlines()
    first = next(number for number, said in enumerate(text, 1) if "vraag: " in said)
    there = other_text(Place(POSTER.path.as_posix(), first), office, WERVEN, own)
    assert there
    assert (there.file, there.part) == (POSTER, "stappen.0")
    assert there.field.startswith("stappen.0.")


def test_a_place_that_is_no_text_of_the_content_is_nobodys(office: Workspace) -> None:
    own = numbered(WERVEN, open_file(office, WERVEN).data)
    for place in (
        Place("", 0, 0, 1),
        Place("layouts/draad/handout/page.html.j2", 3),
        Place("content/fasen/weg.yaml", 2),
    ):
        assert other_text(place, office, WERVEN, own) is None
