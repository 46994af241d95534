"""Lists of items per key in flat arrays, with a small tail for what came later."""

from __future__ import annotations

import numpy as np

from matching.arrays import IntArray


class Postings:
    """For each key (a word, an n-gram) the items that have it and how often.

    The bulk lies in three flat arrays, which can be memory-mapped; what is appended afterwards
    lies in lists until the owner builds anew.

    Parameters
    ----------
    starts
        Shape (keys + 1,): the items of key k are `items[starts[k]:starts[k + 1]]`.
    items, counts
        Shape (entries,): item numbers, and how often each has the key.
    """

    def __init__(self, starts: IntArray, items: IntArray, counts: IntArray) -> None:
        self.starts = starts
        self.items = items
        self.counts = counts
        self.tail_size = 0
        self._tail: dict[int, tuple[list[int], list[int]]] = {}

    @classmethod
    def build(cls, keys: IntArray, items: IntArray, counts: IntArray, size: int) -> Postings:
        """Return postings for `size` keys from parallel arrays of entries, in any order."""
        order = np.argsort(keys, kind="stable")
        starts = np.zeros(size + 1, dtype=np.int64)
        np.cumsum(np.bincount(keys, minlength=size), out=starts[1:])
        return cls(starts, items[order].astype(np.int32), counts[order].astype(np.int32))

    @classmethod
    def empty(cls) -> Postings:
        """Return postings without a key."""
        none = np.zeros(0, dtype=np.int32)
        return cls(np.zeros(1, dtype=np.int64), none, none)

    def append(self, key: int, item: int, count: int) -> None:
        """Add one entry, seen by the next `get`."""
        items, counts = self._tail.setdefault(key, ([], []))
        items.append(item)
        counts.append(count)
        self.tail_size += 1

    def get(self, key: int) -> tuple[IntArray, IntArray]:
        """Return items and counts of a key; empty arrays for a key never seen."""
        start, end = (self.starts[key : key + 2]) if key < len(self.starts) - 1 else (0, 0)
        items, counts = self.items[start:end], self.counts[start:end]
        tail = self._tail.get(key)
        if tail is None:
            return items, counts
        return (
            np.concatenate([items, np.array(tail[0], dtype=np.int32)]),
            np.concatenate([counts, np.array(tail[1], dtype=np.int32)]),
        )
