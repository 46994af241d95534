"""The inner loops that find the best documents for one query, compiled when first used."""

from __future__ import annotations

import numpy as np

from matching.arrays import FloatArray, IntArray, SingleArray
from matching.loops import njit

_BLOCK = 1 << 16  # Places.
_NO_PLACE = np.int32(0x7FFFFFFF)


@njit(cache=True, nogil=True, error_model="numpy")
def add_terms(  # noqa: C901 - calls for each word would take longer than the adding
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

    The rest is as in `compiled.add_up`. Places are taken in blocks, so that what is written to
    stays in the processor's cache. The word with most postings comes last, when what a document
    says about the term is known.
    """
    next_row = row_starts.copy()
    next_place = _first_places(row_starts, row_ends, places)
    longest = _longest(terms, term_starts, row_ends - row_starts)
    for end in range(_BLOCK, len(sums) + _BLOCK, _BLOCK):
        for term in terms:
            last, found = longest[term], 0
            for word in range(term_starts[term], term_starts[term + 1]):
                if next_place[word] >= end or word == last:
                    continue
                value, at, most = likeness[word], next_row[word], row_ends[word]
                while at < most and places[at] < end:
                    place = places[at]
                    if frequency[place] == 0:
                        touched[found] = place
                        found += 1
                    frequency[place] += value * counts[at]
                    at += 1
                next_row[word] = at
                next_place[word] = places[at] if at < most else _NO_PLACE
            weight = weights[term]
            if last >= 0:
                at, most = next_row[last], row_ends[last]
                value = likeness[last]
                while at < most and places[at] < end:
                    frequency[places[at]] += value * counts[at]
                    _add_share(places[at], weight, pivots, frequency, sums)
                    at += 1
                next_row[last] = at
            for at in range(found):
                _add_share(touched[at], weight, pivots, frequency, sums)


@njit(cache=True, nogil=True, error_model="numpy")
def _add_share(
    place: int, weight: float, pivots: SingleArray, frequency: IntArray, sums: SingleArray
) -> None:
    """Add what a document says about a term, which stands in it `frequency` times, once."""
    said = np.float32(frequency[place])
    frequency[place] = 0
    sums[place] += weight * (said / (said + pivots[place]))


@njit(cache=True, nogil=True)
def _first_places(row_starts: IntArray, row_ends: IntArray, places: IntArray) -> IntArray:
    """Return the first place of each word."""
    first = np.full(len(row_starts), _NO_PLACE, dtype=np.int32)
    for word in range(len(first)):
        if row_starts[word] < row_ends[word]:
            first[word] = places[row_starts[word]]
    return first


@njit(cache=True, nogil=True)
def _longest(terms: IntArray, term_starts: IntArray, sizes: IntArray) -> IntArray:
    """Return for each of some terms the word with most postings, -1 where it has no word."""
    longest = np.full(len(term_starts) - 1, -1, dtype=np.int64)
    for term in terms:
        for word in range(term_starts[term], term_starts[term + 1]):
            if longest[term] < 0 or sizes[word] > sizes[longest[term]]:
                longest[term] = word
    return longest


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
def make_shares(weights: FloatArray, starts: IntArray) -> None:
    """Divide the weights of each query's terms, which begin at `starts`, by their sum."""
    for query in range(len(starts) - 1):
        whole = 0.0
        for term in range(starts[query], starts[query + 1]):
            whole += weights[term]
        for term in range(starts[query], starts[query + 1]):
            weights[term] /= whole


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
