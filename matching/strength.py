"""A score in words a person can act on."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from matching.arrays import FloatArray, IntArray

if TYPE_CHECKING:
    from matching.index.queries import Statistics


class Strength(StrEnum):
    """How far a document answers a query, whatever the size of the collection."""

    STRONG = "strong"
    GOOD = "good"
    POSSIBLE = "possible"
    NONE = "none"


def strengths_of(
    scores: FloatArray, similar: FloatArray, fits: IntArray, asked: int, statistics: Statistics
) -> list[Strength]:
    return [Strength.STRONG if level > .5 else Strength.GOOD if level > .35 else Strength.POSSIBLE if level > .2 else Strength.NONE for level in scores.tolist()]
