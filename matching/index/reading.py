"""Many documents at once: from texts to rows of numbered words."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numba
import numpy as np

from matching.arrays import BoolArray, IntArray, fixed
from matching.documents import Document
from matching.index.phrases import PhraseFinder
from matching.index.rows import Rows, grown
from matching.index.weighting import UNITS
from matching.parameters import Parameters
from matching.text import LONGEST_ACRONYM, LONGEST_WORD, is_stop, normalize, words
from matching.thesaurus import Thesaurus

if TYPE_CHECKING:
    from matching.index.tokenizing import Vocabulary

LISTED = 50
"""Words of sentences that follow each other without one of them coming twice, at most. In 36 000
texts of thirteen collections, Norwegian and English, five have more (57 at most); half of them
have no more than 23. What has more is a list, and counts for nothing but its length."""

MOST_COUNTED = 100 * UNITS
"""Frequency that a word counts with in a document, at most. Its length counts in full, so that a
text which says the same word over and over says less than one that says it a hundred times."""

_AT_ONCE = 1000  # Documents; their characters, 4 bytes each, should stay in the processor's cache.

Counted = tuple[IntArray, IntArray, IntArray, IntArray]
"""Different words of documents, how often they stand there, where each document begins, lengths."""


def read(
    documents: Iterable[Document],
    parameters: Parameters,
    thesaurus: Thesaurus,
    *,
    asked: bool = False,
) -> tuple[Sequence[str], Rows, IntArray]:
    """Return the words of documents, each document's row of their numbers, and its length.

    Stop words are left out; phrases of the thesaurus are words too, but add nothing to the length.
    Frequencies and lengths are in steps of 1 / `UNITS`; a word of a field
    counts as the weight of the field says.

    Parameters
    ----------
    documents
        What is read.
    parameters
        The weights of fields are used.
    thesaurus
        Its phrases are looked for.
    asked
        Read the documents as queries: with the weights of fields for queries, and words in lists
        count.
    """
    reader = _Reader(parameters, thesaurus, asked)
    for document in documents:
        reader.read(document)
    rows = reader.rows()
    return reader.words(), rows, reader.lengths


def fields_of(
    document: Document, parameters: Parameters, *, asked: bool = False
) -> Iterator[tuple[str, int]]:
    """Yield the texts of a document's fields with their weights in units, title first."""
    title = parameters.query_title_weight if asked else parameters.title_weight
    weights = dict(parameters.query_field_weights if asked else parameters.field_weights)
    parts = [
        (document.title, title),
        (document.text, 1.0),
        *((text, weights.get(name, 1.0)) for name, text in document.fields),
    ]
    return ((text, round(weight * UNITS)) for text, weight in parts if text and weight > 0)


def holds_list(document: Document) -> bool:
    """Return whether part of a document counts for nothing, being a list of words.

    A list is more than `LISTED` words in a row of which none comes twice.
    """
    for text in (document.title, document.text, *(text for _, text in document.fields)):
        found = words(text)
        numbers = {word: number for number, word in enumerate(dict.fromkeys(found))}
        flat = np.array([numbers[word] for word in found], dtype=np.int32)
        if in_lists(flat, np.array([0, len(flat)]), len(numbers), LISTED).any():
            return True
    return False


class _Reader:
    """Turns documents into rows of word numbers."""

    def __init__(self, parameters: Parameters, thesaurus: Thesaurus, asked: bool) -> None:
        self._parameters, self._asked = parameters, asked
        self._phrases = PhraseFinder(thesaurus)
        empty = np.zeros(0, dtype=np.uint32)
        table = np.zeros(1024, dtype=np.int32)
        self._vocabulary: Vocabulary = (empty, np.zeros(1025, dtype=np.int64), table, 0)
        self._words: dict[str, int] = {}
        self._spelled: list[str] = []
        self._number_of: IntArray = np.zeros(0, dtype=np.int32)
        self._texts: list[str] = []
        self._weights: list[int] = []
        self._ends: list[int] = []
        self._parts: list[Counted] = []
        self.lengths: IntArray = np.zeros(0, dtype=np.int32)

    def read(self, document: Document) -> None:
        """Take in one document."""
        for text, weight in fields_of(document, self._parameters, asked=self._asked):
            self._texts.append(normalize(text))
            self._weights.append(weight)
        self._ends.append(len(self._texts))
        if len(self._ends) == _AT_ONCE:
            self._count()

    def _count(self) -> None:
        """Count the words of the documents that were taken in."""
        from matching.index.tokenizing import number  # noqa: PLC0415 - compiles when first needed

        letters = "".join(self._texts).encode("utf-32-le", "surrogatepass")
        ends = np.cumsum([len(text) for text in self._texts], dtype=np.int64)
        points = np.frombuffer(letters, dtype=np.uint32)
        known = self._vocabulary[-1]
        small = _small_letters(int(points.max(initial=0)).bit_length())
        found, bounds, self._vocabulary = number(
            points, ends, small, LONGEST_ACRONYM, self._vocabulary
        )
        number_of = self._learned(known)
        most = np.iinfo(np.int32).max if self._asked else LISTED
        listed = in_lists(found, bounds, len(number_of), most)
        weights = np.array(self._weights, dtype=np.int32)
        documents = np.array([0, *self._ends], dtype=np.int64)
        phrases = [
            (text, phrase)
            for start, text, phrase in self._phrases.find(found, bounds, self._spelled)
            if not listed[start]
        ]
        numbers, phrase_bounds = self._number_phrases(phrases, len(bounds))
        items, counts, starts, lengths = _count_words(
            number_of[found],
            listed,
            bounds,
            numbers,
            phrase_bounds,
            weights,
            documents,
            len(self._words),
        )
        most = np.iinfo(np.int32).max if self._asked else MOST_COUNTED
        counts = np.minimum(counts, most).astype(np.min_scalar_type(most))
        self._parts.append((items, counts, starts, lengths))
        self._texts, self._weights, self._ends = [], [], []

    def _learned(self, first: int) -> IntArray:
        """Number the words from `first` on that are no stop words; return the number of all."""
        letters, starts, _, known = self._vocabulary
        self._number_of = grown(self._number_of, known)
        bounds = starts[first : known + 1].tolist()
        for number, (start, end) in enumerate(pairwise(bounds), first):
            kept = letters[start : min(end, start + LONGEST_WORD)]
            word = kept.tobytes().decode("utf-32-le", "surrogatepass")
            self._spelled.append(word)
            self._phrases.learn(word)
            self._number_of[number] = -1 if is_stop(word) else self._numbered(word)
        return self._number_of[:known]

    def _numbered(self, word: str) -> int:
        """Return the number of a word; long words that begin alike have the same."""
        return self._words.setdefault(word, len(self._words))

    def _number_phrases(
        self, found: Sequence[tuple[int, str]], bounds: int
    ) -> tuple[IntArray, IntArray]:
        """Return the numbers of phrases, and where those of each text begin."""
        texts = np.array([text for text, _ in found], dtype=np.int64)
        numbers = np.array([self._numbered(phrase) for _, phrase in found], dtype=np.int32)
        return numbers, np.searchsorted(texts, np.arange(bounds))

    def words(self) -> Sequence[str]:
        """Return the words in the order of their numbers."""
        return list(self._words)

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


@numba.njit(cache=True, nogil=True)
def _count_words(  # noqa: C901 - one loop within the other, as texts are in documents
    words: IntArray,
    listed: BoolArray,
    bounds: IntArray,
    phrases: IntArray,
    phrase_bounds: IntArray,
    weights: IntArray,
    documents: IntArray,
    size: int,
) -> Counted:
    """Count the words and phrases of documents; negative ones are left out.

    Text t has the words from `bounds[t]` to `bounds[t + 1]`, each of which counts `weights[t]`, and
    likewise phrases; document d has the texts from `documents[d]`. Of words that are listed only
    the length knows, and of phrases it does not know.
    """
    rows = len(documents) - 1
    times = np.zeros(size, dtype=np.int32)
    items = np.empty(len(words) + len(phrases), dtype=np.int32)
    counts = np.empty(len(words) + len(phrases), dtype=np.int32)
    row_starts = np.zeros(rows + 1, dtype=np.int64)
    lengths = np.zeros(rows, dtype=np.int32)
    used = 0
    for row in range(rows):
        first = used
        for text in range(documents[row], documents[row + 1]):
            for at in range(bounds[text], bounds[text + 1]):
                word = words[at]
                if word >= 0:
                    lengths[row] += weights[text]
                    if listed[at]:
                        continue
                    if times[word] == 0:
                        items[used] = word
                        used += 1
                    times[word] += weights[text]
            for at in range(phrase_bounds[text], phrase_bounds[text + 1]):
                if times[phrases[at]] == 0:
                    items[used] = phrases[at]
                    used += 1
                times[phrases[at]] += weights[text]
        for at in range(first, used):
            counts[at] = times[items[at]]
            times[items[at]] = 0
        row_starts[row + 1] = used
    return items[:used].copy(), counts[:used].copy(), row_starts, lengths


@numba.njit(cache=True, nogil=True)
def in_lists(words: IntArray, starts: IntArray, size: int, most: int) -> BoolArray:
    """Return which words stand among more than `most` in a row of which none comes twice.

    `words` are below `size`; a row ends where the next of `starts` is.
    """
    seen = np.zeros(size, dtype=np.int64)  # Where each word stood last, from 1.
    listed = np.zeros(len(words), dtype=np.bool_)
    for row in range(len(starts) - 1):
        first = marked = starts[row]
        for at in range(starts[row], starts[row + 1]):
            first = max(first, seen[words[at]])
            seen[words[at]] = at + 1
            if at + 1 - first > most:
                listed[max(first, marked) : at + 1] = True
                marked = at + 1
    return listed
