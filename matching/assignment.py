"""The heaviest set of pairs within limits: a linear programme whose corners are whole sets.

Every pair takes one place at its need, one at its concept and one in its need's group. Needs nest
in groups, and the pairs that meet a need's demand nest in the need, so the limits are those of a
flow in a network: their matrix is totally unimodular (Hoffman and Kruskal, 1956), and every corner
of the polytope is a set of whole pairs. The simplex method of HiGHS ends in a corner.

Importing this module imports scipy.optimize, which is slow: import it where it is used.
"""

from __future__ import annotations

from itertools import count

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from matching.arrays import BoolArray, FloatArray, IntArray

FIRST_PAIRS = 8
"""Pairs looked at first: this many of the best of every need and of every concept, and by lot."""

NEW_PAIRS = 4
"""Pairs taken in, of every need and of every concept, when some were missed; then twice that."""

PRECISION = 1e-9
"""What a pair may gain at the final prices, of the heaviest weight, and still be left out."""


class Assignment:
    """Finds the heaviest set of pairs, again and again under different demands.

    A dense problem has hundreds of thousands of pairs, of which few are chosen. The programme is
    solved for the promising ones; its prices of the limits then tell for every other pair whether
    it could add anything. Those that could are taken in, until there are none: by linear
    programming duality the answer is then the best of all pairs, not only of those looked at.

    Parameters
    ----------
    limits
        Shape (pairs, k): the numbers of the limits in which each pair takes a place. The first
        column is the need.
    room
        Shape (limits,): how many places each limit has.
    weight
        Shape (pairs,): not below zero.
    """

    def __init__(self, limits: IntArray, room: IntArray, weight: FloatArray) -> None:
        self._limits, self._room = limits, room
        self._weight = weight / max(weight.max(initial=0.0), np.finfo(float).tiny)
        self._looked_at = _best_of_each(limits, self._weight, FIRST_PAIRS)
        # Where all want the same, only others tell what the rest is worth: some by lot as well.
        self._looked_at |= _best_of_each(limits, np.zeros(len(weight)), FIRST_PAIRS)
        needs = np.unique(limits[:, 0])
        self._fine = 1.0 + np.minimum(np.bincount(limits[:, 0])[needs], room[needs]).sum()

    def heaviest(self) -> BoolArray:
        """Return which pairs make the heaviest set within the limits."""
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
        for taken_in in (NEW_PAIRS * 2**turn for turn in count()):
            chosen, met, gain = self._solved(np.flatnonzero(self._looked_at), demand)
            missed = np.flatnonzero((gain > PRECISION) & ~self._looked_at)
            if not len(missed):
                # At the final prices the promising pairs are known: start the next search there.
                self._looked_at = chosen | _best_of_each(self._limits, gain, 2 * FIRST_PAIRS)
                return chosen, met
            best = _best_of_each(self._limits[missed], gain[missed], taken_in)
            self._looked_at[missed[best]] = True
        raise AssertionError("the pairs missed run out")  # pragma: no cover

    def _solved(self, places: IntArray, demand: IntArray) -> tuple[BoolArray, bool, FloatArray]:
        """Return the best set of the pairs at `places`, if it meets all, and each pair's gain."""
        rows, wanted = len(self._room), int(demand.max(initial=-1)) + 1
        # One more column for each demand: to leave it unmet costs more than all pairs bring.
        answer = linprog(
            np.concatenate([-self._weight[places], np.full(wanted, self._fine)]),
            A_ub=_matrix(self._limits[places], rows, demand[places], wanted),
            b_ub=np.concatenate([self._room, -np.ones(wanted)]),
            bounds=(0, 1),
            method="highs-ds",
            options={"dual_feasibility_tolerance": PRECISION},
        )
        if not answer.success:
            raise ArithmeticError(f"HiGHS found no set of pairs: {answer.message}")
        whole = np.round(answer.x)
        if np.abs(answer.x - whole).max() > 1e-4:
            raise ArithmeticError("HiGHS ended outside a corner: pairs are chosen in part")
        chosen = np.zeros(len(self._weight), dtype=bool)
        chosen[places] = whole[: len(places)] > 0
        prices = -answer.ineqlin.marginals
        gain = self._weight - prices[self._limits].sum(axis=1)
        gain += np.append(prices[rows:], 0.0)[demand]
        return chosen, not whole[len(places) :].any(), gain


def _matrix(limits: IntArray, rows: int, demand: IntArray, wanted: int) -> csr_array:
    """Return the left side: places taken in each limit, then demands met, counted negative."""
    pairs, (able,) = len(limits), np.nonzero(demand >= 0)
    each = np.arange(wanted)
    row = np.concatenate([limits.ravel(), rows + demand[able], rows + each])
    column = np.concatenate([np.repeat(np.arange(pairs), limits.shape[1]), able, pairs + each])
    value = np.repeat([1.0, -1.0], [limits.size, len(able) + wanted])
    return csr_array((value, (row, column)), shape=(rows + wanted, pairs + wanted))


def _best_of_each(limits: IntArray, worth: FloatArray, count: int) -> BoolArray:
    """Mark the most worthy pairs of every need and of every concept.

    Equal ones are taken as if by lot, though always the same: the first would all be of the same
    few concepts, which have no room for all.
    """
    lot = np.arange(len(worth), dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    best = np.zeros(len(worth), dtype=bool)
    for owner in limits.T[:2]:
        order = np.lexsort((lot, -worth, owner))
        starts = np.searchsorted(owner[order], owner[order])
        best[order[np.arange(len(order)) - starts < count]] = True
    return best
