# ruff: noqa: E501 - a table reads best with one attack on a line
"""Logos that are drawings and more than that."""

import gzip
from base64 import b64encode

from .case import CANARY, HTTP, Case, Stage

TARGET = "content/rayons/aanval/logo.svg"
OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 40">'
SHAPE = '<rect width="40" height="40" fill="#1F4A43"/>'


def drawing(body: str) -> str:
    return f"{OPEN}{body}</svg>"


def _use_bomb() -> str:
    """Ten levels of ten clones: ten thousand million rectangles."""
    levels = "".join(
        f'<g id="n{level}">' + f'<use xlink:href="#n{level - 1}"/>' * 10 + "</g>" for level in range(1, 11)
    )
    return drawing(f'<defs><rect id="n0" width="1" height="1"/>{levels}</defs><use xlink:href="#n10"/>')


def _clip_bomb() -> str:
    """The same with clips, for who allows clips but no clones."""
    levels = "".join(
        f'<clipPath id="n{level}">' + f'<path d="M0 0h1v1z" clip-path="url(#n{level - 1})"/>' * 10 + "</clipPath>"
        for level in range(1, 8)
    )
    return drawing(f'<clipPath id="n0">{SHAPE}</clipPath>{levels}<g clip-path="url(#n7)">{SHAPE}</g>')


def _clip_flood() -> str:
    """One heavy clip, used a thousand times."""
    clip = f'<clipPath id="zwaar"><path d="M0 0{"L1 2" * 40_000}"/></clipPath>'
    return drawing(clip + '<path d="M0 0h9" clip-path="url(#zwaar)"/>' * 1_000)


def _entity_bomb() -> str:
    levels = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))
    return f'<!DOCTYPE svg [<!ENTITY e0 "ha">{levels}]>{drawing("<title>&e9;</title>")}'


_PAYLOADS = (
    ("remote image", drawing(f'<image href="{HTTP}" width="9" height="9"/>'), "afbeelding (image)"),
    ("local image", drawing(f'<image xlink:href="file://{CANARY}/geheim.png"/>'), "afbeelding (image)"),
    ("css import", drawing(f'<style>@import url("{HTTP}");</style>{SHAPE}'), "@import"),
    ("font face", drawing(f'<style>@font-face{{src:url(file://{CANARY}/geheim.ttf)}}</style>'), "@font-face"),
    ("style sheet", f'<?xml-stylesheet href="{HTTP}"?>{drawing(SHAPE)}', "xml-stylesheet"),
    ("remote paint", drawing(f'<rect fill="url({HTTP}#a)"/>'), "naar buiten (fill"),
    ("local paint in style", drawing(f'<rect style="fill:url(file://{CANARY}/geheim.svg#a)"/>'), "naar buiten (fill"),
    ("escaped css", drawing(f'<rect style="fill:\\75rl({HTTP})"/>'), "naar buiten (fill"),
    ("remote clip", drawing(f'<g clip-path="url({HTTP}#a)">{SHAPE}</g>'), "naar buiten (clip-path"),
    ("remote clone", drawing(f'<use xlink:href="{HTTP}#a"/>'), "klonen (use)"),
    ("remote gradient", drawing(f'<linearGradient href="{HTTP}#a"/>'), "een verwijzing (href"),
    ("local file by filter", drawing(f'<filter><feImage href="file://{CANARY}/geheim.png"/></filter>'), "(feImage)"),
    ("drawing in data", drawing(f'<image href="data:image/svg+xml;base64,{b64encode(OPEN.encode()).decode()}"/>'), "image"),
    ("link", drawing(f'<a href="javascript:alert(1)">{SHAPE}</a>'), "(a)"),
    ("script", drawing("<script>fetch(1)</script>"), "een script (script)"),
    ("event handler", drawing('<rect onload="fetch(1)" width="1" height="1"/>'), "een script (onload"),
    ("animation of a link", drawing(f'<rect><set attributeName="href" to="{HTTP}"/></rect>'), "(set)"),
    ("web page", drawing(f'<foreignObject><iframe src="{HTTP}"/></foreignObject>'), "webpagina (foreignObject)"),
    ("text in a system font", drawing('<text font-family="Arial">Rayon</text>'), "tekst (text)"),
    ("drawing in a drawing", drawing(f"<svg>{SHAPE}</svg>"), "een tekening in een tekening"),
    ("entity bomb", _entity_bomb(), "XML-entiteiten"),
    ("entity that reads a file", f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file://{CANARY}/geheim.txt">]>{drawing("&x;")}', "XML-entiteiten"),
    ("parameter entity", f'<!DOCTYPE svg [<!ENTITY % x SYSTEM "{HTTP}"> %x;]>{drawing(SHAPE)}', "XML-entiteiten"),
    ("undeclared entity behind a remote DTD", f'<!DOCTYPE svg SYSTEM "{HTTP}">{drawing("<title>&x;</title>")}', "XML-entiteiten"),
    ("use bomb", _use_bomb(), "klonen (use)"),
    ("clip bomb", _clip_bomb(), "een uitsnede in een uitsnede"),
    ("clip flood", _clip_flood(), "te veel herhaalde"),
    ("gradients in a circle", drawing('<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/><rect fill="url(#a)"/>'), "naar elkaar verwijzen"),
    ("endless gradient", drawing('<linearGradient id="a" x2="1e-9" spreadMethod="repeat"/><rect fill="url(#a)"/>'), "spreadMethod: repeat"),
    ("same name twice", drawing('<linearGradient id="a"/><linearGradient id="a"/><rect fill="url(#a)"/>'), "dezelfde naam"),
    ("deep nesting", drawing("<g>" * 500 + "</g>" * 500), "30 lagen"),
    ("flood of elements", drawing(SHAPE * 3_000), "2000 onderdelen"),
    ("flood of lines", drawing(f'<path d="M0 0{"L1 1" * 60_000}"/>'), "200000 tekens"),
    ("flood of bytes", drawing(f"<!--{'x' * 600_000}-->"), "600 kB"),
    ("numbers without end", drawing('<rect width="1e400" height="NaN"/>'), "onbekende waarde (width: 1e400)"),
    ("path that is no path", drawing('<path d="M0 0 L"/>'), "onbekende waarde (d"),
    ("no size", '<svg xmlns="http://www.w3.org/2000/svg"/>', "(viewBox)"),
    ("strange encoding", f'<?xml version="1.0" encoding="utf-7"?>{drawing(SHAPE)}', "utf-7"),
    ("page for a browser", "<html><body>logo</body></html>", "geen SVG"),
    ("packed", gzip.compress(drawing(SHAPE).encode(), mtime=0), "svgz"),
)  # fmt: skip

DRAWINGS = tuple(Case(name, Stage.DRAWING, TARGET, payload, expect) for name, payload, expect in _PAYLOADS)
