"""The mail worker tries again, gives up, and never sends twice what another one sends."""

import threading
from collections.abc import Callable
from email.message import EmailMessage
from itertools import count
from typing import Any

import pytest

from marketplace import worker
from marketplace.config import Settings
from marketplace.core.clock import clock_at
from marketplace.core.engine import Database
from marketplace.core.outbox import MailState
from marketplace.notifications.delivery import HandOver
from marketplace.notifications.services import claims
from marketplace.worker import run_forever, run_once
from tests.domain.mail_stage import Collected, later, put, read, refuse

# ---------------------------------------------------------------- again, and no more


def test_it_waits_longer_each_time_and_gives_up_after_the_eighth(
    real: Database, settings: Settings
) -> None:
    message_id, waits = put(real), []
    message = read(real, message_id)
    for attempt in range(1, claims.MOST_ATTEMPTS + 1):
        due = message.next_attempt_at
        with clock_at(due):
            assert run_once(real, settings, refuse) == 0
            message = read(real, message_id)
            assert message.attempts == attempt
            waits.append((message.next_attempt_at - due).total_seconds() / 60)
    assert waits == [1, 3, 9, 27, 81, 243, 720, 0]
    assert message.mail_state is MailState.FAILED
    assert message.last_error == "SMTPDataError 451"
    with later(days=10):
        assert run_once(real, settings, Collected()) == 0


def test_no_address_is_logged_or_kept(
    real: Database, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    message_id = put(real, email="kari@kommune.example")
    run_once(real, settings, refuse)
    assert f"message {message_id}" in caplog.text
    assert "@" not in caplog.text
    assert "@" not in (read(real, message_id).last_error or "")


def test_what_a_killed_worker_has_sent_is_held_and_goes_again_under_the_same_id(
    real: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    message_id, sent = put(real), Collected()

    def die(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(worker, "mark_sent", die)
        with pytest.raises(KeyboardInterrupt):
            run_once(real, settings, sent)
    assert read(real, message_id).mail_state is MailState.CLAIMED
    assert run_once(real, settings, sent) == 0
    with later(hours=23):
        assert run_once(real, settings, sent) == 0
    with later(days=1):
        assert run_once(real, settings, sent) == 1
        assert run_once(real, settings, sent) == 0
    assert sent[0]["Message-ID"].startswith(f"<outbox-{message_id}.")
    assert bytes(sent[0]) == bytes(sent[1])


def test_a_message_that_kills_every_worker_is_given_up(real: Database, settings: Settings) -> None:
    message_id = put(real)
    for attempt in range(claims.MOST_ATTEMPTS):
        with later(minutes=6 * attempt):
            assert claims.claim_next(real) is not None
    with later(days=1):
        assert run_once(real, settings, Collected()) == 0
    message = read(real, message_id)
    assert (message.mail_state, message.last_error) == (MailState.FAILED, claims.GIVEN_UP)


def test_a_worker_that_was_too_slow_changes_nothing(real: Database) -> None:
    message_id = put(real)
    slow = claims.claim_next(real)
    with later(minutes=5):
        quick = claims.claim_next(real)
    assert slow is not None
    assert quick is not None
    claims.mark_failed(real, slow, "TimeoutError", for_good=True)
    assert read(real, message_id).mail_state is MailState.CLAIMED
    claims.mark_sent(real, quick)
    assert read(real, message_id).mail_state is MailState.SENT


# ---------------------------------------------------------------- two at once


def in_threads(work: Callable[[], object], number: int = 2) -> list[BaseException]:
    failures: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001  told by the caller's assert
            failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return failures


def test_two_workers_never_send_the_same(real: Database, settings: Settings) -> None:
    ids = {put(real) for _ in range(12)}
    sent, together, calls = Collected(), threading.Barrier(2, timeout=120), count(1)

    def deliver(mail: EmailMessage, hand_over: HandOver) -> None:
        if next(calls) <= 2:  # the second is the other worker's: the first still waits
            together.wait()
        sent(mail, hand_over)

    assert in_threads(lambda: run_once(real, settings, deliver)) == []
    sent_ids = [int(mail["Message-ID"].split("-")[1].split(".")[0]) for mail in sent]
    assert sorted(sent_ids) == sorted(ids)


def test_a_message_in_another_workers_hands_is_passed_by(real: Database) -> None:
    """While one transaction is still choosing, the other takes the next, or waits its turn."""
    ids = {put(real), put(real)}
    taken: list[int] = []

    def take() -> None:
        claim = claims.claim_next(real)
        assert claim is not None
        taken.append(claim.id)

    assert in_threads(take) == []
    assert set(taken) == ids
    assert claims.claim_next(real) is None


def test_it_runs_until_stopped_and_survives_a_database_that_is_away(
    real: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    message_id, stop, rounds = put(real), threading.Event(), count(1)
    once = worker.run_once

    def round_(*arguments: Any) -> int:
        if next(rounds) == 1:
            raise OSError("away")
        delivered = once(*arguments)
        stop.set()
        return delivered

    monkeypatch.setattr(worker, "run_once", round_)
    monkeypatch.setattr(worker, "SECONDS_BETWEEN_ROUNDS", 0.0)
    run_forever(real, settings, stop)
    assert read(real, message_id).mail_state is MailState.SENT


def test_a_stopped_worker_takes_nothing_more(real: Database, settings: Settings) -> None:
    put(real)
    put(real)
    stop, sent = threading.Event(), Collected()

    def deliver(mail: EmailMessage, hand_over: HandOver) -> None:
        sent(mail, hand_over)
        stop.set()

    assert run_once(real, settings, deliver, stop) == 1
