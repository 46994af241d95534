"""Words and meaning in one score.

The score is `(1 - w) * words + w * meaning`: the share of the query that is answered in words, and
how similar the meanings are, in [0, 1]. The weight `w` follows from the best score by words in the
collection, from the length of the query, and from how far ahead the most similar document is.
Where one of the two has no vector the score is that by words alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from matching.arrays import BoolArray, FloatArray, IntArray
from matching.documents import Document
from matching.facets.agreement import DOES_NOT_MEET
from matching.index.facet_search import Levels, levels_of
from matching.index.queries import QueryBatch
from matching.index.state import Found, Meaning, State
from matching.parameters import Parameters
from matching.topk.engine import Engine
from matching.topk.search import Queries

LEAST_SIMILAR = 0.2
"""A document that shares no word with the query must be this similar to be found at all."""

LEAST_BEST = 0.2
"""Least score that the best answer by words counts as, times the root of the query's length."""

CROWD = 10
"""So many documents that are about as similar to a query are a crowd."""

LEAST_LEAD = 0.03
"""Meaning counts as for this lead where there is less, so that it can speak of twins too."""

DEPTH = 200
"""Matches by words that are looked at, at least."""


def meaning_weight(asked: int, best: float, similar: FloatArray, parameters: Parameters) -> float:
    """Return the share of what a query asks that similar meaning stands for, in [0, 1).

    Parameters
    ----------
    asked
        Number of terms in the query.
    best
        The best score by words in the collection. Where it is next to nothing (`LEAST_BEST`),
        that takes its place, so that meaning can speak where words do not.
    similar
        How similar each document is to the query, in [0, 1].
    parameters
        `meaning`, `meaning_length` and `meaning_lead` are used.
    """
    trusted = min(1.0, parameters.meaning_length / max(asked, 1))
    if parameters.meaning_lead:
        trusted *= min(1.0, max(lead(similar), LEAST_LEAD) / parameters.meaning_lead)
    yardstick = parameters.meaning * trusted * max(best, LEAST_BEST / math.sqrt(asked + 2))
    return yardstick / (1 + yardstick)


def lead(similar: FloatArray) -> float:
    """Return how far the most similar document is ahead of number `CROWD`, as a share, in [0, 1].

    Where a crowd is about as similar, meaning cannot tell who is right; 0 where nothing is similar.
    """
    first = float(similar.max(initial=0.0))
    if first == 0:
        return 0.0
    crowd = float(np.partition(similar, -CROWD)[-CROWD]) if len(similar) >= CROWD else 0.0
    return 1 - crowd / first


def fuse(
    state: State,
    queries: Sequence[Document],
    similar: FloatArray,
    k: int,
    *,
    excluded: Sequence[int] = (),
    n_jobs: int = 1,
) -> Found:
    """Return the k best documents of each query by words and meaning together.

    Parameters
    ----------
    state
        The index.
    queries
        What is asked.
    similar
        How similar each document is to each query, shape (queries, numbers); NaN where one of the
        two has no vector.
    k, excluded, n_jobs
        As for `matching.topk.engine.Engine.best`.
    """
    batch = state.analyze(queries)
    engine = state.engine(batch)
    k = min(k, state.collection.documents)
    depth = min(max(2 * k, DEPTH) + len(excluded), state.collection.documents)
    best = engine.best(batch.merged, depth, n_jobs=n_jobs)
    scores = best.scores * batch.scales[:, np.newaxis]
    levels = levels_of(state.collection.facets, queries)
    found = _Fusion(state, batch, engine, excluded, k)
    rows = [
        found.row(row, best.documents[row], scores[row], similar[row], levels[row])
        for row in range(len(batch))
    ]
    numbers, totals, by_words, weights = (np.array(part) for part in zip(*rows, strict=True))
    places = np.maximum(numbers, 0)
    fits = [each[numbers[row]] for row, each in enumerate(levels)]
    meaning = Meaning(by_words, np.take_along_axis(similar, places, axis=1), weights)
    return Found(state, batch, engine.documents, numbers, totals, fits, meaning)


class _Fusion:
    """Fuses the two rankings of one query after another."""

    def __init__(
        self, state: State, batch: QueryBatch, engine: Engine, excluded: Sequence[int], k: int
    ) -> None:
        self._batch, self._engine, self._k = batch, engine, k
        self._ranks, self._parameters = state.collection.ranks, state.collection.parameters
        self._excluded = np.array(sorted(excluded), dtype=np.int64)

    def row(
        self,
        row: int,
        numbers: IntArray,
        scores: FloatArray,
        similar: FloatArray,
        levels: Levels,
    ) -> tuple[IntArray, FloatArray, FloatArray, float]:
        """Return the best documents of a query, their scores, those by words, and the weight."""
        found = numbers >= 0
        is_cut = 0 < len(scores) < len(similar) and bool(found.all())
        last = float(scores[-1]) if is_cut else 0.0
        best = float(scores.max(initial=0.0))
        counts, similar = ~np.isnan(similar), np.nan_to_num(similar)
        weight = meaning_weight(self._batch.terms_of(row), best, similar, self._parameters)
        weights = np.where(counts, weight, 0.0)
        words = np.zeros(len(similar))
        words[numbers[found]] = scores[found]
        known = np.zeros(len(similar), dtype=np.bool_)
        known[numbers[found]] = True
        fit = levels != DOES_NOT_MEET
        if last > 0 and self._k:
            self._complete(row, words, known, similar, weights, last, fit)
        total = (1 - weights) * words + weights * similar
        total[(words == 0) & (similar < LEAST_SIMILAR)] = 0.0
        total[self._excluded] = 0.0
        chosen = self._best(np.where(fit, total, 0.0), self._k)
        if len(chosen) < self._k and not fit.all():
            rest = self._best(np.where(fit, 0.0, total), self._k - len(chosen))
            chosen = np.concatenate([chosen, rest])
        missing = (0, self._k - len(chosen))
        return (
            np.pad(chosen, missing, constant_values=-1),
            np.pad(total[chosen], missing),
            np.pad(words[chosen], missing),
            weight,
        )

    def _complete(
        self,
        row: int,
        words: FloatArray,
        known: BoolArray,
        similar: FloatArray,
        weights: FloatArray,
        last: float,
        fit: BoolArray,
    ) -> None:
        """Score by words what could be among the best with at most `last` by words."""
        total = (1 - weights) * words + weights * similar
        total[self._excluded] = 0.0
        reached = np.partition(np.where(known & fit, total, 0.0), -self._k)[-self._k]
        could_be = (1 - weights) * last + weights * similar >= reached
        numbers = np.flatnonzero(could_be & ~known)
        merged = self._batch.merged
        span = slice(merged.starts[row], merged.starts[row + 1])
        query = Queries(np.array([0, 0]), merged.terms[span], merged.weights[span])
        words[numbers] = self._batch.shares(row, self._engine.scores(query, numbers))

    def _best(self, total: FloatArray, k: int) -> IntArray:
        """Return the k documents with the best scores above 0, ties by rank."""
        found = np.flatnonzero(total > 0)
        if len(found) > k > 0:
            least = np.partition(total[found], len(found) - k)[len(found) - k]
            found = found[total[found] >= least]
        order = np.lexsort((self._ranks[found], -total[found]))
        chosen: IntArray = found[order][:k]
        return chosen
