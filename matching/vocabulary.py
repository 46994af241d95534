"""The stems of a collection, what is counted of them, and the likeness between them.

Likeness is a function of two strings alone. So it is found once for a stem, and never changes
with the collection. Words share n-grams of characters (3 to 5, within a word and its two ends):
the share of the asked word's n-grams, by weight, that the other holds, to the power 2.2, counts
when it is 0.3 or more. Stems with the same root by the rules of Norwegian are at least half
alike, whether or not they are written with å, æ and ø, a compound of the asked word 0.4, a part of
it 0.2. So "ungdom" finds "ungdomsarbeid" better than the reverse.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from matching.arrays import IntArray, fixed
from matching.names import Names, name_hash
from matching.postings import Inverted, Rows, grown
from matching.text import fold, root, spelled_alike

EXACT = 1024
"""Likeness of a stem to itself; likeness is counted in whole steps of 1 / `EXACT`."""

COMPOUND, PART = 410, 204
"""Least likeness of a compound of the asked word, and of a part of it."""

MOST_USES = 8
"""Uses of a stem that are counted in one document: no single text makes a word important."""

_MOST_KEPT = 200_000  # Stems whose like ones are kept between queries.

_NONE: IntArray = np.zeros(0, dtype=np.int32)
_UNKNOWN: tuple[int, IntArray, IntArray] = (0, _NONE, _NONE)


class Vocabulary:
    """Stems with their document frequencies and the number of times they are used.

    Stems that no document uses any longer stay, with a document frequency of zero, and take no
    part in anything.
    """

    def __init__(self) -> None:
        self.names = Names.empty()
        self.forms = Rows(np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.uint8))
        self.grams = Rows(np.zeros(1, np.int64), np.zeros(0, np.uint32), np.zeros(0, np.uint8))
        self.inverted = Inverted(self.grams)
        self._documents: IntArray = np.zeros(0, dtype=np.int64)
        self._uses: IntArray = np.zeros(0, dtype=np.int64)
        self._kept: dict[str, tuple[int, IntArray, IntArray]] = {}

    def __len__(self) -> int:
        return len(self.names)

    @property
    def document_frequency(self) -> IntArray:
        """Number of documents with each stem, shape (stems,)."""
        return self._documents[: len(self.names)]

    @property
    def uses(self) -> IntArray:
        """Number of times each stem stands in documents, `MOST_USES` in one, shape (stems,)."""
        return self._uses[: len(self.names)]

    def restore(self, documents: IntArray, uses: IntArray) -> None:
        """Take the counts of a snapshot."""
        self._documents, self._uses = documents, uses

    def numbers(self, stems: Sequence[str]) -> IntArray:
        """Return the numbers of stems, new ones for those not seen before."""
        numbers = self.names.find_all(stems)
        new = [row for row, number in enumerate(numbers) if number < 0]
        for row in new:
            numbers[row] = self.names.append(stems[row])
        if new:
            self._add_forms([stems[row] for row in new])
        return np.array(numbers, dtype=np.int32)

    def _add_forms(self, stems: Sequence[str]) -> None:
        points, starts, codes, code_starts = forms_and_grams(stems)
        for row in range(len(stems)):
            part = points[starts[row] : starts[row + 1]]
            self.forms.append(part, np.zeros(len(part), np.uint8))
            part = codes[code_starts[row] : code_starts[row + 1]]
            self.grams.append(part, np.zeros(len(part), np.uint8))
        self.inverted.catch_up()
        size = len(self.names)
        self._documents, self._uses = grown(self._documents, size), grown(self._uses, size)

    @classmethod
    def of(cls, names: Names) -> Vocabulary:
        """Return a vocabulary of `names`, none of them counted yet."""
        points, starts, codes, code_starts = forms_and_grams(list(names.strings))
        forms = Rows(starts, points, np.zeros(len(points), np.uint8))
        grams = Rows(code_starts, codes, np.zeros(len(codes), np.uint8))
        return cls._assembled(names, forms, grams)

    def kept(self, numbers: IntArray) -> Vocabulary:
        """Return a vocabulary of some of the stems, none of them counted yet."""
        names = Names(self.names.strings.kept(numbers))
        return self._assembled(names, self.forms.kept(numbers), self.grams.kept(numbers))

    @classmethod
    def _assembled(cls, names: Names, forms: Rows, grams: Rows) -> Vocabulary:
        found = cls()
        found.names, found.forms, found.grams = names, forms, grams
        found.inverted = Inverted(found.grams)
        found._documents = np.zeros(len(names), dtype=np.int64)
        found._uses = np.zeros(len(names), dtype=np.int64)
        return found

    def count(self, numbers: IntArray, counts: IntArray, sign: int) -> None:
        """Count the different stems of a document, or with a `sign` of -1 take that back."""
        self._documents = grown(self._documents, len(self.names))
        self._uses = grown(self._uses, len(self.names))
        self._documents[numbers] += sign
        self._uses[numbers] += sign * np.minimum(counts, MOST_USES).astype(np.int64)

    def count_all(self, numbers: IntArray, counts: IntArray) -> None:
        """Count the stems of many documents at once."""
        size = len(self.names)
        self._documents += np.bincount(numbers, minlength=size)
        uses = np.minimum(counts, MOST_USES)
        self._uses += np.bincount(numbers, uses, minlength=size).astype(np.int64)

    def alike(self, stems: Sequence[str]) -> tuple[IntArray, IntArray, IntArray]:
        """Return for each of some different stems those that may stand for it, and how well.

        Returns
        -------
        starts
            Shape (stems + 1,): where what is found for each begins.
        numbers, likeness
            Shape (found,): numbers of stems, in no certain order for each, and values from 1 to
            `EXACT`.
        """
        size = len(self.names)
        behind = [stem for stem in stems if self._kept.get(stem, _UNKNOWN)[0] < size]
        if len(self._kept) + len(behind) > _MOST_KEPT:
            self._kept.clear()
            behind = list(stems)
        if behind:
            self._search(behind)
        found = [self._kept.get(stem, _UNKNOWN) for stem in stems]
        starts = np.zeros(len(found) + 1, dtype=np.int64)
        np.cumsum([len(numbers) for _, numbers, _ in found], out=starts[1:])
        return (
            starts,
            np.concatenate([_NONE, *(numbers for _, numbers, _ in found)]),
            np.concatenate([_NONE, *(likeness for _, _, likeness in found)]),
        )

    def _search(self, stems: Sequence[str]) -> None:
        """Search the words that were not yet there when a stem was last searched."""
        from matching import likeness_loops  # noqa: PLC0415 - numba, when first needed

        kept = [self._kept.get(stem, _UNKNOWN) for stem in stems]
        known = np.array([each[0] for each in kept], dtype=np.int64)
        own = np.array(self.names.find_all(stems), dtype=np.int64)
        asked = forms_and_grams(stems)
        found = [
            likeness_loops.alike(
                *asked,
                known,
                own,
                part.keys,
                part.starts,
                part.rows,
                part.first,
                self.forms.items,
                self.forms.starts[part.first : part.end + 1],
            )
            for part in self.inverted.segments
            if part.end > known.min()
        ]
        newer = [
            [(numbers[first:end], likeness[first:end]) for first, end in pairwise(ends.tolist())]
            for ends, numbers, likeness in found
        ]
        for stem, (_, *older), *parts in zip(stems, kept, *newer, strict=True):
            numbers, likeness = zip(older, *parts, strict=True)
            self._kept[stem] = len(self.names), _joined(numbers), _joined(likeness)


def _joined(parts: Sequence[IntArray]) -> IntArray:
    """Return several arrays as one, without copying when there is one only."""
    held = [part for part in parts if len(part)] or [_NONE]
    return held[0] if len(held) == 1 else np.concatenate(held)


def forms_and_grams(stems: Sequence[str]) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Return forms and n-grams of stems as numbers, and where those of each begin.

    A form is the length of the root and then the letters; after the n-grams stands the root.

    Numbers, abbreviations of two letters and the like have none: only they themselves can stand
    for them.
    """
    from matching import likeness_loops  # noqa: PLC0415 - numba, when first needed

    forms = [spelled_alike(stem) if len(stem) > 2 and stem.isalpha() else "" for stem in stems]
    starts = np.zeros(len(forms) + 1, dtype=np.int64)
    np.cumsum([len(form) for form in forms], out=starts[1:])
    letters = "".join(forms).encode("utf-32-le", "replace")
    points = np.frombuffer(letters, dtype=np.int32)
    found = [root(stem) for stem in stems]
    roots = np.array([name_hash(fold(each)) & 0xFFFFFFFF for each in found], dtype=np.uint32)
    codes, code_starts = likeness_loops.gram_codes(points, starts, roots)
    sizes = [len(spelled_alike(each)) for each in found]
    form_starts = starts + np.arange(len(starts))
    with_sizes = np.insert(points, starts[:-1], sizes)
    return fixed(with_sizes), fixed(form_starts), fixed(codes), fixed(code_starts)
