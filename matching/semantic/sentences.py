"""Which sentence of a document means what a query asks.

The vector of a sentence is made when it is first needed, in about 50 ms on one core, and then kept
with those of whole texts: so a document of ten sentences costs its first reader half a second, one
of `MOST_SENTENCES` a second and a half, and later ones next to nothing.
"""

from __future__ import annotations

from itertools import chain

import numpy as np

from matching.arrays import FloatArray
from matching.documents import Document
from matching.explain.explanation import parts_of
from matching.explain.passage import Passage
from matching.parameters import Parameters
from matching.semantic.fusion import LEAST_SIMILAR
from matching.semantic.vectors import VectorArray, Vectors

MOST_SENTENCES = 30
"""Sentences of a document whose meaning is looked at."""


def similar_passage(
    asked: VectorArray,
    document: Document,
    parameters: Parameters,
    store: Vectors,
    centre: FloatArray,
) -> Passage | None:
    """Return the sentence whose meaning is nearest to a query; None where none is near.

    Parameters
    ----------
    asked
        The vector of the query, shape (1, dimensions).
    document, parameters
        Its text and fields are looked at; its title where they are empty.
    store
        Where the vectors of sentences come from.
    centre
        What all vectors have in common: see `matching.semantic.centering`.
    """
    title, *parts = parts_of(document, parameters, MOST_SENTENCES)
    texts = [sentence.text for sentence in [*chain.from_iterable(parts)] or title]
    if not texts:
        return None
    held = store.vectors([Document("", "", text) for text in texts])
    similar = cosines(asked, held, centre)[0]
    best = int(similar.argmax())
    return Passage(texts[best], ()) if similar[best] >= LEAST_SIMILAR else None


def cosines(asked: VectorArray, held: VectorArray, centre: FloatArray) -> FloatArray:
    """Return how similar texts are to others, shape (asked, held); 0 where one says nothing."""
    one, two = (_centred(vectors, centre) for vectors in (asked, held))
    found: FloatArray = np.clip(one @ two.T, 0.0, 1.0)
    return found


def _centred(vectors: VectorArray, centre: FloatArray) -> FloatArray:
    left = np.where(vectors.any(axis=1, keepdims=True), vectors - centre, 0.0)
    lengths = np.linalg.norm(left, axis=1, keepdims=True)
    found: FloatArray = np.divide(left, lengths, out=np.zeros_like(left), where=lengths > 1e-3)
    return found
