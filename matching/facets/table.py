"""The facets of many documents as arrays, to compare one query with all of them at once."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import isinf

import numpy as np
import numpy.typing as npt

from matching.facets.agreement import DOES_NOT_MEET, MEETS, UNKNOWN, CodeRule, CodeRules
from matching.facets.model import Facets, Range

Levels = npt.NDArray[np.int8]


@dataclass
class _Column:
    """One facet of all documents that have it; the parts of a value stand side by side."""

    rows: array[int] = field(default_factory=lambda: array("q"))
    starts: array[int] = field(default_factory=lambda: array("q"))

    def begin(self, row: int, parts: int) -> None:
        self.rows.append(row)
        self.starts.append(parts)

    def of_documents(self) -> npt.NDArray[np.int64]:
        return np.frombuffer(self.rows, np.int64)

    def best(self, levels: Levels) -> Levels:
        """Return the best level among the parts of each value."""
        return np.maximum.reduceat(levels, np.frombuffer(self.starts, np.int64))


@dataclass
class _RangeColumn(_Column):
    lows: array[float] = field(default_factory=lambda: array("d"))
    highs: array[float] = field(default_factory=lambda: array("d"))

    def append(self, row: int, value: tuple[Range, ...]) -> None:
        self.begin(row, len(self.lows))
        self.lows.extend(part.low for part in value)
        self.highs.extend(part.high for part in value)

    def compare(self, value: tuple[Range, ...]) -> Levels:
        lows, highs = np.frombuffer(self.lows), np.frombuffer(self.highs)
        levels = np.full(len(lows), DOES_NOT_MEET, np.int8)
        for part in value:
            np.maximum(levels, _range_levels(part, lows, highs), out=levels)
        return self.best(levels)


def _range_levels(
    asked: Range, lows: npt.NDArray[np.float64], highs: npt.NDArray[np.float64]
) -> Levels:
    """Do what `compare_ranges` does, for all at once."""
    if isinf(asked.low) and isinf(asked.high):
        return np.zeros(len(lows), np.int8)
    shared = np.minimum(highs, asked.high) - np.maximum(lows, asked.low)
    levels: Levels = np.sign(shared).astype(np.int8)
    touching = np.flatnonzero(levels == UNKNOWN)
    point = asked.low == asked.high
    levels[touching[point | (lows[touching] == highs[touching])]] = MEETS
    levels[np.isinf(lows) & np.isinf(highs)] = UNKNOWN
    return levels


@dataclass
class _CodeColumn(_Column):
    numbers: dict[str, int] = field(default_factory=dict)
    codes: array[int] = field(default_factory=lambda: array("q"))

    def append(self, row: int, value: frozenset[str]) -> None:
        self.begin(row, len(self.codes))
        self.codes.extend(self.numbers.setdefault(part, len(self.numbers)) for part in value)

    def compare(self, value: frozenset[str], rule: CodeRule) -> Levels:
        by_code = [max(rule.compare(each, code) for each in value) for code in self.numbers]
        return self.best(np.array(by_code, np.int8)[np.frombuffer(self.codes, np.int64)])


class FacetTable:
    """The facets of many documents, in the order in which they came.

    Parameters
    ----------
    rules
        How codes stand to each other, by the name of the facet.
    documents
        Facets to begin with.

    Examples
    --------
    >>> ages = [Facets({"age": Range(6, 10)}), Facets(), Facets({"age": Range(low=14)})]
    >>> table = FacetTable({}, ages)
    >>> table.compare(Facets({"age": Range(13, 15)}))
    array([-1,  0,  1], dtype=int8)
    """

    def __init__(self, rules: CodeRules, documents: Iterable[Facets] = ()) -> None:
        self._rules = rules
        self._ranges: dict[str, _RangeColumn] = {}
        self._codes: dict[str, _CodeColumn] = {}
        self._length = 0
        for each in documents:
            self.append(each)

    def __len__(self) -> int:
        return self._length

    def append(self, facets: Facets) -> None:
        """Add one document in the next row.

        Raises
        ------
        TypeError
            If it has ranges where others have codes, or codes where others have ranges.
        """
        self._refuse_other_kinds(facets)
        for name, value in facets.items():
            if isinstance(value, tuple):
                self._ranges.setdefault(name, _RangeColumn()).append(self._length, value)
            else:
                self._codes.setdefault(name, _CodeColumn()).append(self._length, value)
        self._length += 1

    def compare(self, query: Facets) -> Levels:
        """Return the verdict of each document, in its row.

        Returns
        -------
        array of int8, shape (documents,)
            1 meets, 0 unknown, -1 does not meet: see `matching.facets.agreement`.

        Raises
        ------
        TypeError
            If the query has ranges where the documents have codes, or the reverse.
        """
        self._refuse_other_kinds(query)
        worst = np.zeros(self._length, np.int8)
        best = np.zeros(self._length, np.int8)
        for rows, found in self._compared(query):
            worst[rows] = np.minimum(worst[rows], found)
            best[rows] = np.maximum(best[rows], found)
        return np.where(worst < 0, worst, best)

    def _compared(self, query: Facets) -> Iterator[tuple[npt.NDArray[np.int64], Levels]]:
        """Yield for each facet of the query which documents have it, and their levels."""
        for name, value in query.items():
            if isinstance(value, tuple) and name in self._ranges:
                yield self._ranges[name].of_documents(), self._ranges[name].compare(value)
            elif isinstance(value, frozenset) and name in self._codes:
                rule = self._rules.get(name, CodeRule())
                yield self._codes[name].of_documents(), self._codes[name].compare(value, rule)

    def _refuse_other_kinds(self, facets: Facets) -> None:
        for name, value in facets.items():
            if name in (self._codes if isinstance(value, tuple) else self._ranges):
                message = f"The facet {name} holds ranges here and codes there"
                raise TypeError(message)
