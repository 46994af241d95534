"""The best set of pairs within capacities: as high a total as can be, and nobody left behind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.arrays import FloatArray
from matching.assignment.candidates import Candidates, real_numbers
from matching.assignment.conflicts import Pair
from matching.assignment.constraints import Constraints
from matching.assignment.fairness import MaxMinSearch
from matching.assignment.infeasibility import infeasible
from matching.assignment.results import Portfolio
from matching.assignment.runners_up import runners_up_of


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

    Of all sets within the capacities, those count as near the best whose total is at least
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
        Where the forced pairs exceed a capacity or are blocked. It says which and what would help.

    Notes
    -----
    Each step is a linear programme with whole corners (see `matching.assignment.solver`), so
    nothing is approximated: totals are the best to within 1e-9 of the highest score for each
    chosen pair. The worst-served need is found by bisection (see `matching.assignment.fairness`).

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
    candidates = Candidates.read(scores, forced, blocked)
    constraints = Constraints.read(
        candidates.shape, need_capacity, concept_capacity, need_groups, group_capacity
    )
    if conflicts := constraints.conflicts(candidates.forced_pairs, candidates.blocked_pairs):
        raise infeasible(candidates, constraints, conflicts)
    search = MaxMinSearch(candidates, constraints, _levels(levels))
    best = search.best()
    chosen = search.fairest(best, tolerance)
    served = search.served(chosen)
    return Portfolio(
        pairs=candidates.pairs(chosen),
        total=search.total(chosen),
        best_total=max(search.total(best), search.total(chosen)),
        worst_served=search.worst(chosen),
        worst_served_at_best=search.worst(best),
        tolerance=tolerance,
        unserved=tuple(np.flatnonzero((search.reach > 0) & (served == 0)).tolist()),
        unservable=tuple(np.flatnonzero(search.reach == 0).tolist()),
        runners_up=runners_up_of(candidates, constraints, chosen, runners_up),
    )


def _levels(values: npt.ArrayLike | None) -> FloatArray | None:
    if values is None:
        return None
    found: FloatArray = np.unique(real_numbers("levels", values))
    if np.ndim(values) != 1 or not np.isfinite(found).all() or (found <= 0).any():
        raise ValueError("levels must be a list of positive numbers")
    return found
