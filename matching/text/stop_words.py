"""Words that only bind others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from matching.text.word_lists import words_of

_SPELLINGS = tuple(
    str.maketrans(dict(zip("åæø", letters, strict=True)))
    for letters in (("aa", "ae", "oe"), ("å", "ä", "ö"), ("a", "a", "o"), ("a", "e", "o"))
)
"""Ways to write å, æ and ø where a keyboard lacks them."""

_OTHER_WORDS = frozenset("bade bor far fatt lat matte sann sanne sant svart vare".split())
"""Words that mean something, and look like one that binds in such a spelling: vare, våre."""


def is_stop(word: str) -> bool:
    """Return whether a token only binds others: it is neither indexed nor asked.

    Words of one character are among them. An acronym, which a token keeps in capitals, is not:
    "me" binds, "ME" is an illness.

    Examples
    --------
    >>> [is_stop(word) for word in ("også", "ogsaa", "far", "me", "ME")]
    [True, True, False, True, False]
    """
    return len(word) < 2 or word in _stop_words()


@cache
def _stop_words() -> frozenset[str]:
    words = words_of("stop_words")
    spelled = {each for word in words for each in _spellings(word)}
    return frozenset(words) | (spelled - _OTHER_WORDS)


def _spellings(word: str) -> Iterator[str]:
    if not word.isascii():
        for letters in _SPELLINGS:
            yield word.translate(letters)
