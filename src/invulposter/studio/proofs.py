"""One product for a page that shows it: its first page as soon as that is typeset, then the finished file.

Runs in a worker process, which keeps what it read until the workspace changes.
"""

from __future__ import annotations

import functools
import pickle
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from invulposter.build import produce
from invulposter.cache import Cache, Entry, key_of
from invulposter.inputs import Inputs
from invulposter.pictures import LONGEST_SIDE, page_jpeg
from invulposter.plan import Job, plan
from invulposter.product import Product
from invulposter.render import Rendered, forget_files, render
from invulposter.request import Request
from invulposter.shop import Shop
from invulposter.typeset import typeset
from invulposter.write import write_file

_LOOK = "look.jpg"


@dataclass(frozen=True)
class Proof:
    """A product, and its first page as it was designed: the poster behind the tiles, the card before the sheet.

    `seconds` is what it took, of which `typesetting` in the typesetter; nothing where it was made before.
    """

    product: Product
    look: bytes
    seconds: float = 0.0
    typesetting: float = 0.0


def made_before(job: Job, inputs: Inputs, cache: Cache | None) -> Proof | None:
    """What was made before from the same, without rendering anything; None where it has to be made."""
    index = cache.get(_index_key(inputs, job)) if cache else None
    return _kept(index.facts, cache) if index and cache else None


def prove(job: Job, stock: Path, fonts: tuple[Path, ...], cache: Cache | None, first: Path) -> Proof:
    """Make a job, or find it as it was made before; its first page is written to `first` as soon as it is there.

    Raises TypesetError and RequestError as the line does.
    """
    started = time.perf_counter()
    shop = _shop(stock, fonts)
    rendered = render(job, shop.library, shop.typecase)
    index = {"product": shop.inputs.product_key(job, rendered)}
    kept = _kept(index, cache) if cache else None
    if kept is None:
        typeset_at = time.perf_counter()
        look = _look(rendered, job, first)
        typesetting = time.perf_counter() - typeset_at
        product = produce(job, rendered, fonts[-1])
        kept = Proof(product, look, seconds=time.perf_counter() - started, typesetting=typesetting)
        if cache:
            cache.put(index["product"], product.to_entry())
            cache.put(_look_key(index), Entry({}, {_LOOK: look}))
    if cache:
        cache.put(_index_key(shop.inputs, job), Entry(index, {}))
    return kept


def warm(stock: Path, fonts: tuple[Path, ...]) -> None:
    """Make a worker ready: typeset a page that nobody waits for, which loads what every page needs."""
    shop = _shop(stock, fonts)
    job = plan(shop.library, Request())[0]
    typeset(render(job, shop.library, shop.typecase).opening(1), job)


def _look(rendered: Rendered, job: Job, first: Path) -> bytes:
    """A picture of the first page, which of a long document is typeset before the rest."""
    opening = rendered.opening(1)
    look = page_jpeg(typeset(opening, job).pdf, 1, LONGEST_SIDE)
    write_file(first, look)
    # Whoever makes the product next finds it typeset.
    typeset(rendered, job)
    return look


def _kept(index: Mapping[str, str], cache: Cache) -> Proof | None:
    entry, look = cache.get(index.get("product", "")), cache.get(_look_key(index))
    if entry is None or look is None:
        return None
    try:
        return Proof(Product.from_entry(entry), look.files[_LOOK])
    except (KeyError, TypeError):
        return None


def _index_key(inputs: Inputs, job: Job) -> str:
    return key_of("studio", inputs.job_key(job))


def _look_key(index: Mapping[str, str]) -> str:
    return key_of("look", index.get("product", ""))


@functools.lru_cache(maxsize=1)
def _shop(stock: Path, fonts: tuple[Path, ...]) -> Shop:
    forget_files()
    library, inputs = pickle.loads(stock.read_bytes())
    return Shop(library=library, fonts=fonts, out=Path(), inputs=inputs)
