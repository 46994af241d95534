"""Who is told how a procurement goes, what stays inside, and who must keep out of it."""

from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.actor import Role
from marketplace.core.clock import today
from marketplace.core.errors import NotAllowed
from marketplace.core.outbox import OutboxMessage
from marketplace.needs.states import ProcurementRoute
from marketplace.procurements.states import (
    ProcurementRefusal,
    ProcurementState,
    ProcurementTopic,
)
from marketplace.programmes.states import ProgrammeTopic
from tests.domain.procurement_cast import Purchasing, make_purchasing
from tests.domain.programme_cast import put_in_programme
from tests.domain.test_procurements_moves import (
    TOLD,
    WHY,
    Move,
    announce,
    cancel,
    contract,
    ready,
    told,
)
from tests.factories import grant_role, make_interest, make_member


@pytest.fixture
def case(session: Session) -> Purchasing:
    return make_purchasing(session)


@pytest.mark.parametrize("move", [announce, contract, cancel])
def test_nobody_buys_from_their_own(case: Purchasing, move: Move) -> None:
    grant_role(case.session, case.person("buyer"), Role.ENTREPRENEUR,
               case.cast.concept.organisation)  # fmt: skip
    procurement = ready(case, move)

    with pytest.raises(NotAllowed) as refused:
        move(case, "buyer", procurement)
    assert refused.value.code is ProcurementRefusal.SPEAKS_FOR_ENTREPRENEUR
    assert procurement.state is ProcurementState.PREPARING


def test_both_sides_are_told_why_the_supplier_was_chosen(case: Purchasing) -> None:
    contract(case, "buyer", ready(case, contract))

    assert {each["reason"] for each in payloads(case, ProcurementTopic.CONTRACTED)} == {WHY}


def test_a_reason_that_is_withheld_is_in_no_message(case: Purchasing) -> None:
    withheld = case.procurement(
        route=ProcurementRoute.DIRECT_PURCHASE, exempt_paragraph="offentleglova § 13"
    )
    contract(case, "buyer", withheld)

    assert payloads(case, ProcurementTopic.CONTRACTED)
    assert all("reason" not in each for each in payloads(case, ProcurementTopic.CONTRACTED))


def payloads(case: Purchasing, topic: StrEnum) -> list[dict[str, Any]]:
    statement = select(OutboxMessage.payload).where(OutboxMessage.topic == topic)
    return list(case.session.scalars(statement))


@pytest.mark.parametrize(
    ("move", "topic", "for_others", "for_partner"),
    [
        (
            announce,
            ProcurementTopic.ANNOUNCED,
            ProcurementTopic.ANNOUNCED_TO_OTHERS,
            None,
        ),
        (
            contract,
            ProcurementTopic.CONTRACTED,
            ProcurementTopic.CONTRACTED_TO_OTHERS,
            ProgrammeTopic.CASE_CONTRACTED,
        ),
        (
            cancel,
            ProcurementTopic.CANCELLED,
            ProcurementTopic.CANCELLED_TO_OTHERS,
            ProgrammeTopic.CASE_PURCHASE_CANCELLED,
        ),
    ],
)
def test_others_whom_it_concerns_are_told_in_words_of_their_own(
    case: Purchasing,
    move: Move,
    topic: ProcurementTopic,
    for_others: ProcurementTopic,
    for_partner: ProgrammeTopic | None,
) -> None:
    people = case.cast.people
    people["partner"] = put_in_programme(case.session, case.pairing)
    people["rival"] = case.session.get_one(
        Person, make_interest(case.session, case.cast.need).person_id
    )
    procurement = ready(case, move)
    people["step_owner"] = make_member(case.session, Role.COORDINATOR, case.cast.municipality)
    people["was_owner"] = make_member(case.session, Role.LEADERSHIP, case.cast.municipality)
    case.add_step(procurement, owner_id=people["step_owner"].id)
    case.add_step(procurement, owner_id=people["was_owner"].id, done_on=today(),
                  done_by_id=people["was_owner"].id)  # fmt: skip

    move(case, "buyer", procurement)

    assert told(case, topic) == TOLD | {"step_owner"}
    assert told(case, for_others) == {"rival"}
    assert payloads(case, for_others) == [
        {"need_id": case.cast.need.id, "need_title": case.cast.need.title}
    ]
    if for_partner is not None:
        assert told(case, for_partner) == {"partner"}
        assert "reason" not in payloads(case, for_partner)[0]
