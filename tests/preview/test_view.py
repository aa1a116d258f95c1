"""What a preview chooses where nothing is asked, and what it says where it can't."""

import pytest

from invulposter.edition import Edition
from invulposter.errors import RequestError
from invulposter.library import Library
from invulposter.preview.view import View, choose


def test_nothing_asked_is_the_first_layout_of_the_first_rayon_in_its_own_style(library: Library) -> None:
    shown, job, _ = choose(library, View())
    rayon = next(iter(library.rayons.values()))
    assert shown.rayon == rayon.id
    assert shown.layout == f"{rayon.style}/{job.layout.name}"
    assert job.edition is Edition.PRESS
    assert job.bleed > 0


def test_a_bare_name_is_looked_for_in_the_rayons_style_first(library: Library) -> None:
    for style, name in library.layouts:
        if not library.layouts[style, name].from_content:
            continue
        shown, job, choices = choose(library, View(layout=f"{style}/{name}"))
        assert (job.layout.style, job.layout.name) == (style, name)
        assert shown.layout in {choice.id for choice in choices.layouts}
        own = next(iter(library.rayons.values())).style
        assert choose(library, View(layout=name))[1].layout.style in (
            {own} if (own, name) in library.layouts else {style}
        )


def test_a_subject_stays_asked_for_while_layouts_change(library: Library) -> None:
    last = list(library.networks)[-1]
    by_kind = {layout.subject_kind: f"{layout.style}/{layout.name}" for layout in library.layouts.values()}
    shown, job, _ = choose(library, View(layout=by_kind["phase"], subject=last))
    assert job.phase is not None
    assert choose(library, View(layout=by_kind["network"], subject=shown.subject))[1].subject == library.networks[last]


@pytest.mark.parametrize(
    ("view", "message"),
    [
        (View(rayon="nergens"), "rayon 'nergens' does not exist"),
        (View(layout="nergens"), "layout 'nergens' does not exist"),
        (View(subject="nergens"), "'nergens' is no network or phase"),
    ],
)
def test_what_does_not_exist_is_named(library: Library, view: View, message: str) -> None:
    with pytest.raises(RequestError, match=message):
        choose(library, view)


def test_ink_is_saved_where_that_is_asked_and_can_be(library: Library) -> None:
    for (style, name), layout in library.layouts.items():
        if layout.from_content:
            _, job, choices = choose(library, View(layout=f"{style}/{name}", thrifty=True))
            assert job.thrifty == choices.thrifty == layout.facts.thrifty
    assert not choose(library, View())[1].thrifty
