"""Ranking by parts: the best of each part, the best of them all, and reasons for those.

Scores and ids decide the order, as in one collection. Reasons are made for what came out best of
all parts only, so that many parts cost no more of them than one.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from matching.arrays import FloatArray, IntArray
from matching.batch import best_of_all
from matching.documents import Document
from matching.names import Strings
from matching.partitions import Lexicon, Shelf
from matching.reasons import matches
from matching.results import Match, tie_groups
from matching.scoring import Query
from matching.strength import Strength

_SEARCHING = threading.Lock()  # A lexicon keeps what it finds, and a worker may have threads.


@dataclass(frozen=True, slots=True)
class Queries:
    """Queries that are small to send: what is like a term is there once for all of them.

    Attributes
    ----------
    stems
        The different terms of all queries.
    starts
        Shape (different terms + 1,): where the words that may stand for each begin.
    numbers, likeness
        Those words and how well they stand for it; see `Query`.
    query_starts
        Shape (queries + 1,): where the terms of each query begin.
    terms
        Their numbers in `stems`.
    words, weights
        Of each of them; see `Query`.
    """

    stems: tuple[str, ...]
    starts: IntArray
    numbers: IntArray
    likeness: IntArray
    query_starts: IntArray
    terms: IntArray
    words: tuple[tuple[str, ...], ...]
    weights: FloatArray

    def __sizeof__(self) -> int:
        """Return the size in memory, in bytes, by which a scheduler judges what to move."""
        return self.numbers.nbytes + self.likeness.nbytes + 100 * len(self.terms)

    def all(self) -> list[Query]:
        """Return the queries."""
        sizes = np.diff(self.starts)[self.terms]
        ends = _starts(sizes)
        spots = np.arange(ends[-1]) + np.repeat(self.starts[self.terms] - ends[:-1], sizes)
        numbers, likeness = self.numbers[spots], self.likeness[spots]
        stems = tuple(map(self.stems.__getitem__, self.terms.tolist()))
        bounds = self.query_starts.tolist()
        return [
            Query(
                stems[first:last],
                self.words[first:last],
                self.weights[first:last],
                ends[first : last + 1] - ends[first],
                numbers[ends[first] : ends[last]],
                likeness[ends[first] : ends[last]],
            )
            for first, last in pairwise(bounds)
        ]


def _starts(sizes: Sequence[int] | IntArray) -> IntArray:
    starts = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts


def weighed(lexicon: Lexicon, documents: Sequence[Sequence[Document]]) -> Queries:
    """Return what the documents ask, with the weights that the whole gives."""
    return _packed(_asked(lexicon, documents))


def _asked(lexicon: Lexicon, documents: Sequence[Sequence[Document]]) -> list[Query]:
    scorer = lexicon.scorer()
    with _SEARCHING:
        return [scorer.query(document) for some in documents for document in some]


def _packed(queries: Sequence[Query]) -> Queries:
    known: dict[str, int] = {}
    none: IntArray = np.zeros(0, dtype=np.int32)
    numbers, likeness = [none], [none]
    for query in queries:
        for term, stem in enumerate(query.stems):
            if stem not in known:
                part = slice(query.starts[term], query.starts[term + 1])
                known[stem] = len(known)
                numbers.append(query.numbers[part])
                likeness.append(query.likeness[part])
    return Queries(
        tuple(known),
        _starts([len(each) for each in numbers[1:]]),
        np.concatenate(numbers),
        np.concatenate(likeness),
        _starts([len(query.stems) for query in queries]),
        np.array([known[stem] for query in queries for stem in query.stems], dtype=np.int32),
        tuple(words for query in queries for words in query.words),
        np.concatenate([np.zeros(0), *(query.weights for query in queries)]),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """Documents found for queries, best first within each query; arrays of shape (found,).

    Attributes
    ----------
    starts
        Shape (queries + 1,): where the documents found for each query begin.
    ids
        Of the documents.
    scores
        Of the documents.
    shelves, places
        Where each document is: the number of its part, and its place there.
    """

    starts: IntArray
    ids: Strings
    scores: FloatArray
    shelves: IntArray
    places: IntArray


def best(shelf: Shelf, number: int, queries: Queries, limit: int) -> Found:
    """Return the best documents of one part, which has that number, for each query."""
    return _best(shelf, number, queries.all(), limit)


def _best(shelf: Shelf, number: int, queries: Sequence[Query], limit: int) -> Found:
    places, scores = best_of_all(queries, limit, shelf.collection, shelf.scorer())
    held = places >= 0
    flat = places[held].astype(np.int32)
    ids = Strings.packed(shelf.collection.ids[place] for place in flat.tolist())
    starts = _starts(held.sum(axis=1))
    return Found(starts, ids, scores[held], np.full(len(flat), number, np.int32), flat)


def best_of(parts: Sequence[Found], limit: int) -> Found:
    """Return the best documents of several parts for each query, ties by id."""
    ids = [document_id for part in parts for document_id in part.ids]
    ranks = {document_id: rank for rank, document_id in enumerate(sorted(set(ids)))}
    by_id = np.array([ranks[document_id] for document_id in ids], dtype=np.int64)
    queries = [np.repeat(np.arange(len(p.starts) - 1), np.diff(p.starts)) for p in parts]
    asked, scores = np.concatenate(queries), np.concatenate([part.scores for part in parts])
    order = np.lexsort((by_id, -scores, asked))
    asked = asked[order]
    firsts = np.searchsorted(asked, np.arange(len(parts[0].starts)))
    order = order[np.arange(len(order)) - firsts[asked] < limit]
    sizes = np.minimum(np.diff(firsts), limit)
    return Found(
        _starts(sizes),
        Strings.packed(ids[row] for row in order.tolist()),
        scores[order],
        np.concatenate([part.shelves for part in parts])[order],
        np.concatenate([part.places for part in parts])[order],
    )


Told = list[tuple[str, tuple[str, ...]]]
"""Strength and reasons of some documents found."""


def told(shelf: Shelf, number: int, queries: Queries, found: Found) -> Told:
    """Return strength and reasons of those documents found that the part of that number has."""
    return _told(shelf, number, queries.all(), found)


def _told(shelf: Shelf, number: int, queries: Sequence[Query], found: Found) -> Told:
    scorer = shelf.scorer()
    own = np.flatnonzero(found.shelves == number)
    asked = np.searchsorted(found.starts, own, "right") - 1
    result: Told = []
    if not len(own):
        return result
    different, firsts = np.unique(asked, return_index=True)
    for query, rows in zip(different.tolist(), np.split(own, firsts[1:]), strict=True):
        places = found.places[rows].tolist()
        part = matches(queries[query], found.scores[rows], places, shelf.collection, scorer)
        result += [(match.strength.value, match.reasons) for match in part]
    return result


def complete(found: Found, parts: Sequence[Told]) -> tuple[Found, Told]:
    """Return documents found with the strength and reasons of each, in the same order."""
    left = [iter(part) for part in parts]
    return found, [next(left[shelf]) for shelf in found.shelves.tolist()]


def alone(
    lexicon: Lexicon, shelf: Shelf, documents: Sequence[Sequence[Document]], limit: int
) -> tuple[Found, Told]:
    """Return what all the steps together do, where there is one part only."""
    queries = _asked(lexicon, documents)
    found = _best(shelf, 0, queries, limit)
    return found, _told(shelf, 0, queries, found)


def as_matches(found: Found, about: Told) -> Iterator[list[Match]]:
    """Yield the matches of each query."""
    bounds = found.starts.tolist()
    for start, end in pairwise(bounds):
        scores = found.scores[start:end].tolist()
        groups = tie_groups(scores)
        yield [
            Match(
                found.ids[start + row],
                score,
                Strength(about[start + row][0]),
                about[start + row][1],
                groups[row],
            )
            for row, score in enumerate(scores)
        ]
