"""The words of a collection, their features, and in how many documents each feature stands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching.arrays import BoolArray, IntArray, UIntArray
from matching.index.features import features_of, group_key
from matching.index.rows import grown
from matching.index.strings import Names, Strings
from matching.thesaurus import Thesaurus

MOST_USES = 8
"""Uses of a root that are counted in one document: no single text makes a word important."""


class FeatureIds:
    """Numbers from 0 for features, which are known by their keys.

    Parameters
    ----------
    keys
        The keys of the first numbers, rising.
    newer
        Those of the following numbers.
    """

    def __init__(self, keys: UIntArray, newer: Sequence[int] = ()) -> None:
        self.keys = keys
        self.newer = {key: len(keys) + at for at, key in enumerate(newer)}

    def __len__(self) -> int:
        return len(self.keys) + len(self.newer)

    def find(self, keys: UIntArray) -> IntArray:
        """Return the number of each key, -1 where it has none."""
        found = np.full(len(keys), -1, dtype=np.int32)
        if len(self.keys):
            spots = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
            held = self.keys[spots] == keys
            found[held] = spots[held]
        if self.newer:
            for at in np.flatnonzero(found < 0).tolist():
                found[at] = self.newer.get(int(keys[at]), -1)
        return found

    def number(self, keys: UIntArray) -> IntArray:
        """Return the number of each key, new ones for those not seen before."""
        found = self.find(keys)
        for at in np.flatnonzero(found < 0).tolist():
            found[at] = self.newer.setdefault(int(keys[at]), len(self))
        return found


class Lexicon:
    """Words with their features, and how often each feature is used.

    Words and features that no document has any longer stay, with a document frequency of zero,
    and take no part in anything.

    Parameters
    ----------
    ngrams
        See `matching.parameters.Parameters`.
    thesaurus
        Words that stand for each other.

    Attributes
    ----------
    words
        The words, in lower case.
    starts, features
        The features of word w are `features[starts[w]:starts[w + 1]]`, its root's first.
    """

    def __init__(self, ngrams: tuple[int, int], thesaurus: Thesaurus) -> None:
        self.ngrams, self.thesaurus = ngrams, thesaurus
        self.words = Names.empty()
        self.ids = FeatureIds(np.zeros(0, dtype=np.uint64))
        self._starts: IntArray = np.zeros(1, dtype=np.int64)
        self._features: IntArray = np.zeros(0, dtype=np.int32)
        self._document_frequency: IntArray = np.zeros(0, dtype=np.int64)
        self._uses: IntArray = np.zeros(0, dtype=np.int64)
        self._is_root: BoolArray = np.zeros(0, dtype=np.bool_)

    def __len__(self) -> int:
        return len(self.words)

    @property
    def starts(self) -> IntArray:
        """Where the features of each word begin, shape (words + 1,)."""
        return self._starts[: len(self.words) + 1]

    @property
    def features(self) -> IntArray:
        """Features of all words."""
        return self._features[: self._starts[len(self.words)]]

    def root_uses(self) -> tuple[int, int]:
        """Return how often roots stand in documents, and in how many, added up over all roots.

        A group of the thesaurus is no root, though a phrase has it in the place of one.
        """
        if len(self._is_root) != len(self.ids):
            self._is_root = np.zeros(len(self.ids), dtype=np.bool_)
            self._is_root[self.features[self.starts[:-1]]] = True
            keys = [group_key(group.id) for group in self.thesaurus]
            groups = self.ids.find(np.array(keys, dtype=np.uint64))
            self._is_root[groups[groups >= 0]] = False
        uses, documents = self.uses, self.document_frequency
        return int(uses[self._is_root].sum()), int(documents[self._is_root].sum())

    @property
    def document_frequency(self) -> IntArray:
        """Number of documents with each feature, shape (features,)."""
        return self._document_frequency[: len(self.ids)]

    @property
    def uses(self) -> IntArray:
        """Number of times each feature stands in documents, `MOST_USES` in one."""
        return self._uses[: len(self.ids)]

    @classmethod
    def of(cls, words: Sequence[str], ngrams: tuple[int, int], thesaurus: Thesaurus) -> Lexicon:
        """Return the lexicon of some different words, none of them counted yet."""
        found = cls(ngrams, thesaurus)
        starts, keys, _ = features_of(words, ngrams, thesaurus)
        different, features = np.unique(keys, return_inverse=True)
        found.words = Names(Strings.packed(words))
        found.ids = FeatureIds(different)
        found._starts, found._features = starts, features.astype(np.int32)
        found.restore(*(np.zeros(len(different), dtype=np.int64) for _ in range(2)))
        return found

    @classmethod
    def restored(
        cls,
        ngrams: tuple[int, int],
        thesaurus: Thesaurus,
        words: Names,
        keys: UIntArray,
        *features: IntArray,
    ) -> Lexicon:
        """Return the lexicon of a snapshot; `features` are its starts and features."""
        found = cls(ngrams, thesaurus)
        found.words, found.ids = words, FeatureIds(keys)
        found._starts, found._features = features
        return found

    def restore(self, document_frequency: IntArray, uses: IntArray) -> None:
        """Take over counts."""
        self._document_frequency, self._uses = document_frequency, uses

    def number(self, words: Sequence[str]) -> IntArray:
        """Return the numbers of different words, new ones for those not seen before."""
        numbers = self.words.find_all(words)
        new = [row for row, number in enumerate(numbers) if number < 0]
        if new:
            self._append([words[row] for row in new])
            for row, number in zip(new, range(len(self) - len(new), len(self)), strict=True):
                numbers[row] = number
        return np.array(numbers, dtype=np.int32)

    def _append(self, words: Sequence[str]) -> None:
        starts, keys, _ = features_of(words, self.ngrams, self.thesaurus)
        first, used = len(self), int(self._starts[len(self)])
        self._starts = grown(self._starts, first + len(words) + 1)
        self._features = grown(self._features, used + len(keys))
        self._starts[first + 1 : first + len(words) + 1] = used + starts[1:]
        self._features[used : used + len(keys)] = self.ids.number(keys)
        for word in words:
            self.words.append(word)
        self._document_frequency = grown(self._document_frequency, len(self.ids))
        self._uses = grown(self._uses, len(self.ids))

    def count(self, features: IntArray, frequencies: IntArray, sign: int) -> None:
        """Count the different features of a document, or with a `sign` of -1 take that back."""
        self._document_frequency = grown(self._document_frequency, len(self.ids))
        self._uses = grown(self._uses, len(self.ids))
        self._document_frequency[features] += sign
        self._uses[features] += sign * np.minimum(frequencies, MOST_USES)

    def kept(self, words: IntArray) -> Lexicon:
        """Return the lexicon of some of the words, none of them counted yet."""
        return Lexicon.of(
            [self.words[word] for word in words.tolist()], self.ngrams, self.thesaurus
        )
