from itertools import pairwise

import pytest
import segno

from invulposter.drawing.qr import Code, code_of, qr

TEXT = "https://netwerk.example/duinrand"


def modules(code: Code) -> set[tuple[int, int]]:
    """The modules that are filled, by the non-zero rule (SVG 2, 13.4.2): how often outlines go around each of them."""
    around = {(x, y): 0 for x in range(code.count) for y in range(code.count)}
    for outline in code.outlines:
        for (x, y), (to_x, to_y) in pairwise((*outline, outline[0])):
            assert (x == to_x) != (y == to_y)
            for row in range(min(y, to_y), max(y, to_y)):
                for column in range(x, code.count):
                    around[column, row] += 1 if to_y < y else -1
    return {module for module, times in around.items() if times}


def test_every_dark_module_is_drawn_and_no_other() -> None:
    matrix = segno.make(TEXT, error="m", micro=False).matrix
    expected = {(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
    assert modules(code_of(TEXT)) == expected
    assert code_of(TEXT).count == len(matrix)


def test_a_square_of_its_own_stands_for_the_code() -> None:
    square = qr(TEXT, 10, 20, 25, "#123456")
    code = code_of(TEXT)
    assert f'transform="translate(10 20) scale({25 / code.count:.5f})"' in square
    left, top = code.corners
    assert f'd="M0 0H{code.count}V{code.count}H{left}V{top}z" fill="#123456"' in square


def test_no_two_of_many_codes_have_the_same_square() -> None:
    """Five figures would be too few for a thousand codes, as the first corner alone shows."""
    texts = [f"https://netwerk.example/{number}" for number in range(1000)]
    assert len({Code(text, 29, ()).corners for text in texts}) == len(texts)
    assert len({Code(text, 29, ()).corners[0] for text in texts}) < len(texts)


def test_a_text_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="Data too large"):
        qr("x" * 4000, 0, 0, 20)
