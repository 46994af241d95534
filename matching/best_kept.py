"""The best documents so far, kept in a heap: compiled, for the loops that find them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from matching.arrays import FloatArray, IntArray
from matching.loops import njit

Whole = int | np.integer[Any]
Real = float | np.floating[Any]

_ZERO, _ONE, _TWO = (np.uint64(number) for number in range(3))


class Heap(NamedTuple):
    """The best documents so far, the worst of them first; `size[0]` of them."""

    scores: FloatArray
    ranks: IntArray
    places: IntArray
    size: IntArray


@njit(cache=True, nogil=True)
def make_heap(k: Whole) -> Heap:
    """Return a heap with room for k documents."""
    return Heap(
        np.zeros(k, np.float64),
        np.zeros(k, np.int64),
        np.zeros(k, np.uint32),
        np.zeros(1, np.int64),
    )


@njit(cache=True, nogil=True)
def offer(heap: Heap, score: Real, rank: Whole, place: Whole) -> None:
    """Take a document into the heap when there is room or it is better than the worst."""
    size = np.uint64(heap.size[_ZERO])
    if size < np.uint64(heap.scores.size):
        heap.size[_ZERO] += 1
        _rise(heap, size, score, rank, place)
    elif score > heap.scores[_ZERO] or (score == heap.scores[_ZERO] and rank < heap.ranks[_ZERO]):
        _sink(heap, size, score, rank, place)


@njit(cache=True, nogil=True)
def worst(heap: Heap) -> Real:
    """Return the score that a document must have to come in: 0 while there is room."""
    return heap.scores[_ZERO] if heap.size[_ZERO] == heap.scores.size else 0.0


@njit(cache=True, nogil=True)
def _rise(heap: Heap, at: Whole, score: Real, rank: Whole, place: Whole) -> None:
    """Put a document in the free place `at`, or above it as far as it is worse."""
    while at > _ZERO:
        above = (at - _ONE) >> _ONE
        if not _worse(score, rank, heap.scores[above], heap.ranks[above]):
            break
        _put(heap, at, heap.scores[above], heap.ranks[above], heap.places[above])
        at = above
    _put(heap, at, score, rank, place)


@njit(cache=True, nogil=True)
def _sink(heap: Heap, size: Whole, score: Real, rank: Whole, place: Whole) -> None:
    """Put a document in place of the first, or below as far as others are worse."""
    at = _ZERO
    while True:
        below = at * _TWO + _ONE
        if below >= size:
            break
        other = below + _ONE
        if other < size and _worse(
            heap.scores[other], heap.ranks[other], heap.scores[below], heap.ranks[below]
        ):
            below = other
        if not _worse(heap.scores[below], heap.ranks[below], score, rank):
            break
        _put(heap, at, heap.scores[below], heap.ranks[below], heap.places[below])
        at = below
    _put(heap, at, score, rank, place)


@njit(cache=True, nogil=True)
def _worse(score: Real, rank: Whole, other_score: Real, other_rank: Whole) -> bool | np.bool:
    """Tell whether a document comes after another."""
    return score < other_score or (score == other_score and rank > other_rank)


@njit(cache=True, nogil=True)
def _put(heap: Heap, at: Whole, score: Real, rank: Whole, place: Whole) -> None:
    """Write one entry."""
    heap.scores[at], heap.ranks[at], heap.places[at] = score, rank, place


@njit(cache=True, nogil=True)
def empty(heap: Heap, places: IntArray, scores: FloatArray) -> Whole:
    """Empty the heap into a row, best first; return how many there were."""
    size = np.uint64(heap.size[_ZERO])
    for step in range(size):
        last = size - _ONE - step
        places[last], scores[last] = heap.places[_ZERO], heap.scores[_ZERO]
        _sink(heap, last, heap.scores[last], heap.ranks[last], heap.places[last])
    heap.size[_ZERO] = 0
    return size
