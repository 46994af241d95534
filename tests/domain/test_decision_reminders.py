"""Reminders of a decision: the right people at each step, once, whatever the worker goes through.

These tests commit, so each has a database of its own.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core import schedule
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import clock_at, now
from marketplace.core.engine import Database
from marketplace.core.outbox import OutboxMessage
from marketplace.core.schedule import TimedEvent, do_what_is_due
from marketplace.decisions import hooks, queries, services
from marketplace.decisions.models import Decision
from marketplace.decisions.states import (
    DAYS_FROM_DATE,
    DecisionEvent,
    DecisionState,
    DecisionTopic,
    Reminder,
)
from marketplace.pairings.states import CaseRole
from tests.domain.decision_cast import approved, awaited, give_deputy, made
from tests.domain.pairing_cast import Cast, make_cast
from tests.factories import actor_for

SECONDS = 120
MAKERS = {"leader", "deputy"}
COORDINATORS = {"coordinator", "second_coordinator", "publisher"}
STEPS = [
    (Reminder.BEFORE, DecisionTopic.DUE_SOON, MAKERS),
    (Reminder.ON_THE_DAY, DecisionTopic.DUE_TODAY, MAKERS),
    (Reminder.LATE, DecisionTopic.OVERDUE, MAKERS | COORDINATORS),
    (Reminder.VERY_LATE, DecisionTopic.FAR_OVERDUE, MAKERS | COORDINATORS | {"leadership"}),
]


@pytest.fixture(autouse=True)
def _only_these(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other features do by the clock has tests of its own."""
    monkeypatch.setattr(schedule, "TIMED_WORK", {})
    hooks.register()


def begin(session: Session) -> Decision:
    """The clock of a case; its decision maker has a deputy from elsewhere in the municipality."""
    cast = make_cast(session)
    decision = awaited(cast)
    cast.people["deputy"] = cast.people.pop("other_unit")
    give_deputy(cast, decision.pairing, CaseRole.DECISION_MAKER, "deputy")
    name_people(cast)
    return decision


def name_people(cast: Cast) -> None:
    for name, person in cast.people.items():
        person.name = name
    cast.session.commit()


@pytest.fixture
def due(committed: Database) -> datetime:
    """Noon of the decision's day, of a case whose clock has started a month before it."""
    with committed.writing() as session:
        return now() + timedelta(days=(begin(session).due_on - now().date()).days)


def told(database: Database) -> dict[str, set[str]]:
    with database.reading() as session:
        statement = select(OutboxMessage.topic, Person.name).join(
            Person, Person.id == OutboxMessage.person_id
        )
        found: dict[str, set[str]] = {}
        for topic, name in session.execute(statement):
            found.setdefault(topic, set()).add(name)
        return found


def count(database: Database, model: type) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def messages(database: Database) -> int:
    return count(database, OutboxMessage)


# ---------------------------------------------------------------- the right people at each step


@pytest.mark.parametrize(("reminder", "topic", "people"), STEPS)
def test_each_step_reminds_its_people_once(
    committed: Database,
    due: datetime,
    reminder: Reminder,
    topic: DecisionTopic,
    people: set[str],
) -> None:
    day = due + timedelta(days=DAYS_FROM_DATE[reminder])
    before = messages(committed)

    assert do_what_is_due(committed, day) == 1
    assert told(committed)[topic] - {"Person"} == people | outsiders(committed, people)
    assert messages(committed) == before + len(told(committed)[topic])

    again = messages(committed)
    assert do_what_is_due(committed, day) == 0
    assert do_what_is_due(committed, day + timedelta(days=1)) == 0
    assert messages(committed) == again


def outsiders(database: Database, people: set[str]) -> set[str]:
    """The coordinator who approved the case is one of the municipality's too."""
    if "coordinator" not in people:
        return set()
    with database.reading() as session:
        decision = session.scalars(select(Decision)).one()
        approver = decision.pairing.decided_by
        assert approver is not None
        return {approver.name}


def test_all_four_come_in_turn(committed: Database, due: datetime) -> None:
    done = [do_what_is_due(committed, due + timedelta(days=day)) for day in range(-20, 40)]

    assert sum(done) == len(Reminder)
    assert [day for day, times in zip(range(-20, 40), done, strict=True) if times] == [
        -14,
        0,
        7,
        28,
    ]


def test_the_day_before_is_too_early(committed: Database, due: datetime) -> None:
    assert do_what_is_due(committed, due - timedelta(days=15)) == 0


def test_after_a_standstill_only_what_is_due_now_is_sent(
    committed: Database, due: datetime
) -> None:
    assert do_what_is_due(committed, due + timedelta(days=30)) == 1
    assert DecisionTopic.FAR_OVERDUE in told(committed)
    assert DecisionTopic.OVERDUE not in told(committed)


def test_who_was_just_told_of_the_date_is_not_reminded_at_once(
    committed: Database, due: datetime
) -> None:
    with committed.writing() as session:
        decision = session.scalars(select(Decision)).one()
        decision.awaited_since = due - timedelta(days=5)
        session.commit()

    assert do_what_is_due(committed, due - timedelta(days=4)) == 0
    assert do_what_is_due(committed, due) == 1


def test_a_reminder_stands_in_the_audit_trail(committed: Database, due: datetime) -> None:
    do_what_is_due(committed, due)

    with committed.reading() as session:
        statement = select(AuditEvent).where(AuditEvent.event == DecisionEvent.REMINDED)
        event = session.scalars(statement).one()
    assert event.actor_id is None
    assert event.after == {"reminder": Reminder.ON_THE_DAY.value}


# ---------------------------------------------------------------- nothing more once it is made


def test_nothing_after_the_decision(committed: Database, due: datetime) -> None:
    decide(committed)

    done = [do_what_is_due(committed, due + timedelta(days=day)) for day in range(-20, 40)]

    assert sum(done) == 0


def decide(database: Database) -> None:
    with database.writing() as session:
        decision = session.scalars(select(Decision)).one()
        maker = decision.pairing.need.decision_maker
        assert maker is not None
        services.decide_to_stop(
            session,
            actor_for(maker),
            decision=decision,
            version=decision.version,
            reason="For få deltakere.",
        )
        session.commit()


def test_a_decision_made_since_it_was_found_reminds_nobody(
    committed: Database, due: datetime
) -> None:
    with committed.reading() as session, clock_at(due):
        ((decision_id, day),) = queries.find_due(Reminder.ON_THE_DAY, session)
    decide(committed)
    before = messages(committed)

    with committed.writing() as session, clock_at(due):
        services.remind(Reminder.ON_THE_DAY, session, decision_id, day)
        session.commit()

    assert messages(committed) == before


def test_the_date_after_an_extension_counts_anew(committed: Database, due: datetime) -> None:
    do_what_is_due(committed, due)
    with committed.writing() as session:
        first = session.scalars(select(Decision)).one()
        first.decided_by_id = first.pairing.need.decision_maker_id
        first.extended_to = first.due_on + timedelta(days=60)
        first.state, first.decided_at, first.reasons = DecisionState.EXTEND, due, "Mer tid."
        second = Decision(
            pairing=first.pairing,
            number=2,
            state=DecisionState.AWAITED,
            awaited_since=due,
            due_on=first.extended_to,
        )
        session.add(second)
        session.commit()

    for day in range(46):
        assert do_what_is_due(committed, due + timedelta(days=day)) == 0
    assert do_what_is_due(committed, due + timedelta(days=46)) == 1
    assert do_what_is_due(committed, due + timedelta(days=60)) == 1


def test_an_old_decision_is_not_reminded_of(committed: Database) -> None:
    with committed.writing() as session:
        cast = make_cast(session)
        made(cast, approved(cast), DecisionState.STOP)
        session.commit()

    assert do_what_is_due(committed, now() + timedelta(days=30)) == 0


# ---------------------------------------------------------------- two workers, and one that dies


def test_two_workers_at_once_remind_once(committed: Database, due: datetime) -> None:
    """Both find it due; the row of the one makes the other wait, and then pass it over."""
    together = Barrier(2, timeout=SECONDS)
    before = messages(committed)

    def work() -> int:
        together.wait()
        with committed.reading() as session:
            work = schedule.TIMED_WORK[Reminder.ON_THE_DAY]
            found = list(work.find(session))
        assert found
        together.wait()
        return sum(schedule._do(committed, work, *each) for each in found)

    with clock_at(due), ThreadPoolExecutor(2) as threads:
        done = [running.result(SECONDS) for running in [threads.submit(work) for _ in range(2)]]

    assert sorted(done) == [0, 1]
    assert messages(committed) == before + len(MAKERS)
    assert count(committed, TimedEvent) == 1


def test_a_worker_that_dies_leaves_nothing_and_it_is_done_next_time(
    committed: Database, due: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = messages(committed), count(committed, AuditEvent)

    def die(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(services, "tell", die)
        with pytest.raises(KeyboardInterrupt):
            do_what_is_due(committed, due)
    assert (messages(committed), count(committed, AuditEvent)) == before
    assert count(committed, TimedEvent) == 0

    assert do_what_is_due(committed, due) == 1
    assert messages(committed) == before[0] + len(MAKERS)
