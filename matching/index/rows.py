"""Rows of items with counts, in flat arrays that grow."""

from __future__ import annotations

import numpy as np

from matching.arrays import IntArray, fixed
from matching.index.strings import taken


class Rows:
    """For each row its items and counts, in flat arrays with room for more rows.

    Parameters
    ----------
    starts
        Shape (rows + 1,): the items of row r are `items[starts[r]:starts[r + 1]]`.
    items, counts
        Shape (entries,).
    """

    def __init__(self, starts: IntArray, items: IntArray, counts: IntArray) -> None:
        self._starts, self._items, self._counts = starts, items, counts
        self._size = len(starts) - 1

    def __len__(self) -> int:
        return self._size

    @property
    def starts(self) -> IntArray:
        """Where each row begins, and where the last one ends."""
        return fixed(self._starts[: self._size + 1])

    @property
    def items(self) -> IntArray:
        """Items of all rows."""
        return fixed(self._items[: self._starts[self._size]])

    @property
    def counts(self) -> IntArray:
        """Counts of all rows."""
        return fixed(self._counts[: self._starts[self._size]])

    def get(self, row: int) -> tuple[IntArray, IntArray]:
        """Return the items and counts of one row."""
        start, end = self._starts[row], self._starts[row + 1]
        return self._items[start:end], self._counts[start:end]

    def append(self, items: IntArray, counts: IntArray) -> None:
        """Add one row at the end."""
        start = int(self._starts[self._size])
        end = start + len(items)
        self._starts = grown(self._starts, self._size + 2)
        self._items, self._counts = grown(self._items, end), grown(self._counts, end)
        self._items[start:end], self._counts[start:end] = items, counts
        self._size += 1
        self._starts[self._size] = end

    def kept(self, rows: IntArray) -> Rows:
        """Return some of the rows, in the order given."""
        starts, items = taken(rows, self.starts, self.items)
        return Rows(starts, items, taken(rows, self.starts, self.counts)[1])


def grown(array: IntArray, size: int) -> IntArray:
    """Return `array` with room for at least `size` items, new ones zero.

    The length at least doubles when it changes, so that appending one by one stays cheap. The
    array is copied then, which also turns a read-only, memory-mapped one into one to write to.
    """
    if size <= len(array) and array.flags.writeable:
        return array
    room = np.zeros(max(size, len(array) + len(array) // 2, 16), dtype=array.dtype)
    room[: len(array)] = array
    return room
