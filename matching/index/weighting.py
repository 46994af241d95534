"""Idf and burstiness of words, and impacts of features in documents.

Saturation and document length follow BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
Framework: BM25 and Beyond", 2009), fields BM25F of the same: a word of a field with weight 3
counts as three words. Beside that, a word that recurs within the documents that have it is what
they are about, one that stands in each of them once is a turn of phrase: the weight grows with the
mean frequency within documents (the "burstiness" of Church and Gale, "Poisson mixtures", 1995).
And that weight is raised to a power that grows slowly with the length of the query: a question of
five words needs them all, a page of text is about its rare words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.arrays import FloatArray, IntArray
from matching.parameters import Parameters
from matching.topk.search import BITS, FREQUENCIES

UNITS = 2
"""Frequencies and lengths are counted in steps of 1 / `UNITS`, the least weight of a field."""

OUTLIER = 10

LEAST_DOCUMENTS = 50
"""Documents that a collection counts as having, at least, when the idf of a word is judged."""

LEAST_IDF = 0.01
"""Idf of a word that all documents have: next to nothing, yet more than nothing."""

MOST_BURST = 5.0

_EXACT_LENGTHS = 1024  # Lengths up to here have a class of their own,
_STEPS = 64  # and beyond it so many classes for each doubling.


def length_classes(lengths: IntArray) -> IntArray:
    """Return the length class of each document, from 1; 0 is kept for documents that are gone.

    Parameters
    ----------
    lengths
        Content words of each document, in steps of 1 / `UNITS`.
    """
    words = np.asarray(lengths, dtype=np.int64) // UNITS
    long = _EXACT_LENGTHS + _STEPS * np.log2(np.maximum(words, _EXACT_LENGTHS) / _EXACT_LENGTHS)
    found: IntArray = 1 + np.where(words < _EXACT_LENGTHS, words, long.astype(np.int64))
    return found.astype(np.uint16)


def class_lengths(classes: int) -> FloatArray:
    """Return the length in words that stands for each of the first `classes` length classes."""
    numbers = np.arange(classes, dtype=np.float64) - 1
    long = _EXACT_LENGTHS * 2 ** ((np.maximum(numbers, _EXACT_LENGTHS) - _EXACT_LENGTHS) / _STEPS)
    found: FloatArray = np.where(numbers < _EXACT_LENGTHS, numbers, long)
    return found


def average_length(lengths: IntArray) -> float:
    """Return the mean length in words, none counted beyond `OUTLIER` times the median.

    Without that limit a single huge text would make all others look short.
    """
    if len(lengths) == 0:
        return 0.0
    limit = OUTLIER * float(np.median(lengths))
    return float(np.minimum(lengths, limit).sum()) / len(lengths) / UNITS


@dataclass(frozen=True, slots=True)
class ImpactModel:
    """What a term says in a document, by the document's class and the term's frequency.

    Attributes
    ----------
    classes
        The class of each document; that of documents that are gone, 0, has no impact.
    impacts
        By class and frequency, flat, in steps of 2**-BITS.
    average_length
        The average document length that they were made for, in words.
    """

    classes: IntArray
    impacts: IntArray
    average_length: float


def bm25_model(classes: IntArray, average_length: float, parameters: Parameters) -> ImpactModel:
    """Return the impacts of BM25.

    Parameters
    ----------
    classes
        The length class of each document.
    average_length
        In words.
    parameters
        `k1` and `b` are used.
    """
    average_length = average_length or 1.0
    relative = class_lengths(int(classes.max(initial=0)) + 1) / average_length
    pivot = parameters.k1 * (1 - parameters.b + parameters.b * relative)
    frequency = np.arange(FREQUENCIES) / UNITS
    shares = frequency / np.maximum(frequency + pivot[:, np.newaxis], 1e-12)
    shares[0] = 0.0
    impacts = np.rint(shares.ravel() * (1 << BITS)).astype(np.int32)
    return ImpactModel(classes, impacts, average_length)


def idf(documents: int, document_frequency: IntArray) -> FloatArray:
    """Return BM25's inverse document frequency, in nats, at least `LEAST_IDF`.

    A word that no document has counts as one that a single document has: how much rarer it is
    cannot be known, and in a small collection it would outweigh all that is answered. And a
    collection counts as having `LEAST_DOCUMENTS` at least: that all of five say a word does not
    make it empty.
    """
    frequency = np.maximum(document_frequency, 1.0)
    size = max(documents, LEAST_DOCUMENTS)
    found: FloatArray = np.log1p((size - np.minimum(frequency, size) + 0.5) / (frequency + 0.5))
    return np.maximum(found, LEAST_IDF)


def burstiness(document_frequency: IntArray, uses: IntArray, usual: float) -> FloatArray:
    """Return how often words recur within the documents that have them, relative to all words.

    Parameters
    ----------
    document_frequency, uses
        Number of documents with each word, and number of times it stands in them all.
    usual
        The second over the first for all words together.
    """
    held = (document_frequency > 0) & (usual > 0)
    mean = np.divide(uses, document_frequency, out=np.ones(len(uses)), where=held)
    found: FloatArray = np.minimum(np.where(held, mean / (usual or 1.0), 1.0), MOST_BURST)
    return found
