"""From text to tokens: the words of a text, and where they stand in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from matching.documents import Document
from matching.text.characters import comparable_places, is_common
from matching.text.normalize import comparable, normalize, pieces

TITLE_WEIGHT = 3
"""How many times a word of the title counts."""

LONGEST_WORD = 64
"""Letters kept of a word: longer ones are no words but encoded data."""

LONGEST_ACRONYM = 3
"""Letters: no longer acronym looks like a word that only binds, but many such words stand in
capitals for weight (IKKE, ALLE)."""

_WORD = re.compile(r"[^\W_]+")


class Token(NamedTuple):
    """A word and where it stands, as character offsets into its text.

    It is in small letters, but for acronyms: two to `LONGEST_ACRONYM` letters, all capitals, in a
    line that is not in capitals alone.
    """

    word: str
    start: int
    end: int


def tokenize(shown: str) -> list[Token]:
    """Return the tokens of a text as it is shown (`plain_text`), in their order.

    They are those of `words`. A word that is written out of others stands where those do, so that
    places may overlap.

    Examples
    --------
    >>> tokenize("Kurs i IT for ungdoms\\u00adklubben")[2]
    Token(word='IT', start=7, end=9)
    """
    found = _tokens(comparable(shown))
    if is_common(shown):
        return list(found)
    places = comparable_places(shown)
    return [
        Token(word, places[start], max(places[end], places[end - 1] + 1))
        for word, start, end in found
    ]


def _tokens(text: str) -> Iterator[Token]:
    for piece, start, end, is_copy in pieces(text):
        for found in _WORD.finditer(piece):
            word = cased(found[0])[:LONGEST_WORD]
            first, last = found.span()
            yield Token(word, start + first, start + last) if is_copy else Token(word, start, end)


def words(text: str) -> list[str]:
    """Return the words of a text as it was written, in their order.

    Examples
    --------
    >>> words("<b>Jente- og guttegruppe</b> ved NAV")
    ['jentegruppe', 'og', 'guttegruppe', 'ved', 'NAV']
    """
    return list(map(cased, _WORD.findall(normalize(text))))


def cased(word: str) -> str:
    """Return a word of a normalized text as tokens have it: in small letters, or an acronym."""
    if word.islower():
        return word
    small = word.lower()
    if not 2 <= len(word) <= LONGEST_ACRONYM:
        return small
    return word if all(map(str.__ne__, word, small)) else small


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
