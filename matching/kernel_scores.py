"""Scoring documents in full, each from its own list of terms; compiled."""

from __future__ import annotations

import numpy as np

from matching.arrays import FloatArray, IntArray
from matching.best_kept import Heap, Real, Whole, offer
from matching.kernel_highest import LEAST
from matching.kernel_types import CHUNK, Index, Lists, Query, Scratch
from matching.loops import njit

_OUT = np.float32(-np.inf)  # The sum of a document that shall not come out again.
_ZERO, _ONE, _CHUNK = np.uint64(0), np.uint64(1), np.uint64(CHUNK)


@njit(cache=True, nogil=True)
def score_from(lowest: Real, index: Index, query: Query, scratch: Scratch, best: Heap) -> None:
    """Offer `best` each document whose sum is not below `lowest`, and forget that sum."""
    sums, peaks = scratch.sums, scratch.peaks
    said = np.zeros(query.terms.size + 1, np.float64)
    least = max(LEAST, np.float32(lowest))
    for chunk in range(np.uint64(peaks.size)):
        if peaks[chunk] >= least:
            for place in range(chunk * _CHUNK, (chunk + _ONE) * _CHUNK):
                if sums[place] >= least:
                    sums[place] = _OUT
                    score = _score(index.documents, query, scratch.position, place, said)
                    offer(best, score, index.order[place], place)


@njit(cache=True, nogil=True)
def _score(
    documents: Lists, query: Query, position: IntArray, place: Whole, said: FloatArray
) -> Real:
    """Return a document's score: double precision, added up in the order of the query.

    `said` has room for what the document says about each term, from 1; all else it says comes to 0.
    """
    items, values, weights = documents.items, documents.values, query.weights
    for entry in range(
        np.uint64(documents.starts[place]), np.uint64(documents.starts[place + _ONE])
    ):
        said[position[items[entry]]] = values[entry]
    score = 0.0
    for number in range(np.uint64(weights.size)):
        score += weights[number] * said[number + _ONE]
        said[number + _ONE] = 0.0
    return score
