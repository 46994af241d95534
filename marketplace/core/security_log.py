"""Security events: one JSON object a line in the log, with ids and code words.

Never what a person typed. What the audit trail tells too is written when it has been committed.
"""

import json
import logging
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Mapper, Session, object_session

from marketplace.core.audit import AuditEvent
from marketplace.core.clock import now

log = logging.getLogger("marketplace.security")
WAITING = "security events to be written"
PLACE = ("role", "organisation_id", "unit_id")
Known = Mapping[str, str | int | None]


class SecurityEvent(StrEnum):
    SIGN_IN_FAILED = "sign_in.failed"
    TOO_MANY_ATTEMPTS = "attempts.too_many"
    REFUSED = "permission.refused"
    EXPORTED = "data.exported"


_origin: list[Callable[[], Known]] = []
_watched: set[str] = set()


def tell_origin(origin: Callable[[], Known]) -> None:
    """What is known of where an event comes from: the request, who asks, from which address."""
    _origin[:] = [origin]


def watch(*events: StrEnum) -> None:
    """Audit events that are security events too."""
    _watched.update(map(str, events))


def write(name: str, **known: str | int | None) -> None:
    origin = dict(_origin[0]()) if _origin else {}
    line = {"time": now().isoformat(), "event": str(name), **origin, **known}
    log.info("%s", json.dumps(line))


def _keep(_mapper: Mapper[AuditEvent], _connection: object, row: AuditEvent) -> None:
    session = object_session(row)
    if session is not None and row.event in _watched:
        session.info.setdefault(WAITING, []).append(_known(row))


def _known(row: AuditEvent) -> dict[str, Any]:
    subject = {"subject": row.subject_type, "subject_id": row.subject_id}
    place = {name: row.after[name] for name in PLACE if name in row.after}
    return {"name": row.event, "who": row.actor_id} | subject | place


def _write_kept(session: Session) -> None:
    for known in session.info.pop(WAITING, []):
        write(**known)


def _forget_kept(session: Session) -> None:
    session.info.pop(WAITING, None)


event.listen(AuditEvent, "after_insert", _keep)
event.listen(Session, "after_commit", _write_kept)
event.listen(Session, "after_rollback", _forget_kept)


class LogLines(logging.Formatter):
    """Security events as they are; all else with its time, level and part before it."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return record.getMessage() if record.name == log.name else super().format(record)
