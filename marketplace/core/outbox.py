"""The outbox: what people are to be told, written in the same transaction as what happened.

One row is one message to one person: shown in the application at once, and mailed by the worker.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column

from marketplace.core.audit import AuditEvent
from marketplace.core.clock import now
from marketplace.core.db import Base, Identified, code, person_reference, short_text
from marketplace.core.told import Told


class MailState(StrEnum):
    PENDING = "pending"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    # The receiver wants it together with others: it waits for their digest, or went with it.
    IN_DIGEST = "in_digest"
    # The receiver wants no mail of it, or had read it before the digest went.
    NOT_MAILED = "not_mailed"


class OutboxMessage(Identified, Base):
    __tablename__ = "outbox_message"
    __table_args__ = (
        UniqueConstraint("person_id", "topic", "audit_event_id"),
        CheckConstraint(
            "digest_id IS NULL OR mail_state = 'in_digest'", name="what_is_in_a_digest_goes_with_it"
        ),
        Index(None, "mail_state", "next_attempt_at"),
        Index(None, "person_id", "read_at"),
    )

    created_at: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[int] = person_reference()
    topic: Mapped[str] = short_text(60)
    audit_event_id: Mapped[int] = mapped_column(ForeignKey("audit_event.id"))
    subject_type: Mapped[str] = short_text(40)
    subject_id: Mapped[int]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    in_app: Mapped[bool] = mapped_column(default=True)
    read_at: Mapped[datetime | None]
    mail_state: Mapped[MailState] = mapped_column(code(MailState), default=MailState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(default=now)
    claimed_until: Mapped[datetime | None]
    # Noted before a mail is handed over: from then on it may have arrived, whatever we hear.
    handed_over_at: Mapped[datetime | None]
    # The digest that it went with, which is a message too; set once, so it is in no other.
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_message.id"), index=True)
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


def tell(
    session: Session,
    people: Iterable[int],
    topic: StrEnum,
    about: AuditEvent,
    told: Told,
    *,
    in_app: bool = True,
    also_the_actor: bool = False,
) -> None:
    """Put one message per person; the one who did it is seldom told of their own action."""
    for person_id in sorted(set(people) - {0 if also_the_actor else about.actor_id or 0}):
        session.add(
            OutboxMessage(
                person_id=person_id,
                topic=str(topic),
                audit_event_id=about.id,
                subject_type=about.subject_type,
                subject_id=about.subject_id,
                payload=told.stored(),
                in_app=in_app,
            )
        )
    session.flush()
