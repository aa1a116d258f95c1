import re

import pytest
import segno

from invulposter.drawing.qr import qr


def modules(path: str, side: int) -> set[tuple[int, int]]:
    """The modules that are filled, by the non-zero rule (SVG 2, 13.4.2): how often outlines go around each of them."""
    around = {(x, y): 0 for x in range(side) for y in range(side)}
    for x, y, sides in re.findall(r"M(\d+) (\d+)([^z]*)z", path):
        start = at_x, at_y = int(x), int(y)
        for direction, length in [*re.findall(r"([hv])(-?\d+)", sides), ("back", "0")]:
            old_y = at_y
            at_x += int(length) * (direction == "h")
            at_y = start[1] if direction == "back" else at_y + int(length) * (direction == "v")
            for row in range(min(old_y, at_y), max(old_y, at_y)):
                for column in range(at_x, side):
                    around[column, row] += 1 if at_y < old_y else -1
    return {module for module, times in around.items() if times}


def test_every_dark_module_is_drawn_and_no_other():
    text = "https://netwerk.example/duinrand"
    matrix = segno.make(text, error="m", micro=False).matrix
    expected = {(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
    assert modules(qr(text, 0, 0, 20), len(matrix)) == expected


def test_the_code_fills_its_square():
    code = qr("https://netwerk.example", 10, 20, 25, "#123456")
    count = len(segno.make("https://netwerk.example", error="m", micro=False).matrix)
    assert code.count("<path") == 1
    assert f'transform="translate(10 20) scale({25 / count:.5f})"' in code
    assert 'fill="#123456"' in code


def test_a_text_too_long_is_refused():
    with pytest.raises(ValueError, match="Data too large"):
        qr("x" * 4000, 0, 0, 20)
