"""From text to words, and from a word to its stem.

A word's stem depends on the word alone, never on the text around it nor on its language: both
written forms of Norwegian are brought together first, then the endings of English are cut. The
endings of Norwegian are left to the likeness of words, which in measurements did better than a
stemmer that must guess. So no guess at a language can go wrong. A vocabulary grows far slower
than its texts, so what is found for a word is kept.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from matching.documents import Document
from matching.text.nynorsk import folded
from matching.text.stop_words import is_stop

if TYPE_CHECKING:
    from collections.abc import Callable

TITLE_WEIGHT = 3
"""How many times a word of the title counts."""

LONGEST_WORD = 64
"""Letters kept of a word: longer ones are no words but encoded data."""

_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_HIDDEN = re.compile(r"<(?=(script|style)[\s>])", re.IGNORECASE)
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


class Token(NamedTuple):
    """A word in lower case and where it stands, as character offsets into its text."""

    word: str
    start: int
    end: int


def plain_text(text: str) -> str:
    """Return `text` without tags, entities and invisible characters, in composed Unicode form."""
    if text.isascii() and "<" not in text and "&" not in text:
        return text
    if "<" in text:
        text = _TAG.sub(" ", _without_hidden(text))
    if "&" in text:
        text = html.unescape(text)
    if any(character in text for character in _INVISIBLE):
        text = text.translate(str.maketrans("", "", _INVISIBLE))
    return unicodedata.normalize("NFC", text)


def _without_hidden(text: str) -> str:
    kept, position = [], 0
    while (start := _HIDDEN.search(text, position)) is not None:
        kept.append(text[position : start.start()])
        closing = text.lower().find("</" + start.group(1).lower(), start.end())
        if closing < 0:
            return " ".join([*kept, text[start.start() :]])
        position = closing
    return " ".join([*kept, text[position:]])


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
