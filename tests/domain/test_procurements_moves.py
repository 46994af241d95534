"""The moves of a procurement: opened, announced, contracted, cancelled. The refusals first."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.core.actor import SYSTEM
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import now, today
from marketplace.core.errors import Incomplete, InvalidField, NotAllowed, NotNow, Stale
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.core.outbox import OutboxMessage
from marketplace.core.registry import Registry
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionState
from marketplace.needs.states import ProcurementRoute, ServiceCategory
from marketplace.pairings.roles.role_map import holder_of
from marketplace.pairings.states import CaseRole, PairingRefusal, PairingState
from marketplace.procurements import queries
from marketplace.procurements.models import Procurement, Purchase, Threshold
from marketplace.procurements.services import moves, planning
from marketplace.procurements.services.planning import open_decided
from marketplace.procurements.states import (
    UNTIL_SUPPLIER_IS_CHOSEN,
    ProcurementEvent,
    ProcurementRefusal,
    ProcurementState,
    ProcurementTopic,
    ProtocolPoint,
    PurchaseKind,
)
from tests.domain.procurement_cast import NOT_THE_ADVISER, Purchasing, make_purchasing
from tests.engines import decided_in_python

WHY = "De ga det beste tilbudet."
TOLD = {"member", "leader", "entrepreneur", "colleague", "coordinator", "second_coordinator",
        "publisher", "deputy"}  # fmt: skip


@pytest.fixture
def case(session: Session) -> Purchasing:
    return make_purchasing(session)


def announce(case: Purchasing, name: str, procurement: Procurement, **values: Any) -> None:
    given: dict[str, Any] = {"version": procurement.version, "reference": "2026-123456"}
    moves.announce(case.session, case.actor(name), procurement=procurement, **(given | values))


def contract(case: Purchasing, name: str, procurement: Procurement, **values: Any) -> None:
    given: dict[str, Any] = {
        "version": procurement.version,
        "other_supplier": None,
        "value": 390_000,
        "reason": WHY,
    }
    moves.contract(case.session, case.actor(name), procurement=procurement, **(given | values))


def cancel(case: Purchasing, name: str, procurement: Procurement, **values: Any) -> None:
    given: dict[str, Any] = {"version": procurement.version, "reason": WHY}
    moves.cancel(case.session, case.actor(name), procurement=procurement, **(given | values))


Move = Callable[..., None]
ALL = pytest.mark.parametrize("move", [announce, contract, cancel])


def ready(case: Purchasing, move: Move) -> Procurement:
    """A procurement in which the move is the next thing to do."""
    tender = move is announce
    route = ProcurementRoute.OPEN_TENDER if tender else ProcurementRoute.DIRECT_PURCHASE
    return case.procurement(route=route)


# ---------------------------------------------------------------- the guards of all


@decided_in_python
@ALL
@pytest.mark.parametrize("name", NOT_THE_ADVISER)
def test_only_the_adviser_of_the_case_moves_it(case: Purchasing, move: Move, name: str) -> None:
    procurement = ready(case, move)

    with pytest.raises(NotAllowed) as refused:
        move(case, name, procurement)
    assert refused.value.code is ProcurementRefusal.ADVISER_ONLY
    assert procurement.state is ProcurementState.PREPARING


@ALL
def test_the_deputy_moves_it_too(case: Purchasing, move: Move) -> None:
    procurement = ready(case, move)

    move(case, "deputy", procurement)

    assert procurement.state is not ProcurementState.PREPARING


@ALL
def test_a_stale_version_is_refused(case: Purchasing, move: Move) -> None:
    procurement = ready(case, move)

    with pytest.raises(Stale):
        move(case, "buyer", procurement, version=procurement.version - 1)


@decided_in_python
@ALL
@pytest.mark.parametrize("state", [ProcurementState.CONTRACTED, ProcurementState.CANCELLED])
def test_what_is_over_is_not_moved(case: Purchasing, move: Move, state: ProcurementState) -> None:
    procurement = case.procurement(state)

    with pytest.raises(NotNow) as refused:
        move(case, "buyer", procurement)
    assert refused.value.code is LifecycleRefusal.WRONG_STATE
    assert procurement.state is state


@ALL
def test_nothing_is_done_twice(case: Purchasing, move: Move) -> None:
    procurement = ready(case, move)
    move(case, "buyer", procurement)

    with pytest.raises(NotNow):
        move(case, "buyer", procurement)


@ALL
def test_no_step_opens_while_a_role_is_empty(case: Purchasing, move: Move) -> None:
    procurement = ready(case, move)
    holder = holder_of(case.pairing, CaseRole.DECISION_MAKER)
    assert holder is not None
    holder.person.active = False

    with pytest.raises(NotNow) as refused:
        move(case, "buyer", procurement)
    assert refused.value.code is PairingRefusal.ROLE_EMPTY
    assert refused.value.values["role"] is CaseRole.DECISION_MAKER


@ALL
def test_a_closed_case_is_left_alone(case: Purchasing, move: Move) -> None:
    procurement = ready(case, move)
    case.pairing.state = PairingState.CLOSED
    case.pairing.closed_by_id = case.person("leader").id
    case.pairing.closed_at, case.pairing.closing_reason = case.pairing.decided_at, "Ferdig."

    with pytest.raises(NotNow) as refused:
        move(case, "buyer", procurement)
    assert refused.value.code is ProcurementRefusal.CASE_CLOSED


# ---------------------------------------------------------------- the guards of each


@pytest.mark.parametrize("move", [announce, contract])
def test_a_route_comes_first(case: Purchasing, move: Move) -> None:
    with pytest.raises(NotNow) as refused:
        move(case, "buyer", case.procurement())
    assert refused.value.code is ProcurementRefusal.ROUTE_MISSING


def test_a_direct_purchase_is_not_announced(case: Purchasing) -> None:
    procurement = case.procurement(route=ProcurementRoute.DIRECT_PURCHASE)

    with pytest.raises(NotNow) as refused:
        announce(case, "buyer", procurement)
    assert refused.value.code is ProcurementRefusal.NO_NOTICE_ON_ROUTE


@decided_in_python
@pytest.mark.parametrize("reference", ["", "  ", "sendt", "nr 12"])
def test_announcing_needs_the_number_of_the_notice(case: Purchasing, reference: str) -> None:
    procurement = case.procurement(route=ProcurementRoute.OPEN_TENDER)

    with pytest.raises(InvalidField) as refused:
        announce(case, "buyer", procurement, reference=reference)
    assert refused.value.field == "reference"


def test_a_tender_is_announced_before_the_contract(case: Purchasing) -> None:
    procurement = case.procurement(route=ProcurementRoute.OPEN_TENDER)

    with pytest.raises(NotNow) as refused:
        contract(case, "buyer", procurement)
    assert refused.value.code is ProcurementRefusal.MUST_ANNOUNCE


@decided_in_python
@pytest.mark.parametrize("move", [contract, cancel])
@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reason_is_needed(case: Purchasing, move: Move, reason: str) -> None:
    with pytest.raises(InvalidField) as refused:
        move(case, "buyer", ready(case, move), reason=reason)
    assert (refused.value.field, refused.value.code) == ("reason", LifecycleRefusal.REASON_MISSING)


@decided_in_python
@pytest.mark.parametrize("value", [None, 0, -1, 2_000_000_001])
def test_a_contract_has_a_value(case: Purchasing, value: int | None) -> None:
    with pytest.raises(InvalidField) as refused:
        contract(case, "buyer", ready(case, contract), value=value)
    assert refused.value.field == "value"


def test_another_supplier_has_a_name(case: Purchasing) -> None:
    with pytest.raises(InvalidField) as refused:
        contract(case, "buyer", ready(case, contract), other_supplier=" ")
    assert refused.value.field == "other_supplier"


def test_a_contract_beyond_the_route_needs_a_reason_for_the_route(case: Purchasing) -> None:
    procurement = ready(case, contract)

    with pytest.raises(InvalidField) as refused:
        contract(case, "buyer", procurement, value=500_000)
    assert refused.value.code is ProcurementRefusal.VALUE_UNEXPLAINED

    procurement.route_reason = "Bare én leverandør finnes."
    case.session.flush()
    contract(case, "buyer", procurement, value=500_000)
    assert procurement.contract_value == 500_000


def test_where_part_two_counts_the_protocol_comes_first(case: Purchasing) -> None:
    procurement = case.procurement(
        ProcurementState.ANNOUNCED,
        estimated_value=1_400_000,
        service_category=ServiceCategory.OTHER,
        impartiality="",
    )

    with pytest.raises(Incomplete) as refused:
        contract(case, "buyer", procurement, value=1_400_000)
    assert refused.value.missing == (ProtocolPoint.IMPARTIALITY,)


def test_a_small_purchase_does_not_wait_for_the_protocol(case: Purchasing) -> None:
    procurement = case.procurement(route=ProcurementRoute.DIRECT_PURCHASE, invited="")

    contract(case, "buyer", procurement)

    assert procurement.state is ProcurementState.CONTRACTED


# ---------------------------------------------------------------- opened by the decision


def decide(case: Purchasing) -> None:
    decision = Decision(
        pairing=case.pairing,
        state=DecisionState.BUY,
        due_on=today(),
        decided_by_id=case.person("leader").id,
        decided_at=now(),
        reasons="Det virker.",
    )
    case.session.add(decision)
    case.session.flush()
    open_decided(case.session, case.actor("leader"), decision)


def test_a_decision_to_buy_opens_it_with_what_the_need_says(case: Purchasing) -> None:
    decide(case)

    procurement = queries.find_procurement(case.session, case.pairing.id)
    assert procurement is not None
    assert procurement.state is ProcurementState.PREPARING
    assert procurement.estimated_value == case.cast.need.estimated_value
    assert procurement.service_category is ServiceCategory.HEALTH_SOCIAL
    assert procurement.starts_on == today()
    assert procurement.route is None
    assert procurement.exempt_paragraph == UNTIL_SUPPLIER_IS_CHOSEN
    assert told(case, ProcurementTopic.OPENED) == {"buyer"}


def test_opening_fills_the_dated_table(case: Purchasing) -> None:
    planning.open_procurement(case.session, SYSTEM, pairing=case.pairing)

    rows = case.session.scalars(select(Threshold)).all()
    assert len(rows) == len(queries.list_thresholds(case.session)) == 8


# ---------------------------------------------------------------- what the moves do


def told(case: Purchasing, topic: StrEnum) -> set[str]:
    statement = select(OutboxMessage.person_id).where(OutboxMessage.topic == topic)
    ids = set(case.session.scalars(statement))
    return {name for name, person in case.cast.people.items() if person.id in ids}


def test_announcing_stores_the_number_and_who_and_when(case: Purchasing) -> None:
    procurement = ready(case, announce)

    announce(case, "buyer", procurement)

    assert procurement.state is ProcurementState.ANNOUNCED
    assert procurement.notice_reference == "2026-123456"
    assert procurement.announced_by_id == case.person("buyer").id
    assert told(case, ProcurementTopic.ANNOUNCED) == TOLD


def test_a_contract_with_the_entrepreneur(case: Purchasing) -> None:
    procurement = ready(case, contract)

    contract(case, "buyer", procurement)

    organisation = case.cast.concept.organisation
    assert (procurement.supplier_id, procurement.supplier_name) == (
        organisation.id,
        organisation.name,
    )
    assert procurement.contracted_by_id == case.person("buyer").id
    assert procurement.award_reason == WHY
    assert told(case, ProcurementTopic.CONTRACTED) == TOLD


def test_a_contract_is_recorded_as_a_purchase(case: Purchasing) -> None:
    contract(case, "buyer", ready(case, contract))

    (purchase,) = case.session.scalars(select(Purchase))
    assert purchase.kind is PurchaseKind.FOLLOW_UP
    assert purchase.amount == 390_000
    assert purchase.unit_id == case.cast.unit.id
    assert purchase.supplier_id == case.cast.concept.organisation_id


def test_a_contract_with_another_supplier_is_kept_by_name(case: Purchasing) -> None:
    procurement = ready(case, contract)

    contract(case, "buyer", procurement, other_supplier=" Noen Andre AS ")

    assert (procurement.supplier_id, procurement.supplier_name) == (None, "Noen Andre AS")
    (purchase,) = case.session.scalars(select(Purchase))
    assert (purchase.supplier_id, purchase.supplier_name) == (None, "Noen Andre AS")


def test_the_exemption_lapses_with_the_contract(case: Purchasing) -> None:
    procurement = ready(case, contract)

    contract(case, "buyer", procurement)

    assert procurement.exempt_until == today()


def test_another_exemption_stays(case: Purchasing) -> None:
    procurement = case.procurement(
        route=ProcurementRoute.DIRECT_PURCHASE, exempt_paragraph="offentleglova § 13"
    )

    contract(case, "buyer", procurement)

    assert procurement.exempt_until is None


def test_cancelling_tells_the_reason(case: Purchasing) -> None:
    procurement = ready(case, cancel)

    cancel(case, "buyer", procurement)

    assert procurement.state is ProcurementState.CANCELLED
    assert procurement.cancel_reason == WHY
    assert told(case, ProcurementTopic.CANCELLED) == TOLD
    message = case.session.scalars(select(OutboxMessage)).first()
    assert message is not None
    assert message.payload["reason"] == WHY
    assert message.payload["pairing_id"] == case.pairing.id


@pytest.mark.parametrize(
    ("move", "event"),
    [
        (announce, ProcurementEvent.ANNOUNCED),
        (contract, ProcurementEvent.CONTRACTED),
        (cancel, ProcurementEvent.CANCELLED),
    ],
)
def test_a_move_is_audited_and_answered_to(
    case: Purchasing, move: Move, event: ProcurementEvent, monkeypatch: pytest.MonkeyPatch
) -> None:
    from marketplace.core import reactions

    seen: list[object] = []
    monkeypatch.setitem(reactions.REACTIONS, str(event), Registry())
    reactions.REACTIONS[event].add(lambda _session, _actor, subject: seen.append(subject))
    procurement = ready(case, move)

    move(case, "buyer", procurement)

    assert seen == [procurement]
    audited = case.session.scalars(select(AuditEvent).where(AuditEvent.event == event)).one()
    assert audited.actor_id == case.person("buyer").id
    assert audited.before["state"] == "preparing"
