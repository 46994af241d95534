"""Inviting a concept's owner to answer a need: by whom, when, and once for each pair."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.accounts.states import AccountRefusal, OrganisationState
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core.actor import Role
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import clock_at, now, today
from marketplace.core.engine import Database
from marketplace.core.errors import InvalidField, NotAllowed, NotNow
from marketplace.core.limits import LimitRefusal
from marketplace.core.outbox import OutboxMessage
from marketplace.invitations import queries, services
from marketplace.invitations.models import Invitation
from marketplace.invitations.states import InvitationEvent, InvitationRefusal, InvitationTopic
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState
from marketplace.pairings import hooks as pairings
from marketplace.pairings.states import PairingState
from tests.domain.news_stage import dismiss
from tests.factories import (
    actor_for,
    make_concept,
    make_entrepreneur,
    make_interest,
    make_member,
    make_need,
    make_organisation,
    make_pairing,
    make_unit,
)

SECONDS = 120
LINE = "Dere har gjort det samme i en annen kommune."


@pytest.fixture(autouse=True)
def _declined_pairs_are_blocked() -> None:
    pairings.register()


@pytest.fixture
def need(session: Session) -> Need:
    return make_need(session)


@pytest.fixture
def concept(session: Session) -> Concept:
    return make_concept(session)


def invite(
    session: Session, person: Person, need: Need, concept: Concept, line: str = LINE
) -> Invitation:
    return services.invite_concept(
        session, actor_for(person), need=need, concept=concept, line=line
    )


def told(session: Session) -> dict[int, dict[str, Any]]:
    rows = select(OutboxMessage).where(OutboxMessage.topic == InvitationTopic.RECEIVED)
    return {row.person_id: row.payload for row in session.scalars(rows)}


# ---------------------------------------------------------------- refused


def test_only_the_unit_and_its_coordinators_invite(
    session: Session, need: Need, concept: Concept
) -> None:
    municipality = need.unit.organisation
    others = [
        make_member(session, Role.UNIT_LEADER, make_unit(session, municipality)),
        make_member(session, Role.COORDINATOR, make_organisation(session)),
        make_member(session, Role.PROCUREMENT_ADVISER, municipality),
        make_member(session, Role.LEADERSHIP, municipality),
        concept.author,
    ]
    for person in others:
        with pytest.raises(NotAllowed) as refused:
            invite(session, person, need, concept)
        assert refused.value.code is InvitationRefusal.UNIT_AND_COORDINATORS_ONLY
    assert told(session) == {}


@pytest.mark.parametrize(
    "state", [NeedState.DRAFT, NeedState.IN_REVIEW, NeedState.NEEDS_CHANGES, NeedState.CLOSED]
)
def test_nobody_is_invited_to_a_need_that_is_not_open(
    session: Session, concept: Concept, state: NeedState
) -> None:
    need = make_need(session, state=state)
    refuse(session, need, concept, InvitationRefusal.NEED_NOT_OPEN)


def test_nobody_is_invited_after_the_deadline(session: Session, concept: Concept) -> None:
    yesterday = today() - timedelta(days=1)
    need = make_need(session, questions_close_on=yesterday, interests_close_on=yesterday)
    refuse(session, need, concept, InvitationRefusal.NEED_NOT_OPEN)


@pytest.mark.parametrize("state", [ConceptState.DRAFT, ConceptState.ARCHIVED])
def test_a_concept_that_is_not_published_is_not_invited(
    session: Session, need: Need, state: ConceptState
) -> None:
    concept = make_concept(session, state=state)
    refuse(session, need, concept, InvitationRefusal.CONCEPT_NOT_PUBLISHED)


def test_an_organisation_that_is_not_approved_is_not_invited(session: Session, need: Need) -> None:
    company = make_entrepreneur(session, state=OrganisationState.PENDING)
    concept = make_concept(session, company)
    refuse(session, need, concept, AccountRefusal.ORGANISATION_NOT_APPROVED)


def test_what_was_laid_aside_is_not_invited(session: Session, need: Need, concept: Concept) -> None:
    dismiss(session, need, concept)
    refuse(session, need, concept, InvitationRefusal.LEFT_OUT)


def test_what_was_declined_is_not_invited(session: Session, need: Need, concept: Concept) -> None:
    make_pairing(session, need, concept, PairingState.DECLINED)
    refuse(session, need, concept, InvitationRefusal.LEFT_OUT)


@pytest.mark.parametrize("make", [make_interest, make_pairing])
def test_what_has_answered_is_not_invited(
    session: Session, need: Need, concept: Concept, make: Any
) -> None:
    make(session, need, concept)
    refuse(session, need, concept, InvitationRefusal.ALREADY_ANSWERED)


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("  ", InvitationRefusal.LINE_MISSING),
        ("Ring meg på 912 34 567.", InvitationRefusal.PERSONAL_DATA),
        ("Skriv til kari@kommune.example.", InvitationRefusal.PERSONAL_DATA),
    ],
)
def test_the_line_says_something_and_points_to_nobody(
    session: Session, need: Need, concept: Concept, line: str, refusal: InvitationRefusal
) -> None:
    with pytest.raises(InvalidField) as refused:
        invite(session, need.author, need, concept, line)
    assert (refused.value.field, refused.value.code) == ("line", refusal)


def test_a_concept_is_invited_once(session: Session, need: Need, concept: Concept) -> None:
    invite(session, need.author, need, concept)
    refuse(session, need, concept, InvitationRefusal.ALREADY_INVITED)
    coordinator = make_member(session, Role.COORDINATOR, need.unit.organisation)
    with pytest.raises(NotNow):
        invite(session, coordinator, need, concept)
    assert len(told(session)) == 1


def test_the_database_takes_no_pair_twice(session: Session, need: Need, concept: Concept) -> None:
    for _ in range(2):
        invitation = Invitation(
            need_id=need.id, concept_id=concept.id, person_id=need.author_id, line=LINE
        )
        session.add(invitation)
    with pytest.raises(IntegrityError):
        session.flush()


def test_one_person_invites_so_many_in_an_hour(session: Session, need: Need) -> None:
    for _ in range(services.MOST_AN_HOUR):
        invite(session, need.author, need, make_concept(session))
    refuse(session, need, make_concept(session), LimitRefusal.TOO_MANY_THIS_HOUR)
    with clock_at(now() + timedelta(hours=1)):
        invite(session, need.author, need, make_concept(session))


def refuse(session: Session, need: Need, concept: Concept, refusal: object) -> None:
    before = len(told(session))
    with pytest.raises(NotNow) as refused:
        invite(session, need.author, need, concept)
    assert refused.value.code is refusal
    assert len(told(session)) == before


# ---------------------------------------------------------------- sent


@pytest.mark.parametrize("role", [Role.UNIT_MEMBER, Role.UNIT_LEADER, Role.COORDINATOR])
def test_the_owners_are_told_and_nobody_else(
    session: Session, need: Need, concept: Concept, role: Role
) -> None:
    where = need.unit.organisation if role is Role.COORDINATOR else need.unit
    colleague = make_member(session, Role.ENTREPRENEUR, concept.organisation)
    make_member(session, Role.ENTREPRENEUR, concept.organisation, active=False)
    make_concept(session)
    person = make_member(session, role, where)
    invitation = invite(session, person, need, concept)
    assert set(told(session)) == {concept.author_id, colleague.id}
    assert told(session)[colleague.id] == {
        "need_id": need.id,
        "title": need.title,
        "concept_id": concept.id,
        "concept": concept.title,
        "unit": need.unit.name,
        "reason": LINE,
    }
    event = session.scalars(
        select(AuditEvent).where(AuditEvent.event == InvitationEvent.SENT)
    ).one()
    assert (event.actor_id, event.subject_id) == (person.id, invitation.id)


def test_no_competitor_and_no_other_municipality_knows_of_it(
    session: Session, need: Need, concept: Concept
) -> None:
    invite(session, need.author, need, concept)
    near = make_member(session, Role.COORDINATOR, need.unit.organisation)
    for person, seen in (
        (need.author, 1),
        (near, 1),
        (concept.author, 1),
        (make_concept(session).author, 0),
        (make_member(session, Role.COORDINATOR, make_organisation(session)), 0),
    ):
        assert len(queries.list_invitations(session, actor_for(person), need.id)) == seen


def test_two_who_invite_at_once_send_one_invitation(committed: Database) -> None:
    with committed.writing() as session:
        need, concept = make_need(session), make_concept(session)
        people = [need.author, make_member(session, Role.UNIT_MEMBER, need.unit)]
        ids = (need.id, concept.id, [person.id for person in people])
        session.commit()
    together = Barrier(2, timeout=SECONDS)

    def send(person_id: int) -> str:
        with committed.writing() as session:
            person = session.get_one(Person, person_id)
            pair = session.get_one(Need, ids[0]), session.get_one(Concept, ids[1])
            session.rollback()
            together.wait()
            try:
                invite(session, person, *pair)
                session.commit()
            except NotNow as refused:
                return str(refused.code)
            return "sent"

    with ThreadPoolExecutor(2) as threads:
        done = [f.result(SECONDS) for f in [threads.submit(send, each) for each in ids[2]]]
    assert sorted(done) == ["already_invited", "sent"]
    with committed.reading() as session:
        assert len(told(session)) == 1
