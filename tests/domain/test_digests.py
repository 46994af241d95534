"""Digests: what goes with which, when, in what words, and nothing twice."""

from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from marketplace.accounts.models import Person
from marketplace.accounts.states import AccountTopic
from marketplace.config import Settings
from marketplace.core import schedule
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import clock_at
from marketplace.core.engine import Database
from marketplace.core.outbox import MailState, OutboxMessage
from marketplace.core.schedule import do_what_is_due
from marketplace.notifications import hooks
from marketplace.notifications.models import MailDigest
from marketplace.notifications.pages import mails
from marketplace.notifications.services import digests
from marketplace.notifications.states import NotificationEvent, Rhythm
from marketplace.pairings.states import PairingTopic
from marketplace.worker import run_once
from tests.domain.digest_stage import (
    FOLLOWED,
    WAITING,
    at,
    choose,
    digests_of,
    put_message,
    receiver,
    states,
)
from tests.domain.mail_stage import Collected, later, read, refuse
from tests.factories import make_person

TUESDAY_AT_SEVEN = at(15, 7)


@pytest.fixture(autouse=True)
def _only_these(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "TIMED_WORK", {})
    hooks.register()


def gone_by(database: Database, settings: Settings, moment: datetime) -> Collected:
    """What a worker sends that looks at `moment`, having put aside before what waits."""
    sent = Collected()
    run_once(database, settings, sent)
    with clock_at(moment):
        do_what_is_due(database, moment)
        run_once(database, settings, sent)
    return sent


# ---------------------------------------------------------------- when


@pytest.mark.parametrize(
    ("rhythm", "moment", "day"),
    [
        (Rhythm.DAILY, at(15, 7), 15),
        (Rhythm.DAILY, at(15, 6, 59), 14),
        (Rhythm.DAILY, at(19, 12), 18),
        (Rhythm.DAILY, at(21, 6, 59), 18),
        (Rhythm.WEEKLY, at(14, 7), 14),
        (Rhythm.WEEKLY, at(14, 6, 59), 7),
        (Rhythm.WEEKLY, at(20, 23), 14),
    ],
)
def test_a_digest_goes_at_seven_on_its_days(rhythm: Rhythm, moment: datetime, day: int) -> None:
    assert digests.last_day(rhythm, moment) == date(2026, 9, day)


def test_seven_is_seven_in_winter_too() -> None:
    summer, winter = digests.moment_of(date(2026, 7, 1)), digests.moment_of(date(2026, 12, 1))
    assert (summer.utctimetuple().tm_hour, winter.utctimetuple().tm_hour) == (5, 6)


def test_nothing_goes_before_the_hour(real: Database, settings: Settings) -> None:
    person_id = receiver(real)
    assert gone_by(real, settings, at(15, 6, 59)) == []
    assert states(real, person_id) == [MailState.IN_DIGEST]


def test_what_came_after_the_hour_waits_for_the_next(real: Database, settings: Settings) -> None:
    person_id = receiver(real)
    with clock_at(at(15, 8)), real.writing() as session:
        put_message(session, session.get_one(Person, person_id), payload={"title": "Sent"})
        session.commit()
    sent = gone_by(real, settings, at(15, 9))
    assert len(sent) == 1
    assert "Sent" not in sent[0].get_content()
    assert "Sent" in gone_by(real, settings, at(16, 7))[0].get_content()


def test_the_weekly_one_waits_for_monday(real: Database, settings: Settings) -> None:
    with real.writing() as session:
        person = make_person(session)
        choose(session, person, followed=Rhythm.WEEKLY)
        put_message(session, person)
        session.commit()
    assert gone_by(real, settings, at(18, 12)) == []
    sent = gone_by(real, settings, at(21, 7))
    assert [mail["Subject"] for mail in sent] == ["Dette har skjedd på Behovstorget den siste uka"]


# ---------------------------------------------------------------- what


def test_a_person_gets_one_mail_with_all_of_it(real: Database, settings: Settings) -> None:
    person_id = receiver(real, messages=3, email="kari@kommune.example")
    other_id = receiver(real, messages=1)
    sent = gone_by(real, settings, TUESDAY_AT_SEVEN)
    assert len(sent) == 2
    body = sent[0].get_content()
    assert sent[0]["To"] == "kari@kommune.example"
    assert [f"Behov {number}" in body for number in (1, 2, 3)] == [True] * 3
    assert body.count("http://torget.example/needs/7") == 3
    assert "http://torget.example/notifications" in body
    assert "http://torget.example/preferences" in body
    (digest,) = digests_of(real, person_id)
    assert sent[0]["Message-ID"].startswith(f"<outbox-{digest.id}.")
    assert digest.mail_state is MailState.SENT
    assert digest.in_app is False
    assert states(real, person_id) == [MailState.IN_DIGEST] * 3 + [MailState.SENT]
    assert len(digests_of(real, other_id)) == 1


def test_what_is_about_the_same_case_stands_together(real: Database, settings: Settings) -> None:
    first = {"need_title": "Ensomhet", "concept_title": "Nabokaffe", "pairing_id": 1}
    second = {"need_title": "Frafall", "concept_title": "Verksted", "pairing_id": 2}
    with real.writing() as session:
        person = make_person(session)
        for payload in (first, second, first):
            put_message(session, person, PairingTopic.PROGRAMME_CHOSEN, payload, "Pairing")
        session.commit()
    body = gone_by(real, settings, TUESDAY_AT_SEVEN)[0].get_content()
    assert body.count("Nabokaffe – Ensomhet\n-----") == 1
    assert body.index("Nabokaffe – Ensomhet") < body.index("Verksted – Frafall")
    assert body.index("Verksted – Frafall") > body.rindex("/pairings/7", 0, body.index("Verksted"))


def test_a_long_digest_says_how_many_more_there_are(
    real: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mails, "MOST_PARTS", 2)
    receiver(real, messages=5)
    body = gone_by(real, settings, TUESDAY_AT_SEVEN)[0].get_content()
    assert "Behov 3" not in body
    assert "Og 3 til." in body


def test_what_has_been_read_meanwhile_is_left_out(real: Database, settings: Settings) -> None:
    person_id = receiver(real, messages=2)
    with real.writing() as session:
        first = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).first()
        assert first is not None
        first.read_at = first.created_at
        session.commit()
    body = gone_by(real, settings, TUESDAY_AT_SEVEN)[0].get_content()
    assert "Behov 1" not in body
    assert "Behov 2" in body
    assert states(real, person_id)[0] is MailState.NOT_MAILED


def test_where_all_has_been_read_there_is_no_mail(real: Database, settings: Settings) -> None:
    person_id = receiver(real)
    with real.writing() as session:
        session.scalars(select(OutboxMessage)).one().read_at = at(14, 12)
        session.commit()
    assert gone_by(real, settings, TUESDAY_AT_SEVEN) == []
    assert digests_of(real, person_id) == []


def test_whoever_has_left_gets_none_until_they_are_back(real: Database, settings: Settings) -> None:
    person_id = receiver(real)
    assert run_once(real, settings, Collected()) == 0
    with real.writing() as session:
        session.get_one(Person, person_id).active = False
        session.commit()
    assert gone_by(real, settings, TUESDAY_AT_SEVEN) == []
    with real.writing() as session:
        session.get_one(Person, person_id).active = True
        session.commit()
    assert len(gone_by(real, settings, at(15, 9))) == 1


def test_it_is_in_the_audit_trail(real: Database, settings: Settings) -> None:
    receiver(real)
    gone_by(real, settings, TUESDAY_AT_SEVEN)
    with real.reading() as session:
        digest = session.scalars(select(MailDigest)).one()
        about = select(AuditEvent).where(AuditEvent.subject_type == "MailDigest")
        event = session.scalars(about).one()
    assert (digest.rhythm, digest.day) == (Rhythm.DAILY, date(2026, 9, 15))
    assert (event.event, event.actor_id) == (NotificationEvent.DIGEST_MADE, None)


# ---------------------------------------------------------------- at once, or not at all


def test_what_waits_for_somebody_goes_at_once(real: Database, settings: Settings) -> None:
    with real.writing() as session:
        person = make_person(session)
        for topic in (WAITING, FOLLOWED):
            put_message(session, person, topic)
        session.commit()
    sent = Collected()
    assert run_once(real, settings, sent) == 1
    assert sent[0]["Subject"] == "Behovet må endres før det kan publiseres"
    assert states(real, person.id) == [MailState.SENT, MailState.IN_DIGEST]


def test_what_somebody_wants_no_mail_of_is_never_mailed(real: Database, settings: Settings) -> None:
    with real.writing() as session:
        person = make_person(session)
        choose(session, person, waiting=Rhythm.NEVER)
        message = put_message(session, person, WAITING)
        session.commit()
    assert gone_by(real, settings, at(21, 8)) == []
    assert read(real, message.id).mail_state is MailState.NOT_MAILED
    assert read(real, message.id).in_app


@pytest.mark.parametrize("topic", [AccountTopic.INVITED, AccountTopic.RESET, "noe.nytt"])
def test_signing_in_goes_at_once_whatever_has_been_chosen(
    real: Database, settings: Settings, topic: str
) -> None:
    with real.writing() as session:
        person = make_person(session)
        choose(session, person, **dict.fromkeys(("waiting", "outcomes"), Rhythm.NEVER))
        put_message(session, person, topic, {"link_id": 1})
        session.commit()
    sent = Collected()
    assert run_once(real, settings, sent) == 1
    assert "/preferences" not in sent[0].get_content()


def test_what_may_have_left_already_is_not_told_of_again_in_a_digest(
    real: Database, settings: Settings
) -> None:
    with real.writing() as session:
        person = make_person(session)
        message = put_message(session, person, WAITING)
        session.commit()
    assert run_once(real, settings, refuse) == 0
    with real.writing() as session:
        choose(session, session.get_one(Person, person.id), waiting=Rhythm.DAILY)
        session.commit()
    sent = Collected()
    with later(minutes=1):
        assert run_once(real, settings, sent) == 1
    assert read(real, message.id).mail_state is MailState.SENT
    assert gone_by(real, settings, TUESDAY_AT_SEVEN) == []


# ---------------------------------------------------------------- the database's word


def test_there_is_one_digest_of_a_day(real: Database) -> None:
    with real.writing() as session:
        person = make_person(session)
        for _ in range(2):
            session.add(MailDigest(person_id=person.id, rhythm=Rhythm.DAILY, day=date(2026, 9, 15)))
        with pytest.raises(IntegrityError):
            session.flush()


def test_what_went_with_a_digest_cannot_be_sent_alone(real: Database, settings: Settings) -> None:
    receiver(real)
    gone_by(real, settings, TUESDAY_AT_SEVEN)
    with real.writing() as session:
        statement = select(OutboxMessage).where(OutboxMessage.digest_id.is_not(None))
        session.scalars(statement).one().mail_state = MailState.PENDING
        with pytest.raises(IntegrityError):
            session.flush()
