"""Matches with their reasons, made from what documents say about the terms of a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matching.arrays import FloatArray, IntArray
from matching.explain.cues import Cues, certain, evidence_of, meanings_of
from matching.facets.agreement import AGREEMENTS
from matching.results import Match, tie_groups
from matching.strength import strengths_of
from matching.topk.search import Documents

if TYPE_CHECKING:
    from matching.explain.evidence import Evidence
    from matching.index.facet_search import Levels
    from matching.index.queries import QueryBatch
    from matching.index.state import State

MOST_REASONS = 5

LEAST_REASON = 0.05
"""A term that adds less than this share of a score is no reason for it."""


def matches(
    state: State,
    batch: QueryBatch,
    row: int,
    documents: Documents,
    numbers: IntArray,
    scores: FloatArray,
    by_words: FloatArray,
    similar: FloatArray | None,
    weight: float,
    fits: Levels,
) -> list[Match]:
    """Return the matches of a query.

    Parameters
    ----------
    state, batch, row, documents
        The query, and what is asked.
    numbers, scores
        Documents found, and their scores.
    by_words, similar, weight
        Their scores by words alone, how similar their meaning is (None where that does not
        count, NaN where it is not known), and the weight of meaning.
    fits
        How their facets stand to those of the query.
    """
    if not len(numbers):
        return []
    terms = batch.words_of(row)
    reasons = _reasons(state, batch, row, evidence_of(batch, row, documents, numbers), by_words)
    groups = tie_groups(scores.tolist())
    strengths = strengths_of(by_words, similar, fits, len(terms), state.statistics)
    ids = state.collection.ids
    return [
        Match(
            ids[number],
            score,
            strengths[place],
            reasons[place],
            groups[place],
            0.0 if similar is None else weight * float(np.nan_to_num(similar[place])),
            AGREEMENTS[int(fits[place])],
        )
        for place, (number, score) in enumerate(zip(numbers.tolist(), scores.tolist(), strict=True))
    ]


def _reasons(
    state: State, batch: QueryBatch, row: int, found: Evidence, scores: FloatArray
) -> list[tuple[str, ...]]:
    """Return for each document the words of the query that it answers and that add most."""
    terms = batch.words_of(row)
    lexicon = state.collection.lexicon.words
    shares = batch.shares(row, found.contributions)
    found = found.kept(shares[found.rows, found.terms] >= LEAST_REASON * scores[found.rows])
    found = found.kept(certain(found, terms, lexicon))
    answers: list[dict[int, set[str]]] = [{} for _ in scores]
    for place, term, word in zip(
        found.rows.tolist(), found.terms.tolist(), found.words.tolist(), strict=True
    ):
        answers[place].setdefault(term, set()).add(lexicon[word])
    cues = Cues(terms, meanings_of(batch, row))
    return [
        tuple(terms[term][0] for term in cues.select(shares[place], answered)[:MOST_REASONS])
        for place, answered in enumerate(answers)
    ]
