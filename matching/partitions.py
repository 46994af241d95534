"""A collection in parts: each counted on its own, then ranked with the counts of the whole.

A score depends on other documents through whole numbers only: how many there are, how long they
are, in how many of them each stem stands and how often. So the counts of the parts add up to those
of the whole whatever the parts are, and a part that knows the sums gives its documents the
scores that they have in the whole, to the last bit.

Everything here is a plain function from small frozen classes to another, so that a scheduler can
run each of them anywhere, and run it again when a machine is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from matching.arrays import IntArray
from matching.collection import Collection
from matching.documents import Document
from matching.names import Names, Strings
from matching.postings import Inverted, Rows
from matching.reading import read
from matching.scoring import Scorer, Statistics
from matching.vocabulary import Vocabulary
from matching.weighting import usual_length


@dataclass(frozen=True, slots=True)
class Part:
    """Some documents, counted.

    Attributes
    ----------
    ids
        Of the documents.
    stems
        All that stand in them.
    rows
        For each document the numbers of its stems in `stems`, and how often they stand there.
    lengths
        Content words of each document, shape (documents,).
    """

    ids: Strings
    stems: Strings
    rows: Rows
    lengths: IntArray

    def __sizeof__(self) -> int:
        """Return the size in memory, in bytes, by which a scheduler judges what to move."""
        return _bytes_of(self.ids) + _bytes_of(self.stems) + _bytes_of_rows(self.rows)


@dataclass(frozen=True, slots=True)
class Counts:
    """What one part adds to the counts of the whole.

    Attributes
    ----------
    stems
        All that stand in its documents.
    document_frequency, uses
        See `Vocabulary`; shape (stems,).
    lengths
        Content words of each document, shape (documents,).
    """

    stems: Strings
    document_frequency: IntArray
    uses: IntArray
    lengths: IntArray


@dataclass(frozen=True, slots=True)
class Whole:
    """The counts of all parts together.

    Attributes
    ----------
    names
        Stems with their numbers.
    document_frequency, uses
        See `Vocabulary`; shape (stems,).
    statistics
        What else scores need to know.
    """

    names: Names
    document_frequency: IntArray
    uses: IntArray
    statistics: Statistics

    def count(self, vocabulary: Vocabulary) -> Vocabulary:
        """Return `vocabulary`, whose names are those of the whole, with its counts."""
        vocabulary.names = self.names
        vocabulary.restore(self.document_frequency, self.uses)
        return vocabulary


class Lexicon:
    """The vocabulary of the whole, which can be searched for what is like a word.

    Parameters
    ----------
    whole
        The counts.
    forms, grams
        See `Vocabulary`; made when not given.
    """

    def __init__(self, whole: Whole, forms: Rows | None = None, grams: Rows | None = None) -> None:
        self.whole = whole
        if forms is None or grams is None:
            self.vocabulary = Vocabulary.of(whole.names)
        else:
            self.vocabulary = Vocabulary()
            self.vocabulary.forms, self.vocabulary.grams = forms, grams
            self.vocabulary.inverted = Inverted(grams)
        whole.count(self.vocabulary)

    def __reduce__(self) -> tuple[Callable[..., Lexicon], tuple[Whole, Rows, Rows]]:
        """Leave what was found for earlier queries behind: another thread may be adding to it."""
        return Lexicon, (self.whole, self.vocabulary.forms, self.vocabulary.grams)

    def __sizeof__(self) -> int:
        """Return the size in memory, in bytes, by which a scheduler judges what to move."""
        return 2 * _bytes_of_rows(self.vocabulary.grams) + _bytes_of_rows(self.vocabulary.forms)

    def scorer(self) -> Scorer:
        """Return what turns texts into queries, as the whole would."""
        rows = Rows(np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.uint8))
        empty = Collection.assembled(
            self.vocabulary, Names.empty(), rows, np.zeros(0, dtype=np.int32)
        )
        return Scorer(empty, self.whole.statistics)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents of one part, ready to be ranked as they are in the whole."""

    collection: Collection
    statistics: Statistics

    def __sizeof__(self) -> int:
        """Return the size in memory, in bytes, by which a scheduler judges what to move."""
        return 2 * _bytes_of_rows(self.collection.rows) + _bytes_of(self.collection.ids.strings)

    def scorer(self) -> Scorer:
        """Return what scores the documents."""
        return Scorer(self.collection, self.statistics)


def _bytes_of(strings: Strings) -> int:
    return sum(array.nbytes for array in strings.arrays())


def _bytes_of_rows(rows: Rows) -> int:
    return rows.starts.nbytes + rows.items.nbytes + rows.counts.nbytes


def counted(documents: Sequence[Document]) -> Part:
    """Count documents with different ids."""
    stems, rows, lengths = read(documents)
    ids = Strings.packed(document.id for document in documents)
    return Part(ids, Strings.packed(stems), rows, lengths)


def joined(parts: Sequence[Part]) -> Part:
    """Make one part of several."""
    numbers: dict[str, int] = {}
    items = [_numbered(part.stems, numbers)[part.rows.items] for part in parts]
    ends = np.cumsum([0, *(len(part.rows.items) for part in parts)])
    starts = [part.rows.starts[1:] + end for part, end in zip(parts, ends, strict=False)]
    rows = Rows(
        np.concatenate([np.zeros(1, np.int64), *starts]),
        np.concatenate(items),
        np.concatenate([part.rows.counts for part in parts]),
    )
    ids = Strings.packed(each for part in parts for each in part.ids)
    lengths = np.concatenate([part.lengths for part in parts])
    return Part(ids, Strings.packed(numbers), rows, lengths)


def _numbered(stems: Strings, numbers: dict[str, int]) -> IntArray:
    """Return the numbers of stems, new ones for those not seen before."""
    found = [numbers.setdefault(stem, len(numbers)) for stem in stems]
    return np.array(found, dtype=np.int32)


def counts(part: Part) -> Counts:
    """Return what the part adds to the counts of the whole."""
    vocabulary = Vocabulary()
    vocabulary.names = Names(part.stems)
    size = len(part.stems)
    vocabulary.restore(np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64))
    vocabulary.count_all(part.rows.items, part.rows.counts)
    return Counts(part.stems, vocabulary.document_frequency, vocabulary.uses, part.lengths)


def summed(parts: Sequence[Counts]) -> Whole:
    """Add up the counts of all parts."""
    numbers: dict[str, int] = {}
    places = [_numbered(part.stems, numbers) for part in parts]
    frequency, uses = (np.zeros(len(numbers), dtype=np.int64) for _ in range(2))
    for part, where in zip(parts, places, strict=True):
        frequency[where] += part.document_frequency
        uses[where] += part.uses
    lengths = np.concatenate([part.lengths for part in parts])
    statistics = Statistics(len(lengths), usual_length(lengths))
    return Whole(Names(Strings.packed(numbers)), frequency, uses, statistics)


def shelved(part: Part, whole: Whole) -> Shelf:
    """Return the documents of a part, their stems numbered and counted as in the whole."""
    numbers = np.array(whole.names.find_all(part.stems), dtype=np.int32)
    rows = Rows(part.rows.starts, numbers[part.rows.items], part.rows.counts)
    vocabulary = whole.count(Vocabulary())
    collection = Collection.assembled(vocabulary, Names(part.ids), rows, part.lengths)
    return Shelf(collection, whole.statistics)
