"""From text to words, and from a word to its features.

A word's features depend on the word alone, never on the text around it nor on its language: its
stem by the rules of Norwegian and by those of English, and the character n-grams within it. In
measurements that was as good as stemming by the right language, and no guess can go wrong.
Whatever is found for a word is kept, as a vocabulary grows far slower than its texts.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from matching.documents import Document
from matching.nynorsk import folded

if TYPE_CHECKING:
    from collections.abc import Callable

TITLE_WEIGHT = 3
"""How many times a word of the title counts."""

LONGEST_WORD = 64
"""Letters kept of a word: longer ones are no words but encoded data."""

NGRAM_SIZES = (3, 4, 5)

_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_HIDDEN = re.compile(r"<(?=(script|style)[\s>])", re.IGNORECASE)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))

# In the published lists of stop words, yet carrying meaning in texts about services.
_CONTENT_WORDS = frozenset(
    "arbeid folk makt navn rett stille tilstand verdi "
    "help home information member members part place places problem problems research room "
    "system value volume welcome work working works world young younger youngest".split()
)


@dataclass(frozen=True, slots=True)
class WordFeatures:
    """What is known of a word: its classes (stems), its n-grams, and whether it only binds."""

    classes: tuple[str, ...]
    grams: tuple[str, ...]
    is_stop: bool

    @property
    def is_fuzzy(self) -> bool:
        """Whether words that merely look alike may stand for this one."""
        return bool(self.grams)


@dataclass(frozen=True, slots=True)
class Token:
    """A word in lower case and where it stands, as character offsets into its text."""

    word: str
    start: int
    end: int


def plain_text(text: str) -> str:
    """Return `text` without tags, entities and invisible characters, in composed Unicode form."""
    if "<" in text:
        text = _TAG.sub(" ", _without_hidden(text))
    if "&" in text:
        text = html.unescape(text)
    return unicodedata.normalize("NFC", text.translate(_INVISIBLE))


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
    return [word[:LONGEST_WORD] for word in _WORD.findall(plain_text(text).lower())]


def word_counts(document: Document) -> Counter[str]:
    """Return how often each word stands in the document, its title counted `TITLE_WEIGHT` times.

    The words come in the order of their first use, title first.
    """
    counts: Counter[str] = Counter()
    for word in words(document.title):
        counts[word] += TITLE_WEIGHT
    counts.update(words(document.text))
    return counts


@lru_cache(maxsize=200_000)
def features(word: str) -> WordFeatures:
    """Return the features of a word in lower case."""
    form = folded(word)
    is_stop = len(word) < 2 or word in _stop_words()
    norwegian, english = _stemmers()
    classes = ("n:" + _single_end(norwegian(form)), "e:" + english(form))
    fuzzy = not is_stop and len(form) > 2 and form.isalpha()
    return WordFeatures(classes, _grams(form) if fuzzy else (), is_stop)


def _single_end(stem: str) -> str:
    """Return "ungdom" for "ungdomm", which the stemmer leaves of "ungdommer"."""
    doubled = len(stem) > 4 and stem[-1] == stem[-2] and stem[-1] not in "aeiouyæøå"
    return stem[:-1] if doubled else stem


def _grams(form: str) -> tuple[str, ...]:
    padded = f" {form} "
    found = {
        padded[start : start + size]: None
        for size in NGRAM_SIZES
        for start in range(len(padded) - size + 1)
    }
    return tuple(found)


@cache
def _stemmers() -> tuple[Callable[[str], str], Callable[[str], str]]:
    from snowballstemmer import stemmer  # noqa: PLC0415 - takes as long to import as the rest

    return stemmer("norwegian").stemWord, stemmer("english").stemWord


@cache
def _stop_words() -> frozenset[str]:
    from stopwordsiso import stopwords  # noqa: PLC0415 - reads its lists from a file on import

    found: set[str] = set(stopwords("no")) | set(stopwords("en"))
    return frozenset(found) - _CONTENT_WORDS
