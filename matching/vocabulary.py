"""The words of a collection, and which of them may stand for one another."""

from __future__ import annotations

import math
from typing import cast

import numpy as np

from matching.analysis import features
from matching.arrays import BoolArray, FloatArray, IntArray, grown
from matching.postings import Postings

SAME_STEM = 0.875
"""Likeness of two words with the same stem."""

LEAST_SHARE = 0.3
"""Words that share less than this of the asked word's n-grams are strangers."""

COMPOUND = 0.400390625
"""Likeness of a compound to the word asked, which it begins or ends with."""

PART = 0.19921875
"""Likeness to a compound asked of the word that it begins or ends with."""

SHORTEST_IN_COMPOUND = 4
SHORTEST_PART = 5
"""Letters that the stem of the shorter word has at least in either case."""

SHARE_POWER = 1.6
"""How steeply likeness falls with the share of n-grams."""

_LEAST_CANDIDATE = 0.12  # A compound holds at least this share of its part's n-grams.

_GRID = 1024.0  # Likeness in whole steps: sums of it are exact, in whatever order they are made.


class Vocabulary:
    """Words with their document frequencies, and the likeness between them.

    Words that no document uses any longer stay in the tables with a document frequency of zero,
    and take no part in anything.
    """

    def __init__(self) -> None:
        self.words: list[str] = []
        self.ids: dict[str, int] = {}
        self.members: dict[str, list[int]] = {}
        self.gram_ids: dict[str, int] = {}
        self.grams = Postings.empty()
        self.active = 0
        self._documents: IntArray = np.zeros(0, dtype=np.int32)
        self._stop: BoolArray = np.zeros(0, dtype=np.bool_)
        self._gram_words: IntArray = np.zeros(0, dtype=np.int32)

    @property
    def document_frequency(self) -> IntArray:
        """Number of documents with each word, shape (words,)."""
        return self._documents[: len(self.words)]

    @property
    def is_stop(self) -> BoolArray:
        """Which words only bind, shape (words,)."""
        return self._stop[: len(self.words)]

    @property
    def gram_frequency(self) -> IntArray:
        """Number of words in use with each n-gram, shape (n-grams,)."""
        return self._gram_words[: len(self.gram_ids)]

    def restore(self, documents: IntArray, stop: BoolArray, gram_words: IntArray) -> None:
        """Take the counts of a snapshot."""
        self._documents, self._stop, self._gram_words = documents, stop, gram_words
        self.active = int((documents > 0).sum())

    def use(self, words: list[str]) -> IntArray:
        """Count a document that has each of `words` once; return their numbers."""
        numbers = np.array([self._number(word) for word in words], dtype=np.int32)
        self._documents = cast("IntArray", grown(self._documents, len(self.words)))
        self._documents[numbers] += 1
        for number in numbers[self._documents[numbers] == 1]:
            self._switch(self.words[number], +1)
        return numbers

    def drop(self, numbers: IntArray) -> None:
        """Take back what `use` counted for a document."""
        self._documents = cast("IntArray", grown(self._documents, len(self.words)))
        self._documents[numbers] -= 1
        for number in numbers[self._documents[numbers] == 0]:
            self._switch(self.words[number], -1)

    def _number(self, word: str) -> int:
        number = self.ids.get(word)
        if number is not None:
            return number
        number = self.ids[word] = len(self.words)
        self.words.append(word)
        found = features(word)
        self._stop = cast("BoolArray", grown(self._stop, number + 1))
        self._stop[number] = found.is_stop
        for name in found.classes:
            self.members.setdefault(name, []).append(number)
        for gram in found.grams:
            self.grams.append(self.gram_ids.setdefault(gram, len(self.gram_ids)), number, 1)
        self._gram_words = cast("IntArray", grown(self._gram_words, len(self.gram_ids)))
        return number

    def _switch(self, word: str, step: int) -> None:
        self.active += step
        gram_ids = [self.gram_ids[gram] for gram in features(word).grams]
        self._gram_words = cast("IntArray", grown(self._gram_words, len(self.gram_ids)))
        self._gram_words[gram_ids] += step

    def compact(self) -> None:
        """Move what was appended into the flat arrays."""
        if self.grams.tail_size == 0:
            return
        gram_ids: list[int] = []
        numbers: list[int] = []
        for number, word in enumerate(self.words):
            found = features(word).grams
            gram_ids.extend(self.gram_ids[gram] for gram in found)
            numbers.extend([number] * len(found))
        ones = np.ones(len(numbers), dtype=np.int32)
        self.grams = Postings.build(
            np.array(gram_ids, dtype=np.int64),
            np.array(numbers, dtype=np.int32),
            ones,
            len(self.gram_ids),
        )

    def similar(self, word: str) -> tuple[IntArray, FloatArray]:
        """Return the words in use that may stand for `word`, and how well, in (0, 1].

        The word itself counts 1, one with the same stem `SAME_STEM`, a compound of it at least
        `COMPOUND`, a part of it at least `PART`, and another by the share of the asked word's
        n-gram information that it holds, so that "ungdom" finds "ungdomsarbeid" better than the
        reverse. Stop words are found by themselves or by their stem only.

        Returns
        -------
        numbers
            Shape (found,): word numbers.
        likeness
            Shape (found,): multiples of 1/1024.
        """
        asked = features(word)
        share = self._shared_grams(asked.grams)
        likeness = self._likeness(share)
        if asked.is_fuzzy:
            self._find_compounds(asked.classes[0], share, likeness)
            self._find_parts(asked.classes[0], likeness)
        if not asked.is_stop:
            likeness[self.is_stop] = 0.0
        for name in asked.classes:
            for number in self.members.get(name, ()):
                if bool(self.is_stop[number]) is asked.is_stop:
                    likeness[number] = max(likeness[number], SAME_STEM)
        number = self.ids.get(word, -1)
        if number >= 0:
            likeness[number] = 1.0
        likeness[self.document_frequency == 0] = 0.0
        numbers = np.flatnonzero(likeness)
        return numbers, likeness[numbers]

    def _find_compounds(self, stem: str, share: FloatArray, likeness: FloatArray) -> None:
        """Raise the words of which the asked word is the first or last part."""
        part = stem[2:]
        if len(part) < SHORTEST_IN_COMPOUND:
            return
        for number in np.flatnonzero((share >= _LEAST_CANDIDATE) & (likeness < COMPOUND)).tolist():
            whole = features(self.words[number]).classes[0][2:]
            if len(whole) >= len(part) + 3 and (whole.startswith(part) or whole.endswith(part)):
                likeness[number] = COMPOUND

    def _find_parts(self, stem: str, likeness: FloatArray) -> None:
        """Raise the words that are the first or last part of the asked word."""
        whole = stem[2:]
        for length in range(SHORTEST_PART, len(whole) - 2):
            for part in (whole[:length], whole[-length:]):
                for number in self.members.get("n:" + part, ()):
                    likeness[number] = max(likeness[number], PART)

    @staticmethod
    def _likeness(share: FloatArray) -> FloatArray:
        likeness = np.zeros(len(share))
        near = np.flatnonzero(share >= LEAST_SHARE)
        likeness[near] = np.rint(share[near] ** SHARE_POWER * _GRID) / _GRID
        return likeness

    def _shared_grams(self, grams: tuple[str, ...]) -> FloatArray:
        size = len(self.words)
        if not grams:
            return np.zeros(size)
        found, weights, whole = [], [], 0.0
        for gram in grams:
            key = self.gram_ids.get(gram, -1)
            frequency = int(self.gram_frequency[key]) if key >= 0 else 0
            weight = math.log1p((self.active + 1) / (frequency + 1)) ** 2
            whole += weight
            if frequency:
                found.append(self.grams.get(key)[0])
                weights.append(np.full(len(found[-1]), weight))
        if not found:
            return np.zeros(size)
        shared = np.bincount(np.concatenate(found), np.concatenate(weights), minlength=size)
        share: FloatArray = np.minimum(shared / whole, 1.0)
        return share
