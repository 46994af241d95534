"""The documents of an index: their words counted, their texts kept."""

from __future__ import annotations

from typing import cast

import numpy as np

from matching.analysis import word_counts
from matching.arrays import BoolArray, FloatArray, IntArray, grown
from matching.documents import Document
from matching.postings import Postings
from matching.vocabulary import Vocabulary
from matching.weighting import STOP_WEIGHT

_COMPACT_SHARE = 8  # Appended entries are moved into the flat arrays beyond an eighth of these.


class Collection:
    """Documents in numbered places, with raw counts only.

    Nothing here depends on the order of adding and removing but the numbers of the places:
    weights are made from the counts when a query asks.
    """

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.documents: list[Document | None] = []
        self.places: dict[str, int] = {}
        self.contents: list[tuple[IntArray, IntArray]] = []
        self.postings = Postings.empty()
        self._content_length: IntArray = np.zeros(0, dtype=np.int64)
        self._stop_length: IntArray = np.zeros(0, dtype=np.int64)

    @property
    def lengths(self) -> FloatArray:
        """Number of words of each place's document, stop words counted in part."""
        size = len(self.documents)
        lengths: FloatArray = (
            self._content_length[:size] + STOP_WEIGHT * self._stop_length[:size]
        ).astype(np.float64)
        return lengths

    @property
    def in_use(self) -> BoolArray:
        """Which places hold a document."""
        return np.array([document is not None for document in self.documents], dtype=np.bool_)

    @property
    def raw_lengths(self) -> tuple[IntArray, IntArray]:
        """Number of content words and of stop words of each place's document."""
        size = len(self.documents)
        return self._content_length[:size], self._stop_length[:size]

    def restore(self, documents: list[Document | None], lengths: IntArray) -> None:
        """Take the documents of a snapshot, with content and stop lengths as two rows."""
        self.documents = documents
        self.places = {each.id: place for place, each in enumerate(documents) if each}
        self._content_length, self._stop_length = lengths

    def add(self, document: Document, *, compact_follows: bool = False) -> None:
        """Put a document into a new place, in place of one with the same id.

        Its postings are left to `compact` when the caller says that this follows.
        """
        self.remove(document.id)
        counts = word_counts(document)
        numbers = self.vocabulary.use(list(counts))
        frequencies = np.fromiter(counts.values(), dtype=np.int32, count=len(counts))
        place = len(self.documents)
        self.places[document.id] = place
        self.documents.append(document)
        self.contents.append((numbers, frequencies))
        if not compact_follows:
            for number, count in zip(numbers.tolist(), frequencies.tolist(), strict=True):
                self.postings.append(number, place, count)
        self._set_length(place, numbers, frequencies)

    def _set_length(self, place: int, numbers: IntArray, frequencies: IntArray) -> None:
        stop = self.vocabulary.is_stop[numbers]
        self._content_length = cast("IntArray", grown(self._content_length, place + 1))
        self._stop_length = cast("IntArray", grown(self._stop_length, place + 1))
        self._content_length[place] = int(frequencies[~stop].sum())
        self._stop_length[place] = int(frequencies[stop].sum())

    def remove(self, document_id: str) -> bool:
        """Take a document out; return whether it was there."""
        place = self.places.pop(document_id, None)
        if place is None:
            return False
        self.vocabulary.drop(self.contents[place][0])
        self.documents[place] = None
        none = np.zeros(0, dtype=np.int32)
        self.contents[place] = (none, none)
        self._set_length(place, none, none)
        return True

    def tidy(self) -> None:
        """Build the flat arrays anew when much was appended or removed."""
        vacant = len(self.documents) - len(self.places)
        if vacant > 64 + len(self.places) // 2:
            self._renumber()
        if self.postings.tail_size > 4096 + len(self.postings.items) // _COMPACT_SHARE:
            self.compact()

    def compact(self) -> None:
        """Move everything appended into the flat arrays."""
        self.vocabulary.compact()
        sizes = [len(numbers) for numbers, _ in self.contents]
        places = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        none = np.zeros(0, dtype=np.int32)
        numbers = np.concatenate([none, *(numbers for numbers, _ in self.contents)])
        counts = np.concatenate([none, *(counts for _, counts in self.contents)])
        self.postings = Postings.build(numbers, places, counts, len(self.vocabulary.words))

    def _renumber(self) -> None:
        """Close the gaps; words that no document uses are forgotten on the next load."""
        kept = [place for place, document in enumerate(self.documents) if document is not None]
        self.documents = [self.documents[place] for place in kept]
        self.contents = [self.contents[place] for place in kept]
        self._content_length = self._content_length[kept]
        self._stop_length = self._stop_length[kept]
        self.places = {
            document.id: place for place, document in enumerate(self.documents) if document
        }
        self.compact()
