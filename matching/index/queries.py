"""Queries: the terms that are asked, their weights, and the features that stand for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numba
import numpy as np

from matching.arrays import BoolArray, FloatArray, IntArray, UIntArray
from matching.documents import Document
from matching.index.features import features_of
from matching.index.lexicon import FeatureIds
from matching.index.reading import read
from matching.index.rows import Rows
from matching.index.weighting import UNITS, average_length, burstiness, idf, idf_power
from matching.parameters import Parameters, Weighting
from matching.thesaurus import Thesaurus
from matching.topk.search import BITS, Queries

MOST_QUERY_WORDS = 512
"""A longer query is asked by its most frequent words."""

SHORT_QUERY = 2
"""Queries of so many words are asked by all their n-grams."""

USUAL_NGRAMS = 8


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

    def __len__(self) -> int:
        return len(self.documents)

    def terms_of(self, row: int) -> int:
        """Return the number of terms of a query."""
        return int(self.term_starts[row + 1] - self.term_starts[row])

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
    ids = counts.ids.find(keys)
    frequency, uses = _taken(counts.document_frequency, ids), _taken(counts.uses, ids)
    rarity = idf(statistics.documents, frequency)
    worth = rarity * burstiness(frequency, uses, statistics.mean_uses) ** parameters.burstiness
    features = features.astype(np.int32)
    term_starts, term_of, roots, asked_starts, asked, weights, certain = _weigh(
        rows.starts,
        rows.items,
        rows.counts / UNITS,
        starts,
        features,
        groups_from,
        worth,
        rarity**parameters.ngram_power,
        parameters.idf_power,
        parameters.idf_growth,
        parameters.repetition,
        parameters.word_weight,
        parameters.length_power,
        parameters.ngram_saving,
        parameters.thesaurus_weight,
    )
    whole = np.rint(weights * (1 << BITS)).astype(np.int64)
    merged = Queries(*_merge(term_starts, asked_starts, asked, whole, len(keys)))
    return QueryBatch(
        documents,
        words,
        rows,
        keys,
        term_starts,
        term_of,
        asked_starts,
        asked,
        whole,
        certain,
        merged,
    )


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
    whole = Rows(starts, items.astype(np.int32), rows.counts[kept])
    return [words[word] for word in held.tolist()], whole


@numba.njit(cache=True, nogil=True)
def _weigh(
    starts: IntArray,
    words: IntArray,
    counts: FloatArray,
    feature_starts: IntArray,
    features: IntArray,
    groups_from: IntArray,
    worth: FloatArray,
    ngram_worth: FloatArray,
    power: float,
    growth: float,
    repetition: float,
    word_weight: float,
    length_power: float,
    saving: float,
    group_weight: float,
) -> tuple[IntArray, IntArray, IntArray, IntArray, IntArray, FloatArray, BoolArray]:
    """Return terms and the weights of their features; those of a query add up to 1."""
    queries = len(starts) - 1
    room = 0
    for at in range(len(words)):
        room += feature_starts[words[at] + 1] - feature_starts[words[at]]
    term_starts = np.zeros(queries + 1, dtype=np.int64)
    term_of = np.empty(len(words), dtype=np.int32)
    roots = np.empty(len(words), dtype=np.int32)
    asked_starts = np.zeros(len(words) + 1, dtype=np.int64)
    asked = np.empty(room, dtype=np.int32)
    weights = np.empty(room, dtype=np.float64)
    certain = np.zeros(room, dtype=np.bool_)
    number = np.full(len(worth), -1, dtype=np.int32)
    times = np.empty(len(words), dtype=np.float64)
    seen = np.zeros(len(worth), dtype=np.bool_)
    terms = used = 0
    for query in range(queries):
        first_term, first_used = terms, used
        for at in range(starts[query], starts[query + 1]):
            root = features[feature_starts[words[at]]]
            if number[root] < 0:
                number[root] = terms
                roots[terms] = root
                times[terms] = 0.0
                terms += 1
            term_of[at] = number[root]
            times[number[root]] += counts[at]
        asked_words = terms - first_term
        exponent = min(max(power + growth * np.log2(max(asked_words, 1) / 16), 1.0), 2.5)
        share = min(max(1.0 - saving * np.log2(max(asked_words, 1) / 2), 0.5), 1.0)
        for term in range(first_term, terms):
            weight = times[term] ** repetition * worth[roots[term]] ** exponent
            asked[used], weights[used], certain[used] = roots[term], word_weight * weight, True
            used += 1
            first = used
            for at in range(starts[query], starts[query + 1]):
                if term_of[at] != term:
                    continue
                for spot in range(feature_starts[words[at]] + 1, groups_from[words[at]]):
                    feature = features[spot]
                    if not seen[feature]:
                        seen[feature] = True
                        asked[used], weights[used] = feature, ngram_worth[feature]
                        used += 1
            for at in range(first, used):
                seen[asked[at]] = False
            used = _divide(asked, weights, first, used, weight, share, length_power)
            first = used
            for at in range(starts[query], starts[query + 1]):
                if term_of[at] != term:
                    continue
                for spot in range(groups_from[words[at]], feature_starts[words[at] + 1]):
                    feature = features[spot]
                    if not seen[feature]:
                        seen[feature] = True
                        weight = group_weight * times[term] ** repetition * worth[feature] ** exponent
                        asked[used], weights[used], certain[used] = feature, weight, True
                        used += 1
            for at in range(first, used):
                seen[asked[at]] = False
            asked_starts[term + 1] = used
        total = 0.0
        for at in range(first_used, used):
            total += weights[at]
        for at in range(first_used, used):
            weights[at] /= max(total, 1e-300)  # All are 0 where neither words nor n-grams count.
        for term in range(first_term, terms):
            number[roots[term]] = -1
        term_starts[query + 1] = terms
    return (
        term_starts,
        term_of,
        roots[:terms].copy(),
        asked_starts[: terms + 1].copy(),
        asked[:used].copy(),
        weights[:used].copy(),
        certain[:used].copy(),
    )


@numba.njit(cache=True, nogil=True)
def _divide(
    asked: IntArray,
    weights: FloatArray,
    first: int,
    end: int,
    weight: float,
    share: float,
    length_power: float,
) -> int:
    """Divide the weight of a word among its n-grams; return where those that are asked end.

    The weightiest come first, equal ones in the order of their numbers, until they make `share`
    of the whole.
    """
    if first == end:
        return end
    whole = weights[first:end].sum()
    order = np.argsort(asked[first:end])
    numbers, values = asked[first:end][order], weights[first:end][order]
    order = np.argsort(-values, kind="mergesort")
    weight *= ((end - first) / 8) ** length_power
    kept, last = 0.0, first
    for at in order:
        if kept >= share * whole and share < 1.0:
            break
        asked[last], weights[last] = numbers[at], values[at]
        kept += values[at]
        last += 1
    for at in range(first, last):
        weights[at] *= weight / kept
    return last


@numba.njit(cache=True, nogil=True)
def _merge(
    term_starts: IntArray, asked_starts: IntArray, asked: IntArray, weights: IntArray, size: int
) -> tuple[IntArray, IntArray, IntArray]:
    """Return the features of each query by falling weight, each once."""
    queries = len(term_starts) - 1
    starts = np.zeros(queries + 1, dtype=np.int64)
    features = np.empty(len(asked), dtype=np.int32)
    sums = np.empty(len(asked), dtype=np.int64)
    total = np.zeros(size, dtype=np.int64)
    used = 0
    for query in range(queries):
        first = used
        for at in range(asked_starts[term_starts[query]], asked_starts[term_starts[query + 1]]):
            if weights[at] > 0:
                if total[asked[at]] == 0:
                    features[used] = asked[at]
                    used += 1
                total[asked[at]] += weights[at]
        for at in range(first, used):
            sums[at] = total[features[at]]
            total[features[at]] = 0
        order = np.argsort(-sums[first:used], kind="mergesort")
        features[first:used] = features[first:used][order]
        sums[first:used] = sums[first:used][order]
        starts[query + 1] = used
    return starts, features[:used].copy(), sums[:used].copy()
