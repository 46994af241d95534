"""The compiled inner loops: the exact best documents of many queries over an inverted index.

Imported only when first needed, since numba takes its time to load; compiled once a machine and
kept on disk.

How a query is answered. Its terms are ordered by worth: how much they can add to a score for each
document they are in; rare, strong terms come first. Their impacts are added up in single
precision, stage by stage. After each stage the documents with the highest sums so far are scored
in full, each from its own list of terms; the k-th best score is the threshold. What the remaining
terms can add at most is known, and a document whose sum so far does not reach the threshold even
with all of that cannot be among the best. When few others are left, these are scored in full as
well, and the postings of the frequent, weak terms are never read. Single precision only decides
who may be among the best, with a margin for its rounding. The scores that count are made last, in
double precision, in the order of the query's terms.

Why it looks as it does. Indices are unsigned, so that no code for negative ones is made. Arrays
are taken out of their tuples before a loop, since each access counts references.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.arrays import FloatArray, IntArray, SingleArray
from matching.best_kept import Heap, Real, Whole, empty, make_heap, offer
from matching.loops import njit

CHUNK = 128
"""Sums looked through at a time; `Scratch.sums` has a multiple of it."""

_FINISH = 1000  # Scoring one document in full takes about as long as adding up so many postings.
_FIRST = 2  # The first stage reads one in so many postings.
_SHARES = (0.25, 0.0)  # What the rest may add after each later stage, in thresholds.
_OUT = np.float32(-np.inf)  # The sum of a document that shall not, or not again, come out.
_LEAST = np.float32(1e-37)  # Below every true sum.
_ZERO, _ONE, _TWO, _THREE, _FOUR = (np.uint64(number) for number in range(5))
_CHUNK = np.uint64(CHUNK)


class Lists(NamedTuple):
    """Flat lists: of key i, `items[starts[i]:starts[i + 1]]` with `values` beside them."""

    starts: IntArray
    items: IntArray
    values: SingleArray


class Scratch(NamedTuple):
    """Room to work in, one for each thread.

    `sums` has one for each document and `peaks` the highest of each chunk of them; `position` one
    for each term: where it stands in the query, from 1, and 0 between queries. `kept` and `scores`
    have room for all documents: those scored in full.
    """

    sums: SingleArray
    peaks: SingleArray
    position: IntArray
    kept: IntArray
    scores: SingleArray


class Index(NamedTuple):
    """What is searched: postings of the terms, terms of the documents, and what else is known.

    `peaks` has each term's highest value, `order` each document's rank among equals, `excluded`
    the places that must not come out; `margin` is the greatest relative rounding of a sum.
    """

    postings: Lists
    documents: Lists
    peaks: SingleArray
    order: IntArray
    excluded: IntArray
    margin: float


class Queries(NamedTuple):
    """What is asked: query i has `terms[starts[i]:starts[i + 1]]` with `weights` beside them."""

    starts: IntArray
    terms: IntArray
    weights: FloatArray


class Found(NamedTuple):
    """Room for the answers: a row for each query, best first, and how many there are."""

    places: IntArray
    scores: FloatArray
    counts: IntArray


class Query(NamedTuple):
    """A query: its terms, their weights in both precisions (single from 1; 0 is no term)."""

    terms: IntArray
    weights: FloatArray
    singles: SingleArray


@njit(cache=True, nogil=True)
def transpose(postings: Lists, ends: IntArray, terms: IntArray, values: SingleArray) -> None:
    """Write each document's terms, rising, and values; `ends` has where its list begins."""
    for term in range(np.uint64(postings.starts.size - 1)):
        for entry in range(
            np.uint64(postings.starts[term]), np.uint64(postings.starts[term + _ONE])
        ):
            place = postings.items[entry]
            at = np.uint64(ends[place])
            terms[at] = term
            values[at] = postings.values[entry]
            ends[place] += 1


@njit(cache=True, nogil=True)
def rank(
    index: Index, queries: Queries, scratch: Scratch, found: Found, first: Whole, last: Whole
) -> None:
    """Answer the queries from `first` to before `last`; a term asked for twice gives count -1."""
    k = found.places.shape[1]
    best, highest = make_heap(k), np.zeros(k, np.float32)
    for number in range(np.uint64(first), np.uint64(last)):
        begin = np.uint64(queries.starts[number])
        end = np.uint64(queries.starts[number + _ONE])
        query = _query(queries.terms[begin:end], queries.weights[begin:end])
        if _enter(query, scratch.position):
            _blank(scratch.sums, index.excluded)
            kept = _keep(index, query, scratch, highest)
            _choose(index, query, scratch, kept, highest[0], best)
            found.counts[number] = empty(best, found.places[number], found.scores[number])
        else:
            found.counts[number] = -1
        _leave(query, scratch.position)


@njit(cache=True, nogil=True)
def _keep(index: Index, query: Query, scratch: Scratch, highest: SingleArray) -> Whole:
    """Score in full whatever may be among the best, in the stages told of above; return how many.

    `highest` has the k highest of these scores, the lowest first, as a heap.
    """
    by_worth, rest, left = _plan(index, query)
    kept: Whole = 0
    done: Whole = 0
    wanted, stage = _first_stage(left, highest.size), 0
    highest[:] = 0
    while rest[wanted] > 0.0:
        _add(index.postings, query, by_worth[done:wanted], scratch.sums)
        done = wanted
        _find_peaks(scratch.sums, scratch.peaks)
        high = _kth_highest(scratch.sums, scratch.peaks, highest.size)
        kept = _score(
            index, query, scratch, kept, _collect(scratch, kept, high, scratch.sums.size), highest
        )
        threshold = highest[0] * (1.0 - index.margin)
        if rest[done] < threshold:
            lowest = (threshold - rest[done]) * (1.0 - index.margin)
            more = _collect(scratch, kept, lowest, left[done] // _FINISH)
            if more >= 0:
                return _score(index, query, scratch, kept, more, highest)
        wanted = max(done, _enough(rest, _SHARES[stage] * threshold))
        stage += 1
    _add(index.postings, query, by_worth[done:], scratch.sums)
    _find_peaks(scratch.sums, scratch.peaks)
    high = max(_kth_highest(scratch.sums, scratch.peaks, highest.size), highest[0])
    lowest = high * (1.0 - 2 * index.margin)
    more = _collect(scratch, kept, lowest, scratch.sums.size)
    return _score(index, query, scratch, kept, more, highest)


@njit(cache=True, nogil=True)
def _query(terms: IntArray, weights: FloatArray) -> Query:
    """Return a query with its weights in single precision too."""
    singles = np.zeros(weights.size + 1, np.float32)
    singles[1:] = weights
    return Query(terms, weights, singles)


@njit(cache=True, nogil=True)
def _enter(query: Query, position: IntArray) -> bool:
    """Note where in the query each term stands; False when one stands there twice."""
    for number in range(np.uint64(query.terms.size)):
        if position[query.terms[number]] != 0:
            return False
        position[query.terms[number]] = number + _ONE
    return True


@njit(cache=True, nogil=True)
def _leave(query: Query, position: IntArray) -> None:
    """Forget where the terms stand."""
    for number in range(np.uint64(query.terms.size)):
        position[query.terms[number]] = 0


@njit(cache=True, nogil=True)
def _blank(sums: SingleArray, excluded: IntArray) -> None:
    """Set the sums to zero, and those of excluded documents so low that they never come out."""
    sums[:] = np.float32(0)
    for number in range(np.uint64(excluded.size)):
        sums[excluded[number]] = _OUT


@njit(cache=True, nogil=True)
def _plan(index: Index, query: Query) -> tuple[IntArray, FloatArray, IntArray]:
    """Order the terms by worth; tell what those from each on can add, and how many postings."""
    size = np.uint64(query.terms.size)
    bounds = np.empty(size, np.float64)
    lengths = np.empty(size, np.int64)
    worth = np.empty(size, np.float32)
    for number in range(np.uint64(size)):
        term = query.terms[number]
        lengths[number] = index.postings.starts[term + _ONE] - index.postings.starts[term]
        bounds[number] = query.weights[number] * index.peaks[term]
        worth[number] = bounds[number] / max(1, lengths[number])
    by_worth = _descending(worth)
    rest = np.zeros(size + _ONE, np.float64)
    left = np.zeros(size + _ONE, np.int64)
    for step in range(size):
        at = size - _ONE - step
        rest[at] = rest[at + _ONE] + bounds[by_worth[at]] * (1.0 + 1e-9)
        left[at] = left[at + _ONE] + lengths[by_worth[at]]
    return by_worth, rest, left


@njit(cache=True, nogil=True)
def _descending(worth: SingleArray) -> IntArray:
    """Order by worth, highest first, by a quarter of a doubling: the bits of a float tell it."""
    levels = worth.view(np.uint32) >> np.uint32(21)
    ends = np.zeros(1024, np.uint64)
    for number in range(np.uint64(levels.size)):
        ends[np.uint32(1022) - levels[number]] += _ONE
    for level in range(_ONE, np.uint64(1024)):
        ends[level] += ends[level - _ONE]
    ordered = np.empty(levels.size, np.uint64)
    for number in range(np.uint64(levels.size)):
        at = ends[np.uint32(1021) - levels[number]]
        ordered[at] = number
        ends[np.uint32(1021) - levels[number]] = at + _ONE
    return ordered


@njit(cache=True, nogil=True)
def _first_stage(left: IntArray, k: Whole) -> Whole:
    """Return how many terms to start with: all when a look ahead would cost more than it saves."""
    if left[0] <= 2 * _FINISH * k:
        return left.size - 1
    goal = left[0] - max(left[0] // _FIRST, 8 * k)
    for number in range(np.uint64(left.size)):
        if left[number] <= goal:
            return np.int64(number)
    return left.size - 1


@njit(cache=True, nogil=True)
def _enough(rest: FloatArray, limit: Real) -> Whole:
    """Return how many terms leave a rest of at most `limit`."""
    low, high = 0, rest.size - 1
    while low < high:
        middle = (low + high) // 2
        if rest[np.uint64(middle)] <= limit:
            high = middle
        else:
            low = middle + 1
    return low


@njit(cache=True, nogil=True)
def _add(postings: Lists, query: Query, chosen: IntArray, sums: SingleArray) -> None:
    """Add the parts of the chosen terms to the sums.

    Four at a time, so that the machine need not wait for each: no place comes twice in a term.
    """
    starts, items, values = postings.starts, postings.items, postings.values
    terms, singles = query.terms, query.singles
    for number in range(np.uint64(chosen.size)):
        at = chosen[number]
        weight = singles[at + _ONE]
        begin, end = np.uint64(starts[terms[at]]), np.uint64(starts[terms[at] + _ONE])
        fours = begin + ((end - begin) & ~_THREE)
        for entry in range(begin, fours, _FOUR):
            a, b = items[entry], items[entry + _ONE]
            c, d = items[entry + _TWO], items[entry + _THREE]
            sum_a = sums[a] + weight * values[entry]
            sum_b = sums[b] + weight * values[entry + _ONE]
            sum_c = sums[c] + weight * values[entry + _TWO]
            sum_d = sums[d] + weight * values[entry + _THREE]
            sums[a], sums[b], sums[c], sums[d] = sum_a, sum_b, sum_c, sum_d
        for entry in range(fours, end):
            sums[items[entry]] += weight * values[entry]


@njit(cache=True, nogil=True)
def _find_peaks(sums: SingleArray, peaks: SingleArray) -> None:
    """Write the highest sum of each chunk, or 0.

    Read as integers, numbers from 0 up have the same order, and only for integers the compiler
    finds the highest with vector instructions.
    """
    sums_as_bits, peaks_as_bits = sums.view(np.int32), peaks.view(np.int32)
    for chunk in range(np.uint64(peaks.size)):
        bits = sums_as_bits[chunk * _CHUNK : (chunk + _ONE) * _CHUNK]
        peak = np.int32(0)
        for number in range(_CHUNK):
            peak = max(peak, bits[number])
        peaks_as_bits[chunk] = peak


@njit(cache=True, nogil=True)
def _kth_highest(sums: SingleArray, peaks: SingleArray, k: Whole) -> Real:
    """Return the k-th highest sum, or a number below all when there are fewer."""
    highest: SingleArray = np.full(k, _LEAST, np.float32)
    for chunk in range(np.uint64(peaks.size)):
        if peaks[chunk] > highest[_ZERO]:
            for place in range(chunk * _CHUNK, (chunk + _ONE) * _CHUNK):
                if sums[place] > highest[_ZERO]:
                    _replace_lowest(highest, sums[place])
    kth: Real = highest[_ZERO]
    return kth


@njit(cache=True, nogil=True)
def _replace_lowest(heap: SingleArray, value: Real) -> None:
    """Put a value in place of the lowest, which stands first, in a heap."""
    at, size = _ZERO, np.uint64(heap.size)
    while True:
        below = at * _TWO + _ONE
        if below >= size:
            break
        if below + _ONE < size and heap[below + _ONE] < heap[below]:
            below += _ONE
        if heap[below] >= value:
            break
        heap[at] = heap[below]
        at = below
    heap[at] = value


@njit(cache=True, nogil=True)
def _collect(scratch: Scratch, kept: Whole, lowest: Real, most: Whole) -> Whole:
    """Write, after those kept, all places whose sum is not below `lowest`; -1 if over `most`."""
    sums, peaks, places = scratch.sums, scratch.peaks, scratch.kept
    least = max(_LEAST, np.float32(lowest))
    begin = np.uint64(kept)
    at, limit = begin, begin + np.uint64(most)
    for chunk in range(np.uint64(peaks.size)):
        if peaks[chunk] >= least:
            for place in range(chunk * _CHUNK, (chunk + _ONE) * _CHUNK):
                if sums[place] >= least:
                    if at == limit:
                        return -1
                    places[at] = place
                    at += _ONE
    return np.int64(at - begin)


@njit(cache=True, nogil=True, fastmath={"reassoc"})
def _score(
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
            _replace_lowest(highest, score)
    return kept + more


@njit(cache=True, nogil=True)
def _choose(
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
