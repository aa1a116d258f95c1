"""WeasyPrint: from HTML to laid-out pages and a PDF. The only module that runs it.

It is imported when the first document is typeset: a command that typesets nothing does not pay the half second that
it takes.
"""

from __future__ import annotations

import ctypes.util
import functools
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from platformdirs import user_cache_path

from invulposter.bind import AUTHOR, TITLE
from invulposter.errors import TypesetError
from invulposter.findings import Finding
from invulposter.useragent import without_unused
from invulposter.write import write_file

if TYPE_CHECKING:
    from invulposter.fetcher import Refusal, WorkspaceFetcher

_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
{folders}
<cachedir>{cache}</cachedir>
<config><rescan><int>0</int></rescan></config>
</fontconfig>
"""

# PDF/UA-1 (ISO 14289-1, clause 5) asks for this mark in the metadata; as PDF/A-2 allows no properties but the
# ones it knows, the extension schema that describes the mark stands beside it (ISO 19005-2, 6.6.2.3).
_PDF_UA_METADATA = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
 rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


@functools.cache
def load() -> Any:
    """Import WeasyPrint.

    For each of its libraries it tries the names that other systems know them by, and for each name that fails ctypes
    has a compiler and a linker look for it: a third of the time that the import takes, for nothing on Linux.
    """
    look_for = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        import weasyprint
    finally:
        ctypes.util.find_library = look_for
    return weasyprint


def use_fonts(folders: tuple[Path, ...]) -> None:
    """Let typesetting see the fonts in these folders and no others, on any machine.

    Writes a private fontconfig file, which has to be named in the environment before Pango loads fontconfig.
    """
    cache = user_cache_path("invulposter") / "fontconfig"
    # Fontconfig would make it too, but of two workers that do so at once one complains.
    with suppress(OSError):
        cache.mkdir(parents=True, exist_ok=True)
    listed = "\n".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders)
    text = _FONTCONFIG.format(folders=listed, cache=escape(str(cache)))
    file = Path(gettempdir()) / f"invulposter-{os.getuid()}" / f"fonts-{sha256(text.encode()).hexdigest()[:16]}.conf"
    file.parent.mkdir(mode=0o700, exist_ok=True)
    # Another process may be reading it: written whole, and once.
    if not file.is_file():
        write_file(file, text.encode())
    os.environ["FONTCONFIG_FILE"] = str(file)


class FileKind(StrEnum):
    """What kind of PDF the typesetter writes."""

    TAGGED = "tagged"
    FORM = "form"
    PLAIN = "plain"


#: What WeasyPrint is asked for: PDF/A-2a, which `_claim_pdf_ua` makes PDF/UA-1 as well; PDF/UA-1 with fields.
OPTIONS: Mapping[FileKind, Mapping[str, Any]] = {
    FileKind.TAGGED: {"pdf_variant": "pdf/a-2a"},
    FileKind.FORM: {"pdf_variant": "pdf/ua-1", "pdf_forms": True},
    FileKind.PLAIN: {},
}
#: Whoever saves the file next packs it and gives it an identifier: WeasyPrint would pack it as small as can be, twice.
_UNFINISHED: Mapping[str, Any] = {"uncompressed_pdf": True, "pdf_identifier": False}


@dataclass(frozen=True)
class LaidOut:
    """WeasyPrint's document and the PDF it wrote; what it logged, and what it was refused."""

    document: Any
    pdf: bytes
    findings: tuple[Finding, ...]


#: Both halves of a document, so that the next edition finds them.
@functools.lru_cache(maxsize=2)
def laid_out(
    html: str, stylesheets: tuple[tuple[str, str], ...], assets: tuple[tuple[str, bytes], ...], kind: FileKind
) -> LaidOut | TypesetError:
    """Lay out a document and write it; an error that WeasyPrint gave up with is the answer, and is remembered too.

    `stylesheets` and `assets`, pictures that it may show, are each with its name. The PDF's title and author are left
    open.
    """
    from invulposter.fetcher import BASE_URL, WorkspaceFetcher
    from invulposter.logged import findings, unknown_variables

    fetcher, sheets = WorkspaceFetcher(dict(assets)), dict(stylesheets)
    with _listening() as messages:
        try:
            page = _page()(string=html, base_url=BASE_URL, url_fetcher=fetcher)
            page.said = (html, *sheets.values())
            parsed = {name: _stylesheet(text, fetcher) for name, text in stylesheets}
            document = page.render(
                stylesheets=[one.css for one in parsed.values()],
                font_config=_font_configuration(),
                **OPTIONS[kind],
            )
            for page in document.pages:
                # WeasyPrint makes what is emphasised or broken within a link another link, that no Link element holds.
                page.links = [link for link in page.links if link[-1].link]
            document.metadata.title, document.metadata.authors = TITLE, [AUTHOR]
            if kind is FileKind.TAGGED:
                _claim_pdf_ua(document.metadata)
            pdf = document.write_pdf(**OPTIONS[kind], **_UNFINISHED)
        except (
            ValueError,
            TypeError,
            AssertionError,
            AttributeError,
            LookupError,
            ArithmeticError,
            RecursionError,
            OSError,
        ) as error:
            found = (*unknown_variables(html, sheets), *_refused(fetcher.refusals, html, sheets))
            told = "".join(f" {finding}" for finding in found)
            return TypesetError(f"typesetting failed: {str(error) or type(error).__name__}.{told}")
    if messages:
        # A value that was found wrong when a page was laid out says so once: the next document needs it unspoken.
        _parsed.cache_clear()
    reading = [(message, name) for name, one in parsed.items() for message in one.messages]
    said = findings(html, sheets, reading, messages)
    return LaidOut(document, pdf, (*said, *_refused(fetcher.refusals, html, sheets)))


def forget_pages() -> None:
    """Typeset the next document anew, whatever came before it."""
    laid_out.cache_clear()


def _refused(refusals: list[Refusal], html: str, sheets: Mapping[str, str]) -> Iterator[Finding]:
    from invulposter.logged import naming

    for refusal in refusals:
        message = f"'{refusal.url}' is niet geopend: {refusal.reason}."
        yield Finding(naming(refusal.url, html, sheets), "refused-address", message)


def _claim_pdf_ua(metadata: Any) -> None:
    """Let the metadata of a PDF/A-2a say that it is PDF/UA-1 as well: WeasyPrint writes one of the two.

    Its option for more metadata adds a second RDF element, which readers pass over.
    """
    generate = metadata.generate_rdf_metadata
    end = b"</rdf:RDF>"
    metadata.generate_rdf_metadata = lambda *args: generate(*args).replace(end, _PDF_UA_METADATA + end)


@functools.cache
def _page() -> Any:
    """WeasyPrint's HTML, with a style sheet of WeasyPrint's own that fits the document."""
    html = load().HTML
    from weasyprint.html import UA

    class Page(html):  # type: ignore[misc, valid-type]
        said: tuple[str, ...]

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [_parsed(without_unused(UA, self.said)).css, *super()._ua_stylesheets(forms)[1:]]

    return Page


@dataclass(frozen=True)
class _Parsed:
    """A style sheet as WeasyPrint takes it, and what it logged while it read it: for every document that has it."""

    css: Any
    messages: tuple[str, ...]


def _stylesheet(text: str, fetcher: WorkspaceFetcher) -> _Parsed:
    """A style sheet, parsed once where it refers to nothing: what is fetched belongs to one document."""
    return _parsed(text) if "url(" not in text and "@import" not in text else _parse(text, fetcher)


@functools.lru_cache(maxsize=32)
def _parsed(text: str) -> _Parsed:
    return _parse(text, None)


def _parse(text: str, fetcher: WorkspaceFetcher | None) -> _Parsed:
    weasyprint = load()
    from invulposter.fetcher import BASE_URL, WorkspaceFetcher

    with _listening() as messages:
        css = weasyprint.CSS(
            string=text,
            base_url=BASE_URL,
            url_fetcher=fetcher or WorkspaceFetcher({}),
            font_config=_font_configuration(),
        )
    return _Parsed(css, tuple(messages))


@functools.cache
def _font_configuration() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[list[str]]:
    """What WeasyPrint logs meanwhile, but for what who listens within this hears."""
    logger = logging.getLogger("weasyprint")
    listener = _Listener()
    handlers, logger.handlers = logger.handlers, [listener]
    propagate, logger.propagate = logger.propagate, False
    try:
        yield listener.messages
    finally:
        logger.handlers = handlers
        logger.propagate = propagate
