"""Rows of items, and the same inverted: for each item the rows that have it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.arrays import IntArray, fixed
from matching.names import taken

_DENSE = 16  # Keys up to so many times the entries are counted in an array of their own.


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


@dataclass(frozen=True, slots=True)
class Segment:
    """An inverted part: the rows from `first` to `end` that have each of some keys.

    Attributes
    ----------
    keys
        Items that any of the rows has, rising, shape (keys,).
    starts
        Shape (keys + 1,): key k has `rows[starts[k]:starts[k + 1]]`.
    rows, counts
        Row numbers, rising within a key, and how often the row has the key; shape (entries,).
    """

    first: int
    end: int
    keys: IntArray
    starts: IntArray
    rows: IntArray
    counts: IntArray

    def spans(self, wanted: IntArray) -> tuple[IntArray, IntArray]:
        """Return where the rows of each wanted key begin and end; an empty span where none."""
        if not len(self.keys):
            return np.zeros(len(wanted), dtype=np.int64), np.zeros(len(wanted), dtype=np.int64)
        gaps = int(self.keys[-1]) - int(self.keys[0]) >= len(self.keys)
        spots = np.searchsorted(self.keys, wanted) if gaps else wanted - self.keys[0]
        spots = np.clip(spots, 0, len(self.keys) - 1)
        held = self.keys[spots] == wanted
        starts = self.starts[spots]
        return starts, np.where(held, self.starts[spots + 1], starts)


def segment(source: Rows, first: int, end: int) -> Segment:
    """Return rows `first` to `end` inverted."""
    from matching import compiled  # noqa: PLC0415 - numba, when first needed

    starts = source.starts[first : end + 1]
    items = source.items[starts[0] : starts[-1]]
    counts = source.counts[starts[0] : starts[-1]]
    most = int(items.max()) + 1 if len(items) else 0
    if most <= _DENSE * len(items):
        key_starts, rows, times = compiled.inverted(
            items, counts, fixed(starts - starts[0]), first, most
        )
        keys = np.flatnonzero(np.diff(key_starts)).astype(items.dtype)
        key_starts = np.append(key_starts[keys], key_starts[-1:])
    else:
        keys, dense = np.unique(items, return_inverse=True)
        key_starts, rows, times = compiled.inverted(
            fixed(dense.astype(np.int32)), counts, fixed(starts - starts[0]), first, len(keys)
        )
    return Segment(first, end, *(fixed(part) for part in (keys, key_starts, rows, times)))


class Inverted:
    """Rows inverted in segments, the newest ones small, so that a new row is found at once.

    Two segments of about the same size are joined, so there are few of them, and a row is
    inverted anew no more often than the logarithm of their number.
    """

    def __init__(self, source: Rows, segments: list[Segment] | None = None) -> None:
        self._source = source
        self.segments = [] if segments is None else segments
        self.catch_up()

    def catch_up(self) -> None:
        """Take in the rows that were added to the source."""
        first = self.segments[-1].end if self.segments else 0
        end = len(self._source)
        if first == end:
            return
        while self.segments and self._size(-1) <= end - first:
            first = self.segments.pop().first
        self.segments.append(segment(self._source, first, end))

    def _size(self, number: int) -> int:
        return self.segments[number].end - self.segments[number].first

    def join(self) -> None:
        """Make one segment of all."""
        if len(self.segments) > 1:
            self.segments = [segment(self._source, 0, len(self._source))]
