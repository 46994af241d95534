"""What is due by the clock: the database's, each thing once, and none kept back by another."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace import worker
from marketplace.accounts.models import SignInAttempt
from marketplace.config import Settings
from marketplace.core import schedule
from marketplace.core.clock import now, thread_clock_at
from marketplace.core.engine import Database
from marketplace.core.schedule import (
    TimedEvent,
    TimedWork,
    database_time,
    do_what_is_due,
    register_timed,
)
from tests.domain.mail_stage import Collected

SECONDS = 120
DAY = date(2026, 9, 14)


class Kind(StrEnum):
    FIRST = "test.first"
    SECOND = "test.second"


class OtherKind(StrEnum):
    FIRST = "test.first"


@pytest.fixture(autouse=True)
def _nothing_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "TIMED_WORK", {})


def note(session: Session, subject_id: int, due_on: date) -> None:
    session.add(SignInAttempt(counted_key=f"{subject_id} {due_on}", at=now()))
    session.flush()


def noted(database: Database) -> list[str]:
    with database.reading() as session:
        return sorted(session.scalars(select(SignInAttempt.counted_key)))


def register(
    kind: StrEnum,
    *subject_ids: int,
    act: Callable[[Session, int, date], None] = note,
    due_on: date = DAY,
) -> None:
    def find(_session: Session) -> Iterable[tuple[int, date]]:
        return [(subject_id, due_on) for subject_id in subject_ids]

    register_timed(TimedWork(kind, find, act))


# ---------------------------------------------------------------- once


def test_each_thing_is_done_once(real: Database) -> None:
    register(Kind.FIRST, 1, 2)
    assert [do_what_is_due(real) for _ in range(3)] == [2, 0, 0]
    assert noted(real) == ["1 2026-09-14", "2 2026-09-14"]


def test_another_day_is_another_thing(real: Database) -> None:
    register(Kind.FIRST, 1)
    do_what_is_due(real)
    register(Kind.FIRST, 1, due_on=DAY + timedelta(days=7))
    assert do_what_is_due(real) == 1
    register(Kind.FIRST, 1)
    assert do_what_is_due(real) == 0


def test_another_kind_is_another_thing(real: Database) -> None:
    register(Kind.FIRST, 1)
    register(Kind.SECOND, 1)
    assert do_what_is_due(real) == 2


def test_two_kinds_of_one_name_are_refused() -> None:
    register(Kind.FIRST, 1)
    register(Kind.FIRST, 2)
    with pytest.raises(ValueError, match=r"test\.first"):
        register(OtherKind.FIRST, 1)


def test_two_workers_at_the_same_moment_do_each_thing_once(real: Database) -> None:
    """Both have found all of it before either has done any."""
    numbers, together = range(1, 9), Barrier(2, timeout=SECONDS)
    acted: list[int] = []

    def find(_session: Session) -> Iterable[tuple[int, date]]:
        together.wait()
        return [(number, DAY) for number in numbers]

    def act(session: Session, subject_id: int, due_on: date) -> None:
        acted.append(subject_id)
        note(session, subject_id, due_on)

    register_timed(TimedWork(Kind.FIRST, find, act))
    with ThreadPoolExecutor(2) as threads:
        work = [threads.submit(do_what_is_due, real) for _ in range(2)]
        done = [future.result(SECONDS) for future in work]
    assert sum(done) == len(numbers)
    assert sorted(acted) == list(numbers)
    assert len(noted(real)) == len(numbers)


@pytest.mark.parametrize("real", ["postgresql"], indirect=True)
def test_while_one_worker_acts_the_other_waits_and_finds_it_done(real: Database) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def act(session: Session, subject_id: int, due_on: date) -> None:
        note(session, subject_id, due_on)
        inside.set()
        assert go_on.wait(SECONDS)

    register(Kind.FIRST, 1, act=act)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(do_what_is_due, real)
        assert inside.wait(SECONDS)
        second = threads.submit(do_what_is_due, real)
        go_on.set()
        assert (first.result(SECONDS), second.result(SECONDS)) == (1, 0)
    assert noted(real) == ["1 2026-09-14"]


# ---------------------------------------------------------------- failures


def fail(session: Session, subject_id: int, due_on: date) -> None:
    note(session, subject_id, due_on)
    raise RuntimeError("kari@kommune.example")


def test_one_that_fails_leaves_nothing_and_stops_nobody(
    real: Database, caplog: pytest.LogCaptureFixture
) -> None:
    def second_fails(session: Session, subject_id: int, due_on: date) -> None:
        (fail if subject_id == 2 else note)(session, subject_id, due_on)

    register(Kind.FIRST, 1, 2, 3, act=second_fails)
    register(Kind.SECOND, 4)
    assert do_what_is_due(real) == 3
    assert noted(real) == ["1 2026-09-14", "3 2026-09-14", "4 2026-09-14"]
    assert "test.first of 2, due 2026-09-14, could not be done: RuntimeError" in caplog.text
    assert "@" not in caplog.text


def test_what_failed_is_done_when_it_can_be(real: Database) -> None:
    register(Kind.FIRST, 1, act=fail)
    assert do_what_is_due(real) == 0
    register(Kind.FIRST, 1)
    assert [do_what_is_due(real) for _ in range(2)] == [1, 0]


def test_a_kind_that_cannot_be_asked_stops_no_other(
    real: Database, caplog: pytest.LogCaptureFixture
) -> None:
    def find(_session: Session) -> Iterable[tuple[int, date]]:
        raise RuntimeError("kari@kommune.example")

    register_timed(TimedWork(Kind.FIRST, find, note))
    register(Kind.SECOND, 1)
    assert do_what_is_due(real) == 1
    assert "what is due of test.first could not be found: RuntimeError" in caplog.text
    assert "@" not in caplog.text


def test_what_is_no_error_ends_the_worker(real: Database) -> None:
    def stop(_session: Session, _subject_id: int, _due_on: date) -> None:
        raise KeyboardInterrupt

    register(Kind.FIRST, 1, act=stop)
    with pytest.raises(KeyboardInterrupt):
        do_what_is_due(real)
    with real.reading() as session:
        assert session.scalars(select(TimedEvent)).all() == []


# ---------------------------------------------------------------- the clock


@pytest.mark.parametrize("real", ["postgresql"], indirect=True)
def test_what_is_due_goes_by_the_clock_of_the_database(real: Database) -> None:
    """The clock of the process stands still in these tests; the database's goes on."""
    seen: list[datetime] = []

    def act(_session: Session, _subject_id: int, _due_on: date) -> None:
        seen.append(now())

    register(Kind.FIRST, 1, act=act)
    with real.reading() as session:
        before = database_time(session)
    do_what_is_due(real)
    with real.reading() as session:
        after = database_time(session)
        done_at = session.scalars(select(TimedEvent.done_at)).one()
    assert before <= seen[0] <= after
    assert done_at == seen[0]
    assert now() not in seen


@pytest.mark.parametrize("real", ["sqlite"], indirect=True)
def test_a_file_has_the_clock_of_its_machine(real: Database) -> None:
    with real.reading() as session:
        assert database_time(session) == now()


def test_a_moment_that_is_given_is_the_one_that_counts(real: Database) -> None:
    seen: list[datetime] = []
    register(Kind.FIRST, 1, act=lambda *_: seen.append(now()))
    moment = datetime(2027, 1, 1, 8, 0, tzinfo=UTC)
    do_what_is_due(real, moment)
    assert seen == [moment]


def test_the_clock_of_one_thread_is_no_other_threads() -> None:
    """Two workers in one process must not leave each other's time behind."""
    usual, other = now(), datetime(2027, 1, 1, 8, 0, tzinfo=UTC)
    with thread_clock_at(other), ThreadPoolExecutor(1) as threads:
        assert now() == other
        assert threads.submit(now).result(SECONDS) == usual
    assert now() == usual


# ---------------------------------------------------------------- in the loop


def test_the_loop_looks_at_once_and_then_each_minute(
    real: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, stop, looked = now(), threading.Event(), list[float]()
    moment = start

    def deliver(*_arguments: object) -> None:
        nonlocal moment
        moment += timedelta(seconds=20)
        if moment >= start + timedelta(seconds=200):
            stop.set()

    def look(_database: Database) -> None:
        looked.append((moment - start).total_seconds())

    monkeypatch.setattr(worker, "now", lambda: moment)
    monkeypatch.setattr(worker, "run_once", deliver)
    monkeypatch.setattr(worker, "do_what_is_due", look)
    monkeypatch.setattr(worker, "SECONDS_BETWEEN_ROUNDS", 0.0)
    worker.run_forever(real, settings, stop)
    assert looked == [20, 80, 140]


def test_what_became_due_is_mailed_in_the_next_round(
    real: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reminder does not wait for the one after: nor does a stopped worker do anything more."""
    order: list[str] = []
    stop = threading.Event()

    def deliver(*_arguments: object) -> None:
        order.append("deliver")
        if order.count("deliver") == 2:
            stop.set()

    monkeypatch.setattr(worker, "delivery_for", lambda _settings: Collected())
    monkeypatch.setattr(worker, "run_once", deliver)
    monkeypatch.setattr(worker, "do_what_is_due", lambda _database: order.append("due"))
    worker.run_forever(real, settings, stop)
    assert order == ["deliver", "due", "deliver"]
