"""A score in words a person can act on."""

from __future__ import annotations

import math
from enum import StrEnum

STRONG, GOOD, POSSIBLE = 1.15, 0.75, 0.45
"""Least score times the square root of the query's length, each.

Found on queries whose answer was known not to be in the collection, of 1 to 200 content words, in
collections of 70 to 3 000 texts: whatever the length, nine of ten have nothing above `POSSIBLE`.
A longer query is answered in a smaller part even by a text that fits, by about the square root.
"""

LEAST_EVIDENCE = 1.5
"""Content words that must be answered where three or more are asked, to be possible at all."""

GOOD_EVIDENCE = 2.0


class Strength(StrEnum):
    """How far a document answers a query, whatever the size of the collection."""

    STRONG = "strong"
    GOOD = "good"
    POSSIBLE = "possible"
    NONE = "none"


def strength_of(score: float, evidence: float, asked: int) -> Strength:
    """Return the strength of one match.

    Parameters
    ----------
    score
        Share of what the query asks that the document answers, in [0, 1).
    evidence
        Number of different content words of the query that the document answers; a word
        answered by one that is merely alike counts in part.
    asked
        Number of different content words in the query.
    """
    few = asked < 3
    if not few and evidence < LEAST_EVIDENCE:
        return Strength.NONE
    level = score * math.sqrt(asked + 2)
    if level < POSSIBLE:
        return Strength.NONE
    if level < GOOD or (not few and evidence < GOOD_EVIDENCE):
        return Strength.POSSIBLE
    return Strength.GOOD if level < STRONG else Strength.STRONG
