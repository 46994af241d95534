"""A score in words a person can act on.

A level means the same for a short and a long query, in a small and a large collection, and
among short and long documents: that is what the powers below are for. They were found by logistic
regression on seven judged collections, from samples of 50, 500 and all documents, and were nearly
the same on six others (for the words asked 0.63 and 0.66, length 0.46 and 0.59, size 0.12 and
0.10, each divided by that of the score).

`python -m bench.strength` over all thirteen and the demo: of strong matches 79 % are right, of
good ones 42 %, of possible ones 18 % (81, 43 and 18 in samples of 50; 78, 42 and 17 in those of
500; 71, 42 and 22 in whole collections); 89 % of the queries whose first match is right are told
so; 78 % of the queries of another subject hear that there is none.
"""

from __future__ import annotations

from enum import StrEnum

STRONG, GOOD, POSSIBLE = 0.35, 0.245, 0.16
"""Least score of each, for a query of `USUAL_ASKED` words put to `USUAL_SIZE` documents of
`USUAL_LENGTH` words."""

USUAL_ASKED, USUAL_SIZE, USUAL_LENGTH = 10, 1000, 40

ASKED_POWER = 0.65
"""A longer query is answered in a smaller part even by a text that fits."""

LENGTH_POWER = 0.5
"""Longer documents answer more of any query, by chance."""

SIZE_POWER = 0.12
"""And so does the best of more documents."""

LEAST_SIZE, LEAST_LENGTH = 50, 10
"""Smaller collections, and such of shorter texts, count as having so much: none was measured."""

LEAST_EVIDENCE = 1.5
"""Content words that must be answered where three or more are asked, to be possible at all."""

GOOD_EVIDENCE = 2.0


class Strength(StrEnum):
    """How far a document answers a query, whatever the size of the collection."""

    STRONG = "strong"
    GOOD = "good"
    POSSIBLE = "possible"
    NONE = "none"


def strength_of(
    score: float, evidence: float, asked: int, documents: int, length: float
) -> Strength:
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
    length
        Content words that its documents usually have.
    """
    few = asked < 3
    if not few and evidence < LEAST_EVIDENCE:
        return Strength.NONE
    level = score * ((asked + 2) / (USUAL_ASKED + 2)) ** ASKED_POWER
    level *= (USUAL_LENGTH / max(length, LEAST_LENGTH)) ** LENGTH_POWER
    level *= (USUAL_SIZE / max(documents, LEAST_SIZE)) ** SIZE_POWER
    if level < POSSIBLE:
        return Strength.NONE
    if level < GOOD or (not few and evidence < GOOD_EVIDENCE):
        return Strength.POSSIBLE
    return Strength.GOOD if level < STRONG else Strength.STRONG
