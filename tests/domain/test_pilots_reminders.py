"""Reminders of checkpoints: to whom, when, exactly once, and again after a crash.

These tests commit, so each has a database of its own.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.core import schedule
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import clock_at, now
from marketplace.core.engine import Database
from marketplace.core.errors import NotNow
from marketplace.core.outbox import OutboxMessage, tell
from marketplace.core.schedule import TimedEvent, do_what_is_due
from marketplace.pairings.roles.role_map import holder_of
from marketplace.pairings.states import CaseRole
from marketplace.pilots import hooks, queries
from marketplace.pilots.models import Checkpoint, Pilot
from marketplace.pilots.services import reminding
from marketplace.pilots.services.checkpoints import report_checkpoint
from marketplace.pilots.services.efforts import record_effort
from marketplace.pilots.states import (
    CheckpointAnswer,
    CheckpointStatus,
    PilotEvent,
    PilotTopic,
)
from tests.domain.pilot_cast import COORDINATORS, PilotCast, make_pilot_cast

SECONDS = 120
"""Long enough for the slowest machine: a thread that waits longer hangs, and the test fails."""

NEAR, LATE, VERY_LATE = 3, 13, 20
"""Days from now to each reminder of the first checkpoint, which is due in ten days."""


@pytest.fixture(autouse=True)
def _only_these(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other features have registered has its own tests."""
    monkeypatch.setattr(schedule, "TIMED_WORK", {})
    hooks.register()


@pytest.fixture
def running(committed: Database) -> Iterator[PilotCast]:
    with committed.writing() as session:
        case = make_pilot_cast(session)
        names = {person.id: name for name, person in case.cast.people.items()}
        session.commit()
        session.info["names"] = names
        yield case


def days(number: int) -> datetime:
    return now() + timedelta(days=number)


def told(database: Database, case: PilotCast, topic: str) -> list[str]:
    """Each message of the topic, by the name of who got it."""
    names = case.session.info["names"]
    with database.reading() as session:
        statement = select(OutboxMessage.person_id).where(OutboxMessage.topic == topic)
        return sorted(names.get(person, "decider") for person in session.scalars(statement))


def report(case: PilotCast, *names: str) -> None:
    """The people report on the first checkpoint, and it is committed."""
    for name in names:
        case.report(name)
    case.session.commit()


# ---------------------------------------------------------------- to whom, and when


def test_nothing_is_due_before_its_day(committed: Database, running: PilotCast) -> None:
    assert do_what_is_due(committed, days(NEAR - 1)) == 0
    assert told(committed, running, PilotTopic.CHECKPOINT_NEAR) == []


def test_both_contacts_are_reminded_a_week_before(committed: Database, running: PilotCast) -> None:
    assert do_what_is_due(committed, days(NEAR)) == 1
    assert told(committed, running, PilotTopic.CHECKPOINT_NEAR) == ["entrepreneur", "member"]
    with committed.reading() as session:
        message = session.scalars(select(OutboxMessage)).first()
        assert message is not None
        assert message.payload["day"] == str(running.checkpoint().due_on)
        assert message.payload["pairing_id"] == running.pairing.id
        event = session.get_one(AuditEvent, message.audit_event_id)
        assert (event.event, event.actor_id) == (PilotEvent.REMINDED, None)


def test_it_is_done_once(committed: Database, running: PilotCast) -> None:
    assert do_what_is_due(committed, days(NEAR)) == 1
    assert do_what_is_due(committed, days(NEAR)) == 0
    assert do_what_is_due(committed, days(NEAR + 5)) == 0
    assert len(told(committed, running, PilotTopic.CHECKPOINT_NEAR)) == 2


def test_only_the_silent_side_is_reminded(committed: Database, running: PilotCast) -> None:
    report(running, "leader")
    do_what_is_due(committed, days(NEAR))
    do_what_is_due(committed, days(LATE))
    assert told(committed, running, PilotTopic.CHECKPOINT_NEAR) == ["entrepreneur"]
    assert told(committed, running, PilotTopic.CHECKPOINT_OVERDUE) == ["entrepreneur"]
    assert told(committed, running, PilotTopic.CHECKPOINT_LONG_OVERDUE) == []


def test_then_the_coordinators_hear_of_it(committed: Database, running: PilotCast) -> None:
    do_what_is_due(committed, days(VERY_LATE - 1))
    assert told(committed, running, PilotTopic.CHECKPOINT_LONG_OVERDUE) == []
    do_what_is_due(committed, days(VERY_LATE))
    assert set(told(committed, running, PilotTopic.CHECKPOINT_LONG_OVERDUE)) == COORDINATORS


def test_a_worker_that_was_away_does_not_remind_of_what_is_past(
    committed: Database, running: PilotCast
) -> None:
    do_what_is_due(committed, days(LATE))
    assert told(committed, running, PilotTopic.CHECKPOINT_NEAR) == []
    assert told(committed, running, PilotTopic.CHECKPOINT_OVERDUE) == ["entrepreneur", "member"]


def test_a_deputy_is_reminded_for_who_has_left(committed: Database, running: PilotCast) -> None:
    holder = holder_of(running.pairing, CaseRole.UNIT_CONTACT)
    assert holder is not None
    holder.deputy, holder.deputy_since = running.person("leader"), now()
    holder.person.active = False
    running.session.commit()
    do_what_is_due(committed, days(NEAR))
    assert told(committed, running, PilotTopic.CHECKPOINT_NEAR) == ["entrepreneur", "leader"]


# ---------------------------------------------------------------- skipped


def test_nobody_is_reminded_of_what_both_have_reported(
    committed: Database, running: PilotCast
) -> None:
    report(running, "leader", "colleague")
    assert do_what_is_due(committed, days(VERY_LATE)) == 0


def test_a_dropped_checkpoint_is_skipped(committed: Database, running: PilotCast) -> None:
    running.checkpoint().dropped_at = now()
    running.session.commit()
    assert do_what_is_due(committed, days(VERY_LATE)) == 0


@pytest.mark.parametrize("how", ["stopped", "completed"])
def test_an_ended_test_is_skipped(committed: Database, running: PilotCast, how: str) -> None:
    if how == "stopped":
        running.stop("member")
    else:
        running.measure_all()
        running.complete()
    running.session.commit()
    assert do_what_is_due(committed, days(VERY_LATE)) == 0


def test_what_was_reported_since_it_was_found_is_looked_at_again(
    committed: Database, running: PilotCast
) -> None:
    kind = next(k for k in reminding.TOPICS if reminding.TOPICS[k] is PilotTopic.CHECKPOINT_NEAR)
    with clock_at(days(NEAR)), committed.reading() as session:
        ((checkpoint_id, day),) = queries.find_due(kind, session)
    report(running, "leader", "colleague")
    with clock_at(days(NEAR)), committed.writing() as session:
        reminding.remind(kind, session, checkpoint_id, day)
        session.commit()
    assert told(committed, running, PilotTopic.CHECKPOINT_NEAR) == []


# ---------------------------------------------------------------- once, whatever happens


def test_two_workers_at_once_remind_once(committed: Database, running: PilotCast) -> None:
    together = Barrier(2, timeout=SECONDS)
    moment = days(NEAR)

    def work() -> int:
        together.wait()
        return do_what_is_due(committed, moment)

    with ThreadPoolExecutor(2) as threads:
        done = [future.result(SECONDS) for future in [threads.submit(work) for _ in range(2)]]

    assert sum(done) == 1
    assert told(committed, running, PilotTopic.CHECKPOINT_NEAR) == ["entrepreneur", "member"]


def test_a_crash_in_the_middle_leaves_nothing_and_is_made_good(
    committed: Database, running: PilotCast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told_half(session: Session, *arguments: object) -> None:
        tell(session, *arguments)  # type: ignore[arg-type]  # handed on as they came
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(reminding, "tell", told_half)
        with pytest.raises(KeyboardInterrupt):
            do_what_is_due(committed, days(NEAR))
    assert told(committed, running, PilotTopic.CHECKPOINT_NEAR) == []
    with committed.reading() as session:
        assert session.scalars(select(TimedEvent)).all() == []

    assert do_what_is_due(committed, days(NEAR)) == 1
    assert told(committed, running, PilotTopic.CHECKPOINT_NEAR) == ["entrepreneur", "member"]


def test_two_reports_at_once_both_count_to_the_cap(committed: Database, running: PilotCast) -> None:
    """Each alone is below the cap; whoever comes last must see what the first has written."""
    actors = [running.actor("member"), running.actor("entrepreneur")]
    pilot_id, day = running.pilot.id, now().date()
    running.session.commit()
    together = Barrier(2, timeout=SECONDS)

    def use(number: int) -> None:
        with committed.writing() as session:
            if committed.engine.dialect.name == "postgresql":
                session.connection()
            together.wait()
            record_effort(
                session,
                actors[number],
                pilot=session.get_one(Pilot, pilot_id),
                hours=0,
                money=60_000,
                used_on=day,
                note="Innkjøp.",
            )
            session.commit()

    with ThreadPoolExecutor(2) as threads:
        for future in [threads.submit(use, number) for number in range(2)]:
            future.result(SECONDS)

    people = told(committed, running, PilotTopic.OVER_COST_CAP)
    assert len(people) == len(set(people)) > 0


def test_one_checkpoint_is_reported_once_by_a_side(committed: Database, running: PilotCast) -> None:
    """Two colleagues send the same form at once: one report, and one who is told."""
    actors = [running.actor("member"), running.actor("leader")]
    checkpoint_id = running.checkpoint().id
    running.session.commit()
    together = Barrier(2, timeout=SECONDS)

    def send(number: int) -> bool:
        with committed.writing() as session:
            if committed.engine.dialect.name == "postgresql":
                session.connection()
            together.wait()
            try:
                report_checkpoint(
                    session,
                    actors[number],
                    checkpoint=session.get_one(Checkpoint, checkpoint_id),
                    status=CheckpointStatus.ON_TRACK,
                    note="Bra.",
                    hours=1,
                    money=0,
                    answer=CheckpointAnswer.CONFIRM,
                )
                session.commit()
            except NotNow:
                return False
        return True

    with ThreadPoolExecutor(2) as threads:
        ends = [f.result(SECONDS) for f in [threads.submit(send, n) for n in range(2)]]
    assert sorted(ends) == [False, True]
