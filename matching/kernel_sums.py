"""Adding up: what each term of a query says about each document, in single precision; compiled.

A term in few documents has a list of them. A frequent one has a row with a byte for each document:
the machine adds such a row up many documents at a time, in less than it takes to find the places
of a tenth of them, and reads less memory.
"""

from __future__ import annotations

import numpy as np

from matching.arrays import IntArray, SingleArray
from matching.best_kept import Real
from matching.kernel_types import Frequent, Lists, Query
from matching.loops import njit

MOST_ROUNDED = 0.501
"""Steps that a level may be below its value: a half, and what single precision makes of it."""

_OUT = np.float32(-np.inf)  # The sum of a document that shall not come out.
_HALF = np.float32(0.5)
_ZERO, _ONE, _TWO, _THREE, _FOUR = (np.uint64(number) for number in range(5))


@njit(cache=True, nogil=True)
def fill_levels(postings: Lists, terms: IntArray, steps: SingleArray, levels: IntArray) -> None:
    """Write the rows of the frequent terms; they are 0 before."""
    starts, items, values = postings.starts, postings.items, postings.values
    for number in range(np.uint64(terms.size)):
        term = terms[number]
        row, step = levels[number], steps[number]
        for entry in range(np.uint64(starts[term]), np.uint64(starts[term + _ONE])):
            row[items[entry]] = max(np.int32(values[entry] / step + _HALF), np.int32(1))


@njit(cache=True, nogil=True)
def blank(sums: SingleArray, excluded: IntArray) -> None:
    """Set the sums to zero, and those of excluded documents so low that they never come out."""
    sums[:] = np.float32(0)
    for number in range(np.uint64(excluded.size)):
        sums[excluded[number]] = _OUT


@njit(cache=True, nogil=True)
def add(postings: Lists, query: Query, chosen: IntArray, sums: SingleArray) -> None:
    """Add the parts of the chosen terms to the sums.

    Four at a time, so that the machine need not wait for each: no place comes twice in a term.
    """
    starts, items, values = postings.starts, postings.items, postings.values
    terms, singles = query.terms, query.singles
    for number in range(np.uint64(chosen.size)):
        at = chosen[number]
        weight = singles[at]
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
def add_rows(frequent: Frequent, query: Query, chosen: IntArray, sums: SingleArray) -> Real:
    """Add the parts of the chosen frequent terms; return how much too low a sum may be.

    Four at a time, so that the sums are read and written less often.
    """
    rows, weights = _weighted_rows(frequent, query, chosen)
    too_low = 0.0
    levels = frequent.levels
    for number in range(_ZERO, np.uint64(rows.size), _FOUR):
        a, b = levels[rows[number]], levels[rows[number + _ONE]]
        c, d = levels[rows[number + _TWO]], levels[rows[number + _THREE]]
        for_a, for_b = weights[number], weights[number + _ONE]
        for_c, for_d = weights[number + _TWO], weights[number + _THREE]
        too_low += MOST_ROUNDED * (np.float64(for_a) + for_b + for_c + for_d)
        for place in range(np.uint64(sums.size)):
            sums[place] += (for_a * np.float32(a[place]) + for_b * np.float32(b[place])) + (
                for_c * np.float32(c[place]) + for_d * np.float32(d[place])
            )
    return too_low


@njit(cache=True, nogil=True)
def _weighted_rows(
    frequent: Frequent, query: Query, chosen: IntArray
) -> tuple[IntArray, SingleArray]:
    """Return the rows and what a step counts there: a multiple of four, filled up with nothing."""
    size = (np.uint64(chosen.size) + _THREE) & ~_THREE
    rows, weights = np.zeros(size, np.uint32), np.zeros(size, np.float32)
    for number in range(np.uint64(chosen.size)):
        at = chosen[number]
        row = np.uint32(frequent.row_of[query.terms[at]])
        rows[number] = row
        weights[number] = query.singles[at] * frequent.steps[row]
    return rows, weights
