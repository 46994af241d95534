"""The set of the highest total whose worst-served need is served as well as it can be.

Max-min fairness: the level that the worst-served need can reach is found by bisection. To demand
that every need has a pair of at least a given score keeps the corners of the programme whole, and
a higher demand never raises the total.
"""

from __future__ import annotations

import math

import numpy as np

from matching.arrays import BoolArray, FloatArray
from matching.assignment.candidates import Candidates
from matching.assignment.constraints import Constraints
from matching.assignment.solver import AssignmentSolver

ROUNDING = 1e-9
"""Share of the best total by which totals may differ and yet be called equal."""


class MaxMinSearch:
    """Looks for sets of candidates; a set is an array that marks them, shape (candidates,).

    Parameters
    ----------
    candidates, constraints
        What there is to choose from, and how much of it.
    levels
        Rising scores between which a need counts as served equally well.

    Attributes
    ----------
    reach
        Shape (needs,): how any set serves each need at best; 0 where it cannot be served.
    """

    def __init__(
        self, candidates: Candidates, constraints: Constraints, levels: FloatArray | None = None
    ) -> None:
        rows = constraints.of(candidates.need, candidates.concept)
        left = constraints.capacity - constraints.usage(rows[candidates.forced])
        self._candidates, self._forced = candidates, candidates.forced
        self._free = ~candidates.forced & ~candidates.blocked & (left[rows] > 0).all(axis=1)
        score = candidates.score
        self._serves = score if levels is None else _level_of(score, levels)
        self._solver = AssignmentSolver(rows[self._free], left, score[self._free])
        self.reach = self.served(self._forced | self._free)

    def best(self) -> BoolArray:
        """Return the set of the highest total."""
        return self._with_forced(self._solver.heaviest())

    def fairest(self, best: BoolArray, tolerance: float) -> BoolArray:
        """Return, of the sets near the best, the one whose worst-served need is served best."""
        enough = (1 - tolerance - ROUNDING) * self.total(best)
        chosen = best
        levels = self._levels_above(self.worst(best))
        place = 0  # where the lowest cannot be met, nothing can
        while len(levels):
            trial = self._serving_all(levels[place])
            if trial is None or self.total(trial) < enough:
                levels = levels[:place]
            else:
                chosen = trial
                levels = levels[levels > self.worst(trial)]
            place = len(levels) // 2
        return chosen

    def total(self, chosen: BoolArray) -> float:
        """Return the sum of the scores of a set."""
        return math.fsum(self._candidates.score[chosen])

    def served(self, chosen: BoolArray) -> FloatArray:
        """Return how a set serves each need, 0 where it gives it nothing; shape (needs,)."""
        found = np.zeros(self._candidates.shape[0])
        np.maximum.at(found, self._candidates.need[chosen], self._serves[chosen])
        return found

    def worst(self, chosen: BoolArray) -> float:
        """Return how the worst-served need that counts is served; 0 where none counts."""
        found = self.served(chosen)[self.reach > 0]
        return float(found.min()) if len(found) else 0.0

    def _levels_above(self, worst: float) -> FloatArray:
        """Return how the worst-served need could be served instead, rising."""
        highest = self.reach[self.reach > 0].min(initial=np.inf)
        levels: FloatArray = np.unique(self._serves[self._forced | self._free])
        within: BoolArray = (levels > worst) & (levels <= highest)
        return levels[within]

    def _serving_all(self, level: float) -> BoolArray | None:
        """Return the set of the highest total that serves every need that counts with `level`."""
        waiting = (self.served(self._forced) < level) & (self.reach > 0)
        numbers = np.where(waiting, np.cumsum(waiting) - 1, -1)
        need, serves = self._candidates.need[self._free], self._serves[self._free]
        demand = np.where(serves >= level, numbers[need], -1)
        chosen = self._solver.heaviest_meeting(demand)
        return None if chosen is None else self._with_forced(chosen)

    def _with_forced(self, chosen: BoolArray) -> BoolArray:
        found = self._forced.copy()
        found[np.flatnonzero(self._free)[chosen]] = True
        return found


def _level_of(scores: FloatArray, levels: FloatArray) -> FloatArray:
    """Return the level that each score reaches; the score itself where it reaches none."""
    reached = np.searchsorted(levels, scores, side="right")
    found: FloatArray = np.where(reached > 0, np.append(0.0, levels)[reached], scores)
    return found
