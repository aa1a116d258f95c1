"""What keeps a drawing from being drawn, and on which line it stands."""

import pytest

from invulposter.drawing.svg import Flaw, flaw


def drawing(body: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{body}</svg>'.encode()


@pytest.mark.parametrize(
    "body",
    [
        "",
        '\n<g><rect width="9" height="9"/></g>\n',
        "<!-- <text>straks</text> --><title>een titel</title>",
        '<image href="data:image/png;base64,aaaa" width="1" height="1"/>',
        "<path d='M0 0&#10;h9'/> &amp;",
    ],
)
def test_what_can_be_drawn_has_no_flaw(body: str) -> None:
    assert flaw(drawing(body)) is None


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("\nJij & ik", Flaw(2, "not well-formed (invalid token)")),
        ("\n\n&nbsp;", Flaw(3, "undefined entity")),
        ('<g>\n<rect width="9">\n</g>', Flaw(2, "<rect> is not closed")),
        ('\n<rect width="9">\n', Flaw(2, "<rect> is not closed")),
        ("\n</g>", Flaw(2, "mismatched tag")),
        ('<image xlink:href="x.png"/>', Flaw(1, "unbound prefix")),
        ('<rect width="9" width="8"/>', Flaw(1, "duplicate attribute")),
    ],
)
def test_what_is_no_xml_is_told_with_its_line(body: str, wrong: Flaw) -> None:
    assert flaw(drawing(body)) == wrong


def test_what_is_no_drawing_at_all_is_told() -> None:
    assert flaw(b"") == Flaw(1, "no element found")
    assert flaw(b'<?xml version="1.0" encoding="utf-99"?><svg/>') == Flaw(1, "unknown encoding: utf-99")


@pytest.mark.parametrize("name", ["text", "tspan", "textPath", "s:text"])
def test_letters_are_told_by_the_element_that_holds_them(name: str) -> None:
    body = f'\n<g xmlns:s="http://www.w3.org/2000/svg">\n<{name} x="1">Hallo</{name}></g>'
    assert flaw(drawing(body)) == Flaw(3, lettered=name.removeprefix("s:"))


def test_entities_that_grow_without_end_are_stopped() -> None:
    levels = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 12))
    bomb = f'<!DOCTYPE svg [<!ENTITY e0 "{"ha" * 100}">{levels}]><svg>&e11;</svg>'.encode()
    wrong = flaw(bomb)
    assert wrong is not None
    assert "amplification" in wrong.reason
