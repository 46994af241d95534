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
from matching.queries import Queries
from matching.reasons import matches
from matching.results import Match, tie_groups
from matching.strength import Strength

_SEARCHING = threading.Lock()  # A lexicon keeps what it finds, and a worker may have threads.


def _starts(sizes: Sequence[int] | IntArray) -> IntArray:
    starts = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts


def weighed(lexicon: Lexicon, documents: Sequence[Sequence[Document]]) -> Queries:
    """Return what the documents ask, with the weights that the whole gives."""
    scorer = lexicon.scorer()
    with _SEARCHING:
        return scorer.queries([document for some in documents for document in some])


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
    queries = weighed(lexicon, documents)
    found = best(shelf, 0, queries, limit)
    return found, told(shelf, 0, queries, found)


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
