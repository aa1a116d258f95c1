"""Typeset halves of documents, kept between jobs and builds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from invulposter.cache import Cache, Entry, key_of
from invulposter.findings import Finding

_PDF = "half.pdf"


@dataclass(frozen=True)
class Half:
    """A typeset half: the PDF, what is wrong with it, and each page's texts and fields as plain data.

    `free` tells whether everything on it has a place of its own.
    """

    pdf: bytes
    findings: tuple[Finding, ...]
    texts: Sequence[Sequence[Any]]
    areas: Sequence[Sequence[Any]]
    free: bool

    @property
    def pages(self) -> int:
        """The number of pages."""
        return len(self.texts)


@dataclass(frozen=True)
class Kept:
    """Halves in which nothing was found; `program` stands for our code, its engines and the fonts."""

    cache: Cache
    program: str

    def get(self, *made_from: str | bytes) -> Half | None:
        """The half that was made from the same, or None."""
        entry = self.cache.get(self._key(made_from))
        return Half(entry.files[_PDF], (), **entry.facts) if entry else None

    def put(self, half: Half, *made_from: str | bytes) -> None:
        """Keep a half for whoever makes it from the same."""
        facts = {"texts": half.texts, "areas": half.areas, "free": half.free}
        self.cache.put(self._key(made_from), Entry(facts, {_PDF: half.pdf}))

    def _key(self, made_from: Sequence[str | bytes]) -> str:
        return key_of("half", self.program, *made_from)
