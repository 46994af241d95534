"""TF-IDF with cosine normalisation, for comparison: the scores of scikit-learn's `TfidfVectorizer`.

The cosine of a query q and a document d is a sum over their terms t, `f` being frequencies:

    f(t, q) * idf(t)**2 / |q|  *  f(t, d) / |d|

The first factor is the weight of the term in the query, the second its impact in the document, so
all else is as with BM25. The weights of a query add up to 1 there; what they add up to here is kept
beside them, as the scale of the scores. Impacts depend on the document: each is a class of its own.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array

from matching.arrays import BoolArray, FloatArray, IntArray
from matching.index.lexicon import Lexicon
from matching.index.rows import Rows
from matching.index.weighting import UNITS, ImpactModel
from matching.parameters import Parameters
from matching.topk.search import BITS, FREQUENCIES

MOST_DOCUMENTS = np.iinfo(np.uint16).max
"""Documents that an index of this kind holds, at most."""


def constants(parameters: Parameters) -> Parameters:
    """Return the constants with which a word weighs its frequency times its idf squared."""
    return replace(
        parameters,
        ngrams=(1, 0),
        word_weight=1.0,
        thesaurus_weight=0.0,
        repetition=1.0,
        burstiness=0.0,
        idf_power=2.0,
        idf_growth=0.0,
    )


def smooth_idf(documents: int, document_frequency: IntArray) -> FloatArray:
    """Return scikit-learn's idf, 0 for terms that no document has."""
    found: FloatArray = np.log((1 + documents) / (1 + document_frequency)) + 1
    return np.where(document_frequency > 0, found, 0.0)


def scales(starts: IntArray, weights: FloatArray, idf: FloatArray) -> FloatArray:
    """Return for each query what its weights, which were made to add up to 1, add up to.

    Parameters
    ----------
    starts
        Where the terms of each query begin.
    weights, idf
        Of each term.
    """
    queries = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    parts = np.divide(weights, idf, out=np.zeros_like(weights), where=idf > 0)
    lengths = np.sqrt(np.bincount(queries, parts**2, len(starts) - 1))
    return np.divide(1.0, lengths, out=np.ones_like(lengths), where=lengths > 0)


def cosine_model(rows: Rows, lexicon: Lexicon, in_use: BoolArray) -> ImpactModel:
    """Return what terms say in documents.

    Raises
    ------
    ValueError
        When there are more than `MOST_DOCUMENTS`.
    """
    numbers = np.flatnonzero(in_use)
    if len(numbers) > MOST_DOCUMENTS:
        message = f"cosine weighting is for {MOST_DOCUMENTS} documents at most, not {len(numbers)}"
        raise ValueError(message)
    classes = np.zeros(len(in_use), dtype=np.uint16)
    classes[numbers] = np.arange(1, len(numbers) + 1)
    frequencies = np.arange(FREQUENCIES) / UNITS
    lengths = _lengths(rows, lexicon, smooth_idf(len(numbers), lexicon.document_frequency))
    impacts = np.zeros((len(numbers) + 1, FREQUENCIES))
    impacts[1:] = np.minimum(frequencies / np.maximum(lengths[numbers, np.newaxis], 1e-12), 1.0)
    return ImpactModel(classes, np.rint(impacts.ravel() * (1 << BITS)).astype(np.int32), 1.0)


def _lengths(rows: Rows, lexicon: Lexicon, idf: FloatArray) -> FloatArray:
    """Return the lengths of the vectors of all rows."""
    roots = lexicon.features[lexicon.starts[:-1]][rows.items]
    shape = len(rows), len(idf)
    counts = csr_array((rows.counts / UNITS, roots, rows.starts.copy()), shape=shape)
    counts.sum_duplicates()
    counts.data = np.minimum(counts.data, (FREQUENCIES - 1) / UNITS)
    found: FloatArray = np.sqrt(counts.power(2) @ idf**2)
    return found
