"""The mail worker on real databases, with a real SMTP server on this machine."""

import asyncio
import smtplib
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from flask_babel import force_locale
from sqlalchemy import create_engine, func, make_url, select, text

from marketplace.accounts.models import OneTimeLink
from marketplace.accounts.states import AccountTopic, Language, LinkPurpose
from marketplace.accounts.tokens import link_path, link_token
from marketplace.config import Settings, load_settings
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import clock_at, now
from marketplace.core.engine import Database
from marketplace.core.outbox import MailState, OutboxMessage, tell
from marketplace.models import metadata
from marketplace.needs.states import NeedTopic
from marketplace.notifications import claims, delivery, mails, worker
from marketplace.notifications.worker import run_forever, run_once
from tests.factories import make_person

_names = (f"worker_{number}" for number in count(1))


@pytest.fixture(params=["sqlite", "postgresql"])
def real(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of its own, in which commits are real and connections are many."""
    if request.param == "sqlite":
        yield from _filled(f"sqlite:///{tmp_path / 'worker.db'}")
        return
    server, name = make_url(request.getfixturevalue("postgresql_url")), next(_names)
    keeper = create_engine(server, isolation_level="AUTOCOMMIT")
    with keeper.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield from _filled(server.set(database=name).render_as_string(hide_password=False))
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    keeper.dispose()


def _filled(url: str) -> Iterator[Database]:
    database = Database(url)
    metadata.create_all(database.engine)
    yield database
    database.engine.dispose()


@dataclass
class MailServer:
    """Takes mail, after having given the answers in `refusals` to as many receivers first."""

    refusals: list[str] = field(default_factory=list)
    received: list[EmailMessage] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    users: list[bytes] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802  the name that aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if self.refusals:
            return self.refusals.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  the name that aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        self.received.append(message_from_bytes(content, policy=policy.default))
        self.receivers += envelope.rcpt_tos
        return "250 OK"

    def authenticate(self, _server: SMTP, *arguments: Any) -> AuthResult:
        data = arguments[-1]
        self.users.append(data.login)
        return AuthResult(success=data.password == b"p@ss")


class AnyPortController(Controller):
    """Listens on a port that the machine has chosen."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd is typed in part


@pytest.fixture
def mail_server() -> Iterator[tuple[MailServer, int]]:
    server = MailServer()
    controller = AnyPortController(
        server,
        hostname="127.0.0.1",
        port=0,
        authenticator=server.authenticate,
        auth_require_tls=False,
    )
    controller.start()
    yield server, controller.port
    controller.stop()


def settings_for(folder: Path, smtp_url: str = "") -> Settings:
    environment = {"INSTANCE_DIR": str(folder), "PUBLIC_URL": "http://torget.example"}
    return load_settings(environment | ({"SMTP_URL": smtp_url} if smtp_url else {}))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_for(tmp_path)


def put(
    database: Database,
    *,
    topic: Any = NeedTopic.CHANGES_ASKED,
    payload: dict[str, Any] | None = None,
    **person: Any,
) -> int:
    """One message in the outbox, committed; returns its id."""
    with database.writing() as session:
        receiver = make_person(session, **person)
        event = AuditEvent(event="x", subject_type="Need", subject_id=7, before={}, after={})
        session.add(event)
        session.flush()
        told = {"title": "Ensomme eldre", "reason": "Skriv hvor mange det gjelder."}
        tell(session, [receiver.id], topic, event, payload or told)
        session.commit()
        return session.scalars(select(func.max(OutboxMessage.id))).one()


def read(database: Database, message_id: int) -> OutboxMessage:
    with database.reading() as session:
        return session.get_one(OutboxMessage, message_id)


def later(**step: float) -> Any:
    return clock_at(now() + timedelta(**step))


class Collected(list[EmailMessage]):
    def __call__(self, mail: EmailMessage) -> None:
        self.append(mail)


def refuse(_mail: EmailMessage) -> None:
    raise smtplib.SMTPDataError(451, b"not now, kari@kommune.example")


# ---------------------------------------------------------------- what a mail is


def test_a_mail_tells_what_happened_why_what_to_do_and_where(
    real: Database, settings: Settings
) -> None:
    message_id, sent = put(real, email="kari@kommune.example"), Collected()
    assert run_once(real, settings, sent) == 1
    mail = sent[0]
    assert mail["To"] == "kari@kommune.example"
    assert mail["From"] == settings.mail_sender
    assert mail["Message-ID"] == f"<outbox-{message_id}@torget.example>"
    assert mail["Subject"] == "Behovet må endres før det kan publiseres"
    body = mail.get_content()
    assert "«Ensomme eldre»" in body
    assert "Begrunnelse:\nSkriv hvor mange det gjelder." in body
    assert "send behovet til vurdering på nytt" in body
    assert "http://torget.example/needs/7" in body
    assert mail.get_content_type() == "text/plain"


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
        person = make_person(session, password_hash=None)
        link = OneTimeLink(
            person=person, purpose=LinkPurpose.INVITATION, expires_at=now() + timedelta(days=1)
        )
        session.add(link)
        session.commit()
    sent = Collected()
    put(real, topic=AccountTopic.INVITED, payload={"link_id": link.id})
    run_once(real, settings, sent)
    path = link_path(link_token(settings.secret_key, link.id))
    assert f"http://torget.example{path}" in sent[0].get_content()


def test_an_inactive_person_gets_nothing(real: Database, settings: Settings) -> None:
    gone, here, sent = put(real, active=False), put(real), Collected()
    assert run_once(real, settings, sent) == 1
    assert sent[0]["Message-ID"].startswith(f"<outbox-{here}@")
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


def test_a_worker_killed_after_sending_sends_again_under_the_same_id(
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
    with later(minutes=5):
        assert run_once(real, settings, sent) == 1
        assert run_once(real, settings, sent) == 0
    assert [mail["Message-ID"] for mail in sent] == [f"<outbox-{message_id}@torget.example>"] * 2
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
        thread.join(30)
    return failures


def test_two_workers_never_send_the_same(real: Database, settings: Settings) -> None:
    ids = {put(real) for _ in range(12)}
    sent, together = Collected(), threading.Barrier(2, timeout=20)

    def deliver(mail: EmailMessage) -> None:
        if len(sent) < 2:
            together.wait()
        sent(mail)

    assert in_threads(lambda: run_once(real, settings, deliver)) == []
    sent_ids = [int(mail["Message-ID"].split("-")[1].split("@")[0]) for mail in sent]
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

    def deliver(mail: EmailMessage) -> None:
        sent(mail)
        stop.set()

    assert run_once(real, settings, deliver, stop) == 1
