"""The compiled inner loops: the exact best documents of many queries over an inverted index.

Imported only when first needed, since numba takes its time to load; compiled once a machine and
kept on disk.

How a query is answered. What its terms say about each document is added up in single precision,
frequent terms in rounded steps. The documents with the highest sums are scored in full, each from
its own list of terms, in double precision and in the order of the query's terms; the k-th best
score is the threshold. How much too low a sum may be is known, and a document that does not reach
the threshold even with that cannot be among the best. The few others are scored in full as well. So
sums only decide who may be among the best.

Why it looks as it does. Indices are unsigned, so that no code for negative ones is made. Arrays
are taken out of their tuples before a loop, since each access counts references.
"""

from __future__ import annotations

import numpy as np

from matching.arrays import IntArray, SingleArray
from matching.best_kept import Heap, Whole, empty, make_heap, worst
from matching.kernel_highest import find_peaks, kth_highest
from matching.kernel_scores import score_from
from matching.kernel_sums import add, add_rows, blank
from matching.kernel_types import Found, Frequent, Index, Lists, Queries, Query, Scratch
from matching.loops import njit

_ONE = np.uint64(1)


@njit(cache=True, nogil=True)
def ends_of(items: IntArray, size: Whole) -> IntArray:
    """Return where the lists of `size` items end and the next begin, from 0, when each has its own.

    Numpy's count would first make a copy twice as large.
    """
    ends = np.zeros(size + 1, np.int64)
    for entry in range(np.uint64(items.size)):
        ends[items[entry] + _ONE] += 1
    for item in range(np.uint64(size)):
        ends[item + _ONE] += ends[item]
    return ends


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
    best = make_heap(found.places.shape[1])
    for number in range(np.uint64(first), np.uint64(last)):
        begin = np.uint64(queries.starts[number])
        end = np.uint64(queries.starts[number + _ONE])
        weights = queries.weights[begin:end]
        query = Query(queries.terms[begin:end], weights, weights.astype(np.float32))
        if _enter(query, scratch.position):
            _answer(index, query, scratch, best)
            found.counts[number] = empty(best, found.places[number], found.scores[number])
        else:
            found.counts[number] = -1
        _leave(query, scratch.position)


@njit(cache=True, nogil=True)
def _answer(index: Index, query: Query, scratch: Scratch, best: Heap) -> None:
    """Fill `best`, as told above."""
    rare, often = _parted(index.frequent, query)
    blank(scratch.sums, index.excluded)
    add(index.postings, query, rare, scratch.sums)
    too_low = add_rows(index.frequent, query, often, scratch.sums)
    find_peaks(scratch.sums, scratch.peaks)
    score_from(
        kth_highest(scratch.sums, scratch.peaks, best.scores.size), index, query, scratch, best
    )
    threshold = worst(best) * (1.0 - index.margin)
    score_from((threshold - too_low) * (1.0 - index.margin), index, query, scratch, best)


@njit(cache=True, nogil=True)
def _parted(frequent: Frequent, query: Query) -> tuple[IntArray, IntArray]:
    """Return where in the query the terms without a row stand, and where those with one."""
    rows = frequent.row_of[query.terms]
    return np.flatnonzero(rows < 0).view(np.uint64), np.flatnonzero(rows >= 0).view(np.uint64)


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
