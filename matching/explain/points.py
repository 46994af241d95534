"""Which sentences of a query a document answers, and which it says nothing about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from matching.documents import Document
from matching.explain.general_words import is_general
from matching.index.reading import fields_of
from matching.index.weighting import UNITS
from matching.parameters import Parameters
from matching.text import Sentence, sentences

ANSWERED = 0.10
"""A sentence is answered when the document says more than this share of what it asks."""

QUERIES_KEPT = 16

LEAST_WORDS, WORDS_BESIDE = 2, 3
"""A sentence with fewer words that say something, and not one in so many, asks for nothing."""


@lru_cache(QUERIES_KEPT)
def asking_sentences(query: Document, parameters: Parameters) -> tuple[Sentence, ...]:
    """Return the sentences of a query that ask: those of its text, and of fields in full weight.

    A title sums up what follows, and a field of less weight is background: neither asks. They are
    kept, as whoever asks why one document was found asks so of others too.
    """
    fields = fields_of(replace(query, title=""), parameters, asked=True)
    return tuple(found for text, weight in fields if weight >= UNITS for found in sentences(text))


@dataclass(frozen=True, slots=True)
class Points:
    """The sentences of a query that ask for something, whoever answers: those answered among them.

    A sentence with only a hint of an answer is neither answered nor unanswered.
    """

    asking: tuple[str, ...]
    answered: tuple[str, ...]
    unanswered: tuple[str, ...]


def divide(
    sentences_of_query: Iterable[Sentence],
    term_of: Mapping[str, int],
    weights: Sequence[float],
    answers: Sequence[float],
    hints: Sequence[float],
) -> Points:
    """Return which sentences of a query are answered and which are not.

    Parameters
    ----------
    sentences_of_query
        Those that may ask: see `asking_sentences`.
    term_of
        The term of each word of the query.
    weights, answers
        The weight of each term, and how far the document answers it, from 0 to 1.
    hints
        More than 0 for each term where the document may say something of it.
    """
    asking: list[str] = []
    answered: list[str] = []
    unanswered: list[str] = []
    for sentence in sentences_of_query:
        words = dict.fromkeys(token.word for token in sentence.tokens if token.word in term_of)
        asked = dict.fromkeys(term_of[word] for word in words if not is_general(word))
        if not _asks(len(asked), len(words)):
            continue
        asking.append(sentence.text)
        whole = sum(weights[term] for term in asked)
        part = sum(weights[term] * answers[term] for term in asked)
        if part > ANSWERED * whole:
            answered.append(sentence.text)
        elif not any(hints[term_of[word]] for word in words):
            unanswered.append(sentence.text)
    return Points(tuple(asking), tuple(answered), tuple(unanswered))


def _asks(telling: int, words: int) -> bool:
    """Return whether a sentence asks, given how many of its words say something."""
    return telling >= LEAST_WORDS or 0 < words <= WORDS_BESIDE * telling
