"""Many documents at once: from texts to rows of numbered stems."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from matching.arrays import IntArray, fixed
from matching.documents import Document
from matching.postings import Rows, grown
from matching.text import LONGEST_ACRONYM, TITLE_WEIGHT, normalize, stem, words
from matching.weighting import LISTED

if TYPE_CHECKING:
    from matching.word_loops import Lexicon

MOST_COUNTED = 63
"""Times that a word counts in a document. Its length counts in full, so that a text which says
the same word over and over says less than one that says it sixty times."""

_AT_ONCE = 1000  # Documents; their characters, 4 bytes each, should stay in the processor's cache.


def read(
    documents: Iterable[Document], *, asked: bool = False
) -> tuple[Sequence[str], Rows, IntArray]:
    """Return the stems of documents, each document's row of their numbers, and its length.

    No stem counts more than `MOST_COUNTED` times in a row, and none for standing in a list, but
    where the documents are `asked`. Lengths count all.
    """
    reader = _Reader(asked)
    for document in documents:
        reader.read(document)
    rows = reader.rows()
    return reader.stems(), rows, reader.lengths


def holds_list(document: Document) -> bool:
    """Return whether part of a document counts for nothing, being a list of words.

    A list is more than `matching.weighting.LISTED` words in a row of which none comes twice.
    """
    from matching import compiled  # noqa: PLC0415 - numba, when first needed

    different, found, bounds = numbered(document)
    return bool(compiled.in_lists(found, bounds, len(different), LISTED).any())


def numbered(document: Document) -> tuple[list[str], IntArray, IntArray]:
    """Return a document's different words, their numbers as they follow each other, and bounds.

    Bounds are where its title begins and ends, and where its text ends.
    """
    title = words(document.title)
    found = [*title, *words(document.text)]
    numbers = {word: number for number, word in enumerate(dict.fromkeys(found))}
    flat = np.array([numbers[word] for word in found], dtype=np.int32)
    return list(numbers), flat, np.array([0, len(title), len(flat)])


class _Reader:
    """Turns documents into rows of stem numbers; a word's stem is looked up once."""

    def __init__(self, asked: bool) -> None:
        self._asked = asked
        empty = np.zeros(0, dtype=np.uint32)
        table = np.zeros(1024, dtype=np.int32)
        self._lexicon: Lexicon = (empty, np.zeros(1025, dtype=np.int64), table, 0)
        self._stems: dict[str, int] = {}
        self._stem_of: IntArray = np.zeros(0, dtype=np.int32)
        self._texts: list[str] = []
        self._parts: list[tuple[IntArray, IntArray, IntArray, IntArray]] = []
        self.lengths: IntArray = np.zeros(0, dtype=np.int32)

    def read(self, document: Document) -> None:
        """Take in one document."""
        self._texts.append(normalize(document.title))
        self._texts.append(normalize(document.text))
        if len(self._texts) == 2 * _AT_ONCE:
            self._count()

    def _count(self) -> None:
        """Count the stems of the documents that were taken in."""
        from matching import word_loops  # noqa: PLC0415 - numba, when first needed

        letters = "".join(self._texts).encode("utf-32-le", "surrogatepass")
        ends = np.cumsum([len(text) for text in self._texts], dtype=np.int64)
        points = np.frombuffer(letters, dtype=np.uint32)
        known = self._lexicon[-1]
        small = _small_letters(int(points.max(initial=0)).bit_length())
        found, bounds, self._lexicon = word_loops.numbered(
            points, ends, small, LONGEST_ACRONYM, self._lexicon
        )
        stem_of = self._learned(known)
        stems = len(self._stems)
        self._parts.append(counted(found, stem_of, bounds, stems, asked=self._asked))
        self._texts = []

    def _learned(self, first: int) -> IntArray:
        """Find the stems of the words from `first` on, which are new; return those of all."""
        letters, starts, _, known = self._lexicon
        self._stem_of = grown(self._stem_of, known)
        bounds = starts[first : known + 1].tolist()
        for number, (start, end) in enumerate(pairwise(bounds), first):
            found = stem(letters[start:end].tobytes().decode("utf-32-le"))
            self._stem_of[number] = self._stems.setdefault(found, len(self._stems)) if found else -1
        return self._stem_of[:known]

    def stems(self) -> Sequence[str]:
        """Return the stems in the order of their numbers."""
        return list(self._stems)

    def rows(self) -> Rows:
        """Return the rows of all documents."""
        self._count()
        items, counts, starts, lengths = zip(*self._parts, strict=True)
        self._parts = []
        self.lengths = np.concatenate(lengths)
        offsets = np.cumsum([0, *(len(each) for each in items[:-1])])
        joined = [each[1:] + offset for each, offset in zip(starts, offsets, strict=True)]
        whole = np.concatenate([np.zeros(1, np.int64), *joined])
        return Rows(whole, np.concatenate(items), np.concatenate(counts))


@cache
def _small_letters(bits: int) -> IntArray:
    """Return the small letter of each character whose number has so many bits, 0 for no letter.

    Digits are their own.
    """
    size = min(1 << bits, sys.maxunicode + 1)
    small = (ord(each.lower()[0]) if each.isalnum() else 0 for each in map(chr, range(size)))
    return fixed(np.fromiter(small, np.uint32, size))


def counted(
    found: IntArray, stem_of: IntArray, bounds: IntArray, stems: int, *, asked: bool = False
) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Return different stems of documents, how often they stand there, where they begin, lengths.

    Parameters
    ----------
    found
        Numbers of the words as they follow each other.
    stem_of
        For each number of a word that of its stem, below `stems`; negative where it only binds.
    bounds
        Where the first title begins and ends, its text ends, the next title ends, and so on.
    asked
        Count every word: the documents are queries.
    """
    from matching import compiled  # noqa: PLC0415 - numba, when first needed

    most = np.iinfo(np.int32).max if asked else MOST_COUNTED
    listed = compiled.in_lists(found, bounds, len(stem_of), most if asked else LISTED)
    items, counts, starts, lengths = compiled.counted(
        stem_of[found], listed, bounds[::2], bounds[1::2], TITLE_WEIGHT, stems
    )
    return items, np.minimum(counts, most).astype(np.min_scalar_type(most)), starts, lengths
