"""Scores: what each word of a query finds, and the sum of it.

Every number is made in an order that only the query decides, from counts that do not depend on
how the collection came about. So the same documents give the same scores to the last bit, asked
one at a time or in a batch, whatever was added and removed before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from matching.arrays import BoolArray, FloatArray, IntArray, SingleArray
from matching.collection import Collection
from matching.documents import Document
from matching.postings import Rows, Segment
from matching.queries import Queries, Query
from matching.reading import read
from matching.strength import scale_of
from matching.vocabulary import EXACT, PART
from matching.weighting import (
    burstiness,
    pivots,
    rarity,
    rarity_power,
    repetition,
    usual_length,
    variance_by_chance,
)

MOST_QUERY_WORDS = 512
"""A longer query is asked by its most frequent words."""

Postings = tuple[Segment, IntArray, IntArray]
"""A part of the postings, and where those of each of some words begin and end."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What some documents say about each term of a query; arrays of shape (documents, terms).

    Attributes
    ----------
    frequency
        How often the document has the term, or a word that may stand for it in part.
    share
        How much of what can be said about it the document says, in [0, 1).
    likeness
        How well its different words together stand for the term, in [0, 1]: the sum over those
        that are at least a part of it. So two words may say what one compound asks.
    """

    frequency: FloatArray
    share: FloatArray
    likeness: FloatArray


@dataclass(frozen=True, slots=True)
class Statistics:
    """What scores need to know of all documents, beside what the vocabulary counts.

    Attributes
    ----------
    documents
        How many there are.
    usual_length
        See `matching.weighting.usual_length`.
    """

    documents: int
    usual_length: float

    @classmethod
    def of(cls, collection: Collection) -> Statistics:
        """Return the statistics of a collection."""
        in_use, lengths = collection.in_use, collection.lengths
        usual = usual_length(lengths if in_use.all() else lengths[in_use])
        return cls(collection.documents, usual)


@dataclass(slots=True)
class _Room:
    """Arrays to work in, kept for the next query; all zero between queries but for `sums`."""

    frequency: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    touched: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.uint32))
    sums: SingleArray = field(default_factory=lambda: np.zeros(0, dtype=np.float32))

    def for_places(self, places: int) -> tuple[IntArray, IntArray]:
        if len(self.frequency) < places:
            self.frequency = np.zeros(places + 1, dtype=np.int32)
            self.touched = np.zeros(places + 1, dtype=np.uint32)
        return self.frequency, self.touched

    def empty_sums(self, places: int) -> SingleArray:
        if len(self.sums) < places:
            self.sums = np.zeros(places + places // 8, dtype=np.float32)
        found = self.sums[:places]
        found.fill(0)
        return found


class Scorer:
    """Scores queries against one state of a collection.

    Parameters
    ----------
    collection
        The documents to score.
    statistics
        Those of the whole where the collection is a part of one, and its vocabulary has the
        counts of that whole. Then the scores are those in the whole, to the last bit.
    room
        Arrays of an earlier scorer, to use again.
    """

    def __init__(
        self,
        collection: Collection,
        statistics: Statistics | None = None,
        room: _Room | None = None,
    ) -> None:
        self._collection = collection
        whole = statistics or Statistics.of(collection)
        self.documents, self.usual_length = whole.documents, whole.usual_length
        self.pivots = pivots(collection.lengths, whole.usual_length) * EXACT
        self.pivots[~collection.in_use] = np.inf
        vocabulary = collection.vocabulary
        self._document_frequency = vocabulary.document_frequency
        self._uses = vocabulary.uses
        held = int(self._document_frequency.sum())
        self._usual_uses = int(self._uses.sum()) / held if held else 0.0
        self._single: SingleArray = self.pivots.astype(np.float32)
        self.room = room or _Room()

    def query(self, document: Document) -> Query:
        """Return the terms of a query; none when all its words only bind."""
        return self.queries([document])[0]

    def queries(self, documents: Sequence[Document]) -> Queries:
        """Return the terms of many queries."""
        vocabulary = self._collection.vocabulary
        stems, asked = _terms(documents)
        starts, numbers, likeness = vocabulary.alike(stems)
        frequency = _sums(likeness * self._document_frequency[numbers], starts) / EXACT
        uses = _sums(likeness * self._uses[numbers], starts) / EXACT
        variance = variance_by_chance(self.documents, frequency, uses)
        worth = rarity(self.documents, frequency)
        worth *= burstiness(frequency, uses, self._usual_uses)
        weights = self._weights(asked, worth)
        words = starts, numbers, likeness
        rows = np.repeat(np.arange(len(documents)), np.diff(asked.starts))
        spread = np.bincount(rows, weights**2 * variance[asked.items], len(documents))
        terms = asked.starts, asked.items, weights
        return Queries(documents, stems, *words, *terms, np.sqrt(spread))

    def scale(self, query: Query) -> float:
        """Return what scores of a query are multiplied by to become strengths."""
        return scale_of(len(query.stems), query.chance, self.documents, self.usual_length)

    def _weights(self, asked: Rows, worth: FloatArray) -> FloatArray:
        """Return the weight of each term of queries, from what terms are worth."""
        from matching import score_loops  # noqa: PLC0415 - numba, when first needed

        sizes = np.diff(asked.starts)
        weights = repetition(asked.counts.astype(np.float64))
        weights *= worth[asked.items] ** np.repeat(rarity_power(sizes), sizes)
        score_loops.make_shares(weights, asked.starts)
        return weights

    def scores(self, query: Query) -> FloatArray:
        """Return the score of every place, shape (places,)."""
        from matching import compiled  # noqa: PLC0415 - numba, when first needed

        total = np.zeros(len(self.pivots))
        frequency, touched = self.room.for_places(len(total))
        for part in self._collection.inverted.segments:
            compiled.add_up(
                query.weights,
                query.starts,
                query.likeness,
                *part.spans(query.numbers),
                part.rows,
                part.counts,
                part.first,
                part.end,
                self.pivots,
                frequency,
                touched,
                total,
            )
        return total

    def postings(self, query: Query) -> list[Postings]:
        """Return each part of the postings, and where those of each word of the query are in it."""
        return [(part, *part.spans(query.numbers)) for part in self._collection.inverted.segments]

    def add_terms(
        self, query: Query, terms: IntArray, postings: Sequence[Postings], sums: SingleArray
    ) -> None:
        """Add what some terms find to `sums`, shape (places,), in single precision."""
        from matching import score_loops  # noqa: PLC0415 - numba, when first needed

        room = self.room.for_places(len(sums))
        weights = query.weights.astype(np.float32)
        for part, starts, ends in postings:
            entries = part.rows, part.counts
            words = query.starts, query.likeness, starts, ends
            score_loops.add_terms(terms, weights, *words, *entries, self._single, *room, sums)

    def scores_at(self, query: Query, places: IntArray) -> FloatArray:
        """Return the scores of the documents at some places, shape of `places`."""
        from matching import score_loops  # noqa: PLC0415 - numba, when first needed

        words, rows = query.by_word, self._collection.rows
        return score_loops.scores_at(
            places, *words, query.weights, rows.starts, rows.items, rows.counts, self.pivots
        )

    @property
    def places(self) -> int:
        """Number of places, shape of `scores`."""
        return len(self.pivots)

    def answers(self, query: Query, places: Sequence[int]) -> Answers:
        """Return what the documents at `places` say about each term."""
        from matching import compiled  # noqa: PLC0415 - numba, when first needed

        rows = self._collection.rows
        where = np.array(places, dtype=np.int64)
        held = rows.starts, rows.items, rows.counts
        frequency, together = compiled.answered(
            *query.by_word, *held, where, len(query.stems), PART
        )
        share = frequency / (frequency + self.pivots[where, np.newaxis])
        return Answers(
            frequency / EXACT,
            share.astype(np.float32).astype(np.float64),
            np.minimum(together / EXACT, 1.0),
        )


def _terms(documents: Sequence[Document]) -> tuple[Sequence[str], Rows]:
    """Return the different terms of queries, and which of them each query asks how often."""
    stems, rows, _ = read(documents, asked=True)
    if not (np.diff(rows.starts) > MOST_QUERY_WORDS).any():
        return stems, rows
    kept = _most_frequent(rows)
    held, items = np.unique(rows.items[kept], return_inverse=True)
    starts = np.append(0, np.cumsum(kept))[rows.starts]
    return [stems[term] for term in held.tolist()], Rows(starts, items, rows.counts[kept])


def _most_frequent(rows: Rows) -> BoolArray:
    """Return which terms are among the `MOST_QUERY_WORDS` most frequent ones of their query."""
    kept = np.ones(len(rows.items), dtype=np.bool_)
    for row in np.flatnonzero(np.diff(rows.starts) > MOST_QUERY_WORDS).tolist():
        order = np.argsort(-rows.get(row)[1].astype(np.int64), kind="stable")
        kept[rows.starts[row] + order[MOST_QUERY_WORDS:]] = False
    return kept


def _sums(values: IntArray, starts: IntArray) -> FloatArray:
    """Return the sum of each part of `values`, exact."""
    sums = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(values, out=sums[1:])
    return (sums[starts[1:]] - sums[starts[:-1]]).astype(np.float64)
