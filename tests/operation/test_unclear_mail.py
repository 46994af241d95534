"""A mail that may have arrived is held, and goes at most once more, under the same id."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from marketplace.config import DatabaseLimits, Settings
from marketplace.core import hanging
from marketplace.core.clock import now
from marketplace.core.engine import WRITES, Database
from marketplace.core.outbox import MailState, OutboxMessage
from marketplace.notifications.delivery import HandOver
from marketplace.notifications.services import claims
from marketplace.worker import run_once
from tests.domain.committed import sqlite_copy
from tests.domain.mail_stage import MailServer, later, put, read, real, settings_for
from tests.operation.processes import SECONDS

__all__ = ["real"]

Outside = tuple[MailServer, int]


@pytest.fixture
def server(mail_server: Outside) -> MailServer:
    return mail_server[0]


@pytest.fixture
def by_smtp(mail_server: Outside, tmp_path: Path) -> Settings:
    return settings_for(tmp_path, f"smtp://127.0.0.1:{mail_server[1]}")


def is_held(message: OutboxMessage) -> bool:
    return (message.mail_state, message.last_error, message.next_attempt_at) == (
        MailState.PENDING,
        claims.UNANSWERED,
        now() + claims.UNANSWERED_HELD,
    )


# ---------------------------------------------------------------- no answer


def test_what_was_taken_without_an_answer_is_held_and_goes_once_more(
    real: Database, by_smtp: Settings, server: MailServer
) -> None:
    message_id = put(real)
    server.unanswered = 1
    assert run_once(real, by_smtp) == 0
    assert is_held(read(real, message_id))
    for hours in (0, 1, 23):
        with later(hours=hours):
            assert run_once(real, by_smtp) == 0
    assert len(server.received) == 1
    with later(days=1):
        assert run_once(real, by_smtp) == 1
        assert run_once(real, by_smtp) == 0
    first, second = server.received
    assert bytes(first) == bytes(second)
    assert first["Message-ID"] == second["Message-ID"]
    assert read(real, message_id).mail_state is MailState.SENT


def test_what_is_never_answered_goes_twice_at_most(
    real: Database, by_smtp: Settings, server: MailServer
) -> None:
    message_id = put(real)
    server.unanswered = 9
    for days in range(5):
        with later(days=days):
            assert run_once(real, by_smtp) == 0
    assert len(server.received) == 2
    message = read(real, message_id)
    assert (message.mail_state, message.last_error) == (MailState.FAILED, claims.UNANSWERED)


def test_one_that_is_not_answered_stops_nobody_else(
    real: Database, by_smtp: Settings, server: MailServer
) -> None:
    put(real), put(real)
    server.unanswered = 1
    assert run_once(real, by_smtp) == 1
    assert len(server.received) == 2


@pytest.mark.parametrize("answer", ["451 try later", "554 no"])
def test_an_answer_that_is_a_no_is_an_answer(
    real: Database, by_smtp: Settings, server: MailServer, answer: str
) -> None:
    message_id = put(real)
    server.answers, server.unanswered = [answer], 1
    assert run_once(real, by_smtp) == 0
    message = read(real, message_id)
    assert (message.last_error, message.handed_over_at) == (f"SMTPDataError {answer[:3]}", None)
    with later(minutes=1):
        assert run_once(real, by_smtp) == 0
        assert is_held(read(real, message_id))


def test_what_was_taken_stays_taken_when_the_farewell_fails(
    real: Database, by_smtp: Settings, server: MailServer
) -> None:
    message_id = put(real)
    server.farewell = "421 in the middle of a restart"
    assert run_once(real, by_smtp) == 1
    assert read(real, message_id).mail_state is MailState.SENT


def test_a_number_that_comes_again_after_a_restore_is_another_message(
    real: Database, by_smtp: Settings, server: MailServer
) -> None:
    put(real)
    assert run_once(real, by_smtp) == 1
    with real.writing() as session:
        session.delete(session.get_one(OutboxMessage, 1))
        session.commit()
    with later(minutes=1):
        second = put(real)
        with real.writing() as session:
            session.get_one(OutboxMessage, second).id = 1
            session.commit()
        assert run_once(real, by_smtp) == 1
    assert len({mail["Message-ID"] for mail in server.received}) == 2


# ---------------------------------------------------------------- two workers, and a busy database


def test_a_worker_that_lost_its_claim_does_not_hand_over(real: Database) -> None:
    message_id = put(real)
    slow = claims.claim_next(real)
    with later(minutes=5):
        quick = claims.claim_next(real)
        assert slow is not None
        assert quick is not None
        with pytest.raises(claims.NotOurs):
            claims.hand_over(real, slow)
        assert read(real, message_id).handed_over_at is None
        claims.hand_over(real, quick)
    with later(hours=23):
        assert claims.claim_next(real) is None
    with later(days=2):
        assert claims.claim_next(real) is not None


@pytest.fixture
def hasty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    database = Database(sqlite_copy(request, tmp_path / "hasty.db"), limits=DatabaseLimits(lock=1))
    yield database
    database.engine.dispose()


def test_what_was_sent_is_noted_when_the_database_is_free_again(
    hasty: Database, by_smtp: Settings
) -> None:
    message_id, held = put(hasty), list[Connection]()

    def deliver(_mail: object, hand_over: HandOver) -> None:
        hand_over()
        held.append(hasty.engine.execution_options(**{WRITES: True}).connect())
        held[0].begin()

    class Free(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            held[0].close()
            return super().wait(0 if timeout else timeout)

    assert run_once(hasty, by_smtp, deliver, Free()) == 1
    assert read(hasty, message_id).mail_state is MailState.SENT
    hasty.engine.dispose()


# ---------------------------------------------------------------- stopped in the middle


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hanging, "SECONDS_TO_FINISH", 0.0)


def stop_when_reached(server: MailServer) -> threading.Event:
    stop = threading.Event()

    def wait() -> None:
        if server.reached.wait(SECONDS):
            stop.set()

    threading.Thread(target=wait, daemon=True).start()
    return stop


@pytest.mark.usefixtures("impatient")
def test_a_stopped_worker_leaves_a_server_that_hangs_and_the_next_sends_it(
    real: Database, by_smtp: Settings, server: MailServer
) -> None:
    message_id = put(real)
    server.hangs = {"RCPT"}
    assert run_once(real, by_smtp, stop=stop_when_reached(server)) == 0
    message = read(real, message_id)
    assert (message.mail_state, message.last_error) == (MailState.PENDING, None)
    server.hangs = set()
    assert run_once(real, by_smtp) == 1
    assert len(server.received) == 1


@pytest.mark.usefixtures("impatient")
def test_what_a_stopped_worker_had_handed_over_is_held(
    real: Database, by_smtp: Settings, server: MailServer
) -> None:
    message_id = put(real)
    server.hangs = {"DATA"}
    assert run_once(real, by_smtp, stop=stop_when_reached(server)) == 0
    assert is_held(read(real, message_id))
    server.hangs = set()
    assert run_once(real, by_smtp) == 0
    assert len(server.received) == 1
