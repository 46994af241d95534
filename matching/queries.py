"""What is asked: the terms of queries, their weights, and the words that may stand for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.arrays import FloatArray, IntArray
from matching.documents import Document
from matching.names import taken
from matching.text import stem, word_counts


@dataclass(frozen=True)
class Query:
    """The terms of a query, and the words of a collection that may stand for each.

    A term is a stem; terms stand in the order of their first use.

    Attributes
    ----------
    document
        What asks.
    stems
        The terms.
    weights
        Share of the query's weight that each term has, shape (terms,); they add up to 1.
    starts
        Shape (terms + 1,): term t may be said by the words from `starts[t]` to `starts[t + 1]`.
    numbers, likeness
        Numbers of those words in the vocabulary, and how well they stand for the term, in
        1 / `EXACT`.
    chance
        Standard deviation of the scores if words stood in documents by chance.
    """

    document: Document
    stems: tuple[str, ...]
    weights: FloatArray
    starts: IntArray
    numbers: IntArray
    likeness: IntArray
    chance: float

    @cached_property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """For each term the words of the query that have that stem."""
        found: dict[str, list[str]] = {each: [] for each in self.stems}
        for word in word_counts(self.document):
            found.get(stem(word), []).append(word)
        return tuple(map(tuple, found.values()))

    @cached_property
    def by_word(self) -> tuple[IntArray, IntArray, IntArray]:
        """The words, rising, with the term and the likeness of each."""
        terms = np.repeat(np.arange(len(self.stems), dtype=np.int32), np.diff(self.starts))
        order = np.argsort(self.numbers, kind="stable")
        return self.numbers[order], terms[order], self.likeness[order]


@dataclass(frozen=True, slots=True)
class Queries:
    """Many queries; what is like a term is there once for all of them.

    Attributes
    ----------
    documents
        What asks.
    stems
        The different terms of all queries.
    starts
        Shape (different terms + 1,): where the words that may stand for each begin.
    numbers, likeness
        Those words and how well they stand for it; see `Query`.
    query_starts
        Shape (queries + 1,): where the terms of each query begin.
    terms, weights
        Their numbers in `stems`, in the order of their first use, and their weights.
    chance
        See `Query`, shape (queries,).
    """

    documents: Sequence[Document]
    stems: Sequence[str]
    starts: IntArray
    numbers: IntArray
    likeness: IntArray
    query_starts: IntArray
    terms: IntArray
    weights: FloatArray
    chance: FloatArray

    def __sizeof__(self) -> int:
        """Return the size in memory, in bytes, by which a scheduler judges what to move."""
        return self.numbers.nbytes + self.likeness.nbytes + 100 * len(self.terms)

    def __len__(self) -> int:
        return len(self.documents)

    def __getitem__(self, row: int) -> Query:
        row = range(len(self))[row]
        span = slice(self.query_starts[row], self.query_starts[row + 1])
        terms = self.terms[span]
        starts, numbers = taken(terms, self.starts, self.numbers)
        likeness = taken(terms, self.starts, self.likeness)[1]
        stems = tuple(map(self.stems.__getitem__, terms.tolist()))
        words = starts, numbers, likeness
        return Query(
            self.documents[row], stems, self.weights[span], *words, float(self.chance[row])
        )

    def part(self, first: int, end: int) -> Queries:
        """Return the queries from `first` to `end`, with their terms only."""
        if first == 0 and end >= len(self):
            return self
        bounds = self.query_starts[first : end + 1]
        span = slice(bounds[0], bounds[-1])
        held, terms = np.unique(self.terms[span], return_inverse=True)
        starts, numbers = taken(held, self.starts, self.numbers)
        return Queries(
            self.documents[first:end],
            [self.stems[term] for term in held.tolist()],
            starts,
            numbers,
            taken(held, self.starts, self.likeness)[1],
            bounds - bounds[0],
            terms.astype(np.int32),
            self.weights[span],
            self.chance[first:end],
        )
