"""Interests: answering a need once, in time, with a published concept, and who is told."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.accounts.states import AccountRefusal, OrganisationState
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core.actor import ANONYMOUS, Actor, Role
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import now, today
from marketplace.core.errors import InvalidField, NotAllowed, NotNow, Stale
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.core.outbox import OutboxMessage
from marketplace.core.reactions import REACTIONS
from marketplace.interests import services
from marketplace.interests.models import Interest
from marketplace.interests.services import Points
from marketplace.interests.states import (
    InterestEvent,
    InterestRefusal,
    InterestState,
    InterestTopic,
)
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState
from tests.engines import decided_in_python
from tests.factories import (
    actor_for,
    make_concept,
    make_entrepreneur,
    make_interest,
    make_member,
    make_need,
    make_person,
)

POINTS = Points(
    meets_problem="Vi kommer hjem til dem.",
    meets_target_group="Alle er over 80.",
    meets_effect="Vi spør før og etter.",
    needs_from_unit="En som kjenner dem.",
)
BETTER = replace(POINTS, meets_problem="Vi kommer hjem til dem to ganger i uka.")


def owner_of(concept: Concept) -> Actor:
    return actor_for(concept.author)


def answer(session: Session, need: Need, concept: Concept) -> Interest:
    return services.register_interest(
        session, owner_of(concept), need=need, concept=concept, points=POINTS
    )


def withdrawn(session: Session, need: Need, concept: Concept) -> Interest:
    return make_interest(
        session,
        need,
        concept,
        state=InterestState.WITHDRAWN,
        withdrawn_at=now(),
        withdrawal_reason="Vi rekker det ikke.",
    )


def events(session: Session, interest: Interest) -> list[AuditEvent]:
    about = (AuditEvent.subject_type == "Interest", AuditEvent.subject_id == interest.id)
    return list(session.scalars(select(AuditEvent).where(*about).order_by(AuditEvent.id)))


def told(session: Session, topic: InterestTopic) -> dict[int, dict[str, object]]:
    messages = session.scalars(select(OutboxMessage).where(OutboxMessage.topic == topic))
    return {message.person_id: message.payload for message in messages}


# ---------------------------------------------------------------- registering


def test_an_entrepreneur_answers_a_need(session: Session) -> None:
    need, concept = make_need(session), make_concept(session)
    interest = answer(session, need, concept)
    assert (interest.need, interest.concept, interest.person) == (need, concept, concept.author)
    assert interest.state is InterestState.REGISTERED
    assert (interest.meets_problem, interest.needs_from_unit) == (
        "Vi kommer hjem til dem.",
        "En som kjenner dem.",
    )
    (event,) = events(session, interest)
    assert (event.event, event.actor_id) == (InterestEvent.REGISTERED, concept.author_id)
    assert (event.after["need_id"], event.after["concept_id"]) == (need.id, concept.id)


def test_author_contact_and_leaders_are_told(session: Session) -> None:
    contact = make_person(session)
    need = make_need(session, contact=contact)
    leader = make_member(session, Role.UNIT_LEADER, need.unit)
    make_member(session, Role.UNIT_MEMBER, need.unit)
    make_member(session, Role.UNIT_LEADER, need.unit, active=False)
    concept = make_concept(session)
    interest = answer(session, need, concept)
    messages = told(session, InterestTopic.REGISTERED)
    first_leader = need.endorsed_by_id
    assert set(messages) == {need.author_id, contact.id, leader.id, first_leader}
    assert messages[contact.id] == {
        "need_id": need.id,
        "title": need.title,
        "interest_id": interest.id,
    }


def test_an_author_who_has_left_is_not_told(session: Session) -> None:
    need = make_need(session)
    need.author.active = False
    answer(session, need, make_concept(session))
    assert need.author_id not in told(session, InterestTopic.REGISTERED)


@decided_in_python
@pytest.mark.parametrize(
    "role", [Role.UNIT_LEADER, Role.COORDINATOR, Role.ADMINISTRATOR, Role.ENTREPRENEUR]
)
def test_nobody_answers_with_the_concept_of_others(session: Session, role: Role) -> None:
    need, concept = make_need(session), make_concept(session)
    places = {
        Role.UNIT_LEADER: need.unit,
        Role.COORDINATOR: need.unit.organisation,
        Role.ADMINISTRATOR: None,
        Role.ENTREPRENEUR: make_entrepreneur(session),
    }
    actor = actor_for(make_member(session, role, places[role]))
    with pytest.raises(NotAllowed) as refused:
        services.register_interest(session, actor, need=need, concept=concept, points=POINTS)
    assert refused.value.code is InterestRefusal.OWNERS_ONLY


@pytest.mark.parametrize("state", [OrganisationState.PENDING, OrganisationState.REJECTED])
def test_an_organisation_that_is_not_approved_waits(
    session: Session, state: OrganisationState
) -> None:
    concept = make_concept(session, make_entrepreneur(session, state=state))
    with pytest.raises(NotNow) as refused:
        answer(session, make_need(session), concept)
    assert refused.value.code is AccountRefusal.ORGANISATION_NOT_APPROVED


@decided_in_python
@pytest.mark.parametrize("state", [s for s in NeedState if s is not NeedState.PUBLISHED])
def test_only_a_published_need_takes_interests(session: Session, state: NeedState) -> None:
    with pytest.raises(NotNow) as refused:
        answer(session, make_need(session, state=state), make_concept(session))
    assert refused.value.code is InterestRefusal.NEED_NOT_OPEN


def due(session: Session, days: int) -> Need:
    day = today() + timedelta(days=days)
    return make_need(session, questions_close_on=day, interests_close_on=day)


def test_the_day_of_the_deadline_is_still_in_time(session: Session) -> None:
    assert answer(session, due(session, 0), make_concept(session)).id


def test_the_day_after_the_deadline_is_too_late(session: Session) -> None:
    with pytest.raises(NotNow) as refused:
        answer(session, due(session, -1), make_concept(session))
    assert refused.value.code is InterestRefusal.DEADLINE_PASSED


@pytest.mark.parametrize("state", [ConceptState.DRAFT, ConceptState.ARCHIVED])
def test_only_a_published_concept_answers(session: Session, state: ConceptState) -> None:
    with pytest.raises(NotNow) as refused:
        answer(session, make_need(session), make_concept(session, state=state))
    assert refused.value.code is InterestRefusal.CONCEPT_NOT_PUBLISHED


def test_a_concept_answers_a_need_once(session: Session) -> None:
    need, concept = make_need(session), make_concept(session)
    answer(session, need, concept)
    with pytest.raises(NotNow) as refused:
        answer(session, need, concept)
    assert refused.value.code is InterestRefusal.ALREADY_REGISTERED


def test_the_database_refuses_a_second_standing_interest(session: Session) -> None:
    first = make_interest(session)
    with pytest.raises(IntegrityError):
        make_interest(session, first.need, first.concept)


def test_after_withdrawing_one_may_answer_again(session: Session) -> None:
    need, concept = make_need(session), make_concept(session)
    old = withdrawn(session, need, concept)
    assert answer(session, need, concept).id != old.id


def test_other_concepts_and_other_needs_are_no_hindrance(session: Session) -> None:
    first = make_interest(session)
    other = make_concept(session, first.concept.organisation)
    assert answer(session, first.need, other).id
    assert answer(session, make_need(session), first.concept).id


@decided_in_python
@pytest.mark.parametrize("point", [field.name for field in fields(services.Points)])
@pytest.mark.parametrize("blank", ["", "  \n "])
def test_every_point_is_answered(session: Session, point: str, blank: str) -> None:
    need, concept = make_need(session), make_concept(session)
    with pytest.raises(InvalidField) as refused:
        services.register_interest(
            session,
            owner_of(concept),
            need=need,
            concept=concept,
            points=replace(POINTS, **{point: blank}),
        )
    assert (refused.value.field, refused.value.code) == (point, InterestRefusal.POINT_MISSING)


# ---------------------------------------------------------------- changing


def test_an_answer_is_improved_until_the_deadline(session: Session) -> None:
    interest = make_interest(session, due(session, 0))
    actor = owner_of(interest.concept)
    services.change_interest(
        session, actor, interest=interest, version=interest.version, points=BETTER
    )
    session.refresh(interest)
    assert interest.meets_problem == BETTER.meets_problem
    (event,) = events(session, interest)
    assert event.event == InterestEvent.CHANGED
    assert event.after["meets_problem"] == BETTER.meets_problem


def test_changing_nothing_leaves_no_trace(session: Session) -> None:
    concept = make_concept(session)
    interest = answer(session, make_need(session), concept)
    before = interest.version
    services.change_interest(
        session, owner_of(concept), interest=interest, version=before, points=POINTS
    )
    session.flush()
    assert interest.version == before
    assert len(events(session, interest)) == 1


def change(session: Session, actor: Actor, interest: Interest, version: int | None = None) -> None:
    services.change_interest(
        session,
        actor,
        interest=interest,
        version=interest.version if version is None else version,
        points=BETTER,
    )


def test_only_the_owners_change(session: Session) -> None:
    interest = make_interest(session)
    rival = actor_for(make_concept(session).author)
    for actor in (rival, actor_for(interest.need.author), ANONYMOUS):
        with pytest.raises(NotAllowed) as refused:
            change(session, actor, interest)
        assert refused.value.code is InterestRefusal.OWNERS_ONLY


def test_a_withdrawn_interest_is_not_changed(session: Session) -> None:
    interest = withdrawn(session, make_need(session), make_concept(session))
    with pytest.raises(NotNow) as refused:
        change(session, owner_of(interest.concept), interest)
    assert refused.value.code is LifecycleRefusal.WRONG_STATE


def test_nothing_is_changed_after_the_deadline_or_on_a_closed_need(session: Session) -> None:
    late = make_interest(session, due(session, -1))
    with pytest.raises(NotNow) as refused:
        change(session, owner_of(late.concept), late)
    assert refused.value.code is InterestRefusal.DEADLINE_PASSED
    closed = make_interest(session, make_need(session, state=NeedState.CLOSED))
    with pytest.raises(NotNow) as refused:
        change(session, owner_of(closed.concept), closed)
    assert refused.value.code is InterestRefusal.NEED_NOT_OPEN


def test_a_stale_answer_is_not_changed(session: Session) -> None:
    interest = make_interest(session)
    with pytest.raises(Stale):
        change(session, owner_of(interest.concept), interest, interest.version + 1)


def test_a_changed_answer_is_still_whole(session: Session) -> None:
    interest = make_interest(session)
    with pytest.raises(InvalidField) as refused:
        services.change_interest(
            session,
            owner_of(interest.concept),
            interest=interest,
            version=interest.version,
            points=replace(POINTS, meets_effect=" "),
        )
    assert refused.value.field == "meets_effect"


# ---------------------------------------------------------------- withdrawing


def withdraw(
    session: Session,
    actor: Actor,
    interest: Interest,
    reason: str = "Vi rekker det ikke.",
    version: int | None = None,
) -> None:
    services.withdraw_interest(
        session,
        actor,
        interest=interest,
        version=interest.version if version is None else version,
        reason=reason,
    )


def test_withdrawing_says_why_and_tells_the_unit(session: Session) -> None:
    interest = make_interest(session, due(session, -3))
    withdraw(session, owner_of(interest.concept), interest)
    session.refresh(interest)
    assert interest.state is InterestState.WITHDRAWN
    assert (interest.withdrawn_at, interest.withdrawal_reason) == (now(), "Vi rekker det ikke.")
    (event,) = events(session, interest)
    assert (event.event, event.reason) == (InterestEvent.WITHDRAWN, "Vi rekker det ikke.")
    assert interest.need.author_id in told(session, InterestTopic.WITHDRAWN)


@pytest.mark.parametrize("reason", ["", "   "])
def test_withdrawing_needs_a_reason(session: Session, reason: str) -> None:
    interest = make_interest(session)
    with pytest.raises(InvalidField) as refused:
        withdraw(session, owner_of(interest.concept), interest, reason)
    assert refused.value.code is LifecycleRefusal.REASON_MISSING


def test_only_the_owners_withdraw(session: Session) -> None:
    interest = make_interest(session)
    rival = actor_for(make_concept(session).author)
    for actor in (rival, actor_for(interest.need.author), ANONYMOUS):
        with pytest.raises(NotAllowed) as refused:
            withdraw(session, actor, interest)
        assert refused.value.code is InterestRefusal.OWNERS_ONLY


def test_nothing_is_withdrawn_twice(session: Session) -> None:
    interest = withdrawn(session, make_need(session), make_concept(session))
    with pytest.raises(NotNow) as refused:
        withdraw(session, owner_of(interest.concept), interest)
    assert refused.value.code is LifecycleRefusal.WRONG_STATE


def test_a_stale_interest_is_not_withdrawn(session: Session) -> None:
    interest = make_interest(session)
    with pytest.raises(Stale):
        withdraw(session, owner_of(interest.concept), interest, version=interest.version - 1)


def test_a_pairing_may_refuse_the_withdrawal(session: Session) -> None:
    interest = make_interest(session)

    def refuse(_session: Session, _actor: Actor, subject: Interest) -> None:
        if subject is interest:
            raise NotNow(InterestRefusal.IN_OPEN_PAIRING)

    REACTIONS[InterestEvent.WITHDRAWN].add(refuse)
    with pytest.raises(NotNow) as refused:
        withdraw(session, owner_of(interest.concept), interest)
    assert refused.value.code is InterestRefusal.IN_OPEN_PAIRING


# ---------------------------------------------------------------- the unit says no

NO = "Vi trenger noe på kveldstid."


def decline(
    session: Session,
    actor: Actor,
    interest: Interest,
    reason: str = NO,
    version: int | None = None,
) -> None:
    services.decline_interest(
        session,
        actor,
        interest=interest,
        version=interest.version if version is None else version,
        reason=reason,
    )


def unit_of(interest: Interest) -> Actor:
    return actor_for(interest.need.author)


@decided_in_python
def test_only_the_unit_says_no(session: Session) -> None:
    interest = make_interest(session)
    need = interest.need
    coordinator = actor_for(make_member(session, Role.COORDINATOR, need.unit.organisation))
    neighbour = actor_for(make_need(session).author)
    for actor in (owner_of(interest.concept), coordinator, neighbour, ANONYMOUS):
        with pytest.raises(NotAllowed) as refused:
            decline(session, actor, interest)
        assert refused.value.code is InterestRefusal.UNIT_MEMBERS_ONLY


@decided_in_python
@pytest.mark.parametrize("reason", ["", "   "])
def test_saying_no_needs_a_reason(session: Session, reason: str) -> None:
    interest = make_interest(session)
    with pytest.raises(InvalidField) as refused:
        decline(session, unit_of(interest), interest, reason)
    assert refused.value.code is LifecycleRefusal.REASON_MISSING


def test_nobody_says_no_twice_nor_to_what_was_withdrawn(session: Session) -> None:
    interest = make_interest(session)
    decline(session, unit_of(interest), interest)
    gone = withdrawn(session, make_need(session), make_concept(session))
    for each in (interest, gone):
        with pytest.raises(NotNow) as refused:
            decline(session, unit_of(each), each)
        assert refused.value.code is LifecycleRefusal.WRONG_STATE


def test_a_stale_interest_is_not_declined(session: Session) -> None:
    interest = make_interest(session)
    with pytest.raises(Stale):
        decline(session, unit_of(interest), interest, version=interest.version - 1)


@decided_in_python
def test_on_a_closed_need_there_is_nothing_to_say_no_to(session: Session) -> None:
    interest = make_interest(session, make_need(session, state=NeedState.CLOSED))
    with pytest.raises(NotNow) as refused:
        decline(session, unit_of(interest), interest)
    assert refused.value.code is InterestRefusal.NEED_CLOSED


def test_a_no_says_who_when_and_why_and_tells_the_entrepreneurs(session: Session) -> None:
    interest = make_interest(session, due(session, -3))
    colleague = make_member(session, Role.ENTREPRENEUR, interest.concept.organisation)
    decline(session, unit_of(interest), interest, f" {NO} ")
    session.refresh(interest)
    assert interest.state is InterestState.DECLINED
    assert interest.declined_by == interest.need.author
    assert (interest.declined_at, interest.decline_reason) == (now(), NO)
    (event,) = events(session, interest)
    assert (event.event, event.reason) == (InterestEvent.DECLINED, NO)
    messages = told(session, InterestTopic.DECLINED)
    assert set(messages) == {interest.concept.author_id, colleague.id}
    assert messages[colleague.id]["reason"] == NO


def test_after_a_no_one_may_answer_anew(session: Session) -> None:
    interest = make_interest(session)
    decline(session, unit_of(interest), interest)
    assert answer(session, interest.need, interest.concept).id != interest.id


def test_the_database_wants_to_know_who_said_no_when_and_why(session: Session) -> None:
    with pytest.raises(IntegrityError):
        make_interest(session, state=InterestState.DECLINED, decline_reason=NO)


def test_the_database_wants_a_reason_and_a_time_for_a_withdrawal(session: Session) -> None:
    with pytest.raises(IntegrityError):
        make_interest(session, state=InterestState.WITHDRAWN)
