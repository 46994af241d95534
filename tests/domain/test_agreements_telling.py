"""Who is told what."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.agreements.models import Agreement
from marketplace.agreements.services import beginning
from marketplace.agreements.states import AgreementState, AgreementTopic, AgreementTrigger
from marketplace.core.outbox import OutboxMessage
from marketplace.pairings.states import CaseRole
from tests.domain.agreement_cast import WHY, AgreementCast, make_agreement_cast

PARTIES = {"member", "leader", "entrepreneur", "colleague"}
COORDINATORS = {"coordinator", "second_coordinator", "publisher"}
S = AgreementState


@pytest.fixture
def cast(session: Session) -> AgreementCast:
    return make_agreement_cast(session)


def start(cast: AgreementCast, _agreement: Agreement) -> None:
    beginning.start_version(
        cast.session,
        cast.actor("member"),
        pairing=cast.pairing,
        trigger=AgreementTrigger.RENEGOTIATION,
        reason=WHY,
    )


def offer(cast: AgreementCast, agreement: Agreement) -> None:
    cast.offer("entrepreneur", agreement)


def send_back(cast: AgreementCast, agreement: Agreement) -> None:
    cast.send_back("leader", agreement)


def sign(cast: AgreementCast, agreement: Agreement) -> None:
    cast.sign("leader", agreement)


Act = Callable[[AgreementCast, Agreement], None]
TOLD: list[tuple[Act, AgreementState, AgreementTopic, str, str | None]] = [
    (start, S.SIGNED, AgreementTopic.NEW_VERSION, "member", WHY),
    (offer, S.DRAFT, AgreementTopic.OFFERED, "entrepreneur", None),
    (send_back, S.OFFERED, AgreementTopic.SENT_BACK, "leader", WHY),
    (sign, S.OFFERED, AgreementTopic.SIGNED_BY_ONE, "leader", None),
]


def told(cast: AgreementCast, topic: AgreementTopic) -> dict[int, OutboxMessage]:
    statement = select(OutboxMessage).where(OutboxMessage.topic == topic)
    return {message.person_id: message for message in cast.session.scalars(statement)}


def names(cast: AgreementCast, people: dict[int, OutboxMessage]) -> set[str]:
    return {name for name, person in cast.case.people.items() if person.id in people}


@pytest.mark.parametrize(("act", "state", "topic", "doer", "reason"), TOLD)
def test_both_sides_are_told(
    cast: AgreementCast,
    act: Act,
    state: AgreementState,
    topic: AgreementTopic,
    doer: str,
    reason: str | None,
) -> None:
    act(cast, cast.version(state))

    messages = told(cast, topic)
    assert names(cast, messages) == PARTIES - {doer}
    payload = next(iter(messages.values())).payload
    assert payload["pairing_id"] == cast.pairing.id
    assert payload["need_title"] == cast.pairing.need.title
    assert payload["concept_title"] == cast.pairing.concept.title
    assert payload.get("reason") == reason


def test_both_sides_are_told_that_the_first_version_is_begun(cast: AgreementCast) -> None:
    beginning.start_agreement(cast.session, cast.actor("colleague"), pairing=cast.pairing)

    assert names(cast, told(cast, AgreementTopic.STARTED)) == PARTIES - {"colleague"}


def test_both_sides_are_told_that_a_version_is_withdrawn(cast: AgreementCast) -> None:
    cast.version(S.SIGNED)

    cast.withdraw("member", cast.version(number=2))

    messages = told(cast, AgreementTopic.WITHDRAWN)
    assert names(cast, messages) == PARTIES - {"member"}
    assert next(iter(messages.values())).payload["reason"] == WHY


def test_all_with_a_role_are_told_what_is_in_force(cast: AgreementCast) -> None:
    agreement = cast.version(S.OFFERED)
    cast.sign("leader", agreement)

    cast.sign("entrepreneur", agreement)

    messages = told(cast, AgreementTopic.SIGNED)
    holders = {h.person_id for h in cast.pairing.roles if h.role is CaseRole.PROCUREMENT_ADVISER}
    assert names(cast, messages) == (PARTIES | COORDINATORS) - {"entrepreneur"}
    assert holders <= messages.keys()
    assert names(cast, told(cast, AgreementTopic.SIGNED_BY_ONE)) == PARTIES - {"leader"}
