"""An outbox on a database of its own, and a real SMTP server on this machine."""

import asyncio
import smtplib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from sqlalchemy import func, select

from marketplace.app import create_app
from marketplace.config import Settings, load_settings
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import clock_at, now
from marketplace.core.engine import Database
from marketplace.core.outbox import OutboxMessage, tell
from marketplace.needs.states import NeedTopic
from marketplace.notifications.delivery import HandOver
from tests.domain.committed import own_database
from tests.factories import make_person
from tests.told import AsStored


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What the features have registered, which the worker goes by: messages, groups, words."""
    create_app(settings_for(tmp_path_factory.mktemp("installed")))


@pytest.fixture(params=["sqlite", "postgresql"])
def real(
    request: pytest.FixtureRequest,
    installed: None,  # noqa: ARG001  before a test chooses among what was registered
    tmp_path: Path,
) -> Iterator[Database]:
    """A database of its own, in which commits are real and connections are many."""
    yield from own_database(request, tmp_path)


@dataclass
class MailServer:
    """Takes mail, after having given the answers in `refusals` to as many receivers first.

    `answers` are given to as many texts first. Of as many mails as `unanswered` says it keeps the
    text and breaks the line without a word; in `hangs` stand the commands that it never answers.
    """

    refusals: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    unanswered: int = 0
    farewell: str = "221 Bye"
    hangs: set[str] = field(default_factory=set)
    reached: threading.Event = field(default_factory=threading.Event)
    received: list[EmailMessage] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    users: list[bytes] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802  the name that aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        await self._hang_at("RCPT")
        if self.refusals:
            return self.refusals.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  the name that aiosmtpd calls
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.answers:
            return self.answers.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        self.received.append(message_from_bytes(content, policy=policy.default))
        self.receivers += envelope.rcpt_tos
        await self._hang_at("DATA")
        if self.unanswered:
            self.unanswered -= 1
            assert server.transport is not None
            server.transport.close()
        return "250 OK"

    async def handle_QUIT(  # noqa: N802  the name that aiosmtpd calls
        self, _server: SMTP, _session: Session, _envelope: Envelope
    ) -> str:
        return self.farewell

    async def _hang_at(self, command: str) -> None:
        if command in self.hangs:
            self.reached.set()
            await asyncio.Event().wait()

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
        tell(session, [receiver.id], topic, event, AsStored(payload=payload or told))
        session.commit()
        return session.scalars(select(func.max(OutboxMessage.id))).one()


def read(database: Database, message_id: int) -> OutboxMessage:
    with database.reading() as session:
        return session.get_one(OutboxMessage, message_id)


def later(**step: float) -> Any:
    return clock_at(now() + timedelta(**step))


class Collected(list[EmailMessage]):
    """Takes every mail, as a server would."""

    def __call__(self, mail: EmailMessage, hand_over: HandOver) -> None:
        hand_over()
        self.append(mail)


def refuse(_mail: EmailMessage, _hand_over: HandOver) -> None:
    raise smtplib.SMTPDataError(451, b"not now, kari@kommune.example")
