"""How much a word says, and how much a document says about it.

Saturation and document length follow BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
Framework: BM25 and Beyond", 2009). Three things differ. A term's frequency in a document is the
sum over all words that may stand for it, each times its likeness, and its document frequency is
counted in the same way; so a term that no document spells alike still has an honest weight. A
word that recurs within the documents that have it is what they are about, one that stands in
each of them once is a turn of phrase: the weight grows with the mean frequency within documents
(the "burstiness" of Church and Gale, "Poisson mixtures", 1995). And that weight is raised to a
power that grows slowly with the length of the query: a question of five words needs them all, a
page of text is about its rare words.
"""

from __future__ import annotations

import numpy as np

from matching.arrays import FloatArray, IntArray

SATURATION = 1.4
"""BM25's k1: term frequency at which an average document has said half."""

LENGTH_SHARE = 0.65
"""BM25's b: how far a longer document must repeat a term to say as much."""

LISTED = 50
"""Words of sentences that follow each other without one of them coming twice, at most. In 36 000
texts of thirteen collections, Norwegian and English, five have more (57 at most); half of them
have no more than 23. What has more is a list, and counts for nothing."""

REPETITION = 0.85
"""Power of a word's frequency in the query."""

OUTLIER = 10

LEAST_SIZE = 50
"""Documents that a collection counts as having, at least, when the rarity of a word is judged."""

LEAST_RARITY = 0.01
"""Rarity of a word that all documents have: next to nothing, yet more than nothing."""

BURSTINESS = 0.4
"""Power of the mean frequency within documents, relative to that of all words."""

MOST_BURST = 5.0

RARITY_POWER = 1.5
"""Power of the weight in a query of `USUAL_QUERY` words."""

RARITY_GROWTH = 0.1
"""What is added to that power when the query doubles."""

USUAL_QUERY = 16


def usual_length(lengths: IntArray) -> float:
    """Return the mean length of the documents, none counted beyond `OUTLIER` times the median.

    Without that limit a single huge text would make all others look short.
    """
    if len(lengths) == 0:
        return 0.0
    limit = OUTLIER * float(np.median(lengths))
    return float(np.minimum(lengths, limit).sum()) / len(lengths)


def pivots(lengths: IntArray, usual: float) -> FloatArray:
    """Return the term frequency at which each document has said half, shape (documents,)."""
    if usual <= 0:
        return np.full(len(lengths), SATURATION)
    relative: FloatArray = lengths / usual
    return SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * relative)


def rarity(documents: int, document_frequency: FloatArray) -> FloatArray:
    """Return BM25's inverse document frequency, in nats, at least `LEAST_RARITY`.

    A word that no document has counts as one that a single document has: how much rarer it is
    cannot be known, and in a small collection it would outweigh all that is answered. And a
    collection counts as having `LEAST_SIZE` documents at least: that all of five say a word does
    not make it empty.
    """
    seen = np.where(document_frequency > 0, document_frequency, 1.0)
    frequency = np.minimum(seen, float(max(documents, 1)))
    size = max(documents, LEAST_SIZE)
    found: FloatArray = np.log1p((size - frequency + 0.5) / (frequency + 0.5))
    return np.maximum(found, LEAST_RARITY)


def burstiness(document_frequency: FloatArray, uses: FloatArray, usual: float) -> FloatArray:
    """Return by how much words weigh more that recur within the documents that have them.

    Parameters
    ----------
    document_frequency, uses
        Number of documents with each word, and number of times it stands in them all.
    usual
        The second over the first for all words together.
    """
    held = (document_frequency > 0) & (usual > 0)
    mean = np.divide(uses, document_frequency, out=np.ones(len(uses)), where=held)
    relative = np.where(held, mean / (usual or 1.0), 1.0)
    found: FloatArray = np.minimum(relative, MOST_BURST) ** BURSTINESS
    return found


def rarity_power(words: IntArray) -> FloatArray:
    """Return the power to which weights are raised in queries of so many different words."""
    grown = RARITY_POWER + RARITY_GROWTH * np.log2(np.maximum(words, 1) / USUAL_QUERY)
    found: FloatArray = np.clip(grown, 1.0, 2.5)
    return found


def variance_by_chance(
    documents: int, document_frequency: FloatArray, uses: FloatArray
) -> FloatArray:
    """Return the variance of what documents of usual length say about each word.

    If each word stood in documents independently of the others, the variance of a query's scores
    would be the sum of these, each times its squared weight.

    Parameters
    ----------
    documents
        How many there are.
    document_frequency, uses
        Number of documents with each word, and number of times it stands in them all.
    """
    odds = np.minimum(document_frequency / max(documents, LEAST_SIZE), 1.0)
    held = document_frequency > 0
    mean = np.divide(uses, document_frequency, out=np.ones(len(uses)), where=held)
    said = mean / (mean + SATURATION)
    found: FloatArray = odds * (1 - odds) * said**2
    return found


def repetition(counts: FloatArray) -> FloatArray:
    """Return what words that stand so often in the query count, 1 for a word that stands once."""
    found: FloatArray = counts**REPETITION
    return found
