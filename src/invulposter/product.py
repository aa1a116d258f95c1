"""What the line makes of one job before it is written: the file, what was found, a picture of every page."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from invulposter.cache import Entry
from invulposter.findings import Finding, finding_from
from invulposter.pictures import PagePicture

_PDF = "product.pdf"


@dataclass(frozen=True)
class Product:
    """A finished PDF with its pages, sheets, straight cuts, duplex edge, sentences for who prints it, findings.

    `tiles` are columns and rows of sheets to glue; `order` is the order sheet for a print shop, empty for other
    editions.
    """

    pdf: bytes
    pages: int
    sheets: int
    cuts: int
    duplex: str | None
    notes: tuple[str, ...]
    tiles: tuple[int, int]
    order: str
    findings: tuple[Finding, ...]
    pictures: tuple[PagePicture, ...]

    def to_entry(self) -> Entry:
        """Itself as an entry of the cache."""
        facts: dict[str, Any] = {
            "pages": self.pages,
            "sheets": self.sheets,
            "cuts": self.cuts,
            "duplex": self.duplex,
            "notes": self.notes,
            "tiles": self.tiles,
            "order": self.order,
            "findings": [asdict(finding) for finding in self.findings],
            "pictures": [(picture.width, picture.height, picture.ink) for picture in self.pictures],
        }
        jpegs = {f"{number}.jpg": picture.jpeg for number, picture in enumerate(self.pictures)}
        return Entry(facts, {_PDF: self.pdf, **jpegs})

    @classmethod
    def from_entry(cls, entry: Entry) -> Product:
        """The product that `to_entry` was given. Raises KeyError or TypeError for an entry of another kind."""
        facts = dict(entry.facts)
        pictures = tuple(
            PagePicture(entry.files[f"{number}.jpg"], *measures)
            for number, measures in enumerate(facts.pop("pictures"))
        )
        findings = tuple(finding_from(one) for one in facts.pop("findings"))
        notes, (columns, rows) = tuple(facts.pop("notes")), facts.pop("tiles")
        return cls(entry.files[_PDF], notes=notes, tiles=(columns, rows), findings=findings, pictures=pictures, **facts)
