"""How many pairs may be chosen where: one constraint for each need, concept and group."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.arrays import IntArray
from matching.assignment.conflicts import Conflict, Obstacle, Pair


@dataclass(frozen=True, slots=True)
class Constraints:
    """How many pairs each need, each concept and each group can have.

    Constraints are numbered: first come the needs, then the concepts, then the groups, and last a
    group without limit for needs that are in none.

    Attributes
    ----------
    needs, concepts
        Their number.
    capacity
        Shape (constraints,): how many pairs each constraint allows.
    group
        Shape (needs,): the number of the constraint of each need's group.
    """

    needs: int
    concepts: int
    capacity: IntArray
    group: IntArray

    @classmethod
    def read(
        cls,
        shape: Pair,
        need_capacity: Any,
        concept_capacity: Any,
        need_groups: Any,
        group_capacity: Any,
    ) -> Constraints:
        """Return the constraints, or raise ValueError where they cannot be meant."""
        needs, concepts = shape
        most = needs * concepts + 1
        capacities = [
            _capacities("need_capacity", need_capacity, needs, most),
            _capacities("concept_capacity", concept_capacity, concepts, most),
            _capacities("group_capacity", group_capacity, np.size(group_capacity), most),
            np.array([most]),
        ]
        group = _groups(need_groups, needs, len(capacities[2])) + needs + concepts
        return cls(needs, concepts, np.concatenate(capacities), group)

    def of(self, need: IntArray, concept: IntArray) -> IntArray:
        """Return the numbers of the constraints that each pair counts in, shape (pairs, 3)."""
        return np.stack([need, self.needs + concept, self.group[need]], axis=1)

    def usage(self, rows: IntArray) -> IntArray:
        """Return how many pairs each constraint holds, when `rows` are those of the pairs."""
        return np.bincount(rows.ravel(), minlength=len(self.capacity))

    def named(self, number: int) -> tuple[Obstacle, int]:
        """Return what a constraint belongs to: its kind, and the need, concept or group."""
        if number < self.needs:
            return Obstacle.NEED_FULL, number
        if number < self.needs + self.concepts:
            return Obstacle.CONCEPT_FULL, number - self.needs
        return Obstacle.GROUP_FULL, number - self.needs - self.concepts

    def conflicts(self, forced: Iterable[Pair], blocked: Iterable[Pair]) -> tuple[Conflict, ...]:
        """Return every constraint that the forced pairs break; none means that they can all stand.

        Nothing else has to be chosen, so each conflict is of one constraint alone.
        """
        forced = sorted(forced)
        found = [
            Conflict(Obstacle.BLOCKED, None, 0, (pair,), (pair,))
            for pair in sorted(set(forced) & set(blocked))
        ]
        table = np.array(forced, dtype=np.intp).reshape(-1, 2)
        rows = self.of(table[:, 0], table[:, 1])
        for number in np.flatnonzero(self.usage(rows) > self.capacity).tolist():
            there = tuple(forced[place] for place in np.flatnonzero((rows == number).any(axis=1)))
            capacity = int(self.capacity[number])
            found.append(Conflict(*self.named(number), capacity, there[: capacity + 1], there))
        return tuple(found)


def _capacities(name: str, values: Any, size: int, most: int) -> IntArray:
    found = _numbers(name, values)
    if found.ndim == 0:
        found = np.full(size, found)
    if found.shape != (size,):
        raise ValueError(f"{name} must be one number or have shape ({size},), not {found.shape}")
    if (found < 0).any():
        raise ValueError(f"{name} must not be negative")
    whole: IntArray = np.minimum(found, most).astype(np.intp)
    return whole


def _groups(values: Any, needs: int, groups: int) -> IntArray:
    found = np.full(needs, -1) if values is None else _numbers("need_groups", values)
    if found.shape != (needs,):
        raise ValueError(f"need_groups must have shape ({needs},), not {found.shape}")
    if ((found < -1) | (found >= groups)).any():
        raise ValueError(f"need_groups must be -1 or less than the {groups} of group_capacity")
    group: IntArray = found.astype(np.intp)
    group[group < 0] = groups
    return group


def _numbers(name: str, values: Any) -> npt.NDArray[Any]:
    found = np.asarray(values)
    if found.dtype.kind not in "iuf" or (found != np.floor(found)).any():
        raise ValueError(f"{name} must hold whole numbers")
    return found
