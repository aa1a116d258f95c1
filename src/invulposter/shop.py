"""What every job of a batch is made with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from invulposter.cache import Cache
from invulposter.inputs import Inputs
from invulposter.library import Library

if TYPE_CHECKING:
    from invulposter.drawing.type import Typecase
    from invulposter.pages import Pages
    from invulposter.prefill import Table

#: A job that takes longer than this, in seconds, is given up.
JOB_SECONDS = 120


@dataclass(frozen=True)
class Shop:
    """What every job of a batch is made with: what was read, the folders of fonts, where the files go.

    `inputs` are keys for what the jobs are made from; `cache` is None where nothing is kept. Of each form there
    is a filled copy for every row of `data`. A job that takes longer than `job_seconds` is given up.
    """

    library: Library
    fonts: tuple[Path, ...]
    out: Path
    inputs: Inputs = Inputs()  # noqa: RUF009 - frozen, so that it can be shared
    cache: Cache | None = None
    draft: bool = False
    job_seconds: float = JOB_SECONDS
    data: Table | None = None

    @cached_property
    def typecase(self) -> Typecase:
        """The typefaces, to measure with."""
        from invulposter.drawing.type import Typecase

        return Typecase(*self.fonts)

    @cached_property
    def pages(self) -> Pages:
        """The pages of its jobs."""
        from invulposter.pages import Pages

        return Pages(self.library, self.typecase, self.draft)
