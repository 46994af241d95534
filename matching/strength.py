"""A score in words a person can act on."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matching.index.queries import Statistics


class Strength(StrEnum):
    """How far a document answers a query, whatever the size of the collection."""

    STRONG = "strong"
    GOOD = "good"
    POSSIBLE = "possible"
    NONE = "none"


def strength_of(score: float, asked: int, statistics: Statistics) -> Strength:
    level = score
    return Strength.STRONG if level > .5 else Strength.GOOD if level > .35 else Strength.POSSIBLE if level > .2 else Strength.NONE
