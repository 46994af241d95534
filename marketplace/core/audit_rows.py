"""The rows of the audit trail: events, and the links that hold them in a chain. Only added to."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from marketplace.core.audit_guard import guard
from marketplace.core.clock import now
from marketplace.core.db import Base, Identified, person_reference, short_text


class AuditEvent(Identified, Base):
    __tablename__ = "audit_event"
    __table_args__ = (Index(None, "subject_type", "subject_id", "id"),)

    at: Mapped[datetime] = mapped_column(default=now)
    actor_id: Mapped[int | None] = person_reference(index=True)
    event: Mapped[str] = short_text(60, index=True)
    subject_type: Mapped[str] = short_text(40)
    subject_id: Mapped[int]
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str | None]


class AuditLink(Base):
    """An event's place in its chain, with a hash over it and over the one before."""

    __tablename__ = "audit_link"
    __table_args__ = (
        UniqueConstraint("chain", "sequence"),
        CheckConstraint("sequence > 0", name="sequence_positive"),
    )

    event_id: Mapped[int] = mapped_column(
        ForeignKey("audit_event.id"), primary_key=True, autoincrement=False
    )
    # The municipality, or NO_MUNICIPALITY: in a unique constraint NULL would be like no other.
    chain: Mapped[int]
    sequence: Mapped[int]
    # Removed together with what the event tells, where that has to be: then nobody can guess it.
    salt: Mapped[str | None] = short_text(32)
    contents_hash: Mapped[str] = short_text(64)
    hash: Mapped[str] = short_text(64)


for model in (AuditEvent, AuditLink):
    guard(Base.metadata.tables[model.__tablename__])


def _refuse_change(_mapper: Mapper[Any], _connection: object, target: AuditEvent) -> None:
    raise RuntimeError(f"audit event {target.id} cannot be changed or removed")


event.listen(AuditEvent, "before_update", _refuse_change)
event.listen(AuditEvent, "before_delete", _refuse_change)
