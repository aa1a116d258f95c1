import re

import pytest
import segno

from invulposter.drawing.qr import qr


def modules(path: str) -> set[tuple[int, int]]:
    dark = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path):
        dark |= {(int(x) + i, int(y)) for i in range(int(length))}
    return dark


def test_every_dark_module_is_drawn_and_no_other():
    text = "https://netwerk.example/duinrand"
    matrix = segno.make(text, error="m", micro=False).matrix
    expected = {(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
    assert modules(qr(text, 0, 0, 20)) == expected


def test_the_code_fills_its_square():
    code = qr("https://netwerk.example", 10, 20, 25, "#123456")
    count = max(x for x, _ in modules(code)) + 1
    assert code.count("<path") == 1
    assert f'transform="translate(10 20) scale({25 / count:.5f})"' in code
    assert 'fill="#123456"' in code


def test_a_text_too_long_is_refused():
    with pytest.raises(ValueError, match="Data too large"):
        qr("x" * 4000, 0, 0, 20)
