"""What was added to a page, told from what is printed there."""

from invulposter.collect.letters import Letter, added, text_in


def line(text: str, left: float, y: float) -> tuple[Letter, ...]:
    """A line of type, each letter a hundredth of the page wide."""
    places = ((letter, left + number / 100) for number, letter in enumerate(text))
    return tuple(Letter(letter, 0, x, y, y - 0.01, letter == " ") for letter, x in places)


PRINTED = line("Wie of wat hebben we nodig?", 0.1, 0.5)


def test_what_is_printed_there_was_not_added() -> None:
    own = added((*PRINTED, *line("ok", 0.1, 0.4)), PRINTED) or ()
    assert "".join(letter.sign for letter in own).strip() == "ok"
    assert text_in(added(PRINTED, PRINTED) or (), 0, (0, 0, 1, 1)) == ""


def test_what_is_printed_elsewhere_is_not_known() -> None:
    assert added(line("Wie of wat hebben we nodig?", 0.12, 0.52), PRINTED) is None
    assert added((), PRINTED) is None


def test_text_is_what_has_its_middle_in_the_area() -> None:
    there = (*line("boven", 0.1, 0.6), *line("een twee", 0.1, 0.5), *line("drie", 0.1, 0.45), *line("onder", 0.1, 0.3))
    assert text_in(there, 0, (0.05, 0.4, 0.5, 0.55)) == "een twee\ndrie"
    assert text_in(there, 1, (0, 0, 1, 1)) == ""


def test_a_line_that_breaks_within_a_word_is_one_word() -> None:
    assert text_in((*line("oud-", 0.1, 0.5), *line("leden", 0.1, 0.4)), 0, (0, 0, 1, 1)) == "oud-leden"
