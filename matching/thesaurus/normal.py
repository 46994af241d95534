"""The form under which a word is compared with the words of the thesaurus."""

from __future__ import annotations

import re
from functools import lru_cache

from matching.text import LONGEST_WORD, is_stop, root, stem

LONGEST_ABBREVIATION = 3
"""Letters of an abbreviation that only its capitals tell from an everyday word: ME, IPS."""

_WORD = re.compile(r"[^\W_]+")

# What the stemmers leave, since the English one comes first: plurals of nynorsk, and definite
# forms of nouns in -er, -itet and -else. Likewise -ing, which is cut at the end of a word, but
# not before another ending.
_ENDINGS = (
    ("arane", "ar"),
    ("arar", "ar"),
    ("ane", "ar"),
    ("erne", "er"),
    ("eren", "er"),
    ("iteten", "itet"),
    ("elsen", "else"),
    ("elsene", "else"),
)
_NOUN = "ing"
_SHORTEST = 3


@lru_cache(maxsize=500_000)
def normalize(word: str) -> str:
    """Return the form that the inflections of a word share, in both written forms of Norwegian.

    Words that only bind, which have no stem, are compared as they stand.

    Examples
    --------
    >>> [normalize(word) for word in ("Einsame", "ensomheten", "elevane", "kursingen", "på")]
    ['ensom', 'ensom', 'elev', 'kur', 'på']
    """
    lower = word[:LONGEST_WORD].lower()
    form = root(stem(_indefinite(lower)))
    if form.endswith(_NOUN) and len(form) >= len(_NOUN) + _SHORTEST:
        form = root(form.removesuffix(_NOUN))
    return form or lower


def _indefinite(word: str) -> str:
    for ending, other in _ENDINGS:
        if word.endswith(ending) and len(word) >= len(ending) + _SHORTEST:
            return word.removesuffix(ending) + other
    return word


def binds(word: str) -> bool:
    """Return whether a word only binds others, so that it means nothing on its own."""
    return is_stop(word[:LONGEST_WORD].lower())


def split(member: str) -> tuple[str, ...]:
    """Return the words of a member in the case they are written in."""
    return tuple(_WORD.findall(member))


def is_abbreviation(word: str) -> bool:
    """Return whether a word is a short abbreviation in capitals, found in capitals only."""
    return 2 <= len(word) <= LONGEST_ABBREVIATION and word.isupper() and word.isalpha()
