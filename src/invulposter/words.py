"""Counting words, so that what went in can be compared with what came out, however lines were broken; names of them."""

import re
import unicodedata
from collections import Counter

# Extractors keep a broken word's hyphen before the line end, or put a character that is no text in its place.
_BROKEN = re.compile(r"(?<=\w)(?:[\u00ad\u200b\ufffe\x02]\s*|[-\u2010]\s*\n\s*)")
_BETWEEN_WORDS = re.compile(r"[\s/|·•–—]+")
_NOT_IN_WORDS = re.compile(r"[\W_]+")
_NOT_IN_WORDS_OR_BETWEEN = re.compile(r"(?:[^\w ]|_)+")
_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")
#: Letters that are one thing, not a letter with a mark.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
#: A longer name of a file is more than some systems and most people can handle.
_LONGEST_SLUG = 60


def folded(text: str) -> str:
    """`text` as it is compared with what somebody typed: whatever its capitals and spaces."""
    return " ".join(text.casefold().split())


def slug(text: str) -> str:
    """A name for `text` that every system takes: its letters and digits without accents, at most 60; may be empty."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _NOT_IN_SLUGS.sub("-", bare).strip("-")[:_LONGEST_SLUG].rstrip("-")


def letters(text: str) -> str:
    """The letters and digits of `text` in one run, case folded: the same wherever lines were broken."""
    return _NOT_IN_WORDS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def words(text: str) -> Counter[str]:
    """Count the words of `text`: letters and digits only, case folded, those that a line end broke joined.

    Hyphens and apostrophes inside a word fall away, since a line may be broken at them: `oud-leden`
    counts as `oudleden`. A hyphen that ends a line joins the word to the next line's first.
    """
    joined = _BROKEN.sub("", unicodedata.normalize("NFKC", text))
    bare = _NOT_IN_WORDS_OR_BETWEEN.sub("", _BETWEEN_WORDS.sub(" ", joined))
    return Counter(bare.casefold().split())


def lost(expected: Counter[str], text: str) -> Counter[str]:
    """Give the words of `expected` (as `words` counts them) that `text` has too few of, and how many.

    A word that stands in the run of all letters as often as it should is not lost: an extractor may
    have joined it with its neighbour, as it does where `werk- en privéleven` is broken after the hyphen.
    """
    short = expected - words(text)
    if not short:
        return short
    run = letters(text)
    return Counter({word: count for word, count in short.items() if run.count(word) < expected[word]})


def told(missing: Counter[str], most: int = 10) -> str:
    """Give the subject and verb of a Dutch sentence on words that are missing, at most `most` of them named."""
    if missing.total() == 1:
        return f"Het woord '{next(iter(missing))}' staat"
    named = ", ".join(f"'{word}'" for word in sorted(missing)[:most])
    return f"{missing.total()} woorden ({named}{'…' if len(missing) > most else ''}) staan"
