"""How similar the meanings of documents are to that of a query.

The vectors of all texts have much in common, and those of texts on one subject still more, which
says nothing. So before two are compared, what is common is taken off both: a centre halfway
between the mean of the collection and that of `ORDINARY` texts on everything and nothing. The
cosine of what is left is about 0 for any two texts, and 1 for the same.
"""

from __future__ import annotations

import numba
import numpy as np

from matching.arrays import BoolArray, FloatArray, IntArray
from matching.index.rows import grown
from matching.semantic.vectors import VectorArray

ORDINARY = (
    "Vi trenger hjelp til å nå flere av dem som faller utenfor.",
    "Mange venter for lenge på svar fra kommunen.",
    "Kostnadene øker, og de ansatte har for liten tid.",
    "Vi vet for lite om hva innbyggerne ønsker.",
    "Frivillige møter folk i nabolaget en gang i uka.",
    "En enkel løsning på nett som samler det man trenger.",
    "Vi gir opplæring og følger opp hver enkelt over tid.",
    "Tilbudet er prøvd i to kommuner, og flere vil være med.",
    "Vi treng nokon som kan følgje opp tiltaket vidare.",
    "Kommunen kan gi tilskot til drift og utstyr.",
    "Vedtaket gjeld frå den dagen det er kunngjort.",
    "Dette kapitlet har reglar om korleis saka skal handsamast.",
    "There is no simple way to find out what works.",
    "Small groups lack the time and money to take part.",
    "How can we measure the effect of this work?",
    "People do not know where to turn for help.",
    "A tool that brings data from many sources together.",
    "We build an open platform where members share what they know.",
    "The project will improve the documentation and add tests.",
    "A course and a network for those who want to start.",
    "The results of the study are compared with earlier work.",
    "The method is described and its properties are discussed.",
    "Hva sa lederen om saken?",
    "Laget vant kampen etter en god avslutning.",
)
"""Texts of many kinds that say little. Changing one changes all scores a little."""

_NEAR = 128
"""Rows that stay near the processor while all that is asked is compared with them."""


class VectorTable:
    """Vectors of documents, numbered as in the index beside it, and how similar they are to others.

    Everything that is added up is whole numbers, and exact, so the same documents give the same
    answers to the last bit, whatever was added and removed before. A vector of zeros is that of a
    document that says nothing, or that nobody has read yet: it is no part of the mean.

    Parameters
    ----------
    ordinary
        Vectors of `ORDINARY` texts, shape (texts, dimensions).
    """

    def __init__(self, ordinary: VectorArray) -> None:
        self._ordinary, self._texts = ordinary.sum(axis=0, dtype=np.int64), len(ordinary)
        self._total: IntArray = np.zeros(ordinary.shape[1], dtype=np.int64)
        self._size = self._held = 0
        self._rows: VectorArray = np.zeros((0, ordinary.shape[1]), dtype=np.int16)
        self._squares, self._on_ordinary, self._on_total = (
            np.zeros(0, dtype=np.int64) for _ in range(3)
        )

    def __len__(self) -> int:
        return self._size

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has; 0 where none was known when the table was made."""
        return int(self._rows.shape[1])

    @property
    def has_ordinary(self) -> bool:
        """Whether the vectors of the ordinary texts are known, without which nothing compares."""
        return bool(self._ordinary.any())

    @property
    def vectors(self) -> VectorArray:
        """The vectors of all numbers, shape (numbers, dimensions)."""
        return self._rows[: self._size].copy()

    @property
    def centre(self) -> FloatArray:
        """What all vectors have in common, shape (dimensions,)."""
        # Twice the centre is the sum of both means.
        found: FloatArray = (self._ordinary / self._texts + self._total / max(self._held, 1)) / 2
        return found

    def extend(self, vectors: VectorArray) -> None:
        """Add the vectors of the next documents."""
        first, self._size = self._size, self._size + len(vectors)
        if self._size > len(self._rows):
            room = np.zeros((max(self._size, 2 * first), vectors.shape[1]), dtype=np.int16)
            room[:first] = self._rows[:first]
            self._rows = room
        rows = self._rows[first : self._size]
        rows[:] = vectors
        for name in ("_squares", "_on_ordinary", "_on_total"):
            setattr(self, name, grown(getattr(self, name), self._size))
        self._squares[first : self._size] = _squares(rows)
        self._on_ordinary[first : self._size] = _products(rows, self._ordinary)
        self._on_total[first : self._size] = _products(rows, self._total)
        self._move_total(vectors.sum(axis=0, dtype=np.int64))
        self._held += int((self._squares[first : self._size] > 0).sum())

    def replace(self, numbers: IntArray, vectors: VectorArray) -> None:
        """Give documents, each once and none of them removed, other vectors."""
        before = self._rows[numbers].sum(axis=0, dtype=np.int64)
        self._held -= int((self._squares[numbers] > 0).sum())
        self._rows[numbers] = vectors
        self._squares[numbers] = _squares(vectors)
        self._on_ordinary[numbers] = _products(vectors, self._ordinary)
        self._on_total[numbers] = _products(vectors, self._total)
        self._move_total(vectors.sum(axis=0, dtype=np.int64) - before)
        self._held += int((self._squares[numbers] > 0).sum())

    def remove(self, number: int) -> None:
        """Take a document out; its number stays and means nothing."""
        self._move_total(-self._rows[number].astype(np.int64))
        self._held -= int(self._squares[number] > 0)

    @property
    def tells(self) -> BoolArray:
        """Whether the vector of each number says anything."""
        found: BoolArray = self._squares[: self._size] > 0
        return found

    def _move_total(self, change: IntArray) -> None:
        self._total += change
        self._on_total[: self._size] += _products(self._rows[: self._size], change)

    def cosines(self, vectors: VectorArray) -> FloatArray:
        """Return how similar each document is to each text, in [0, 1]; shape (texts, numbers).

        It is 0 where one of the two says nothing.
        """
        own = self.centre
        square = float(own @ own)
        on_rows = self._on_centre(self._on_ordinary[: self._size], self._on_total[: self._size])
        # Not by `own`: the last bit of such a product depends on how many texts are asked together.
        ordinary, total = (_products(vectors, each) for each in (self._ordinary, self._total))
        on_asked = self._on_centre(ordinary, total)
        lengths = _lengths(self._squares[: self._size], on_rows, square)
        asked_lengths = _lengths(_squares(vectors), on_asked, square)
        products = _dots(vectors, self._rows[: self._size])
        products += square - on_asked[:, np.newaxis] - on_rows
        whole = asked_lengths[:, np.newaxis] * lengths
        found: FloatArray = np.divide(products, whole, out=np.zeros_like(whole), where=whole > 0)
        return np.clip(found, 0.0, 1.0, out=found)

    def _on_centre(self, ordinary: IntArray, total: IntArray) -> FloatArray:
        """Return half the sum of both means, of sums over ordinary texts and over documents."""
        found: FloatArray = (ordinary / self._texts + total / max(self._held, 1)) / 2
        return found

    def kept(self, numbers: IntArray) -> VectorTable:
        """Return the vectors of some documents, none of them removed."""
        found = VectorTable(np.zeros((0, len(self._total)), dtype=np.int16))
        found._ordinary, found._texts = self._ordinary, self._texts
        found.extend(self._rows[numbers])
        return found


@numba.njit(cache=True, nogil=True)
def _dots(asked: VectorArray, rows: VectorArray) -> FloatArray:
    """Return the products of vectors with each other, exact; shape (asked, rows)."""
    found = np.empty((len(asked), len(rows)), dtype=np.float64)
    for first in range(0, len(rows), _NEAR):
        for query in range(len(asked)):
            for row in range(first, min(first + _NEAR, len(rows))):
                total = np.int32(0)  # So narrow that the processor takes many at a time.
                for at in range(asked.shape[1]):
                    total += np.int32(asked[query, at]) * np.int32(rows[row, at])
                found[query, row] = total
    return found


def _squares(rows: VectorArray) -> IntArray:
    """Return the products of rows with themselves, exact."""
    whole = rows.astype(np.float32)
    found: IntArray = np.einsum("ij,ij->i", whole, whole).astype(np.int64)
    return found


def _products(rows: VectorArray, vector: IntArray) -> IntArray:
    """Return the products of rows with a vector of whole numbers, exact."""
    found: IntArray = np.zeros(len(rows), dtype=np.int64)
    whole = vector.astype(np.float64)
    for start in range(0, len(rows), 4096):  # In blocks, as they are copied to float64.
        block = rows[start : start + 4096].astype(np.float64) @ whole
        found[start : start + 4096] = np.rint(block)
    return found


def _lengths(squares: IntArray, on_centre: FloatArray, square: float) -> FloatArray:
    """Return the lengths of what is left of vectors; 0 for those that say nothing."""
    left = np.sqrt(np.maximum(squares - 2 * on_centre + square, 0.0))
    found: FloatArray = np.where((squares > 0) & (left > 1e-3), left, 0.0)
    return found
