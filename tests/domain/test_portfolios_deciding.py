"""What coordinators decide beforehand: refusals first, then the trail, then the database."""

from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.concepts.states import ConceptState
from marketplace.core.audit import AuditEvent, events_of
from marketplace.core.clock import now
from marketplace.core.db import Base
from marketplace.core.errors import InvalidField, NotAllowed, NotFound, NotNow, Refused, Stale
from marketplace.core.outbox import OutboxMessage
from marketplace.matches.services.judging import dismiss_concept, undo_judgement
from marketplace.matches.states import DismissalReason
from marketplace.needs.states import NeedState
from marketplace.pairings.states import PairingState
from marketplace.portfolios import queries, services
from marketplace.portfolios.models import CapacityLimit, PairWish, PortfolioPlan
from marketplace.portfolios.states import PortfolioEvent, PortfolioRefusal, WishKind
from tests.domain.portfolio_cast import Town
from tests.engines import decided_in_python
from tests.factories import make_pairing

OTHERS = (
    "member",
    "leader",
    "entrepreneur",
    "adviser",
    "leadership",
    "administrator",
    "other_municipality",
)


def trail(town: Town, row: Any) -> list[str]:
    return [event.event for event in reversed(events_of(town.session, [row]))]


# ---------------------------------------------------------------- who


@decided_in_python
@pytest.mark.parametrize("name", OTHERS)
def test_only_a_coordinator_of_the_municipality_decides(town: Town, name: str) -> None:
    limit = town.limit_unit(1)
    wish = town.decide("water", "rain", WishKind.FORCED)
    actor = town.cast.actor(name)
    attempts = (
        lambda: town.plan(by=name),
        lambda: town.limit_unit(0, by=name),
        lambda: town.limit_concept("rain", 0, by=name),
        lambda: town.decide("weekends", "dinner", WishKind.BLOCKED, by=name),
        lambda: services.undo_limit(town.session, actor, limit=limit, version=limit.version),
        lambda: services.undo_pair(town.session, actor, wish=wish, version=wish.version),
    )
    for attempt in attempts:
        with pytest.raises(NotAllowed) as refused:
            attempt()
        assert refused.value.code is PortfolioRefusal.COORDINATORS_ONLY


def test_another_municipality_finds_nothing(town: Town) -> None:
    limit, wish = town.limit_unit(1), town.decide("water", "rain", WishKind.FORCED)
    stranger = town.cast.actor("other_municipality")
    session = town.session
    for attempt in (
        lambda: queries.get_limit(session, stranger, limit.id),
        lambda: queries.get_wish(session, stranger, wish.id),
        lambda: queries.get_unit(session, stranger, town.cast.unit.id),
        lambda: queries.get_municipality(session, stranger, town.cast.municipality.id),
        lambda: queries.get_municipality(session, town.cast.actor("member"), None),
    ):
        with pytest.raises(NotFound):
            attempt()


# ---------------------------------------------------------------- what counts for all needs


@decided_in_python
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"tests_per_need": 0}, "tests_per_need"),
        ({"tests_per_need": 11}, "tests_per_need"),
        ({"tolerance_percent": -1}, "tolerance_percent"),
        ({"tolerance_percent": 51}, "tolerance_percent"),
    ],
)
def test_a_plan_that_cannot_be(town: Town, values: dict[str, int], field: str) -> None:
    with pytest.raises(InvalidField) as refused:
        town.plan(**values)
    assert refused.value.field == field
    assert queries.find_plan(town.session, town.cast.municipality.id) is None


def test_a_plan_is_changed_by_who_saw_the_newest(town: Town) -> None:
    town.plan(tests_per_need=2)
    plan = queries.find_plan(town.session, town.cast.municipality.id)
    assert plan is not None
    for stale in (0, plan.version + 1):
        with pytest.raises(Stale):
            town.plan(tests_per_need=3, version=stale)
    town.plan(tests_per_need=3, tolerance_percent=5, version=plan.version)

    assert (plan.tests_per_need, plan.tolerance_percent) == (3, 5)
    assert trail(town, plan) == [PortfolioEvent.PLAN_CHANGED] * 2


# ---------------------------------------------------------------- limits


def test_a_limit_is_never_above_what_is_free(town: Town) -> None:
    make_pairing(town.session, town.needs["water"], town.concepts["rain"], PairingState.APPROVED)

    with pytest.raises(InvalidField) as refused:
        town.limit_unit(3)
    assert (refused.value.field, refused.value.values) == ("most", {"free": 2})
    with pytest.raises(InvalidField) as refused:
        town.limit_concept("rain", 2)
    assert refused.value.values == {"free": 1}
    with pytest.raises(InvalidField) as refused:
        town.limit_unit(-1)
    assert refused.value.code is PortfolioRefusal.LIMIT_NEGATIVE
    town.limit_unit(2)
    town.limit_concept("rain", 1)


def test_a_limit_has_a_reason(town: Town) -> None:
    with pytest.raises(InvalidField) as refused:
        town.limit_unit(1, reason=" ")
    assert refused.value.field == "reason"


def test_a_concept_that_is_not_published_gets_no_limit(town: Town) -> None:
    town.concepts["rain"].state = ConceptState.ARCHIVED
    with pytest.raises(NotNow) as refused:
        town.limit_concept("rain", 0)
    assert refused.value.code is PortfolioRefusal.CONCEPT_NOT_PUBLISHED


def test_a_new_limit_takes_the_place_of_the_old(town: Town) -> None:
    old = town.limit_unit(2)
    new = town.limit_unit(1)
    other = town.limit_concept("rain", 1)

    assert list(queries.list_limits(town.session, town.cast.municipality.id)) == [other, new]
    assert old.undone_by_id == town.cast.person("coordinator").id
    assert trail(town, old) == [PortfolioEvent.CAPACITY_LIMITED, PortfolioEvent.LIMIT_UNDONE]


def test_a_limit_is_undone_once(town: Town) -> None:
    limit, actor = town.limit_unit(1), town.cast.actor("coordinator")
    with pytest.raises(Stale):
        services.undo_limit(town.session, actor, limit=limit, version=limit.version + 1)
    services.undo_limit(town.session, actor, limit=limit, version=limit.version)
    with pytest.raises(NotNow) as refused:
        services.undo_limit(town.session, actor, limit=limit, version=limit.version)
    assert refused.value.code is PortfolioRefusal.ALREADY_UNDONE
    assert town.session.get(CapacityLimit, limit.id) is limit


# ---------------------------------------------------------------- pairs


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (WishKind.FORCED, WishKind.BLOCKED, PortfolioRefusal.ALREADY_FORCED),
        (WishKind.FORCED, WishKind.FORCED, PortfolioRefusal.ALREADY_FORCED),
        (WishKind.BLOCKED, WishKind.FORCED, PortfolioRefusal.ALREADY_BLOCKED),
    ],
)
def test_a_pair_is_not_both(
    town: Town, first: WishKind, second: WishKind, code: PortfolioRefusal
) -> None:
    town.decide("water", "rain", first)
    with pytest.raises(NotNow) as refused:
        town.decide("water", "rain", second)
    assert refused.value.code is code


def test_what_cannot_be_decided_now(town: Town) -> None:
    def refusal(kind: WishKind = WishKind.BLOCKED) -> object:
        with pytest.raises(Refused) as refused:
            town.decide("water", "rain", kind)
        return refused.value.code

    town.concepts["rain"].state = ConceptState.DRAFT
    assert refusal() is PortfolioRefusal.CONCEPT_NOT_PUBLISHED
    town.concepts["rain"].state = ConceptState.PUBLISHED
    make_pairing(town.session, town.needs["water"], town.concepts["rain"])
    assert refusal() is PortfolioRefusal.ALREADY_PROPOSED
    town.needs["water"].state = NeedState.IN_REVIEW
    assert refusal() is PortfolioRefusal.NEED_NOT_PUBLISHED


@pytest.mark.parametrize(
    ("values", "field"), [({"kind": None}, "kind"), ({"reason": " "}, "reason")]
)
def test_a_decision_says_what_and_why(town: Town, values: dict[str, Any], field: str) -> None:
    given: dict[str, Any] = {"kind": WishKind.FORCED, **values}
    with pytest.raises(InvalidField) as refused:
        town.decide("water", "rain", given.pop("kind"), **given)
    assert refused.value.field == field


def test_what_the_unit_dismissed_is_not_forced(town: Town) -> None:
    unit = town.cast.actor("member")
    need, concept = town.needs["water"], town.concepts["rain"]
    dismiss_concept(
        town.session, unit, need=need, concept=concept, reason=DismissalReason.TOO_EARLY
    )
    with pytest.raises(NotNow) as refused:
        town.decide("water", "rain", WishKind.FORCED)
    assert refused.value.code is PortfolioRefusal.DISMISSED_OR_DECLINED

    undo_judgement(town.session, unit, need=need, concept=concept)
    town.decide("water", "rain", WishKind.FORCED)


def test_what_was_declined_is_not_forced(town: Town) -> None:
    make_pairing(town.session, town.needs["water"], town.concepts["rain"], PairingState.DECLINED)
    with pytest.raises(NotNow) as refused:
        town.decide("water", "rain", WishKind.FORCED)
    assert refused.value.code is PortfolioRefusal.DISMISSED_OR_DECLINED


def test_a_pair_is_undone_and_can_be_decided_anew(town: Town) -> None:
    wish, actor = town.decide("water", "rain", WishKind.FORCED), town.cast.actor("coordinator")
    with pytest.raises(Stale):
        services.undo_pair(town.session, actor, wish=wish, version=wish.version + 1)
    services.undo_pair(town.session, actor, wish=wish, version=wish.version)
    with pytest.raises(NotNow):
        services.undo_pair(town.session, actor, wish=wish, version=wish.version)
    other = town.decide("water", "rain", WishKind.BLOCKED)

    assert list(queries.list_wishes(town.session, town.cast.municipality.id)) == [other]
    assert trail(town, wish) == [PortfolioEvent.PAIR_FORCED, PortfolioEvent.PAIR_UNDONE]
    assert trail(town, other) == [PortfolioEvent.PAIR_BLOCKED]
    (event,) = town.session.scalars(
        select(AuditEvent).where(AuditEvent.event == PortfolioEvent.PAIR_BLOCKED)
    )
    assert (event.reason, event.actor_id) == ("Vedtatt i ledermøtet.", actor.person_id)


def test_nobody_is_told_of_what_is_only_a_proposal(town: Town) -> None:
    town.decide("water", "rain", WishKind.FORCED)
    assert town.session.scalars(select(OutboxMessage)).all() == []


# ---------------------------------------------------------------- what the database holds


def refused_by_the_database(session: Session, table: type[Base], **values: Any) -> None:
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(insert(table).values(version=1, created_at=now(), **values))


def test_the_database_refuses_a_plan_outside_its_bounds(town: Town) -> None:
    place = {"municipality_id": town.cast.municipality.id}
    who = {"changed_by_id": town.cast.person("coordinator").id, "changed_at": now()}
    for tests, tolerance in ((0, 1), (11, 1), (1, -1), (1, 51)):
        numbers = {"tests_per_need": tests, "tolerance_percent": tolerance}
        refused_by_the_database(town.session, PortfolioPlan, **place, **who, **numbers)


def test_the_database_refuses_a_limit_that_cannot_be(town: Town) -> None:
    who = town.cast.person("coordinator").id
    limit: dict[str, Any] = {
        "municipality_id": town.cast.municipality.id,
        "reason": "Ferie.",
        "set_by_id": who,
        "set_at": now(),
    }
    unit_id, concept_id = town.cast.unit.id, town.concepts["rain"].id
    town.limit_unit(1)
    town.limit_concept("sewing", 1)
    for values in (
        {"most": 1},
        {"most": 1, "unit_id": unit_id, "concept_id": concept_id},
        {"most": -1, "concept_id": concept_id},
        {"most": 1, "concept_id": concept_id, "undone_by_id": who},
        {"most": 0, "unit_id": unit_id},
        {"most": 0, "concept_id": town.concepts["sewing"].id},
    ):
        refused_by_the_database(town.session, CapacityLimit, **limit, **values)


def test_one_word_stands_on_each_pair(town: Town) -> None:
    town.decide("water", "rain", WishKind.FORCED)
    refused_by_the_database(
        town.session,
        PairWish,
        need_id=town.needs["water"].id,
        concept_id=town.concepts["rain"].id,
        kind=WishKind.BLOCKED,
        reason="Nei.",
        made_by_id=town.cast.person("coordinator").id,
        made_at=now(),
    )
