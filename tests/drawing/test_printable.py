import pytest
from hypothesis import given
from hypothesis import strategies as st

from invulposter.drawing.printable import printable
from invulposter.drawing.type import Typecase
from invulposter.workspace import built_in

FONTS = built_in() / "fonts"
FACE = Typecase(FONTS)("Alegreya Sans", 500)
shown = printable(FONTS)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Zoë Çelik, €5 “ja” – ŵ", "Zoë Çelik, €5 “ja” – ŵ"),
        ("top 😀!", "top !"),
        ("ﬁjn", "fijn"),
        ("漢字", "??"),
        ("e\u0301e\u0301n", "één"),
        ("a\u200bb", "ab"),
        ("x" * 35, "\u00ad".join(["x" * 10] * 3 + ["x" * 5])),
    ],
)
def test_what_is_typed_is_printed_or_replaced(typed: str, printed: str) -> None:
    assert shown(typed) == printed


@given(st.text(max_size=200))
def test_nothing_is_left_that_a_font_lacks(text: str) -> None:
    once = shown(text)
    assert shown(once.replace("\u00ad", "")) == once
