"""The best set of pairs within capacities: as high a total as can be, and nobody left behind."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from matching.arrays import BoolArray, FloatArray, IntArray
from matching.limits import Conflict, Limits, Obstacle, Pair
from matching.score_table import ScoreTable, real_numbers

if TYPE_CHECKING:
    from matching.assignment import Assignment

ROUNDING = 1e-9
"""Share of the best total by which totals may differ and yet be called equal."""


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
        Never empty. It has `BLOCKED`, or every limit of the pair that is full, and then `NOT_BEST`
        if each of them holds a chosen pair of lower score that was free to go.
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
        The highest total of any set within the limits.
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
        Every limit that they break, each with a smallest set of forced pairs that it cannot hold.
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


def portfolio(
    scores: Any,
    need_capacity: npt.ArrayLike,
    concept_capacity: npt.ArrayLike,
    forced: Iterable[Pair] = (),
    blocked: Iterable[Pair] = (),
    *,
    need_groups: npt.ArrayLike | None = None,
    group_capacity: npt.ArrayLike = (),
    tolerance: float = 0.01,
    levels: npt.ArrayLike | None = None,
    runners_up: int = 3,
) -> Portfolio:
    """Choose the set of pairs with the highest total score that leaves nobody behind.

    Of all sets within the limits, those count as near the best whose total is at least
    ``(1 - tolerance)`` times the best total. Of them the one is chosen whose worst-served need is
    served best, and of those the one with the highest total. Between sets that are equal in both,
    the same input always gives the same set.

    A need is *served* by the best of its chosen scores, or by the level it reaches where `levels`
    are given: two poor concepts do not make up for a good one. It is served 0 when it got nothing.
    Needs without any pair that may be chosen, given capacities, blocked and forced pairs, cannot be
    served and do not count. Where not all the others can be served at once within the tolerance,
    the worst is 0 and the total alone decides.

    Parameters
    ----------
    scores
        Shape (needs, concepts), dense or SciPy sparse. Positive where the pair is possible; zero
        or less where it is not.
    need_capacity, concept_capacity
        How many pairs each need, and each concept, can have: one number for all or one for each.
        Infinity is no limit.
    forced
        Pairs (need, concept) that must be chosen, possible or not; without a score they count 0.
    blocked
        Pairs (need, concept) that must not be chosen.
    need_groups
        Shape (needs,): the group of each need, counted from 0, such as the unit that has it; -1
        for a need in no group. A need is in one group at most.
    group_capacity
        Shape (groups,): how many pairs the needs of each group can have together.
    tolerance
        Which share of the best total may be given up for the worst-served need, from 0 to 1. With
        0 it decides between equal totals only.
    levels
        The least score of each level, where smaller differences tell nothing of how well a need
        is served: then nothing of the total is given up for them. They still count in the total.
        A score below the lowest level is a level of its own, as every score is without them.
    runners_up
        How many pairs not chosen to tell of, for each need.

    Returns
    -------
    Portfolio
        The pairs, what they reach, and the best of those not chosen.

    Raises
    ------
    ValueError
        Where the input cannot be meant: wrong shapes, negative capacities, numbers that are not
        real and finite, pairs outside the scores.
    InfeasibleError
        Where the forced pairs break a limit or are blocked. It says which and what would help.

    Notes
    -----
    Each step is a linear programme with whole corners (see `matching.assignment`), so nothing is
    approximated: totals are the best to within 1e-9 of the highest score for each chosen pair.
    The worst-served need is found by bisection over the scores: to demand that every need has a
    pair of at least a given score keeps the corners whole, and a higher demand never raises the
    total.

    Examples
    --------
    >>> from matching import portfolio
    >>> found = portfolio([[0.90, 0.80], [0.89, 0.10]], need_capacity=1, concept_capacity=1)
    >>> found.pairs
    ((0, 1), (1, 0))
    """
    if not 0 <= tolerance <= 1:
        raise ValueError(f"tolerance must be from 0 to 1, not {tolerance}")
    if runners_up < 0:
        raise ValueError(f"runners_up must not be negative, as {runners_up} is")
    table = ScoreTable.read(scores, forced, blocked)
    limits = Limits.read(table.shape, need_capacity, concept_capacity, need_groups, group_capacity)
    if conflicts := limits.conflicts(table.forced_pairs, table.blocked_pairs):
        raise _infeasible(table, limits, conflicts)
    search = _Search(table, limits, _levels(levels))
    best = search.best()
    chosen = search.fairest(best, tolerance)
    served = search.served(chosen)
    return Portfolio(
        pairs=table.pairs(chosen),
        total=search.total(chosen),
        best_total=max(search.total(best), search.total(chosen)),
        worst_served=search.worst(chosen),
        worst_served_at_best=search.worst(best),
        tolerance=tolerance,
        unserved=tuple(np.flatnonzero((search.reach > 0) & (served == 0)).tolist()),
        unservable=tuple(np.flatnonzero(search.reach == 0).tolist()),
        runners_up=_runners_up(table, limits, chosen, runners_up),
    )


class _Search:
    """Looks for sets of pairs in a table; a set is an array that marks its rows."""

    def __init__(self, table: ScoreTable, limits: Limits, levels: FloatArray | None = None) -> None:
        rows = limits.of(table.need, table.concept)
        room = limits.room - limits.used(rows[table.forced])
        free = ~table.forced & ~table.blocked & (room[rows] > 0).all(axis=1)
        self._table, self._forced, self._free = table, table.forced, free
        self._serves = table.score if levels is None else _level_of(table.score, levels)
        self._assignment = _assignment(rows[free], room, table.score[free])
        self.reach = self.served(self._forced | free)
        """The best score that any set gives each need; 0 where it cannot be served."""

    def best(self) -> BoolArray:
        """Return the set of the highest total."""
        return self._with_forced(self._assignment.heaviest())

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
        return math.fsum(self._table.score[chosen])

    def served(self, chosen: BoolArray) -> FloatArray:
        """Return how the chosen pairs serve each need, 0 where it has none."""
        found = np.zeros(self._table.shape[0])
        np.maximum.at(found, self._table.need[chosen], self._serves[chosen])
        return found

    def worst(self, chosen: BoolArray) -> float:
        """Return how the worst-served need that counts is served."""
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
        need, serves = self._table.need[self._free], self._serves[self._free]
        demand = np.where(serves >= level, numbers[need], -1)
        chosen = self._assignment.heaviest_meeting(demand)
        return None if chosen is None else self._with_forced(chosen)

    def _with_forced(self, chosen: BoolArray) -> BoolArray:
        found = self._forced.copy()
        found[np.flatnonzero(self._free)[chosen]] = True
        return found


def _levels(values: npt.ArrayLike | None) -> FloatArray | None:
    if values is None:
        return None
    found: FloatArray = np.unique(real_numbers("levels", values))
    if np.ndim(values) != 1 or not np.isfinite(found).all() or (found <= 0).any():
        raise ValueError("levels must be a list of positive numbers")
    return found


def _level_of(scores: FloatArray, levels: FloatArray) -> FloatArray:
    """Return the level that each score reaches; the score itself where it reaches none."""
    reached = np.searchsorted(levels, scores, side="right")
    found: FloatArray = np.where(reached > 0, np.append(0.0, levels)[reached], scores)
    return found


def _assignment(rows: IntArray, room: IntArray, weight: FloatArray) -> Assignment:
    from matching.assignment import Assignment  # noqa: PLC0415 - scipy.optimize is slow to import

    return Assignment(rows, room, weight)


def _infeasible(
    table: ScoreTable, limits: Limits, conflicts: tuple[Conflict, ...]
) -> InfeasibleError:
    rows = limits.of(table.need, table.concept)
    raised = replace(limits, room=np.maximum(limits.room, limits.used(rows[table.forced])))
    kept = _most_forced(table, limits)
    return InfeasibleError(
        conflicts,
        _best_total(table.forcing(table.forced_pairs), raised),
        tuple(sorted(table.forced_pairs - kept)),
        _best_total(table.forcing(kept), limits),
    )


def _best_total(table: ScoreTable, limits: Limits) -> float:
    search = _Search(table, limits)
    return search.total(search.best())


def _most_forced(table: ScoreTable, limits: Limits) -> frozenset[Pair]:
    """Return as many forced pairs as fit together, and those that leave the highest total."""
    allowed = ~table.blocked
    rows = limits.of(table.need, table.concept)[allowed]
    score, forced = table.score[allowed], table.forced[allowed]
    most = np.minimum(limits.used(rows), limits.room)[: limits.needs].sum()
    bonus = (score.max(initial=0.0) + 1) * (most + 1)  # more than all scores together
    chosen = np.zeros(len(table.need), dtype=bool)
    chosen[allowed] = _assignment(rows, limits.room, score + bonus * forced).heaviest()
    return table.forced_pairs.intersection(table.pairs(chosen))


def _runners_up(
    table: ScoreTable, limits: Limits, chosen: BoolArray, count: int
) -> tuple[tuple[RunnerUp, ...], ...]:
    """Return the best pairs not chosen of each need, and what kept each of them out."""
    rows = limits.of(table.need, table.concept)
    full = limits.used(rows[chosen]) >= limits.room
    weakest = np.full(len(full), np.inf)
    free_to_go = chosen & ~table.forced
    for numbers in rows[free_to_go].T:
        np.minimum.at(weakest, numbers, table.score[free_to_go])
    blocked = table.blocked

    def told(place: int) -> RunnerUp:
        need, concept = int(table.need[place]), int(table.concept[place])
        score = float(table.score[place])
        if blocked[place]:
            return RunnerUp(need, concept, score, (Obstacle.BLOCKED,))
        in_the_way = [number for number in rows[place].tolist() if full[number]]
        obstacles = [limits.named(number)[0] for number in in_the_way]
        if all(weakest[number] < score for number in in_the_way):
            obstacles.append(Obstacle.NOT_BEST)
        return RunnerUp(need, concept, score, tuple(obstacles))

    left = np.flatnonzero(~chosen)
    left = left[np.lexsort((-table.score[left], table.need[left]))]
    starts = np.searchsorted(table.need[left], np.arange(table.shape[0] + 1)).tolist()
    return tuple(
        tuple(told(place) for place in left[start : min(start + count, end)].tolist())
        for start, end in pairwise(starts)
    )
