"""What would help where the forced pairs cannot all be chosen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matching.assignment.candidates import Candidates
from matching.assignment.conflicts import Conflict, Pair
from matching.assignment.constraints import Constraints
from matching.assignment.fairness import MaxMinSearch
from matching.assignment.results import InfeasibleError
from matching.assignment.solver import AssignmentSolver


def infeasible(
    candidates: Candidates, constraints: Constraints, conflicts: tuple[Conflict, ...]
) -> InfeasibleError:
    """Return the error that says both ways out: more capacity, or fewer forced pairs."""
    rows = constraints.of(candidates.need, candidates.concept)
    required = constraints.usage(rows[candidates.forced])
    raised = replace(constraints, capacity=np.maximum(constraints.capacity, required))
    kept = _most_forced(candidates, constraints)
    return InfeasibleError(
        conflicts,
        _best_total(candidates.forcing(candidates.forced_pairs), raised),
        tuple(sorted(candidates.forced_pairs - kept)),
        _best_total(candidates.forcing(kept), constraints),
    )


def _best_total(candidates: Candidates, constraints: Constraints) -> float:
    search = MaxMinSearch(candidates, constraints)
    return search.total(search.best())


def _most_forced(candidates: Candidates, constraints: Constraints) -> frozenset[Pair]:
    """Return as many forced pairs as fit together, and those that leave the highest total."""
    allowed = ~candidates.blocked
    rows = constraints.of(candidates.need, candidates.concept)[allowed]
    score, forced = candidates.score[allowed], candidates.forced[allowed]
    most = np.minimum(constraints.usage(rows), constraints.capacity)[: constraints.needs].sum()
    bonus = (score.max(initial=0.0) + 1) * (most + 1)  # more than all scores together
    chosen = np.zeros(len(candidates.need), dtype=bool)
    solver = AssignmentSolver(rows, constraints.capacity, score + bonus * forced)
    chosen[allowed] = solver.heaviest()
    return candidates.forced_pairs.intersection(candidates.pairs(chosen))
