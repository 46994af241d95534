"""Many queries at once: what each term finds is worked out once for all queries that ask it.

The scores are those of one query at a time, to the last bit: the same shares in single
precision, added up in double precision in the order of the query's terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import overload

import numpy as np
import numpy.typing as npt

from matching.arrays import FloatArray, IntArray, SingleArray
from matching.collection import Collection
from matching.queries import Queries
from matching.reasons import matches
from matching.results import Match
from matching.scoring import Scorer
from matching.top_products import Best, Impacts, TopProducts

_DOCUMENTS_AT_ONCE = 100_000
_QUERIES_AT_ONCE = 50_000


class FoundMatches(Sequence[list[Match]]):
    """The matches of many queries, made when asked for.

    What they are made of does not change, whatever becomes of the index.
    """

    def __init__(
        self,
        queries: Queries,
        places: IntArray,
        scores: FloatArray,
        collection: Collection,
        scorer: Scorer,
    ) -> None:
        self._queries, self._places, self._scores = queries, places, scores
        self._collection, self._scorer = collection, scorer

    def __len__(self) -> int:
        return len(self._queries)

    @overload
    def __getitem__(self, row: int) -> list[Match]: ...
    @overload
    def __getitem__(self, row: slice) -> list[list[Match]]: ...
    def __getitem__(self, row: int | slice) -> list[Match] | list[list[Match]]:
        if isinstance(row, slice):
            return [self[each] for each in range(*row.indices(len(self)))]
        found = int((self._places[row] >= 0).sum())
        places = self._places[row, :found].tolist()
        scores = self._scores[row, :found]
        return matches(self._queries[row], scores, places, self._collection, self._scorer)

    def ids(self) -> npt.NDArray[np.object_]:
        """Return the ids of the documents found, "" where there are no more."""
        different = np.unique(self._places)
        names = [self._collection.ids[place] if place >= 0 else "" for place in different.tolist()]
        known = np.array([*names, ""], dtype=object)[:-1]
        found: npt.NDArray[np.object_] = known[np.searchsorted(different, self._places)]
        return found


class Terms:
    """The different terms of some queries, and for each word of a collection those it answers."""

    def __init__(self, queries: Queries, words: int) -> None:
        from matching import compiled  # noqa: PLC0415 - numba, when first needed

        self.size = len(queries.stems)
        self.starts, self.terms, self.likeness = compiled.by_word(
            queries.starts, queries.numbers, queries.likeness, words
        )


def best_of_all(
    queries: Queries, limit: int, collection: Collection, scorer: Scorer, threads: int = 1
) -> tuple[IntArray, FloatArray]:
    """Return places and scores of the best documents of each query, ties by id.

    Returns
    -------
    places
        Shape (queries, limit): the best first, -1 where there are no more.
    scores
        Shape (queries, limit); 0.0 where there are no more.
    """
    limit = min(limit, collection.documents)
    order = np.empty(len(collection.rows), dtype=np.int64)
    if limit == 0:
        return np.zeros((len(queries), 0), dtype=np.int64), np.zeros((len(queries), 0))
    names = sorted(range(len(order)), key=collection.ids.__getitem__)
    order[names] = np.arange(len(order))
    places = np.full((len(queries), limit), -1, dtype=np.int64)
    scores = np.zeros((len(queries), limit))
    for first in range(0, len(queries), _QUERIES_AT_ONCE):
        rows = slice(first, first + _QUERIES_AT_ONCE)
        part = queries.part(rows.start, rows.stop)
        places[rows], scores[rows] = _best(part, limit, collection, scorer, order, threads)
    return places, scores


def _best(
    queries: Queries,
    limit: int,
    collection: Collection,
    scorer: Scorer,
    order: IntArray,
    threads: int,
) -> tuple[IntArray, FloatArray]:
    terms = Terms(queries, len(collection.vocabulary))
    asked = queries.query_starts, queries.terms, queries.weights
    places: IntArray = np.full((len(queries), limit), -1, dtype=np.int64)
    scores = np.zeros((len(queries), limit))
    in_use = collection.in_use
    for first in range(0, len(order), _DOCUMENTS_AT_ONCE):
        part = slice(first, min(first + _DOCUMENTS_AT_ONCE, len(order)))
        impacts = impacts_of(terms, collection, scorer.pivots, part, threads)
        found = TopProducts(impacts, order[part]).best(
            *asked, limit, allowed=in_use[part], threads=threads
        )
        places, scores = _joined(places, scores, found, first, order)
    return places, scores


def impacts_of(
    terms: Terms, collection: Collection, pivots: FloatArray, part: slice, threads: int
) -> Impacts:
    """Return what the documents in a range of places say about each term."""
    from matching import compiled  # noqa: PLC0415 - numba, when first needed

    cuts = np.linspace(part.start, part.stop, threads + 1).astype(int).tolist()

    def said(row: int) -> tuple[IntArray, IntArray, SingleArray]:
        rows = slice(cuts[row], cuts[row + 1])
        return compiled.said(
            collection.rows.starts[rows.start : rows.stop + 1],
            collection.rows.items,
            collection.rows.counts,
            terms.starts,
            terms.terms,
            terms.likeness,
            pivots[rows],
            terms.size,
        )

    with ThreadPoolExecutor(threads) as pool:
        parts = list(pool.map(said, range(threads)))
    sizes = np.concatenate([np.diff(starts) for starts, _, _ in parts])
    starts = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(sizes, out=starts[1:])
    return Impacts.of_documents(
        starts,
        np.concatenate([items for _, items, _ in parts]),
        np.concatenate([values for _, _, values in parts]),
        terms.size,
    )


def _joined(
    places: IntArray, scores: FloatArray, found: Best, first: int, order: IntArray
) -> tuple[IntArray, FloatArray]:
    """Return the best of those known and those found among the documents from `first` on."""
    limit = places.shape[1]
    newer: IntArray = np.where(found.places >= 0, found.places.astype(np.int64) + first, -1)
    if first == 0:
        return newer, found.scores
    all_places = np.concatenate([places, newer], axis=1)
    all_scores = np.concatenate([scores, found.scores], axis=1)
    ranks = np.where(all_places >= 0, order[all_places], len(order))
    best = np.lexsort((ranks, -all_scores), axis=1)[:, :limit]
    return np.take_along_axis(all_places, best, 1), np.take_along_axis(all_scores, best, 1)
