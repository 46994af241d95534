"""The deadline for interests: kept by its date, told once to the unit with what came in."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from marketplace.core import schedule
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import now, today
from marketplace.core.engine import Database
from marketplace.core.outbox import OutboxMessage
from marketplace.core.schedule import do_what_is_due
from marketplace.interests import hooks, services
from marketplace.interests.states import InterestState, InterestTopic
from marketplace.needs.models import Need
from marketplace.needs.states import NeedEvent, NeedOutcome, NeedState
from tests.factories import make_concept, make_interest, make_need


@pytest.fixture(autouse=True)
def _only_these(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "TIMED_WORK", {})
    hooks.register()


@pytest.fixture
def need(committed: Database) -> Iterator[Need]:
    """A need with three days left, an interest that stands, and one that was taken back."""
    with committed.writing() as session:
        last = today() + timedelta(days=3)
        made = make_need(session, questions_close_on=today(), interests_close_on=last)
        make_interest(session, made, make_concept(session, title="Nabokaffe"))
        make_interest(
            session,
            made,
            make_concept(session, title="Trukket"),
            state=InterestState.WITHDRAWN,
            withdrawn_at=now(),
            withdrawal_reason="Nei.",
        )
        session.commit()
        yield made


def day(number: int) -> datetime:
    return now() + timedelta(days=number)


def told(database: Database) -> list[OutboxMessage]:
    with database.reading() as session:
        passed = OutboxMessage.topic == InterestTopic.DEADLINE_PASSED
        return list(session.scalars(select(OutboxMessage).where(passed)))


def test_nobody_is_told_on_the_last_day(committed: Database, need: Need) -> None:
    assert need.interests_close_on == day(3).date()
    assert do_what_is_due(committed, day(3)) == 0


def test_the_unit_is_told_once_and_of_what_stands(committed: Database, need: Need) -> None:
    assert [do_what_is_due(committed, day(number)) for number in (4, 4, 5, 20)] == [1, 0, 0, 0]
    messages = told(committed)
    assert {message.person_id for message in messages} == {need.author_id, need.decision_maker_id}
    assert {tuple(message.payload["concepts"]) for message in messages} == {("Nabokaffe",)}
    with committed.reading() as session:
        closed = AuditEvent.event == NeedEvent.INTERESTS_CLOSED
        event = session.scalars(select(AuditEvent).where(closed)).one()
        assert (event.subject_id, event.actor_id, event.after) == (need.id, None, {"answers": 1})


def test_a_need_that_is_closed_is_passed_by(committed: Database, need: Need) -> None:
    with committed.writing() as session:
        row = session.get_one(Need, need.id)
        row.state, row.outcome, row.closing_reason = NeedState.CLOSED, NeedOutcome.MET, "Løst."
        row.closed_at, row.closed_by_id = now(), row.author_id
        session.commit()
    assert do_what_is_due(committed, day(4)) == 0
    with committed.writing() as session:
        services.tell_deadline_passed(session, need.id, day(4).date())
        session.commit()
    assert told(committed) == []


def test_what_is_long_past_is_no_news(committed: Database, need: Need) -> None:
    assert need.id
    assert do_what_is_due(committed, day(3 + 31)) == 0
