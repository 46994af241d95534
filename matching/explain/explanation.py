"""Why a document has its score: shared terms, the passage that answers, what stays open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from matching.documents import Document
from matching.explain.cues import Cues, certain, evidence_of, meanings_of
from matching.explain.evidence import Evidence
from matching.explain.passage import Answers, Passage, best_passage
from matching.explain.points import asking_sentences, divide
from matching.facets import TARGET_GROUP_RULES, Agreement, agreements, verdict
from matching.facets.agreement import LEVELS
from matching.index.reading import fields_of
from matching.parameters import Parameters
from matching.strength import Strength, strengths_of
from matching.text import Sentence, sentences
from matching.topk.search import BITS, Documents

if TYPE_CHECKING:
    from matching.index.queries import QueryBatch
    from matching.index.state import State

DOCUMENTS_KEPT = 64

MOST_SENTENCES = 2000
"""Sentences of a document that are looked at for the best passage."""


@dataclass(frozen=True, slots=True)
class SharedTerm:
    """Words of the query and the words of the document that answer them.

    Attributes
    ----------
    query_words, document_words
        Words as they stand in the texts, the most similar first; in lower case, but for acronyms.
        The document may have none that is similar enough to name.
    query_weight
        Share of the query's weight that these words have, in (0, 1].
    document_weight
        How much of what can be said about them the document says, in (0, 1).
    contribution
        What they add to the score: `query_weight * document_weight`.
    is_certain
        Whether they are words that say the same, and so a reason to show. Otherwise they are
        general words, numbers, or merely share n-grams, and convince nobody; or another term
        says it already.
    """

    query_words: tuple[str, ...]
    document_words: tuple[str, ...]
    query_weight: float
    document_weight: float
    contribution: float
    is_certain: bool


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
        The part of the document that answers most of the query: a sentence or two of its text or
        its fields, or its title. Where words share nothing it is `similar_passage`.
    answered, unanswered
        The sentences of the query that ask, and that the document answers or says nothing about.
        What it only hints at is in neither.
    semantic
        The part of the score that is similar meaning, beside the contributions of the shared
        terms; always 0.0 in an index of words alone.
    facets
        How the facets of the document stand to those of the query, by their names.
    similar_passage
        The sentence of the document whose meaning is nearest to the query; None where none is
        near, where its sentences have not been read, and always in an index of words alone.
    asking
        All sentences of the query that ask (see `matching.explain.points.asking_sentences`), the
        same for every document. Sentences of general words ask nothing.
    """

    score: float
    strength: Strength
    shared_terms: tuple[SharedTerm, ...]
    passage: Passage | None
    answered: tuple[str, ...]
    unanswered: tuple[str, ...]
    semantic: float = 0.0
    facets: Mapping[str, Agreement] = field(default_factory=dict)
    similar_passage: Passage | None = None
    asking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of the query, what the document says about it, and the words that do."""

    words: tuple[str, ...]
    weight: float
    contribution: float
    similar: dict[str, float]
    certain: dict[str, float]


def explanation(
    state: State,
    batch: QueryBatch,
    documents: Documents,
    number: int,
    similar: float | None = None,
) -> Explanation:
    """Return why the document with a number has its score for the only query of a batch.

    Parameters
    ----------
    state, batch, documents
        The query, and what is asked.
    number
        Of the document.
    similar
        How similar their meaning is, None where that does not count.
    """
    document, query = state.collection.document(number), batch.documents[0]
    found = evidence_of(batch, 0, documents, np.array([number]))
    terms = _terms(state, batch, found)
    total = float(batch.shares(0, found.contributions.sum()))
    fits = agreements(query.facets, document.facets, TARGET_GROUP_RULES)
    level = LEVELS[verdict(fits.values())]
    meaning = None if similar is None else np.array([similar])
    given = np.array([total]), meaning, np.array([level])
    strength = strengths_of(*given, len(terms), state.statistics)[0]
    points = divide(
        asking_sentences(query, state.collection.parameters),
        {word: number for number, term in enumerate(terms) for word in term.words},
        [term.weight for term in terms],
        [max(term.certain.values(), default=0.0) for term in terms],
        [_hint(term, strength) for term in terms],
    )
    named = _named(terms, meanings_of(batch, 0))
    title, *parts = parts_of(document, state.collection.parameters)
    return Explanation(
        total,
        strength,
        _shared_terms(terms, named),
        best_passage(title, parts, _answers(terms)) if named else None,
        points.answered,
        points.unanswered,
        facets=fits,
        asking=points.asking,
    )


@lru_cache(DOCUMENTS_KEPT)
def parts_of(
    document: Document, parameters: Parameters, most: int = MOST_SENTENCES
) -> list[list[Sentence]]:
    """Return the first sentences of a document's title, its text, and each field that counts.

    They are kept, as a document is found for many queries.
    """
    found = [sentences(document.title)[:most]]
    for text, _ in fields_of(replace(document, title=""), parameters):
        found.append(sentences(text)[: most - sum(map(len, found))])
    return found


def _terms(state: State, batch: QueryBatch, found: Evidence) -> list[_Term]:
    """Return the terms of the query, with the words of the document that have to do with each."""
    words_of, lexicon = batch.words_of(0), state.collection.lexicon.words
    similar: list[dict[str, float]] = [{} for _ in words_of]
    same: list[dict[str, float]] = [{} for _ in words_of]
    entries = zip(
        found.terms.tolist(),
        found.words.tolist(),
        np.minimum(found.similarity, 1.0).tolist(),
        certain(found, words_of, lexicon).tolist(),
        strict=True,
    )
    for term, word, value, is_certain in entries:
        (same if is_certain else similar)[term][lexicon[word]] = value
    weights = np.add.reduceat(batch.asked_weights, batch.asked_starts[:-1]) / (1 << BITS)
    weights *= batch.scales[0]
    contributions = batch.shares(0, found.contributions[0])
    return [
        _Term(*parts)
        for parts in zip(
            words_of, weights.tolist(), contributions.tolist(), similar, same, strict=True
        )
    ]


def _named(terms: list[_Term], meanings: list[frozenset[int]]) -> frozenset[int]:
    """Return the terms to show: see `Cues`."""
    answers = {number: term.certain.keys() for number, term in enumerate(terms) if term.certain}
    contributions = np.array([term.contribution for term in terms])
    return frozenset(Cues([term.words for term in terms], meanings).select(contributions, answers))


def _hint(term: _Term, strength: Strength) -> float:
    """Return how far a document may say something of a term.

    A document that likely is right answers in other words what it does not answer in the same, so
    it has the benefit of the doubt: any similar word, and general ones too, is a hint.
    """
    if strength is Strength.NONE:
        return 0.0
    return max([*term.similar.values(), *term.certain.values()], default=0.0)


def _shared_terms(terms: list[_Term], named: frozenset[int]) -> tuple[SharedTerm, ...]:
    found = [
        SharedTerm(
            term.words,
            tuple(_by_similarity(term.certain) or _by_similarity(term.similar)),
            term.weight,
            term.contribution / term.weight,
            term.contribution,
            number in named,
        )
        for number, term in enumerate(terms)
        if term.contribution > 0
    ]
    return tuple(sorted(found, key=lambda term: (-term.contribution, term.query_words)))


def _by_similarity(words: dict[str, float]) -> list[str]:
    return sorted(words, key=lambda word: (-words[word], word))


def _answers(terms: list[_Term]) -> Answers:
    values: dict[str, dict[int, float]] = {}
    for number, term in enumerate(terms):
        for word, value in term.certain.items():
            values.setdefault(word, {})[number] = term.weight * value
    return Answers(values)
