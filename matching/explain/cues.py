"""Which words of documents say what the words of a query say, and which of them to name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

import numpy as np

from matching.arrays import BoolArray, IntArray
from matching.explain.evidence import Evidence, TermTable, evidence, term_table
from matching.explain.general_words import is_general
from matching.explain.kinship import says_same

if TYPE_CHECKING:
    from matching.index.queries import QueryBatch
    from matching.topk.search import Documents

Words = Sequence[tuple[str, ...]]
"""For each term of a query the words that have it."""


def evidence_of(batch: QueryBatch, row: int, documents: Documents, numbers: IntArray) -> Evidence:
    """Return what some documents say about each term of a query."""
    table, terms = table_of(batch, row), batch.terms_of(row)
    contributions, found, similarity = evidence(numbers, documents, table, terms)
    return Evidence(contributions, found[:, 0], found[:, 1], found[:, 2], similarity)


def table_of(batch: QueryBatch, row: int) -> TermTable:
    """Return which terms of a query ask each feature."""
    first, end = batch.term_starts[row : row + 2].tolist()
    asked = batch.asked_starts, batch.asked, batch.asked_weights, batch.certain
    return term_table(*asked, first, end, len(batch.keys))


def certain(found: Evidence, terms: Words, lexicon: Sequence[str]) -> BoolArray:
    """Return which entries of the evidence a reader takes for the same; shape of `found.rows`."""
    telling = [[word for word in words if not is_general(word)] for words in terms]
    entries = zip(
        found.terms.tolist(), found.words.tolist(), found.similarity.tolist(), strict=True
    )
    return np.fromiter(
        (
            any(says_same(word, lexicon[other], similarity) for word in telling[term])
            for term, other, similarity in entries
        ),
        dtype=np.bool_,
        count=len(found.rows),
    )


def meanings_of(batch: QueryBatch, row: int) -> list[frozenset[int]]:
    """Return for each term of a query its root and the groups of the thesaurus that it is in."""
    first, end = batch.term_starts[row : row + 2].tolist()
    spans = zip(batch.asked_starts[first:end], batch.asked_starts[first + 1 : end + 1], strict=True)
    return [
        frozenset(batch.asked[start:stop][batch.certain[start:stop]].tolist())
        for start, stop in spans
    ]


class Cues:
    """Names each thing that a query and a document share once.

    Two terms are one thing where they are in one group of the thesaurus, where one is a phrase
    that holds the other, and where the document answers both with the same words.

    Parameters
    ----------
    terms, meanings
        The words and the meanings of each term of the query.
    """

    def __init__(self, terms: Words, meanings: Sequence[frozenset[int]]) -> None:
        self._terms, self._meanings = terms, meanings
        self._parts = [frozenset(" ".join(words).split(" ")) for words in terms]

    def select(self, ordered: Iterable[int], answers: Mapping[int, AbstractSet[int]]) -> list[int]:
        """Return the terms to name.

        Parameters
        ----------
        ordered
            Terms that are answered, the weightiest first.
        answers
            The words of the document that say the same as each term.
        """
        chosen: list[int] = []
        meant: set[int] = set()
        said: set[int] = set()
        parts: set[str] = set()
        for term in ordered:
            new = (
                meant.isdisjoint(self._meanings[term])
                and not said.issuperset(answers[term])
                and parts.isdisjoint(self._parts[term])
            )
            if new:
                chosen.append(term)
                meant |= self._meanings[term]
                said |= answers[term]
                parts |= self._parts[term]
        return chosen
