"""Phrases of the thesaurus in texts whose words are numbered."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching.arrays import BoolArray, IntArray
from matching.index.rows import grown
from matching.thesaurus import LONGEST_PHRASE, Thesaurus, normalize


class PhraseFinder:
    """Finds phrases by their first two words, and looks closer where both are there.

    Parameters
    ----------
    thesaurus
        Whose phrases.
    """

    def __init__(self, thesaurus: Thesaurus) -> None:
        self._phrases = thesaurus.phrases
        self._first, self._second = thesaurus.phrase_words
        self._known = 0
        self._begins: IntArray = np.zeros(0, dtype=np.uint8)
        self._follows: IntArray = np.zeros(0, dtype=np.uint8)

    def learn(self, word: str) -> None:
        """Take in the word with the next number."""
        self._begins = grown(self._begins, self._known + 1)
        self._follows = grown(self._follows, self._known + 1)
        form = normalize(word) if self._phrases else word
        self._begins[self._known] = form in self._first
        self._follows[self._known] = form in self._second
        self._known += 1

    def find(
        self, numbers: IntArray, bounds: IntArray, words: Sequence[str]
    ) -> list[tuple[int, int, str]]:
        """Return where each phrase begins, in which text, and its words; the longest one wins.

        Parameters
        ----------
        numbers
            The words of the texts as they follow each other.
        bounds
            Where the words of each text begin.
        words
            The words by their numbers.
        """
        may_begin: BoolArray = self._begins[numbers[:-1]].astype(np.bool_)
        may_begin &= self._follows[numbers[1:]].astype(np.bool_)
        found, end = [], 0
        for start in np.flatnonzero(may_begin).tolist():
            if start < end:
                continue
            text = int(np.searchsorted(bounds, start, side="right")) - 1
            last = min(int(bounds[text + 1]), start + LONGEST_PHRASE)
            spelled = [words[number] for number in numbers[start:last].tolist()]
            if size := self._longest(spelled):
                found.append((start, text, " ".join(spelled[:size])))
                end = start + size
        return found

    def _longest(self, words: Sequence[str]) -> int:
        forms = tuple(map(normalize, words))
        sizes = range(len(words), 1, -1)
        return next((size for size in sizes if forms[:size] in self._phrases), 0)
