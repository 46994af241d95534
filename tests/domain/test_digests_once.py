"""No digest is made twice, and none is lost: with two workers, after a crash, with new choices."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace import worker
from marketplace.accounts.models import Person
from marketplace.config import Settings
from marketplace.core import schedule
from marketplace.core.actor import ANONYMOUS
from marketplace.core.clock import clock_at
from marketplace.core.engine import Database
from marketplace.core.errors import InvalidField, NotFound
from marketplace.core.outbox import MailState, OutboxMessage, tell
from marketplace.core.schedule import TimedEvent, do_what_is_due
from marketplace.core.topics import TopicGroup
from marketplace.notifications import hooks
from marketplace.notifications.models import MailDigest
from marketplace.notifications.preferences import rhythms_of
from marketplace.notifications.services import digests
from marketplace.notifications.services.preferences import set_preferences
from marketplace.notifications.states import DEFAULT_RHYTHMS, Rhythm
from marketplace.worker import run_once
from tests.domain.digest_stage import (
    at,
    choose,
    digests_of,
    preferences,
    put_message,
    receiver,
    states,
)
from tests.domain.mail_stage import Collected
from tests.domain.worker_process import Place, worker_process
from tests.factories import actor_for, make_person

SECONDS = 120
SEVEN = at(15, 7)


@pytest.fixture(autouse=True)
def _only_these(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "TIMED_WORK", {})
    hooks.register()


@pytest.fixture
def waiting(real: Database, settings: Settings) -> int:
    """Somebody whose three messages have been put aside for the digest."""
    person_id = receiver(real, messages=3)
    run_once(real, settings, Collected())
    assert states(real, person_id) == [MailState.IN_DIGEST] * 3
    return person_id


def bundled(database: Database, person_id: int) -> list[int | None]:
    with database.reading() as session:
        statement = select(OutboxMessage.digest_id).where(
            OutboxMessage.person_id == person_id, ~OutboxMessage.topic.startswith("digest.")
        )
        return list(session.scalars(statement.order_by(OutboxMessage.id)))


# ---------------------------------------------------------------- two workers


def test_two_workers_at_once_make_one_digest(real: Database, waiting: int) -> None:
    together = Barrier(2, timeout=SECONDS)

    def work() -> int:
        together.wait()
        return do_what_is_due(real, SEVEN)

    with ThreadPoolExecutor(2) as threads:
        done = [future.result(SECONDS) for future in [threads.submit(work) for _ in range(2)]]
    assert sum(done) == 1
    (digest,) = digests_of(real, waiting)
    assert bundled(real, waiting) == [digest.id] * 3


def test_two_workers_at_once_send_it_once(real: Database, settings: Settings, waiting: int) -> None:
    do_what_is_due(real, SEVEN)
    sent, together = Collected(), Barrier(2, timeout=SECONDS)

    def work() -> int:
        together.wait()
        return run_once(real, settings, sent)

    # The clock of the process, not of a thread: both workers look at the same moment.
    with clock_at(SEVEN), ThreadPoolExecutor(2) as threads:
        done = [future.result(SECONDS) for future in [threads.submit(work) for _ in range(2)]]
    assert (sum(done), len(sent)) == (1, 1)
    assert digests_of(real, waiting)[0].mail_state is MailState.SENT


def test_the_same_hour_gives_no_second_digest(
    real: Database, settings: Settings, waiting: int
) -> None:
    assert do_what_is_due(real, SEVEN) == 1
    with real.writing() as session:
        # As if it had been put aside late, by a worker that had been away.
        person = session.get_one(Person, waiting)
        put_message(session, person, mail_state=MailState.IN_DIGEST)
        session.commit()
    assert do_what_is_due(real, SEVEN + timedelta(hours=5)) == 0
    assert do_what_is_due(real, SEVEN + timedelta(days=1)) == 1
    with clock_at(at(16, 8)):
        sent = Collected()
        run_once(real, settings, sent)
    assert len(sent) == 2
    assert len({mail["Message-ID"] for mail in sent}) == 2


# ---------------------------------------------------------------- crashes


def test_a_crash_while_gathering_leaves_nothing_and_is_made_good(
    real: Database, waiting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told_half(session: Session, *arguments: object, **options: object) -> None:
        tell(session, *arguments, **options)  # type: ignore[arg-type]  # handed on as they came
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(digests, "tell", told_half)
        with pytest.raises(KeyboardInterrupt):
            do_what_is_due(real, SEVEN)
    assert digests_of(real, waiting) == []
    assert bundled(real, waiting) == [None] * 3
    assert do_what_is_due(real, SEVEN) == 1
    assert len(digests_of(real, waiting)) == 1


def test_a_worker_killed_in_the_middle_is_made_good_by_another(
    real: Database, settings: Settings, waiting: int
) -> None:
    with worker_process(real, settings, Place.HALF_TOLD) as other:
        assert other.wait_and_kill() == Place.HALF_TOLD
    with real.reading() as session:
        assert session.scalars(select(TimedEvent)).all() == []
        assert session.scalars(select(MailDigest)).all() == []
    assert do_what_is_due(real, SEVEN) == 1
    (digest,) = digests_of(real, waiting)
    assert bundled(real, waiting) == [digest.id] * 3


def test_a_worker_killed_after_sending_sends_again_under_the_same_id(
    real: Database, settings: Settings, waiting: int
) -> None:
    """Mail is sent at least once; what is claimed, and what a digest holds, exactly once."""
    with worker_process(real, settings, Place.SENT_AND_NOT_MARKED) as other:
        other.wait_and_kill()
    (digest,) = digests_of(real, waiting)
    assert digest.mail_state is MailState.CLAIMED
    assert digest.claimed_until is not None
    (file,) = settings.mail_dir.iterdir()
    before = file.read_bytes()
    with clock_at(digest.claimed_until - timedelta(seconds=1)):
        assert run_once(real, settings) == 0
    with clock_at(digest.claimed_until):
        assert run_once(real, settings) == 1
        assert run_once(real, settings) == 0
    assert [each.read_bytes() for each in settings.mail_dir.iterdir()] == [before]
    assert bundled(real, waiting) == [digest.id] * 3


def test_a_worker_by_the_clock_of_the_machine_does_the_same(
    real: Database, settings: Settings, waiting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole loop, from what is due to the mail."""
    stop = threading.Event()

    def deliver_and_stop(*_arguments: object) -> None:
        stop.set()

    monkeypatch.setattr(worker, "delivery_for", lambda _settings: deliver_and_stop)
    monkeypatch.setattr(worker, "SECONDS_BETWEEN_ROUNDS", 0.0)
    # A little ahead, so that what the database has dated is due also when both clocks differ.
    with clock_at(datetime.now(UTC) + timedelta(minutes=1)):
        worker.run_forever(real, settings, stop)
    assert digests_of(real, waiting)[0].mail_state is MailState.SENT


# ---------------------------------------------------------------- second thoughts


def test_the_defaults_hold_until_somebody_chooses(session: Session) -> None:
    person = make_person(session)
    assert rhythms_of(session, person.id) == DEFAULT_RHYTHMS
    choose(session, person, followed=Rhythm.NEVER)
    assert rhythms_of(session, person.id)[TopicGroup.FOLLOWED] is Rhythm.NEVER
    assert rhythms_of(session, make_person(session).id) == DEFAULT_RHYTHMS


def test_choosing_again_replaces_the_choice(session: Session) -> None:
    person = make_person(session)
    for rhythm in (Rhythm.NEVER, Rhythm.WEEKLY, Rhythm.WEEKLY):
        choose(session, person, waiting=rhythm)
    assert preferences(session) == len(TopicGroup)
    assert rhythms_of(session, person.id)[TopicGroup.WAITING] is Rhythm.WEEKLY


def test_a_group_without_a_choice_is_refused(session: Session) -> None:
    person = make_person(session)
    with pytest.raises(InvalidField) as refused:
        set_preferences(session, actor_for(person), rhythms={TopicGroup.WAITING: Rhythm.DAILY})
    assert refused.value.field == "outcomes"
    with pytest.raises(NotFound):
        set_preferences(session, ANONYMOUS, rhythms=dict(DEFAULT_RHYTHMS))


@pytest.mark.parametrize(
    ("rhythm", "state", "sent_now", "sent_monday"),
    [
        (Rhythm.AT_ONCE, MailState.SENT, 3, 0),
        (Rhythm.NEVER, MailState.NOT_MAILED, 0, 0),
        (Rhythm.WEEKLY, MailState.IN_DIGEST, 0, 1),
    ],
)
def test_a_new_choice_holds_for_what_is_not_sent_yet(
    real: Database,
    settings: Settings,
    waiting: int,
    rhythm: Rhythm,
    state: MailState,
    sent_now: int,
    sent_monday: int,
) -> None:
    with real.writing() as session:
        choose(session, session.get_one(Person, waiting), followed=rhythm)
        session.commit()
    sent = Collected()
    assert run_once(real, settings, sent) == sent_now
    assert do_what_is_due(real, at(18, 12)) == 0
    assert states(real, waiting) == [state] * 3
    assert do_what_is_due(real, at(21, 7)) == sent_monday


def test_a_new_choice_does_not_move_what_went_with_a_digest(
    real: Database, settings: Settings, waiting: int
) -> None:
    do_what_is_due(real, SEVEN)
    with real.writing() as session:
        choose(session, session.get_one(Person, waiting), followed=Rhythm.AT_ONCE)
        session.commit()
    sent = Collected()
    with clock_at(SEVEN):
        run_once(real, settings, sent)
    assert len(sent) == 1
    assert sent[0].get_content().count("/needs/7") == 3


def test_choosing_while_the_digest_is_gathered_sends_nothing_twice(
    real: Database, settings: Settings, waiting: int
) -> None:
    together = Barrier(2, timeout=SECONDS)

    def gather() -> None:
        together.wait()
        do_what_is_due(real, SEVEN)

    def change() -> None:
        with real.writing() as session:
            together.wait()
            choose(session, session.get_one(Person, waiting), followed=Rhythm.AT_ONCE)
            session.commit()

    with ThreadPoolExecutor(2) as threads:
        for future in [threads.submit(gather), threads.submit(change)]:
            future.result(SECONDS)
    sent = Collected()
    with clock_at(SEVEN):
        run_once(real, settings, sent)
    told = [mail.get_content().count("/needs/7") for mail in sent]
    assert sum(told) == 3
    assert len(sent) in {1, 3}
