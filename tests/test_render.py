"""The codes by which a print is known, of a product and of each of its pages; and pages that are refused."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from invulposter.bind import CODE
from invulposter.drawing.type import Typecase
from invulposter.errors import TypesetError
from invulposter.halves import halves
from invulposter.library import Library, read_library
from invulposter.plan import plan
from invulposter.render import Rendered, forget_files, render
from invulposter.request import Request
from invulposter.workspace import Workspace, find_workspace
from tests.conftest import designed, edit


@pytest.fixture(scope="module")
def typecase(workspace: Workspace) -> Typecase:
    return Typecase(*workspace.fonts)


def cards(library: Library, typecase: Typecase, rayon: str = "lindezoom") -> Rendered:
    job = plan(library, Request(layouts=("tipkaarten",), rayons=(rayon,), networks=("ambassadeurs",)))[0]
    return render(job, library, typecase)


def test_there_is_room_for_the_code_which_is_the_same_every_time(library: Library, typecase: Typecase) -> None:
    rendered = cards(library, typecase)
    assert re.fullmatch(r"\d{10}", rendered.code)
    assert f">{CODE}</span>" in rendered.html
    assert rendered.code not in rendered.html
    assert cards(library, typecase).code == rendered.code


def test_the_code_is_one_of_the_words_to_be_printed(library: Library, typecase: Typecase) -> None:
    rendered = cards(library, typecase)
    assert rendered.printed[rendered.code] == rendered.words[CODE] > 0
    assert CODE not in rendered.printed


def test_another_rayon_has_other_codes(library: Library, typecase: Typecase) -> None:
    one, other = cards(library, typecase), cards(library, typecase, "veenmeer")
    assert one.code != other.code
    assert not set(one.page_codes) & set(other.page_codes)


def test_a_changed_tip_changes_its_own_page_alone(own: Path, typecase: Typecase) -> None:
    before = cards(read_library(find_workspace(own)), typecase)
    edit(own / "content" / "fasen" / "werven.yaml", "Ga zelf", "Ga vandaag zelf")
    after = cards(read_library(find_workspace(own)), typecase)
    changed = [old != new for old, new in zip(before.page_codes, after.page_codes, strict=True)]
    assert sum(changed) == 1
    assert after.code != before.code


def test_every_picture_may_be_shown_however_a_page_writes_its_name(library: Library, typecase: Typecase) -> None:
    """A page may have `foto%20van%20ons.jpg` or `foto&#39;s.jpg`: no search by name finds those."""
    with_photo = replace(library, photos={"foto's van ons.jpg": b"foto"})
    parts = halves(cards(with_photo, typecase))
    assert parts.own
    assert parts.shared.assets["foto's van ons.jpg"] == parts.own.assets["foto's van ons.jpg"] == b"foto"


def test_a_half_has_the_drawings_that_it_names_and_no_others(library: Library, typecase: Typecase) -> None:
    rendered = cards(library, typecase)
    parts = halves(rendered)
    assert parts.own
    for part in (parts.shared, parts.own):
        assert set(part.drawings) == set(re.findall(r"url\((\w+\.svg)\)", part.html))
    assert {*parts.shared.drawings, *parts.own.drawings} == set(rendered.drawings)


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("style.css", b"/* caf\xe9 */", "krijt/kaart/style.css: the file is not UTF-8 text (byte 6); save it as UTF-8"),
        ("page.html.j2", b"{% include 'page.html.j2' %}", "krijt/kaart/page.html.j2:1: includes or calls itself"),
        (
            "page.html.j2",
            b"{% macro a() %}{{ a() }}{% endmacro %}\n{{ a() }}",
            "krijt/kaart/page.html.j2:1: includes or",
        ),
    ],
)
def test_a_file_of_a_layout_that_is_wrong_is_named(
    own: Path, typecase: Typecase, file: str, text: bytes, said: str
) -> None:
    library, job = designed(own, "<section class='page'></section>")
    (own / "layouts/krijt/kaart" / file).write_bytes(text)
    forget_files()
    with pytest.raises(TypesetError) as caught:
        render(job, library, typecase)
    assert said in str(caught.value)


def test_a_template_without_a_page_is_refused(tmp_path: Path, typecase: Typecase) -> None:
    library, job = designed(tmp_path, "{# straks #}\n")
    with pytest.raises(TypesetError) as refusal:
        render(job, library, typecase)
    message = 'krijt/kaart/page.html.j2: there is no page in it: write <section class="page">…</section>'
    assert str(refusal.value) == message


def test_a_picture_beside_a_template_is_shown_whatever_the_case_of_its_extension(
    tmp_path: Path, typecase: Typecase
) -> None:
    page = '<section class="page"><img alt="Ons" src="Foto.PNG"></section>'
    designed(tmp_path, page)
    (tmp_path / "layouts/krijt/kaart/Foto.PNG").write_bytes(b"foto")
    library, job = designed(tmp_path, page)
    assert render(job, library, typecase).assets == {"Foto.PNG": b"foto"}


def of_own(folder: Path, typecase: Typecase, page: str) -> Rendered:
    """A page of a layout of one's own."""
    library, job = designed(folder, page)
    return render(job, library, typecase)


@pytest.mark.parametrize(
    "second",
    [
        "{{ write('kaart.naam', 'Naam weer', 10, 130, 100) }}",
        "{% for y in (130, 150) %}\n{{ cell('kaart.dag', 'Dag', 10, y, 100, 8) }}{% endfor %}",
        "</section><section class=\"page\">{{ write('kaart.naam', 'Naam', 10, 130, 100) }}",
    ],
    ids=["twice", "in a loop", "on two pages"],
)
def test_two_fields_of_one_name_are_refused_where_the_second_is(second: str, own: Path, typecase: Typecase) -> None:
    first = "<section class=\"page\">\n{{ write('kaart.naam', 'Naam', 10, 100, 100) }}\n"
    line = 3 + second.count("\n")
    with pytest.raises(TypesetError, match=rf"^krijt/kaart/page\.html\.j2:{line}: two writing areas are named"):
        of_own(own, typecase, f"{first}{second}\n</section>")


def test_a_form_element_that_the_kit_did_not_write_is_refused_where_it_stands(own: Path, typecase: Typecase) -> None:
    page = "<section class=\"page\">\n{{ write('kaart.naam', 'Naam', 10, 100, 100) }}\n<select><option>Een</select>"
    with pytest.raises(TypesetError, match=r"^krijt/kaart/page\.html\.j2:3: <select> is no writing area: use write, "):
        of_own(own, typecase, f"{page}\n</section>")


def test_a_writing_area_that_is_shown_twice_is_refused_where_it_was_declared(own: Path, typecase: Typecase) -> None:
    page = "<section class=\"page\">\n{% set naam = write('kaart.naam', 'Naam', 10, 100, 100) %}\n{{ naam }}{{ naam }}"
    with pytest.raises(TypesetError, match=r"^krijt/kaart/page\.html\.j2:2: writing area 'kaart\.naam' stands on the "):
        of_own(own, typecase, f"{page}\n</section>")


def test_a_writing_area_in_a_drawing_is_refused(own: Path, typecase: Typecase) -> None:
    area = "{% call drawing() %}{{ write('kaart.naam', 'Naam', 10, 100, 100) }}{% endcall %}"
    with pytest.raises(TypesetError, match=r":1: writing area 'kaart\.naam' stands in a drawing: show it on the page"):
        of_own(own, typecase, f'<section class="page">{area}</section>')
