"""A document in two halves: what every rayon's pages show alike, and what is the rayon's own, laid over it.

From the first thing of the rayon's own on, a page's elements go to the own half, so that all of them keep their order:
in front of each other, and for who has them read aloud.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from invulposter.render import Rendered

_BODY, _END = "<body>", "</body></html>"
_TAG = re.compile(r"""<!--.*?-->|<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]*+)(?:[^>"']++|"[^"]*"|'[^']*')*+>""", re.DOTALL)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
#: With these in a style sheet, what stands in front, is counted, or is the first or last may depend on both halves.
_TOGETHER = re.compile(r"z-index|counter|:(?:nth|first|last|only|has|empty)\b|@page\s*[:\w]")
#: The same in a page itself, where a style sheet of its own may say any of it.
_TOGETHER_INSIDE = ("z-index", "counter-", "<style")
#: What a document has one list of: headings, places to link to and links to them, fields. It stays in one half.
_LISTED = re.compile(r"""<(?:h[1-6]|input|textarea|select|button)\b|\sid\s*=|\bhref\s*=\s*["']?#""", re.IGNORECASE)


@dataclass(frozen=True)
class Halves:
    """The half that is shared, of as many pages as the document has, and the own half, None where nothing is.

    `places` tells for each page which page of the own half (from 0) lies over it, or None.
    """

    shared: Rendered
    own: Rendered | None
    places: tuple[int | None, ...]


def halves(rendered: Rendered) -> Halves:
    """Halve a document; one that has to stay whole is shared as it is, with nothing over it."""
    whole = Halves(rendered, None, ())
    before, _, body = rendered.html.partition(_BODY)
    together = any(word in body for word in _TOGETHER_INSIDE) or any(
        map(_TOGETHER.search, rendered.stylesheets.values())
    )
    if together or not rendered.own:
        return whole
    cut = [_halved(page, rendered.own) for _, page in _elements(body.removesuffix(_END))]
    common = "".join(one for one, _ in cut)
    # Rayons often have the same line on page after page: it is typeset once.
    own = list(dict.fromkeys(half for _, half in cut if half))
    if not own or _LISTED.search("".join(own)):
        return whole
    return Halves(
        _part(rendered, f"{before}{_BODY}{common}{_END}"),
        _part(rendered, f"{before}{_BODY}{''.join(own)}{_END}"),
        tuple(own.index(half) if half else None for _, half in cut),
    )


def _part(rendered: Rendered, html: str) -> Rendered:
    drawings = {name: drawing for name, drawing in rendered.drawings.items() if name in html}
    return replace(rendered, html=html, drawings=drawings)


def _halved(page: str, own: Iterable[str]) -> tuple[str, str]:
    """A page with what is shared, and one with what is the rayon's own; the latter empty where nothing is."""
    opening = _TAG.match(page)
    end = page.rfind("</")
    if not opening or end < opening.end():
        return page, ""
    inside, closing = page[opening.end() : end], page[end:]
    for start, element in _elements(inside):
        if any(text in element for text in own):
            # What stands between pages is nothing that they show.
            return f"{opening[0]}{inside[:start]}{closing}", f"{opening[0]}{inside[start:]}{closing.rstrip()}"
    return page, ""


def _elements(html: str) -> Iterator[tuple[int, str]]:
    """Where each of the outermost elements begins, and the HTML from there to the next one."""
    starts, depth = [], 0
    for tag in _TAG.finditer(html):
        if not tag["name"] or tag["name"].lower() in _VOID:
            continue
        if tag["end"]:
            depth -= 1
            continue
        if depth == 0:
            starts.append(tag.start())
        depth += not tag[0].endswith("/>")
    for start, end in pairwise((*starts, len(html))):
        yield start, html[start:end]
