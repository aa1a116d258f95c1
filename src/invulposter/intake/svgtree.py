"""An XML file as a bounded tree: no entities, no unknown encodings, no floods of elements."""

from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from invulposter.intake import IntakeError, legible

MAX_ELEMENTS = 2_000
MAX_DEPTH = 30
MAX_PATH_CHARACTERS = 200_000

SVG = "http://www.w3.org/2000/svg"
EXPORT = "Exporteer het logo opnieuw als gewone SVG met alleen vormen, of lever het als PNG."
_ENCODINGS = frozenset({"utf-8", "utf-16", "us-ascii", "iso-8859-1", "windows-1252"})


@dataclass
class Log:
    """What was met on the way: the refused (with what to do about it) and the left out, each once."""

    refused: dict[str, str] = field(default_factory=dict)
    omitted: dict[str, None] = field(default_factory=dict)

    def refuse(self, name: str, advice: str = EXPORT) -> None:
        """Name something that shows and can't be used, and what to do about it."""
        self.refused.setdefault(name, advice)

    def omit(self, name: str) -> None:
        """Name something that does not show and is left out."""
        self.omitted.setdefault(legible(name))


def parse(data: bytes, log: Log) -> Element:
    """Parse a drawing; tags and attributes stand as `namespace name`. Raises IntakeError."""
    if data.startswith(b"\x1f\x8b"):
        raise IntakeError("Het logo is een ingepakte SVG (svgz).", "Bewaar het als gewone SVG.")
    try:
        root = _Reader(log).parse(data)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise IntakeError("Het logo is beschadigd of is geen SVG: de inhoud is geen XML.", EXPORT) from error
    if root.tag not in {"svg", f"{SVG} svg"}:
        raise IntakeError("Het logo is geen SVG.", "Exporteer het als SVG of PNG.")
    return root


class _Reader:
    """Expat's handlers, which build a tree and stop at the first sign of a bomb."""

    def __init__(self, log: Log) -> None:
        self._builder = ElementTree.TreeBuilder()
        self._log = log
        self._depth = self._elements = self._path_characters = 0

    def parse(self, data: bytes) -> Element:
        """Build the tree; expat's own exceptions pass through."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._builder.data
        parser.CommentHandler = lambda _: self._log.omit("commentaar")
        parser.ProcessingInstructionHandler = self._instruction
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = parser.SkippedEntityHandler = self._entity
        parser.Parse(data, True)
        return self._builder.close()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        self._path_characters += len(attributes.get("d", ""))
        for count, limit, what in (
            (self._depth, MAX_DEPTH, "lagen in elkaar"),
            (self._elements, MAX_ELEMENTS, "onderdelen"),
            (self._path_characters, MAX_PATH_CHARACTERS, "tekens aan lijnen"),
        ):
            if count > limit:
                raise IntakeError(f"Het logo is te ingewikkeld: meer dan {limit} {what}.", "Vereenvoudig de vormen.")
        self._builder.start(tag, attributes)

    def _end(self, tag: str) -> None:
        self._depth -= 1
        self._builder.end(tag)

    def _instruction(self, target: str, _: str) -> None:
        if target == "xml-stylesheet":
            self._log.refuse("een verwijzing naar een opmaakbestand (xml-stylesheet)")
        self._log.omit(target)

    @staticmethod
    def _declaration(_version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "utf-8").lower() not in _ENCODINGS:
            raise IntakeError(f"Het logo gebruikt de tekencodering {legible(encoding or '')}.", "Bewaar het als UTF-8.")

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_internal_subset: int) -> None:
        if has_internal_subset:
            self._entity()
        self._log.omit("DOCTYPE")

    @staticmethod
    def _entity(*_: object) -> None:
        raise IntakeError("Het logo bevat afkortingen in een DOCTYPE (XML-entiteiten).", EXPORT)
