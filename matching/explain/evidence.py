"""What some documents say about each term of a query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numba
import numpy as np

from matching.arrays import BoolArray, FloatArray, IntArray
from matching.topk.search import FREQUENCIES, Documents

LEAST_SIMILARITY = 0.15
"""Words less similar than this to a term have nothing to do with it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What some documents say about each term of a query.

    Attributes
    ----------
    contributions
        What each term adds to each score, in steps of 2**(-2 * BITS); shape (documents, terms).
    rows, terms, words
        Each entry is a word of a document that is similar to a term: the row of the document, the
        term, and the number of the word in the lexicon. Documents come one after the other.
    similarity
        How similar it is: the share of the term's n-gram weight that the word holds; more than 1
        where it has the same root or stands for it.
    """

    contributions: IntArray
    rows: IntArray
    terms: IntArray
    words: IntArray
    similarity: FloatArray


class TermTable(NamedTuple):
    """Which terms of a query ask each feature.

    Entry e is that term `owners[e]` asks `features[e]` with `weights[e]`, as a share of the term's
    n-gram weight in `shares[e]`, 2 where the feature alone makes a word stand for the term. The
    entries of a feature are a list from `heads[feature]` on, each followed by `following[e]`.
    """

    owners: IntArray
    features: IntArray
    weights: IntArray
    shares: FloatArray
    heads: IntArray
    following: IntArray


@numba.njit(cache=True, nogil=True)
def term_table(
    starts: IntArray,
    features: IntArray,
    weights: IntArray,
    certain: BoolArray,
    first: int,
    end: int,
    size: int,
) -> TermTable:
    """Return the table for the terms from `first` to `end`; there are `size` features."""
    begin, stop = starts[first], starts[end]
    heads = np.full(size, -1, dtype=np.int64)
    following = np.full(stop - begin, -1, dtype=np.int64)
    owners = np.empty(stop - begin, dtype=np.int64)
    shares = np.full(stop - begin, 2.0)
    for term in range(first, end):
        whole = np.int64(1)
        for at in range(starts[term], starts[term + 1]):
            whole += 0 if certain[at] else weights[at]
        for at in range(starts[term], starts[term + 1]):
            entry = at - begin
            owners[entry], following[entry] = term - first, heads[features[at]]
            heads[features[at]] = entry
            if not certain[at]:
                shares[entry] = weights[at] / whole
    return TermTable(owners, features[begin:stop], weights[begin:stop], shares, heads, following)


@numba.njit(cache=True, nogil=True)
def similarities(words: IntArray, documents: Documents, table: TermTable, terms: int) -> FloatArray:
    """Return how similar words are to each term, shape (words, terms): see `Evidence`."""
    found = np.zeros((len(words), terms), dtype=np.float64)
    for row in range(len(words)):
        for spot in range(
            documents.feature_starts[words[row]], documents.feature_starts[words[row] + 1]
        ):
            local = documents.term_of[documents.features[spot]]
            entry = table.heads[local] if local >= 0 else -1
            while entry >= 0:
                found[row, table.owners[entry]] += table.shares[entry]
                entry = table.following[entry]
    return found


@numba.njit(cache=True, nogil=True)
def evidence(
    numbers: IntArray, documents: Documents, table: TermTable, terms: int
) -> tuple[IntArray, IntArray, FloatArray]:
    """Return contributions, similar words as rows of three numbers, and similarity: see `Evidence`.

    The rows hold the row of a document, a term and a word.
    """
    contributions = np.zeros((len(numbers), terms), dtype=np.int64)
    found = np.empty((64, 3), dtype=np.int64)
    similarity = np.empty(64, dtype=np.float64)
    frequencies = np.zeros(len(table.heads), dtype=np.int64)
    used = 0
    for row in range(len(numbers)):
        number = numbers[row]
        span = documents.starts[number], documents.starts[number + 1]
        held = documents.words[span[0] : span[1]]
        alike = similarities(held, documents, table, terms)
        for at in range(len(held)):
            _count(held[at], documents.counts[span[0] + at], documents, frequencies)
            for term in range(terms):
                if alike[at, term] >= LEAST_SIMILARITY:
                    if used == len(found):
                        found = np.concatenate((found, np.empty_like(found)))
                        similarity = np.concatenate((similarity, np.empty_like(similarity)))
                    found[used, 0], found[used, 1], found[used, 2] = row, term, held[at]
                    similarity[used] = alike[at, term]
                    used += 1
        first = np.int64(documents.classes[number]) * FREQUENCIES
        for entry in range(len(table.owners)):
            frequency = min(frequencies[table.features[entry]], FREQUENCIES - 1)
            impact = np.int64(documents.impacts[first + frequency])
            contributions[row, table.owners[entry]] += table.weights[entry] * impact
        frequencies[table.features] = 0
    return contributions, found[:used].copy(), similarity[:used].copy()


@numba.njit(cache=True, nogil=True)
def _count(word: int, times: int, documents: Documents, frequencies: IntArray) -> None:
    """Add how often a word stands in a document to the frequencies of its features."""
    for spot in range(documents.feature_starts[word], documents.feature_starts[word + 1]):
        local = documents.term_of[documents.features[spot]]
        if local >= 0:
            frequencies[local] += times
