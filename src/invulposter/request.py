"""What was asked for, before it is known whether it can be made."""

from __future__ import annotations

from dataclasses import dataclass

from invulposter.edition import Edition
from invulposter.paper import NO_WISH, PaperWish
from invulposter.printshop import COATED, PrintShop


@dataclass(frozen=True)
class Request:
    """What was asked for; an empty tuple or None means: whatever there is, or the layout's own default.

    Ids may hold the wildcards * and ?. Sizes and papers are names or millimetres, as `parse_size` reads them.
    """

    layouts: tuple[str, ...] = ()
    rayons: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    editions: tuple[Edition, ...] = ()
    style: str | None = None
    size: str | None = None
    paper: str | None = None
    sheets: PaperWish = NO_WISH
    thrifty: bool = False
    printshop: PrintShop = COATED
