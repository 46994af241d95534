"""Which sentences of a query a document answers, and which it says nothing about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from matching.documents import Document
from matching.explain.general_words import is_general
from matching.parameters import Parameters
from matching.text import Sentence, sentences

ANSWERED = 0.10
"""A sentence is answered when the document has this share of what it asks."""

LEAST_WORDS = 2
"""A sentence with fewer words that say something asks for nothing that could be missed."""


def asking_sentences(query: Document, parameters: Parameters) -> Iterator[Sentence]:
    """Yield the sentences of a query that ask: those of its text, and of fields in full weight.

    A title sums up what follows, and a field of less weight is background: neither asks.
    """
    yield from sentences(query.text)
    weights = dict(parameters.query_field_weights)
    for name, text in query.fields:
        if weights.get(name, 1.0) >= 1:
            yield from sentences(text)


def divide(
    asking: Iterator[Sentence],
    term_of: Mapping[str, int],
    weights: Sequence[float],
    answers: Sequence[float],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the sentences that are answered and those that are not.

    Parameters
    ----------
    asking
        The sentences of the query that ask.
    term_of
        The term of each word of the query.
    weights, answers
        The weight of each term, and how far the document answers it, from 0 to 1.
    """
    answered: list[str] = []
    unanswered: list[str] = []
    for sentence in asking:
        asked = {
            term_of[token.word]
            for token in sentence.tokens
            if token.word in term_of and not is_general(token.word)
        }
        whole = sum(weights[term] for term in sorted(asked))
        part = sum(weights[term] * answers[term] for term in sorted(asked))
        if part > ANSWERED * whole:
            answered.append(sentence.text)
        elif len(asked) >= LEAST_WORDS:
            unanswered.append(sentence.text)
    return tuple(answered), tuple(unanswered)
