"""Queries: the terms that are asked, their weights, and the features that stand for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from matching.arrays import BoolArray, FloatArray, IntArray, UIntArray
from matching.documents import Document
from matching.index import cosine
from matching.index.features import features_of
from matching.index.lexicon import FeatureIds
from matching.index.reading import read
from matching.index.rows import Rows
from matching.index.terms import Constants, WordFeatures, find_terms, merge, weigh
from matching.index.weighting import UNITS, average_length, burstiness, idf
from matching.parameters import Parameters, Weighting
from matching.thesaurus import Thesaurus
from matching.topk.search import BITS, Queries

MOST_QUERY_WORDS = 512
"""A longer query is asked by its most frequent words."""


@dataclass(frozen=True, slots=True)
class QueryBatch:
    """Queries with what they ask.

    A term is a root; the terms of a query stand in the order of their first use. Features are
    numbered within the batch.

    Attributes
    ----------
    documents
        The queries as they came.
    words
        The different words of all queries.
    rows
        The words of each query, and how often each stands there.
    keys
        Of the features, rising.
    term_starts
        Shape (queries + 1,): where the terms of each query begin.
    term_of
        Shape of `rows.items`: the term of each word of a query, numbered over all queries.
    asked_starts
        Shape (terms + 1,): where the features of each term begin.
    asked, asked_weights
        The features of each term, its own root first, and their weights, in steps of 2**-BITS.
    certain
        Whether such a feature alone makes a word stand for the term.
    merged
        The features of each query by falling weight, for the search.
    scales
        What the scores of each query are multiplied by: 1 but for cosines.
    """

    documents: Sequence[Document]
    words: Sequence[str]
    rows: Rows
    keys: UIntArray
    term_starts: IntArray
    term_of: IntArray
    asked_starts: IntArray
    asked: IntArray
    asked_weights: IntArray
    certain: BoolArray
    merged: Queries
    scales: FloatArray

    def __len__(self) -> int:
        return len(self.documents)

    def terms_of(self, row: int) -> int:
        """Return the number of terms of a query."""
        return int(self.term_starts[row + 1] - self.term_starts[row])

    def shares(self, row: int, scores: IntArray) -> FloatArray:
        """Return scores for a query, or parts of them, that are in steps of 2**(-2 * BITS)."""
        found: FloatArray = scores / float(1 << 2 * BITS) * self.scales[row]
        return found

    def words_of(self, row: int) -> tuple[tuple[str, ...], ...]:
        """Return for each term of a query the words of the query that have it."""
        first, end = self.term_starts[row : row + 2].tolist()
        found: list[list[str]] = [[] for _ in range(first, end)]
        span = slice(self.rows.starts[row], self.rows.starts[row + 1])
        for word, term in zip(
            self.rows.items[span].tolist(), self.term_of[span].tolist(), strict=True
        ):
            found[term - first].append(self.words[word])
        return tuple(map(tuple, found))


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the weights of queries depend on.

    Attributes
    ----------
    documents
        Number of documents.
    average_length
        See `matching.index.weighting.average_length`.
    mean_uses
        Number of times that a root stands in the documents that have it, over all roots.
    """

    documents: int
    average_length: float
    mean_uses: float

    @classmethod
    def of(cls, lengths: IntArray, uses: int, held: int) -> Statistics:
        """Return the statistics of documents.

        Parameters
        ----------
        lengths
            Of all documents, in steps of 1 / `UNITS`; their order does not matter.
        uses, held
            See `matching.index.lexicon.Lexicon.root_uses`.
        """
        return cls(len(lengths), average_length(lengths), uses / held if held else 0.0)


class FeatureCounts(Protocol):
    """In how many documents features stand and how often, by the numbers that `ids` gives them."""

    @property
    def ids(self) -> FeatureIds:
        """Numbers of the features."""
        ...

    @property
    def document_frequency(self) -> IntArray:
        """Number of documents with each feature, shape (features,)."""
        ...

    @property
    def uses(self) -> IntArray:
        """Number of times each feature stands in documents, shape (features,)."""
        ...


def analyze(
    documents: Sequence[Document],
    counts: FeatureCounts,
    statistics: Statistics,
    parameters: Parameters,
    thesaurus: Thesaurus,
) -> QueryBatch:
    """Return what some queries ask of a collection."""
    words, rows, _ = read(documents, parameters, thesaurus, asked=True)
    words, rows = _limited(words, rows)
    starts, word_keys, groups_from = features_of(words, parameters.ngrams, thesaurus)
    keys, features = np.unique(word_keys, return_inverse=True)
    rarity, worth = _worth(keys, counts, statistics, parameters)
    terms = find_terms(
        rows.starts,
        rows.items,
        rows.counts / UNITS,
        WordFeatures(starts, features.astype(np.int32), groups_from),
        len(keys),
    )
    constants = Constants(*(getattr(parameters, name) for name in Constants._fields))
    asked = weigh(terms, worth, rarity**parameters.ngram_power, constants)
    scales = np.ones(len(documents))
    if parameters.weighting is Weighting.COSINE:
        scales = cosine.scales(terms.starts, asked.weights, rarity[asked.features])
    whole = np.rint(asked.weights * (1 << BITS)).astype(np.int64)
    merged = Queries(*merge(terms.starts, asked.starts, asked.features, whole, len(keys)))
    return QueryBatch(
        documents,
        words,
        rows,
        keys,
        terms.starts,
        terms.of_word,
        asked.starts,
        asked.features,
        whole,
        asked.certain,
        merged,
        scales,
    )


def _worth(
    keys: UIntArray, counts: FeatureCounts, statistics: Statistics, parameters: Parameters
) -> tuple[FloatArray, FloatArray]:
    """Return the idf of features, and what a word with that root is worth."""
    ids = counts.ids.find(keys)
    frequency, uses = _taken(counts.document_frequency, ids), _taken(counts.uses, ids)
    if parameters.weighting is Weighting.COSINE:
        rarity = cosine.smooth_idf(statistics.documents, frequency)
        return rarity, rarity
    rarity = idf(statistics.documents, frequency)
    recurrence = burstiness(frequency, uses, statistics.mean_uses)
    return rarity, rarity * recurrence**parameters.burstiness


def _taken(counts: IntArray, ids: IntArray) -> IntArray:
    """Return the counts of features, 0 for those without a number."""
    found: IntArray = np.zeros(len(ids), dtype=np.int64)
    found[ids >= 0] = counts[ids[ids >= 0]]
    return found


def _limited(words: Sequence[str], rows: Rows) -> tuple[Sequence[str], Rows]:
    """Return the queries with no more than their `MOST_QUERY_WORDS` most frequent words."""
    if not (np.diff(rows.starts) > MOST_QUERY_WORDS).any():
        return words, rows
    kept = np.ones(len(rows.items), dtype=np.bool_)
    for row in np.flatnonzero(np.diff(rows.starts) > MOST_QUERY_WORDS).tolist():
        order = np.argsort(-rows.get(row)[1].astype(np.int64), kind="stable")
        kept[rows.starts[row] + order[MOST_QUERY_WORDS:]] = False
    held, items = np.unique(rows.items[kept], return_inverse=True)
    starts = np.append(0, np.cumsum(kept))[rows.starts]
    found = Rows(starts, items.astype(np.int32), rows.counts[kept])
    return [words[word] for word in held.tolist()], found
