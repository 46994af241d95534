"""Search with facets: what is for others comes after all that is not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from matching.arrays import IntArray
from matching.documents import Document
from matching.facets import FacetTable
from matching.facets.agreement import DOES_NOT_MEET
from matching.topk.engine import Best, Engine
from matching.topk.search import Queries

Levels = npt.NDArray[np.int8]


def levels_of(table: FacetTable, queries: Sequence[Document]) -> list[Levels]:
    """Return how each document stands to each query: see `matching.facets.FacetTable.compare`."""
    nothing = np.zeros(len(table), dtype=np.int8)
    return [table.compare(query.facets) if query.facets else nothing for query in queries]


def search(
    engine: Engine,
    queries: Queries,
    levels: Sequence[Levels],
    k: int,
    excluded: IntArray,
    n_jobs: int,
) -> Best:
    """Return the k best documents of each query; those that are for others come last.

    Parameters
    ----------
    engine, queries, k, n_jobs
        See `matching.topk.engine.Engine.best`.
    levels
        How each document stands to each query.
    excluded
        Numbers of documents that must not come out for any query.
    """
    others = [np.flatnonzero(each == DOES_NOT_MEET) for each in levels]
    left_out = [np.union1d(each, excluded) for each in others]
    best = engine.best(queries, k, excluded=left_out, n_jobs=n_jobs)
    short = [row for row, each in enumerate(others) if len(each) and -1 in best.documents[row, -1:]]
    for row in short:
        span = slice(queries.starts[row], queries.starts[row + 1])
        query = Queries(
            np.array([0, span.stop - span.start]), queries.terms[span], queries.weights[span]
        )
        rest = np.union1d(np.flatnonzero(levels[row] != DOES_NOT_MEET), excluded)
        last = engine.best(query, k, excluded=[rest])
        size = int((best.documents[row] >= 0).sum())
        best.documents[row, size:] = last.documents[0, : k - size]
        best.scores[row, size:] = last.scores[0, : k - size]
    return best
