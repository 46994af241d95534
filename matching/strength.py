"""A score in words a person can act on."""

from __future__ import annotations

from enum import StrEnum


class Strength(StrEnum):
    """How far a document answers a query, whatever the size of the collection."""

    STRONG = "strong"
    GOOD = "good"
    POSSIBLE = "possible"
    NONE = "none"


def strength_of(score: float, coverage: float, evidence: float, asked: int) -> Strength:
    """Return the strength of one match.

    Parameters
    ----------
    score
        Share of what the query asks that the document answers, in [0, 1).
    coverage
        The same without regard to how often and in how long a text, in [0, 1].
    evidence
        Number of different content words of the query that the document answers; a word
        answered by one that is merely alike counts in part.
    asked
        Number of different content words in the query.
    """
    del score, coverage, evidence, asked
    return Strength.NONE
