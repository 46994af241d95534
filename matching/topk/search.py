"""Search a segment of an inverted index for the best documents of queries, exactly; compiled.

Terms are read by falling weight (term at a time). What is added up are impacts in one byte and
weights rounded up; what a document's sum may be off by is known, and so is what the terms not yet
read can add at most. The sum of a document that has a term is never 0. As soon as few documents
can be among the best, these are scored
from their own words, and the long lists of light terms are never read. This is MaxScore (Turtle
and Flood, "Query evaluation: strategies and optimizations", 1995) with the split found while
reading.

Scores themselves are whole numbers: a weight and an impact, both in steps of 2**-26, are
multiplied and added up. So a score is the same in any order, and with it every answer: one query
alone or in a batch, on one thread or several, in one segment or many.
"""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from matching.arrays import IntArray, Whole
from matching.topk.heap import Heap, kth_largest, offer, threshold

BITS = 26
"""Weights and impacts of scores are counted in steps of 2**-BITS: a float holds a product whole."""

FREQUENCIES = 64
"""Term frequencies are told apart up to one below this."""

STEPS = 255
"""Impacts in one byte are counted in steps of 1 / `STEPS`, to the nearest; none is less than 1."""

_COARSE = 22  # Weights that are added up are counted in steps of 2**-_COARSE.
_LEAST_STEP = 1 << (BITS - _COARSE)
_FULL_SCORE = 4000  # Scoring one document from its words takes about as long as so many postings.
_EXCLUDED = np.int32(-(1 << 31))


class Queries(NamedTuple):
    """Features of queries, called terms here, by falling weight.

    Query q has those from `starts[q]` to `starts[q + 1]`.

    `terms` are numbered from 0 within the batch; `weights` are in steps of 2**-BITS.
    """

    starts: IntArray
    terms: IntArray
    weights: IntArray


class Postings(NamedTuple):
    """The documents of one segment, numbered within it: term t's from `starts[t]` to `ends[t]`.

    `impacts` were made when the average length of documents was `1 / drift` of today's; `peaks`
    are the highest impact of each term.
    """

    first: int
    end: int
    drift: float
    starts: IntArray
    ends: IntArray
    peaks: IntArray
    documents: IntArray
    impacts: IntArray


class Documents(NamedTuple):
    """What scores need to know of all documents.

    The words of document d are `words[starts[d]:starts[d + 1]]`; word w has the features
    `features[feature_starts[w]:feature_starts[w + 1]]`, and `term_of` a feature is its number in
    the batch, or -1. The impact of a term with frequency f in a document of length class c is
    `impacts[c * FREQUENCIES + f]`.
    """

    classes: IntArray
    impacts: IntArray
    ranks: IntArray
    starts: IntArray
    words: IntArray
    counts: IntArray
    feature_starts: IntArray
    features: IntArray
    term_of: IntArray


class Scratch(NamedTuple):
    """Arrays to work in; `weights` and `frequencies` are all zero between queries.

    The terms of the query that word w has are `hits[hit_starts[w]:hit_ends[w]]`, where `stamps[w]`
    is the number of the query, `state[0]`; `state[1]` is how much of `hits` is used.
    """

    sums: IntArray
    weights: IntArray
    frequencies: IntArray
    asked: IntArray
    stamps: IntArray
    hit_starts: IntArray
    hit_ends: IntArray
    hits: IntArray
    state: IntArray


class Heaps(NamedTuple):
    """One heap for each query, a row each."""

    scores: IntArray
    ranks: IntArray
    documents: IntArray
    sizes: IntArray


@numba.njit(cache=True, nogil=True)
def search(
    queries: Queries,
    postings: Postings,
    documents: Documents,
    excluded_starts: IntArray,
    excluded: IntArray,
    heaps: Heaps,
    scratch: Scratch,
    first: Whole,
    end: int,
) -> None:
    """Offer the documents of a segment to the heaps of the queries from `first` to `end`."""
    for query in range(first, end):
        heap = Heap(
            heaps.scores[query],
            heaps.ranks[query],
            heaps.documents[query],
            heaps.sizes[query : query + 1],
        )
        bounds = queries.starts[query], queries.starts[query + 1]
        terms = queries.terms[bounds[0] : bounds[1]]
        weights = queries.weights[bounds[0] : bounds[1]]
        sums = scratch.sums[: postings.end - postings.first]
        sums[:] = 0
        for document in excluded[excluded_starts[query] : excluded_starts[query + 1]]:
            if postings.first <= document < postings.end:
                sums[document - postings.first] = _EXCLUDED
        ask(terms, weights, scratch)
        floor = max(_add_terms(terms, weights, postings, documents, heap, sums, scratch), 1)
        for at in range(len(sums)):
            if sums[at] >= floor:
                document = postings.first + at
                score = score_of(document, documents, scratch)
                if score > 0 and score >= threshold(heap):
                    offer(heap, score, documents.ranks[document], document)
        forget(terms, scratch)


@numba.njit(cache=True, nogil=True)
def _add_terms(
    terms: IntArray,
    weights: IntArray,
    postings: Postings,
    documents: Documents,
    heap: Heap,
    sums: IntArray,
    scratch: Scratch,
) -> Whole:
    """Add up the terms as far as need be; return the least sum that is still in the running."""
    size, k = len(sums), len(heap.scores)
    left, asked = np.int64(0), np.int64(0)
    unread: Whole = 0
    for at in range(len(terms)):
        weight = _rounded_up(weights[at])
        asked += weight
        left += weight * np.int64(postings.peaks[terms[at]])
        unread += postings.ends[terms[at]] - postings.starts[terms[at]]
    # A sum may be too low by half a step of each impact, and too high by one of each impact (those
    # that were next to nothing) and of each weight. Beside that, it may be off by the drift.
    too_low, too_high = asked // 2 + 1, asked + np.int64(STEPS) * len(terms)
    drift = max(postings.drift, 1 / postings.drift) * 1.0000001
    best = threshold(heap)  # The score to be reached, in steps of scores.
    read: Whole = 0
    next_look: Whole = size // 2
    next_count: Whole = size // 2
    for at in range(len(terms)):
        term, weight = terms[at], np.int32(_rounded_up(weights[at]))
        first, end = np.uint64(postings.starts[term]), np.uint64(postings.ends[term])
        for entry in range(first, end):
            sums[postings.documents[entry]] += weight * np.int32(postings.impacts[entry])
        length = np.int64(end - first)
        read, unread = read + length, unread - length
        left -= np.int64(weight) * np.int64(postings.peaks[term])
        if unread < size // 4 or read < next_count:
            continue
        next_count = read + size // 2
        if read >= next_look:
            next_look = read + size // 2 + read // 3
            leading = kth_largest(sums, k)
            if leading > 0 and left < 4 * leading:
                best = max(best, _kth_score(leading, k, sums, postings.first, documents, scratch))
            floor = _as_sum(best, drift) - too_low - left
            if floor > 0 and _count_from(sums, floor) * _FULL_SCORE < unread:
                return floor
    reached = np.int64((kth_largest(sums, k) - too_high) / drift / drift)
    return max(_as_sum(best, drift), reached) - too_low


@numba.njit(cache=True, nogil=True)
def _rounded_up(weight: int) -> Whole:
    """Return a weight in the steps that sums are made of."""
    return weight // _LEAST_STEP + 1


@numba.njit(cache=True, nogil=True)
def _count_from(sums: IntArray, floor: Whole) -> Whole:
    """Return how many sums are at least `floor`."""
    least = np.int32(min(floor, np.int64(2147483647)))
    found = np.int32(0)
    for value in sums:
        found += value >= least
    return np.int64(found)


@numba.njit(cache=True, nogil=True)
def _as_sum(score: Whole, drift: float) -> Whole:
    """Return the least sum of a document with a score."""
    return np.int64((score >> (2 * BITS - _COARSE)) * STEPS / drift)


@numba.njit(cache=True, nogil=True)
def _kth_score(
    leading: Whole, k: Whole, sums: IntArray, first: Whole, documents: Documents, scratch: Scratch
) -> Whole:
    """Return a score that k documents reach: the least of those with the highest sums so far."""
    found = 0
    least: Whole = np.int64(1) << 62
    for at in range(len(sums)):
        if sums[at] >= leading:
            least = min(least, score_of(first + at, documents, scratch))
            found += 1
            if found == k:
                break
    return least if found == k else np.int64(0)


@numba.njit(cache=True, nogil=True)
def score_of(document: Whole, documents: Documents, scratch: Scratch) -> Whole:
    """Return the score of one document, from its words; `scratch.weights` are the query's."""
    frequencies, asked = scratch.frequencies, scratch.asked
    found = 0
    for at in range(documents.starts[document], documents.starts[document + 1]):
        word, count = documents.words[at], np.int32(documents.counts[at])
        if scratch.stamps[word] != scratch.state[0]:
            _find_hits(word, documents, scratch)
        for spot in range(scratch.hit_starts[word], scratch.hit_ends[word]):
            term = scratch.hits[spot]
            if frequencies[term] == 0:
                asked[found] = term
                found += 1
            frequencies[term] += count
    row = np.int64(documents.classes[document]) * FREQUENCIES
    score = np.int64(0)
    for at in range(found):
        term = asked[at]
        spot = row + min(frequencies[term], FREQUENCIES - 1)
        score += scratch.weights[term] * np.int64(documents.impacts[spot])
        frequencies[term] = 0
    return score


@numba.njit(cache=True, nogil=True)
def _find_hits(word: Whole, documents: Documents, scratch: Scratch) -> None:
    """Note the terms of the query that a word has, for all documents with that word."""
    used = scratch.state[1]
    scratch.stamps[word] = scratch.state[0]
    scratch.hit_starts[word] = used
    for spot in range(documents.feature_starts[word], documents.feature_starts[word + 1]):
        term = documents.term_of[documents.features[spot]]
        if term >= 0 and scratch.weights[term] > 0:
            scratch.hits[used] = term
            used += 1
    scratch.hit_ends[word] = used
    scratch.state[1] = used


@numba.njit(cache=True, nogil=True)
def ask(terms: IntArray, weights: IntArray, scratch: Scratch) -> None:
    """Make a query the one that documents are scored for."""
    scratch.state[0] += 1
    scratch.state[1] = 0
    for at in range(len(terms)):
        scratch.weights[terms[at]] = weights[at]


@numba.njit(cache=True, nogil=True)
def forget(terms: IntArray, scratch: Scratch) -> None:
    """Make room for the next query."""
    for term in terms:
        scratch.weights[term] = 0
