"""How alike the meanings of documents are to that of a query.

The vectors of all texts have much in common, and those of texts on one subject still more, which
says nothing. So before two are compared, what is common is taken off both: a centre halfway
between the mean of the collection and that of `ORDINARY` texts on everything and nothing. The
cosine of what is left is about 0 for any two texts, and 1 for the same.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from matching.arrays import FloatArray, IntArray
from matching.vectors import VectorArray

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


class Meanings:
    """Vectors of documents in numbered places.

    Everything that is added up is whole numbers, and exact, so the same documents give the same
    answers to the last bit, whatever was added and removed before.

    Parameters
    ----------
    ordinary
        Vectors of `ORDINARY` texts, shape (texts, dimensions).

    Attributes
    ----------
    ids
        The documents' ids, in the order of their places.
    places
        The place of each id.
    """

    def __init__(self, ordinary: VectorArray) -> None:
        self.ids: list[str] = []
        self.places: dict[str, int] = {}
        self._ordinary = ordinary.sum(axis=0, dtype=np.int64), len(ordinary)
        self._rows: npt.NDArray[np.float32] = np.zeros((0, ordinary.shape[1]), dtype=np.float32)
        self._usual: _Usual | None = None

    def add(self, ids: Sequence[str], vectors: VectorArray) -> None:
        """Put in documents, each in place of one with the same id."""
        for document_id in ids:
            if self.places.setdefault(document_id, len(self.ids)) == len(self.ids):
                self.ids.append(document_id)
        if len(self.ids) > len(self._rows):
            room = np.zeros((max(len(self.ids), 2 * len(self._rows)), vectors.shape[1]), np.float32)
            room[: len(self._rows)] = self._rows
            self._rows = room
        self._rows[[self.places[document_id] for document_id in ids]] = vectors
        self._usual = None

    def remove(self, document_id: str) -> None:
        """Take a document out; the last one moves to its place."""
        place, last = self.places.pop(document_id), self.ids.pop()
        if last != document_id:
            self.ids[place] = last
            self.places[last] = place
            self._rows[place] = self._rows[len(self.ids)]
        self._usual = None

    def alike(self, vector: VectorArray) -> FloatArray:
        """Return how alike each place's document is to the text of `vector`, in [0, 1].

        It is 0 where one of the two says nothing.
        """
        rows = self._rows[: len(self.ids)]
        if self._usual is None:
            self._usual = _Usual(rows, *self._ordinary)
        return self._usual.alike(rows, vector)


class _Usual:
    """What is common to the documents of a collection, to be taken off before comparing."""

    def __init__(
        self, rows: npt.NDArray[np.float32], ordinary: IntArray, ordinary_count: int
    ) -> None:
        total = rows.sum(axis=0, dtype=np.float64).astype(np.int64)
        parts = [(ordinary, ordinary_count), (total, len(rows))]
        # Twice the centre is the sum of these, each divided by its count.
        self._parts = [(part, max(count, 1)) for part, count in parts]
        self._on_rows = self._along(rows)
        self._square = sum(
            float(one @ other) / (4 * count * divisor)
            for one, count in self._parts
            for other, divisor in self._parts
        )
        squares = np.einsum("ij,ij->i", rows, rows).astype(np.float64)
        self._lengths = self._length(squares, self._on_rows)

    def alike(self, rows: npt.NDArray[np.float32], vector: VectorArray) -> FloatArray:
        asked = vector.astype(np.float32)
        along = self._along(asked[None])
        length = self._length(np.array([float(asked @ asked)]), along)
        products = (rows @ asked).astype(np.float64) - along - self._on_rows + self._square
        lengths = length * self._lengths
        alike = np.divide(products, lengths, out=np.zeros(len(rows)), where=lengths > 0)
        result: FloatArray = np.clip(alike, 0.0, 1.0)
        return result

    def _along(self, rows: npt.NDArray[np.float32]) -> FloatArray:
        """Return the product of each row with the centre."""
        along: FloatArray = np.zeros(len(rows))
        for part, count in self._parts:
            for start in range(0, len(rows), 4096):  # in blocks, as they are copied to float64
                block = rows[start : start + 4096].astype(np.float64)
                along[start : start + 4096] += (block @ part.astype(np.float64)) / (2 * count)
        return along

    def _length(self, squares: FloatArray, along: FloatArray) -> FloatArray:
        """Return the lengths of what is left of vectors; 0 for those that say nothing."""
        left = np.sqrt(np.maximum(squares - 2 * along + self._square, 0.0))
        result: FloatArray = np.where((squares > 0) & (left > 1e-3), left, 0.0)
        return result
