"""Ways to check the audit trail in tests, and to change it behind its back."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation
from marketplace.accounts.states import AccountEvent
from marketplace.core.actor import SYSTEM
from marketplace.core.audit import AuditEvent, record
from marketplace.core.audit_anchors import Anchors
from marketplace.core.audit_check import FaultKind, check_trail
from marketplace.core.engine import Database
from tests.factories import make_unit

TABLES = ("audit_event", "audit_link")


def write_events(database: Database, count: int, municipality_id: int | None = None) -> int:
    """So many events about one unit, each in a transaction of its own; returns the chain."""
    with database.writing() as session:
        town = session.get_one(Organisation, municipality_id) if municipality_id else None
        unit = make_unit(session, organisation=town)
        for number in range(count):
            unit.capacity = number + 1
            record(session, SYSTEM, AccountEvent.UNIT_CHANGED, unit, reason="Flere folk")
            session.commit()
        return unit.municipality_id


def faults(session: Session, anchors: Anchors | None = None) -> Sequence[FaultKind]:
    return [fault.kind for fault in check_trail(session, anchors or Anchors()).faults]


def unguard(session: Session) -> None:
    """What only the owner of the database can do."""
    if session.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        return
    session.execute(text("PRAGMA defer_foreign_keys = ON"))
    for (name,) in session.execute(
        text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    ).all():
        session.execute(text(f"DROP TRIGGER {name}"))


def tamper(session: Session, *statements: str) -> None:
    unguard(session)
    for statement in statements:
        session.execute(text(statement))


def put_event(session: Session) -> AuditEvent:
    event = AuditEvent(event="x", subject_type="Need", subject_id=7, before={}, after={})
    session.add(event)
    session.flush()
    return event
