"""A collection between two changes, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from matching.arrays import FloatArray, IntArray, UIntArray, fixed
from matching.documents import Document
from matching.explain.reasons import matches
from matching.index.collection import Collection
from matching.index.queries import QueryBatch, Statistics, analyze
from matching.index.weighting import ImpactModel
from matching.results import Match
from matching.topk.engine import Engine
from matching.topk.search import Documents, Postings


@dataclass(frozen=True, slots=True)
class State:
    """A collection as it stands between two changes, and what answers are made of."""

    collection: Collection
    statistics: Statistics
    model: ImpactModel

    @classmethod
    def of(cls, collection: Collection, statistics: Statistics | None = None) -> State:
        """Return the state of a collection; `statistics` are those of the whole it is part of."""
        statistics = statistics or collection.statistics()
        return cls(collection, statistics, collection.model(statistics))

    def analyze(self, queries: Sequence[Document]) -> QueryBatch:
        """Return what queries ask."""
        collection = self.collection
        return analyze(queries, collection.lexicon, self.statistics, collection.parameters)

    def documents(self, keys: IntArray) -> Documents:
        """Return what scores need to know, for a batch of queries with these features."""
        collection, lexicon = self.collection, self.collection.lexicon
        ids = lexicon.ids.find(keys)
        term_of = np.full(len(lexicon.ids), -1, dtype=np.int32)
        known = np.flatnonzero(ids >= 0)
        term_of[ids[known]] = known
        rows = collection.rows.starts, collection.rows.items, collection.rows.counts
        parts = collection.classes, self.model.impacts, collection.ranks, *rows
        return Documents(*map(fixed, (*parts, lexicon.starts, lexicon.features, term_of)))

    def engine(self, batch: QueryBatch) -> Engine:
        """Return what finds the best documents for the queries of a batch."""
        ids = self.collection.lexicon.ids.find(batch.keys)
        segments = [
            Postings(
                part.first,
                part.end,
                self.statistics.average_length / part.average_length or 1.0,
                *map(fixed, (*part.spans(ids), part.documents, part.impacts)),
            )
            for part in self.collection.segments.parts
        ]
        return Engine(self.documents(batch.keys), segments, len(batch.keys))


@dataclass(frozen=True, slots=True)
class Found(Sequence[list[Match]]):
    """What was found for some queries; matches are made when asked for.

    What they are made of does not change, whatever becomes of the index.
    """

    state: State
    batch: QueryBatch
    documents: Documents
    numbers: IntArray
    scores: FloatArray

    @classmethod
    def of(
        cls,
        state: State,
        queries: Sequence[Document],
        k: int,
        *,
        excluded: Sequence[int] = (),
        n_jobs: int = 1,
    ) -> Self:
        """Return the k best documents of each query."""
        batch = state.analyze(queries)
        k = min(k, state.collection.documents)
        engine = state.engine(batch)
        best = engine.best(batch.merged, k, excluded=excluded, n_jobs=n_jobs)
        documents = engine.documents._replace(classes=engine.documents.classes.copy())
        return cls(state, batch, documents, best.documents, best.scores)

    def __len__(self) -> int:
        return len(self.batch)

    def __getitem__(self, row):  # type: ignore[no-untyped-def]
        numbers = self.numbers[row][self.numbers[row] >= 0]
        scores = self.scores[row][: len(numbers)]
        return matches(self.state, self.batch, row, self.documents, numbers, scores)

    def ids(self) -> npt.NDArray[np.object_]:
        """Return the ids of the documents found, "" where there are no more."""
        different, inverse = np.unique(self.numbers, return_inverse=True)
        names = [self.state.collection.ids[n] if n >= 0 else "" for n in different.tolist()]
        return np.array(names, dtype=object)[inverse].reshape(self.numbers.shape)
