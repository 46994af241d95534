"""Which words of documents say what the words of a query say, and which of them to name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

import numpy as np

from matching.arrays import BoolArray, FloatArray, IntArray
from matching.explain.evidence import Evidence, TermTable, evidence, term_table
from matching.explain.general_words import is_general
from matching.explain.kinship import says_same

if TYPE_CHECKING:
    from matching.index.queries import QueryBatch
    from matching.index.strings import Names
    from matching.topk.search import Documents

LEAST_ALONE = 0.35
"""A document that shares one thing only with a query must say so much of it, where it counts as
much as the query's terms do on average: one weak word says nothing in a page of text."""

FEW_TERMS = 5
"""Each term of a query shorter than this is what it is about."""

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


def certain(found: Evidence, terms: Words, lexicon: Names) -> BoolArray:
    """Return which entries of the evidence a reader takes for the same; shape of `found.rows`."""
    telling = [[word for word in words if not is_general(word)] for words in terms]
    pairs = found.terms * len(lexicon) + found.words  # the same for many documents
    _, first, inverse = np.unique(pairs, return_index=True, return_inverse=True)
    different = zip(
        found.terms[first].tolist(),
        found.words[first].tolist(),
        found.similarity[first].tolist(),
        strict=True,
    )
    same = [
        any(says_same(word, lexicon[other], similarity) for word in telling[term])
        for term, other, similarity in different
    ]
    return np.array(same, dtype=np.bool_)[inverse]


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
    that holds the other, and where the document answers both with the same words. Of a phrase and
    its words the phrase is named.

    Parameters
    ----------
    terms, meanings
        The words and the meanings of each term of the query.
    """

    def __init__(self, terms: Words, meanings: Sequence[frozenset[int]]) -> None:
        self._terms, self._meanings = terms, meanings

    def select(
        self, contributions: FloatArray, answers: Mapping[int, AbstractSet[str]]
    ) -> list[int]:
        """Return the terms to name, those that add most to the score first.

        Parameters
        ----------
        contributions
            What each term adds to the score.
        answers
            The words of the document that say the same as each term that it answers.
        """
        in_phrases = _parts(word for term in answers for word in self._terms[term] if " " in word)
        chosen: list[int] = []
        meant: set[int] = set()
        said: set[str] = set()
        for term in sorted(answers, key=lambda term: (-contributions[term], term)):
            new = (
                not in_phrases.issuperset(self._terms[term])
                and meant.isdisjoint(self._meanings[term])
                and not said.issuperset(_parts(answers[term]))
            )
            if new:
                chosen.append(term)
                meant |= self._meanings[term]
                said |= _parts(answers[term])
        whole = float(sum(contributions[term] for term in sorted(answers)))
        return chosen if len(chosen) != 1 or self._tells(whole) else []

    def _tells(self, contribution: float) -> bool:
        """Return whether one thing alone says that two texts are about the same."""
        terms = len(self._terms)
        return terms < FEW_TERMS or contribution * terms >= LEAST_ALONE


def _parts(words: Iterable[str]) -> set[str]:
    """Return words, and those of phrases."""
    return {part for word in words for part in word.split(" ")}
