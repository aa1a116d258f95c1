"""What the file says of itself: title, language, tags, print settings, colours, size."""

from collections.abc import Iterator

from pypdf.generic import DictionaryObject

from invulposter.edition import Edition
from invulposter.findings import Severity
from invulposter.finish.objects import dictionary, entry, items
from invulposter.preflight.expectation import Expectation, Fault

#: Above this many bytes a file is refused by many mail servers.
LARGEST = 20_000_000


def check_document(
    catalog: DictionaryObject, info: DictionaryObject, pages: int, size: int, expect: Expectation | None
) -> Iterator[Fault]:
    """Check the document's own entries; `pages` are the pages in it and `size` its bytes."""
    yield from _size(pages, size, expect)
    yield from _reading(catalog, info, expect)
    if expect:
        yield from _edition(catalog, expect)


def _size(pages: int, size: int, expect: Expectation | None) -> Iterator[Fault]:
    if expect and expect.pages is not None and pages != expect.pages:
        yield Fault(
            "page-count",
            f"Het bestand heeft {pages} pagina's in plaats van {expect.pages}",
            "Maak het bestand opnieuw.",
        )
    if size > LARGEST:
        yield Fault(
            "file-size",
            f"Het bestand is {size / 1e6:.0f} MB groot, te groot om te mailen",
            "Gebruik kleinere foto's.",
            Severity.WARNING,
        )


def _reading(catalog: DictionaryObject, info: DictionaryObject, expect: Expectation | None) -> Iterator[Fault]:
    """What a screen reader needs: title, language, tags (ISO 14289-1, 7.1 and 7.2)."""
    severity = Severity.ERROR if expect and expect.tagged else Severity.NOTE
    if not str(entry(info, "/Title") or "").strip():
        yield Fault("title", "Het bestand heeft geen titel", "Vul bij de eigenschappen een titel in.", severity)
    elif expect and expect.tagged and not _is_true(dictionary(catalog, "/ViewerPreferences"), "/DisplayDocTitle"):
        yield Fault(
            "title-display",
            "Het venster toont de bestandsnaam in plaats van de titel",
            "Zet bij de weergave de documenttitel aan.",
        )
    if not str(entry(catalog, "/Lang") or "").strip():
        yield Fault(
            "language",
            "Het bestand zegt niet in welke taal het is, zodat een voorleesprogramma moet raden",
            "Stel de taal van het document in op Nederlands.",
            severity,
        )
    # What is planned for paper alone is read by nobody but the printer.
    if (expect is None or expect.tagged) and not (
        _is_true(dictionary(catalog, "/MarkInfo"), "/Marked")
        and entry(dictionary(catalog, "/StructTreeRoot"), "/K") is not None
    ):
        yield Fault(
            "tags",
            "Het bestand heeft geen labels, zodat een voorleesprogramma er geen volgorde in vindt",
            "Maak het bestand opnieuw als toegankelijke PDF.",
            severity,
        )


def _edition(catalog: DictionaryObject, expect: Expectation) -> Iterator[Fault]:
    scaling = entry(dictionary(catalog, "/ViewerPreferences"), "/PrintScaling")
    if expect.edition is Edition.OFFICE and scaling != "/None":
        yield Fault(
            "print-scaling",
            "De printer mag het blad verkleinen, en dan kloppen de maten niet",
            "Druk af op ware grootte (100 %).",
        )
    # ISO 15930-7, 6.2.2: the printing condition that the colours are meant for.
    if expect.edition is Edition.PRESS and not any(
        entry(intent, "/S") == "/GTS_PDFX" and dictionary(intent, "/DestOutputProfile")
        for _, intent in items(catalog, "/OutputIntents")
    ):
        yield Fault(
            "output-intent",
            "Het bestand zegt niet voor welk drukproces de kleuren bedoeld zijn",
            "Maak het bestand opnieuw met een kleurprofiel voor drukwerk.",
        )


def _is_true(parent: DictionaryObject, key: str) -> bool:
    value = entry(parent, key)
    return getattr(value, "value", value) is True
