"""Each night: the audit trail is checked, and its ends are anchored outside of the database.

The check comes first: what it finds is measured against the anchors of the days before.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import date
from email.message import EmailMessage
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.queries import people_with_role
from marketplace.config import Settings
from marketplace.core.actor import SYSTEM, Role
from marketplace.core.audit import record
from marketplace.core.audit_anchors import (
    anchor_lines,
    append_anchors,
    list_heads,
    read_anchors,
)
from marketplace.core.audit_check import check_trail
from marketplace.core.clock import today
from marketplace.core.outbox import tell
from marketplace.core.schedule import TimedEvent
from marketplace.core.told import Told
from marketplace.notifications.delivery import delivery_for
from marketplace.notifications.states import NotificationEvent, TrailTopic

log = logging.getLogger(__name__)


class TrailWork(StrEnum):
    CHECKED = "trail.checked"
    ANCHORED = "trail.anchored"
    MAILED = "trail.mailed"


Act = Callable[[Settings, Session, int, date], None]
ComposeAnchors = Callable[[Settings, str, date, str], EmailMessage]
THE_TRAIL = 0
"""There is one, and it is no row."""


def find_tonight(_session: Session) -> Iterable[tuple[int, date]]:
    """From midnight in Norway on; a night without a worker is not made up for."""
    return [(THE_TRAIL, today())]


def check(settings: Settings, session: Session, _subject_id: int, due_on: date) -> None:
    result = check_trail(session, read_anchors(settings.audit_anchors))
    for fault in result.faults:
        log.error("audit trail: %s", fault.says)
    if result.faults:
        _tell_administrators(session, due_on, len(result.faults))
    else:
        # Loading a demo goes through many nights: nobody has to read of each.
        level = logging.DEBUG if settings.demo else logging.INFO
        log.log(level, "audit trail: %d events in %d chains hold", result.events, result.chains)


def _tell_administrators(session: Session, due_on: date, faults: int) -> None:
    statement = select(TimedEvent).where(
        TimedEvent.kind == str(TrailWork.CHECKED), TimedEvent.due_on == due_on
    )
    night = session.scalars(statement).one()
    event = record(
        session, SYSTEM, NotificationEvent.TRAIL_FAULT_FOUND, night, extra={"faults": faults}
    )
    tell(
        session,
        people_with_role(session, Role.ADMINISTRATOR),
        TrailTopic.FAULT_FOUND,
        event,
        Told(),
    )


def write_anchors(settings: Settings, session: Session, _subject_id: int, _due_on: date) -> None:
    append_anchors(settings.audit_anchors, anchor_lines(list_heads(session)))


def mail_anchors(
    compose: ComposeAnchors, settings: Settings, session: Session, _subject_id: int, due_on: date
) -> None:
    """Not by the outbox: it is in the very database that the mail is to be a witness against."""
    if settings.audit_anchors_mail and (heads := list_heads(session)):
        lines = anchor_lines(heads)
        mail = compose(settings, settings.audit_anchors_mail, due_on, lines)
        delivery_for(settings)(mail, lambda: None)  # Coming twice does no harm.
