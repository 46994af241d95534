"""The audit trail: one event per change, with who, when, before, after and why. Only added to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    Index,
    Integer,
    String,
    and_,
    event,
    false,
    inspect,
    or_,
    select,
    table,
)
from sqlalchemy import column as sql_column
from sqlalchemy.orm import Mapped, Mapper, Session, mapped_column

from marketplace.core.actor import Actor
from marketplace.core.clock import now
from marketplace.core.db import Base, Identified, person_reference, short_text

UNTOLD = "changes without an event"
UNRECORDED = frozenset({"version", "password_hash", "token_hash", "revision"})


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


def record(
    session: Session,
    actor: Actor,
    name: StrEnum,
    subject: Identified,
    *,
    reason: str | None = None,
    extra: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Write what has changed on `subject` since its last event, or since it was loaded."""
    session.flush()
    before, after = session.info.get(UNTOLD, {}).pop(subject, ({}, {}))
    audit_event = AuditEvent(
        actor_id=actor.person_id,
        event=str(name),
        subject_type=type(subject).__name__,
        subject_id=subject.id,
        before=before,
        after={**after, **(extra or {})},
        reason=reason,
    )
    session.add(audit_event)
    session.flush()
    return audit_event


def _remember_changes(session: Session, _context: object) -> None:
    """Keep what a flush writes until its event is recorded; any query may have flushed it."""
    untold = session.info.setdefault(UNTOLD, {})
    for row in (*session.new, *session.dirty):
        if isinstance(row, Identified) and not isinstance(row, AuditEvent):
            before, after = _difference(row)
            first, last = untold.setdefault(row, ({}, {}))
            first.update({name: old for name, old in before.items() if name not in last})
            last.update(after)


def forget_changes(session: Session, *_details: object) -> None:
    """Begin anew: what has been written so far is no part of the next event."""
    session.info.pop(UNTOLD, None)


event.listen(Session, "after_flush", _remember_changes)
event.listen(Session, "after_commit", forget_changes)
event.listen(Session, "after_soft_rollback", forget_changes)


def _difference(subject: Identified) -> tuple[dict[str, Any], dict[str, Any]]:
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    state = inspect(subject)
    for column in state.mapper.column_attrs:
        history = state.attrs[column.key].history
        if column.key in UNRECORDED or not history.has_changes():
            continue
        if history.deleted and history.deleted[0] is not None:
            before[column.key] = _plain(history.deleted[0])
        if history.added and history.added[0] is not None:
            after[column.key] = _plain(history.added[0])
    return before, after


def _plain(value: object) -> object:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


def _refuse_change(_mapper: Mapper[Any], _connection: object, target: AuditEvent) -> None:
    raise RuntimeError(f"audit event {target.id} cannot be changed or removed")


event.listen(AuditEvent, "before_update", _refuse_change)
event.listen(AuditEvent, "before_delete", _refuse_change)


@dataclass(frozen=True, slots=True)
class PastEvent:
    """One line of a timeline; `who` is empty where the system did it."""

    at: datetime
    event: str
    subject_type: str
    subject_id: int
    actor_id: int | None
    who: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    reason: str | None


_person = table("person", sql_column("id", Integer), sql_column("name", String))


def events_of(
    session: Session, subjects: Iterable[Identified], *, only: Iterable[StrEnum] | None = None
) -> Sequence[PastEvent]:
    """What has happened to the subjects, newest first, in one query; `only` limits the events."""
    ids: dict[str, list[int]] = {}
    for subject in subjects:
        ids.setdefault(type(subject).__name__, []).append(subject.id)
    # Spelled out for each type: SQLite would read the whole trail for a list of pairs.
    about = [
        and_(AuditEvent.subject_type == name, AuditEvent.subject_id.in_(numbers))
        for name, numbers in ids.items()
    ]
    statement = (
        select(AuditEvent, _person.c.name)
        .outerjoin(_person, _person.c.id == AuditEvent.actor_id)
        .where(or_(false(), *about))
        .order_by(AuditEvent.id.desc())
    )
    if only is not None:
        statement = statement.where(AuditEvent.event.in_([str(name) for name in only]))
    return [_past(row, who) for row, who in session.execute(statement)]


def _past(row: AuditEvent, who: str | None) -> PastEvent:
    return PastEvent(
        at=row.at,
        event=row.event,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        actor_id=row.actor_id,
        who=who or "",
        before=row.before,
        after=row.after,
        reason=row.reason,
    )
