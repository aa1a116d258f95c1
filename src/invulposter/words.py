"""Counting words, so that what went in can be compared with what came out, however lines were broken."""

import re
import unicodedata
from collections import Counter

_BROKEN = re.compile(r"(?<=\w)(?:\u00ad|[-\u2010\ufffe\x02]\s*\n|\u200b)\s*")
_BETWEEN_WORDS = re.compile(r"[\s/|·•–—]+")
_NOT_IN_WORDS = re.compile(r"[\W_]+")


def words(text: str) -> Counter[str]:
    """Count the words of `text`: letters and digits only, case folded, those that a line end broke joined.

    Hyphens and apostrophes inside a word fall away, since a line may be broken at them: `oud-leden`
    counts as `oudleden`. A hyphen that ends a line joins the word to the next line's first.
    """
    joined = _BROKEN.sub("", unicodedata.normalize("NFKC", text))
    bare = (_NOT_IN_WORDS.sub("", part).casefold() for part in _BETWEEN_WORDS.split(joined))
    return Counter(word for word in bare if word)


def lost(expected: Counter[str], text: str) -> Counter[str]:
    """Give the words of `expected` (as `words` counts them) that `text` has too few of, and how many.

    A word that stands in the run of all letters as often as it should is not lost: an extractor may
    have joined it with its neighbour, as it does where `werk- en privéleven` is broken after the hyphen.
    """
    short = expected - words(text)
    if not short:
        return short
    run = _NOT_IN_WORDS.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return Counter({word: count for word, count in short.items() if run.count(word) < expected[word]})
