"""The exact k best documents of queries, on one thread or several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import numba
import numpy as np

from matching.arrays import FloatArray, IntArray
from matching.topk.heap import Heap, sort
from matching.topk.search import (
    BITS,
    Documents,
    Heaps,
    Postings,
    Queries,
    Scratch,
    ask,
    forget,
    score_of,
    search,
)

_BY_TERM = {"weights": np.int64, "frequencies": np.int32, "asked": np.int32}
_BY_WORD = ("stamps", "hit_starts", "hit_ends")
_NONE: IntArray = np.zeros(0, dtype=np.int64)
_MOST_TOGETHER = 64  # Queries that a thread takes at a time,
_TURNS = 4  # but so few that each thread takes some so many times.


@dataclass(frozen=True, slots=True)
class Best:
    """The best documents of each query, a row each.

    Attributes
    ----------
    documents
        Shape (queries, k): numbers of documents, best first; -1 where there are no more.
    scores
        Shape (queries, k): their scores; 0.0 where there are no more.
    """

    documents: IntArray
    scores: FloatArray


class Engine:
    """Finds the documents with the highest sums of weight times impact.

    Equal scores are ordered by rank. Only documents with a score above 0 come out.

    Parameters
    ----------
    documents
        What scores need to know of the documents.
    segments
        Postings of all parts of the collection, for the terms of the queries.
    size
        Number of different terms in the queries.
    pool
        Arrays to work in that earlier engines over the same documents have left, and this leaves.
    """

    def __init__(
        self,
        documents: Documents,
        segments: Sequence[Postings],
        size: int,
        pool: list[Scratch] | None = None,
    ) -> None:
        self.documents, self._segments, self._size = documents, segments, size
        self._pool = [] if pool is None else pool

    def best(
        self,
        queries: Queries,
        k: int,
        *,
        excluded: Sequence[IntArray] | None = None,
        n_jobs: int = 1,
    ) -> Best:
        """Return the k best documents of each query.

        Parameters
        ----------
        queries
            What is asked.
        k
            How many documents are wanted for each.
        excluded
            For each query the numbers of documents that must not come out, rising.
        n_jobs
            Threads; the answer does not depend on it.
        """
        count, room = len(queries.starts) - 1, min(k, len(self.documents.classes))
        if not room or not count:
            return Best(np.full((count, k), -1), np.zeros((count, k)))
        heaps = Heaps(
            np.zeros((count, room), dtype=np.int64),
            np.zeros((count, room), dtype=np.int64),
            np.full((count, room), -1, dtype=np.int64),
            np.zeros(count, dtype=np.int64),
        )
        # Postings of documents that were removed stay until their segment is made anew.
        removed = np.flatnonzero(self.documents.classes == 0)
        left_out = _joined([np.union1d(each, removed) for each in excluded or [_NONE] * count])
        together = max(1, min(_MOST_TOGETHER, count // (n_jobs * _TURNS)))

        def answer(first: int) -> None:
            end = min(first + together, count)
            with self._room() as scratch:
                for segment in self._segments:
                    search(queries, segment, self.documents, *left_out, heaps, scratch, first, end)
            _sort(heaps, first, end)

        share(answer, range(0, count, together), n_jobs)
        missing = ((0, 0), (0, k - room))
        scores = heaps.scores / float(1 << 2 * BITS)
        return Best(np.pad(heaps.documents, missing, constant_values=-1), np.pad(scores, missing))

    def scores(self, queries: Queries, documents: IntArray) -> IntArray:
        """Return the scores of some documents for one query, in steps of 2**(-2 * BITS)."""
        with self._room() as scratch:
            ask(queries.terms, queries.weights, scratch)
            found: IntArray = _scores_of(documents, self.documents, scratch)
            forget(queries.terms, scratch)
        return found

    @contextmanager
    def _room(self) -> Iterator[Scratch]:
        """Lend room to work in, kept for the next who comes."""
        try:
            scratch = self._pool.pop()
        except IndexError:
            longest = max((part.end - part.first for part in self._segments), default=0)
            words = len(self.documents.feature_starts)
            scratch = Scratch(
                sums=np.zeros(longest, dtype=np.int32),
                **{name: np.zeros(0, dtype=kind) for name, kind in _BY_TERM.items()},
                **{name: np.zeros(words, dtype=np.int32) for name in _BY_WORD},
                hits=np.zeros(len(self.documents.features), dtype=np.int32),
                state=np.zeros(2, dtype=np.int64),
            )
        if len(scratch.weights) < self._size:
            room = {name: np.zeros(self._size, dtype=kind) for name, kind in _BY_TERM.items()}
            scratch = scratch._replace(**room)
        yield scratch
        self._pool.append(scratch)


def _joined(parts: Sequence[IntArray]) -> tuple[IntArray, IntArray]:
    starts = np.zeros(len(parts) + 1, dtype=np.int64)
    np.cumsum([len(part) for part in parts], out=starts[1:])
    return starts, np.concatenate([_NONE, *parts])


def share(work: Callable[[int], None], parts: Sequence[int], n_jobs: int) -> None:
    """Do the work, on several threads when there is enough of it."""
    if n_jobs == 1 or len(parts) <= 1:
        for part in parts:
            work(part)
        return
    with ThreadPoolExecutor(min(n_jobs, len(parts))) as pool:
        for _ in pool.map(work, parts):
            pass


@numba.njit(cache=True, nogil=True)
def _sort(heaps: Heaps, first: int, end: int) -> None:
    for query in range(first, end):
        sort(
            Heap(
                heaps.scores[query],
                heaps.ranks[query],
                heaps.documents[query],
                heaps.sizes[query : query + 1],
            )
        )


@numba.njit(cache=True, nogil=True)
def _scores_of(numbers: IntArray, documents: Documents, scratch: Scratch) -> IntArray:
    found = np.zeros(len(numbers), dtype=np.int64)
    for at in range(len(numbers)):
        found[at] = score_of(numbers[at], documents, scratch)
    return found
