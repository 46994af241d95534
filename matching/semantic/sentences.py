"""Which sentence of a document means what a query asks.

The vector of a sentence takes about 50 ms of one core to make: half a second for a document of ten
sentences, a second and a half for one of `MOST_SENTENCES`. A `VectorStore` makes them when they are
first needed, and keeps them with those of whole texts.
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
from matching.semantic.vectors import VectorArray, Vectors, meaningful_text

MOST_SENTENCES = 30
"""Sentences of a document whose meaning is looked at."""


def told_sentences(document: Document, parameters: Parameters) -> list[str]:
    """Return the first sentences of a document that say something; its title where none does.

    Parameters
    ----------
    document, parameters
        Sentences of the text and of the fields that count are looked at.
    """
    title, *parts = parts_of(document, parameters, MOST_SENTENCES)
    told = [each.text for each in chain.from_iterable(parts) if _says_something(each.text)]
    return told or [each.text for each in title if _says_something(each.text)]


def _says_something(text: str) -> bool:
    return bool(meaningful_text(Document("", "", text)))


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
        Its `told_sentences` are looked at.
    store
        Where the vectors of sentences come from.
    centre
        What all vectors have in common: see `matching.semantic.centering`.
    """
    texts = told_sentences(document, parameters)
    held = store.of_sentences(texts) if texts else None
    if held is None:
        return None
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
