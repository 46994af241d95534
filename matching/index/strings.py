"""Many strings in few arrays, which can be memory-mapped, and a way to find one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, TypeVar, cast, overload

import numpy as np
import xxhash

from matching.arrays import ByteArray, IntArray

_Numbers = TypeVar("_Numbers", bound=np.ndarray[Any, Any])

_UTF8 = "utf-8", "surrogatepass"
"""Lone surrogates, which JSON can bring, are kept: no two strings become one."""


class Strings(Sequence[str]):
    """Strings in one array of UTF-8 bytes, decoded when asked for, with room for more.

    Parameters
    ----------
    starts
        Shape (strings + 1,): string n is `data[starts[n]:starts[n + 1]]`.
    data
        UTF-8 bytes.
    """

    def __init__(self, starts: IntArray, data: ByteArray) -> None:
        self._starts = starts
        self._data = data
        self._size = len(starts) - 1
        self._tail: list[str] = []

    @classmethod
    def packed(cls, strings: Iterable[str]) -> Strings:
        """Return `strings` in arrays."""
        return cls(*_packed(strings))

    def __len__(self) -> int:
        return self._size + len(self._tail)

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[str]: ...
    def __getitem__(self, row: int | slice) -> str | Sequence[str]:
        if isinstance(row, slice):
            return [self[each] for each in range(*row.indices(len(self)))]
        # In this order: `arrays` may move the tail meanwhile, for another thread.
        tail, size = self._tail, self._size
        if row >= size:
            return tail[row - size]
        return bytes(self._data[self._starts[row] : self._starts[row + 1]]).decode(*_UTF8)

    def __iter__(self) -> Iterator[str]:
        for each in self.encoded():
            yield str(each, *_UTF8)

    def encoded(self) -> Iterator[memoryview]:
        """Return the bytes of each string."""
        starts, data = self.arrays()
        bounds, whole = starts.tolist(), data.data
        return (whole[start:end] for start, end in pairwise(bounds))

    def append(self, string: str) -> None:
        """Add one string at the end."""
        self._tail.append(string)

    def arrays(self) -> tuple[IntArray, ByteArray]:
        """Return `starts` and `data` with everything that was appended."""
        if self._tail:
            starts, data = _packed(self._tail)
            self._starts = np.concatenate([self._starts, self._starts[-1] + starts[1:]])
            self._data = np.concatenate([self._data, data])
            self._size, self._tail = len(self._starts) - 1, []
        return self._starts, self._data

    def kept(self, rows: IntArray) -> Strings:
        """Return the strings of some rows only."""
        starts, data = self.arrays()
        return Strings(*taken(rows, starts, data))


def taken(rows: IntArray, starts: IntArray, data: _Numbers) -> tuple[IntArray, _Numbers]:
    """Return where each of some rows begins, and what is in them, one after another."""
    sizes = starts[rows + 1] - starts[rows]
    found: IntArray = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum(sizes, out=found[1:])
    parts = [data[start:end] for start, end in _runs(rows, starts)]
    return found, cast("_Numbers", np.concatenate([data[:0], *parts]))


def _runs(rows: IntArray, starts: IntArray) -> Iterator[tuple[int, int]]:
    """Return from where to where rows that follow each other are."""
    if len(rows):
        breaks = np.flatnonzero(np.diff(rows) != 1)
        first = rows[np.append(0, breaks + 1)]
        last = rows[np.append(breaks, len(rows) - 1)]
        yield from zip(starts[first].tolist(), starts[last + 1].tolist(), strict=True)


def _packed(strings: Iterable[str]) -> tuple[IntArray, ByteArray]:
    encoded = [string.encode(*_UTF8) for string in strings]
    starts = np.zeros(len(encoded) + 1, dtype=np.int64)
    np.cumsum([len(each) for each in encoded], out=starts[1:])
    return starts, np.frombuffer(b"".join(encoded), dtype=np.uint8)


class Names:
    """Strings with numbers from 0, found by their hash; of two alike the later one is found.

    Parameters
    ----------
    strings
        The names in the order of their numbers.
    hashes, order
        Their hashes, rising, and the number of each; made when not given.
    """

    def __init__(
        self, strings: Strings, hashes: IntArray | None = None, order: IntArray | None = None
    ) -> None:
        self.strings = strings
        self._newer: dict[str, int] = {}
        if hashes is None or order is None:
            hashes, order = _sorted_hashes(strings)
        self.hashes, self.order = hashes, order

    @classmethod
    def empty(cls) -> Names:
        """Return no names."""
        return cls(Strings.packed(()))

    def __len__(self) -> int:
        return len(self.strings)

    def __getitem__(self, number: int) -> str:
        return self.strings[number]

    @property
    def is_sorted(self) -> bool:
        """Whether `hashes` and `order` have all names, and none was appended."""
        return not self._newer

    def find(self, name: str) -> int:
        """Return the number of a name, -1 where there is none."""
        newer = self._newer.get(name)
        return self._find_all([name])[0] if newer is None else newer

    def find_all(self, names: Sequence[str]) -> list[int]:
        """Return the number of each name, -1 where there is none."""
        numbers = [self._newer.get(name, -1) for name in names]
        unknown = [row for row, number in enumerate(numbers) if number < 0]
        for row, number in zip(
            unknown, self._find_all([names[row] for row in unknown]), strict=True
        ):
            numbers[row] = number
        return numbers

    def append(self, name: str) -> int:
        """Add a name; return its number."""
        number = len(self.strings)
        self.strings.append(name)
        self._newer[name] = number
        return number

    def _find_all(self, names: Sequence[str]) -> list[int]:
        if not len(self.hashes):
            return [-1] * len(names)
        hashes = np.array([name_hash(name) for name in names], dtype=np.uint64)
        spots = np.searchsorted(self.hashes, hashes)
        return [
            self._named(name, spot, value)
            for name, spot, value in zip(names, spots.tolist(), hashes, strict=True)
        ]

    def _named(self, name: str, spot: int, value: np.uint64) -> int:
        while spot < len(self.hashes) and self.hashes[spot] == value:
            number = int(self.order[spot])
            if self.strings[number] == name:
                return number
            spot += 1
        return -1


def name_hash(name: str) -> int:
    """Return a number of 64 bits for a name, the same on every machine."""
    return xxhash.xxh3_64_intdigest(name.encode(*_UTF8))


def _sorted_hashes(strings: Strings) -> tuple[IntArray, IntArray]:
    found = map(xxhash.xxh3_64_intdigest, strings.encoded())
    hashes = np.fromiter(found, dtype=np.uint64, count=len(strings))
    order = np.argsort(hashes, kind="stable").astype(np.int32)
    return hashes[order], order
