"""The terms of queries, and the weights of the features that stand for them; compiled."""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from matching.arrays import BoolArray, FloatArray, IntArray

USUAL_QUERY = 16
"""Terms of a query whose words have the power `Parameters.idf_power`."""

LEAST_POWER, MOST_POWER = 1.0, 2.5

SHORT_QUERY = 2
"""Queries of so many terms are asked by all their n-grams."""

LEAST_ASKED = 0.5
"""Share of a word's n-gram weight that is asked, at least."""

USUAL_NGRAMS = 8
"""N-grams of a word that weighs no more for their number, and no less."""


class WordFeatures(NamedTuple):
    """Features of the words of a batch: word w has those from `starts[w]` to `starts[w + 1]`.

    Its root comes first, then its n-grams, then, from `groups_from[w]` on, its groups.
    """

    starts: IntArray
    features: IntArray
    groups_from: IntArray


class Constants(NamedTuple):
    """Those of `matching.parameters.Parameters` that weights are made of."""

    idf_power: float
    idf_growth: float
    repetition: float
    word_weight: float
    length_power: float
    ngram_saving: float
    thesaurus_weight: float


class Terms(NamedTuple):
    """The terms of queries; a term is a root.

    Query q has the terms from `starts[q]`, in the order of their first use, and the words from
    `word_starts[q]`. `of_word` is the term of each of these words, `roots` the root of each term,
    and `frequencies` how often it stands in its query.
    """

    starts: IntArray
    of_word: IntArray
    roots: IntArray
    frequencies: FloatArray
    word_starts: IntArray
    words: IntArray
    of: WordFeatures


class Asked(NamedTuple):
    """What each term asks: the features from `starts[t]`, their weights, and whether one alone
    makes a word stand for the term. The weights of a query add up to 1.
    """

    starts: IntArray
    features: IntArray
    weights: FloatArray
    certain: BoolArray


@numba.njit(cache=True, nogil=True)
def find_terms(
    starts: IntArray, words: IntArray, counts: FloatArray, of: WordFeatures, size: int
) -> Terms:
    """Return the terms of queries whose words, from `starts`, stand there `counts` times."""
    queries = len(starts) - 1
    term_starts = np.zeros(queries + 1, dtype=np.int64)
    of_word = np.empty(len(words), dtype=np.int32)
    roots = np.empty(len(words), dtype=np.int32)
    frequencies = np.zeros(len(words), dtype=np.float64)
    number = np.full(size, -1, dtype=np.int32)
    terms = 0
    for query in range(queries):
        for at in range(starts[query], starts[query + 1]):
            root = of.features[of.starts[words[at]]]
            if number[root] < 0:
                number[root] = terms
                roots[terms] = root
                terms += 1
            of_word[at] = number[root]
            frequencies[number[root]] += counts[at]
        for term in range(term_starts[query], terms):
            number[roots[term]] = -1
        term_starts[query + 1] = terms
    return Terms(
        term_starts, of_word, roots[:terms].copy(), frequencies[:terms].copy(), starts, words, of
    )


@numba.njit(cache=True, nogil=True)
def weigh(terms: Terms, worth: FloatArray, ngram_worth: FloatArray, constants: Constants) -> Asked:
    """Return what terms ask, given what features are worth as words and as n-grams."""
    room = 0
    for word in terms.words:
        room += terms.of.starts[word + 1] - terms.of.starts[word]
    starts = np.zeros(len(terms.roots) + 1, dtype=np.int64)
    asked = Asked(
        starts,
        np.empty(room, dtype=np.int32),
        np.empty(room, dtype=np.float64),
        np.zeros(room, dtype=np.bool_),
    )
    seen = np.zeros(len(worth), dtype=np.bool_)
    used = 0
    for query in range(len(terms.starts) - 1):
        first_used = used
        size = max(terms.starts[query + 1] - terms.starts[query], 1)
        power = constants.idf_power + constants.idf_growth * np.log2(size / USUAL_QUERY)
        power = min(max(power, LEAST_POWER), MOST_POWER)
        share = 1.0 - constants.ngram_saving * np.log2(size / SHORT_QUERY)
        share = min(max(share, LEAST_ASKED), 1.0)
        for term in range(terms.starts[query], terms.starts[query + 1]):
            times = terms.frequencies[term] ** constants.repetition
            weight = times * worth[terms.roots[term]] ** power
            asked.features[used] = terms.roots[term]
            asked.weights[used] = constants.word_weight * weight
            asked.certain[used] = True
            first = used + 1
            used = _gather(query, term, False, terms, seen, asked, first)
            for at in range(first, used):
                asked.weights[at] = ngram_worth[asked.features[at]]
            used = _divide(asked, first, used, weight, share, constants.length_power)
            first = used
            used = _gather(query, term, True, terms, seen, asked, first)
            for at in range(first, used):
                weight = times * worth[asked.features[at]] ** power
                asked.weights[at] = constants.thesaurus_weight * weight
                asked.certain[at] = True
            starts[term + 1] = used
        _normalize(asked.weights[first_used:used])
    return Asked(
        starts,
        asked.features[:used].copy(),
        asked.weights[:used].copy(),
        asked.certain[:used].copy(),
    )


@numba.njit(cache=True, nogil=True)
def _gather(
    query: int, term: int, groups: bool, terms: Terms, seen: BoolArray, asked: Asked, used: int
) -> int:
    """Put the n-grams or the groups of a term's words into `asked`, each once; return the end."""
    first, of = used, terms.of
    for at in range(terms.word_starts[query], terms.word_starts[query + 1]):
        if terms.of_word[at] == term:
            word = terms.words[at]
            begin = of.groups_from[word] if groups else of.starts[word] + 1
            end = of.starts[word + 1] if groups else of.groups_from[word]
            for feature in of.features[begin:end]:
                if not seen[feature]:
                    seen[feature] = True
                    asked.features[used] = feature
                    used += 1
    for at in range(first, used):
        seen[asked.features[at]] = False
    return used


@numba.njit(cache=True, nogil=True)
def _divide(
    asked: Asked, first: int, end: int, weight: float, share: float, length_power: float
) -> int:
    """Divide the weight of a word among its n-grams; return where those that are asked end.

    The weightiest come first, equal ones in the order of their numbers, until they make `share`
    of the whole.
    """
    if first == end:
        return end
    features, weights = asked.features[first:end], asked.weights[first:end]
    order = np.argsort(features)
    features[:], weights[:] = features[order], weights[order]
    order = np.argsort(-weights, kind="mergesort")
    features[:], weights[:] = features[order], weights[order]
    weight *= ((end - first) / USUAL_NGRAMS) ** length_power
    whole, kept, last = weights.sum(), 0.0, 0
    while last < len(weights) and (share >= 1.0 or kept < share * whole):
        kept += weights[last]
        last += 1
    for at in range(last):
        weights[at] *= weight / kept
    return first + last


@numba.njit(cache=True, nogil=True)
def _normalize(weights: FloatArray) -> None:
    """Make weights add up to 1, or leave them 0 where neither words nor n-grams count."""
    total = 0.0
    for weight in weights:
        total += weight
    for at in range(len(weights)):
        weights[at] /= max(total, 1e-300)


@numba.njit(cache=True, nogil=True)
def merge(
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
