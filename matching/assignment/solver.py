"""The heaviest set of pairs within capacities: a linear programme whose corners are whole sets.

Every pair counts in the constraint of its need, of its concept and of its need's group. Needs nest
in groups, and the pairs that meet a need's demand nest in the need, so the constraints are those of
a flow in a network: their matrix is totally unimodular (Hoffman and Kruskal, 1956), and every
corner of the polytope is a set of whole pairs. The simplex method of HiGHS ends in a corner.
"""

from __future__ import annotations

from itertools import count
from typing import Any

import numpy as np

from matching.arrays import BoolArray, FloatArray, IntArray

FIRST_COLUMNS = 8
"""Pairs looked at first: this many of the best of every need and of every concept, and by lot."""

NEW_COLUMNS = 4
"""Pairs taken in, of every need and of every concept, when some were missed; then twice that."""

DUAL_TOLERANCE = 1e-9
"""What a pair may gain at the final prices, of the heaviest weight, and still be left out."""


class AssignmentSolver:
    """Finds the heaviest set of pairs, again and again under different demands.

    A dense problem has hundreds of thousands of pairs, of which few are chosen. So its columns are
    generated: the programme is solved for the promising pairs, and its dual prices then tell for
    every other pair whether it could add anything. Those that could are taken in, until there are
    none. By linear programming duality the answer is then the best of all pairs, not only of those
    looked at.

    Parameters
    ----------
    rows
        Shape (pairs, k): the numbers of the constraints that each pair counts in. The first column
        is the need.
    capacity
        Shape (constraints,): how many pairs each constraint allows.
    weight
        Shape (pairs,): not below zero.
    """

    def __init__(self, rows: IntArray, capacity: IntArray, weight: FloatArray) -> None:
        self._rows, self._capacity = rows, capacity
        self._weight = weight / max(weight.max(initial=0.0), np.finfo(float).tiny)
        self._looked_at = _best_of_each(rows, self._weight, FIRST_COLUMNS)
        # Where all want the same, only others tell what the rest is worth: some by lot as well.
        self._looked_at |= _best_of_each(rows, np.zeros(len(weight)), FIRST_COLUMNS)
        needs = np.unique(rows[:, 0])
        self._fine = 1.0 + np.minimum(np.bincount(rows[:, 0])[needs], capacity[needs]).sum()

    def heaviest(self) -> BoolArray:
        """Return which pairs make the heaviest set within the capacities."""
        return self._found(np.full(len(self._weight), -1))[0]

    def heaviest_meeting(self, demand: IntArray) -> BoolArray | None:
        """Return the heaviest set that meets every demand, or None where there is none.

        Parameters
        ----------
        demand
            Shape (pairs,): the number of the demand, counted from 0, that a pair can meet, or -1.
            The pairs of one demand are of one need. At least one of them is chosen.
        """
        chosen, met = self._found(demand)
        return chosen if met else None

    def _found(self, demand: IntArray) -> tuple[BoolArray, bool]:
        """Return the heaviest set that meets as many demands as can be, and whether that is all."""
        if not len(self._weight):
            return np.zeros(0, dtype=bool), True
        for taken_in in (NEW_COLUMNS * 2**turn for turn in count()):
            chosen, met, gain = self._solved(np.flatnonzero(self._looked_at), demand)
            missed = np.flatnonzero((gain > DUAL_TOLERANCE) & ~self._looked_at)
            if not len(missed):
                # At the final prices the promising pairs are known: start the next search there.
                self._looked_at = chosen | _best_of_each(self._rows, gain, 2 * FIRST_COLUMNS)
                return chosen, met
            best = _best_of_each(self._rows[missed], gain[missed], taken_in)
            self._looked_at[missed[best]] = True
        raise AssertionError("the pairs missed run out")  # pragma: no cover

    def _solved(self, places: IntArray, demand: IntArray) -> tuple[BoolArray, bool, FloatArray]:
        """Return the best set of the pairs at `places`, if it meets all, and each pair's gain."""
        from scipy.optimize import linprog  # noqa: PLC0415 - slow to import

        size, wanted = len(self._capacity), int(demand.max(initial=-1)) + 1
        # One more column for each demand: to leave it unmet costs more than all pairs bring.
        answer = linprog(
            np.concatenate([-self._weight[places], np.full(wanted, self._fine)]),
            A_ub=_matrix(self._rows[places], size, demand[places], wanted),
            b_ub=np.concatenate([self._capacity, -np.ones(wanted)]),
            bounds=(0, 1),
            method="highs-ds",
            options={"dual_feasibility_tolerance": DUAL_TOLERANCE},
        )
        if not answer.success:
            raise ArithmeticError(f"HiGHS found no set of pairs: {answer.message}")
        whole = np.round(answer.x)
        if np.abs(answer.x - whole).max() > 1e-4:
            raise ArithmeticError("HiGHS ended outside a corner: pairs are chosen in part")
        chosen = np.zeros(len(self._weight), dtype=bool)
        chosen[places] = whole[: len(places)] > 0
        prices = -answer.ineqlin.marginals
        gain = self._weight - prices[self._rows].sum(axis=1)
        gain += np.append(prices[size:], 0.0)[demand]
        return chosen, not whole[len(places) :].any(), gain


def _matrix(rows: IntArray, size: int, demand: IntArray, wanted: int) -> Any:
    """Return the left side, sparse: pairs by constraint, then demands met, counted negative."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - slow to import

    pairs, (able,) = len(rows), np.nonzero(demand >= 0)
    each = np.arange(wanted)
    row = np.concatenate([rows.ravel(), size + demand[able], size + each])
    column = np.concatenate([np.repeat(np.arange(pairs), rows.shape[1]), able, pairs + each])
    value = np.repeat([1.0, -1.0], [rows.size, len(able) + wanted])
    return csr_array((value, (row, column)), shape=(size + wanted, pairs + wanted))


def _best_of_each(rows: IntArray, worth: FloatArray, count: int) -> BoolArray:
    """Mark the most worthy pairs of every need and of every concept.

    Equal ones are taken as if by lot, though always the same: the first would all be of the same
    few concepts, which cannot take all.
    """
    lot = np.arange(len(worth), dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    best = np.zeros(len(worth), dtype=bool)
    for owner in rows.T[:2]:
        order = np.lexsort((lot, -worth, owner))
        starts = np.searchsorted(owner[order], owner[order])
        best[order[np.arange(len(order)) - starts < count]] = True
    return best
