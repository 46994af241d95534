"""From text to words, and from a word to its stem.

A word's stem depends on the word alone, never on the text around it nor on its language: both
written forms of Norwegian are brought together first, then the endings of English are cut. The
endings of Norwegian are left to the likeness of words, which in measurements did better than a
stemmer that must guess. So no guess at a language can go wrong. A vocabulary grows far slower
than its texts, so what is found for a word is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from matching.documents import Document
from matching.text.markup import plain_text
from matching.text.nynorsk import folded
from matching.text.stop_words import is_stop

if TYPE_CHECKING:
    from collections.abc import Callable

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


@lru_cache(maxsize=500_000)
def stem(word: str) -> str:
    """Return the stem of a word in lower case; "" for a word that only binds."""
    if is_stop(word):
        return ""
    return _stemmers()[0](folded(word[:LONGEST_WORD]))


def root(stem: str) -> str:
    """Return what the rules of Norwegian leave of a stem: "tur" for "turer"."""
    found = _stemmers()[1](stem)
    doubled = len(found) > 4 and found[-1] == found[-2] and found[-1] not in "aeiouyæøå"
    return found[:-1] if doubled else found


@cache
def _stemmers() -> tuple[Callable[[str], str], Callable[[str], str]]:
    from Stemmer import Stemmer  # noqa: PLC0415 - needed with the first text only

    english, norwegian = (Stemmer(name, 0) for name in ("english", "norwegian"))
    return english.stemWord, norwegian.stemWord
