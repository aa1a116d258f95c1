"""Lays one typeset document over another, page on page, with its tags and links: two halves become one document.

Both are WeasyPrint's own: a page has one content stream, all pages share their resources, and each page is one child of
the structure tree's document (ISO 32000-1, 14.7).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf

_RESOURCES = ("/ColorSpace", "/ExtGState", "/Font", "/Pattern", "/Shading", "/XObject")
_NAMED = re.compile(rb"/(?!Pattern\b|Device)([^\s/<>\[\]()]+)(?=\s(?:[\d.-]+\s)?(?:cs|CS|Do|gs|scn|SCN|sh|Tf)\b)")
_MARKED = re.compile(rb"(?<=/MCID )\d+")
#: Before the names of what comes from above.
_ABOVE = "above-"
#: What a structure element says of itself (ISO 32000-1, table 323).
_SAID = ("/A", "/ActualText", "/Alt", "/ID", "/Lang", "/S", "/Type")


def lay_over(below: Pdf, above: Pdf, places: Sequence[int | None]) -> None:
    """Lay pages of `above` over those of `below`, which changes: for each page which one (from 0), or None."""
    _take_resources(below, above)
    tree = _Tree(below) if "/StructTreeRoot" in below.Root else None
    tops = list(above.pages)
    for page, place in zip(below.pages, places, strict=True):
        if place is None:
            continue
        top = tops[place]
        marked = tree.marked(page.obj) if tree else 0
        page.obj.Contents = below.make_stream(
            b"q\n%s\nQ\nq\n%s\nQ" % (page.obj.Contents.read_bytes(), _renamed(top.obj.Contents.read_bytes(), marked))
        )
        annotations = [below.copy_foreign(above.make_indirect(one)) for one in top.obj.get("/Annots", ())]
        if annotations:
            page.obj.Annots = Array([*page.obj.get("/Annots", ()), *annotations])
        if tree:
            tree.take(page.obj, above, top.obj, annotations)


def _take_resources(below: Pdf, above: Pdf) -> None:
    resources = below.pages[0].obj.Resources
    for kind in _RESOURCES:
        taken: Any = above.pages[0].obj.Resources.get(kind, Dictionary())
        if kind not in resources:
            resources[kind] = Dictionary()
        for name, value in taken.items():
            resources[kind][f"/{_ABOVE}{name[1:]}"] = below.copy_foreign(above.make_indirect(value))


def _renamed(content: bytes, marked: int) -> bytes:
    """A content stream that calls its resources by their new names, and counts its marked content from `marked`."""
    content = _NAMED.sub(rb"/%s\1" % _ABOVE.encode(), content)
    return _MARKED.sub(lambda found: b"%d" % (int(found[0]) + marked), content)


class _Tree:
    """The structure tree of a document that takes over elements of another one."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        root = pdf.Root.StructTreeRoot
        self._numbers = root.ParentTree.Nums
        self._marked = {int(page): self._numbers[2 * index + 1] for index, page in enumerate(self._numbers[::2])}
        self._sections = {section.Pg.objgen: section for section in root.K[0].K}

    def marked(self, page: Any) -> int:
        """How many pieces of content are marked on a page."""
        return len(self._marked[int(page.StructParents)])

    def take(self, page: Any, pdf: Pdf, top: Any, annotations: Sequence[Any]) -> None:
        """Take over what a page of another document says, after what this page says itself.

        `annotations` are those of the other page as they were taken over, in the same order.
        """
        numbers = self._marked[int(page.StructParents)]
        taking = _Taking(
            self._pdf, page, len(numbers), dict(zip(map(_number, top.get("/Annots", ())), annotations, strict=True))
        )
        section = self._sections[page.objgen]
        for other in pdf.Root.StructTreeRoot.K[0].K:
            if other.Pg.objgen == top.objgen:
                section.K.extend(taking.element(kid, section) for kid in other.K)
        numbers.extend(element for _, element in sorted(taking.marked.items()))
        for annotation, element in taking.annotated:
            annotation.StructParent = int(self._numbers[-2]) + 1
            self._numbers.extend((annotation.StructParent, element))


def _number(thing: Any) -> tuple[int, int]:
    found: tuple[int, int] = thing.objgen
    return found


class _Taking:
    """Makes elements of one page like those of another, and tells which of them marks what."""

    def __init__(self, pdf: Pdf, page: Any, first: int, annotations: Mapping[tuple[int, int], Any]) -> None:
        self._pdf, self._page, self._first, self._annotations = pdf, page, first, annotations
        self.marked: dict[int, Any] = {}
        self.annotated: list[tuple[Any, Any]] = []

    def element(self, other: Any, parent: Any) -> Any:
        """An element like another one, with all that is in it, below `parent`."""
        made = self._pdf.make_indirect(Dictionary(P=parent, Pg=self._page, K=Array()))
        for key in _SAID:
            if key in other:
                made[key] = _copied(other[key])
        for kid in other.K:
            made.K.append(self._kid(kid, made))
        return made

    def _kid(self, kid: Any, parent: Any) -> Any:
        if isinstance(kid, int):
            self.marked[self._first + kid] = parent
            return self._first + kid
        if kid.get("/Type") == "/OBJR":
            annotation = self._annotations[_number(kid.Obj)]
            self.annotated.append((annotation, parent))
            return self._pdf.make_indirect(Dictionary(Type=Name.OBJR, Obj=annotation, Pg=self._page))
        return self.element(kid, parent)


def _copied(value: Any) -> Any:
    """The same value for another file; what structure elements say of themselves refers to nothing."""
    return Object.parse(value.unparse()) if isinstance(value, Object) else value
