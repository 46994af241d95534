"""A programme's partner is told how its cases come out: titles and outcome, and no more."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.actor import Role
from marketplace.core.outbox import OutboxMessage
from marketplace.pairings.models import Pairing
from marketplace.programmes.states import ProgrammeTopic
from tests.domain.decision_cast import awaited
from tests.domain.pairing_cast import make_cast
from tests.domain.pilot_cast import make_pilot_cast
from tests.domain.programme_cast import make_partner, put_in_programme
from tests.domain.test_decisions import Decide, buy, extend, stop
from tests.factories import make_member


def expect_told(session: Session, partner: Person, pairing: Pairing, topic: ProgrammeTopic) -> None:
    statement = select(OutboxMessage).where(OutboxMessage.topic.in_(list(ProgrammeTopic)))
    (message,) = session.scalars(statement)
    assert (message.topic, message.person_id) == (topic, partner.id)
    assert pairing.programme is not None
    assert message.payload == {
        "programme_id": pairing.programme_id,
        "title": pairing.programme.name,
        "need_title": pairing.need.title,
        "concept_title": pairing.concept.title,
    }


@pytest.mark.parametrize(
    ("decide", "topic"),
    [
        (buy, ProgrammeTopic.CASE_BOUGHT),
        (stop, ProgrammeTopic.CASE_NOT_BOUGHT),
        (extend, ProgrammeTopic.CASE_EXTENDED),
    ],
)
def test_a_decision_is_told(session: Session, decide: Decide, topic: ProgrammeTopic) -> None:
    cast = make_cast(session)
    decision = awaited(cast)
    partner = put_in_programme(session, decision.pairing)

    decide(cast, "leader", decision)

    expect_told(session, partner, decision.pairing, topic)


def test_a_stop_is_told(session: Session) -> None:
    case = make_pilot_cast(session)
    partner = put_in_programme(session, case.pairing)

    case.stop("entrepreneur", note="Vi var uenige med Kari.")

    expect_told(session, partner, case.pairing, ProgrammeTopic.CASE_STOPPED)


def test_no_partner_is_told_of_a_case_outside_a_programme(session: Session) -> None:
    make_member(session, Role.PARTNER, make_partner(session))
    case = make_pilot_cast(session)

    case.stop("member")

    statement = select(OutboxMessage).where(OutboxMessage.topic.in_(list(ProgrammeTopic)))
    assert session.scalars(statement).all() == []
