"""What each move of a need does, and who is told."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.core.actor import Role
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import now
from marketplace.core.outbox import OutboxMessage
from marketplace.core.registry import Registry
from marketplace.core.revision import START, Collection, standing
from marketplace.needs import queries, recipients
from marketplace.needs.models import Need
from marketplace.needs.states import (
    ENDORSABLE,
    NeedEvent,
    NeedOutcome,
    NeedState,
    NeedTopic,
    SentBack,
)
from tests.factories import actor_for, make_entrepreneur, make_member
from tests.needs import Cast, Move, add, ask, close, endorse, publish, refuse, submit, take_back


def last_event(session: Session, need: Need) -> AuditEvent:
    statement = select(AuditEvent).where(
        AuditEvent.subject_type == "Need", AuditEvent.subject_id == need.id
    )
    return session.scalars(statement.order_by(AuditEvent.id.desc()).limit(1)).one()


def told(session: Session, topic: NeedTopic) -> dict[int, dict[str, Any]]:
    rows = session.scalars(select(OutboxMessage).where(OutboxMessage.topic == str(topic)))
    return {row.person_id: row.payload for row in rows}


# ---------------------------------------------------------------- what each move does


def test_a_member_sends_a_need_in(session: Session, people: Cast) -> None:
    need = people.need(session, NeedState.DRAFT)
    submit(session, actor_for(people.member), need)
    assert (need.state, need.submitted_at) == (NeedState.IN_REVIEW, now())
    event = last_event(session, need)
    assert (event.event, event.actor_id) == (NeedEvent.SUBMITTED, people.member.id)
    assert (event.before["state"], event.after["state"]) == ("draft", "in_review")
    assert set(told(session, NeedTopic.SUBMITTED)) == {people.coordinator.id}
    assert set(told(session, NeedTopic.ENDORSEMENT_ASKED)) == {people.leader.id}


def test_nobody_asks_for_an_endorsement_that_is_there(session: Session, people: Cast) -> None:
    need = people.need(session, NeedState.DRAFT)
    endorse(session, actor_for(people.leader), need)
    submit(session, actor_for(people.member), need)
    assert told(session, NeedTopic.ENDORSEMENT_ASKED) == {}


def test_a_leader_who_sends_in_asks_nobody_to_endorse(session: Session, people: Cast) -> None:
    need = people.need(session, NeedState.DRAFT)
    submit(session, actor_for(people.leader), need)
    assert told(session, NeedTopic.ENDORSEMENT_ASKED) == {}


@pytest.mark.parametrize("state", sorted(ENDORSABLE))
def test_a_leader_endorses(state: NeedState, session: Session, people: Cast) -> None:
    need = people.need(session, state, endorsed_by=None, endorsed_at=None)
    endorse(session, actor_for(people.leader), need)
    assert (need.endorsed_by, need.endorsed_at) == (people.leader, now())
    event = last_event(session, need)
    assert event.event == NeedEvent.ENDORSED
    assert event.after["endorsed_by_id"] == people.leader.id
    waiting = {people.coordinator.id} if state is NeedState.IN_REVIEW else set()
    assert set(told(session, NeedTopic.ENDORSED)) == {people.author.id} | waiting


def test_a_coordinator_asks_for_changes_and_the_unit_is_told_why(
    session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.IN_REVIEW)
    ask(session, actor_for(people.coordinator), need)
    assert (need.state, need.review_comment) == (NeedState.NEEDS_CHANGES, "Si hvor mange.")
    assert need.endorsed_by == people.leader
    assert last_event(session, need).reason == "Si hvor mange."
    messages = told(session, NeedTopic.CHANGES_ASKED)
    assert set(messages) == {people.author.id, people.leader.id}
    assert messages[people.author.id] == {
        "need_id": need.id,
        "title": need.title,
        "reason": "Si hvor mange.",
    }


def test_a_leader_says_no_and_who_waits_is_told_why(session: Session, people: Cast) -> None:
    need = people.need(session, NeedState.IN_REVIEW)
    refuse(session, actor_for(people.leader), need)
    assert (need.state, need.sent_back_as) == (NeedState.NEEDS_CHANGES, SentBack.LEADER)
    assert (need.sent_back_by, need.review_comment) == (people.leader, "Ikke i år.")
    assert need.endorsed_by is None
    event = last_event(session, need)
    assert (event.event, event.reason) == (NeedEvent.REFUSED, "Ikke i år.")
    messages = told(session, NeedTopic.REFUSED)
    assert set(messages) == {people.author.id, people.coordinator.id}
    assert messages[people.author.id]["reason"] == "Ikke i år."


def test_a_unit_takes_back_what_it_sent_and_what_was_endorsed_stands(
    session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.IN_REVIEW)
    take_back(session, actor_for(people.member), need)
    assert (need.state, need.sent_back_as) == (NeedState.NEEDS_CHANGES, SentBack.UNIT)
    assert (need.sent_back_by_id, need.endorsed_by) == (people.member.id, people.leader)
    assert last_event(session, need).event == NeedEvent.TAKEN_BACK
    expected = {people.author.id, people.leader.id, people.coordinator.id}
    assert set(told(session, NeedTopic.TAKEN_BACK)) == expected
    submit(session, actor_for(people.author), need)
    assert need.state is NeedState.IN_REVIEW


def test_a_need_that_was_changed_goes_to_review_again(session: Session, people: Cast) -> None:
    need = people.need(session, NeedState.NEEDS_CHANGES)
    submit(session, actor_for(people.author), need)
    assert need.state is NeedState.IN_REVIEW


def test_a_coordinator_publishes(session: Session, people: Cast) -> None:
    need = people.need(session, NeedState.IN_REVIEW)
    publish(session, actor_for(people.coordinator), need)
    assert (need.state, need.published_at) == (NeedState.PUBLISHED, now())
    assert need.published_by_id == people.coordinator.id
    assert need.revision == standing(session, Collection.NEEDS, START)[0]
    event = last_event(session, need)
    assert (event.event, event.before["state"]) == (NeedEvent.PUBLISHED, "in_review")
    assert set(told(session, NeedTopic.PUBLISHED)) == {people.author.id, people.leader.id}


def test_an_addendum_is_added_and_sent_to_all_who_follow(
    session: Session, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    need = people.need(session, NeedState.PUBLISHED)
    follower = make_member(session, Role.ENTREPRENEUR, make_entrepreneur(session))
    monkeypatch.setattr(recipients, "FOLLOWERS", Registry())
    recipients.FOLLOWERS.add(lambda _session, _need: [follower.id])
    before = need.revision
    add(session, actor_for(people.member), need)
    assert [addendum.text for addendum in need.addenda] == ["Nå er de 50."]
    assert need.addenda[0].author_id == people.member.id
    assert need.revision > before
    assert "Nå er de 50." in queries.text_of(need)
    event = last_event(session, need)
    assert (event.event, event.after["text"]) == (NeedEvent.ADDENDUM_ADDED, "Nå er de 50.")
    expected = {people.author.id, people.leader.id, follower.id}
    assert set(told(session, NeedTopic.ADDENDUM_ADDED)) == expected


@pytest.mark.parametrize("who", ["leader", "coordinator"])
def test_a_need_is_closed_with_outcome_and_reason(who: str, session: Session, people: Cast) -> None:
    need = people.need(session, NeedState.PUBLISHED)
    before = need.revision
    closer = getattr(people, who)
    close(session, actor_for(closer), need)
    assert (need.state, need.outcome) == (NeedState.CLOSED, NeedOutcome.MET)
    assert (need.closed_by_id, need.closed_at) == (closer.id, now())
    assert need.revision > before
    event = last_event(session, need)
    assert (event.event, event.reason) == (NeedEvent.CLOSED, "Vi kjøpte tjenesten.")
    messages = told(session, NeedTopic.CLOSED)
    assert set(messages) == {people.author.id, people.member.id, people.leader.id} - {closer.id}
    assert messages[people.author.id]["reason"] == "Vi kjøpte tjenesten."


def test_a_person_who_has_left_is_not_told(session: Session, people: Cast) -> None:
    people.leader.active = False
    need = people.need(session, NeedState.DRAFT)
    submit(session, actor_for(people.member), need)
    assert told(session, NeedTopic.ENDORSEMENT_ASKED) == {}


@pytest.mark.parametrize(
    ("event", "move", "state", "who"),
    [
        (NeedEvent.PUBLISHED, publish, NeedState.IN_REVIEW, "coordinator"),
        (NeedEvent.ADDENDUM_ADDED, add, NeedState.PUBLISHED, "member"),
        (NeedEvent.CLOSED, close, NeedState.PUBLISHED, "leader"),
    ],
)
def test_later_stages_may_react(
    event: NeedEvent,
    move: Move,
    state: NeedState,
    who: str,
    session: Session,
    people: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from marketplace.core import reactions

    monkeypatch.setitem(reactions.REACTIONS, event, Registry())
    seen: list[Need] = []
    reactions.REACTIONS[event].add(lambda _session, _actor, need: seen.append(need))
    need = people.need(session, state)
    move(session, actor_for(getattr(people, who)), need)
    assert seen == [need]
