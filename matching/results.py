"""What comes out of a ranking."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol

import numpy as np
import numpy.typing as npt

from matching.arrays import FloatArray
from matching.facets.agreement import Agreement
from matching.strength import Strength

TIE_WIDTH = 0.03
"""Matches within this share of the first one's score are told apart by nothing that counts."""


@dataclass(frozen=True, slots=True)
class Match:
    """One document found for a query.

    Attributes
    ----------
    document_id
        The document.
    score
        Share of what the query asks that the document answers, in (0, 1). Comparable between
        the documents of one query; use `strength` across queries.
    strength
        The score in words.
    reasons
        Words of the query that the document answers, the weightiest first, at most five.
    tie_group
        Number from 1: matches with the same number are near-ties. A group begins with a match
        and takes in those after it whose score is less than 3 % below the score of that first
        one. Such a difference comes from the lengths of the texts or from one weak word as
        often as from the matter, so the order within a group should decide nothing.
    semantic
        The part of the score that is similar meaning, not shared words; always 0.0 in an index
        of words alone.
    fits
        Whether the document is for those whom the query is for, by the facets of both. One that
        is for others comes after all that are not, and is possible at most.
    """

    document_id: str
    score: float
    strength: Strength
    reasons: tuple[str, ...]
    tie_group: int
    semantic: float = 0.0
    fits: Agreement = Agreement.UNKNOWN


def tie_groups(scores: Sequence[float]) -> list[int]:
    """Return the number of the tie group of each of the falling `scores`."""
    groups: list[int] = []
    first = 0.0
    for score in scores:
        if not groups or score < first * (1 - TIE_WIDTH):
            groups.append(groups[-1] + 1 if groups else 1)
            first = score
        else:
            groups.append(groups[-1])
    return groups


class FoundLike(Protocol):
    """What was found for some queries."""

    @property
    def scores(self) -> FloatArray:
        """Scores, 0.0 where there are no more matches."""
        ...

    def ids(self) -> npt.NDArray[np.object_]:
        """Return ids of documents, "" where there are no more matches."""
        ...

    def __len__(self) -> int: ...

    def __getitem__(self, row: int, /) -> list[Match]: ...


class Ranking:
    """The matches of many queries, as arrays or one query at a time.

    Iterating gives `(query_id, matches)` pairs in the order of the queries. The arrays have one
    row for each query and at most as many columns as matches were asked for: fewer where the
    collection, or all that was found, is smaller.

    Attributes
    ----------
    query_ids
        The queries' ids, in their order.
    ids
        Document ids, of kind object; "" where there are no more matches.
    ranks
        Ranks from 1; 0 where there are no more matches.
    scores
        Scores; 0.0 where there are no more matches.
    """

    def __init__(self, query_ids: Sequence[str], parts: Sequence[FoundLike]) -> None:
        """Take what was found, some queries at a time."""
        self.query_ids = list(query_ids)
        self._parts = parts
        self._ends = list(accumulate(map(len, parts)))
        width = max((part.scores.shape[1] for part in parts), default=0)
        self.ids: npt.NDArray[np.object_] = np.full((len(self.query_ids), width), "", dtype=object)
        self.scores: FloatArray = np.zeros(self.ids.shape)
        for end, part in zip(self._ends, parts, strict=True):
            rows = slice(end - len(part), end)
            self.ids[rows, : part.scores.shape[1]] = part.ids()
            self.scores[rows, : part.scores.shape[1]] = part.scores
        ranks = np.arange(1, width + 1)
        self.ranks: npt.NDArray[np.int64] = np.where(self.scores > 0, ranks, 0)

    def __len__(self) -> int:
        """Return the number of queries."""
        return len(self.query_ids)

    def __iter__(self) -> Iterator[tuple[str, list[Match]]]:
        """Yield each query's id and its matches."""
        return zip(self.query_ids, map(self.__getitem__, range(len(self))), strict=True)

    def __getitem__(self, row: int) -> list[Match]:
        """Return the matches of the query in that row."""
        row = range(len(self))[row]
        part = bisect_right(self._ends, row)
        return self._parts[part][row - (self._ends[part - 1] if part else 0)]
