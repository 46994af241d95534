"""What keeps a pair from being chosen, and which pairs that must be chosen do not fit together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Pair = tuple[int, int]
"""The numbers of a need and of a concept, counted from 0."""


class Obstacle(StrEnum):
    """What keeps a pair out of the chosen set."""

    BLOCKED = "blocked"
    NEED_FULL = "need_full"
    CONCEPT_FULL = "concept_full"
    GROUP_FULL = "group_full"
    NOT_BEST = "not_best"
    """Chosen here it would push out a pair of lower score, yet the set as a whole would lose."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A capacity and pairs that it cannot hold together: leave any one of them out and they fit.

    Attributes
    ----------
    obstacle
        Whose capacity it is: of a need, a concept or a group; or that a pair is blocked.
    index
        The number of the need, concept or group; None for a blocked pair.
    capacity
        How many pairs it holds; 0 for a blocked pair.
    pairs
        One more of the forced pairs than it holds: a smallest set that cannot stand.
    forced
        All forced pairs that it would have to hold.
    """

    obstacle: Obstacle
    index: int | None
    capacity: int
    pairs: tuple[Pair, ...]
    forced: tuple[Pair, ...]

    @property
    def required(self) -> int:
        """The capacity that would hold all forced pairs."""
        return len(self.forced)

    @property
    def excess(self) -> int:
        """How many of the forced pairs must go if the capacity stays."""
        return len(self.forced) - self.capacity

    def __str__(self) -> str:
        """Say it for a log or a traceback."""
        if self.obstacle is Obstacle.BLOCKED:
            return f"pair {self.forced[0]} is both forced and blocked"
        kind = self.obstacle.removesuffix("_full")
        pairs = ", ".join(map(str, self.forced))
        return (
            f"{kind} {self.index} has capacity {self.capacity}, forced there: {pairs}: "
            f"raise it to {self.required} or drop {self.excess}"
        )
