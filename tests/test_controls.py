"""Form elements that the kit did not write, that stand on a page twice or not at all."""

import pytest

from invulposter.controls import Mistake, control_mistake

NAAM = '<input type="text" name="naam" title="Naam &gt; voornaam">'
DOEL = '<textarea name="doel" title="Doel">'
WRITTEN = {"naam": NAAM, "doel": DOEL}
PAGE = f"<section>{NAAM}<p>{DOEL}</textarea></p></section>"


def test_what_the_kit_wrote_is_right() -> None:
    assert control_mistake(PAGE, WRITTEN) is None


@pytest.mark.parametrize("said", ["<!-- <input> -->", "<p>&lt;input&gt;</p>", "<inputs>", '<p title="input">'])
def test_what_is_no_form_element_is_right(said: str) -> None:
    assert control_mistake(PAGE + said, WRITTEN) is None


@pytest.mark.parametrize(
    "tag", ['<input name="n">', "<SELECT>", "<select\nmultiple>", "<textarea>", '<button title=">">', "<form>"]
)
def test_another_form_element_is_named(tag: str) -> None:
    kind = tag.lower().strip("<>").split()[0]
    sentence = f"<{kind}> is no writing area: use write, cell, person or tickbox"
    assert control_mistake(PAGE + tag, WRITTEN) == Mistake(sentence, f"<{kind}")


def test_one_that_stands_there_twice_is_named() -> None:
    mistake = control_mistake(PAGE + NAAM, WRITTEN)
    assert mistake == Mistake("writing area 'naam' stands on the page twice: declare each where it is shown", "naam")


def test_one_that_stands_nowhere_is_named() -> None:
    mistake = control_mistake(NAAM, WRITTEN)
    assert mistake == Mistake("writing area 'doel' is not on the page: show what declares it", "doel")
