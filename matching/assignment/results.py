"""What comes out: the chosen pairs, or why they cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matching.assignment.conflicts import Conflict, Obstacle, Pair


class Rule(StrEnum):
    """What decided between the sets."""

    HIGHEST_TOTAL = "highest_total"
    """The set of the highest total also serves the worst-served need best, or as well."""

    WORST_SERVED_FIRST = "worst_served_first"
    """Some of the total was given up so that the worst-served need is served better."""


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """A pair that was not chosen, and why.

    Attributes
    ----------
    need, concept
        Their numbers, from 0.
    score
        The score of the pair.
    obstacles
        Never empty. It has `BLOCKED`, or every capacity of the pair that is full, and then
        `NOT_BEST` if each of them holds a chosen pair of lower score that was free to go.
    """

    need: int
    concept: int
    score: float
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A set of pairs, what it reaches, and what its fairness costs.

    Attributes
    ----------
    pairs
        The chosen pairs of need and concept, sorted.
    total
        The sum of their scores.
    best_total
        The highest total of any set within the capacities.
    worst_served
        The lowest "served" of the needs that count (see `portfolio`); 0 where none counts.
    worst_served_at_best
        The same in the set of the highest total, from which the search set out.
    tolerance
        Which share of the best total could be given up.
    unserved
        Needs that count and got nothing.
    unservable
        Needs that no set serves, as they have no pair with a score that may be chosen.
    runners_up
        For each need, by its number: the best pairs not chosen, best first.
    """

    pairs: tuple[Pair, ...]
    total: float
    best_total: float
    worst_served: float
    worst_served_at_best: float
    tolerance: float
    unserved: tuple[int, ...]
    unservable: tuple[int, ...]
    runners_up: tuple[tuple[RunnerUp, ...], ...]

    @property
    def cost(self) -> float:
        """How much of the best total was given up."""
        return self.best_total - self.total

    @property
    def rule(self) -> Rule:
        """Which rule decided."""
        fairer = self.worst_served > self.worst_served_at_best
        return Rule.WORST_SERVED_FIRST if fairer else Rule.HIGHEST_TOTAL


class InfeasibleError(Exception):
    """The forced pairs cannot all be chosen.

    Attributes
    ----------
    conflicts
        Every capacity that they exceed, each with a smallest set of forced pairs that it cannot
        hold.
    total_if_raised
        The best total if each capacity is raised as far as the forced pairs require, and forced
        pairs are no longer blocked.
    dropped
        The fewest forced pairs whose giving up makes room for the rest; among equally few those
        that leave the highest total.
    total_if_dropped
        The best total if they are given up: no longer forced, but not blocked either.
    """

    def __init__(
        self,
        conflicts: tuple[Conflict, ...],
        total_if_raised: float,
        dropped: tuple[Pair, ...],
        total_if_dropped: float,
    ) -> None:
        super().__init__(conflicts, total_if_raised, dropped, total_if_dropped)
        self.conflicts = conflicts
        self.total_if_raised = total_if_raised
        self.dropped = dropped
        self.total_if_dropped = total_if_dropped

    def __str__(self) -> str:
        """Say every conflict for a log or a traceback."""
        return "; ".join(map(str, self.conflicts))
