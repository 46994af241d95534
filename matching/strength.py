"""A score in words a person can act on."""

from __future__ import annotations

import math
from enum import StrEnum

STRONG, GOOD, POSSIBLE = 1.05, 0.65, 0.36
"""Least level of each: score times the square root of the query's length.

A longer query is answered in a smaller part even by a text that fits, by about the square root.
Found with queries of 1 to 200 content words put to collections of another subject: about one of
nine has something possible among 70 texts, and one of six among 1 000.
"""

USUAL_SIZE = 70
SIZE_GROWTH = 0.1
"""What a collection e times as large adds to each level, as chance has more texts to hit."""

LEAST_EVIDENCE = 1.5
"""Content words that must be answered where three or more are asked, to be possible at all."""

GOOD_EVIDENCE = 2.0


class Strength(StrEnum):
    """How far a document answers a query, whatever the size of the collection."""

    STRONG = "strong"
    GOOD = "good"
    POSSIBLE = "possible"
    NONE = "none"


def strength_of(score: float, evidence: float, asked: int, documents: int) -> Strength:
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
    documents
        Number of documents in the collection.
    """
    few = asked < 3
    if not few and evidence < LEAST_EVIDENCE:
        return Strength.NONE
    chance = max(1 + SIZE_GROWTH * math.log(max(documents, 1) / USUAL_SIZE), 0.7)
    level = score * math.sqrt(asked + 2) / chance
    if level < POSSIBLE:
        return Strength.NONE
    if level < GOOD or (not few and evidence < GOOD_EVIDENCE):
        return Strength.POSSIBLE
    return Strength.GOOD if level < STRONG else Strength.STRONG
