"""Inverted segments: for each feature the documents that have it.

A segment holds documents that follow each other. New documents make small segments; two of about
the same size are joined, so there are few of them, and a document is inverted anew no more often
than the logarithm of their number (as Lucene does it).
"""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np

from matching.arrays import IntArray, fixed
from matching.index.lexicon import MOST_USES, Lexicon
from matching.index.rows import Rows
from matching.index.weighting import ImpactModel
from matching.topk.search import BITS, FREQUENCIES, STEPS

MOST_DOCUMENTS = 1 << 17
"""Documents of a segment, at most: their scores should stay in the processor's cache."""


MOST_DRIFT = 1.02
"""How far the average length of documents may move before impacts are made anew. What they are off
by meanwhile is allowed for in the search."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The documents from `first` to `end`, inverted.

    Attributes
    ----------
    keys
        Features that any of the documents has, rising, shape (keys,).
    starts
        Shape (keys + 1,): key k is in `documents[starts[k]:starts[k + 1]]`.
    peaks
        Shape (keys,): the highest impact of each key.
    documents, impacts
        Documents, numbered from `first` and rising within a key, and the impact of the key there
        in steps of 1 / `STEPS`.
    average_length
        The average length of documents that the impacts were made for.
    """

    first: int
    end: int
    keys: IntArray
    starts: IntArray
    peaks: IntArray
    documents: IntArray
    impacts: IntArray
    average_length: float

    def spans(self, wanted: IntArray) -> tuple[IntArray, IntArray, IntArray]:
        """Return where the documents of each wanted feature begin and end, and its peak."""
        if not len(self.keys):
            none = np.zeros(len(wanted), dtype=np.int64)
            return none, none, np.zeros(len(wanted), dtype=np.uint8)
        spots = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        held = self.keys[spots] == wanted
        starts = self.starts[spots]
        return starts, np.where(held, self.starts[spots + 1], starts), self.peaks[spots]


def invert(rows: Rows, lexicon: Lexicon, model: ImpactModel, first: int, end: int) -> Segment:
    """Return the documents from `first` to `end` inverted."""
    arrays = rows.starts, rows.items, rows.counts, fixed(lexicon.starts), fixed(lexicon.features)
    frequency, _ = count(*arrays, first, end, len(lexicon.ids))
    keys = np.flatnonzero(frequency).astype(np.int32)
    starts = np.zeros(len(keys) + 1, dtype=np.int64)
    np.cumsum(frequency[keys], out=starts[1:])
    free = frequency
    free[keys] = starts[:-1]
    steps = np.rint(model.impacts / (1 << BITS) * STEPS)
    bytes_of = np.maximum(steps, model.impacts > 0).astype(np.uint8)
    documents, impacts = _fill(*arrays, first, end, free, int(starts[-1]), model.classes, bytes_of)
    peaks = np.maximum.reduceat(impacts, starts[:-1]) if len(keys) else impacts
    return Segment(
        first,
        end,
        fixed(keys),
        fixed(starts),
        fixed(peaks),
        fixed(documents),
        fixed(impacts),
        model.average_length,
    )


@numba.njit(cache=True, nogil=True)
def _tally(
    start: int,
    stop: int,
    words: IntArray,
    counts: IntArray,
    feature_starts: IntArray,
    features: IntArray,
    times: IntArray,
    touched: IntArray,
) -> int:
    """Count one document's features into `times`; return how many, named first in `touched`."""
    found = 0
    for at in range(start, stop):
        word = words[at]
        for spot in range(feature_starts[word], feature_starts[word + 1]):
            feature = features[spot]
            if times[feature] == 0:
                touched[found] = feature
                found += 1
            times[feature] += counts[at]
    return found


@numba.njit(cache=True, nogil=True)
def count(
    starts: IntArray,
    words: IntArray,
    counts: IntArray,
    feature_starts: IntArray,
    features: IntArray,
    first: int,
    end: int,
    size: int,
) -> tuple[IntArray, IntArray]:
    """Return in how many documents each of `size` features stands, and how often in them all."""
    frequency = np.zeros(size, dtype=np.int64)
    uses = np.zeros(size, dtype=np.int64)
    times = np.zeros(size, dtype=np.int32)
    touched = np.empty(size, dtype=np.int32)
    for document in range(first, end):
        start, stop = starts[document], starts[document + 1]
        found = _tally(start, stop, words, counts, feature_starts, features, times, touched)
        for at in range(found):
            feature = touched[at]
            frequency[feature] += 1
            uses[feature] += min(times[feature], MOST_USES)
            times[feature] = 0
    return frequency, uses


@numba.njit(cache=True, nogil=True)
def _fill(
    starts: IntArray,
    words: IntArray,
    counts: IntArray,
    feature_starts: IntArray,
    features: IntArray,
    first: int,
    end: int,
    free: IntArray,
    size: int,
    classes: IntArray,
    impact_of: IntArray,
) -> tuple[IntArray, IntArray]:
    """Return documents and impacts of all features, those of each from `free` on."""
    documents = np.empty(size, dtype=np.uint32)
    impacts = np.empty(size, dtype=np.uint8)
    times = np.zeros(len(free), dtype=np.int32)
    touched = np.empty(len(free), dtype=np.int32)
    for document in range(first, end):
        start, stop = starts[document], starts[document + 1]
        found = _tally(start, stop, words, counts, feature_starts, features, times, touched)
        for at in range(found):
            feature = touched[at]
            documents[free[feature]] = document - first
            frequency = min(times[feature], FREQUENCIES - 1)
            impacts[free[feature]] = impact_of[classes[document] * FREQUENCIES + frequency]
            free[feature] += 1
            times[feature] = 0
    return documents, impacts


class Segments:
    """The segments of a collection, in the order of its documents."""

    def __init__(self, parts: list[Segment] | None = None) -> None:
        self.parts = parts or []

    def catch_up(self, rows: Rows, lexicon: Lexicon, model: ImpactModel) -> None:
        """Take in the documents that were added, and renew impacts that are off too far."""
        for at, part in enumerate(self.parts):
            if not 1 / MOST_DRIFT <= model.average_length / part.average_length <= MOST_DRIFT:
                self.parts[at] = invert(rows, lexicon, model, part.first, part.end)
        first = self.parts[-1].end if self.parts else 0
        end = len(rows)
        if first == end:
            return
        while self.parts and self._may_join(end - first):
            first = self.parts.pop().first
        for start in range(first, end, MOST_DOCUMENTS):
            last = min(start + MOST_DOCUMENTS, end)
            self.parts.append(invert(rows, lexicon, model, start, last))

    def _may_join(self, added: int) -> bool:
        size = self.parts[-1].end - self.parts[-1].first
        return size <= added and size + added <= MOST_DOCUMENTS
