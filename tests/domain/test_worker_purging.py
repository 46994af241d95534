"""The worker removes old traces of signing in: when it starts, and then once an hour."""

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace import worker
from marketplace.accounts.models import SignInAttempt
from marketplace.config import Settings
from marketplace.core.clock import now
from marketplace.core.engine import Database


class Rounds:
    """Stands in for delivering: counts its rounds, and lets 20 minutes pass in each of them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, rounds: int) -> None:
        self.moment, self.stop, self.left = now(), threading.Event(), rounds
        monkeypatch.setattr(worker, "now", lambda: self.moment)
        monkeypatch.setattr(worker, "run_once", self.deliver)
        monkeypatch.setattr(worker, "SECONDS_BETWEEN_ROUNDS", 0.0)

    def deliver(self, *_arguments: object) -> None:
        self.moment += timedelta(minutes=20)
        self.left -= 1
        if not self.left:
            self.stop.set()


def attempts(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(SignInAttempt.counted_key)))


def test_the_old_goes_and_the_new_stays(
    real: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with real.writing() as session:
        session.add(SignInAttempt(counted_key="old", at=now() - timedelta(days=2)))
        session.add(SignInAttempt(counted_key="new", at=now()))
        session.commit()

    worker.run_forever(real, settings, Rounds(monkeypatch, 1).stop)

    assert attempts(real) == ["new"]


def test_it_happens_at_the_start_and_once_an_hour(
    real: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds, purged = Rounds(monkeypatch, 8), list[datetime]()
    start = rounds.moment
    monkeypatch.setitem(worker.PURGES, "sign-in traces", lambda _: purged.append(rounds.moment))

    worker.run_forever(real, settings, rounds.stop)

    assert [(moment - start) / timedelta(minutes=1) for moment in purged] == [0, 60, 120]


def test_a_failure_is_logged_undone_and_stops_nothing(
    real: Database,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(session: Session) -> None:
        session.add(SignInAttempt(counted_key="half done"))
        session.flush()
        raise RuntimeError("kari@kommune.example")

    rounds = Rounds(monkeypatch, 2)
    monkeypatch.setitem(worker.PURGES, "sign-in traces", fail)

    worker.run_forever(real, settings, rounds.stop)

    assert rounds.left == 0
    assert "sign-in traces could not be purged: RuntimeError" in caplog.text
    assert "@" not in caplog.text
    assert attempts(real) == []
