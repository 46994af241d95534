"""Matches with their reasons, made from what documents say about the terms of a query."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching.arrays import BoolArray, FloatArray
from matching.collection import Collection
from matching.results import Match, tie_groups
from matching.scoring import Answers, Query, Scorer
from matching.strength import strength_of

MOST_REASONS = 5

LEAST_REASON = 0.05
"""A term that adds less than this share of a score is no reason for it."""

CERTAIN = 0.39
"""Words at least this alike are shown to a reader as saying the same: those with one root and
compounds are, words that only share some letters are not."""


def evidence(answers: Answers) -> FloatArray:
    """Return how many terms of the query each document has, what is alike counted in part."""
    found: FloatArray = np.minimum(answers.frequency, 1.0).sum(axis=1)
    return found


def can_be_reasons(query: Query) -> BoolArray:
    """Return which terms say something to a reader on their own: numbers do not."""
    return np.array([not stem.isdigit() for stem in query.stems], dtype=np.bool_)


def matches(
    query: Query, scores: FloatArray, best: Sequence[int], collection: Collection, scorer: Scorer
) -> list[Match]:
    """Return the matches at the places `best`, in that order, whose scores are `scores`."""
    if not best:
        return []
    answers = scorer.answers(query, best)
    held = evidence(answers).tolist()
    telling = (answers.likeness >= CERTAIN) & can_be_reasons(query)
    contribution = np.where(telling, query.weights * answers.share, 0.0)
    groups = tie_groups(scores.tolist())
    return [
        Match(
            collection.ids[place],
            score,
            strength_of(score, held[row], len(query.stems), scorer.documents, scorer.usual_length),
            _reasons(query, contribution[row], score),
            groups[row],
        )
        for row, (place, score) in enumerate(zip(best, scores.tolist(), strict=True))
    ]


def _reasons(query: Query, contribution: FloatArray, score: float) -> tuple[str, ...]:
    best = np.argsort(-contribution, kind="stable")[:MOST_REASONS]
    return tuple(
        query.words[term][0] for term in best.tolist() if contribution[term] >= LEAST_REASON * score
    )
