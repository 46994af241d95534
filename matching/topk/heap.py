"""The k best documents so far, the worst first: a binary heap in three arrays, compiled.

A document is worse than another when its score is lower, or the same and its rank among the ids
higher. So what is kept does not depend on the order in which documents are offered.
"""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from matching.arrays import IntArray, Whole


class Heap(NamedTuple):
    """Room for k documents of one query, of which `size[0]` are there."""

    scores: IntArray
    ranks: IntArray
    documents: IntArray
    size: IntArray


@numba.njit(cache=True, nogil=True)
def offer(heap: Heap, score: Whole, rank: Whole, document: Whole) -> None:
    """Take a document in when there is room, or when it is better than the worst."""
    size = heap.size[0]
    if size < len(heap.scores):
        heap.size[0] = size + 1
        _sift_up(heap, size, score, rank, document)
    elif _is_worse(heap.scores[0], heap.ranks[0], score, rank):
        _sift_down(heap, size, score, rank, document)


@numba.njit(cache=True, nogil=True)
def threshold(heap: Heap) -> Whole:
    """Return the score that a document must have to come in: 0 while there is room."""
    return heap.scores[0] if heap.size[0] == len(heap.scores) else np.int64(0)


@numba.njit(cache=True, nogil=True)
def sort(heap: Heap) -> None:
    """Turn the heap into a list, best first."""
    for last in range(heap.size[0] - 1, 0, -1):
        score, rank, document = heap.scores[last], heap.ranks[last], heap.documents[last]
        _put(heap, last, heap.scores[0], heap.ranks[0], heap.documents[0])
        _sift_down(heap, last, score, rank, document)


@numba.njit(cache=True, nogil=True)
def _sift_up(heap: Heap, at: Whole, score: Whole, rank: Whole, document: Whole) -> None:
    while at > 0:
        parent = (at - 1) >> 1
        if not _is_worse(score, rank, heap.scores[parent], heap.ranks[parent]):
            break
        _put(heap, at, heap.scores[parent], heap.ranks[parent], heap.documents[parent])
        at = parent
    _put(heap, at, score, rank, document)


@numba.njit(cache=True, nogil=True)
def _sift_down(heap: Heap, size: Whole, score: Whole, rank: Whole, document: Whole) -> None:
    """Put a document in place of the first, or below as far as others are worse."""
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        other = child + 1
        if other < size and _is_worse(
            heap.scores[other], heap.ranks[other], heap.scores[child], heap.ranks[child]
        ):
            child = other
        if not _is_worse(heap.scores[child], heap.ranks[child], score, rank):
            break
        _put(heap, at, heap.scores[child], heap.ranks[child], heap.documents[child])
        at = child
    _put(heap, at, score, rank, document)


@numba.njit(cache=True, nogil=True)
def _is_worse(score: Whole, rank: Whole, other_score: Whole, other_rank: Whole) -> bool | np.bool:
    return score < other_score or (score == other_score and rank > other_rank)


@numba.njit(cache=True, nogil=True)
def _put(heap: Heap, at: Whole, score: Whole, rank: Whole, document: Whole) -> None:
    heap.scores[at], heap.ranks[at], heap.documents[at] = score, rank, document


@numba.njit(cache=True, nogil=True)
def kth_largest(values: IntArray, k: Whole) -> Whole:
    """Return the k-th largest of some numbers, 0 when fewer are positive."""
    heap = np.zeros(k, dtype=np.int64)
    least = np.int64(0)
    for value in values:
        if value > least:
            at = 0
            while True:
                child = 2 * at + 1
                if child >= k:
                    break
                if child + 1 < k and heap[child + 1] < heap[child]:
                    child += 1
                if heap[child] >= value:
                    break
                heap[at] = heap[child]
                at = child
            heap[at] = value
            least = heap[0]
    return least
