"""Names for the kinds of arrays used here."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.integer]
FloatArray = npt.NDArray[np.float64]
SingleArray = npt.NDArray[np.float32]
BoolArray = npt.NDArray[np.bool_]


def grown(array: npt.NDArray[np.generic], size: int) -> npt.NDArray[np.generic]:
    """Return `array` with room for at least `size` items, new ones zero.

    The length at least doubles when it changes, so that appending one by one stays cheap. The
    array is copied then, which also turns a read-only, memory-mapped one into one to write to.
    """
    if size <= len(array) and array.flags.writeable:
        return array
    room = np.zeros(max(size, 2 * len(array), 16), dtype=array.dtype)
    room[: len(array)] = array
    return room
