"""How many pairs may be chosen where, and which of the pairs that must be chosen do not fit."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.arrays import IntArray

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
    """A limit and pairs that it cannot hold together: leave any one of them out and they fit.

    Attributes
    ----------
    obstacle
        Which kind of limit: of a need, a concept or a group, or that a pair is blocked.
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


@dataclass(frozen=True, slots=True)
class Limits:
    """The capacities of needs, concepts and groups, in one array with one number each.

    First come the needs, then the concepts, then the groups, and last a group without limit for
    needs that are in none.
    """

    needs: int
    concepts: int
    room: IntArray
    group: IntArray

    @classmethod
    def read(
        cls, shape: Pair, need_capacity: Any, concept_capacity: Any, groups: Any, capacity: Any
    ) -> Limits:
        """Return the limits, or raise ValueError where they cannot be meant."""
        needs, concepts = shape
        most = needs * concepts + 1
        room = [
            _capacities("need_capacity", need_capacity, needs, most),
            _capacities("concept_capacity", concept_capacity, concepts, most),
            _capacities("group_capacity", capacity, np.size(capacity), most),
            np.array([most]),
        ]
        group = _groups(groups, needs, len(room[2])) + needs + concepts
        return cls(needs, concepts, np.concatenate(room), group)

    def of(self, need: IntArray, concept: IntArray) -> IntArray:
        """Return the numbers of the limits in which each pair takes a place, shape (pairs, 3)."""
        return np.stack([need, self.needs + concept, self.group[need]], axis=1)

    def used(self, rows: IntArray) -> IntArray:
        """Return how many places pairs take, of the limits numbered `rows`."""
        return np.bincount(rows.ravel(), minlength=len(self.room))

    def named(self, number: int) -> tuple[Obstacle, int]:
        """Return what a limit belongs to: its kind, and the need, concept or group."""
        if number < self.needs:
            return Obstacle.NEED_FULL, number
        if number < self.needs + self.concepts:
            return Obstacle.CONCEPT_FULL, number - self.needs
        return Obstacle.GROUP_FULL, number - self.needs - self.concepts

    def conflicts(self, forced: Iterable[Pair], blocked: Iterable[Pair]) -> tuple[Conflict, ...]:
        """Return every limit that the forced pairs break; none means that they can all stand.

        Nothing else has to be chosen, so each conflict is of one limit alone.
        """
        forced = sorted(forced)
        found = [
            Conflict(Obstacle.BLOCKED, None, 0, (pair,), (pair,))
            for pair in sorted(set(forced) & set(blocked))
        ]
        table = np.array(forced, dtype=np.intp).reshape(-1, 2)
        rows = self.of(table[:, 0], table[:, 1])
        for number in np.flatnonzero(self.used(rows) > self.room).tolist():
            there = tuple(forced[place] for place in np.flatnonzero((rows == number).any(axis=1)))
            capacity = int(self.room[number])
            found.append(Conflict(*self.named(number), capacity, there[: capacity + 1], there))
        return tuple(found)


def read_pairs(name: str, pairs: Any, shape: Pair) -> frozenset[Pair]:
    """Return pairs of whole numbers inside `shape`, or raise ValueError."""
    if pairs is None:
        raise ValueError(f"{name} must not be None: leave it out where there are no pairs")
    try:
        found = frozenset(
            (operator.index(need), operator.index(concept)) for need, concept in pairs
        )
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must hold pairs of whole numbers (need, concept)") from error
    for need, concept in sorted(found):
        if not (0 <= need < shape[0] and 0 <= concept < shape[1]):
            raise ValueError(
                f"{name} pair ({need}, {concept}) is outside the scores, "
                f"which have shape {shape[0]} x {shape[1]}"
            )
    return found


def _capacities(name: str, values: Any, size: int, most: int) -> IntArray:
    found = _numbers(name, values)
    if found.ndim == 0:
        found = np.full(size, found)
    if found.shape != (size,):
        raise ValueError(f"{name} must be one number or have shape ({size},), not {found.shape}")
    if (found < 0).any():
        raise ValueError(f"{name} must not be negative")
    room: IntArray = np.minimum(found, most).astype(np.intp)
    return room


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
