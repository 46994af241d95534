"""The inner loops that find the best documents for one query, compiled when first used."""

from __future__ import annotations

import numpy as np

from matching.arrays import FloatArray, IntArray, SingleArray
from matching.loops import njit


@njit(cache=True, nogil=True)
def add_terms(
    terms: IntArray,
    weights: SingleArray,
    term_starts: IntArray,
    likeness: IntArray,
    row_starts: IntArray,
    row_ends: IntArray,
    places: IntArray,
    counts: IntArray,
    pivots: SingleArray,
    frequency: IntArray,
    touched: IntArray,
    sums: SingleArray,
) -> None:
    """Add what some terms of a query find to `sums`, with the small errors of single precision.

    The rest is as in `compiled.add_up`.
    """
    for term in terms:
        weight = weights[term]
        found = 0
        for word in range(term_starts[term], term_starts[term + 1]):
            value = likeness[word]
            for at in range(row_starts[word], row_ends[word]):
                place = places[at]
                before = frequency[place]
                frequency[place] = before + value * counts[at]
                touched[found] = place
                found += before == 0
        for at in range(found):
            place = touched[at]
            said = np.float32(frequency[place])
            frequency[place] = 0
            sums[place] += weight * (said / (said + pivots[place]))


@njit(cache=True, nogil=True)
def scores_at(
    places: IntArray,
    numbers: IntArray,
    terms: IntArray,
    likeness: IntArray,
    weights: FloatArray,
    row_starts: IntArray,
    items: IntArray,
    counts: IntArray,
    pivots: FloatArray,
) -> FloatArray:
    """Return the scores of the documents at `places`, the same to the last bit as of all.

    Word `numbers[n]` (rising, with repeats) may stand for `terms[n]`; the words of a document are
    the `items` from `row_starts[place]`.
    """
    frequency = np.zeros(len(weights), dtype=np.int32)
    scores = np.zeros(len(places), dtype=np.float64)
    for row in range(len(places)):
        place = places[row]
        for at in range(row_starts[place], row_starts[place + 1]):
            entry = np.searchsorted(numbers, items[at])
            while entry < len(numbers) and numbers[entry] == items[at]:
                frequency[terms[entry]] += likeness[entry] * counts[at]
                entry += 1
        for term in range(len(weights)):
            if frequency[term] > 0:
                said = np.float64(frequency[term])
                frequency[term] = 0
                share = np.float32(said / (said + pivots[place]))
                scores[row] += weights[term] * np.float64(share)
    return scores


@njit(cache=True, nogil=True)
def rank_of(values: SingleArray | FloatArray, limit: int) -> float:
    """Return the value of rank `limit`, or 0 when fewer are positive."""
    heap = np.zeros(max(limit, 1), dtype=values.dtype)
    least = heap[0]
    for value in values:
        if value > least:
            at = 0
            while True:
                child = 2 * at + 1
                if child >= limit:
                    break
                if child + 1 < limit and heap[child + 1] < heap[child]:
                    child += 1
                if heap[child] >= value:
                    break
                heap[at] = heap[child]
                at = child
            heap[at] = value
            least = heap[0]
    return float(least)
