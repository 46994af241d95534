"""Compounds: written in one word, in two, and half of them left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from matching.text.stop_words import is_stop
from matching.text.word_lists import words_of

LEAST_PART = 3
"""Letters of the shorter part of a compound."""

LEAST_MODIFIER = 2
"""Letters before the head of a compound that is written with a suspended hyphen: "ut-"."""

_ENDING = "(?:e|a|en|et|er|ar|ene|ane|s|ens|ets|enes|anes|n|ne|r|t|rs|te|ere|erne|arane|nde|st)?"
_LINKED = re.compile(
    r"\w(?:dom|het|heit|ing|sjon|skap|tet|ment|nad|tid|arbeid|omsorg|liv|land)s(\w{3,})"
)


@lru_cache(maxsize=10_000)
def head_of(compound: str) -> str:
    """Return what a compound in small letters ends in, as it stands there; "" if that is unknown.

    It is one of the words in `data/compound_heads.txt`, the longest, or what follows an "s" that
    links: "gruppa" of "ungdomsgruppa". What is such a word itself is no compound: "barnehage".
    """
    if _heads().match(compound):
        return ""
    found = _heads().search(compound, LEAST_MODIFIER) or _LINKED.search(compound)
    return found[1] if found else ""


@cache
def _heads() -> re.Pattern[str]:
    stems = "|".join(word.removesuffix("e") for word in words_of("compound_heads"))
    return re.compile(f"((?:{stems}){_ENDING})$")


def joined_pairs(words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Return the words that neighbours make when written in one: "skole fravær".

    Parameters
    ----------
    words
        Tokens as they follow each other.

    Yields
    ------
    position, word
        Where the first of the two stands in `words`, and both in one. Words that only bind, numbers
        and acronyms join nothing.

    Notes
    -----
    Most of them are no words: whoever asks keeps those that the vocabulary of a collection counts,
    so that nothing is added to the collection.

    Examples
    --------
    >>> list(joined_pairs(["høyt", "skole", "fravær"]))
    [(0, 'høytskole'), (1, 'skolefravær')]
    """
    for position, (one, other) in enumerate(pairwise(words)):
        if _joins(one) and _joins(other):
            yield position, f"{one}{other}"


def _joins(word: str) -> bool:
    return len(word) >= LEAST_PART and word.isalpha() and word.islower() and not is_stop(word)


def splits(word: str, is_known: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Return the ways to write a word in two, both of them known: "skolefravær".

    Parameters
    ----------
    word
        A token.
    is_known
        Tells whether a collection has a word, such as by its vocabulary.

    Notes
    -----
    It asks about no more than two words for each letter.

    Examples
    --------
    >>> list(splits("skolefravær", {"skole", "fravær", "fra"}.__contains__))
    [('skole', 'fravær')]
    """
    for end in range(LEAST_PART, len(word) - LEAST_PART + 1):
        if is_known(word[:end]) and is_known(word[end:]):
            yield word[:end], word[end:]
