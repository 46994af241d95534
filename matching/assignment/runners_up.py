"""The best pairs that were not chosen, and why."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from matching.arrays import BoolArray, FloatArray, IntArray
from matching.assignment.candidates import Candidates
from matching.assignment.conflicts import Obstacle
from matching.assignment.constraints import Constraints
from matching.assignment.results import RunnerUp


def runners_up_of(
    candidates: Candidates, constraints: Constraints, chosen: BoolArray, count: int
) -> tuple[tuple[RunnerUp, ...], ...]:
    """Return the best pairs not chosen of each need, at most `count`, with their obstacles."""
    rows = constraints.of(candidates.need, candidates.concept)
    full = constraints.usage(rows[chosen]) >= constraints.capacity
    weakest = _weakest(rows, candidates.score, chosen & ~candidates.forced, len(full))
    blocked = candidates.blocked

    def told(place: int) -> RunnerUp:
        need, concept = int(candidates.need[place]), int(candidates.concept[place])
        score = float(candidates.score[place])
        if blocked[place]:
            return RunnerUp(need, concept, score, (Obstacle.BLOCKED,))
        in_the_way = [number for number in rows[place].tolist() if full[number]]
        obstacles = [constraints.named(number)[0] for number in in_the_way]
        if all(weakest[number] < score for number in in_the_way):
            obstacles.append(Obstacle.NOT_BEST)
        return RunnerUp(need, concept, score, tuple(obstacles))

    left = np.flatnonzero(~chosen)
    left = left[np.lexsort((-candidates.score[left], candidates.need[left]))]
    needs = np.arange(candidates.shape[0] + 1)
    starts = np.searchsorted(candidates.need[left], needs).tolist()
    return tuple(
        tuple(told(place) for place in left[start : min(start + count, end)].tolist())
        for start, end in pairwise(starts)
    )


def _weakest(rows: IntArray, score: FloatArray, free_to_go: BoolArray, size: int) -> FloatArray:
    """Return the lowest score that each constraint holds and that was free to go."""
    found = np.full(size, np.inf)
    for numbers in rows[free_to_go].T:
        np.minimum.at(found, numbers, score[free_to_go])
    return found
