"""The audit trail: one event per change, with who, when, before, after and why. Only added to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
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
from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.audit_chain import NO_MUNICIPALITY, seal
from marketplace.core.audit_rows import AuditEvent
from marketplace.core.db import Identified

__all__ = [
    "AuditEvent",
    "PastEvent",
    "events_of",
    "forget_changes",
    "joined",
    "put_in_chain",
    "record",
]

UNTOLD = "changes without an event"
UNSEALED = "events without a place in their chain"
UNRECORDED = frozenset({"version", "password_hash", "token_hash", "revision"})


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
    put_in_chain(session, audit_event, getattr(subject, "municipality_id", None))
    return audit_event


def put_in_chain(session: Session, audit_event: AuditEvent, municipality_id: int | None) -> None:
    """Say in which chain the event is to be sealed when the session commits."""
    session.info.setdefault(UNSEALED, {})[audit_event] = municipality_id or NO_MUNICIPALITY


def _seal_events(session: Session) -> None:
    """When a transaction is about to commit, but not where a savepoint is released."""
    if session.in_nested_transaction():
        return
    session.flush()
    places: dict[AuditEvent, int] = session.info.pop(UNSEALED, {})
    # What a savepoint has taken back is no longer in the session.
    seal(session, ((made, chain) for made, chain in places.items() if made in session))


def _remember_changes(session: Session, _context: object) -> None:
    """Keep what a flush writes until its event is recorded; any query may have flushed it."""
    untold = session.info.setdefault(UNTOLD, {})
    for row in (*session.new, *session.dirty):
        if isinstance(row, Identified) and not isinstance(row, AuditEvent):
            before, after = _difference(row)
            first, last = untold.setdefault(row, ({}, {}))
            first.update({name: old for name, old in before.items() if name not in last})
            last.update(after)


def _remember_events(session: Session, _context: object) -> None:
    """No event is left out, whoever added it; `record` says a moment later where it belongs."""
    for row in session.new:
        if isinstance(row, AuditEvent):
            put_in_chain(session, row, session.info.get(UNSEALED, {}).get(row))


def forget_changes(session: Session, *_details: object) -> None:
    """Begin anew: what has been written so far is no part of the next event."""
    session.info.pop(UNTOLD, None)


event.listen(Session, "after_flush", _remember_changes)
event.listen(Session, "after_flush", _remember_events)
event.listen(Session, "before_commit", _seal_events)
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
    if isinstance(value, frozenset):
        return sorted(map(_plain, value), key=str)
    return str(value) if isinstance(value, StrEnum) else value


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


def joined(events: Iterable[PastEvent], saved: StrEnum) -> list[PastEvent]:
    """One line where a person saved many times on end, from the first to the last: of a draft,
    writing saves as one goes."""
    story: list[PastEvent] = []
    for past in events:
        if past.event == saved and story and _goes_on(past, story[-1]):
            story[-1] = _one_of(past, story[-1])
        else:
            story.append(past)
    return story


def _goes_on(earlier: PastEvent, later: PastEvent) -> bool:
    """Whether the later is the next save by the same person, of the same thing."""
    return (earlier.event, earlier.actor_id, earlier.subject_type, earlier.subject_id) == (
        later.event, later.actor_id, later.subject_type, later.subject_id,
    )  # fmt: skip


def _one_of(earlier: PastEvent, later: PastEvent) -> PastEvent:
    kept = {name: value for name, value in earlier.after.items() if name not in later.before}
    new = {name: value for name, value in later.before.items() if name not in earlier.after}
    return replace(later, before={**new, **earlier.before}, after={**kept, **later.after})
