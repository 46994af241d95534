"""How much one person may begin in an hour: a program that goes on and on is refused."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Unit
from marketplace.concepts import services as concepts
from marketplace.concepts.models import Concept
from marketplace.concepts.services import ConceptContent
from marketplace.core.actor import SYSTEM, Actor, Role
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import clock_at, now
from marketplace.core.engine import Database
from marketplace.core.errors import NotNow
from marketplace.core.limits import MOST_AN_HOUR, LimitRefusal, refuse_too_many
from marketplace.interests import services as interests
from marketplace.interests.services import Points
from marketplace.interests.states import InterestEvent
from marketplace.needs.joining import services as joining
from marketplace.needs.joining.services import Share
from marketplace.needs.models import Need
from marketplace.needs.services import writing
from marketplace.needs.states import NeedEvent, NeedState, ParticipationEvent
from marketplace.notifications.services import calendars
from marketplace.notifications.states import NotificationEvent
from marketplace.pairings.services import proposing
from marketplace.pairings.states import PairingEvent
from marketplace.questions import services as questions
from marketplace.questions.models import Question
from marketplace.questions.states import QuestionEvent, QuestionState
from marketplace.wishes import services as wishes
from marketplace.wishes.states import WishEvent
from tests.conftest import NOW
from tests.factories import (
    actor_for,
    make_concept,
    make_entrepreneur,
    make_member,
    make_need,
    make_unit,
)


def begin_needs(session: Session, actor: Actor, unit: Unit, number: int) -> None:
    for _ in range(number):
        writing.create_need(session, actor, unit=unit)


def refused(action: Callable[[], object]) -> NotNow:
    with pytest.raises(NotNow) as caught:
        action()
    assert caught.value.code is LimitRefusal.TOO_MANY_THIS_HOUR
    return caught.value


def did(session: Session, actor: Actor, event: object) -> None:
    """As if the person had done it all within this hour."""
    session.add_all(
        AuditEvent(
            actor_id=actor.person_id,
            event=str(event),
            subject_type="X",
            subject_id=1,
            before={},
            after={},
        )
        for _ in range(MOST_AN_HOUR)
    )
    session.flush()


def test_one_person_begins_so_many_needs_in_an_hour_and_no_more(session: Session) -> None:
    unit = make_unit(session)
    actor = actor_for(make_member(session, Role.UNIT_MEMBER, unit))
    begin_needs(session, actor, unit, MOST_AN_HOUR)
    refusal = refused(lambda: begin_needs(session, actor, unit, 1))
    assert refusal.values == {"most": MOST_AN_HOUR, "minutes": 60}
    assert session.scalar(select(func.count(Need.id))) == MOST_AN_HOUR
    other = actor_for(make_member(session, Role.UNIT_MEMBER, unit))
    begin_needs(session, other, unit, 1)
    with clock_at(now() + timedelta(minutes=59, seconds=30)):
        assert refused(lambda: begin_needs(session, actor, unit, 1)).values["minutes"] == 1
    with clock_at(now() + timedelta(hours=1)):
        begin_needs(session, actor, unit, 1)


def test_one_person_begins_so_many_concepts_in_an_hour_and_no_more(session: Session) -> None:
    company = make_entrepreneur(session)
    actor = actor_for(make_member(session, Role.ENTREPRENEUR, company))

    def begin() -> Concept:
        content = ConceptContent(title="Utkast")
        return concepts.create_concept(session, actor, organisation_id=company.id, content=content)

    for _ in range(MOST_AN_HOUR):
        begin()
    refused(begin)


def test_the_system_has_no_limit(session: Session) -> None:
    did(session, SYSTEM, NeedEvent.CREATED)
    refuse_too_many(session, SYSTEM, NeedEvent.CREATED)


def test_the_other_things_that_people_begin_have_the_same_limit(session: Session) -> None:
    need, concept = make_need(session), make_concept(session)
    beside = make_unit(session, need.unit.organisation)
    member = actor_for(make_member(session, Role.UNIT_MEMBER, need.unit))
    neighbour = actor_for(make_member(session, Role.UNIT_MEMBER, beside))
    owner = actor_for(make_member(session, Role.ENTREPRENEUR, concept.organisation))
    leadership = actor_for(make_member(session, Role.LEADERSHIP, need.unit.organisation))
    question = Question(
        need=need, asker_id=owner.person_id, text="Når?", due_on=now().date(),
        state=QuestionState.ANSWERED, asked_at=now(), updated_at=now(), answer="Snart.",
        answered_by_id=member.person_id, answered_at=now(),
    )  # fmt: skip
    session.add(question)
    session.flush()
    points = Points(meets_problem="a", meets_target_group="b", meets_effect="c",
                    needs_from_unit="d")  # fmt: skip
    share = Share(site="Sør", contribution="Tid", hours=1, target_count=1, contact_id=None)
    begun: list[tuple[Actor, object, Callable[[], object]]] = [
        (member, NeedEvent.ADDENDUM_ADDED, lambda: writing.add_addendum(
            session, member, need=need, version=need.version, text="Mer")),
        (neighbour, ParticipationEvent.ASKED, lambda: joining.ask_to_join(
            session, neighbour, need=need, unit=beside, share=share)),
        (owner, QuestionEvent.ASKED, lambda: questions.ask_question(
            session, owner, need=need, text="Hvor?")),
        (member, QuestionEvent.ANSWER_ADDED_TO, lambda: questions.add_to_answer(
            session, member, question=question, version=question.version, text="Og mer.")),
        (leadership, WishEvent.RAISED, lambda: wishes.raise_wish(
            session, leadership, municipality=need.unit.organisation, title="a", what="b",
            why="c")),
        (owner, InterestEvent.REGISTERED, lambda: interests.register_interest(
            session, owner, need=need, concept=concept, points=points)),
        (member, PairingEvent.PROPOSED, lambda: proposing.propose_pairing(
            session, member, need=need, concept=concept, motivation="Passer.")),
        (member, NotificationEvent.CALENDAR_MADE, lambda: calendars.make_calendar(
            session, member)),
    ]  # fmt: skip
    for actor, event, begin in begun:
        did(session, actor, event)
        refused(begin)
    assert need.state is NeedState.PUBLISHED


def test_many_at_once_get_no_further_than_one_after_the_other(committed: Database) -> None:
    with committed.writing() as session:
        unit = make_unit(session)
        actor = actor_for(make_member(session, Role.UNIT_MEMBER, unit))
        begin_needs(session, actor, unit, MOST_AN_HOUR - 1)
        session.commit()
        unit_id = unit.id
    start, lost = threading.Barrier(4), list[str]()

    def begin() -> None:
        with clock_at(NOW), committed.writing() as session:
            start.wait()
            try:
                begin_needs(session, actor, session.get_one(Unit, unit_id), 1)
            except NotNow as refusal:
                lost.append(refusal.code)
            else:
                session.commit()

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lost == [LimitRefusal.TOO_MANY_THIS_HOUR] * 3
    with committed.reading() as session:
        assert session.scalar(select(func.count(Need.id))) == MOST_AN_HOUR
