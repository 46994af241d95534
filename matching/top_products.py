"""The exact best documents of sparse queries: the highest sums of weight times value.

The compiled loops are in `matching.kernels`, which is imported when first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from matching.arrays import FloatArray, IntArray, SingleArray
from matching.kernel_types import (
    CHUNK,
    LEVELS,
    Found,
    Frequent,
    Index,
    Lists,
    Queries,
    Scratch,
)

SMALLEST, LARGEST = 2.0**-60, 2.0**30
"""Values and weights outside these limits are refused: single precision could lose them."""

_MOST_TOGETHER = 64  # Queries that a thread takes at a time,
_TURNS = 4  # but so few that each thread takes some so many times.
_FREQUENT = 12  # A term in more than one of so many documents is frequent.


@dataclass(frozen=True, slots=True)
class Impacts:
    """An inverted index of impacts, and the same seen from the documents.

    All fields are arrays that can be saved and mapped into memory.

    Attributes
    ----------
    starts
        Shape (terms + 1,), int64: term t is in the documents `places[starts[t]:starts[t + 1]]`.
    places, values
        Shape (entries,), int32 and float32: documents, each at most once a term, and what the
        term counts for there.
    peaks
        Shape (terms,), float32: the highest value of each term, 0 for a term in no document.
    document_starts
        Shape (documents + 1,), int64: document d has the terms
        `document_terms[document_starts[d]:document_starts[d + 1]]`.
    document_terms, document_values
        Shape (entries,), int32 and float32: the same entries, document by document.
    """

    starts: IntArray
    places: IntArray
    values: SingleArray
    peaks: SingleArray
    document_starts: IntArray
    document_terms: IntArray
    document_values: SingleArray

    @classmethod
    def build(
        cls, starts: IntArray, places: IntArray, values: SingleArray, documents: int
    ) -> Impacts:
        """Return the index for postings over `documents` documents.

        Raises
        ------
        ValueError
            When a value is not between `SMALLEST` and `LARGEST`, or a place not a document's.
        """
        from matching.kernels import ends_of, transpose  # noqa: PLC0415 - numba takes time to load

        starts = np.ascontiguousarray(starts, np.int64)
        places = np.ascontiguousarray(places, np.int32)
        values = np.ascontiguousarray(values, np.float32)
        _expect_within(places, 0, documents - 1, "A place")
        _expect_within(values, SMALLEST, LARGEST, "A value")
        postings = _lists(starts, places, values)
        document_starts = ends_of(postings.items, documents)
        terms, impacts = np.empty_like(places), np.empty_like(values)
        transpose(postings, document_starts[:-1].copy(), terms, impacts)
        return cls(starts, places, values, _peaks(starts, values), document_starts, terms, impacts)

    @classmethod
    def of_documents(
        cls, starts: IntArray, terms: IntArray, values: SingleArray, size: int
    ) -> Impacts:
        """Return the index for documents over `size` terms, given document by document.

        Raises
        ------
        ValueError
            When a value is not between `SMALLEST` and `LARGEST`, or a term not below `size`.
        """
        turned = cls.build(starts, terms, values, size)
        places, impacts = turned.document_terms, turned.document_values
        return cls(
            turned.document_starts,
            places,
            impacts,
            _peaks(turned.document_starts, impacts),
            turned.starts,
            turned.places,
            turned.values,
        )


class Best(NamedTuple):
    """The best documents of each query.

    Attributes
    ----------
    places
        Shape (queries, k), int32: documents, best first; -1 where there are no more.
    scores
        Shape (queries, k): their scores, 0 where there are no more.
    counts
        Shape (queries,): how many documents each query found, at most k.
    """

    places: npt.NDArray[np.int32]
    scores: FloatArray
    counts: npt.NDArray[np.int64]


class TopProducts:
    """Finds the documents with the highest sums of weight times value, exactly.

    A score is the sum, in double precision and in the order of the query's terms, of the query's
    weight times the document's value. Documents with equal scores come in the given order. Only
    documents with a term in common with the query come out. The answer is the same to the last
    bit for any number of threads and whatever else is asked in the same call. One object may be
    used by many threads at once.

    Parameters
    ----------
    impacts
        What is searched.
    order
        Shape (documents,), int64: among equals, lower comes first; all different.
    """

    def __init__(self, impacts: Impacts, order: IntArray) -> None:
        self._impacts = impacts
        self._order = np.ascontiguousarray(order, np.int64)
        self._documents = len(impacts.document_starts) - 1
        self._terms = len(impacts.starts) - 1
        self._longest = int(np.diff(impacts.document_starts).max(initial=0))
        self._scratch: list[Scratch] = []
        self._frequent = _frequent(impacts, self._documents)
        if len(order) != self._documents:
            raise ValueError(f"{len(order)} ranks were given for {self._documents} documents.")

    def best(
        self,
        starts: IntArray,
        terms: IntArray,
        weights: npt.NDArray[np.floating],
        k: int,
        *,
        allowed: npt.NDArray[np.uint8 | np.bool_] | None = None,
        threads: int = 1,
    ) -> Best:
        """Return the k best documents of each query.

        Parameters
        ----------
        starts, terms, weights
            Query i has the terms `terms[starts[i]:starts[i + 1]]`, each once, with `weights`
            beside them.
        k
            How many documents are wanted for each query, at least 1.
        allowed
            Shape (documents,): only documents with a value other than 0 come out; all unless given.
        threads
            How many queries are answered at the same time.

        Raises
        ------
        ValueError
            When a query has a term twice, a term is not in the index, a weight is not between
            `SMALLEST` and `LARGEST`, `allowed` has the wrong length, or k is less than 1.
        """
        from matching.kernels import rank  # noqa: PLC0415 - numba takes time to load

        queries = Queries(*self._checked(starts, terms, weights))
        if k < 1:
            raise ValueError(f"k must be at least 1, not {k}.")
        count, room = len(starts) - 1, min(k, self._documents)
        best = Best(
            np.full((count, room), -1, np.int32),
            np.zeros((count, room), np.float64),
            np.zeros(count, np.int64),
        )
        index = self._index(allowed, int(np.diff(queries.starts).max(initial=0)))

        together = max(1, min(_MOST_TOGETHER, count // (threads * _TURNS)))

        def answer(first: int) -> None:
            with self._room() as scratch:
                rank(index, queries, scratch, Found(*best), first, min(first + together, count))

        if room:
            _share(answer, range(0, count, together), threads)
        if (best.counts < 0).any():
            raise ValueError("A query has a term twice.")
        return _widened(best, k)

    def _checked(
        self, starts: IntArray, terms: IntArray, weights: npt.NDArray[np.floating]
    ) -> tuple[IntArray, IntArray, FloatArray]:
        """Return the queries as the kernels want them."""
        _expect_within(terms, 0, self._terms - 1, "A term")
        _expect_within(weights, SMALLEST, LARGEST, "A weight")
        if len(terms) != len(weights) or len(terms) != starts[-1]:
            raise ValueError("Terms, weights and starts do not belong together.")
        return (
            _fixed(starts, np.int64),
            _fixed(terms, np.int32).view(np.uint32),
            _fixed(weights, np.float64),
        )

    def _index(self, allowed: npt.NDArray[np.uint8 | np.bool_] | None, longest_query: int) -> Index:
        """Return the index as the kernels want it."""
        all_of = self._impacts
        excluded = np.zeros(0, np.uint32)
        if allowed is not None:
            if len(allowed) != self._documents:
                raise ValueError(f"`allowed` has {len(allowed)} values, not {self._documents}.")
            excluded = np.flatnonzero(allowed == 0).astype(np.uint32)
        return Index(
            _lists(all_of.starts, all_of.places, all_of.values),
            _lists(all_of.document_starts, all_of.document_terms, all_of.document_values),
            _fixed(all_of.peaks, np.float32),
            _fixed(self._order, np.int64),
            excluded,
            (min(self._longest, longest_query) + 8) * 2.0**-23,
            self._frequent,
        )

    @contextmanager
    def _room(self) -> Iterator[Scratch]:
        """Lend room to work in, kept for the next who comes."""
        try:
            scratch = self._scratch.pop()
        except IndexError:
            chunks = -(-self._documents // CHUNK)
            scratch = Scratch(
                np.zeros(chunks * CHUNK, np.float32),
                np.zeros(chunks, np.float32),
                np.zeros(self._terms, np.uint32),
            )
        yield scratch
        self._scratch.append(scratch)


def _share(work: Callable[[int], None], parts: Sequence[int], threads: int) -> None:
    """Do the work, in several threads when there is enough of it."""
    if threads == 1 or len(parts) <= 1:
        for part in parts:
            work(part)
        return
    with ThreadPoolExecutor(min(threads, len(parts))) as pool:
        for _ in pool.map(work, parts):
            pass


def _widened(best: Best, k: int) -> Best:
    """Return rows of k places when there are fewer documents than that."""
    missing = ((0, 0), (0, k - best.places.shape[1]))
    if missing[1][1] == 0:
        return best
    places = np.pad(best.places, missing, constant_values=-1)
    return Best(places, np.pad(best.scores, missing), best.counts)


def _peaks(starts: IntArray, values: SingleArray) -> SingleArray:
    """Return the highest value of each list, 0 for an empty one."""
    peaks = np.zeros(len(starts) - 1, np.float32)
    filled = np.flatnonzero(np.diff(starts))
    if len(filled):
        peaks[filled] = np.maximum.reduceat(values, starts[filled])
    return peaks


def _frequent(impacts: Impacts, documents: int) -> Frequent:
    """Return the rows of the terms that are in more than one of `_FREQUENT` documents."""
    from matching.kernel_sums import fill_levels  # noqa: PLC0415 - numba takes time to load

    terms = np.flatnonzero(np.diff(impacts.starts) * _FREQUENT > documents)
    row_of = np.full(len(impacts.peaks), -1, np.int32)
    row_of[terms] = np.arange(len(terms))
    steps = _fixed(impacts.peaks[terms] / LEVELS, np.float32)
    levels = np.zeros((len(terms), -(-documents // CHUNK) * CHUNK), np.uint8)
    postings = _lists(impacts.starts, impacts.places, impacts.values)
    fill_levels(postings, _fixed(terms, np.uint64), steps, levels)
    return Frequent(_fixed(row_of, np.int32), _fixed(levels, np.uint8), steps)


def _lists(starts: IntArray, items: IntArray, values: SingleArray) -> Lists:
    """Return lists as the kernels want them: numbers of items unsigned, nothing to be written."""
    return Lists(
        _fixed(starts, np.int64),
        _fixed(items, np.int32).view(np.uint32),
        _fixed(values, np.float32),
    )


def _fixed(array: npt.NDArray[Any], kind: type[np.generic]) -> npt.NDArray[Any]:
    """Return the array as one kind, read-only: for each kind of input the loops compile anew."""
    fixed = np.ascontiguousarray(array, kind).view()
    fixed.flags.writeable = False
    return fixed


def _expect_within(array: npt.NDArray[Any], least: float, most: float, what: str) -> None:
    """Refuse values outside the limits; NaN is outside."""
    if len(array) and not (array.min() >= least and array.max() <= most):
        raise ValueError(f"{what} is not between {least:g} and {most:g}.")
