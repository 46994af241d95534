"""Scores: what each word of a query finds, and the sum of it.

Every number is made in an order that only the query decides, from counts that do not depend on
how the collection came about. So the same documents give the same scores to the last bit, asked
one at a time or in a batch, whatever was added and removed before.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from matching.analysis import features, word_counts
from matching.arrays import FloatArray, IntArray
from matching.collection import Collection
from matching.documents import Document
from matching.weighting import STOP_WEIGHT, pivots, rarity, rarity_power, repetition, usual_length

MOST_QUERY_WORDS = 512
"""A longer query is asked by its most frequent words."""

_MOST_CACHED = 8_000_000  # Entries of found documents kept between queries, 20 bytes each.


@dataclass(frozen=True, slots=True)
class Found:
    """What one word finds in a collection.

    Attributes
    ----------
    places
        Places of the documents, rising, shape (found,).
    frequency
        How often they have the word or one that may stand for it, shape (found,).
    share
        How much of what can be said about it they say, in (0, 1), shape (found,).
    rarity
        Inverse document frequency, in nats.
    words, likeness
        The words that may stand for it and how well, each of shape (words,).
    """

    places: IntArray
    frequency: FloatArray
    share: FloatArray
    rarity: float
    words: IntArray
    likeness: FloatArray


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a query, its weight (all weights add up to 1), and what it finds."""

    word: str
    is_stop: bool
    weight: float
    found: Found


class Scorer:
    """Scores queries against one state of a collection; what a word finds is kept."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        lengths = collection.lengths
        self.documents = len(collection.places)
        self._in_use = collection.in_use
        self._pivots = pivots(lengths, usual_length(lengths[self._in_use]))
        self._is_whole = bool(self._in_use.all())
        self._cache: dict[str, Found] = {}
        self._cached = 0

    def terms(self, query: Document) -> list[Term]:
        """Return the words of a query with their weights; none when all are stop words."""
        counts = word_counts(query)
        if len(counts) > MOST_QUERY_WORDS:
            counts = Counter(dict(counts.most_common(MOST_QUERY_WORDS)))
        stops = {word: features(word).is_stop for word in counts}
        content = len(stops) - sum(stops.values())
        if content == 0:
            return []
        power = rarity_power(content)
        asked = [
            (word, self.find(word), repetition(count) * (STOP_WEIGHT if stops[word] else 1.0))
            for word, count in counts.items()
        ]
        weights = [weight * found.rarity**power for _, found, weight in asked]
        whole = sum(weights)
        if whole <= 0:
            return []
        return [
            Term(word, stops[word], weight / whole, found)
            for (word, found, _), weight in zip(asked, weights, strict=True)
        ]

    def scores(self, terms: list[Term]) -> FloatArray:
        """Return the score of every place, shape (places,)."""
        total = np.zeros(len(self._pivots))
        for term in terms:
            total[term.found.places] += term.weight * term.found.share
        return total

    def find(self, word: str) -> Found:
        """Return what a word finds."""
        found = self._cache.get(word)
        if found is None:
            found = self._find(word)
            self._cached += len(found.places) + len(found.words) + 64
            if self._cached > _MOST_CACHED:
                self._cache.clear()
                self._cached = len(found.places) + len(found.words) + 64
            self._cache[word] = found
        return found

    def _find(self, word: str) -> Found:
        numbers, likeness = self._collection.vocabulary.similar(word)
        if features(word).is_stop:
            likeness = likeness * STOP_WEIGHT
        frequency = np.zeros(len(self._pivots))
        for number, alike in zip(numbers.tolist(), likeness.tolist(), strict=True):
            places, counts = self._collection.postings.get(number)
            frequency[places] += alike * counts
        if not self._is_whole:
            frequency[~self._in_use] = 0.0
        places = np.flatnonzero(frequency)
        frequency = frequency[places]
        spread = float(np.minimum(frequency, 1.0).sum())
        return Found(
            places,
            frequency,
            frequency / (frequency + self._pivots[places]),
            rarity(self.documents, spread),
            numbers,
            likeness,
        )
