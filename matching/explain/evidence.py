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

MOST_SIMILAR = 16
"""Words of a document that are looked at for each term: those that are most similar."""


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

    def kept(self, entries: BoolArray) -> Evidence:
        """Return the same contributions with some of the entries."""
        return Evidence(
            self.contributions,
            self.rows[entries],
            self.terms[entries],
            self.words[entries],
            self.similarity[entries],
        )


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
def evidence(
    numbers: IntArray, documents: Documents, table: TermTable, terms: int
) -> tuple[IntArray, IntArray, FloatArray]:
    """Return contributions, similar words as rows of three numbers, and similarity: see `Evidence`.

    The rows hold the row of a document, a term and a word.
    """
    contributions = np.zeros((len(numbers), terms), dtype=np.int64)
    room = len(numbers) * terms * MOST_SIMILAR
    found = np.empty((room, 3), dtype=np.int64)
    similarity = np.empty(room, dtype=np.float64)
    frequencies = np.zeros(len(table.heads), dtype=np.int64)
    used = 0
    for row in range(len(numbers)):
        number = numbers[row]
        span = documents.starts[number], documents.starts[number + 1]
        held = documents.words[span[0] : span[1]]
        for at in range(len(held)):
            _count(held[at], documents.counts[span[0] + at], documents, frequencies)
        words, alike = _most_similar(held, documents, table, terms)
        for term in range(terms):
            for place in range(MOST_SIMILAR):
                if words[term, place] >= 0:
                    found[used, 0], found[used, 1] = row, term
                    found[used, 2], similarity[used] = words[term, place], alike[term, place]
                    used += 1
        first = np.int64(documents.classes[number]) * FREQUENCIES
        for entry in range(len(table.owners)):
            frequency = min(frequencies[table.features[entry]], FREQUENCIES - 1)
            impact = np.int64(documents.impacts[first + frequency])
            contributions[row, table.owners[entry]] += table.weights[entry] * impact
        frequencies[table.features] = 0
    return contributions, found[:used].copy(), similarity[:used].copy()


@numba.njit(cache=True, nogil=True)
def _most_similar(
    held: IntArray, documents: Documents, table: TermTable, terms: int
) -> tuple[IntArray, FloatArray]:
    """Return the words of a document most similar to each term, -1 where there are no more."""
    words = np.full((terms, MOST_SIMILAR), -1, dtype=np.int64)
    similarity = np.zeros((terms, MOST_SIMILAR), dtype=np.float64)
    alike = np.zeros(terms, dtype=np.float64)
    touched = np.empty(terms, dtype=np.int64)
    for word in held:
        used = 0
        for spot in range(documents.feature_starts[word], documents.feature_starts[word + 1]):
            local = documents.term_of[documents.features[spot]]
            entry = table.heads[local] if local >= 0 else -1
            while entry >= 0:
                owner = table.owners[entry]
                if alike[owner] == 0 and table.shares[entry] > 0:
                    touched[used] = owner
                    used += 1
                alike[owner] += table.shares[entry]
                entry = table.following[entry]
        for term in touched[:used]:
            place = np.argmin(similarity[term])
            if alike[term] >= LEAST_SIMILARITY and alike[term] > similarity[term, place]:
                words[term, place], similarity[term, place] = word, alike[term]
            alike[term] = 0
    return words, similarity


@numba.njit(cache=True, nogil=True)
def _count(word: int, times: int, documents: Documents, frequencies: IntArray) -> None:
    """Add how often a word stands in a document to the frequencies of its features."""
    for spot in range(documents.feature_starts[word], documents.feature_starts[word + 1]):
        local = documents.term_of[documents.features[spot]]
        if local >= 0:
            frequencies[local] += times
