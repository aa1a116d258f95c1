"""Puts QR codes where their squares stand on typeset pages: each once in a file, however many pages show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from invulposter.drawing.qr import Code, code_of
from invulposter.errors import TypesetError

_TEXT = re.compile(rb'<path data-text="([^"]*)"')


def codes_in(drawings: Iterable[bytes]) -> tuple[Code, ...]:
    """The QR codes in these drawings (SVG), each once."""
    texts = dict.fromkeys(found for drawing in drawings for found in _TEXT.findall(drawing))
    return tuple(code_of(unescape(text.decode())) for text in texts)


def put_codes(pdf: Pdf, codes: Iterable[Code]) -> None:
    """Put each of the codes where a page has its square, in the colour of the square.

    Raises TypesetError for a square that is not just filled, as no code could be read there.
    """
    squares = {code: _square(code) for code in codes}
    filled = {code: re.compile(re.escape(square) + rb"f\*?\n") for code, square in squares.items()}
    forms: dict[Code, Object] = {}
    for stream, resources in _drawn(pdf) if squares else ():
        content = stream.read_bytes()
        for code, square in squares.items():
            if square not in content:
                continue
            name = f"/QR{''.join(corner[2:] for corner in code.corners)}"
            content = filled[code].sub(f"{name} Do\n".encode(), content)
            if square in content:
                raise TypesetError(f"the QR code of '{code.text}' can't be read: let it have a fill and nothing else")
            if code not in forms:
                forms[code] = _form(pdf, code)
            if "/XObject" not in resources:
                resources.XObject = Dictionary()
            resources.XObject[name] = forms[code]
            stream.write(content)


def _drawn(pdf: Pdf) -> Iterator[tuple[Any, Any]]:
    """The streams of instructions that a file's pages show, each with its resources."""
    for page in pdf.pages:
        yield page.obj.Contents, page.obj.Resources
    for item in pdf.objects:
        if isinstance(item, Stream) and "/Resources" in item:
            yield item, item.Resources


def _square(code: Code) -> bytes:
    """A code's square as WeasyPrint 70 writes it, before it is filled."""
    side, (left, top) = code.count, code.corners
    return f"0 0 m\n0 0 m\n{side} 0 l\n{side} {side} l\n{left} {side} l\n{left} {top} l\nh\n".encode()


def _form(pdf: Pdf, code: Code) -> Object:
    """The code as a form, drawn in the colour that is set where it is placed (ISO 32000-1, 8.10.1)."""
    paths = (" ".join(_path(outline)) for outline in code.outlines)
    side = Array([0, 0, code.count, code.count])
    content = f"{' '.join(paths)} f".encode()
    form = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=side, Resources=Dictionary())
    return pdf.make_stream(content, form)


def _path(outline: Iterable[tuple[int, int]]) -> Iterator[str]:
    for number, (x, y) in enumerate(outline):
        yield f"{x} {y} {'l' if number else 'm'}"
    yield "h"
