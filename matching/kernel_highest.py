"""Looking through sums for the highest; compiled."""

from __future__ import annotations

import numpy as np

from matching.arrays import SingleArray
from matching.best_kept import Real, Whole
from matching.kernel_types import CHUNK
from matching.loops import njit

LEAST = np.float32(1e-37)
"""Below every true sum."""

_JUST_BELOW = np.float32(1 - 2.0**-20)
_ZERO, _ONE, _TWO = (np.uint64(number) for number in range(3))
_CHUNK = np.uint64(CHUNK)


@njit(cache=True, nogil=True)
def find_peaks(sums: SingleArray, peaks: SingleArray) -> None:
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
def kth_highest(sums: SingleArray, peaks: SingleArray, k: Whole) -> Real:
    """Return the k-th highest sum, or a number below all when there are fewer.

    It is not below the k-th highest peak: so only few chunks need be looked through.
    """
    highest: SingleArray = np.full(k, LEAST, np.float32)
    for chunk in range(np.uint64(peaks.size)):
        if peaks[chunk] > highest[_ZERO]:
            _replace_lowest(highest, peaks[chunk])
    highest[:] = highest[_ZERO] * _JUST_BELOW
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
