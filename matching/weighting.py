"""How much a word says, and how much a document says about it.

Saturation and document length follow BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
Framework: BM25 and Beyond", 2009). Two things differ. A term's frequency in a document is the
sum over all words that may stand for it, each times its likeness, and its document frequency is
counted from that; so a term that no document spells alike still has an honest weight. And the
inverse document frequency is raised to a power that grows slowly with the length of the query: a
question of five words needs them all, a page of text is about its rare words.
"""

from __future__ import annotations

import math

import numpy as np

from matching.arrays import FloatArray

SATURATION = 1.4
"""BM25's k1: term frequency at which an average document has said half."""

LENGTH_SHARE = 0.65
"""BM25's b: how far a longer document must repeat a term to say as much."""

QUERY_SATURATION = 20.0
"""BM25's k3: how soon repeating a word in the query stops adding weight."""

OUTLIER = 10

LEAST_SIZE = 50
"""Documents that a collection counts as having, at least, when the rarity of a word is judged."""

STOP_WEIGHT = 0.375
"""What a stop word counts, on both sides and in lengths. In eighths, so that sums are exact."""

RARITY_POWER = 1.5
"""Power of the inverse document frequency in a query of `USUAL_QUERY` words."""

RARITY_GROWTH = 0.1
"""What is added to that power when the query doubles."""

USUAL_QUERY = 16


def usual_length(lengths: FloatArray) -> float:
    """Return the mean length of the documents, none counted beyond `OUTLIER` times the median.

    Without that limit a single huge text would make all others look short.
    """
    if len(lengths) == 0:
        return 0.0
    limit = OUTLIER * float(np.median(lengths))
    return float(np.minimum(lengths, limit).sum()) / len(lengths)


def pivots(lengths: FloatArray, mean_length: float) -> FloatArray:
    """Return the term frequency at which each document has said half, shape (documents,)."""
    if mean_length <= 0:
        return np.full(len(lengths), SATURATION)
    pivot: FloatArray = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths / mean_length)
    return pivot


def rarity(documents: int, document_frequency: float) -> float:
    """Return BM25's inverse document frequency, in nats, never negative.

    A word that no document has counts as one that a single document has: how much rarer it is
    cannot be known, and in a small collection it would outweigh all that is answered. And a
    collection counts as having `LEAST_SIZE` documents at least: that all of five say a word does
    not make it empty.
    """
    frequency = min(document_frequency or 1.0, float(documents))
    size = max(documents, LEAST_SIZE)
    return math.log1p((size - frequency + 0.5) / (frequency + 0.5))


def rarity_power(content_words: int) -> float:
    """Return the power to which rarity is raised in a query of that many different words."""
    grown = RARITY_POWER + RARITY_GROWTH * math.log2(max(content_words, 1) / USUAL_QUERY)
    return min(max(grown, 1.0), 2.5)


def repetition(count: int) -> float:
    """Return what a word that stands `count` times in the query counts, from 1 to 21."""
    return count * (QUERY_SATURATION + 1) / (count + QUERY_SATURATION)
