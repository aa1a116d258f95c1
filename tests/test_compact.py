"""Fewer boxes, shorter styles."""

import pytest

from invulposter.compact import compact


@pytest.mark.parametrize(
    ("written", "compacted"),
    [
        ('<p class="at">\n  <span class="lines">Wie ken\nje?</span>\n</p>', '<p class="lines at">Wie ken\nje?</p>'),
        (
            '<h1 id="a" class="at" lang="nl"><span class="lines">A\nB</span></h1>',
            '<h1 id="a" class="lines at" lang="nl">A\nB</h1>',
        ),
        ('<p style="left:7mm;\n  top: 8mm; "><b>A</b></p>', '<p style="left:7mm;top:8mm;"><b>A</b></p>'),
    ],
)
def test_what_looks_the_same(written: str, compacted: str) -> None:
    assert compact(written) == compacted


@pytest.mark.parametrize(
    "written",
    [
        '<p class="at">Bij ons: <span class="lines">A\nB</span></p>',
        '<p class="at"><span class="lines">A\n<b>B</b></span></p>',
        '<p class="at"><span class="lines">A\nB</span> en C</p>',
        '<p><span class="lines">A\nB</span></p>',
        '<p class="at"><i></i><span class="lines">A\nB</span></p>',
        "<p style=\"font-family:'Young Serif', serif\">A: B; C</p>",
    ],
)
def test_what_is_left_alone(written: str) -> None:
    assert compact(written) == written
