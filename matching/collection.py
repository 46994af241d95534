"""The documents of an index: their stems counted, their texts kept."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from matching.arrays import BoolArray, IntArray
from matching.documents import Document
from matching.names import Names, Strings
from matching.postings import Inverted, Rows, grown
from matching.reading import counted, numbered, read
from matching.text import stem
from matching.vocabulary import Vocabulary


class Collection:
    """Documents in numbered places, with whole numbers only.

    Nothing here depends on the order of adding and removing but the numbers of the places:
    weights are made from the counts when a query asks.
    """

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.ids = Names.empty()
        self.titles, self.texts, self.languages = (Strings.packed(()) for _ in range(3))
        self.rows = Rows(np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.uint8))
        self.inverted = Inverted(self.rows)
        self.documents = 0
        self._lengths: IntArray = np.zeros(0, dtype=np.int32)
        self._gone: IntArray = np.zeros(0, dtype=np.uint8)

    @property
    def lengths(self) -> IntArray:
        """Content words of each place's document, shape (places,)."""
        return self._lengths[: len(self.rows)]

    @property
    def in_use(self) -> BoolArray:
        """Which places hold a document, shape (places,)."""
        used: BoolArray = self._gone[: len(self.rows)] == 0
        return used

    def restore(self, lengths: IntArray) -> None:
        """Take the lengths of a snapshot, in which every place is in use."""
        self._lengths = lengths
        self._gone = np.zeros(len(lengths), dtype=np.uint8)
        self.documents = len(lengths)

    def place(self, document_id: str) -> int:
        """Return the place of a document, -1 when it is not there."""
        place = self.ids.find(document_id)
        return -1 if place < 0 or self._gone[place] else place

    def document(self, place: int) -> Document:
        """Return the document at a place."""
        language = self.languages[place] or None
        return Document(self.ids[place], self.titles[place], self.texts[place], language)

    def add(self, document: Document) -> None:
        """Put a document into a new place, in place of one with the same id."""
        known, flat, bounds = numbered(document)
        stems = list(map(stem, known))
        self.remove(document.id)
        different = list(dict.fromkeys(filter(None, stems)))
        numbers = dict(zip(different, self.vocabulary.numbers(different).tolist(), strict=True))
        stem_of = np.array([numbers.get(each, -1) for each in stems], dtype=np.int32)
        items, counts, _, lengths = counted(flat, stem_of, bounds, len(self.vocabulary))
        self.vocabulary.count(items, counts, +1)
        place = len(self.rows)
        self._lengths = grown(self._lengths, place + 1)
        self._gone = grown(self._gone, place + 1)
        self._lengths[place], self._gone[place] = lengths[0], 0
        self.rows.append(items, counts)
        self.inverted.catch_up()
        self._keep(document)
        self.documents += 1

    def _keep(self, document: Document) -> None:
        self.ids.append(document.id)
        self.titles.append(document.title)
        self.texts.append(document.text)
        self.languages.append(document.language or "")

    def remove(self, document_id: str) -> bool:
        """Take a document out; return whether it was there."""
        place = self.place(document_id)
        if place < 0:
            return False
        self.vocabulary.count(*self.rows.get(place), -1)
        self._gone = grown(self._gone, len(self.rows))
        self._gone[place] = 1
        self.documents -= 1
        return True

    @property
    def is_compact(self) -> bool:
        """Whether every place is in use and nothing lies in more than one part."""
        parts = (self.inverted.segments, self.vocabulary.inverted.segments)
        return self.documents == len(self.rows) and all(len(each) <= 1 for each in parts)

    def tidy(self) -> Collection:
        """Return this collection, or one without the gaps when much was taken out."""
        vacant = len(self.rows) - self.documents
        return self.compacted() if vacant > 64 + self.documents // 2 else self

    def compacted(self) -> Collection:
        """Return a collection of the same documents that knows of nothing else."""
        kept = np.flatnonzero(self.in_use)
        found = Collection()
        held = np.flatnonzero(self.vocabulary.document_frequency)
        renumbered = np.full(len(self.vocabulary), -1, dtype=np.int32)
        renumbered[held] = np.arange(len(held), dtype=np.int32)
        found.vocabulary = self.vocabulary.kept(held)
        rows = self.rows.kept(kept)
        found.rows = Rows(rows.starts, renumbered[rows.items], rows.counts)
        found.vocabulary.count_all(found.rows.items, found.rows.counts)
        found.inverted = Inverted(found.rows)
        found.ids = Names(self.ids.strings.kept(kept))
        found.titles, found.texts, found.languages = (
            each.kept(kept) for each in (self.titles, self.texts, self.languages)
        )
        found.restore(self.lengths[kept])
        return found

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Collection:
        """Return a collection of documents; of those with the same id, the last one stays."""
        different = {document.id: document for document in documents}
        kept = different.values()
        stems, rows, lengths = read(kept)
        vocabulary = Vocabulary.of(Names(Strings.packed(stems)))
        vocabulary.count_all(rows.items, rows.counts)
        found = cls.assembled(vocabulary, Names(Strings.packed(different)), rows, lengths)
        found.titles = Strings.packed(document.title for document in kept)
        found.texts = Strings.packed(document.text for document in kept)
        found.languages = Strings.packed(document.language or "" for document in kept)
        return found

    @classmethod
    def assembled(
        cls, vocabulary: Vocabulary, ids: Names, rows: Rows, lengths: IntArray
    ) -> Collection:
        """Return a collection of counted documents without their texts.

        `vocabulary` numbers the stems of the rows. It may count others too: those of a part of a
        greater collection can be numbered and counted as in the whole.
        """
        found = cls()
        found.vocabulary, found.ids, found.rows = vocabulary, ids, rows
        found.inverted = Inverted(rows)
        found.restore(lengths)
        return found
