"""Scoring documents in full, each from its own list of terms; compiled."""

from __future__ import annotations

import numpy as np

from matching.arrays import IntArray, SingleArray
from matching.best_kept import Heap, Real, Whole, offer
from matching.kernel_highest import replace_lowest
from matching.kernel_types import Index, Lists, Query, Scratch
from matching.loops import njit

_OUT = np.float32(-np.inf)  # The sum of a document that shall not come out again.
_ZERO, _ONE = np.uint64(0), np.uint64(1)


@njit(cache=True, nogil=True, fastmath={"reassoc"})
def score(
    index: Index, query: Query, scratch: Scratch, kept: Whole, more: Whole, highest: SingleArray
) -> Whole:
    """Score the places after those kept, from their own lists of terms; return how many now."""
    starts, items, values = index.documents.starts, index.documents.items, index.documents.values
    singles, position, sums = query.singles, scratch.position, scratch.sums
    places, scores = scratch.kept, scratch.scores
    for number in range(np.uint64(kept), np.uint64(kept + more)):
        place = places[number]
        score = np.float32(0)
        for entry in range(np.uint64(starts[place]), np.uint64(starts[place + _ONE])):
            score += singles[position[items[entry]]] * values[entry]
        scores[number] = score
        sums[place] = _OUT
        if score > highest[_ZERO]:
            replace_lowest(highest, score)
    return kept + more


@njit(cache=True, nogil=True)
def choose(
    index: Index, query: Query, scratch: Scratch, kept: Whole, threshold: Real, best: Heap
) -> None:
    """Fill `best` from those kept, by scores to the last bit."""
    places, scores = scratch.kept, scratch.scores
    lowest = threshold * (1.0 - 2 * index.margin)
    for number in range(np.uint64(kept)):
        if scores[number] >= lowest:
            place = places[number]
            score = _exact(index.documents, query, scratch.position, place)
            offer(best, score, index.order[place], place)


@njit(cache=True, nogil=True)
def _exact(documents: Lists, query: Query, position: IntArray, place: Whole) -> Real:
    """Return a document's score: double precision, added up in the order of the query."""
    items, values = documents.items, documents.values
    begin, end = np.uint64(documents.starts[place]), np.uint64(documents.starts[place + _ONE])
    shared, at = np.empty(end - begin, np.uint64), np.empty(end - begin, np.uint64)
    size = np.uint64(0)
    for entry in range(begin, end):
        standing = np.uint64(position[items[entry]])
        if standing != _ZERO:
            slot: Whole = size
            while slot > _ZERO and shared[slot - _ONE] > standing:
                shared[slot], at[slot] = shared[slot - _ONE], at[slot - _ONE]
                slot -= _ONE
            shared[slot], at[slot] = standing, entry
            size += _ONE
    score = 0.0
    for slot in range(size):
        score += query.weights[shared[slot] - _ONE] * np.float64(values[at[slot]])
    return score
