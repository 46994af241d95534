"""The best set of pairings for many needs, within what needs, concepts and units have room for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from scipy.sparse import coo_array

from marketplace.matches.many import Pair
from marketplace.matches.portfolio import (
    NUDGE,
    RIGHT,
    Candidate,
    Candidates,
    CannotHold,
    Clash,
    Other,
    Proposal,
    Room,
    Wishes,
)
from marketplace.matches.states import WhyNone
from marketplace.needs.models import Need
from matching import Conflict, InfeasibleError, Obstacle, Portfolio, RunnerUp, Strength, portfolio

MOST_RUNNERS_UP = 3


def choose_best_set(candidates: Candidates, room: Room, wishes: Wishes) -> Proposal:
    """Raise `CannotHold` where the forced pairs do not fit."""
    return _Table(candidates, room, wishes).proposal()


@dataclass
class _Table:
    """The numbers that the library counts with, and the way back to rows of the database."""

    candidates: Candidates
    room: Room
    wishes: Wishes
    pairs: dict[Pair, Candidate] = field(init=False)

    def __post_init__(self) -> None:
        self.pairs = {
            pair: each
            for pair, each in self.candidates.pairs.items()
            if each.concept_id in self.room.concepts
        }
        for need_id, concept_id in self.wishes.forced:
            unlike = Candidate(need_id, concept_id, Strength.NONE, 0.0)
            self.pairs.setdefault((need_id, concept_id), unlike)

    @cached_property
    def need_ids(self) -> list[int]:
        return [need.id for need in self.candidates.needs]

    @cached_property
    def concept_ids(self) -> list[int]:
        return sorted({concept_id for _, concept_id in self.pairs})

    @cached_property
    def unit_ids(self) -> list[int]:
        return sorted({need.unit_id for need in self.candidates.needs})

    @cached_property
    def needs(self) -> dict[int, int]:
        return {need_id: number for number, need_id in enumerate(self.need_ids)}

    @cached_property
    def concepts(self) -> dict[int, int]:
        return {concept_id: number for number, concept_id in enumerate(self.concept_ids)}

    def proposal(self) -> Proposal:
        try:
            return self._told(self._solved())
        except InfeasibleError as error:
            clashes = tuple(self._clash(conflict) for conflict in error.conflicts)
            raise CannotHold(clashes, tuple(map(self._pair, error.dropped))) from error

    def _solved(self) -> Portfolio:
        blocked = self.wishes.blocked | (self.wishes.forced & self.candidates.left_out)
        values = [each.value for each in self.pairs.values()]
        numbers = self._numbers(self.pairs)
        rows, columns = [need for need, _ in numbers], [concept for _, concept in numbers]
        shape = len(self.need_ids), len(self.concept_ids)
        units = {unit_id: number for number, unit_id in enumerate(self.unit_ids)}
        return portfolio(
            coo_array((values, (rows, columns)), shape=shape, dtype=float),
            [self.room.needs[need_id] for need_id in self.need_ids],
            [self.room.concepts[concept_id] for concept_id in self.concept_ids],
            forced=self._numbers(self.wishes.forced),
            blocked=self._numbers(blocked & self.pairs.keys()),
            need_groups=[units[need.unit_id] for need in self.candidates.needs],
            group_capacity=[self.room.units[unit_id] for unit_id in self.unit_ids],
            tolerance=self.wishes.tolerance,
            levels=list(RIGHT.values()),
            runners_up=MOST_RUNNERS_UP,
        )

    def _numbers(self, pairs: Iterable[Pair]) -> list[Pair]:
        return [(self.needs[need_id], self.concepts[concept_id]) for need_id, concept_id in pairs]

    def _pair(self, numbers: Pair) -> Pair:
        need, concept = numbers
        return self.need_ids[need], self.concept_ids[concept]

    # ------------------------------------------------------------ what came out, in our words

    def _told(self, found: Portfolio) -> Proposal:
        chosen: dict[int, tuple[Candidate, ...]] = {}
        for pair in map(self._pair, found.pairs):
            chosen[pair[0]] = (*chosen.get(pair[0], ()), self.pairs[pair])
        others = {
            need_id: tuple(map(self._other, found.runners_up[number]))
            for need_id, number in self.needs.items()
        }
        least = NUDGE * max(1, len(found.pairs))  # what is less comes from nudges alone
        return Proposal(
            chosen=chosen,
            others=others,
            why_none=self._why_none(chosen, others),
            total=sum(RIGHT.get(self.pairs[self._pair(p)].strength, 0.0) for p in found.pairs),
            given_up=found.cost if found.cost > least else 0.0,
            worst=_strength_at(found.worst_served),
            worst_at_best=_strength_at(found.worst_served_at_best),
        )

    def _other(self, runner_up: RunnerUp) -> Other:
        pair = self._pair((runner_up.need, runner_up.concept))
        return Other(self.pairs[pair], runner_up.obstacles)

    def _why_none(
        self, chosen: Mapping[int, object], others: Mapping[int, tuple[Other, ...]]
    ) -> dict[int, WhyNone]:
        of_needs: dict[int, list[Pair]] = {}
        for pair in self.pairs:
            of_needs.setdefault(pair[0], []).append(pair)
        return {
            need.id: self._why(need, of_needs.get(need.id, []), others[need.id])
            for need in self.candidates.needs
            if need.id not in chosen
        }

    def _why(self, need: Need, pairs: Sequence[Pair], others: Sequence[Other]) -> WhyNone:
        allowed = [pair for pair in pairs if pair not in self.wishes.blocked]
        if not self.room.needs[need.id] and need.id not in self.room.held_back:
            return WhyNone.NEED_FULL
        if not pairs:
            return WhyNone.NO_MATCH
        if need.id in self.room.held_back or not self.room.units[need.unit_id]:
            return WhyNone.UNIT_FULL
        if not allowed:
            return WhyNone.ALL_BLOCKED
        if not any(self.room.concepts[concept_id] for _, concept_id in allowed):
            return WhyNone.CONCEPTS_FULL
        full = set(chain.from_iterable(other.obstacles for other in others))
        return WhyNone.UNIT_USED if Obstacle.GROUP_FULL in full else WhyNone.CONCEPTS_USED

    def _clash(self, conflict: Conflict) -> Clash:
        ids = {
            Obstacle.NEED_FULL: self.need_ids,
            Obstacle.CONCEPT_FULL: self.concept_ids,
            Obstacle.GROUP_FULL: self.unit_ids,
        }.get(conflict.obstacle)
        return Clash(
            obstacle=conflict.obstacle,
            subject_id=None if ids is None or conflict.index is None else ids[conflict.index],
            capacity=conflict.capacity,
            required=conflict.required,
            pairs=tuple(map(self._pair, conflict.forced)),
        )


def _strength_at(level: float) -> Strength:
    found = (strength for strength, right in RIGHT.items() if level >= right)
    return next(found, Strength.NONE)
