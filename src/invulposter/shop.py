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
    from invulposter.kept import Kept
    from invulposter.pages import Pages
    from invulposter.plan import Job
    from invulposter.prefill import Table
    from invulposter.product import Product
    from invulposter.render import Rendered

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

    @cached_property
    def kept(self) -> Kept | None:
        """The halves of documents that were typeset before; None where nothing is kept."""
        from invulposter.kept import Kept

        return Kept(self.cache, self.inputs.program) if self.cache else None

    def made_before(self, job: Job, rendered: Rendered) -> Product | None:
        """The product that was made of this page before, or None."""
        from invulposter.product import Product

        entry = self.cache.get(self.inputs.product_key(job, rendered)) if self.cache else None
        return Product.from_entry(entry) if entry else None

    def keep(self, job: Job, rendered: Rendered, product: Product) -> None:
        """Keep a product for who makes this page again."""
        if self.cache:
            self.cache.put(self.inputs.product_key(job, rendered), product.to_entry())
