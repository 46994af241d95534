"""The best set of pairings of a municipality, as it is at the moment."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from marketplace.concepts.states import ConceptState
from marketplace.core.clock import now
from marketplace.matches.best_set import choose_best_set
from marketplace.matches.portfolio import (
    Candidates,
    CannotHold,
    Proposal,
    Room,
    Wishes,
    find_candidates,
)
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState
from marketplace.portfolios import queries
from marketplace.portfolios.models import CapacityLimit, PairWish, PortfolioPlan
from marketplace.portfolios.queries import Pair
from marketplace.portfolios.states import Resting, WishKind

TESTS_PER_NEED = 1
TOLERANCE_PERCENT = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """What counts for all needs; the defaults until a coordinator has changed them."""

    tests_per_need: int = TESTS_PER_NEED
    tolerance_percent: int = TOLERANCE_PERCENT
    version: int = 0

    @classmethod
    def of(cls, row: PortfolioPlan | None) -> "Plan":
        return cls(row.tests_per_need, row.tolerance_percent, row.version) if row else cls()


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The answer, what it was made from and when; `problem` where the forced pairs do not fit."""

    at: datetime
    plan: Plan
    needs: Mapping[int, Need]
    concept_count: int
    limits: Sequence[CapacityLimit]
    wishes: Sequence[PairWish]
    resting: Mapping[int, Resting]
    proposal: Proposal | None
    problem: CannotHold | None


def reckon(session: Session, municipality_id: int) -> Reckoning:
    plan = Plan.of(queries.find_plan(session, municipality_id))
    needs = queries.list_published_needs(session, municipality_id)
    limits = queries.list_limits(session, municipality_id)
    wishes = queries.list_wishes(session, municipality_id)
    under_way = queries.list_open_pairs(session, municipality_id)
    resting = {w.id: why for w in wishes if (why := _resting(w, under_way))}
    counting = [wish for wish in wishes if wish.id not in resting]
    candidates = find_candidates(session, needs, under_way)
    decided = _decided(counting, plan)
    room = _room(session, municipality_id, plan, candidates, under_way, limits, decided)
    proposal, problem = _chosen(candidates, room, decided)
    return Reckoning(
        at=now(),
        plan=plan,
        needs={need.id: need for need in needs},
        concept_count=queries.count_published_concepts(session),
        limits=limits,
        wishes=wishes,
        resting=resting,
        proposal=proposal,
        problem=problem,
    )


def _chosen(
    candidates: Candidates, room: Room, wishes: Wishes
) -> tuple[Proposal | None, CannotHold | None]:
    try:
        return choose_best_set(candidates, room, wishes), None
    except CannotHold as problem:
        return None, problem


# ---------------------------------------------------------------- what is decided beforehand


def _resting(wish: PairWish, under_way: frozenset[Pair]) -> Resting | None:
    if (wish.need_id, wish.concept_id) in under_way:
        return Resting.ALREADY_PROPOSED
    published = (
        wish.need.state is NeedState.PUBLISHED and wish.concept.state is ConceptState.PUBLISHED
    )
    return None if published else Resting.NOT_PUBLISHED


def _decided(wishes: Sequence[PairWish], plan: Plan) -> Wishes:
    pairs = {
        kind: {(w.need_id, w.concept_id) for w in wishes if w.kind is kind} for kind in WishKind
    }
    return Wishes(
        forced=frozenset(pairs[WishKind.FORCED]),
        blocked=frozenset(pairs[WishKind.BLOCKED]),
        tolerance=plan.tolerance_percent / 100,
    )


# ---------------------------------------------------------------- what there is room for


def _room(
    session: Session,
    municipality_id: int,
    plan: Plan,
    candidates: Candidates,
    under_way: frozenset[Pair],
    limits: Sequence[CapacityLimit],
    decided: Wishes,
) -> Room:
    lower_units = {limit.unit_id: limit.most for limit in limits if limit.unit_id}
    lower_concepts = {limit.concept_id: limit.most for limit in limits if limit.concept_id}
    wanted = candidates.pairs.keys() | decided.forced
    tested = Counter(need_id for need_id, _ in under_way)
    needs = {need.id: max(0, plan.tests_per_need - tested[need.id]) for need in candidates.needs}
    of_units = queries.units_free(session, municipality_id)
    units = {unit.id: min(f.room, lower_units.get(unit.id, f.room)) for unit, f in of_units.items()}
    joined = queries.joined_units(session, sorted({need_id for need_id, _ in wanted}))
    held_back = _keep_places(joined, needs, units)
    of_concepts = queries.concepts_free(session, sorted({concept_id for _, concept_id in wanted}))
    concepts = {
        each: min(f.room, lower_concepts.get(each, f.room)) for each, f in of_concepts.items()
    }
    return Room(needs, concepts, units, held_back)


def _keep_places(
    joined: Mapping[int, Sequence[int]], needs: dict[int, int], units: dict[int, int]
) -> frozenset[int]:
    """A pooled need takes a place in each unit that has joined it; it gets its places first.

    The library knows one group for each need, so those of the joined units are set aside here.
    Returned are the needs for which such a unit has no place.
    """
    held_back = set()
    for need_id, unit_ids in sorted(joined.items()):
        places = min(units[unit_id] for unit_id in unit_ids)
        if needs[need_id] and not places:
            held_back.add(need_id)
        needs[need_id] = min(needs[need_id], places)
        for unit_id in unit_ids:
            units[unit_id] -= needs[need_id]
    return frozenset(held_back)
