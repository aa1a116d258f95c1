"""Text helpers for layouts: line ends, Dutch dates, addresses to read aloud, and safe Markdown."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from babel.dates import format_date
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

NO_BREAK_SPACE = "\u00a0"
_LINK = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)
_SCHEME = re.compile(r"(https?://(www\.)?|mailto:|tel:)", re.IGNORECASE)


def br(lines: Iterable[str]) -> Markup:
    """Lines as they are to be broken, each escaped.

    With newlines: a `<br>` is an element that holds another, which takes WeasyPrint several times as long, and it
    sets the space before it, so that centred lines are off by half of it.
    """
    said = Markup("\n").join(escape(line) for line in lines)
    return Markup('<span class="lines">{}</span>').format(said) if "\n" in said else said


def orphan(text: str, length: int = 11) -> str:
    """Tie the last words with no-break spaces until they are `length` characters long: no short last line."""
    words = text.split(" ")
    tied = 1
    while tied < len(words) - 1 and len(" ".join(words[-tied:])) < length:
        tied += 1
    return " ".join([*words[:-tied], NO_BREAK_SPACE.join(words[-tied:])])


def datum(day: date) -> str:
    """`do 12 maart`."""
    return format_date(day, "EEE d MMMM", locale="nl").replace(".", "")


def datum_lang(day: date) -> str:
    """`donderdag 12 maart 2027`."""
    return format_date(day, "EEEE d MMMM y", locale="nl")


def kort(url: str) -> str:
    """Write an address as people type it: without scheme, `www.` and closing slash; the rest stays."""
    return _SCHEME.sub("", url.strip(), count=1).rstrip("/")


def _links_people_can_follow(url: str) -> bool:
    return _LINK.match(url.strip()) is not None


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    """CommonMark without what a layout must decide (headings) or what must not come in (HTML, images)."""
    markdown = MarkdownIt("commonmark", {"html": False})
    markdown.disable(["heading", "lheading", "code", "fence", "hr", "html_block", "html_inline", "image"])
    markdown.validateLink = _links_people_can_follow  # type: ignore[method-assign]
    return markdown


def md(text: str) -> Markup:
    """Turn Markdown into HTML of paragraphs, lists, quotes, emphasis and links.

    HTML in the text is shown, not obeyed; links only to http, https, mailto and tel; no images.
    """
    return Markup(_markdown().render(text))


def md_inline(text: str) -> Markup:
    """Turn one line of Markdown into HTML without a paragraph around it; see `md`."""
    return Markup(_markdown().renderInline(text))
