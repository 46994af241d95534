"""The documents of an index: their words counted, their texts kept."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator

import numpy as np

from matching.arrays import BoolArray, IntArray
from matching.documents import Document
from matching.facets import TARGET_GROUP_RULES, Facets, FacetTable
from matching.index.cosine import cosine_model
from matching.index.facet_texts import as_facets, as_json
from matching.index.lexicon import Lexicon
from matching.index.queries import Statistics
from matching.index.reading import read
from matching.index.rows import Rows, grown
from matching.index.segments import Segments, count
from matching.index.strings import Names, Strings
from matching.index.weighting import ImpactModel, bm25_model, length_classes
from matching.parameters import Parameters, Weighting
from matching.thesaurus import Thesaurus

_PARTS = 5
_EMPTY: IntArray = np.zeros(0, dtype=np.int32)


class Texts:
    """What was handed in, to be given back."""

    def __init__(self, parts: tuple[Strings, ...] | None = None) -> None:
        self.parts = parts or tuple(Strings.packed(()) for _ in range(_PARTS))

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Texts:
        """Return the texts of documents."""
        rows = [_text_parts(document) for document in documents]
        parts = tuple(Strings.packed(part) for part in zip(*rows, strict=True))
        return cls(parts or None)

    def append(self, document: Document) -> None:
        """Add one document."""
        for part, text in zip(self.parts, _text_parts(document), strict=True):
            part.append(text)

    def document(self, document_id: str, number: int) -> Document:
        """Return the document with that number."""
        title, text, language, fields, facets = (part[number] for part in self.parts)
        pairs = tuple(map(tuple, json.loads(fields))) if fields else ()
        return Document(document_id, title, text, language or None, pairs, as_facets(facets))

    def facets(self) -> Iterator[Facets]:
        """Yield the facets of all documents."""
        return map(as_facets, self.parts[-1])

    def kept(self, numbers: IntArray) -> Texts:
        """Return the texts of some documents."""
        return Texts(tuple(part.kept(numbers) for part in self.parts))


def _text_parts(document: Document) -> tuple[str, ...]:
    fields = json.dumps(document.fields) if document.fields else ""
    return document.title, document.text, document.language or "", fields, as_json(document.facets)


class Collection:
    """Documents with numbers, and whole numbers only counted of them.

    Nothing here depends on the order of adding and removing but the documents' numbers: weights
    are made from the counts when a query asks.
    """

    def __init__(self, parameters: Parameters, thesaurus: Thesaurus) -> None:
        self.parameters, self.thesaurus = parameters, thesaurus
        self.lexicon = Lexicon(parameters.ngrams, thesaurus)
        self.ids = Names.empty()
        self.texts = Texts()
        self.rows = Rows(np.zeros(1, np.int64), _EMPTY, np.zeros(0, np.uint8))
        self.segments = Segments()
        self.facets = FacetTable(TARGET_GROUP_RULES)
        self.documents = 0
        self._lengths: IntArray = _EMPTY
        self._classes: IntArray = np.zeros(0, dtype=np.uint16)
        self._ranks: IntArray = np.zeros(0, dtype=np.int64)
        self._sorted_ids: list[str] | None = []

    @property
    def lengths(self) -> IntArray:
        """Length of each document in steps of 1 / `UNITS`, shape (numbers,)."""
        return self._lengths[: len(self.rows)]

    @property
    def classes(self) -> IntArray:
        """Length class of each document, 0 for one that was removed; shape (numbers,)."""
        return self._classes[: len(self.rows)]

    @property
    def ranks(self) -> IntArray:
        """Rank of each document among the ids in order; shape (numbers,)."""
        return self._ranks[: len(self.rows)]

    @property
    def in_use(self) -> BoolArray:
        """Which numbers are those of documents that were not removed."""
        used: BoolArray = self.classes > 0
        return used

    def statistics(self) -> Statistics:
        """Return what the weights of queries depend on."""
        in_use = self.in_use
        lengths = self.lengths if in_use.all() else self.lengths[in_use]
        return Statistics.of(lengths, *self.lexicon.root_uses())

    def model(self, statistics: Statistics) -> ImpactModel:
        """Return the impacts of terms; the segments have taken in all documents then."""
        if self.parameters.weighting is Weighting.COSINE:
            if statistics.documents != self.documents:
                raise ValueError("a collection in parts cannot be ranked by cosine")
            model = cosine_model(self.rows, self.lexicon, self.in_use)
            self.segments = Segments()  # One document more changes all impacts.
        else:
            model = bm25_model(self.classes, statistics.average_length, self.parameters)
        self.segments.catch_up(self.rows, self.lexicon, model)
        return model

    def number(self, document_id: str) -> int:
        """Return the number of a document, -1 when it is not there."""
        number = self.ids.find(document_id)
        return -1 if number < 0 or self._classes[number] == 0 else number

    def document(self, number: int) -> Document:
        """Return the document with that number."""
        return self.texts.document(self.ids[number], number)

    def add(self, document: Document) -> None:
        """Put a document in, in place of one with the same id.

        Raises
        ------
        TypeError
            When it has ranges in a facet that holds codes, or codes in one that holds ranges.
        """
        words, read_rows, lengths = read([document], self.parameters, self.thesaurus)
        self.facets.append(document.facets)  # First, as it may refuse.
        self.remove(document.id)
        words_of = self.lexicon.number(words)
        number = len(self.rows)
        items, counts = read_rows.get(0)
        self.rows.append(words_of[items] if len(items) else _EMPTY, counts)
        self._lengths = grown(self._lengths, number + 1)
        self._classes = grown(self._classes, number + 1)
        self._ranks = grown(self._ranks, number + 1)
        self._lengths[number] = lengths[0]
        self._classes[number] = length_classes(lengths)[0]
        self._insert_id(document.id, number)
        self.texts.append(document)
        self._count(number, +1)
        self.documents += 1

    def _insert_id(self, document_id: str, number: int) -> None:
        if self._sorted_ids is None:
            self._sorted_ids = sorted(self.ids.strings)
        rank = bisect_left(self._sorted_ids, document_id)
        self._sorted_ids.insert(rank, document_id)
        earlier = self._ranks[:number]
        earlier[earlier >= rank] += 1
        self._ranks[number] = rank
        self.ids.append(document_id)

    def _count(self, number: int, sign: int) -> None:
        features, frequencies = self.features(number)
        self.lexicon.count(features, frequencies, sign)

    def features(self, number: int) -> tuple[IntArray, IntArray]:
        """Return the different features of a document, and their frequencies."""
        words, counts = self.rows.get(number)
        starts, features = self.lexicon.starts, self.lexicon.features
        spans = [features[starts[word] : starts[word + 1]] for word in words.tolist()]
        flat = np.concatenate([_EMPTY, *spans])
        times = np.repeat(counts.astype(np.int64), [len(span) for span in spans])
        different, inverse = np.unique(flat, return_inverse=True)
        return different, np.bincount(inverse, times, len(different)).astype(np.int64)

    def remove(self, document_id: str) -> bool:
        """Take a document out; return whether it was there."""
        number = self.number(document_id)
        if number < 0:
            return False
        self._count(number, -1)
        self._classes = grown(self._classes, len(self.rows))
        self._classes[number] = 0
        self.documents -= 1
        return True

    @property
    def is_compact(self) -> bool:
        """Whether no document was removed, and none added one by one."""
        return self.documents == len(self.rows) and self.ids.is_sorted

    @property
    def has_gaps(self) -> bool:
        """Whether so much was taken out that the rest should be numbered anew."""
        return len(self.rows) - self.documents > 64 + self.documents // 2

    def compacted(self) -> Collection:
        """Return a collection of the same documents that knows of nothing else."""
        kept = np.flatnonzero(self.in_use)
        rows = self.rows.kept(kept)
        held, items = np.unique(rows.items, return_inverse=True)
        ids = Names(self.ids.strings.kept(kept))
        return Collection.assembled(
            self.parameters,
            self.lexicon.kept(held),
            ids,
            Rows(rows.starts, items.astype(np.int32), rows.counts),
            self.lengths[kept],
            self.texts.kept(kept),
        )

    @classmethod
    def of(
        cls, documents: Iterable[Document], parameters: Parameters, thesaurus: Thesaurus
    ) -> Collection:
        """Return a collection of documents; of those with the same id, the last one stays."""
        different = {document.id: document for document in documents}
        words, rows, lengths = read(different.values(), parameters, thesaurus)
        lexicon = Lexicon.of(words, parameters.ngrams, thesaurus)
        ids = Names(Strings.packed(different))
        texts = Texts.of(different.values())
        return cls.assembled(parameters, lexicon, ids, rows, lengths, texts)

    @classmethod
    def assembled(
        cls,
        parameters: Parameters,
        lexicon: Lexicon,
        ids: Names,
        rows: Rows,
        lengths: IntArray,
        texts: Texts,
    ) -> Collection:
        """Return a collection of read documents, whose words `lexicon` numbers but not counts."""
        found = cls(parameters, lexicon.thesaurus)
        found.lexicon, found.ids, found.rows, found.texts = lexicon, ids, rows, texts
        arrays = rows.starts, rows.items, rows.counts, lexicon.starts, lexicon.features
        lexicon.restore(*count(*arrays, 0, len(rows), len(lexicon.ids)))
        found.restore(lengths, _ranks(ids))
        return found

    def restore(self, lengths: IntArray, ranks: IntArray) -> None:
        """Take over lengths and ranks where every number is that of a document."""
        self._lengths, self._ranks = lengths, ranks
        self._classes, self._sorted_ids = length_classes(lengths), None
        self.facets = FacetTable(TARGET_GROUP_RULES, self.texts.facets())
        self.documents = len(lengths)


def _ranks(ids: Names) -> IntArray:
    names = list(ids.strings)
    ranks = np.empty(len(names), dtype=np.int64)
    ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    return ranks
