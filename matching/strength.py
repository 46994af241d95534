"""A score in words a person can act on.

A level means the same for a short and a long query, in a small and a large collection, and
among short and long documents: that is what the powers below are for. A score is held against
what chance would give: a query of words that stand in many documents gets high scores from
documents that answer nothing else of it, one of rare words does not. The powers were found by
logistic regression on thirteen judged collections and the demo, from samples of 50, 500 and all
documents, and differ little when any collection is left out (for the words asked 0.39 to 0.50, for
chance 0.33 to 0.45, for length 0.21 to 0.38, for size 0.11 to 0.14, each divided by that of the
score); then moved towards those that tell queries with an answer from queries without one.

`python -m bench.strength` over all thirteen and the demo: of strong matches 92 % are right, of
good ones 59 %, of possible ones 33 % (95, 66 and 36 in samples of 50; 91, 57 and 32 in those of
500; 84, 51 and 33 in whole collections); 85 % of the queries whose first match is right are told
so; of the queries without an answer 64 % hear that there is none where what is near the answers
stayed, 87 % where the collection is of another subject.
"""

from __future__ import annotations

from enum import StrEnum

STRONG, GOOD, POSSIBLE = 0.31, 0.23, 0.17
"""Least score of each, for a query of `USUAL_ASKED` words and `USUAL_CHANCE` put to `USUAL_SIZE`
documents of `USUAL_LENGTH` words."""

USUAL_ASKED, USUAL_CHANCE, USUAL_SIZE, USUAL_LENGTH = 10, 0.016, 1000, 40

ASKED_POWER, MOST_ASKED = 0.35, 50
"""A longer query is answered in a smaller part even by a text that fits, up to so many words."""

CHANCE_POWER, LEAST_CHANCE = 0.5, 0.002
"""By chance, too, a document answers more of some queries than of others."""

LENGTH_POWER = 0.3
"""Longer documents answer more of any query."""

SIZE_POWER = 0.18
"""And so does the best of more documents."""

LEAST_SIZE, LEAST_LENGTH = 50, 10
"""Smaller collections, and such of shorter texts, count as having so much: none was measured."""

LEAST_EVIDENCE = 1.5
"""Content words that must be answered where three or more are asked, to be possible at all."""

GOOD_EVIDENCE = 2.0

FEW = 3
"""Where fewer are asked, one must be answered by nearly the same word to be more than possible."""


class Strength(StrEnum):
    """How far a document answers a query, whatever the size of the collection."""

    STRONG = "strong"
    GOOD = "good"
    POSSIBLE = "possible"
    NONE = "none"


def scale_of(asked: int, chance: float, documents: int, length: float) -> float:
    """Return what a score is multiplied by to be held against the least scores above.

    Parameters
    ----------
    asked
        Number of different content words in the query.
    chance
        See `matching.queries.Query`.
    documents
        Number of documents in the collection.
    length
        Content words that its documents usually have.
    """
    scale: float = ((min(asked, MOST_ASKED) + 2) / (USUAL_ASKED + 2)) ** ASKED_POWER
    scale *= (USUAL_CHANCE / max(chance, LEAST_CHANCE)) ** CHANCE_POWER
    scale *= (USUAL_LENGTH / max(length, LEAST_LENGTH)) ** LENGTH_POWER
    scale *= (USUAL_SIZE / max(documents, LEAST_SIZE)) ** SIZE_POWER
    return scale


def strength_of(score: float, evidence: float, asked: int, scale: float) -> Strength:
    """Return the strength of one match.

    Parameters
    ----------
    score
        Share of what the query asks that the document answers, in [0, 1).
    evidence
        Number of different content words of the query that the document answers; a word
        answered by one that is merely alike counts in part, or, where fewer than `FEW` are asked,
        not at all.
    asked
        Number of different content words in the query.
    scale
        See `scale_of`.
    """
    few = asked < FEW
    if not few and evidence < LEAST_EVIDENCE:
        return Strength.NONE
    level = score * scale
    if level < POSSIBLE:
        return Strength.NONE
    if level < GOOD or (evidence == 0 if few else evidence < GOOD_EVIDENCE):
        return Strength.POSSIBLE
    return Strength.GOOD if level < STRONG else Strength.STRONG
