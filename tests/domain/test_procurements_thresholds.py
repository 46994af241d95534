"""The dated table of thresholds: what it refuses, what is withdrawn, and whom a change concerns."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.core.audit import AuditEvent
from marketplace.core.clock import today
from marketplace.core.errors import InvalidField, NotAllowed, NotFound, Refused
from marketplace.core.outbox import OutboxMessage
from marketplace.needs.states import ServiceCategory
from marketplace.procurements import queries, reckoning
from marketplace.procurements.advice import advise
from marketplace.procurements.models import Threshold
from marketplace.procurements.services import tables
from marketplace.procurements.shipped import shipped_thresholds
from marketplace.procurements.states import (
    ProcurementEvent,
    ProcurementRefusal,
    ProcurementTopic,
    ThresholdKey,
    Track,
)
from marketplace.procurements.thresholds import in_force
from tests.domain.agreement_cast import make_agreement
from tests.domain.procurement_cast import Purchasing, make_purchasing
from tests.engines import decided_in_python


@pytest.fixture
def case(session: Session) -> Purchasing:
    return make_purchasing(session)


def add_threshold(case: Purchasing, name: str = "administrator", **values: Any) -> Threshold:
    given: dict[str, Any] = {
        "key": ThresholdKey.NATIONAL,
        "amount": 1_500_000,
        "valid_from": today(),
        "paragraph": "§ 5-1 (2)",
        "source": "Lovdata",
        "checked_on": today(),
    }
    return tables.add_threshold(case.session, case.actor(name), **(given | values))


def messages(session: Session, topic: ProcurementTopic) -> Sequence[OutboxMessage]:
    return session.scalars(select(OutboxMessage).where(OutboxMessage.topic == topic)).all()


def refused_row(case: Purchasing, **values: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        add_threshold(case, **values)
    return refused.value


@decided_in_python
@pytest.mark.parametrize(
    ("key", "amount", "lower", "upper"),
    [
        (ThresholdKey.ACT_APPLIES, 1_300_001, ThresholdKey.ACT_APPLIES, ThresholdKey.NATIONAL),
        (ThresholdKey.NATIONAL, 499_999, ThresholdKey.ACT_APPLIES, ThresholdKey.NATIONAL),
        (ThresholdKey.NATIONAL, 2_500_001, ThresholdKey.NATIONAL, ThresholdKey.EEA_GOODS_SERVICES),
        (ThresholdKey.HEALTH_SOCIAL, 9, ThresholdKey.NATIONAL, ThresholdKey.HEALTH_SOCIAL),
        (ThresholdKey.EEA_WORKS, 9, ThresholdKey.NATIONAL, ThresholdKey.EEA_WORKS),
    ],
)
def test_an_order_that_cannot_be_is_refused(
    case: Purchasing, key: ThresholdKey, amount: int, lower: ThresholdKey, upper: ThresholdKey
) -> None:
    refused = refused_row(case, key=key, amount=amount, jump_confirmed=True)

    assert refused.code is ProcurementRefusal.ORDER_IMPOSSIBLE
    assert (refused.values["lower"], refused.values["upper"]) == (lower, upper)


@decided_in_python
def test_the_order_holds_also_on_days_that_come_later(case: Purchasing) -> None:
    later = today() + timedelta(days=30)
    add_threshold(case, amount=900_000, valid_from=later)

    refused = refused_row(case, key=ThresholdKey.ACT_APPLIES, amount=1_000_000, jump_confirmed=True)

    assert (refused.code, refused.values["day"]) == (ProcurementRefusal.ORDER_IMPOSSIBLE, later)


@decided_in_python
@pytest.mark.parametrize("amount", [649_999, 1_950_001])
def test_a_jump_of_more_than_half_is_confirmed(case: Purchasing, amount: int) -> None:
    refused = refused_row(case, amount=amount)

    assert refused.code is ProcurementRefusal.JUMP_UNCONFIRMED
    assert refused.values == {"before": 1_300_000, "after": amount}
    assert add_threshold(case, amount=amount, jump_confirmed=True).amount == amount


def withdraw(case: Purchasing, row: Threshold, name: str = "administrator", why: str = "?") -> None:
    tables.withdraw_threshold(
        case.session, case.actor(name), key=row.key, valid_from=row.valid_from, reason=why
    )


def test_a_row_is_withdrawn_with_a_reason_and_never_used_again(case: Purchasing) -> None:
    row = add_threshold(case, amount=1_900_000)
    for name in ("buyer", "coordinator"):
        with pytest.raises(NotAllowed):
            withdraw(case, row, name)
    with pytest.raises(InvalidField):
        withdraw(case, row, why=" ")

    withdraw(case, row, why="Et siffer for mye.")

    national = ThresholdKey.NATIONAL
    assert in_force(queries.list_thresholds(case.session), today())[national].amount == 1_300_000
    assert row in queries.list_threshold_history(case.session)
    with pytest.raises(NotFound):
        withdraw(case, row, why="En gang til.")
    assert add_threshold(case, amount=1_400_000).valid_from == row.valid_from
    row.withdrawal_reason = "Noe annet."
    with pytest.raises(RuntimeError, match="Threshold"):
        case.session.flush()


def test_a_withdrawal_leaves_no_order_that_cannot_be(case: Purchasing) -> None:
    national = add_threshold(case, amount=1_500_000)
    act = add_threshold(case, key=ThresholdKey.ACT_APPLIES, amount=1_400_000, jump_confirmed=True)

    with pytest.raises(InvalidField) as refused:
        withdraw(case, national)

    assert refused.value.code is ProcurementRefusal.ORDER_IMPOSSIBLE
    withdraw(case, act)
    withdraw(case, national)


def test_what_is_shipped_is_withdrawn_like_the_rest(case: Purchasing) -> None:
    national = ThresholdKey.NATIONAL
    (shipped,) = (row for row in queries.list_thresholds(case.session) if row.key is national)

    withdraw(case, shipped)

    assert national not in in_force(queries.list_thresholds(case.session), today())


def test_a_change_is_noted_in_the_cases_that_it_changes_and_told_to_advisers(
    case: Purchasing,
) -> None:
    changed = case.procurement(estimated_value=550_000, starts_on=today())
    assert reckoning.changed_advice(case.session, queries.list_thresholds(case.session)) == []

    row = add_threshold(case, key=ThresholdKey.ACT_APPLIES, amount=600_000)

    statement = select(AuditEvent).where(AuditEvent.event == ProcurementEvent.ADVICE_CHANGED)
    noted = case.session.scalars(statement).one()
    assert (noted.subject_id, noted.after["track_before"]) == (changed.id, Track.PART_I)
    assert noted.after["track_after"] == Track.OUTSIDE_ACT
    added = select(AuditEvent).where(AuditEvent.event == ProcurementEvent.THRESHOLD_ADDED)
    assert case.session.scalars(added).one().after["changed_cases"] == [case.pairing.id]
    told = {m.person_id for m in messages(case.session, ProcurementTopic.THRESHOLD_ADDED)}
    assert told >= {case.person("buyer").id, case.person("adviser").id}
    assert case.person("coordinator").id not in told
    withdraw(case, row)
    assert len(case.session.scalars(statement).all()) == 2
    assert messages(case.session, ProcurementTopic.THRESHOLD_WITHDRAWN)


def test_a_paid_test_that_is_not_in_force_is_among_the_cases(case: Purchasing) -> None:
    make_agreement(case.session, case.pairing, payment=550_000, cost_cap=550_000)
    stored = queries.list_thresholds(case.session)
    row = replace(shipped_thresholds()[1], amount=600_000, valid_from=today())
    assert row.key is ThresholdKey.ACT_APPLIES

    (changed,) = reckoning.changed_advice(case.session, [*stored, row])

    assert changed.pairing is case.pairing
    assert (changed.before, changed.after) == (Track.PART_I, Track.OUTSIDE_ACT)


@pytest.mark.parametrize(("days", "far"), [(0, False), (360, False), (367, True)])
def test_advice_for_a_start_beyond_a_year_says_so(days: int, far: bool) -> None:
    rows, start = shipped_thresholds(), today() + timedelta(days=days)

    assert advise(rows, 1, ServiceCategory.OTHER, start).far_ahead is far
