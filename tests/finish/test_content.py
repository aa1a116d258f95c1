from invulposter.finish.content import Pen, instructions


def test_instructions_come_apart_and_together_again() -> None:
    content = rb"q 1 0 0 -1 0 5.5 cm % turned" + b"\n" + rb"[(a\)b(c))-20<41 42>]TJ /a1.0 gs 0.5 .5 -1 rg/P0 Do Q"
    found = list(instructions(content))
    assert [one.operator for one in found] == [b"q", b"cm", b"TJ", b"gs", b"rg", b"Do", b"Q"]
    assert found[1].numbers == (1, 0, 0, -1, 0, 5.5)
    assert (found[3].name, found[5].name) == ("/a1.0", "/P0")
    again = b" ".join(map(bytes, found))
    assert list(instructions(again)) == found


def test_a_pen_follows_scale_and_width() -> None:
    pen = Pen()
    for instruction in instructions(b"4 w q 0.5 0 0 0.5 0 0 cm 2 w"):
        pen.follow(instruction)
    assert pen.points == 1
    pen.follow(next(instructions(b"Q")))
    assert pen.points == 4
