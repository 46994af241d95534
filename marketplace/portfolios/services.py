"""The only place that changes what a portfolio is made from; the pairings are proposed by hand."""

from sqlalchemy.orm import Session

from marketplace.accounts.models import Unit
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core.actor import Actor, person_of
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotAllowed, NotNow, Stale
from marketplace.core.texts import expect_text
from marketplace.matches.many import left_out_pairs
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState
from marketplace.pairings.queries import open_concept_ids
from marketplace.portfolios import policies, queries
from marketplace.portfolios.models import (
    MOST_TESTS_PER_NEED,
    MOST_TOLERANCE,
    CapacityLimit,
    PairWish,
    PortfolioPlan,
)
from marketplace.portfolios.states import PortfolioEvent, PortfolioRefusal, WishKind

# ---------------------------------------------------------------- what counts for all needs


def change_plan(
    session: Session,
    actor: Actor,
    *,
    municipality_id: int,
    version: int,
    tests_per_need: int,
    tolerance_percent: int,
) -> PortfolioPlan:
    """`version` is 0 where nobody has changed the defaults yet."""
    expect_may_keep(actor, municipality_id)
    plan = queries.find_plan(session, municipality_id)
    if version != (plan.version if plan else 0):
        raise Stale
    if not 1 <= tests_per_need <= MOST_TESTS_PER_NEED:
        raise InvalidField("tests_per_need", PortfolioRefusal.TESTS_PER_NEED_OUTSIDE)
    if not 0 <= tolerance_percent <= MOST_TOLERANCE:
        raise InvalidField("tolerance_percent", PortfolioRefusal.TOLERANCE_OUTSIDE)
    if plan is None:
        plan = PortfolioPlan(municipality_id=municipality_id)
        session.add(plan)
    plan.tests_per_need, plan.tolerance_percent = tests_per_need, tolerance_percent
    plan.changed_by_id, plan.changed_at = person_of(actor), now()
    record(session, actor, PortfolioEvent.PLAN_CHANGED, plan)
    return plan


def expect_may_keep(actor: Actor, municipality_id: int) -> None:
    if not policies.keeps_for(actor, municipality_id):
        raise NotAllowed(PortfolioRefusal.COORDINATORS_ONLY)


# ---------------------------------------------------------------- less than what is free


def limit_unit(
    session: Session, actor: Actor, *, unit: Unit, most: int, reason: str
) -> CapacityLimit:
    """Count with less than the unit has free; takes the place of an earlier limit."""
    municipality_id = unit.organisation_id
    expect_may_keep(actor, municipality_id)
    free = queries.units_free(session, municipality_id)[unit]
    limit = CapacityLimit(municipality_id=municipality_id, unit_id=unit.id)
    return _set_limit(session, actor, limit, free, most, reason)


def limit_concept(
    session: Session,
    actor: Actor,
    *,
    municipality_id: int,
    concept: Concept,
    most: int,
    reason: str,
) -> CapacityLimit:
    """The same for a concept, as this municipality counts."""
    expect_may_keep(actor, municipality_id)
    free = queries.concepts_free(session, [concept.id]).get(concept.id)
    if free is None:
        raise NotNow(PortfolioRefusal.CONCEPT_NOT_PUBLISHED)
    limit = CapacityLimit(municipality_id=municipality_id, concept_id=concept.id)
    return _set_limit(session, actor, limit, free, most, reason)


def undo_limit(session: Session, actor: Actor, *, limit: CapacityLimit, version: int) -> None:
    limit.expect_version(version)
    expect_may_keep(actor, limit.municipality_id)
    _undo_limit(session, actor, limit)


def _set_limit(
    session: Session, actor: Actor, limit: CapacityLimit, free: queries.Free, most: int, reason: str
) -> CapacityLimit:
    if most < 0:
        raise InvalidField("most", PortfolioRefusal.LIMIT_NEGATIVE)
    if most > free.room:
        raise InvalidField("most", PortfolioRefusal.LIMIT_ABOVE_FREE, free=free.room)
    limit.most = most
    limit.reason = expect_text("reason", reason, PortfolioRefusal.TEXT_MISSING)
    for earlier in queries.list_limits(session, limit.municipality_id):
        if (earlier.unit_id, earlier.concept_id) == (limit.unit_id, limit.concept_id):
            _undo_limit(session, actor, earlier)
    limit.set_by_id, limit.set_at = person_of(actor), now()
    session.add(limit)
    record(session, actor, PortfolioEvent.CAPACITY_LIMITED, limit, reason=limit.reason)
    return limit


def _undo_limit(session: Session, actor: Actor, limit: CapacityLimit) -> None:
    if limit.undone_at is not None:
        raise NotNow(PortfolioRefusal.ALREADY_UNDONE)
    limit.undone_at, limit.undone_by_id = now(), actor.person_id
    record(session, actor, PortfolioEvent.LIMIT_UNDONE, limit)


# ---------------------------------------------------------------- pairs decided beforehand


def decide_pair(
    session: Session,
    actor: Actor,
    *,
    need: Need,
    concept: Concept,
    kind: WishKind | None,
    reason: str,
) -> PairWish:
    """Force a pair into the set, or block it; the other word must be undone first."""
    expect_may_keep(actor, need.unit.organisation_id)
    if kind is None:
        raise InvalidField("kind", PortfolioRefusal.KIND_MISSING)
    expect_decidable(session, need, concept)
    if kind is WishKind.FORCED and (need.id, concept.id) in left_out_pairs(session, [need.id]):
        raise NotNow(PortfolioRefusal.DISMISSED_OR_DECLINED)
    said = expect_text("reason", reason, PortfolioRefusal.TEXT_MISSING)
    wish = PairWish(need_id=need.id, concept_id=concept.id, kind=kind, reason=said)
    wish.made_by_id, wish.made_at = person_of(actor), now()
    session.add(wish)
    record(session, actor, _DECIDED[kind], wish, reason=wish.reason)
    return wish


def expect_decidable(session: Session, need: Need, concept: Concept) -> None:
    """Refuse what cannot be decided now, whichever way."""
    if need.state is not NeedState.PUBLISHED:
        raise NotNow(PortfolioRefusal.NEED_NOT_PUBLISHED)
    if concept.state is not ConceptState.PUBLISHED:
        raise NotNow(PortfolioRefusal.CONCEPT_NOT_PUBLISHED)
    if concept.id in open_concept_ids(session, need.id):
        raise NotNow(PortfolioRefusal.ALREADY_PROPOSED)
    standing = queries.standing_wishes(session, need.id).get(concept.id)
    if standing is not None:
        raise NotNow(_ALREADY[standing])


def undo_pair(session: Session, actor: Actor, *, wish: PairWish, version: int) -> None:
    wish.expect_version(version)
    expect_may_keep(actor, wish.need.unit.organisation_id)
    if wish.undone_at is not None:
        raise NotNow(PortfolioRefusal.ALREADY_UNDONE)
    wish.undone_at, wish.undone_by_id = now(), actor.person_id
    record(session, actor, PortfolioEvent.PAIR_UNDONE, wish)


_DECIDED = {
    WishKind.FORCED: PortfolioEvent.PAIR_FORCED,
    WishKind.BLOCKED: PortfolioEvent.PAIR_BLOCKED,
}
_ALREADY = {
    WishKind.FORCED: PortfolioRefusal.ALREADY_FORCED,
    WishKind.BLOCKED: PortfolioRefusal.ALREADY_BLOCKED,
}
