"""Matches with their reasons, made from what the words of the query found."""

from __future__ import annotations

import numpy as np

from matching.analysis import features
from matching.arrays import FloatArray, IntArray
from matching.collection import Collection
from matching.results import Match, tie_groups
from matching.scoring import Term
from matching.strength import strength_of

MOST_REASONS = 5

LEAST_REASON = 0.05
"""A word that makes less than this share of a score is no reason for it."""


def at_places(term: Term, places: IntArray) -> tuple[FloatArray, FloatArray]:
    """Return frequency and share of a term in the documents at `places`, 0 where it is not."""
    found = term.found
    if not len(found.places):
        return np.zeros(len(places)), np.zeros(len(places))
    spots = np.minimum(np.searchsorted(found.places, places), len(found.places) - 1)
    hit = found.places[spots] == places
    return np.where(hit, found.frequency[spots], 0.0), np.where(hit, found.share[spots], 0.0)


def evidence(terms: list[Term], places: IntArray) -> FloatArray:
    """Return how many stems of the query's content words each of the documents has.

    What is merely alike counts in part. Shape (places,).
    """
    stems: dict[str, FloatArray] = {}
    for term in terms:
        held = np.minimum(at_places(term, places)[0], 1.0)
        stem = features(term.word).classes[0]
        stems[stem] = np.maximum(stems[stem], held) if stem in stems else held
    total: FloatArray = np.sum(list(stems.values()), axis=0)
    return total


def matches(
    terms: list[Term], scores: FloatArray, best: list[int], collection: Collection
) -> list[Match]:
    """Return the matches at the places `best`, in that order."""
    if not best:
        return []
    places = np.array(best)
    content = [term for term in terms if not term.is_stop]
    held = evidence(content, places)
    contribution = np.array([term.weight * at_places(term, places)[1] for term in content])
    groups = tie_groups(scores[places].tolist())
    result = []
    for column, place in enumerate(best):
        document = collection.documents[place]
        if document is None:
            continue
        score = float(scores[place])
        strength = strength_of(score, float(held[column]), len(content), len(collection.places))
        reasons = _reasons(content, contribution[:, column], score)
        result.append(Match(document.id, score, strength, reasons, groups[column]))
    return result


def _reasons(terms: list[Term], contribution: FloatArray, score: float) -> tuple[str, ...]:
    chosen: dict[str, str] = {}
    for row in np.argsort(-contribution, kind="stable").tolist():
        if contribution[row] < LEAST_REASON * score or len(chosen) == MOST_REASONS:
            break
        chosen.setdefault(features(terms[row].word).classes[0], terms[row].word)
    return tuple(chosen.values())
