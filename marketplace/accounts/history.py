"""What has happened to a row, with names: the audit trail as people read it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.audit import AuditEvent
from marketplace.core.db import Identified


@dataclass(frozen=True, slots=True)
class Happening:
    at: datetime
    event: str
    who: str | None
    reason: str | None


def list_history(session: Session, subject: Identified) -> list[Happening]:
    """The events of one row, newest first. The caller has checked that the row may be seen."""
    statement = (
        select(AuditEvent.at, AuditEvent.event, Person.name, AuditEvent.reason)
        .outerjoin(Person, Person.id == AuditEvent.actor_id)
        .where(
            AuditEvent.subject_type == type(subject).__name__,
            AuditEvent.subject_id == subject.id,
        )
        .order_by(AuditEvent.id.desc())
    )
    return [Happening(*row) for row in session.execute(statement)]
