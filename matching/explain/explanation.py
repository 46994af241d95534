"""Why a document has its score: shared terms, the passage that answers, what stays open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from matching.documents import Document
from matching.explain.evidence import Evidence, similarities
from matching.explain.kinship import NEARLY_SAME, are_kin
from matching.explain.reasons import certain_terms, evidence_of, table_of
from matching.facets import TARGET_GROUP_RULES, Agreement, agreements, verdict
from matching.facets.agreement import LEVELS
from matching.strength import Strength, strengths_of
from matching.text import Sentence, sentences
from matching.topk.search import BITS

if TYPE_CHECKING:
    from matching.index.queries import QueryBatch
    from matching.index.state import State

LEAST_SIMILARITY = 0.3
"""Words less similar than this to a term have nothing to do with it."""

ANSWERED = 0.35
"""A sentence of the query is answered when the document has this share of what it asks."""

MOST_SENTENCES = 2000
"""Sentences of a document that are looked at for the best passage."""


@dataclass(frozen=True, slots=True)
class SharedTerm:
    """Words of the query and the words of the document that answer them.

    Attributes
    ----------
    query_words, document_words
        Words as they stand in the texts, the weightiest first; in lower case, but for acronyms.
    query_weight
        Share of the query's weight that these words have, in (0, 1].
    document_weight
        How much of what can be said about them the document says, in (0, 1).
    contribution
        What they add to the score: `query_weight * document_weight`.
    is_certain
        Whether they are words that say the same, and so a reason to show. Otherwise they are
        numbers or merely share n-grams: they count a little, and convince nobody.
    """

    query_words: tuple[str, ...]
    document_words: tuple[str, ...]
    query_weight: float
    document_weight: float
    contribution: float
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """One or two sentences of the document, with `(start, end)` offsets of words to mark."""

    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one document has its score for one query.

    Attributes
    ----------
    score, strength
        As `MatchIndex.rank` gives them; 0.0 and none where nothing is shared.
    shared_terms
        The weightiest first; their contributions add up to the score without `semantic`.
    passage
        The part of the document that answers most of the query; None where nothing is shared.
    answered, unanswered
        The sentences of the query, title first, that the document answers or does not. Sentences
        without a content word are in neither.
    semantic
        The part of the score that is similar meaning, beside the contributions of the shared
        terms; always 0.0 in an index of words alone.
    facets
        How the facets of the document stand to those of the query, by their names.
    """

    score: float
    strength: Strength
    shared_terms: tuple[SharedTerm, ...]
    passage: Passage | None
    answered: tuple[str, ...]
    unanswered: tuple[str, ...]
    semantic: float = 0.0
    facets: Mapping[str, Agreement] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of the query, what the document says about it, and the words that do."""

    words: tuple[str, ...]
    weight: float
    contribution: float
    similar: dict[str, float]
    certain: frozenset[str]


def explanation(
    state: State, batch: QueryBatch, number: int, similar: float | None = None
) -> Explanation:
    """Return why the document with a number has its score for the only query of a batch.

    `similar` is how similar their meaning is, None where that does not count.
    """
    document, query = state.collection.document(number), batch.documents[0]
    found = evidence_of(batch, 0, state.documents(batch.keys), np.array([number]))
    terms = _terms(state, batch, number, found)
    total = int(found.contributions.sum()) / float(1 << 2 * BITS)
    fits = agreements(query.facets, document.facets, TARGET_GROUP_RULES)
    level = LEVELS[verdict(fits.values())]
    meaning = None if similar is None else np.array([similar])
    given = np.array([total]), meaning, np.array([level])
    strength = strengths_of(*given, len(terms), state.statistics)[0]
    answered, unanswered = _points(query, terms)
    telling = [term for term in terms if term.similar]
    return Explanation(
        total,
        strength,
        _shared_terms(terms),
        _passage(document, telling),
        answered,
        unanswered,
        facets=fits,
    )


def _terms(state: State, batch: QueryBatch, number: int, found: Evidence) -> list[_Term]:
    """Return the terms of the query, with the words of the document that have to do with each."""
    numbers = state.collection.rows.get(number)[0].astype(np.int64)
    different = [state.collection.lexicon.words[each] for each in numbers.tolist()]
    words_of = batch.words_of(0)
    documents = state.documents(batch.keys)
    similar = similarities(numbers, documents, table_of(batch, 0), len(words_of))
    weights = np.add.reduceat(batch.asked_weights, batch.asked_starts[:-1]) / (1 << BITS)
    contributions = found.contributions[0] / float(1 << 2 * BITS)
    certain = certain_terms(words_of, found, state)[0]
    return [
        _term(
            words_of[term],
            float(weights[term]),
            float(contributions[term]),
            {different[row]: float(similar[row, term]) for row in np.flatnonzero(similar[:, term])},
            bool(certain[term]),
        )
        for term in range(len(words_of))
    ]


def _term(
    words: tuple[str, ...],
    weight: float,
    contribution: float,
    similar: dict[str, float],
    is_certain: bool,
) -> _Term:
    certain = frozenset(
        other
        for other, value in similar.items()
        if is_certain and (value >= NEARLY_SAME or any(are_kin(word, other) for word in words))
    )
    near = {
        word: value
        for word, value in similar.items()
        if value >= LEAST_SIMILARITY or word in certain
    }
    return _Term(words, weight, contribution, near or similar, certain)


def _shared_terms(terms: list[_Term]) -> tuple[SharedTerm, ...]:
    found = [
        SharedTerm(
            term.words,
            tuple(
                sorted(term.certain or term.similar, key=lambda word: (-term.similar[word], word))
            ),
            term.weight,
            term.contribution / term.weight,
            term.contribution,
            bool(term.certain),
        )
        for term in terms
        if term.contribution > 0
    ]
    return tuple(sorted(found, key=lambda term: (-term.contribution, term.query_words)))


def _points(query: Document, terms: list[_Term]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Divide the sentences of the query that ask into those answered and those not."""
    number_of = {word: number for number, term in enumerate(terms) for word in term.words}
    answers = [max(term.similar.values(), default=0.0) for term in terms]
    answered: list[str] = []
    unanswered: list[str] = []
    for sentence in sentences(query.text):
        asked = {number_of.get(token.word, -1) for token in sentence.tokens} - {-1}
        whole = sum(terms[term].weight for term in sorted(asked))
        if whole > 0:
            part = sum(terms[term].weight * answers[term] for term in sorted(asked))
            (answered if part >= ANSWERED * whole else unanswered).append(sentence.text)
    return tuple(answered), tuple(unanswered)


def _passage(document: Document, telling: list[_Term]) -> Passage | None:
    """Return the sentence that says most, with the next one where that adds something new."""
    found = sentences(document.text)[:MOST_SENTENCES] or sentences(document.title)
    if not telling or not found:
        return None
    values = [_value([sentence], telling) for sentence in found]
    best = max(range(len(found)), key=lambda row: (values[row], -row))
    if values[best] <= 0:
        title = sentences(document.title)
        return _marked(title, telling) if title else None
    pairs = [row for row in (best - 1, best) if 0 <= row < len(found) - 1]
    chosen, value = [found[best]], values[best]
    for row in pairs:
        both = _value(found[row : row + 2], telling)
        if both > 1.2 * value:
            chosen, value = found[row : row + 2], both
    return _marked(chosen, telling)


def _value(part: list[Sentence], telling: list[_Term]) -> float:
    words = {token.word for sentence in part for token in sentence.tokens}
    return sum(
        term.weight * max((term.similar[word] for word in words & term.similar.keys()), default=0)
        for term in telling
    )


def _marked(part: list[Sentence], telling: list[_Term]) -> Passage:
    words = {word for term in telling for word in term.certain}
    text = ""
    marks: list[tuple[int, int]] = []
    for sentence in part:
        text += " " if text else ""
        marks.extend(
            (len(text) + token.start, len(text) + token.end)
            for token in sentence.tokens
            if token.word in words
        )
        text += sentence.text
    return Passage(text, _apart(marks))


def _apart(marks: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return marks in their order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if found and start < found[-1][1]:
            first, last = found.pop()
            found.append((first, max(last, end)))
        else:
            found.append((start, end))
    return tuple(found)
