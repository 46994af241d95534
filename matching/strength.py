"""A score in words a person can act on.

How likely a match is right follows from its score by words, how similar the meanings are, how much
the query asks, and how many documents of what length there are. A logistic regression says how,
with and without meaning; `python -m bench.strength --fit FOLDER...` makes the numbers below from
judged collections. A level means the same for a short and a long query, in a small and a large
collection. It depends on nothing but the match: not on what else was found.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from matching.arrays import FloatArray, IntArray
from matching.facets.agreement import DOES_NOT_MEET

if TYPE_CHECKING:
    from matching.index.queries import Statistics

STRONG, GOOD, POSSIBLE = 0.68, 0.42, 0.22
"""Least probability of being right for each level."""

WITH_MEANING = (3.997, 2.308, 1.156, -0.405, -0.680, 0.547, -2.235)
BY_WORDS = (6.049, 2.633, 1.829, -0.382, -1.246)
"""Intercept, then coefficients in the order of `features`."""

LEAST_SCORE, MOST_ASKED, LEAST_DOCUMENTS, LEAST_LENGTH = 0.01, 80, 50, 10
"""Limits of what was measured: beyond them, the limit is taken."""


class Strength(StrEnum):
    """How far a document answers a query, whatever the size of the collection."""

    STRONG = "strong"
    GOOD = "good"
    POSSIBLE = "possible"
    NONE = "none"


def features(
    scores: FloatArray, similar: FloatArray | None, asked: int, statistics: Statistics
) -> FloatArray:
    """Return what the probability of being right is made of, shape (matches, features).

    Parameters
    ----------
    scores
        Scores by words.
    similar
        How similar the meanings are, from 0 to 1; None where meaning does not count, NaN where it
        is not known.
    asked
        Number of terms in the query.
    statistics
        Of the collection.
    """
    by_words = np.log(np.maximum(scores, LEAST_SCORE))
    same = np.ones(len(scores))
    found = [
        by_words,
        same * np.log(min(asked, MOST_ASKED) + 1),
        same * np.log(max(statistics.documents, LEAST_DOCUMENTS)),
        same * np.log(max(statistics.average_length, LEAST_LENGTH)),
    ]
    if similar is not None:
        found += [similar, by_words * similar]
    return np.stack(found, axis=1)


def probabilities(
    scores: FloatArray, similar: FloatArray | None, asked: int, statistics: Statistics
) -> FloatArray:
    """Return how likely each match is right; parameters as for `features`."""
    found = _probabilities(scores, None, asked, statistics)
    if similar is not None:
        with_meaning = _probabilities(scores, np.nan_to_num(similar), asked, statistics)
        found = np.where(np.isnan(similar), found, with_meaning)
    return found


def _probabilities(
    scores: FloatArray, similar: FloatArray | None, asked: int, statistics: Statistics
) -> FloatArray:
    intercept, *weights = BY_WORDS if similar is None else WITH_MEANING
    level = intercept + features(scores, similar, asked, statistics) @ np.array(weights)
    found: FloatArray = 1 / (1 + np.exp(-level))
    return found


def strengths_of(
    scores: FloatArray,
    similar: FloatArray | None,
    fits: IntArray,
    asked: int,
    statistics: Statistics,
) -> list[Strength]:
    """Return the strength of each match; what is for others is possible at most.

    Parameters
    ----------
    scores, similar, asked, statistics
        As for `features`.
    fits
        How the facets of each document stand to those of the query.
    """
    likely = probabilities(scores, similar, asked, statistics)
    likely = np.where(fits == DOES_NOT_MEET, np.minimum(likely, POSSIBLE), likely)
    return [_strength(each) for each in likely.tolist()]


def _strength(likely: float) -> Strength:
    if likely >= STRONG:
        return Strength.STRONG
    if likely >= GOOD:
        return Strength.GOOD
    return Strength.POSSIBLE if likely >= POSSIBLE else Strength.NONE
