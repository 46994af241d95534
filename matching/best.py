"""The best documents for one query, without reading what cannot matter.

The terms of the query that weigh most are added up first, in single precision: they are rare,
and have few postings. Then the best documents so far are scored in full, and the score of the
last of them is to be reached. What the other terms can add at most is the sum of their weights.
When the documents that could still reach it are few, these are scored in full too, and the long
postings of the terms that weigh little are never read. Single precision only decides who may be
among the best; the scores are made in double precision, in the order of the query's terms.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching.arrays import FloatArray, IntArray
from matching.collection import Collection
from matching.queries import Query
from matching.scoring import Scorer

MOST_RANKS = 1000
"""Where more matches are wanted, all documents are scored."""

_ROUNDING = 1e-4
"""More than single precision can be wrong: 512 terms add up to 1, each off by 1e-7 of the sum."""

_FULL = 500  # Scoring one document in full takes about as long as adding so many postings.
_WORTH_A_LOOK = 8  # Looking for the best takes about as long as adding an eighth as many postings.
_STAGES = (0.3, 0.15, 0.08, 0.04, 0.02, 0.01)  # What the terms left weigh after each stage.


def best_places(
    query: Query, limit: int, exclude: Sequence[int], scorer: Scorer, collection: Collection
) -> tuple[list[int], FloatArray]:
    """Return the places with the best positive scores, the best first, ties by id, and the scores.

    The places in `exclude` are never among them.
    """
    if limit == 0 or not query.stems:
        return [], np.zeros(0)
    if limit > MOST_RANKS:
        scores = scorer.scores(query)
        scores[exclude] = 0.0
        places: IntArray = np.arange(len(scores))
    else:
        places = _Search(query, limit, exclude, scorer).candidates()
        scores = scorer.scores_at(query, places)
    return _sorted(places, scores, limit, collection)


def _sorted(
    places: IntArray, scores: FloatArray, limit: int, collection: Collection
) -> tuple[list[int], FloatArray]:
    from matching import score_loops  # noqa: PLC0415 - numba, when first needed

    least = score_loops.rank_of(scores, min(limit, len(scores)))
    rows = np.flatnonzero(scores >= least) if least > 0 else np.flatnonzero(scores > 0)
    found = places[rows].tolist()
    order = sorted(
        (-score, collection.ids[place], row)
        for score, place, row in zip(scores[rows].tolist(), found, rows.tolist(), strict=True)
    )
    best = np.array([row for _, _, row in order[:limit]], dtype=np.int64)
    return places[best].tolist(), scores[best]


class _Search:
    """One query on its way through the postings."""

    def __init__(self, query: Query, limit: int, exclude: Sequence[int], scorer: Scorer) -> None:
        self._query, self._scorer = query, scorer
        self._limit = min(limit, scorer.places)
        self._sums = scorer.room.empty_sums(scorer.places)
        self._sums[exclude] = -np.inf
        self._parts = scorer.postings(query)
        sizes = np.zeros(len(query.numbers) + 1, dtype=np.int64)
        for _, starts, ends in self._parts:
            sizes[1:] += ends - starts
        np.cumsum(sizes, out=sizes)
        self._order = np.argsort(-query.weights, kind="stable")
        self._read = np.cumsum(np.diff(sizes[query.starts])[self._order])
        self._left = 1.0 - np.cumsum(query.weights[self._order])

    def candidates(self) -> IntArray:
        """Return the places of all documents that could be among the best, and few others."""
        first, seen = 0, 0
        for stage in _STAGES:
            last = min(int(np.searchsorted(-self._left, -stage)) + 1, len(self._order))
            if self._read[last - 1] - seen < len(self._sums) // _WORTH_A_LOOK:
                continue
            self._add(first, last)
            first, seen = last, int(self._read[last - 1])
            found = self._could_be(float(self._left[last - 1]), (self._read[-1] - seen) // _FULL)
            if found is not None:
                return found
        self._add(first, len(self._order))
        return np.flatnonzero(self._sums > max(self._least() - _ROUNDING, 0.0))

    def _add(self, first: int, last: int) -> None:
        self._scorer.add_terms(self._query, self._order[first:last], self._parts, self._sums)

    def _least(self) -> float:
        """Return the sum to be reached: that of rank `limit`, 0 when fewer found something."""
        from matching import score_loops  # noqa: PLC0415 - numba, when first needed

        return score_loops.rank_of(self._sums, self._limit)

    def _could_be(self, left: float, most: int) -> IntArray | None:
        """Return all documents that could be among the best, None when there are too many."""
        least = self._least()
        if least <= 0 or left > 2 * least:
            return None
        leading = np.flatnonzero(self._sums >= least)
        if len(leading) > self._limit + most:
            return None
        scores = self._scorer.scores_at(self._query, leading)
        least = float(np.partition(scores, -self._limit)[-self._limit])
        floor = least - left - _ROUNDING
        if floor <= 0:
            return None
        found = np.flatnonzero(self._sums >= floor)
        return found if len(found) <= self._limit + most else None
