"""A paid test is a purchase: nobody signs above the limit before the adviser has said how."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.agreements.models import Agreement
from marketplace.agreements.requirements import OBSTACLES
from marketplace.agreements.services import offering, signing
from marketplace.agreements.states import AgreementEvent, AgreementState
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotAllowed, NotNow, Refused, Stale
from marketplace.core.outbox import OutboxMessage
from marketplace.core.reactions import REACTIONS
from marketplace.needs.states import ProcurementRoute
from marketplace.procurements import paid_tests, queries
from marketplace.procurements.awaited import awaits_test_route
from marketplace.procurements.models import PaidTest
from marketplace.procurements.paid_tests import route_obstacle
from marketplace.procurements.services import paying
from marketplace.procurements.states import (
    ProcurementEvent,
    ProcurementRefusal,
    ProcurementTopic,
    Track,
)
from tests.domain.agreement_cast import make_agreement
from tests.domain.procurement_cast import NOT_THE_ADVISER, Purchasing, make_purchasing
from tests.engines import decided_in_python

WHY = "Tre leverandører ble spurt."
DEAR: dict[str, Any] = {"payment": 900_000, "cost_cap": 1_000_000}


@pytest.fixture
def case(session: Session) -> Purchasing:
    """As the application is put together, whatever tests have run before."""
    OBSTACLES.add(route_obstacle)
    REACTIONS[AgreementEvent.OFFERED].add(paying.ask_for_route)
    return make_purchasing(session)


def offer(case: Purchasing, agreement: Agreement) -> None:
    version = agreement.version
    offering.offer_version(case.session, case.actor("member"), agreement=agreement, version=version)


def offered(case: Purchasing, **values: Any) -> Agreement:
    agreement = make_agreement(case.session, case.pairing, **(DEAR | values))
    offer(case, agreement)
    return agreement


def confirm(case: Purchasing, agreement: Agreement, name: str = "buyer", **values: Any) -> PaidTest:
    given: dict[str, Any] = {
        "version": agreement.version,
        "route": ProcurementRoute.MINI_COMPETITION,
        "reason": WHY,
    }
    return paying.confirm_route(
        case.session, case.actor(name), agreement=agreement, **(given | values)
    )


def sign(case: Purchasing, agreement: Agreement, name: str = "leader") -> None:
    version = agreement.version
    signing.sign_version(case.session, case.actor(name), agreement=agreement, version=version)


def topics(case: Purchasing, name: str) -> list[str]:
    statement = select(OutboxMessage.topic).where(OutboxMessage.person_id == case.person(name).id)
    return [t for t in case.session.scalars(statement) if "test_route" in t]


# ---------------------------------------------------------------- nobody signs before


@pytest.mark.parametrize("name", ["leader", "entrepreneur"])
def test_nobody_signs_a_dear_test_before_its_route_is_confirmed(
    case: Purchasing, name: str
) -> None:
    agreement = offered(case)

    with pytest.raises(NotNow) as refused:
        sign(case, agreement, name)

    assert refused.value.code is ProcurementRefusal.TEST_ROUTE_UNCONFIRMED
    assert refused.value.values == {"value": 1_000_000}


@decided_in_python
@pytest.mark.parametrize("name", NOT_THE_ADVISER)
def test_only_the_adviser_of_the_case_confirms(case: Purchasing, name: str) -> None:
    agreement = offered(case)

    with pytest.raises(NotAllowed) as refused:
        confirm(case, agreement, name)

    assert refused.value.code is ProcurementRefusal.ADVISER_ONLY


@decided_in_python
@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"route": None}, ProcurementRefusal.ROUTE_MISSING),
        ({"route": ProcurementRoute.UNDECIDED}, ProcurementRefusal.ROUTE_MISSING),
        ({"reason": " "}, ProcurementRefusal.TEXT_MISSING),
    ],
)
def test_how_and_why_are_said(
    case: Purchasing, values: dict[str, Any], code: ProcurementRefusal
) -> None:
    with pytest.raises(InvalidField) as refused:
        confirm(case, offered(case), **values)
    assert refused.value.code is code


@decided_in_python
def test_what_is_no_offer_or_costs_little_is_not_confirmed(case: Purchasing) -> None:
    agreement = make_agreement(case.session, case.pairing, **DEAR)
    with pytest.raises(NotNow) as refused:
        confirm(case, agreement)
    assert refused.value.code is ProcurementRefusal.TEST_NOT_OFFERED

    agreement.payment, agreement.cost_cap = 90_000, 499_999
    offer(case, agreement)
    with pytest.raises(NotNow) as refused:
        confirm(case, agreement)
    assert refused.value.code is ProcurementRefusal.TEST_NEEDS_NO_ROUTE
    sign(case, agreement)


def test_what_was_seen_is_what_is_confirmed_and_only_once(case: Purchasing) -> None:
    agreement = offered(case)
    with pytest.raises(Stale):
        confirm(case, agreement, version=agreement.version - 1)
    confirm(case, agreement)
    with pytest.raises(NotNow) as refused:
        confirm(case, agreement)
    assert refused.value.code is ProcurementRefusal.TEST_ROUTE_KNOWN

    paid = confirm(case, agreement, "deputy", route=ProcurementRoute.NOTICE_OF_INTENT)
    assert paid.confirmed_by_id == case.person("deputy").id
    sign(case, agreement)
    with pytest.raises(NotNow) as refused:
        confirm(case, agreement)
    assert refused.value.code is ProcurementRefusal.TEST_SIGNED


# ---------------------------------------------------------------- then they sign


def test_the_adviser_is_asked_confirms_and_both_sign(case: Purchasing) -> None:
    agreement = offered(case)
    paid = queries.find_paid_test(case.session, agreement)
    assert paid is not None
    assert awaits_test_route(agreement, paid)
    assert topics(case, "buyer") == [ProcurementTopic.TEST_ROUTE_ASKED]
    assert topics(case, "entrepreneur") == []

    confirm(case, agreement)

    assert (paid.confirmed_by_id, paid.confirmed_at) == (case.person("buyer").id, now())
    assert not awaits_test_route(agreement, paid)
    assert topics(case, "entrepreneur") == [ProcurementTopic.TEST_ROUTE_CONFIRMED]
    statement = select(AuditEvent).where(AuditEvent.event == ProcurementEvent.TEST_ROUTE_CONFIRMED)
    assert case.session.scalars(statement).one().reason == WHY
    sign(case, agreement)
    sign(case, agreement, "entrepreneur")
    assert agreement.state is AgreementState.SIGNED


def test_another_payment_asks_anew_and_the_same_does_not(case: Purchasing) -> None:
    agreement = offered(case)
    confirm(case, agreement)

    def again(payment: int) -> Refused | None:
        offering.send_back(
            case.session, case.actor("member"), agreement=agreement,
            version=agreement.version, reason="Feil beløp.",
        )  # fmt: skip
        agreement.payment = payment
        case.session.flush()
        offer(case, agreement)
        return route_obstacle(case.session, agreement)

    assert again(950_000) is not None
    assert topics(case, "buyer") == [ProcurementTopic.TEST_ROUTE_ASKED] * 2
    assert again(900_000) is None


@decided_in_python
@pytest.mark.parametrize(
    ("payment", "cap", "track"),
    [
        (None, 900_000, None),
        (0, 900_000, None),
        (1, 499_999, Track.OUTSIDE_ACT),
        (1, 500_000, Track.PART_I),
        (500_000, None, Track.PART_I),
    ],
)
def test_payment_and_cap_get_the_advice_of_a_purchase(
    case: Purchasing, payment: int | None, cap: int | None, track: Track | None
) -> None:
    agreement = make_agreement(case.session, case.pairing, payment=payment, cost_cap=cap)

    advice = paid_tests.advice_of(case.session, agreement)

    assert (advice.track if advice else None) is track
