"""What some documents say about each term of a query."""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np

from matching.arrays import FloatArray, IntArray
from matching.topk.search import FREQUENCIES, Documents


@dataclass(frozen=True, slots=True)
class Evidence:
    """What some documents say about each term of a query; arrays of shape (documents, terms).

    Attributes
    ----------
    contributions
        What the term adds to the score, in steps of 2**(-2 * BITS).
    similarity
        How similar the most similar word of the document is to the term: the share of the term's
        n-gram weight that it holds; 1 where it has the same root or stands for it.
    words
        Number of that word in the lexicon, -1 where no word has anything of the term.
    """

    contributions: IntArray
    similarity: FloatArray
    words: IntArray


@numba.njit(cache=True, nogil=True)
def evidence(
    numbers: IntArray,
    documents: Documents,
    asked_starts: IntArray,
    asked: IntArray,
    weights: IntArray,
    certain: IntArray,
    first: int,
    end: int,
    size: int,
) -> tuple[IntArray, FloatArray, IntArray]:
    """Return contributions, similarity and words for the terms from `first` to `end`.

    `certain[at]` says that the feature `asked[at]` alone makes a word stand for the term.
    """
    terms = end - first
    contributions = np.zeros((len(numbers), terms), dtype=np.int64)
    similarity = np.zeros((len(numbers), terms), dtype=np.float64)
    words = np.full((len(numbers), terms), -1, dtype=np.int64)
    heads = np.full(size, -1, dtype=np.int64)
    begin, stop = asked_starts[first], asked_starts[end]
    chain = np.full(stop - begin, -1, dtype=np.int64)
    owner = np.empty(stop - begin, dtype=np.int64)
    grams = np.zeros(terms, dtype=np.float64)
    for term in range(terms):
        for at in range(asked_starts[first + term], asked_starts[first + term + 1]):
            owner[at - begin] = term
            chain[at - begin] = heads[asked[at]]
            heads[asked[at]] = at
            if not certain[at]:
                grams[term] += weights[at]
    frequencies = np.zeros(size, dtype=np.int64)
    held = np.zeros(terms, dtype=np.float64)
    touched = np.empty(terms, dtype=np.int64)
    for row in range(len(numbers)):
        number = numbers[row]
        for at in range(documents.starts[number], documents.starts[number + 1]):
            word, met = documents.words[at], 0
            for spot in range(documents.feature_starts[word], documents.feature_starts[word + 1]):
                local = documents.term_of[documents.features[spot]]
                if local < 0 or heads[local] < 0:
                    continue
                frequencies[local] += documents.counts[at]
                entry = heads[local]
                while entry >= 0:
                    term = owner[entry - begin]
                    if held[term] == 0.0:
                        touched[met] = term
                        met += 1
                    share = weights[entry] / max(grams[term], 1.0)
                    held[term] += 2.0 if certain[entry] else max(share, 1e-9)
                    entry = chain[entry - begin]
            for spot in range(met):
                term = touched[spot]
                if held[term] > similarity[row, term]:
                    similarity[row, term], words[row, term] = held[term], word
                held[term] = 0.0
        impact_row = np.int64(documents.classes[number]) * FREQUENCIES
        for entry in range(begin, stop):
            frequency = min(frequencies[asked[entry]], FREQUENCIES - 1)
            impact = np.int64(documents.impacts[impact_row + frequency])
            contributions[row, owner[entry - begin]] += weights[entry] * impact
        for entry in range(begin, stop):
            frequencies[asked[entry]] = 0
    return contributions, np.minimum(similarity, 1.0), words


@numba.njit(cache=True, nogil=True)
def similarities(
    words: IntArray,
    documents: Documents,
    asked_starts: IntArray,
    asked: IntArray,
    weights: IntArray,
    certain: IntArray,
    first: int,
    end: int,
    size: int,
) -> FloatArray:
    """Return how similar each of some words is to each term, shape (words, terms)."""
    terms = end - first
    found = np.zeros((len(words), terms), dtype=np.float64)
    has = np.zeros(size, dtype=np.bool_)
    for row in range(len(words)):
        span = documents.feature_starts[words[row]], documents.feature_starts[words[row] + 1]
        for spot in range(span[0], span[1]):
            local = documents.term_of[documents.features[spot]]
            if local >= 0:
                has[local] = True
        for term in range(terms):
            whole = held = 0.0
            for at in range(asked_starts[first + term], asked_starts[first + term + 1]):
                if certain[at]:
                    if has[asked[at]]:
                        held = np.inf
                else:
                    whole += weights[at]
                    held += weights[at] if has[asked[at]] else 0
            if held > 0:
                found[row, term] = min(held / max(whole, 1.0), 1.0)
        for spot in range(span[0], span[1]):
            local = documents.term_of[documents.features[spot]]
            if local >= 0:
                has[local] = False
    return found
