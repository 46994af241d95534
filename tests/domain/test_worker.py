"""What the mail worker sends, and how it gets there."""

import smtplib
from contextlib import AbstractContextManager
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask_babel import force_locale
from sqlalchemy import select

from marketplace.accounts.services.links import send_invitation
from marketplace.accounts.states import Language
from marketplace.accounts.tokens import link_path, link_token
from marketplace.config import Settings
from marketplace.core.actor import SYSTEM
from marketplace.core.clock import now
from marketplace.core.engine import Database
from marketplace.core.outbox import MailState, OutboxMessage
from marketplace.needs.states import NeedTopic
from marketplace.notifications import delivery
from marketplace.notifications.pages import mails
from marketplace.worker import run_once
from tests.domain.mail_stage import (
    Collected,
    MailServer,
    later,
    put,
    read,
    refuse,
    settings_for,
)
from tests.factories import make_person

# ---------------------------------------------------------------- what a mail is


def test_a_mail_tells_what_happened_why_what_to_do_and_where(
    real: Database, settings: Settings
) -> None:
    message_id, sent = put(real, email="kari@kommune.example"), Collected()
    assert run_once(real, settings, sent) == 1
    mail = sent[0]
    assert mail["To"] == "kari@kommune.example"
    assert mail["From"] == settings.mail_sender
    assert mail["Message-ID"] == f"<outbox-{message_id}.{now():%Y%m%d%H%M%S}@torget.example>"
    assert mail["Subject"] == "Behovet må endres før det kan publiseres"
    body = mail.get_content()
    assert "«Ensomme eldre»" in body
    assert "Begrunnelse:\nSkriv hvor mange det gjelder." in body
    assert "send behovet til vurdering på nytt" in body
    assert "http://torget.example/needs/7" in body
    assert mail.get_content_type() == "text/plain"


def test_the_worker_has_the_words_for_a_fixed_reason(real: Database, settings: Settings) -> None:
    sent, told = Collected(), {"title": "Ensomme eldre", "outcome": "no_match", "reason": "Nei."}
    put(real, topic=NeedTopic.CLOSED, payload=told)
    run_once(real, settings, sent)
    assert "Begrunnelse:\nVi fant ingen som passet. Nei." in sent[0].get_content()


def test_without_a_server_mails_are_files_named_by_their_id(
    real: Database, settings: Settings
) -> None:
    message_id = put(real)
    assert run_once(real, settings) == 1
    assert run_once(real, settings) == 0
    (file,) = settings.mail_dir.iterdir()
    assert file.name == f"outbox-{message_id}.eml"
    assert b"Message-ID: <outbox-" in file.read_bytes()
    message = read(real, message_id)
    assert (message.mail_state, message.sent_at) == (MailState.SENT, now())


def test_a_title_cannot_add_a_header(real: Database, settings: Settings) -> None:
    evil = "Eldre\r\nBcc: andre@evil.example\r\n\r\nHei"
    put(real, payload={"title": evil})
    put(real, topic="noe.nytt", payload={"title": evil})
    assert run_once(real, settings) == 2
    for file in settings.mail_dir.iterdir():
        mail = message_from_bytes(file.read_bytes(), policy=policy.default)
        assert mail["Bcc"] is None
        assert "Eldre" not in mail["Subject"]


def test_an_address_with_a_line_break_is_refused_and_the_next_is_sent(
    real: Database, settings: Settings
) -> None:
    bad = put(real, email="a@b.example\r\nBcc: c@evil.example")
    good = put(real)
    assert run_once(real, settings) == 1
    assert read(real, good).mail_state is MailState.SENT
    message = read(real, bad)
    assert (message.mail_state, message.last_error) == (MailState.PENDING, "ValueError")


def test_an_invitation_leads_to_its_one_time_link(real: Database, settings: Settings) -> None:
    with real.writing() as session:
        person = make_person(session, email_proved_at=None)
        secret = send_invitation(session, SYSTEM, person=person)
        session.commit()
    sent = Collected()
    run_once(real, settings, sent)
    path = link_path(link_token(settings.secret_key, secret))
    assert f"http://torget.example{path}" in sent[0].get_content()


def test_the_secret_of_a_link_is_nowhere_once_the_mail_has_left(
    real: Database, settings: Settings
) -> None:
    with real.writing() as session:
        secret = send_invitation(session, SYSTEM, person=make_person(session))
        session.commit()
        message_id = session.scalars(select(OutboxMessage.id)).one()
    assert secret in str(read(real, message_id).payload)
    run_once(real, settings, refuse)
    assert secret in str(read(real, message_id).payload)
    with later(minutes=1):
        run_once(real, settings, Collected())
    assert secret not in str(read(real, message_id).payload)
    assert "expires_at" in read(real, message_id).payload


def test_a_link_that_opens_nothing_any_more_is_not_mailed(
    real: Database, settings: Settings
) -> None:
    with real.writing() as session:
        person = make_person(session)
        send_invitation(session, SYSTEM, person=person)
        newest = send_invitation(session, SYSTEM, person=person)
        session.commit()
    sent = Collected()
    assert run_once(real, settings, sent) == 1
    assert link_token(settings.secret_key, newest) in sent[0].get_content()


def test_nothing_but_links_goes_to_an_address_that_nobody_proved(
    real: Database, settings: Settings
) -> None:
    message_id, sent = put(real, email_proved_at=None), Collected()
    assert run_once(real, settings, sent) == 0
    assert read(real, message_id).mail_state is MailState.NOT_MAILED


def test_an_inactive_person_gets_nothing(real: Database, settings: Settings) -> None:
    gone, here, sent = put(real, active=False), put(real), Collected()
    assert run_once(real, settings, sent) == 1
    assert sent[0]["Message-ID"].startswith(f"<outbox-{here}.")
    assert read(real, gone).mail_state is MailState.FAILED
    with later(days=2):
        assert run_once(real, settings, sent) == 0


def test_everybody_is_told_in_their_own_language(
    real: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[str] = []

    def force(language: str) -> AbstractContextManager[None]:
        spoken.append(language)
        return force_locale(language)

    monkeypatch.setattr(mails, "force_locale", force)
    put(real, language=Language.ENGLISH)
    put(real, language=Language.NYNORSK)
    assert run_once(real, settings, Collected()) == 2
    assert spoken == ["en", "nn"]


# ---------------------------------------------------------------- by SMTP


def test_a_temporary_refusal_is_tried_again_and_delivered_once(
    real: Database, tmp_path: Path, mail_server: tuple[MailServer, int]
) -> None:
    server, port = mail_server
    server.refusals = ["451 try later"]
    settings = settings_for(tmp_path, f"smtp://127.0.0.1:{port}")
    message_id = put(real, email="kari@kommune.example")
    assert run_once(real, settings) == 0
    message = read(real, message_id)
    assert (message.mail_state, message.attempts) == (MailState.PENDING, 1)
    assert message.last_error == "SMTPRecipientsRefused 451"
    assert run_once(real, settings) == 0
    assert server.received == []
    with later(minutes=1):
        assert run_once(real, settings) == 1
        assert run_once(real, settings) == 0
    assert server.receivers == ["kari@kommune.example"]
    assert server.received[0]["Subject"] == "Behovet må endres før det kan publiseres"
    assert read(real, message_id).last_error is None


def test_a_receiver_refused_for_good_is_not_tried_again_and_stops_nobody(
    real: Database, tmp_path: Path, mail_server: tuple[MailServer, int]
) -> None:
    server, port = mail_server
    server.refusals = ["550 no such user"]
    settings = settings_for(tmp_path, f"smtp://127.0.0.1:{port}")
    unknown = put(real, email="ukjent@kommune.example")
    put(real, email="kari@kommune.example")
    assert run_once(real, settings) == 1
    assert server.receivers == ["kari@kommune.example"]
    message = read(real, unknown)
    assert (message.mail_state, message.last_error) == (
        MailState.FAILED,
        "SMTPRecipientsRefused 550",
    )
    with later(days=2):
        assert run_once(real, settings) == 0


def test_the_login_of_the_address_is_used(
    real: Database, tmp_path: Path, mail_server: tuple[MailServer, int]
) -> None:
    server, port = mail_server
    put(real)
    assert run_once(real, settings_for(tmp_path, f"smtp://torg:p%40ss@127.0.0.1:{port}")) == 1
    assert server.users == [b"torg"]


def test_a_password_does_not_travel_open(mail_server: tuple[MailServer, int]) -> None:
    server, port = mail_server
    here = urlsplit(f"smtp://torg:hemmelig@127.0.0.1:{port}")
    away = urlsplit("smtp://torg:hemmelig@mail.example:25")
    with delivery._connect(here) as connection:
        delivery._refuse_open_password(here, connection)
        with pytest.raises(smtplib.SMTPNotSupportedError):
            delivery._refuse_open_password(away, connection)
    assert server.users == []


def test_a_server_that_is_away_is_tried_again(real: Database, tmp_path: Path) -> None:
    message_id = put(real)
    assert run_once(real, settings_for(tmp_path, "smtp://127.0.0.1:1")) == 0
    message = read(real, message_id)
    assert (message.mail_state, message.last_error) == (
        MailState.PENDING,
        "ConnectionRefusedError",
    )
