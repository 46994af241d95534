"""A collection between two changes, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self, overload

import numpy as np
import numpy.typing as npt

from matching.arrays import FloatArray, IntArray, UIntArray, fixed
from matching.documents import Document
from matching.explain.reasons import matches
from matching.index.collection import Collection
from matching.index.facet_search import Levels, levels_of, search
from matching.index.queries import QueryBatch, Statistics, analyze
from matching.index.weighting import ImpactModel
from matching.results import Match
from matching.topk.engine import Engine
from matching.topk.search import Documents, Postings, Scratch


@dataclass(frozen=True, slots=True)
class State:
    """A collection as it stands between two changes, and what answers are made of."""

    collection: Collection
    statistics: Statistics
    model: ImpactModel
    pool: list[Scratch] = field(default_factory=list)

    @classmethod
    def of(cls, collection: Collection, statistics: Statistics | None = None) -> State:
        """Return the state of a collection; `statistics` are those of the whole it is part of."""
        statistics = statistics or collection.statistics()
        return cls(collection, statistics, collection.model(statistics))

    def analyze(self, queries: Sequence[Document]) -> QueryBatch:
        """Return what queries ask."""
        collection = self.collection
        about = self.statistics, collection.parameters, collection.thesaurus
        return analyze(queries, collection.lexicon, *about)

    def documents(self, keys: UIntArray) -> Documents:
        """Return what scores need to know, for a batch of queries with these features."""
        collection, lexicon = self.collection, self.collection.lexicon
        ids = lexicon.ids.find(keys)
        term_of = np.full(len(lexicon.ids), -1, dtype=np.int32)
        known = np.flatnonzero(ids >= 0)
        term_of[ids[known]] = known
        rows = collection.rows.starts, collection.rows.items, collection.rows.counts
        parts = self.model.classes, self.model.impacts, collection.ranks, *rows
        return Documents(*map(fixed, (*parts, lexicon.starts, lexicon.features, term_of)))

    def engine(self, batch: QueryBatch) -> Engine:
        """Return what finds the best documents for the queries of a batch."""
        ids = self.collection.lexicon.ids.find(batch.keys)
        segments = [
            Postings(
                part.first,
                part.end,
                self.model.average_length / part.average_length,
                *map(fixed, (*part.spans(ids), part.documents, part.impacts)),
            )
            for part in self.collection.segments.parts
        ]
        return Engine(self.documents(batch.keys), segments, len(batch.keys), self.pool)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What meaning adds to the scores of the documents found.

    Attributes
    ----------
    by_words
        Scores by words alone, shape (queries, k).
    similar
        How similar the meanings are, in [0, 1], shape (queries, k); NaN where that is not known.
    weights
        Share of what each query asks that meaning stands for, shape (queries,).
    """

    by_words: FloatArray
    similar: FloatArray
    weights: FloatArray


class Found(Sequence[list[Match]]):
    """What was found for some queries; matches are made when asked for.

    What they are made of does not change, whatever becomes of the index.

    Parameters
    ----------
    state, batch, documents
        What was asked, and what of.
    numbers, scores
        Documents and scores, shape (queries, k); -1 and 0.0 where there are no more.
    fits
        How the documents found for each query stand to it by their facets.
    meaning
        What meaning adds, where it counts.
    """

    def __init__(
        self,
        state: State,
        batch: QueryBatch,
        documents: Documents,
        numbers: IntArray,
        scores: FloatArray,
        fits: Sequence[Levels],
        meaning: Meaning | None = None,
    ) -> None:
        self.scores = scores
        self._fits = fits
        self._state, self._batch, self._numbers, self._meaning = state, batch, numbers, meaning
        self._documents = documents._replace(classes=fixed(documents.classes.copy()))

    @classmethod
    def of(
        cls,
        state: State,
        batch: QueryBatch,
        k: int,
        *,
        excluded: Sequence[int] = (),
        n_jobs: int = 1,
    ) -> Self:
        """Return the k best documents of each query by words."""
        engine = state.engine(batch)
        k = min(k, state.collection.documents)
        levels = levels_of(state.collection.facets, batch.documents)
        left_out = np.array(sorted(excluded), dtype=np.int64)
        best = search(engine, batch.merged, levels, k, left_out, n_jobs)
        fits = [each[best.documents[row]] for row, each in enumerate(levels)]
        scores = best.scores * batch.scales[:, np.newaxis]
        return cls(state, batch, engine.documents, best.documents, scores, fits)

    def __len__(self) -> int:
        return len(self._batch)

    @overload
    def __getitem__(self, row: int) -> list[Match]: ...
    @overload
    def __getitem__(self, row: slice) -> list[list[Match]]: ...
    def __getitem__(self, row: int | slice) -> list[Match] | list[list[Match]]:
        if isinstance(row, slice):
            return [self[each] for each in range(*row.indices(len(self)))]
        size = int((self._numbers[row] >= 0).sum())
        numbers, scores = self._numbers[row, :size], self.scores[row, :size]
        by_words: FloatArray = scores
        similar: FloatArray | None = None
        weight = 0.0
        if self._meaning is not None:
            by_words, similar = (
                self._meaning.by_words[row, :size],
                self._meaning.similar[row, :size],
            )
            weight = float(self._meaning.weights[row])
        return matches(
            self._state,
            self._batch,
            row,
            self._documents,
            numbers,
            scores,
            by_words,
            similar,
            weight,
            self._fits[row][:size],
        )

    def ids(self) -> npt.NDArray[np.object_]:
        """Return the ids of the documents found, "" where there are no more."""
        different, inverse = np.unique(self._numbers, return_inverse=True)
        names = [self._state.collection.ids[n] if n >= 0 else "" for n in different.tolist()]
        found: npt.NDArray[np.object_] = np.array([*names, ""], dtype=object)[inverse]
        return found.reshape(self._numbers.shape)
