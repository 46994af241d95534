"""Digests: what waits for a person, gathered into one message by the clock.

A digest is a row of the outbox, so it is claimed, sent and tried again like any other message, and
its Message-ID is the same each time. The row is made once per person and day, and each message
that goes with it is marked in the same transaction: it is in one digest, and in no other.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.actor import SYSTEM
from marketplace.core.audit import record
from marketplace.core.clock import NORWAY, now
from marketplace.core.outbox import MailState, OutboxMessage, tell
from marketplace.core.told import Told
from marketplace.notifications.models import MailDigest
from marketplace.notifications.preferences import (
    hold_person,
    rhythm_for,
    rhythms_of,
    rhythms_of_many,
)
from marketplace.notifications.states import DIGESTS, NotificationEvent, Rhythm

HOUR = time(7, 0, tzinfo=NORWAY)
SATURDAY = 5
MONDAY = 0


def moment_of(day: date) -> datetime:
    return datetime.combine(day, HOUR)


def last_day(rhythm: Rhythm, at: datetime) -> date:
    """The newest day of the digest whose hour has struck."""
    local = at.astimezone(NORWAY)
    day = local.date() if moment_of(local.date()) <= local else local.date() - timedelta(1)
    while not _goes_on(rhythm, day):
        day -= timedelta(1)
    return day


def _goes_on(rhythm: Rhythm, day: date) -> bool:
    return day.weekday() == MONDAY if rhythm is Rhythm.WEEKLY else day.weekday() < SATURDAY


def find_due(rhythm: Rhythm, session: Session) -> Iterator[tuple[int, date]]:
    """Whoever has something that came before the hour, and the day of that hour."""
    day = last_day(rhythm, now())
    statement = (
        select(OutboxMessage.person_id, OutboxMessage.topic)
        .join(Person, Person.id == OutboxMessage.person_id)
        .where(_waiting(day), Person.active)
        .distinct()
    )
    waiting = [(person_id, topic) for person_id, topic in session.execute(statement)]
    wanted = rhythms_of_many(session, {person_id for person_id, _ in waiting})
    people = {who for who, topic in waiting if rhythm_for(wanted[who], topic) is rhythm}
    yield from ((person_id, day) for person_id in sorted(people))


def _waiting(day: date) -> ColumnElement[bool]:
    return and_(
        OutboxMessage.mail_state == MailState.IN_DIGEST,
        OutboxMessage.digest_id.is_(None),
        OutboxMessage.created_at < moment_of(day),
    )


def gather(rhythm: Rhythm, session: Session, person_id: int, day: date) -> None:
    """Make the digest of what still waits; what the person has read meanwhile needs no mail."""
    person = hold_person(session, person_id, to_change=True)
    wanted = rhythms_of(session, person_id)
    statement = select(OutboxMessage).where(OutboxMessage.person_id == person_id, _waiting(day))
    rows = session.scalars(statement.order_by(OutboxMessage.id))
    waiting = [row for row in rows if rhythm_for(wanted, row.topic) is rhythm]
    unread = [row for row in waiting if row.read_at is None]
    for row in waiting:
        if row.read_at is not None:
            row.mail_state = MailState.NOT_MAILED
    if unread and person.active:
        message_id = _put(session, rhythm, person, day)
        for row in unread:
            row.digest_id = message_id
    session.flush()


def _put(session: Session, rhythm: Rhythm, person: Person, day: date) -> int:
    """The digest's own message, empty: what it lists is marked with its id."""
    digest = MailDigest(person_id=person.id, rhythm=rhythm, day=day)
    session.add(digest)
    event = record(session, SYSTEM, NotificationEvent.DIGEST_MADE, digest)
    tell(session, [person.id], DIGESTS[rhythm], event, Told(), in_app=False)
    made = select(OutboxMessage.id).where(OutboxMessage.audit_event_id == event.id)
    return session.scalars(made).one()
