"""From a word to its stem: what is counted, and what is asked.

A word's stem depends on the word alone, never on the text around it nor on its language: spellings
and both written forms of Norwegian are brought together first, then the endings of English are cut.
The endings of Norwegian are left to the likeness of words, which in measurements did better than a
stemmer that must guess. So no guess at a language can go wrong. A vocabulary grows far slower than
its texts, so what is found for a word is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from matching.text.nynorsk import to_bokmaal
from matching.text.stop_words import is_stop
from matching.text.tokens import LONGEST_WORD
from matching.text.word_lists import forms_of

# What ends in "a" and stands before "arbeid", "avtale" and the like is no old spelling of å.
_LONG_A = re.compile("(?<!dat)(?<!tem)(?<!klim|medi|dram|aren|mamm|papp)(?<!ekstr|kamer)aa")

_ACCENTED = re.compile("[^\x00-\x7fåæø]")

SHORTEST_HEAD, LONGEST_HEAD, SHORTEST_MODIFIER = 5, 9, 3
"""Letters of an irregular form at the end of a compound, and of what stands before it."""

_NORWEGIAN = str.maketrans("åæø", "aao")


@lru_cache(maxsize=500_000)
def stem(word: str) -> str:
    """Return the stem of a token; "" for a word that only binds.

    An acronym that would only bind in small letters is its own stem.

    Examples
    --------
    >>> [stem(word) for word in ("idé", "skolegaard", "gjekk", "children", "NAV", "ME", "me")]
    ['ide', 'skolegård', 'gå', 'child', 'nav', 'ME', '']
    """
    if is_stop(word):
        return ""
    form = base_form(word)
    return form if form == word.upper() != word.lower() else _stemmers()[0](form)


def base_form(word: str) -> str:
    """Return a token in the spelling of today's bokmål, irregular forms as regular ones.

    An acronym that would only bind in small letters stays as it is.

    Examples
    --------
    >>> [base_form(word) for word in ("skulegaard", "gjekk", "NAV", "ME")]
    ['skolegård', 'gå', 'nav', 'ME']
    """
    small = word.lower()
    if small != word and is_stop(small):
        return word
    small = spelled_now(small[:LONGEST_WORD])
    return to_bokmaal(_irregular().get(small) or _regular(small))


def spelled_now(word: str) -> str:
    """Return a word in small letters without accents, and with å for the aa of old spelling.

    Examples
    --------
    >>> [spelled_now(word) for word in ("kafé", "vaaren", "klimaarbeid", "göteborg")]
    ['kafe', 'våren', 'klimaarbeid', 'gøteborg']
    """
    if not word.isascii():
        word = _ACCENTED.sub(_without_accent, word)
    return _LONG_A.sub("å", word) if "aa" in word else word


def _without_accent(letter: re.Match[str]) -> str:
    swedish = {"ä": "æ", "ö": "ø"}
    return swedish.get(letter[0]) or unicodedata.normalize("NFD", letter[0])[0]


def _regular(word: str) -> str:
    """Return a compound with the regular form of the word that it ends in: "lærebøker"."""
    forms = _irregular()
    for size in range(min(LONGEST_HEAD, len(word) - SHORTEST_MODIFIER), SHORTEST_HEAD - 1, -1):
        head = forms.get(f"-{word[-size:]}")
        if head:
            return word[:-size] + head
    return word


def fold(word: str) -> str:
    """Return what words in small letters share that differ only in how å, æ and ø are written.

    It is a key, not a spelling: where a keyboard lacks the letters, they are written aa, ae and oe,
    or a and o. Words that share it need not be the same ("møte" is a meeting, "mote" is fashion),
    so stems that do are alike, not equal.

    Examples
    --------
    >>> {fold(word) for word in ("grønn", "groenn", "gronn")}
    {'gronn'}
    """
    folded = word.translate(_NORWEGIAN)
    return folded.replace("aa", "a").replace("ae", "a").replace("oe", "o")


def root(stem: str) -> str:
    """Return what the rules of Norwegian leave of a stem: "tur" for "turer"."""
    found = _stemmers()[1](stem)
    doubled = len(found) > 4 and found[-1] == found[-2] and found[-1] not in "aeiouyæøå"
    return found[:-1] if doubled else found


@cache
def _irregular() -> dict[str, str]:
    return dict(forms_of("irregular"))


@cache
def _stemmers() -> tuple[Callable[[str], str], Callable[[str], str]]:
    from Stemmer import Stemmer  # noqa: PLC0415 - needed with the first text only

    english, norwegian = (Stemmer(name, 0) for name in ("english", "norwegian"))
    return english.stemWord, norwegian.stemWord
