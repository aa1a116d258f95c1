"""Typeset halves that rayons share, kept between jobs and builds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from invulposter.cache import Cache, Entry, key_of
from invulposter.findings import Finding

_PDF = "half.pdf"


@dataclass(frozen=True)
class Half:
    """A typeset half: the PDF, its number of pages, what is wrong with it, and each page's texts as plain data."""

    pdf: bytes
    pages: int
    findings: tuple[Finding, ...]
    texts: Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Kept:
    """Halves in which nothing was found; `program` stands for our code, its engines and the fonts."""

    cache: Cache
    program: str

    def get(self, *made_from: str | bytes) -> Half | None:
        """The half that was made from the same, or None."""
        entry = self.cache.get(self._key(made_from))
        return Half(entry.files[_PDF], len(entry.facts["texts"]), (), entry.facts["texts"]) if entry else None

    def put(self, half: Half, *made_from: str | bytes) -> None:
        """Keep a half for whoever makes it from the same."""
        self.cache.put(self._key(made_from), Entry({"texts": half.texts}, {_PDF: half.pdf}))

    def _key(self, made_from: Sequence[str | bytes]) -> str:
        return key_of("half", self.program, *made_from)
