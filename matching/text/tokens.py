"""From text to tokens: the words of a text, and where they stand in it."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from matching.documents import Document
from matching.text.markup import plain_text

TITLE_WEIGHT = 3
"""How many times a word of the title counts."""

LONGEST_WORD = 64
"""Letters kept of a word: longer ones are no words but encoded data."""

_WORD = re.compile(r"[^\W_]+")


class Token(NamedTuple):
    """A word in lower case and where it stands, as character offsets into its text."""

    word: str
    start: int
    end: int


def tokens(plain: str) -> list[Token]:
    """Return the words of a plain text in their order."""
    return [
        Token(found.group().lower()[:LONGEST_WORD], found.start(), found.end())
        for found in _WORD.finditer(plain)
    ]


def words(text: str) -> list[str]:
    """Return the words of a text as it was written, in lower case and in their order."""
    return _WORD.findall(plain_text(text).lower())


def word_counts(document: Document) -> Counter[str]:
    """Return how often each word stands in the document, its title counted `TITLE_WEIGHT` times.

    The words come in the order of their first use, title first.
    """
    counts: Counter[str] = Counter()
    for word in words(document.title):
        counts[word[:LONGEST_WORD]] += TITLE_WEIGHT
    for word in words(document.text):
        counts[word[:LONGEST_WORD]] += 1
    return counts
